using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Trying;

/// <summary>Plays a design through the live planner: it is adopted into the company, which is then run through drawn futures beside the company as it is, as usual and with what a design is afraid of.</summary>
/// <remarks>What the design's model leaves out happens here: purchases have sizes, kits want all their parts on one day, steps spread, lines have hours, orders announce themselves, and the stock there is lies where it lies. As much is ordered as the study says, of what the order book resembles. Stock with a target is bought again each day,
/// all is planned anew each week, and from who is lost nothing is bought any more once it is known.</remarks>
public static class DesignTrial
{
    /// <summary>What is known of a loss comes so many days after it.</summary>
    private const int Told = 2;

    /// <param name="told">Hears how many plays of how many are done.</param>
    /// <param name="passed">Hears how many days of how many are played, on the threads that play.</param>
    public static Trial Of(Snapshot world, StudyCase study, Configuration design, IReadOnlyList<TrialCase> cases, Instant now, TrialPolicy? policy = null, Action<int, int>? told = null, Action<int, int>? passed = null, CancellationToken cancel = default)
    {
        policy ??= new();
        Adoption adoption = Studies.Adopt(world, study, design);
        Snapshot adopted = world.Apply(adoption.Events) is { Accepted: true } applied ? applied.World : throw new ArgumentException("The design cannot be adopted.\nMaybe it is of another world.");
        var worth = Worth(study, design);
        double demand = study.Sourcing.Network.Stages.Sum(static s => s.Demand ?? 0), usual = NewOrders.UnitsPerDay(world, now);
        (Snapshot World, TrialCase Case)[] plays = [.. cases.Select(c => (world, c)), .. cases.Select(c => (adopted, c))];
        var futures = new Played[plays.Length][];
        for (int p = 0; p < plays.Length; p++) futures[p] = new Played[policy.Futures];
        int done = 0, day = 0, days = plays.Length * policy.Futures * policy.Days;
        Parallel.For(0, plays.Length * policy.Futures, new ParallelOptions { MaxDegreeOfParallelism = policy.Threads }, (k, state) =>
        {
            var (start, of) = plays[k / policy.Futures];
            try
            {
                futures[k / policy.Futures][k % policy.Futures] = Play(start, of, now, policy, usual > 0 ? demand / usual : 1, (ulong)(k % policy.Futures) + 1, Passed, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                state.Stop();
                return;
            }
            told?.Invoke(Interlocked.Increment(ref done), plays.Length * policy.Futures);
        });
        cancel.ThrowIfCancellationRequested();
        TrialOutcome[] outcomes = [.. plays.Select((p, k) => Outcome(p.Case, futures[k], policy, worth))];
        return new(Kept(study, design), design.Kits.Select(static k => k.Probability).DefaultIfEmpty(1).Min(), demand, outcomes[..cases.Count], outcomes[cases.Count..], adoption.Findings);

        void Passed(int more) => passed?.Invoke(Interlocked.Add(ref day, more), days);
    }

    private static Played Play(Snapshot world, TrialCase of, Instant start, TrialPolicy policy, double times, ulong seed, Action<int> passed, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int last = 0;
        Instant from = start + Duration.FromDays(policy.From), end = start + Duration.FromDays(policy.Days + 400);
        var mishaps = new Mishaps(of.Lost is { } lost ? [new Standstill(lost, null, from, end, from + Duration.FromDays(Told))] : [],
            of.Closed is { } passage ? [new PassageClosure(passage, from, world.Parties.First().Key, from + Duration.FromDays(policy.ClosedDays), "trial", "closed for the trial")] : [], 0, [new DemandBurst(start, end, times)]);
        var simulation = new SimulationPolicy { Plan = policy.Plan, Days = policy.Days, NewOrders = true };
        return Simulation.Play(world, start, simulation, seed, course: new Course { Mishaps = mishaps, Mend = Look });

        List<WorldEvent> Look(Plan plan)
        {
            cancel.ThrowIfCancellationRequested();
            int today = Math.Clamp((int)(plan.Epoch - start).TotalDays, last, policy.Days);
            if (today > last) passed(today - last);
            last = today;
            return Done(plan, of.Lost, from + Duration.FromDays(Told), start, policy);
        }
    }

    /// <summary>What the company does at a look.</summary>
    private static List<WorldEvent> Done(Plan plan, Key<Party>? lost, Instant known, Instant start, TrialPolicy policy)
    {
        Snapshot world = plan.World;
        LocalDate today = plan.Epoch.InUtc().Date;
        WorldEvent[] shut = lost is { } party && plan.Epoch >= known ? [.. world.ItemSuppliers.Where(s => s.Supplier == party && !(s.To <= today)).Select(s => new WorldEvent.Put(s with { To = today, From = s.From > today ? today : s.From }))] : [];
        Snapshot then = shut.Length > 0 ? world.With(shut) : world;
        List<WorldEvent> all = [.. shut];
        if ((int)(plan.Epoch - start).TotalDays % policy.ReplanDays == 0)
        {
            IReadOnlyList<WorldEvent> moved = Plan.Propose(then, plan.Epoch, plan.Policy).Events;
            all.AddRange(moved);
            then = then.With(moved);
        }
        all.AddRange(Restocking.Due(then, plan.Epoch).SelectMany(static r => r.Events));
        return all;
    }

    /// <summary>Cost of a unit of each item at each hub, by the design.</summary>
    private static Dictionary<Key<Item>, double> Worth(StudyCase study, Configuration design)
    {
        var worth = new Dictionary<Key<Item>, double>();
        foreach (ConfiguredStage s in design.Stages)
            if (study.Items.TryGetValue(s.Keeps ?? s.Stage, out Key<Item> item)) worth[item] = Math.Max(worth.GetValueOrDefault(item), s.Stock.UnitCost);
        return worth;
    }

    private static double Kept(StudyCase study, Configuration design) => design.Stages.Where(s => s.Keeps is not null).Sum(static s => (s.Stock.SafetyStock + s.Stock.EarlyStock) * s.Stock.UnitCost);

    private static TrialOutcome Outcome(TrialCase of, Played[] futures, TrialPolicy policy, Dictionary<Key<Item>, double> worth)
    {
        double days = policy.Days * (double)futures.Length;
        TrialStock[] stock = [.. futures.SelectMany(static f => f.Stock).GroupBy(static s => (s.Hub, s.Item)).OrderBy(static g => g.Key).Select(g => new TrialStock(g.Key.Hub, g.Key.Item, g.Sum(static s => s.PieceDays) / days, g.Sum(static s => s.PieceDays) / days * worth.GetValueOrDefault(g.Key.Item)))];
        (OrderLine Order, Instant At)[] delivered = [.. futures.SelectMany(f => f.Orders.Where(o => o.Delivered <= f.Start + Duration.FromDays(policy.Days)).Select(static o => (o.Order, o.Delivered!.Value)))];
        return new(of, Scores.Of(futures), stock, delivered.Sum(static d => d.Order.Quantity) / days, delivered.Length > 0 ? delivered.Average(static d => (d.At - d.Order.Ordered).TotalDays) : 0);
    }
}
