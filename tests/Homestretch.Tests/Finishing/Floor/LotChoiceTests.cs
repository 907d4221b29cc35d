using CsCheck;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Of the lots that could fill a line of a kit the one is proposed that keeps what its order's labels say, customs' relief, and origin for who needs it; and what is proposed passes.</summary>
public sealed class LotChoiceTests
{
    private static FloorBoard Board(FloorCompany floor) => FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3));
    private static FloorPick[] Of(FloorCompany floor, string build, string item) => [.. Board(floor).Kits.Single(k => k.Build == build).Picks.Where(p => p.Item == item)];
    private static FloorOperation Pick(FloorCompany floor, string build, FloorPick p) => floor.Do(floor.Said(FloorAct.Pick, p.Item, p.Lot, p.Quantity, p.Bin, build: build, revision: p.Revision));

    [Fact]
    public void A_lot_that_breaks_the_label_gives_way_to_one_that_keeps_it_and_is_told_where_none_does()
    {
        // S1 is pegged to bolts of China; eight of home lie free, then they do not
        var floor = new FloorCompany(FloorOrigins.Priced, [.. FloorOrigins.MadeInUsa, .. FloorOrigins.Came("B1", "BOLT", "CN", 1), .. FloorOrigins.Lies("B8", "BOLT", 8, "US", 2)]);
        Assert.Equal(("B8", 8m), (Assert.Single(Of(floor, "S1", "BOLT")).Lot, Of(floor, "S1", "BOLT")[0].Quantity));
        FloorOperation china = floor.Do(floor.Said(FloorAct.Pick, "BOLT", "B1", 1, "A-02", build: "S1"));
        Assert.Equal((FloorAnswer.Accepted, "Lot B1 is of CN: whether 'Made in USA' holds hangs on the rest. Lot B8 would keep it."), (china.Answer, china.Said));
        Assert.Equal(FloorAnswer.Accepted, floor.Do(floor.Said(FloorAct.Pick, "BOLT", "B8", 7, "A-01", build: "S1")).Answer);
        Assert.Equal([("B1", 7m), ("B8", 1m)], Of(floor, "S3", "BOLT").Select(static p => (p.Lot, p.Quantity)).Order());
        Assert.Equal("B1", Assert.Single(Of(floor, "S2", "BOLT")).Lot);      // of an order that says nothing the plan's lot stands
    }

    [Fact]
    public void A_lot_after_which_the_label_could_not_hold_is_refused_with_the_figure_and_counts_as_not_here()
    {
        // 4,000 USD is the most that two bikes may cost to make: motors of 101 each leave 94.95 %
        var floor = new FloorCompany(FloorOrigins.Priced, [.. FloorOrigins.MadeInUsa, .. FloorOrigins.Came("M1", "MOTOR", "HU", 101)]);
        FloorOperation hungary = floor.Do(floor.Said(FloorAct.Pick, "MOTOR", "M1", 2, "A-01", build: "S1"));
        Assert.Equal(("claim-lost", "Lot M1 is of HU. 'Made in USA' (US-MADE) stands on this order: at most 94.95 % of it could be of US, and below 95 % that is refused. Put it back; tell the planner that this order needs MOTOR of US."), (hungary.Rule, hungary.Said));
        Assert.Contains(Board(floor).Kits.Single(static k => k.Build == "S1").Missing, static m => m is { Item: "MOTOR", Quantity: 2, Waits: "" });
        floor.Done(floor.Said(FloorAct.Pick, "MOTOR", "M1", 1, "A-01", build: "S1"));
        Assert.Equal("claim-lost", floor.Do(floor.Said(FloorAct.Pick, "MOTOR", "M1", 1, "A-01", build: "S1")).Rule);      // what lies in the kit counts
        floor = new FloorCompany(FloorOrigins.Priced, [.. FloorOrigins.MadeInUsa, .. FloorOrigins.Came("M1", "MOTOR", "HU", 100)]);
        floor.Done(floor.Said(FloorAct.Pick, "MOTOR", "M1", 2, "A-01", build: "S1"));
    }

    [Fact]
    public void Undetermined_origin_counts_as_foreign_and_is_told_as_unknown()
    {
        var floor = new FloorCompany(FloorOrigins.Priced, [.. FloorOrigins.MadeInUsa, .. FloorOrigins.Came("M1", "MOTOR", "", 101), .. FloorOrigins.Lies("M8", "MOTOR", 9, "US", 900)]);
        Assert.Equal("M8", Assert.Single(Of(floor, "S1", "MOTOR")).Lot);
        FloorOperation unknown = floor.Do(floor.Said(FloorAct.Pick, "MOTOR", "M1", 2, "A-01", build: "S1"));
        Assert.Equal("claim-lost", unknown.Rule);
        Assert.StartsWith("Lot M1 is of unknown origin, which counts as foreign.", unknown.Said, StringComparison.Ordinal);
        Assert.EndsWith("Take lot M8.", unknown.Said, StringComparison.Ordinal);
        Assert.Contains("Where lot F1 comes from is unknown: it counts as foreign for 'Made in USA'.", floor.Done(floor.Said(FloorAct.Pick, "FRAME", "F1", 2, "F-01", build: "S1")).Said, StringComparison.Ordinal);
        floor = new FloorCompany(FloorOrigins.Priced, [FloorOrigins.MadeInUsa[0]]);
        Assert.Contains("What 'Made in USA' (US-MADE) asks of parts is unknown: a row of origin_rules: made-in-all of US on", floor.Done(floor.Said(FloorAct.Pick, "BOLT", "B1", 8, "A-02", build: "S1")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Origin_is_kept_for_the_order_that_an_agreement_waits_for_and_spent_when_nothing_else_is_there()
    {
        // S2 goes to Canada, S1 and S3 stay; M6 of Mexico originates under USMCA, M7 of China does not
        FloorCompany Hub(decimal china) => new(static w => w switch
        {
            Market { Id: "EU" } m => m with { Country = "CA" },
            Peg { Item.Value: "MOTOR" } => null,
            Stock { LotNumber: "M1" or "M2" } s => s with { Customs = CustomsStanding.CustomsHold, CustomsDocument = "N" },
            _ => w,
        }, [FloorOrigins.Rule("USMCA-RVC", RuleOfOrigin.RvcNetCost, "USMCA", "US;MX;CA", 50), .. FloorOrigins.Lies("M6", "MOTOR", 9, "MX", 90, "USMCA"), .. FloorOrigins.Lies("M7", "MOTOR", china, "CN", 60)]);
        FloorCompany floor = Hub(9);
        Assert.Equal(["M7", "M6", "M7"], new[] { "S1", "S2", "S3" }.Select(b => Assert.Single(Of(floor, b, "MOTOR")).Lot));
        Assert.Contains("Lot M7 does not originate under USMCA. Lot M6 does.", floor.Done(floor.Said(FloorAct.Pick, "MOTOR", "M7", 1, "A-01", build: "S2")).Said, StringComparison.Ordinal);
        floor = Hub(1);
        Assert.Equal(["M6", "M7"], Of(floor, "S1", "MOTOR").Concat(Of(floor, "S3", "MOTOR")).Select(static p => p.Lot).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_lies_there_what_is_proposed_passes_and_nothing_that_breaks_a_label_is_while_something_keeps_it()
    {
        int picks = 0, breaking = 0, turned = 0;
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            FloorCompany floor = Any(new Random(seed));
            FloorBoard board = Board(floor);
            foreach (FloorKit kit in board.Kits)
                foreach (FloorPick p in kit.Picks.Where(p => Breaks(floor, kit, p.Item, p.Lot)))
                {
                    breaking++;
                    foreach (Stock row in floor.World.Stock.StartingWith($"GVL|{p.Item}|").Where(r => !Breaks(floor, kit, r.Item.Value, r.LotNumber))) Assert.True(Left(floor, board, kit, row) <= 0, $"{seed}: {kit.Build} is sent to {p.Lot}, and {row.LotNumber} is free");
                }
            (string Build, FloorPick Pick)[] all = [.. board.Kits.SelectMany(static k => k.Picks.Select(p => (k.Build, p)))];
            turned += all.Count(a => !floor.World.Pegs.Any(p => p.Build.Value == a.Build && p.Supply == $"stock:GVL|{a.Pick.Item}|{a.Pick.Revision}|{a.Pick.Lot}"));
            new Random(seed).Shuffle(all);
            foreach (var (build, pick) in all)
            {
                picks++;
                FloorOperation answer = Pick(floor, build, pick);
                Assert.True(answer.Answer == FloorAnswer.Accepted, $"{seed}: {build} {pick}: {answer.Rule}: {answer.Said}");
            }
        }, iter: 300);
        TestContext.Current.SendDiagnosticMessage("{0} picks proposed, {1} of them break a label, {2} of another lot than the plan's", picks, breaking, turned);
        Assert.True(picks > 1000 && breaking > 50 && turned > 50, $"{picks} picks, {breaking} breaking, {turned} turned");
    }

    [Fact]
    public void The_choice_does_not_hang_on_the_order_of_records() => Gen.Int[0, 1_000_000].Sample(static seed =>
    {
        FloorCompany floor = Any(new Random(seed));
        IRecord[] records = [.. Snapshot.Between(Snapshot.Empty, floor.World).Select(static t => t.After!)];
        new Random(seed + 1).Shuffle(records);
        Snapshot again = Snapshot.Of(records);
        static IEnumerable<string> Said(FloorBoard b) => b.Kits.SelectMany(static k => k.Picks.Select(p => $"{k.Build} {p}").Concat(k.Missing.Select(m => $"{k.Build} {m}")));
        Assert.Equal(Said(Board(floor)), Said(FloorBoards.Of(again, new(again), "GVL", FloorCompany.T, Duration.FromDays(3))));
    }, iter: 40);

    /// <summary>Lots of any origin, price and standing, orders that promise or do not, lines that were never assigned a lot.</summary>
    private static FloorCompany Any(Random random)
    {
        string Country() => new[] { "US", "US", "CN", "MX", "" }[random.Next(5)];
        decimal? Price() => random.Next(4) == 0 ? null : random.Next(2) == 0 ? random.Next(1, 9) : random.Next(10, 160);
        string Claims() => random.Next(2) == 0 ? "USMCA" : "";
        CustomsStanding Standing() => (CustomsStanding)random.Next(5);
        var more = new List<IRecord>();
        if (random.Next(5) > 0) more.AddRange(FloorOrigins.MadeInUsa.Select(r => r is MarketRule m ? m with { When = random.Next(2) == 0 ? Condition.Parse("rack=yes").Value! : m.When, Market = random.Next(4) == 0 ? null : m.Market } : r));
        if (random.Next(2) == 0) more.Add(FloorOrigins.Rule("USMCA-RVC", RuleOfOrigin.RvcTransaction, "USMCA", "US;MX;CA", 60));
        string abroad = random.Next(2) == 0 ? "CA" : "EU";
        foreach (Stock row in FloorCompany.Records.OfType<Stock>().Where(static s => s.Status == StockStatus.Available))
            if (random.Next(5) > 0) more.AddRange(FloorOrigins.Came(row.LotNumber, row.Item.Value, Country(), Price(), Claims()));
        foreach (string item in new[] { "FRAME", "MOTOR", "MOTOR-2", "CHG-US", "RACK", "BOLT" })
            for (int i = random.Next(3); i > 0; i--) more.AddRange(FloorOrigins.Lies($"{item}-{i}", item, random.Next(1, 12), Country(), Price(), Claims(), random.Next(2) == 0 || item == "FRAME" ? "A-01" : "A-02", Standing()));
        return new FloorCompany(w => FloorOrigins.Priced(w switch
        {
            Market { Id: "EU" } m => m with { Country = abroad },
            Stock { Status: StockStatus.Available } s when random.Next(4) == 0 => s with { Customs = Standing(), CustomsDocument = "DOC" },
            Peg p when random.Next(5) == 0 => null!,
            _ => w,
        }), more);
    }

    private static bool Breaks(FloorCompany floor, FloorKit kit, string item, string lot)
    {
        OrderLine order = floor.World.OrderLines[kit.OrderLine];
        bool labelled = floor.World.MarketRules.Any(r => (r.Market is null || r.Market == order.Market) && r.When.Holds(order.Market.Value, order.Options));
        return labelled && !(floor.World.ItemOrigins.Any(o => o.Supplier.Value == $"S-{lot}" && o.Item.Value == item && o.Country == "US"));
    }

    /// <summary>What is left of a row for a kit: neither pegged nor proposed to any, and lying where it may be taken.</summary>
    private static decimal Left(FloorCompany floor, FloorBoard board, FloorKit kit, Stock row)
    {
        Build build = floor.World.Builds[kit.Build];
        var doing = new Doing(floor.World, new(floor.World), floor.Said(FloorAct.Count, number: 1));
        if (!FreeStock.MayGo(doing, row, build, floor.World.OrderLines[build.OrderLine])) return 0;
        decimal Proposed(FloorKit k) => k.Picks.Where(p => row.Id == $"GVL|{p.Item}|{p.Revision}|{p.Lot}").Sum(static p => p.Quantity);
        decimal Pegged(string b) => floor.World.Pegs.Where(p => p.Build.Value == b && p.Supply == $"stock:{row.Id}").Sum(static p => p.Quantity.Value);
        decimal open = floor.World.Builds.Where(static b => b.Status < OrderStatus.Completed).Sum(b => Pegged(b.Id)), beyond = board.Kits.Sum(k => Math.Max(0, Proposed(k) - Pegged(k.Build)));
        return Math.Min(row.Quantity.Value - open - beyond, row.Quantity.Value - board.Kits.Sum(Proposed));
    }
}
