using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Feature;

public sealed class ClockTests : IDisposable
{
    private static readonly Instant s_true = Instant.FromUtc(2026, 3, 2, 6, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-clock-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_hubs_clock_puts_ours_right_a_step_of_the_wall_clock_does_not_and_a_restart_remembers()
    {
        var time = new Wall(s_true - Duration.FromDays(30));
        var clock = new EdgeClock(time, _folder);
        Assert.Equal(s_true - Duration.FromDays(30), clock.Now);
        Assert.Equal(Duration.FromDays(30), clock.Hear(s_true, 1, TimeSpan.Zero));
        time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(s_true + Duration.FromSeconds(10), clock.Now);
        time.Step(TimeSpan.FromHours(-5));
        time.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(s_true + Duration.FromSeconds(20), clock.Now);
        // the road's share is no error of the clock
        Assert.Null(clock.Hear(s_true + Duration.FromSeconds(18), 1, TimeSpan.FromSeconds(4)));
        Assert.Equal(s_true + Duration.FromSeconds(20), clock.Now);
        time.Step(TimeSpan.FromHours(5));
        Assert.Equal(s_true + Duration.FromSeconds(20), new EdgeClock(time, _folder).Now);
    }

    [Fact]
    public void A_world_that_runs_fast_is_followed()
    {
        var time = new Wall(s_true);
        var clock = new EdgeClock(time, _folder);
        clock.Hear(s_true + Duration.FromDays(100), 300, TimeSpan.Zero);
        time.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(s_true + Duration.FromDays(100) + Duration.FromMinutes(10), clock.Now);
    }

    /// <summary>A wall clock that can be stepped, over a counter that cannot.</summary>
    private sealed class Wall(Instant at) : TimeProvider
    {
        private Instant _at = at;
        private long _ticks = 1_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => _ticks;
        public override DateTimeOffset GetUtcNow() => _at.ToDateTimeOffset();

        public void Pass(TimeSpan time)
        {
            _ticks += time.Ticks;
            Step(time);
        }

        public void Step(TimeSpan by) => _at += Duration.FromTimeSpan(by);
    }
}
