using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Cutting;

/// <summary>What is searched beside a design: fronts, places of the cut line, service levels. Each ends when the page is left or the limits change.</summary>
public sealed partial class TradeOffs
{
    private const int FewNames = 4;
    private static readonly int[] s_points = [4, 6, 10];
    private static readonly double[] s_levels = [0.95, 0.98, 0.99, 0.995];
    private readonly CancellationTokenSource _left = new();
    private CancellationTokenSource? _front, _lining, _leveling;
    private Measure _first = Measure.CountryExposure;
    private string _firstOf = "", _second = "", _third = "", _of = "";
    private int _points = 6;
    private double _lost = 20;
    private IReadOnlyList<Axis> _axes = [];
    private List<FrontPoint> _found = [];
    private IReadOnlyList<FrontPoint> _drawn = [];
    private IReadOnlyList<Finding> _wrong = [];
    private CutLines? _lines;
    private IReadOnlyList<LevelPoint>? _levels;

    [Parameter, EditorRequired] public StudyView Study { get; set; } = default!;
    [Parameter, EditorRequired] public CutQuestion Question { get; set; } = default!;
    [Parameter] public Configuration? Design { get; set; }

    /// <summary>A design of the front was chosen, by its limits.</summary>
    [Parameter] public EventCallback<IReadOnlyList<Limit>> Points { get; set; }

    private IEnumerable<Measure> Measures => Enum.GetValues<Measure>().Where(m => !LimitSaid.NeedsKnowHow(m) || Study.Sourcing?.KnowHow is not null);

    protected override void OnInitialized()
    {
        if (Study.Sourcing?.KnowHow is null) _first = Measure.CountryShare;
        if (Study.Obsolescence is { } known) _lost = Math.Round(100 * known, 4);
    }

    protected override void OnParametersSet()
    {
        string of = $"{Question.Study} {Question.Text}";
        if (of == _of) return;
        if (_of.Length > 0) (_found, _drawn, _levels, _wrong) = ([], [], null, []);       // they are of other limits
        _of = of;
        _front?.Cancel();
        _leveling?.Cancel();
    }

    private IEnumerable<string> Subjects(Measure m) => Study.Sourcing is not { } s ? [] : LimitSaid.OfCountries(m) ? s.Sources.Select(s.CountryOf).Where(static c => c != "?").Distinct().Order(StringComparer.Ordinal) : s.Sources.Select(static x => x.Party).Where(static p => p.Length > 0).Distinct().Order(StringComparer.Ordinal);

    private static Axis? Axis(string chosen) => Enum.TryParse(chosen, out Measure measure) ? new Axis(measure) : null;

    private async Task Front()
    {
        Axis[] axes = [new(_first, LimitSaid.HasSubject(_first) && _firstOf.Length > 0 ? _firstOf : null), .. new[] { Axis(_second), Axis(_second) is null ? null : Axis(_third) }.OfType<Axis>().Where(a => a.Measure != _first).DistinctBy(static a => a.Measure)];
        (_axes, _found, _drawn, _wrong) = (axes, [], [], []);
        await Search(s => _front = s, s => _front == s, async (mine, stop) =>
        {
            CutFront? front = await Window.FrontOfCut(Question, axes, _points, p => _ = InvokeAsync(() =>
            {
                if (_front != mine) return;
                _found.Add(p);
                _drawn = Fronts.Unbettered(_found, _axes, Study.Sourcing?.Home);
                StateHasChanged();
            }), stop);
            (_drawn, _wrong) = (front?.Points ?? [], front?.Findings ?? []);
        });
    }

    private Task Lines() => Search(s => _lining = s, s => _lining == s, async (_, stop) => _lines = await Window.LinesOfCut(Question.Study, Math.Clamp(_lost / 100, 0, 1), stop));

    private Task Levels() => Search(s => _leveling = s, s => _leveling == s, async (_, stop) => _levels = await Window.LevelsOfCut(Question, s_levels, stop));

    private async Task Search(Action<CancellationTokenSource?> set, Func<CancellationTokenSource, bool> mine, Func<CancellationTokenSource, CancellationToken, Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        set(stop);
        StateHasChanged();
        try
        {
            await work(stop, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        finally
        {
            if (mine(stop)) set(null);
        }
    }

    /// <summary>What is done by others in one design than in another, in few words.</summary>
    private string Otherwise(Configuration a, Configuration b)
    {
        var was = a.Stages.Where(static s => s.Keeps is null).ToDictionary(static s => s.Stage, s => CutWords.Done(Study, s), StringComparer.Ordinal);
        string[] changed = [.. b.Stages.Where(s => s.Keeps is null && s.Sources.Count > 0 && was.GetValueOrDefault(s.Stage) != CutWords.Done(Study, s)).Select(s => $"{CutWords.Title(Study, s.Stage)}: {CutWords.Done(Study, s)}").Distinct()];
        return changed.Length == 0 ? "the same by all, with other stock" : $"{string.Join("; ", changed.Take(FewNames))}{(changed.Length > FewNames ? $" and {changed.Length - FewNames} more" : "")}";
    }

    private double Wide(double value) => _lines is { } l && l.Levels.Max(static x => x.Specific + x.Generic) is > 0 and var most ? 100 * value / most : 0;

    private string Few(string why)
    {
        int colon = why.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var c ? c + 2 : 0;
        string named = $"{why[..colon]}{string.Join(", ", why[colon..].TrimEnd('.').Split(", ").Select(s => Study.Titles.GetValueOrDefault(s, s)).Distinct())}";
        return named.Length <= 130 ? $"{named}." : $"{named[..named.LastIndexOf(',', 130)]} and others.";
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }
}
