using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Cutting;

/// <summary>How two designs of a study differ.</summary>
public sealed partial class CompareCut
{
    private const int W = 860, H = 300, FewRows = 14;
    private const double Bar = 74;

    [Parameter, EditorRequired] public StudyView Study { get; set; } = default!;

    /// <summary>What A was solved for; null: nothing is kept as A.</summary>
    [Parameter] public CutQuestion? A { get; set; }
    [Parameter, EditorRequired] public CutQuestion B { get; set; } = default!;
    [Parameter] public CutDesign? DesignA { get; set; }

    /// <summary>A has no design: nothing meets its limits, or records have changed since it was kept.</summary>
    [Parameter] public bool Gone { get; set; }
    [Parameter] public CutDesign? DesignB { get; set; }
    [Parameter] public EventCallback Pin { get; set; }
    [Parameter] public EventCallback Unpin { get; set; }

    private string Under(CutQuestion question) => question.Kept is { } kept ? $"kept design {kept}:" : question.Limits.Count == 0 ? "without limits:" : $"{string.Join("; ", question.Limits.Select(l => CutWords.Of(Study, l)))}:";

    /// <summary>A's total, what each part adds or takes, B's total. The ground lies a little below the lowest total, or no part would be seen.</summary>
    private List<(string Name, string Kind, double X, double Y, double High, string Said)> Fall(CutDesign a, CutDesign b)
    {
        double from = a.Of.Cost.Total, to = b.Of.Cost.Total, at = from, step = (W - Bar) / 7.0;
        var parts = CutWords.Parts(a.Of.Cost).Zip(CutWords.Parts(b.Of.Cost), static (x, y) => (x.Name, More: y.Amount - x.Amount)).ToList();
        var levels = new List<double> { from, to };
        foreach (var (_, more) in parts) levels.Add(at += more);
        double low = levels.Min(), high = levels.Max(), air = Math.Max((high - low) * 0.35, high * 0.002), ground = low - air;
        double Y(double amount) => 24 + (high - amount) / (high - ground) * (H - 38 - 24);
        var bars = new List<(string, string, double, double, double, string)> { ("A", "a", 0, Y(from), H - 38 - Y(from), Short(from)) };
        at = from;
        foreach (var (name, more) in parts)
        {
            double top = Math.Max(at, at + more), bottom = Math.Min(at, at + more);
            bars.Add((name == "Safety stock" ? "Safety" : name, more > 0 ? "up" : "down", step * bars.Count, Y(top), Y(bottom) - Y(top), Math.Abs(more) < 0.5 ? "0" : $"{(more > 0 ? "+" : "−")}{Short(Math.Abs(more))}"));
            at += more;
        }
        bars.Add(("B", "b", W - Bar, Y(to), H - 38 - Y(to), Short(to)));
        return bars;
    }

    private string Said(CutDesign a, CutDesign b) => $"From A, {CutWords.Money(Study, a.Of.Cost.Total)}, to B, {CutWords.Money(Study, b.Of.Cost.Total)}: {string.Join(", ", CutWords.Parts(a.Of.Cost).Zip(CutWords.Parts(b.Of.Cost), (x, y) => $"{x.Name} {CutWords.More(Study, y.Amount - x.Amount)}"))}";

    private IEnumerable<(string Name, string A, string B, string More)> Figures(Configuration a, Configuration b)
    {
        yield return Amount("A year costs", a.Cost.Total, b.Cost.Total);
        foreach (var (x, y) in CutWords.Parts(a.Cost).Zip(CutWords.Parts(b.Cost))) yield return Amount(x.Name, x.Amount, y.Amount);
        foreach (var (x, y) in a.Kits.Zip(b.Kits)) yield return Share($"Kits in time, {CutWords.Title(Study, x.Demand)}", x.Probability, y.Probability);
        foreach (Measure m in Enum.GetValues<Measure>())
        {
            double? x = a.Measured.Of(m, null, Study.Sourcing?.Home), y = b.Measured.Of(m, null, Study.Sourcing?.Home);
            string name = LimitSaid.HasSubject(m) ? $"{LimitSaid.Of(m)}, the most" : LimitSaid.Of(m);
            yield return LimitSaid.IsShare(m) ? Share(name, x, y) : (name, LimitSaid.Value(a.Measured, m, null, Study.Sourcing?.Home), LimitSaid.Value(b.Measured, m, null, Study.Sourcing?.Home), x is { } p && y is { } q ? Signed(q - p, LimitSaid.Decimals(m)) : "");
        }
    }

