using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cutting.Sourcing;

/// <summary>An axis against which cost is weighed.</summary>
/// <param name="Subject">The country or party; null: each, or the whole.</param>
public sealed record Axis(Measure Measure, string? Subject = null);

/// <summary>A design on a front, and the limits that led to it.</summary>
public sealed record FrontPoint(IReadOnlyList<Limit> Limits, Configuration Design);

/// <summary>What a limit costs.</summary>
/// <param name="Step">By how much it is moved.</param>
/// <param name="Saved">What a year would cost less with the limit eased by the step.</param>
/// <param name="More">What it would cost more with the limit tightened by the step; null: nothing meets it then.</param>
public sealed record LimitPrice(Limit Limit, double Step, double Saved, double? More);

/// <summary>What is left when a country or a party is lost.</summary>
/// <param name="Stages">Stages that are done there now.</param>
/// <param name="More">What a year costs more with the best that is left; null: nothing is left.</param>
/// <param name="WithinLimits">Whether what is left meets the limits; otherwise the best is one that does not.</param>
/// <param name="Without">Stages of which no source is left.</param>
public sealed record Loss(string Lost, bool IsCountry, IReadOnlyList<string> Stages, double? More, bool WithinLimits, IReadOnlyList<string> Without);

/// <summary>Another source of a stage.</summary>
/// <param name="More">What a year costs more with it, all other stages chosen anew; null: nothing meets the limits with it.</param>
/// <param name="Changed">Other stages that would be done by others then.</param>
public sealed record Alternative(string Source, double? More, IReadOnlyList<string> Changed);

/// <summary>A design at one service level of all stages.</summary>
public sealed record LevelPoint(double ServiceLevel, Configuration Design);

/// <summary>Designs along one, two or three axes, the price of limits, and what the loss of a country or party would cost: each by choosing anew.</summary>
public static class Fronts
{
    /// <summary>Halvings of the way to the best value that an axis can reach.</summary>
    private const int Halvings = 12;

    /// <summary>Designs that cost least for each of some values of one axis, two or three, none of which another betters in all; cheapest first.</summary>
    /// <param name="points">Values of each axis between that of the cheapest design and the best reachable, 2 or more.</param>
    public static (IReadOnlyList<FrontPoint> Points, IReadOnlyList<Finding> Findings) Of(SourcingStudy study, IReadOnlyList<Axis> axes, int points, SourcingPolicy? policy = null, IReadOnlyList<Limit>? limits = null, PlacementBudget? budget = null, Action<FrontPoint>? found = null, CancellationToken cancel = default)
    {
        limits ??= [];
        var (cheapest, findings) = Configuring.Of(study, policy, limits, budget, null, cancel);
        if (cheapest is null) return ([], findings);
        // an axis that cannot be measured is told before anything is searched
        Limit[] asked = [.. axes.Select(static a => new Limit(a.Measure, 0, a.Subject))];
        var (problem, _) = SourcingRules.Of(study, policy ?? new(), [.. limits, .. asked]);
        IReadOnlyList<Finding> unmeasured = LimitRules.Of(problem!, asked, study).Findings;
        if (unmeasured.Count > 0) return ([], [.. unmeasured.Select(static f => f with { Place = new("axes", f.Place.Line) })]);
        var all = new List<FrontPoint>();
        Tell(new(limits, cheapest));
        double[][] values = [.. axes.Select(a => Values(a))];
        foreach (double[] at in Grid(values))
        {
            if (cancel.IsCancellationRequested) break;
            Limit[] own = [.. limits, .. axes.Select((a, k) => new Limit(a.Measure, at[k], a.Subject))];
            if (Configuring.Of(study, policy, own, budget, null, cancel).Configuration is { } design) Tell(new(own, design));
        }
        return (Unbettered(all, axes, study.Home), []);

        void Tell(FrontPoint point)
        {
            all.Add(point);
            found?.Invoke(point);
        }

        double[] Values(Axis axis)
        {
            double from = cheapest.Measured.Of(axis.Measure, axis.Subject, study.Home) ?? 0, to = Best(axis, from);
            return [.. Enumerable.Range(1, points - 1).Select(k => from + (to - from) * k / (points - 1))];
        }

        double Best(Axis axis, double from)
        {
            bool least = new Limit(axis.Measure, 0).IsLeast;
            double reached = from, beyond = !least ? 0 : axis.Measure switch
            {
                Measure.HomeHours => Math.Max(1, problem!.PerYear(s => study.IsHome(s) ? s.Hours ?? 0 : 0).Sum(static s => s.Max())),
                Measure.FewestParties => 1 + study.PartiesTold.Count,
                _ => 1,
            };
            for (int k = 0; k < Halvings && !cancel.IsCancellationRequested; k++)
            {
                double tried = k == 0 ? beyond : (reached + beyond) / 2;
                var bounded = LimitRules.Of(problem!, [.. limits, new(axis.Measure, tried, axis.Subject)], study).Bounded;
                var any = new SourcingSearch(problem!, bounded, cancel).Run(budget ?? new(), any: true);
                if (double.IsFinite(any.Cost)) reached = tried;
                else beyond = tried;
                if (reached == beyond) break;
            }
            return reached;
        }
    }

