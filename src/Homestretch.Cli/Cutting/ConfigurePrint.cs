using System.Globalization;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;

namespace Homestretch.Cli.Cutting;

/// <summary>A design, its front, prices, losses and cut line as text.</summary>
internal sealed class ConfigurePrint(TextWriter to)
{
    public void All(Configuration c, double seconds, IReadOnlyList<FrontPoint> front, Axis[] axes, SourcingStudy study, IReadOnlyList<LimitPrice> prices, IReadOnlyList<Loss> losses, IReadOnlyList<CutLevel> levels, Dictionary<string, IReadOnlyList<Alternative>> why, IReadOnlyList<LevelPoint> service)
    {
        Design(c, seconds, study);
        if (front.Count > 0)
        {
            Line($"\nfront: {"cost a year",14} {string.Join(' ', axes.Select(static a => $"{Name(a),16}"))}  {"proven",8}  made");
            foreach (FrontPoint p in front)
                Line($"       {p.Design.Cost.Total,14:N0} {string.Join(' ', axes.Select(a => $"{(a.Measure == Measure.FewestParties ? LimitSaid.Value(p.Design.Measured, a.Measure, a.Subject, study.Home) : p.Design.Measured.Of(a.Measure, a.Subject, study.Home)?.ToString("0.####", CultureInfo.InvariantCulture)),16}"))}  {(p.Design.Proven ? "yes" : $"{100 * p.Design.Gap:0.##} %"),8}  {string.Join(", ", p.Design.Stages.Where(static s => s.Sources.Count > 0 && s.Keeps is null).Select(static s => $"{s.Stage}: {Names(s.Sources)}"))}");
        }
        foreach (LimitPrice p in prices)
            Line($"limit {p.Limit}: eased by {p.Step:0.####} a year costs {p.Saved:N0} less, tightened {(p.More is { } more ? string.Create(CultureInfo.InvariantCulture, $"{more:N0} more") : "nothing meets it")}");
        foreach (Loss l in losses)
            Line($"without {l.Lost} ({string.Join(", ", l.Stages)}): {(l.More is { } more ? string.Create(CultureInfo.InvariantCulture, $"{more:N0} a year more{(l.WithinLimits ? "" : ", and no longer within the limits")}") : l.Without.Count > 0 ? $"no source is left of {string.Join(", ", l.Without)}" : "nothing goes together")}");
        foreach (var (stage, others) in why)
            Line($"why {stage} is done so: {(others.Count == 0 ? "it has no other source" : string.Join("; ", others.Select(static a => a.More is { } more ? string.Create(CultureInfo.InvariantCulture, $"{a.Source} would cost {more:N0} a year more{(a.Changed.Count > 0 ? $" and change {string.Join(", ", a.Changed)}" : "")}") : $"with {a.Source} nothing meets the limits")))}");
        foreach (LevelPoint l in service)
            Line($"service level {l.ServiceLevel:0.####}: {l.Design.Cost.Total:N0} a year, safety stock {l.Design.Cost.Safety:N0}, kits in time {string.Join(", ", l.Design.Kits.Select(static k => string.Create(CultureInfo.InvariantCulture, $"{k.Demand} {100 * k.Probability:0.#} %")))}");
        if (levels.Count == 0) return;
        Line($"\ncut line: {"tiers home",10} {"cost a year",14} {"of it duty",12} {"pipeline",12} {"safety",10} {"obsolete",10} {"stock: one variant",19} {"several",14}");
        foreach (CutLevel l in levels)
            Line(l.Design is { } d ? string.Create(CultureInfo.InvariantCulture, $"          {l.StagesHome,10} {l.Cost,14:N0} {d.Cost.Duty,12:N0} {d.Cost.Pipeline,12:N0} {d.Cost.Safety,10:N0} {l.Obsolete,10:N0} {l.Specific,19:N0} {l.Generic,14:N0}  {l.Why}") : $"          {l.StagesHome,10} {l.Why}");
    }

    private void Design(Configuration c, double seconds, SourcingStudy study)
    {
        Line($"{"stage",-28} {"source",-40} {"a day",9} {"days",6} {"service",8} {"stock",10} {"unit cost",12}");
        foreach (ConfiguredStage s in c.Stages)
            Line($"{s.Stage,-28} {Names(s.Sources),-40} {s.PerDay,9:0.##} {s.Days,6:0.#} {s.Stock.ServiceDays,8:0.#} {s.Stock.SafetyStock,10:0.#} {s.Stock.UnitCost,12:N2}");
        YearCost y = c.Cost;
        Line($"a year: added {y.Added:N0}, freight {y.Freight:N0}, duty {y.Duty:N0}, pipeline {y.Pipeline:N0}, safety stock {y.Safety:N0}, spent once {y.OneOff:N0}");
        Measured m = c.Measured;
        Line($"value: {string.Join(", ", m.Countries.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Of} {100 * s.Value:0.#} %")))}; at home {100 * m.HomeValue:0.#} %, concentration {m.Concentration:0.###}, of parts {m.PartConcentration:0.###}, hours at home {(m.HomeHours is { } h ? h.ToString("N0", CultureInfo.InvariantCulture) : "unknown")}, CO2 a unit {(m.Co2 is { } co2 ? string.Create(CultureInfo.InvariantCulture, $"{co2:0.#} kg") : "unknown")}");
        Line($"kits in time: {string.Join(", ", c.Kits.Select(static k => string.Create(CultureInfo.InvariantCulture, $"{k.Demand} {100 * k.Probability:0.#} %")))}");
        if (m.Exposed is { } e) Line($"could reconstruct: {string.Join(", ", e.Parties.Concat(e.Countries).Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s.Of} {100 * s.Value:0.#} %")))}; never leaves: {100 * m.Keystone:0.#} %, fewest parties that could: {LimitSaid.Value(m, Measure.FewestParties, null, study.Home)}");
        Line($"cost {y.Total:N2} a year, no choice costs less than {c.Bound:N2}: {(c.Proven ? "proven optimal" : $"gap {100 * c.Gap:0.####} %")}, {seconds:0.##} s{(c.Rounded ? "; times were rounded" : "")}");
    }

    private static string Name(Axis a) => a.Subject is null ? Limit.NameOf(a.Measure) : $"{Limit.NameOf(a.Measure)}:{a.Subject}";
    private static string Names(IReadOnlyList<SourceShare> sources) => string.Join(" + ", sources.Select(s => sources.Count == 1 ? s.Source.Name : string.Create(CultureInfo.InvariantCulture, $"{100 * s.Share:0.#} % {s.Source.Name}")));
    private void Line(FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    private void Line(string text) => to.WriteLine(text);
}