    private (string, string, string, string) Amount(string name, double a, double b) => (name, CutWords.Money(Study, a), CutWords.Money(Study, b), Signed(b - a, 0));

    private static (string, string, string, string) Share(string name, double? a, double? b) => (name, a is { } x ? LimitSaid.Share(x) : "unknown", b is { } y ? LimitSaid.Share(y) : "unknown", a is { } p && b is { } q ? $"{Signed(100 * (q - p), 1)} points" : "");

    private static string Signed(double more, int decimals) => Wording.Number(Math.Abs(more), decimals) is var said && said.All(static c => c is '0' or '.') ? "0" : $"{(more > 0 ? "+" : "−")}{said}";

    private List<(string Stage, string Was, string Now)> Differ(Configuration a, Configuration b)
    {
        var was = a.Stages.Where(static s => s.Keeps is null).ToDictionary(static s => s.Stage, Done, StringComparer.Ordinal);
        return [.. b.Stages.Where(s => s.Keeps is null && was.TryGetValue(s.Stage, out string? before) && before != Done(s)).Select(s => (s.Stage, was[s.Stage], Done(s)))];

        string Done(ConfiguredStage s) => s.Sources.Count == 0 ? "as the study says" : string.Join(" + ", s.Sources.Select(x => $"{(s.Sources.Count > 1 ? $"{Wording.Number(100 * x.Share)} % " : "")}{CutWords.Who(Study, x.Source)}, {Countries.NameOf(Study.Sourcing!.CountryOf(x.Source))}"));
    }

    private List<ShareBar> Stock(Configuration a, Configuration b)
    {
        Dictionary<string, double> x = ByPlace(a), y = ByPlace(b);
        return [.. x.Keys.Union(y.Keys).OrderByDescending(p => Math.Max(x.GetValueOrDefault(p), y.GetValueOrDefault(p))).Take(FewRows).Select(p => new ShareBar(p, p.Length > 0 ? CutWords.Place(Study, p) : "no place", "", x.GetValueOrDefault(p), Wording.Number(x.GetValueOrDefault(p)), y.GetValueOrDefault(p), Wording.Number(y.GetValueOrDefault(p))))];

        static Dictionary<string, double> ByPlace(Configuration c) => c.Stages.Where(static s => s.Stock.SafetyStock > 0).GroupBy(static s => s.Sources is [{ Source: var at }, ..] ? at.Place : "").ToDictionary(static g => g.Key, static g => g.Sum(static s => s.Stock.SafetyStock * s.Stock.UnitCost), StringComparer.Ordinal);
    }

    private static List<ShareBar> Pairs(IReadOnlyList<Measured.Share> a, IReadOnlyList<Measured.Share> b)
    {
        Dictionary<string, double> x = a.ToDictionary(static s => s.Of, static s => s.Value, StringComparer.Ordinal), y = b.ToDictionary(static s => s.Of, static s => s.Value, StringComparer.Ordinal);
        return [.. x.Keys.Union(y.Keys).OrderByDescending(c => Math.Max(x.GetValueOrDefault(c), y.GetValueOrDefault(c))).Take(FewRows).Select(c => new ShareBar(c, Countries.NameOf(c), "", x.GetValueOrDefault(c), LimitSaid.Share(x.GetValueOrDefault(c)), y.GetValueOrDefault(c), LimitSaid.Share(y.GetValueOrDefault(c))))];
    }

    private static string Short(double amount) => amount >= 1e6 ? $"{Wording.Number(amount / 1e6, 2)} m" : amount >= 1e4 ? $"{Wording.Number(amount / 1e3)} k" : Wording.Number(amount);

    private static string N(double v) => StageSheet.Num(v);
}
