using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cli.Cutting;

/// <summary>The options of a choice of sources, wherever its study comes from, and the choice itself.</summary>
internal sealed class ChoiceOptions
{
    private readonly Option<string[]> _limits = new("--limit") { Description = "A limit: country-share=0.6, country-share:CN=0.6, party-share=0.4, concentration=0.5, home-value=0.3, home-hours=20000, co2=120, party-exposure=0.3, country-exposure:CN=0.4, keystone=0.5, fewest-parties=3, part-concentration=0.4 or kit-in-time=0.9. May be given several times." };
    private readonly Option<string[]> _front = new("--front") { Description = "Designs along a measure, such as co2 or country-share:CN; given twice or three times: along two or three." };
    private readonly Option<int> _points = new("--points") { Description = "Values of each measure along a front.", DefaultValueFactory = static _ => 6 };
    private readonly Option<bool> _prices = new("--prices") { Description = "What each limit costs, eased and tightened by a hundredth." };
    private readonly Option<bool> _losses = new("--losses") { Description = "What the loss of each country and party would cost." };
    private readonly Option<string[]> _why = new("--why") { Description = "A stage of which every other source is weighed, all other stages chosen anew. May be given several times." };
    private readonly Option<double[]> _levels = new("--service") { Description = "A service level of all stages, such as 0.98: what it costs, and how certain kits are then. May be given several times." };
    private readonly Option<double?> _postponement;
    private readonly Option<double> _time = new("--time-limit") { Description = "Seconds after which the best design so far is told; fronts, prices and losses are bounded by passes of the search instead.", DefaultValueFactory = static _ => 30 };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    /// <param name="obsolescence">Whether the study itself may say which share of stock for one variant is lost in a year.</param>
    public ChoiceOptions(bool obsolescence = false) => _postponement = new("--postponement")
    {
        Description = $"Compares every place of the cut line; the number is the share of stock for one customer's variant that is lost in a year, such as 0.2{(obsolescence ? "; none: that of the study" : "")}.",
        Arity = obsolescence ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_limits, _front, _points, _prices, _losses, _why, _levels, _postponement, _time, _json]) command.Options.Add(option);
    }

    /// <summary>Chooses and prints.</summary>
    /// <param name="limits">Limits of the study, which hold beside those that are given.</param>
    /// <param name="obsolescence">The study's own; null: none.</param>
    /// <param name="place">Where a person finds what a finding is about.</param>
    /// <param name="take">Takes the design away, with what its limits cost; null: it is only printed.</param>
    public int Run(ParseResult r, TextWriter to, TextWriter error, SourcingStudy study, SourcingPolicy policy, IReadOnlyList<Limit> limits, double? obsolescence, Func<Finding, Finding> place, Action<Configuration, IReadOnlyList<Limit>, IReadOnlyList<LimitPrice>>? take = null)
    {
        var bad = new List<Finding>();
        Limit[] own = [.. limits, .. (r.GetValue(_limits) ?? []).Select(text => LimitWords.Limit(text, bad)).OfType<Limit>()];
        Axis[] axes = [.. (r.GetValue(_front) ?? []).Select(text => LimitWords.Axis(text, bad)).OfType<Axis>()];
        if (bad.Count > 0) return CutCommands.Refuse(error, bad);
        if (r.GetValue(_time) is not (> 0 and <= 86_400)) return CutCommands.Bad(error, "--time-limit: give more than 0 and at most 86400 seconds.");
        if (axes.Length > 3) return CutCommands.Bad(error, "--front: give one measure, two or three.");
        if (r.GetValue(_points) is not (>= 2 and <= 100)) return CutCommands.Bad(error, "--points: give 2 to 100.");
        bool postpone = r.GetResult(_postponement) is { Implicit: false };
        double? lost = r.GetValue(_postponement) ?? obsolescence;
        if (postpone && lost is null) return CutCommands.Bad(error, "--postponement: give the share of stock for one customer's variant that is lost in a year, such as 0.2; the study says none.");
        string[] asked = r.GetValue(_why) ?? [];
        if (asked.FirstOrDefault(a => study.Network.Stages.All(s => s.Name != a)) is { } unknown) return CutCommands.Bad(error, $"--why: there is no stage '{unknown}'.");
        if ((r.GetValue(_levels) ?? []).Any(static l => l is not (>= 0.5 and < 1))) return CutCommands.Bad(error, "--service: give 0.5 or more, below 1.");
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(r.GetValue(_time)));
        var (found, broken) = Configuring.Of(study, policy, own, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
        if (found is null) return CutCommands.Refuse(error, broken.Select(place));
        double seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        var (along, unmeasured) = axes.Length > 0 ? Fronts.Of(study, axes, r.GetValue(_points), policy, own) : ([], []);
        if (unmeasured.Count > 0) return CutCommands.Refuse(error, unmeasured.Select(place));
        IReadOnlyList<LimitPrice> prices = r.GetValue(_prices) || take is not null ? Fronts.Prices(study, own, found, policy) : [];
        IReadOnlyList<Loss> losses = r.GetValue(_losses) ? Fronts.Losses(study, own, found, policy) : [];
        var (levels, wrong) = postpone ? Postponement.Of(study, lost!.Value, policy) : ([], []);
        if (wrong.Count > 0) return CutCommands.Refuse(error, wrong.Select(place));
        var why = asked.ToDictionary(static a => a, a => Fronts.Why(study, own, found, a, policy));
        var (certain, unmet) = Fronts.Levels(study, r.GetValue(_levels) ?? [], policy, own);
        if (unmet.Count > 0) return CutCommands.Refuse(error, unmet.Select(place));
        if (r.GetValue(_json)) to.WriteLine(JsonSerializer.Serialize(new { Design = Design(found), seconds, Front = along.Select(static p => new { Limits = p.Limits.Select(static l => l.ToString()), Design = Design(p.Design) }), Prices = prices.Select(static p => new { Limit = p.Limit.ToString(), p.Step, p.Saved, p.More }), losses, why, Service = certain.Select(static c => new { c.ServiceLevel, Design = Design(c.Design) }),
            Postponement = levels.Select(static l => new { l.StagesHome, l.Cost, l.Specific, l.Generic, l.Obsolete, l.Why, Design = l.Design is { } d ? Design(d) : null }) }, CutCommands.Json));
        else new ConfigurePrint(to).All(found, seconds, along, axes, study, prices, losses, levels, why, certain);
        take?.Invoke(found, own, prices);
        return Folder.Ok;
    }

    private static object Design(Configuration c) => new { Cost = c.Cost.Total, c.Bound, c.Gap, c.Proven, Parts = c.Cost, c.Kits, c.Measured, c.DaysCounted, c.Rounded, c.Passes, c.Stages };
}
