using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Several devices work without a network and are heard later, in any order, some things twice: the ledger, the kits and the as-built records agree at every moment, and nothing that was answered is lost.</summary>
public sealed class FloorPropertyTests
{
    private const int Rounds = 120;
    private static readonly string[] s_bins = ["DOCK", "A-01", "A-02", "F-01", "QC", "BOND"];

    [Fact]
    public void Whatever_devices_do_and_in_which_order_they_are_heard_the_books_agree()
    {
        int accepted = 0, refused = 0, completed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var floor = new FloorCompany();
            Queue<FloorOperation>[] devices = [.. Enumerable.Range(1, 3).Select(d => new Queue<FloorOperation>(Day(floor, random, $"GVL-0{d}")))];
            var answers = new Dictionary<string, FloorOperation>();
            var told = new List<FloorOperation>();
            while (devices.Any(static d => d.Count > 0))
            {
                Queue<FloorOperation> device = devices[random.Next(devices.Length)];
                Snapshot began = floor.World;
                floor.Told.Clear();
                for (int batch = random.Next(4) == 0 ? 60 : random.Next(1, 8); batch > 0 && device.Count > 0; batch--)
                {
                    FloorOperation said = device.Dequeue();
                    told.Add(said);
                    answers[said.Id] = floor.Do(said);
                    Agree(floor);
                }
                Applied atOnce = began.Apply(floor.Told, "floor");      // a hub writes what a device told as one change
                Assert.Empty(atOnce.Findings);
                Assert.True(floor.World.SameAs(atOnce.World));
                if (told.Count > 0 && random.Next(3) == 0)      // an answer was lost on its way, and the device tells again
                {
                    FloorOperation again = told[random.Next(told.Count)];
                    Snapshot before = floor.World;
                    Assert.Equal(answers[again.Id], floor.Do(again));
                    Assert.True(before.SameAs(floor.World));
                }
            }
            Assert.All(answers, a => Assert.Equal(a.Value, floor.World.FloorOperations.Find(a.Key)));
            accepted += answers.Values.Count(static a => a.Answer == FloorAnswer.Accepted);
            refused += answers.Values.Count(static a => a.Answer == FloorAnswer.Refused);
            completed += floor.World.Units.Count(static u => u.State == UnitState.Complete);
        }
        TestContext.Current.SendDiagnosticMessage("{0} accepted, {1} refused, {2} units completed", accepted, refused, completed);
        Assert.True(accepted > Rounds * 30 && refused > Rounds * 10 && completed > Rounds / 4, $"{accepted} accepted, {refused} refused, {completed} units completed");
    }

    /// <summary>Bins, kits, units and the ledger of one world.</summary>
    private static void Agree(FloorCompany floor)
    {
        Snapshot world = floor.World;
        foreach (var item in world.Stock.GroupBy(static s => s.Item))
        {
            decimal begun = FloorCompany.Records.OfType<Stock>().Where(s => s.Item == item.Key).Sum(static s => s.Quantity.Value), moved = world.FloorOperations.Sum(o => ChangeOf(world, o, item.Key));
            Assert.Equal(begun + moved, item.Sum(static s => s.Quantity.Value));
        }
        foreach (Stock row in world.Stock)
        {
            Assert.True(row.Quantity.Value >= 0, row.Id);
            Assert.Equal(row.Quantity.Value, world.BinStock.Where(b => b.StockKey == row.Id).Sum(static b => b.Quantity.Value));
        }
        Assert.All(world.BinStock, static b => Assert.True(b.Quantity.Value >= 0, b.Id));
        foreach (Build build in world.Builds.Where(static b => b.Line == "L1"))
        {
            Unit[] units = [.. world.Units.Where(u => u.Build == build.Key && u.State != UnitState.Scrapped)];
            Assert.True(units.Length <= build.Quantity, build.Id);
            Assert.Equal(build.Status == OrderStatus.Completed && build.Key != "S4", units.Length == build.Quantity && units.All(static u => u.State == UnitState.Complete) && build.Key != "S4");
            foreach (Unit unit in units.Where(static u => u.State == UnitState.Complete)) Assert.Equal(Expected(world, build), Inside(world, unit));
        }
    }

    /// <summary>What a completed unit of a build must hold, with what stands in for the motor counted as the motor.</summary>
    private static IEnumerable<string> Expected(Snapshot world, Build build)
    {
        OrderLine order = world.OrderLines[build.OrderLine];
        return world.BomLines.Where(l => l.When.Holds(order.Market.Value, order.Options)).Select(static l => $"{l.Item} {l.Quantity.Value:0}").Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Inside(Snapshot world, Unit unit) => world.UnitParts.StartingWith($"{unit.Key}|").Where(static p => p.TakenOut is null).GroupBy(static p => p.Item.Value == "MOTOR-2" ? "MOTOR" : p.Item.Value)
        .Select(static g => $"{g.Key} {g.Sum(static p => p.Quantity.Value):0}").Order(StringComparer.Ordinal);

    /// <summary>By how much an operation changed the stock of an item: what it says itself, or for a completed unit what that took out of the kit.</summary>
    private static decimal ChangeOf(Snapshot world, FloorOperation o, Key<Item> item) => o.Item.Length > 0 ? (o.Item == item.Value ? o.Change : 0) : -world.UnitParts.Where(p => p.Operation == o.Id && p.Item == item).Sum(static p => p.Quantity.Value);

    /// <summary>What one device does in a day: mostly sensible, in no good order, with every kind of act.</summary>
    private static IEnumerable<FloorOperation> Day(FloorCompany floor, Random random, string device)
    {
        var goods = FloorCompany.Records.OfType<Stock>().Select(static s => (Item: s.Item.Value, s.Revision, Lot: s.LotNumber.Replace("-QC", "", StringComparison.Ordinal).Replace("-CU", "", StringComparison.Ordinal))).Concat([("FRAME", "A", "F9"), ("MOTOR", "A", "M9")]).ToArray();
        int number = 0;
        string unit = $"{device}-U1";
        foreach (FloorOperation said in Kit("S1", ("FRAME", "A", "F1", 1, "F-01"), ("MOTOR", "A", "M1", 1, "A-01"), ("CHG-US", "A", "U1", 1, "A-01"), ("RACK", "A", "R1", 1, "A-02"), ("BOLT", "A", "B1", 4, "A-02"))) if (random.Next(8) > 0) yield return said;
        for (int i = 0; i < 12; i++) yield return Any();
        yield return Said(FloorAct.Begin, build: "S1", unit: unit);
        foreach (var (step, item, revision, lot, values) in new[] { ("010", "FRAME", "A", "F1", ""), ("020", "MOTOR", "A", "M1", "torque=24"), ("030", "", "", "", ""), ("040", "", "", "", "insulation=4") })
        {
            if (random.Next(6) == 0) yield return Any();
            yield return Said(FloorAct.Work, item, lot, unit: unit, step: step, values: values, revision: revision);
        }
        yield return Said(FloorAct.Complete, unit: unit);
        for (int i = 0; i < 8; i++) yield return Any();

        IEnumerable<FloorOperation> Kit(string build, params (string Item, string Revision, string Lot, decimal Quantity, string Bin)[] picks) => picks.Select(p => Said(FloorAct.Pick, p.Item, p.Lot, p.Quantity, p.Bin, build: build, revision: p.Revision));

        FloorOperation Any()
        {
            var (item, revision, lot) = goods[random.Next(goods.Length)];
            string from = s_bins[random.Next(s_bins.Length)], to = s_bins[random.Next(s_bins.Length)];
            decimal quantity = random.Next(1, 6);
            return random.Next(12) switch
            {
                0 or 1 => Said(FloorAct.Receive, item, random.Next(3) == 0 ? lot : item == "FRAME" ? "F9" : "M9", quantity, to: to, revision: "A", reason: random.Next(4) == 0 ? "More in the crate" : ""),
                2 or 3 => Said(FloorAct.Move, item, lot, quantity, from, to, revision: revision),
                4 => Said(FloorAct.Hold, item, lot, quantity, from, random.Next(2) == 0 ? "QC" : "BOND", reason: "Scratched", revision: revision),
                5 => Said(FloorAct.Release, item, lot, quantity, random.Next(2) == 0 ? "QC" : "BOND", to, reason: "Cleared", revision: revision),
                6 or 7 => Said(FloorAct.Count, item, lot, random.Next(12), from, revision: revision),
                8 => Said(FloorAct.Scrap, item, lot, 1, from, reason: "Broken", revision: revision),
                9 => Said(FloorAct.Return, item, lot, 1, to: to, build: "S1", reason: "Not needed", revision: revision),
                10 => random.Next(3) == 0 ? Said(FloorAct.ScrapUnit, unit: unit, reason: "Dropped") : Said(FloorAct.TakeOut, unit: unit, from: $"{random.Next(1, 5)}", to: random.Next(2) == 0 ? to : "", reason: "Rattles"),
                _ => Said(FloorAct.CloseLot, lot: random.Next(2) == 0 ? "F9" : "M9", reason: "That was all"),
            };
        }

        FloorOperation Said(FloorAct act, string item = "", string lot = "", decimal? quantity = null, string from = "", string to = "", string build = "", string unit = "", string step = "", string values = "", string reason = "", string revision = "A") =>
            floor.Said(act, item, lot, quantity, from, to, build, unit, step, values, reason, revision, FloorCompany.T + Duration.FromMinutes(number++ * 7 + random.Next(5)), device, number);
    }
}
