using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

public sealed class TimelineTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);

    private static Instant At(int minutes) => s_t + Duration.FromMinutes(minutes);

    [Fact]
    public void States_lie_end_to_end_and_what_nobody_told_is_no_data()
    {
        TextMark[] marks = [new("State", At(10), "Running"), new("Reason", At(20), "coolant"), new("State", At(20), "down"), new("Lot", At(21), "L-1"), new("Reason", At(25), "coolant pump"), new("State", At(99), "idle")];
        Assert.Equal([new(MachineState.NoData, At(0), At(10), ""), new(MachineState.Running, At(10), At(20), ""), new(MachineState.Down, At(20), At(60), "coolant pump")], Timeline.States(marks, At(0), At(60)));
    }

    [Fact]
    public void A_state_told_before_the_stretch_stands_at_its_begin() =>
        Assert.Equal([new(MachineState.Idle, At(0), At(60), "no work")], Timeline.States([new("State", At(-500), "idle"), new("Reason", At(-500), "no work")], At(0), At(60)));

    [Fact]
    public void A_tail_answers_as_the_disk_would_or_not_at_all()
    {
        var tail = new MachineTail(At(0));
        for (int m = 0; m < 700; m++) tail.Add(tail.Of("Vibration"), At(m), m);
        tail.Add("State", At(5), "running");
        var stretch = new Stretch("P", "M", null, At(600), At(700), Duration.FromMinutes(10).BclCompatibleTicks, 0);
        MachinePast past = tail.Past(stretch)!;
        Assert.Equal(Enumerable.Range(0, 10).Select(static n => new HistoryBucket(At(600 + 10 * n), 10, 600 + 10 * n, 604.5 + 10 * n, 609 + 10 * n)), past.Numbers["Vibration"]);
        Assert.Equal("running", Assert.Single(past.Texts).Text);
        Assert.Null(tail.Past(stretch with { From = At(100) }));
        tail.Late(At(640));
        Assert.Null(tail.Past(stretch));
        Assert.NotNull(tail.Past(stretch with { From = At(641) }));
    }
}