    /// <summary>Of designs those that no other betters in cost and all axes, cheapest first; of alike ones the first.</summary>
    /// <param name="home">Countries that are home.</param>
    public static IReadOnlyList<FrontPoint> Unbettered(IReadOnlyList<FrontPoint> designs, IReadOnlyList<Axis> axes, IReadOnlyList<string>? home)
    {
        var all = designs.Select(p => (Point: p, Figures: Figures(p))).DistinctBy(static p => string.Join('|', p.Figures.Select(static f => Math.Round(f, 6)))).ToList();
        return [.. all.Where(p => !all.Any(q => Betters(q.Figures, p.Figures))).Select(static p => p.Point).OrderBy(static p => p.Design.Cost.Total)];

        double[] Figures(FrontPoint p) => [p.Design.Cost.Total, .. axes.Select(a => (p.Design.Measured.Of(a.Measure, a.Subject, home) ?? 0) * (new Limit(a.Measure, 0).IsLeast ? -1 : 1))];

        static bool Betters(double[] a, double[] b) => a.Zip(b).All(static f => f.First <= f.Second + 1e-9 * Math.Abs(f.Second)) && a.Zip(b).Any(static f => f.First < f.Second - 1e-6 * Math.Abs(f.Second));
    }

    /// <summary>What each limit costs: a year with it eased and tightened by a hundredth, by a hundredth of its value where it is no share, or by a party where parties are counted.</summary>
    /// <param name="found">Hears each as it is found.</param>
    public static IReadOnlyList<LimitPrice> Prices(SourcingStudy study, IReadOnlyList<Limit> limits, Configuration design, SourcingPolicy? policy = null, PlacementBudget? budget = null, Action<LimitPrice>? found = null, CancellationToken cancel = default)
    {
        return [.. limits.TakeWhile(_ => !cancel.IsCancellationRequested).Select((limit, k) =>
        {
            double step = limit.IsShare ? 0.01 : limit.Measure == Measure.FewestParties ? 1 : 0.01 * limit.Value, easier = limit.IsLeast ? -step : step;
            double? eased = Cost(k, limit.Value + easier), tight = Cost(k, limit.Value - easier);
            var price = new LimitPrice(limit, step, Math.Max(0, design.Cost.Total - (eased ?? design.Cost.Total)), tight - design.Cost.Total is { } more ? Math.Max(0, more) : null);
            if (!cancel.IsCancellationRequested) found?.Invoke(price);
            return price;
        })];

        double? Cost(int k, double value) => value < 0 ? null : Configuring.Of(study, policy, [.. limits.Select((l, m) => m == k ? l with { Value = value > 1 && l.IsShare ? 1 : value } : l)], budget, null, cancel).Configuration?.Cost.Total;
    }

