using Homestretch.Cutting.Sourcing;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Cutting;

/// <summary>Follows a trial that runs, whoever began it.</summary>
public sealed partial class TrialPanel
{
    private static readonly int[] s_days = [60, 120, 240, 365], s_futures = [1, 2, 3, 5];
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _left = new();
    private TrialView? _trial;
    private int _days = 240, _futures = 2;
    private string _closed = "", _lost = "", _asked = "";
    private bool _busy, _following;
    private IReadOnlyList<Finding> _refused = [];
    private IReadOnlyList<PassageRow> _passages = [];

    [Parameter, EditorRequired] public StudyView Study { get; set; } = default!;
    [Parameter, EditorRequired] public CutQuestion Question { get; set; } = default!;

    /// <summary>What would be played; null: nothing yet.</summary>
    [Parameter] public Configuration? Design { get; set; }
    [Parameter] public bool May { get; set; }
    [Parameter, EditorRequired] public When When { get; set; }

    private TrialView? Running => _trial is { State: TrialState.Waiting or TrialState.Playing } ? _trial : null;

    /// <summary>Those that some lane of the company takes.</summary>
    protected override void OnInitialized() => _passages = [.. Window.Passages().Rows.Where(static p => p.Lanes.Count > 0)];

    protected override void OnParametersSet()
    {
        if (_asked != Question.Text) (_asked, _refused) = (Question.Text, []);
        Ask();
    }

    private void Ask()
    {
        _trial = Window.Trial(Question);
        if (Running is not null && !_following) _ = Follow();
    }

    private async Task Follow()
    {
        _following = true;
        try
        {
            using var timer = new PeriodicTimer(s_look);
            while (Running is not null && await timer.WaitForNextTickAsync(_left.Token)) await InvokeAsync(() =>
            {
                _trial = Window.Trial(Question);
                StateHasChanged();
            });
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested) { }
        catch (ObjectDisposedException) when (_left.IsCancellationRequested) { }
        finally
        {
            _following = false;
        }
    }

    private async Task Begin()
    {
        _busy = true;
        Told told = await Window.TryDesign(Question, new(_days, _futures, _closed.Length > 0 ? [_closed] : [], _lost.Length > 0 ? [_lost] : []), default);
        _refused = told.Findings;
        _busy = false;
        Ask();
    }

    private void End()
    {
        Notices.Say(Window.EndTrial(Question), "The trial is ended.");
        Ask();
    }

    private IEnumerable<string> Parties(Configuration design) => design.Stages.SelectMany(static s => s.Sources).Select(static s => s.Source.Party).Where(static p => p.Length > 0).Distinct().OrderBy(p => CutWords.Party(Study, p), StringComparer.Ordinal);

    private static List<ShareBar> Stock(TrialRow usual)
    {
        var today = usual.Today.Hubs.ToDictionary(static h => h.Hub, static h => h.Value, StringComparer.Ordinal);
        return [.. usual.Design.Hubs.OrderByDescending(static h => h.Value).Select(h => new ShareBar(h.Hub, h.Name, "", today.GetValueOrDefault(h.Hub), Wording.Number(today.GetValueOrDefault(h.Hub)), h.Value, Wording.Number(h.Value)))];
    }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }
}
