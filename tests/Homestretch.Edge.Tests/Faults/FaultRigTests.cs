using Xunit;

namespace Homestretch.Edge.Tests.Faults;

/// <summary>The short form of the rig: every fault once. The long form is a command in docs/edge.md.</summary>
public sealed class FaultRigTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order_over_faults_of_the_road_and_deaths_of_both_ends()
    {
        Counted counted = await new FaultRig(0,
        [
            (Fault.Mute, 2.5), (Fault.KillEdge, 1), (Fault.Reset, 1), (Fault.HalfOpen, 2.5), (Fault.KillHub, 1), (Fault.Delay, 1.5), (Fault.Throttle, 2), (Fault.KillEdge, 0.2), (Fault.Cut, 1.5),
        ], output.WriteLine).Play();
        output.WriteLine(counted.ToString());
        Assert.True(counted.IsWhole, counted.ToString());
        Assert.True(counted.Told > 1_000, counted.ToString());
        Assert.True(counted.Repeated > 0, "Nothing was ever sent again: the faults had no effect.");
    }
}
