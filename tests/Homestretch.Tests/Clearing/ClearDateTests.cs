using CsCheck;
using Homestretch.Clearing;
using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Clearing;

/// <summary>What accepting a list guarantees, on companies drawn from seeds to which a dozen things have happened.</summary>
public sealed class ClearDateTests
{
    private static readonly ClearPolicy s_policy = new() { Moves = 150, Rounds = 60, Nodes = 200 };

    [Fact]
    public void Accepting_a_list_keeps_every_date_that_the_plan_keeps()
    {
        int lists = 0, kept = 0;
        Gen.Int.Sample(seed =>
        {
            Snapshot world = Troubled(seed);
            var plan = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
            ClearList list = ClearToBuild.Of(plan, s_policy);
            Applied applied = world.Apply(list.Events);
            Assert.True(applied.Accepted, string.Join("\n", applied.Findings));
            SortedSet<string> before = Kept(plan, world), after = Kept(Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy), world);
            Assert.Empty(before.Except(after));
            if (list.Events.Count > 0) Interlocked.Increment(ref lists);
            Interlocked.Add(ref kept, before.Count);
        }, iter: 60);
        Assert.InRange(lists, 20, int.MaxValue);
        Assert.InRange(kept, 60, int.MaxValue);
    }

    /// <summary>Order lines whose date nobody may take, and whose build keeps it where its turn on its line comes, with supply as lists count it. What is
    /// bought for it after the horizon is there when allocations say so: its own futures, drawn once it is planned, may say a day later.</summary>
    private static SortedSet<string> Kept(Plan plan, Snapshot before)
    {
        Netted netted = plan.Netted(s_policy.Certainty, Seconds.Of(s_policy.Horizon));
        // a supply of which more is pegged than there is keeps nobody's date for sure
        var left = netted.Supplies.ToDictionary(static s => s.Name, static s => (long)s.Steps, StringComparer.Ordinal);
        foreach (Peg peg in plan.World.Pegs) if (left.ContainsKey(peg.Supply)) left[peg.Supply] -= Needs.Steps(plan.World.Items[peg.Item], peg.Quantity.Value);
        var kept = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var line in netted.Orders.Where(static n => n.Held is not null).GroupBy(static n => n.Held!.Line.Value))
        {
            LineCalendar calendar = LineTimes.Of(plan.World, plan.World.AssemblyLines[line.Key], plan.Epoch, plan.Policy);
            int free = 0;
            foreach (Need need in line.OrderBy(n => Math.Max(0, Seconds.Of(n.Held!.Start, plan.Epoch))).ThenBy(n => Laid.Tie(n.Held!, plan.Epoch)))
            {
                int begins = Math.Max(free, calendar.ToWork(Math.Max(0, Seconds.Of(need.Held!.Start, plan.Epoch)))), start = calendar.StartToCalendar(begins);
                free = begins + need.RemainingSeconds(calendar, plan.Epoch);
                Strategy strategy = plan.World.ClassStrategies.FirstOrDefault(s => s.Class == need.Order.Class)?.Strategy ?? Strategy.Redistribute;
                if (strategy == Strategy.Lose || need.Promised is null && (strategy > Strategy.Gain || plan.World.ClassStrategies.Count == 0)) continue;
                Peg[] pegs = [.. plan.World.Pegs.StartingWith($"{need.Held.Key}|")];
                if (calendar.EndToCalendar(free) <= Seconds.Of(need.Due, plan.Epoch) && (Untouched(need.Held, pegs) || new KitPegs(netted.Needs, need, pegs, k => (!ReferenceEquals(plan.World, before) || left.GetValueOrDefault(pegs[k].Supply, -1) >= 0) && (Bought(pegs[k]) || netted.Seconds.GetValueOrDefault(pegs[k].Supply, int.MaxValue) <= start)).Whole)) kept.Add(need.Order.Id);
            }
        }
        return kept;

        // whoever keeps slot and parts, and does not have to wait on its line any more, has lost nothing
        bool Untouched(Build build, Peg[] pegs) => !ReferenceEquals(plan.World, before) && build.Equals(before.Builds.Find(build.Id)) && pegs.SequenceEqual(before.Pegs.StartingWith($"{build.Key}|"));
        bool Bought(Peg peg) => plan.World.Lots.Find(peg.Supply[(peg.Supply.IndexOf(':', StringComparison.Ordinal) + 1)..]) is { State: LotState.Planned } lot && before.Lots.Find(lot.Id) is null;
    }

    private static Snapshot Troubled(int seed)
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int n = 0; n < 12; n++)
        {
            Applied change = company.World.Apply(company.Change(plan));
            if (change.Accepted) plan = Plan.Make(company.World = change.World, RandomCompany.T, RandomCompany.Policy);
        }
        Snapshot world = company.World;
        // what people have pinned elsewhere moves whatever a list says
        foreach (Pin pin in world.Pins.Where(static x => x.Kind is PinKind.Slot or PinKind.Date or PinKind.Peg).ToArray())
            if (world.Apply([new WorldEvent.Removed(TableKind.For(pin), pin.Id, "done")]) is { Accepted: true } without) world = without.World;
        // promises that builds just keep, and orders that have grown since
        foreach (Forecast.Dated dated in plan.Forecasts.OfType<Forecast.Dated>().ToArray())
        {
            OrderLine order = world.OrderLines[dated.OrderLine];
            if (random.Next(2) == 0) world = Put(world, new Promise(order.Id, 1 + world.Promises.StartingWith($"{order.Id}|").Count(), "MC", dated.Build.End + Duration.FromHours(random.Next(200)), new(0.9), RandomCompany.T, "ada", ""));
            if (random.Next(6) == 0) world = Put(world, order with { Quantity = order.Quantity + 1 + random.Next(2) });
        }
        return random.Next(3) == 0 ? Put(world, [.. Enumerable.Range(1, 3).Select(c => new ClassStrategy(c, (Strategy)random.Next(5), "MC"))]) : world;
    }

    private static Snapshot Put(Snapshot world, params IRecord[] records) => world.Apply([.. records.Select(static r => new WorldEvent.Put(r))]) is { Accepted: true } applied ? applied.World : world;
}
