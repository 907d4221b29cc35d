using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>A party's slice is planned and read beside the live plan.</summary>
public sealed class SliceGateTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static readonly Lot s_lot = DemoFolder.World.Lots.First(static l => l is { State: LotState.Making, PurchaseOrderLine: { } p } && DemoFolder.World.PurchaseOrderLines[p].Status != OrderStatus.Proposed);

    [Fact]
    public void Nobody_waits_for_the_live_plan_while_a_supplier_looks_and_it_sees_the_plan_of_its_own_slice()
    {
        var live = new LiveWorld();
        live.Replace(Plan.Make(DemoFolder.World, s_t), 1);
        var slices = new Slices(live, new HubClock(TimeProvider.System));
        Same(live, slices);

        Applied later = live.World.Apply([new WorldEvent.Put(s_lot with { Ready = s_lot.Ready + Duration.FromDays(9) })]);
        lock (live.Gate)
        {
            IReadOnlyList<Moved> moved = live.Plan.Advance(later.World, later.Touched);
            live.Replace(live.Plan, 2);
            live.Note(new Change(2, s_t, "test", later.Touched, moved));
        }
        long heard = 0;
        Assert.NotNull(slices.Heard(s_lot.Party, live.Changes[^1], ref heard));
        Same(live, slices);
        Assert.True(slices.Look("MERIDIAN", false, _ => live.Gate.IsHeldByCurrentThread));
    }

    private static void Same(LiveWorld live, Slices slices) => slices.Look(s_lot.Party, false, sight =>
    {
        Assert.False(live.Gate.IsHeldByCurrentThread);
        Plan expected = Plan.Make(Slice.Cut(live.World, s_lot.Party), s_t);
        Assert.True(expected.World.SameAs(sight.World));
        Assert.Equal(expected.Of(s_lot.Key), sight.Plan.Of(s_lot.Key));
        return 0;
    });
}