    /// <summary>What the loss of each country other than home, and of each party, that the design depends on would cost: the best choice without its sources, within the limits where one can be.</summary>
    /// <param name="found">Hears each as it is found.</param>
    public static IReadOnlyList<Loss> Losses(SourcingStudy study, IReadOnlyList<Limit> limits, Configuration design, SourcingPolicy? policy = null, PlacementBudget? budget = null, Action<Loss>? found = null, CancellationToken cancel = default)
    {
        (Source Source, string Stage)[] used = [.. design.Stages.Where(static s => s.Keeps is null).SelectMany(static s => s.Sources.Select(x => (x.Source, s.Stage)))];
        return
        [
            .. used.Where(u => !study.IsHome(u.Source)).Select(u => study.CountryOf(u.Source)).Distinct().Order(StringComparer.Ordinal).TakeWhile(_ => !cancel.IsCancellationRequested).Select(c => Told(Without(c, true, s => !study.IsHome(s) && study.CountryOf(s) == c))),
            .. used.Select(static u => u.Source.Party).Where(static p => p.Length > 0).Distinct().Order(StringComparer.Ordinal).TakeWhile(_ => !cancel.IsCancellationRequested).Select(p => Told(Without(p, false, s => s.Party == p))),
        ];

        Loss Told(Loss loss)
        {
            if (!cancel.IsCancellationRequested) found?.Invoke(loss);
            return loss;
        }

        Loss Without(string lost, bool country, Func<Source, bool> gone)
        {
            Source[] left = [.. study.Sources.Where(s => !gone(s))];
            HashSet<string> sourced = [.. left.Select(static s => s.Stage)];
            string[] bare = [.. study.Sources.Select(static s => s.Stage).Distinct().Where(s => !sourced.Contains(s))], stages = [.. used.Where(u => gone(u.Source)).Select(static u => u.Stage).Distinct()];
            if (bare.Length > 0) return new(lost, country, stages, null, false, bare);
            SourcingStudy rest = study.Only(s => !gone(s));
            Limit[] own = [.. limits.Where(l => l.Subject is null || rest.Sources.Any(s => study.CountryOf(s) == l.Subject || s.Party == l.Subject))];       // of whom nothing is left there is no share
            Configuration? within = Configuring.Of(rest, policy, own, budget, null, cancel).Configuration;
            return new(lost, country, stages, (within ?? Configuring.Of(rest, policy, null, budget, null, cancel).Configuration)?.Cost.Total - design.Cost.Total, within is not null, []);
        }
    }

    /// <summary>Why a stage is done as it is: what each of its other sources would cost, cheapest first. Empty when it has no choice.</summary>
    public static IReadOnlyList<Alternative> Why(SourcingStudy study, IReadOnlyList<Limit> limits, Configuration design, string stage, SourcingPolicy? policy = null, PlacementBudget? budget = null, CancellationToken cancel = default)
    {
        Dictionary<string, string> made = design.Stages.ToDictionary(static s => s.Stage, Made);
        string now = made.GetValueOrDefault(stage) ?? "";
        return
        [
            .. study.Sources.Where(s => s.Stage == stage && s.Name != now).Select(s =>
            {
                SourcingStudy own = study.Only(o => o.Stage != stage || o == s) with { Rules = [.. (study.Rules ?? []).Where(r => r.Stage != stage)] };
                Configuration? other = Configuring.Of(own, policy, limits, budget, null, cancel).Configuration;
                return new Alternative(s.Name, other?.Cost.Total - design.Cost.Total, other is null ? [] : [.. other.Stages.Where(o => o.Keeps is null && o.Stage != stage && Made(o) != made[o.Stage]).Select(static o => o.Stage)]);
            }).OrderBy(static a => a.More ?? double.PositiveInfinity),
        ];

        static string Made(ConfiguredStage s) => string.Join(" + ", s.Sources.Select(static x => x.Source.Name));
    }

    /// <summary>Designs under several service levels, each of all stages: what more certain kits cost.</summary>
    public static (IReadOnlyList<LevelPoint> Points, IReadOnlyList<Finding> Findings) Levels(SourcingStudy study, IReadOnlyList<double> levels, SourcingPolicy? policy = null, IReadOnlyList<Limit>? limits = null, PlacementBudget? budget = null, CancellationToken cancel = default)
    {
        var points = new List<LevelPoint>();
        foreach (double level in levels.Order())
        {
            var (design, findings) = Configuring.Of(study with { Network = study.Network with { Stages = [.. study.Network.Stages.Select(s => s with { ServiceLevel = level })] } }, policy, limits, budget, null, cancel);
            if (design is null) return ([], findings);
            points.Add(new(level, design));
        }
        return (points, []);
    }

    private static IEnumerable<double[]> Grid(double[][] values)
    {
        IEnumerable<double[]> grid = [[]];
        foreach (double[] axis in values) grid = [.. grid.SelectMany(g => axis.Select(v => (double[])[.. g, v]))];
        return grid;
    }
}
