using Homestretch.Cli.Demo.Checking;
using Homestretch.Exchange.Sea;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.Simulating.Mending;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Mending;

/// <summary>What is done about promises at risk.</summary>
internal enum MendingPolicy
{
    Nothing,

    /// <summary>Every late lot that can still go quicker does.</summary>
    Expedite,

    /// <summary>Parts go to who ordered first; nothing is spent.</summary>
    FirstCome,

    /// <summary>The same, and what is still late is sent quicker in that order, within an allowance a week.</summary>
    FirstComePaying,

    /// <summary>The first-ranked remedy of each situation that costs nothing.</summary>
    SituationsFree,

    /// <summary>The first-ranked remedy of each situation; at no time has it spent more than first come, paying, had by then.</summary>
    Situations,
}

/// <summary>What came of one world under one policy.</summary>
/// <param name="Late">Order lines delivered after the date first promised, or not by the last day, of those promised for the days played.</param>
/// <param name="Cost">Spent, minor units of the euro.</param>
/// <param name="Kinds">Remedies taken, by kind, with what they were expected to win.</param>
internal sealed record MendingOutcome(MendingPolicy Policy, int Late, long Cost, int Promises, IReadOnlyList<(RemedyKind Kind, int Count, double Expected)> Kinds);

/// <param name="Allowance">What first come, paying, may spend a week, minor units of the euro; what is left over is kept.</param>
internal sealed record MendingSetup(Instant Start, int Days, double Mishaps, int Samples, int OrderLines, long Allowance, SearchBudget Budget);

/// <summary>One seeded world with mishaps, played under each policy: the same company, the same mishaps and futures, the same promises. The first policy, which does nothing, gives the promises as the plan says; the
/// others are held to those.</summary>
internal sealed class MendingWorld(MendingSetup setup, int seed)
{
    /// <summary>Euros to a unit of the currencies that the demonstration pays in; made up, of the usual order.</summary>
    private static readonly Dictionary<string, decimal> s_rates = new(StringComparer.Ordinal) { ["EUR"] = 1, ["USD"] = 0.92m, ["GBP"] = 1.17m };

    private readonly Snapshot _world = WornPlants.Of(Snapshot.Of(DemoCompany.Make(setup.Start, seed, setup.OrderLines)), setup.Start, seed, 0.5, 0.05);
    private readonly SimulationPolicy _how = new() { Plan = new PlanPolicy { Samples = setup.Samples, Sea = SeaAtlas.World }, Days = setup.Days, DaysAfter = 0, NewOrders = true, RenewBelow = 0 };

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<MendingOutcome> Play(CancellationToken stop)
    {
        Mishaps mishaps = Mishaps.Of(_world, setup.Start, setup.Days, setup.Mishaps, (ulong)seed);
        var promises = new List<Promise>();
        var outcomes = new List<MendingOutcome> { Of(MendingPolicy.Nothing, Run(static _ => [], null, e => promises.AddRange(e.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Promise>())), 0) };
        Purse endless = Purse.Endless(s_rates), nothing = new(static _ => 0, s_rates), weekly = new(at => setup.Allowance * (1 + (at - setup.Start).Days / 7), s_rates), equal = new(weekly.SpentBy, s_rates);
        outcomes.Add(Of(MendingPolicy.Expedite, Run(new ExpediteLate(endless).At, promises), endless.Spent));
        outcomes.Add(Of(MendingPolicy.FirstCome, Run(new FirstCome(nothing).At, promises), nothing.Spent));
        outcomes.Add(Of(MendingPolicy.FirstComePaying, Run(new FirstCome(weekly).At, promises), weekly.Spent));
        foreach (var (policy, purse) in new[] { (MendingPolicy.SituationsFree, nothing), (MendingPolicy.Situations, equal) })
        {
            var ranked = new FirstRanked(purse, new Watch(), setup.Budget);
            outcomes.Add(Of(policy, Run(ranked.At, promises), purse.Spent, ranked));
        }
        return outcomes;

        Played Run(Mend mend, IReadOnlyList<Promise>? given, Action<IReadOnlyList<WorldEvent>>? told = null) => Simulation.Play(_world, setup.Start, _how, (ulong)seed, null, told, new Course
        {
            Mishaps = mishaps, Promises = given, Mend = plan =>
            {
                stop.ThrowIfCancellationRequested();
                return mend(plan);
            },
        });
    }

    private MendingOutcome Of(MendingPolicy policy, Played played, long cost, FirstRanked? ranked = null)
    {
        Instant end = setup.Start + Duration.FromDays(setup.Days);
        PlayedOrder[] promised = [.. played.Orders.Where(o => o.Promises[0].Date > setup.Start && o.Promises[0].Date <= end)];
        return new(policy, promised.Count(static o => !(o.Delivered <= o.Promises[0].Date)), cost, promised.Length,
            [.. (ranked?.Taken ?? []).GroupBy(static t => t.Remedy.Remedy.Kind).OrderBy(static g => g.Key).Select(static g => (g.Key, g.Count(), g.Sum(static t => t.Remedy.Promises)))]);
    }
}
