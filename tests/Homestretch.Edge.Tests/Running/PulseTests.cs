using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

public sealed class PulseTests
{
    [Fact]
    public void A_part_that_does_not_go_on_is_named_and_only_the_way_to_the_log_is_dead_after_ten_times_as_long()
    {
        var time = new FakeTimeProvider();
        var pulse = new EdgePulse(time, TimeSpan.FromSeconds(45), static _ => { });
        pulse.At(EdgePulse.Loop, "writing the log");
        pulse.At("hub", "telling the status");
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Empty(pulse.Stuck());
        pulse.At("hub", "telling the status");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("loop at 'writing the log' for 50 s", pulse.Stuck());
        Assert.Equal("hub: telling the status for 10.0 s; loop: writing the log for 50.0 s", pulse.ToString());
        Assert.False(pulse.IsDead());
        time.Advance(TimeSpan.FromSeconds(401));
        Assert.True(pulse.IsDead());
        pulse.At(EdgePulse.Loop, "listening");
        Assert.False(pulse.IsDead());
        Assert.StartsWith("hub at", pulse.Stuck());
    }
}
