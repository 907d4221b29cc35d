using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class ChangesTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();

    [Fact]
    public void The_small_world_has_something_in_every_table_and_breaks_no_rule()
    {
        Applied applied = Snapshot.Empty.Apply([.. SmallWorld.Records.Select(static r => new WorldEvent.Put(r))]);
        Assert.Empty(applied.Findings);
        Assert.All(TableKind.All, k => Assert.True(applied.World.Count(k) > 0, k.Name));
        Assert.Equal(1, applied.World.Version);
        Assert.Equal(SmallWorld.Records.Count, applied.Touched.Count);
    }

    [Fact]
    public void A_batch_applied_twice_changes_nothing_the_second_time()
    {
        WorldEvent[] batch = [Put(s_world.The<Lot>() with { ReadyP90Days = 9 }), Put(new Party("NEW", "New", PartyKind.Carrier, ""))];
        Applied once = s_world.Apply(batch), twice = once.World.Apply(batch);
        Assert.Equal(2, once.Touched.Count);
        Assert.True(twice.Accepted);
        Assert.Empty(twice.Touched);
        Assert.Same(once.World, twice.World);
    }

    [Fact]
    public void One_bad_event_and_the_whole_batch_changes_nothing()
    {
        Applied applied = s_world.Apply([Put(new Party("NEW", "New", PartyKind.Carrier, "")), Put(s_world.The<Lot>() with { Item = "NOWHERE" }), Put(s_world.The<Item>() with { Step = 0 })], "api");
        Assert.Same(s_world, applied.World);
        Assert.Empty(applied.Touched);
        Assert.Equal(["api:2 (item): items has no 'NOWHERE'. Add it to items or correct item. [unknown-key]", "api:3 (step): A step of 0. Give the smallest amount, above 0. [step]"],
            applied.Findings.Select(static f => f.ToString()));
        Assert.Null(s_world.Parties.Find("NEW"));
    }

    [Fact]
    public void Events_of_different_records_may_come_in_any_order()
    {
        var random = new Random(7);
        for (int n = 0; n < 50; n++)
        {
            WorldEvent[] shuffled = [.. SmallWorld.Records.Select(Put)];
            random.Shuffle(shuffled);
            Applied applied = Snapshot.Empty.Apply(shuffled);
            Assert.Empty(applied.Findings);
            Assert.True(applied.World.SameAs(s_world));
            Assert.Equal(TableKind.All.SelectMany(k => applied.World.Records(k)), applied.Touched.Select(static t => t.After));
        }
    }

    [Fact]
    public void Of_several_events_with_one_key_the_last_wins()
    {
        Party a = new("NEW", "a", PartyKind.Carrier, ""), b = a with { Name = "b" };
        Assert.Equal("b", s_world.Apply([Put(a), Put(b)]).World.Parties.Find("NEW")!.Name);
        Assert.Equal("a", s_world.Apply([Put(b), Put(a)]).World.Parties.Find("NEW")!.Name);
    }

    [Fact]
    public void What_one_batch_puts_and_removes_was_never_there_and_what_it_only_removes_is_a_finding()
    {
        var party = new WorldEvent.Put(new Party("ACME", "Acme", PartyKind.Customer, "US"));
        WorldEvent gone = Gone("parties", "ACME");
        Applied both = s_world.Apply([party, gone]);
        Assert.Empty(both.Findings);
        Assert.True(s_world.SameAs(both.World));
        Assert.Equal("unknown-record", Assert.Single(s_world.Apply([gone, party]).Findings).Rule);
        Assert.Equal([1, 3], s_world.Apply([gone, new WorldEvent.Put(new Party("OTHER", "Other", PartyKind.Customer, "US")), Gone("parties", "NOBODY")]).Findings.Select(static f => f.Place.Line));
    }

    [Fact]
    public void What_was_touched_tells_before_and_after()
    {
        Lot before = s_world.The<Lot>(), after = before with { State = LotState.Shipped };
        Touch touch = Assert.Single(s_world.Apply([Put(after)]).Touched);
        Assert.Equal(("lots", "LOT-1", before, after), (touch.Kind.Name, touch.Key, touch.Before, touch.After));
    }

    [Fact]
    public void A_change_leaves_the_old_snapshot_and_every_other_table_alone()
    {
        Applied applied = s_world.Apply([Put(s_world.The<Lot>() with { State = LotState.Shipped })]);
        Assert.Equal(LotState.Making, s_world.The<Lot>().State);
        Assert.Same(s_world.OrderLines, applied.World.OrderLines);
        Assert.Equal(s_world.Version + 1, applied.World.Version);
    }

    public static TheoryData<string, string> Breaches => new()
    {
        { "closed order reopened", "ended-stays-ended" }, { "cancelled purchase reopened", "ended-stays-ended" }, { "completed build reopened", "ended-stays-ended" },
        { "confirmed purchase changes item", "confirmed-keeps-item" }, { "promise rewritten", "promise-kept" }, { "promise removed", "promise-kept" },
        { "decision rewritten", "decision-kept" }, { "decision removed", "decision-kept" }, { "expectation rewritten", "expectation-kept" }, { "expectation removed", "expectation-kept" },
        { "quantity in kilograms", "unit-of-measure" }, { "half a frame", "step" }, { "run in metres", "unit-of-measure" }, { "unknown record removed", "unknown-record" },
        { "party still named", "still-in-use" }, { "pegged lot removed", "still-in-use" }, { "pinned stock removed", "still-in-use" },
        { "bin stock in no bin", "unknown-key" }, { "bin stock of no stock", "unknown-key" }, { "kit of no build", "unknown-key" },
        { "peg to no lot", "unknown-key" }, { "pin on no order", "unknown-key" }, { "offer of no option", "unknown-option" }, { "offer for no order", "unknown-key" },
    };

    [Theory, MemberData(nameof(Breaches))]
    public void A_forbidden_change_is_refused_by_its_rule(string breach, string rule)
    {
        var (world, e) = Breach(breach);
        Applied applied = world.Apply([e]);
        Assert.Contains(rule, applied.Findings.Select(static f => f.Rule));
        Assert.All(applied.Findings, static f => Assert.NotEqual("", f.Cure));
        Assert.Same(world, applied.World);
    }

    private static (Snapshot World, WorldEvent Event) Breach(string breach)
    {
        OrderLine order = s_world.The<OrderLine>();
        PurchaseOrderLine purchase = s_world.The<PurchaseOrderLine>();
        Build build = s_world.The<Build>();
        return breach switch
        {
            "closed order reopened" => (After(order with { Status = OrderStatus.Closed }), Put(order)),
            "cancelled purchase reopened" => (After(purchase with { Status = OrderStatus.Cancelled }), Put(purchase)),
            "completed build reopened" => (After(build with { Status = OrderStatus.Completed }), Put(build)),
            "confirmed purchase changes item" => (s_world, Put(purchase with { Item = "FR-2" })),
            "promise rewritten" => (s_world, Put(s_world.The<Promise>() with { Date = SmallWorld.T })),
            "promise removed" => (s_world, Gone("promises", "SO-1/1|001")),
            "decision rewritten" => (s_world, Put(s_world.The<Decision>() with { PromisesAfter = 0.7m })),
            "decision removed" => (s_world, Gone("decisions", "DEC-1")),
            "expectation rewritten" => (s_world, Put(s_world.The<Expectation>() with { After = new(0.7) })),
            "expectation removed" => (s_world, Gone("expectations", "DEC-1|SO-1/1")),
            "quantity in kilograms" => (s_world, Put(purchase with { Quantity = new(100, "KG") })),
            "half a frame" => (s_world, Put(s_world.The<Stock>() with { Quantity = new(0.5m, "EA") })),
            "run in metres" => (s_world, Put(s_world.The<ProductionRun>() with { Quantity = new(100, "M") })),
            "unknown record removed" => (s_world, Gone("lots", "NOWHERE")),
            "party still named" => (s_world, Gone("parties", "TW1")),
            "pegged lot removed" => (s_world, Gone("lots", "LOT-1")),
            "pinned stock removed" => (s_world, Gone("stock", "GVL|FR-1||")),
            "bin stock in no bin" => (s_world, Put(s_world.The<BinStock>() with { Bin = "NOWHERE" })),
            "bin stock of no stock" => (s_world, Put(s_world.The<BinStock>() with { LotNumber = "NOWHERE" })),
            "kit of no build" => (s_world, Put(s_world.The<BinStock>() with { Bin = "kit:NOWHERE" })),
            "peg to no lot" => (s_world, Put(s_world.The<Peg>() with { Supply = "lot:NOWHERE" })),
            "pin on no order" => (s_world, Put(s_world.The<Pin>() with { Target = "NOWHERE" })),
            "offer of no option" => (s_world, Put(s_world.The<OptionOffer>() with { Option = "900Wh" })),
            "offer for no order" => (s_world, Put(s_world.The<OptionOffer>() with { OrderLine = "NOWHERE" })),
            _ => throw new ArgumentOutOfRangeException(nameof(breach), breach, "No such breach."),
        };
    }

    [Fact]
    public void What_names_a_record_may_be_removed_with_it_in_one_batch()
    {
        Applied applied = s_world.Apply([Gone("pins", "P1"), Gone("bin_stock", "GVL|A-01|FR-1||"), Gone("stock", "GVL|FR-1||")]);
        Assert.True(applied.Accepted);
        Assert.Equal(3, applied.Touched.Count);
    }

    [Fact]
    public void A_status_may_go_on_and_a_line_may_be_cancelled() =>
        Assert.All(new IRecord[]
        {
            s_world.The<OrderLine>() with { Status = OrderStatus.Cancelled }, s_world.The<OrderLine>() with { Status = OrderStatus.Confirmed },
            s_world.The<PurchaseOrderLine>() with { Due = SmallWorld.T.Plus(Duration.FromDays(60)) },
            s_world.The<Build>() with { Status = OrderStatus.Completed }, s_world.The<Promise>() with { Version = 2 },
        }, static r => Assert.True(s_world.Apply([Put(r)]).Accepted));

    private static Snapshot After(IRecord record) => s_world.Apply([Put(record)]).World;
    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
    private static WorldEvent Gone(string table, string key) => new WorldEvent.Removed(TableKind.Named(table)!, key, "test");
}
