using Homestretch.Exchange.Models;
using Homestretch.Machines;
using Homestretch.Machines.Health;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Twins;
using Homestretch.Solvers.Lives;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Training;

/// <summary>Trains models of remaining life, one for each kind of machine, from lives that ended in failure while the hub listened. The same history and day give the same bytes.</summary>
internal sealed class LifeTraining(History history)
{
    /// <summary>Share of held-out truths that the 90 % interval must hold.</summary>
    public const double LeastCoverage = 0.85;

    /// <summary>When a version is put in force by itself.</summary>
    public static readonly string Rule = $"A version trained here is put in force by itself when its 90 % interval holds at least {LeastCoverage * 100:0} % of what machines held out had left, and its error on them (RMSE, truth held to the same cap) is not above that on the card of the version in "
        + "force, of the same sensors; without one in force, not above what the age alone gives.";

    private static readonly Duration s_back = Duration.FromDays(730), s_textsBack = Duration.FromDays(31);
    private static readonly HashSet<string> s_noSensors = ["Produced", "Rejected", "Rate", "RemainingP10", "RemainingP50", Age];
    private const string Age = "RunningHours";

    /// <summary>Kinds that machines share, by name.</summary>
    public static IReadOnlyList<string> Kinds(Snapshot world) => [.. world.Machines.Select(static m => m.Kind).Where(static k => k.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <param name="now">The version in force; null: none.</param>
    public async Task<Trained> Run(Snapshot world, string kind, Instant t, (int Version, TrainedModel.Lives Model)? now, CancellationToken stop)
    {
        var pasts = new List<(Machine Machine, MachinePast Past)>();
        Instant from = Hour(t - s_back);
        foreach (Machine machine in world.Machines.Where(m => m.Kind == kind))
            pasts.Add((machine, await history.Of(machine.Party.Value, machine.Id, from, t, Duration.FromHours(1), s_textsBack, stop)));
        return await Quietly.Run(() => Fitted(pasts, kind, from, t, now, stop), "life training");
    }

    private static Trained Fitted(List<(Machine Machine, MachinePast Past)> pasts, string kind, Instant from, Instant t, (int Version, TrainedModel.Lives Model)? now, CancellationToken stop)
    {
        SensorNames names = Names(pasts);
        LivesSeen[] seen = [.. pasts.Select(p => LivesSeen.Of(p.Machine.Id, Heard(p.Past, names), StopReport.Of([.. Timeline.States(p.Past.Texts, from, t).Select(static s => new StateStretch(s.State, s.From, s.To, s.Reason))], from, t, StopReport.Micro).Stops))];
        UnitHistory[] lives = [.. seen.SelectMany(static s => s.Failed).Where(static u => u.Count >= 2 * HealthTrack.Early)];
        int brief = seen.Sum(static s => s.Failed.Count) - lives.Length;
        if (names.Sensors.Length == 0 || lives.Length < LifeFit.FewestUnits)
        {
            string rest = string.Join(", ", new (int Count, string What)[] { (seen.Sum(static s => s.Serviced), "ended in service"), (seen.Sum(static s => s.Open), "still running"), (brief, "heard for too short a time") }
                .Where(static r => r.Count > 0).Select(static r => $"{r.Count} {r.What}"));
            return new Trained.NotEnough([$"{lives.Length} of {LifeFit.FewestUnits} lives needed ran to failure while the hub heard them, of {pasts.Count} machines{(rest.Length > 0 ? $"; others: {rest}" : "")}.",
                names.Sensors.Length == 0 ? "These machines tell no measured value that all of them have." : $"Measured values that would be learned from: {string.Join(", ", names.Sensors)}."]);
        }
        var fleet = new FailureHistory(names, [.. lives]);
        bool alike = now is { } force && force.Model.Model.Names.Same(names);
        LifeFitted fitted = LifeFit.Fit(fleet, new(alike ? now!.Value.Model.Model.Cap : null), stop: stop);
        double age = AgeAlone(fleet, fitted.Model.Cap);
        ModelCard card = LifeModelFile.CardOf(fitted.Model, fleet, fitted.HeldOut, $"lives of machines of kind '{kind}' that this hub heard until they failed", Hour(t), 1, new ModelFigure("age_alone_rmse", Math.Round(age, 3)));
        var (better, why) = Weigh(fitted, age, now, alike);
        return new Trained.Made(LifeModelFile.Write(fitted.Model, card), better, why);
    }

    private static (bool Better, string Why) Weigh(LifeFitted fitted, double age, (int Version, TrainedModel.Lives Model)? now, bool alike)
    {
        LifeScore s = fitted.HeldOut;
        string says = $"On {s.Units} machines held out its error is {Trained.Shown(s.Rmse)} h and its 90 % interval holds {s.Coverage * 100:0.0} %";
        bool holds = s.Coverage >= LeastCoverage;
        if (now is not { } force) return (holds && s.Rmse <= age, $"{says}; the age alone gives {Trained.Shown(age)} h.");
        if (!alike) return (false, $"{says}; version {force.Version} looks at other sensors, so that the two cannot be compared.");
        return force.Model.Card.Figures.Where(static f => f.Name == "rmse").Select(static f => (double?)f.Value).FirstOrDefault() is { } before
            ? (holds && s.Rmse <= before, $"{says}; the card of version {force.Version} says {Trained.Shown(before)} h.") : (false, $"{says}; the card of version {force.Version} says no error to compare with.");
    }

    /// <summary>What the age alone gives: the median life of the others less the age, judged like the model.</summary>
    private static double AgeAlone(FailureHistory fleet, double cap)
    {
        double squares = 0;
        int n = 0;
        for (int u = 0; u < fleet.Units.Length; u++)
        {
            UnitHistory unit = fleet.Units[u];
            double[] others = [.. fleet.Units.Where((_, o) => o != u).Select(static o => o.Cycles[^1]).Order()];
            double life = others[others.Length / 2];
            for (int r = HealthTrack.Early; r < unit.Count; r++, n++)
            {
                double off = Math.Clamp(life - unit.Cycles[r], 0, cap) - Math.Min(cap, unit.Left(r));
                squares += off * off;
            }
        }
        return Math.Sqrt(squares / n);
    }

    /// <summary>Measured values that all these machines tell, settings first.</summary>
    private static SensorNames Names(List<(Machine Machine, MachinePast Past)> pasts)
    {
        string[] told = pasts.Where(static p => p.Past.Numbers.Count > 0).Select(static p => p.Past.Numbers.Keys.Where(static k => !s_noSensors.Contains(k)))
            .Aggregate((IEnumerable<string>?)null, static (all, some) => all?.Intersect(some, StringComparer.Ordinal) ?? some)?.Order(StringComparer.Ordinal).ToArray() ?? [];
        ILookup<bool, string> settings = told.ToLookup(static k => k.StartsWith("setting", StringComparison.OrdinalIgnoreCase));
        return new([.. settings[true]], [.. settings[false]]);
    }

    private static List<HourHeard> Heard(MachinePast past, SensorNames names)
    {
        Dictionary<Instant, HistoryBucket> Of(string metric) => past.Numbers.TryGetValue(metric, out var buckets) ? buckets.ToDictionary(static b => b.From) : [];
        var ages = Of(Age);
        Dictionary<Instant, HistoryBucket>[] told = [.. names.Settings.Concat(names.Sensors).Select(Of)];
        return [.. told.SelectMany(static m => m.Keys).Concat(ages.Keys).Distinct().Order().Select(hour => new HourHeard(hour, ages.TryGetValue(hour, out var a) ? a.Least : double.NaN, ages.TryGetValue(hour, out var b) ? b.Most : double.NaN,
            [.. told.Select(m => m.TryGetValue(hour, out var v) ? (float)v.Mean : float.NaN)])).Where(static h => h.Values.Any(static v => !float.IsNaN(v)))];
    }

    private static Instant Hour(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600);
}
