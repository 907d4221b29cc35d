using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Cutting;

/// <summary>A study: its limits, solved anew as they change, and what came of it. The limits stand in the URL, so that a design can be shared; nothing is written.</summary>
public sealed partial class StudyPage
{
    /// <summary>How often the page is drawn anew while something is searched.</summary>
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _looked;
    private StudyView? _study;
    private CutQuestion _question = new("", []);
    private CutQuestion? _pinned, _asked;
    private CutAnswer? _answer, _pinnedAnswer;
    private CutDesign? _before;
    private CutProgress? _news;
    private IReadOnlyList<Limit> _conflict = [];
    private List<LimitPrice> _prices = [];
    private List<Loss> _losses = [];
    private bool _cancelled, _weighing, _weighed, _fresh;
    private CancellationTokenSource? _stop, _weigh;

    [Parameter] public string Key { get; set; } = "";
    [SupplyParameterFromQuery(Name = "limits")] private string? Limits { get; set; }
    [SupplyParameterFromQuery(Name = "view")] private string? Seen { get; set; }
    [SupplyParameterFromQuery(Name = "against")] private string? Against { get; set; }
    [SupplyParameterFromQuery(Name = "design")] private string? Kept { get; set; }

    private string View => Seen is "trade" or "compare" or "trial" or "kept" ? Seen : "design";

    /// <summary>The best so far, or the answer; that of the limits before while there is none yet.</summary>
    private CutDesign? Shown => _answer is not null ? _answer.Design : _news?.Design ?? _before;

    /// <summary>Whether what is shown is of the limits before.</summary>
    private bool Older => _answer is null && _news?.Design is null;

    protected override bool Concerns(LiveNote note) => note.Machines.Count == 0;

    protected override void Ask()
    {
        // studies change seldom, and the world all the time
        if (_study?.Of.Study == Key && System.Diagnostics.Stopwatch.GetElapsedTime(_looked) < s_lookAgain) return;
        _looked = System.Diagnostics.Stopwatch.GetTimestamp();
        StudyView? now = Window.Study(Key);
        if (ReferenceEquals(now, _study)) return;
        _study = now;
        _asked = null;       // the study has changed: it is solved anew
        if (_question.Study.Length > 0) Follow();
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        Follow();
    }

    /// <summary>Solves what the URL asks for.</summary>
    private void Follow()
    {
        if (_study is not { Sourcing: not null } study) return;
        _question = Kept is { Length: > 0 } kept ? Opening(Window, study, kept) : new(study.Of.Study, Limits is null ? study.Limits : Read(Limits));
        CutQuestion? pinned = Against is null ? null : Against.StartsWith(CutQuestion.Design, StringComparison.Ordinal) ? Opening(Window, study, Against[CutQuestion.Design.Length..]) : new(study.Of.Study, Read(Against));
        if (!RendererInfo.IsInteractive) return;
        if (_asked?.Text != _question.Text) _ = Solve(_question);
        if (pinned?.Text == _pinned?.Text) return;
        (_pinned, _pinnedAnswer) = (pinned, null);
        if (pinned is not null) _ = SolvePinned(pinned);
    }

    internal static IReadOnlyList<Limit> Read(string text) => text == "none" ? [] : [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static t => LimitWords.Limit(t, [])).OfType<Limit>()];

    /// <summary>A kept design as it is asked for, with the limits that it was chosen within.</summary>
    internal static CutQuestion Opening(IWindow window, StudyView study, string key) => new(study.Of.Study, window.Designs(study.Of.Study)?.FirstOrDefault(d => d.Design == key)?.Limits ?? [], key);

    private string Said(StudyView study) => study.Sourcing is null ? "cannot be solved yet" : _answer switch
    {
        { Design: { } d } => $"{CutWords.Money(study, d.Of.Cost.Total)} a year{(_question.Kept is not null ? ", a kept design" : d.Of.Proven ? ", proven" : "")}",
        { Ended: false } => _question.Kept is not null ? "does not open any more" : "nothing meets the limits",
        { } => "not solved",
        null => _cancelled ? "not solved" : _question.Kept is null ? "being solved" : "being opened",
    };

    private string Side(string? side) => Nav.GetUriWithQueryParameters(new Dictionary<string, object?> { ["view"] = side, [Address.Show] = null });

    private async Task Solve(CutQuestion question)
    {
        _stop?.Cancel();
        _weigh?.Cancel();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Left);
        _before = Shown;
        (_stop, _asked, _answer, _news, _cancelled, _conflict, _prices, _losses, _weighing, _weighed) = (stop, question, null, new(null, null, null, Waiting: true), false, [], [], [], false, false);
        try
        {
            Task drawn = Redraw(stop);
            CutAnswer? answer = await Window.SolveCut(question, p => Hear(stop, p), stop.Token);
            if (_stop != stop) return;
            _stop = null;
            _answer = answer;
            _conflict = answer is null ? [] : [.. answer.Findings.SelectMany(f => CutWords.Conflict(question.Limits, f))];
            StateHasChanged();
            await drawn;
            if (answer?.Design is not null && question.Kept is null && !Left.IsCancellationRequested && ReferenceEquals(_answer, answer)) await Weigh(question);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (_stop != stop || Left.IsCancellationRequested) return;
            (_stop, _cancelled) = (null, true);
            StateHasChanged();
        }
        catch (ObjectDisposedException) when (Left.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task SolvePinned(CutQuestion question)
    {
        try
        {
            CutAnswer? answer = await Window.SolveCut(question, static _ => { }, Left);
            if (_pinned?.Text != question.Text) return;
            _pinnedAnswer = answer;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Keeps what a search tells; the page is drawn from it a few times a second.</summary>
    private void Hear(CancellationTokenSource of, CutProgress news)
    {
        lock (_gate)
        {
            if (_stop != of) return;
            _news = news with { Design = news.Design ?? _news?.Design, Cost = news.Cost ?? _news?.Cost, Bound = news.Bound ?? _news?.Bound };
            _fresh = true;
        }
    }

    private async Task Redraw(CancellationTokenSource of)
    {
        using var timer = new PeriodicTimer(s_redraw);
        while (_stop == of && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            if (_stop != of) return;
            if (!_fresh) continue;
            _fresh = false;
            await InvokeAsync(StateHasChanged);
        }
    }

    private async Task Weigh(CutQuestion question)
    {
        using var weigh = CancellationTokenSource.CreateLinkedTokenSource(Left);
        (_weigh, _weighing) = (weigh, true);
        StateHasChanged();
        try
        {
            await Window.WeighCut(question, p => Found(() => _prices.Add(p)), l => Found(() => _losses.Add(l)), weigh.Token);
            if (_weigh == weigh) _weighed = true;
        }
        catch (OperationCanceledException) when (weigh.IsCancellationRequested) { }
        finally
        {
            if (_weigh == weigh)
            {
                (_weigh, _weighing) = (null, false);
                if (!Left.IsCancellationRequested) StateHasChanged();
            }
        }

        void Found(Action add) => _ = InvokeAsync(() =>
        {
            if (_weigh != weigh) return;
            add();
            StateHasChanged();
        });
    }

    private void Stop() => _stop?.Cancel();

    private void Limit(IReadOnlyList<Limit> limits)
    {
        var asked = new CutQuestion(Key, limits);
        // back leads to the kept design that was left, not to each place of a slider
        Go(replace: _question.Kept is null, (Address.Show, null), ("limits", _study is { } s && asked.Text == new CutQuestion(Key, s.Limits).Text ? null : asked.Text), ("design", null));
    }

    /// <summary>Opens a design of a front: its limits become those of the page.</summary>
    private void Open(IReadOnlyList<Limit> limits) => Go(false, (Address.Show, null), ("limits", new CutQuestion(Key, limits).Text), ("design", null), ("view", null));

    /// <summary>Opens a kept design as it is.</summary>
    private void OpenKept(string design) => Go(false, (Address.Show, null), ("design", design), ("limits", null), ("view", null));

    private void Pin() => Go(false, (Address.Show, null), ("against", _question.Text), ("view", "compare"));

    private void CompareWith(string design) => Go(false, (Address.Show, null), ("against", $"{CutQuestion.Design}{design}"), ("view", "compare"));

    private void Unpin() => Go(false, (Address.Show, null), ("against", null));
}
