using System.Diagnostics;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Solves studies of where to cut a product when somebody looks, each on a thread that lets everything else go first, and keeps what came out while the study stands.</summary>
internal sealed class CutStudio : IDisposable
{
    /// <summary>Searches at once; what is only weighed beside an answer takes one of them at most, so that an answer never waits for that.</summary>
    private const int MostAtOnce = 2;
    private const int MostKept = 100;

    /// <summary>When a search that nobody ends is ended.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(3);

    /// <summary>An answer is searched until it is proven, or ended.</summary>
    private static readonly PlacementBudget s_untilProven = new() { Passes = int.MaxValue };
    private readonly SemaphoreSlim _turns = new(MostAtOnce), _beside = new(1);
    private readonly Lock _gate = new();
    private readonly List<(object Asked, StudyCase Study, object Answer)> _kept = [];
    private readonly List<(StudyCase Study, string Asked, Task<CutAnswer> Found)> _running = [];

    /// <summary>The studies that it solves.</summary>
    public StudyCases Cases { get; } = new();

    /// <summary>The cheapest design within limits; the best so far when it is cancelled, or findings.</summary>
    /// <param name="ways">The ways that a design uses.</param>
    public async Task<CutAnswer> Solve(StudyCase study, CutQuestion question, Func<Configuration, IReadOnlyList<CutWay>> ways, Action<CutProgress> told, CancellationToken cancel)
    {
        object asked = ("answer", question.Text);
        if (Find<CutAnswer>(study, asked) is { } kept) return kept;
        told(new(null, null, null, Waiting: true));
        var running = new TaskCompletionSource<CutAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _running.Add((study, question.Text, running.Task));
        try
        {
            CutAnswer made = await Search(study, question, asked, ways, told, cancel);
            running.SetResult(made);
            return made;
        }
        finally
        {
            running.TrySetResult(new(null, [], 0, true));
            lock (_gate) _running.RemoveAll(r => r.Found == running.Task);
        }
    }

    /// <summary>The answer that a search which runs for the same question comes to, or was ended with; null: none runs. Who waits for it neither starts a second one nor ends it.</summary>
    public async Task<CutAnswer?> Running(StudyCase study, CutQuestion question, CancellationToken cancel)
    {
        Task<CutAnswer>? found;
        lock (_gate) found = _running.Find(r => ReferenceEquals(r.Study, study) && r.Asked == question.Text).Found;
        return found is null ? null : await found.WaitAsync(cancel);
    }

    /// <summary>A kept design by the records of now.</summary>
    /// <param name="world">Has the design.</param>
    public Task<CutAnswer> Open(Snapshot world, StudyCase study, Design design, Instant now, Func<Configuration, IReadOnlyList<CutWay>> ways, CancellationToken cancel) => Once(study, ("opened", design, world.DesignSources), () =>
    {
        var watch = Stopwatch.StartNew();
        var (opened, findings) = Designs.Open(world, design.Id, now, cancel);
        return new CutAnswer(opened is null ? null : new(opened.Now, ways(opened.Now)), opened?.Findings ?? findings, watch.Elapsed.TotalSeconds, false);
    }, beside: false, cancel);

    private async Task<CutAnswer> Search(StudyCase study, CutQuestion question, object asked, Func<Configuration, IReadOnlyList<CutWay>> ways, Action<CutProgress> told, CancellationToken cancel)
    {
        CutAnswer made = await Turn(() =>
        {
            if (Find<CutAnswer>(study, asked) is { } meanwhile) return meanwhile;       // somebody else asked the same
            var watch = Stopwatch.StartNew();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            stop.CancelAfter(s_longest);
            told(new(null, null, null));
            var (found, findings) = Configuring.Of(study.Sourcing, study.Policy, question.Limits, s_untilProven, (cost, bound) => told(new(double.IsFinite(cost) ? cost : null, double.IsFinite(bound) ? bound : null, null)),
                design => told(new(design.Cost.Total, double.IsFinite(design.Bound) ? design.Bound : null, new(design, ways(design)))), stop.Token);
            return new CutAnswer(found is null ? null : new(found, ways(found)), findings, watch.Elapsed.TotalSeconds, stop.IsCancellationRequested && found?.Proven != true);
        }, beside: false, cancel);
        Keep(study, made.Ended ? Ended(question) : asked, made);
        return made;
    }

    /// <summary>What a question was last answered, proven or not; null: it was not, or its search was ended before anything was found.</summary>
    public CutAnswer? Known(StudyCase study, CutQuestion question) => Find<CutAnswer>(study, ("answer", question.Text)) ?? (Find<CutAnswer>(study, Ended(question)) is { Design: not null } ended ? ended : null);

    /// <summary>What is made of a study without a search, made again only when it has changed.</summary>
    public T View<T>(StudyCase study, object asked, Func<T> make) where T : class
    {
        if (Find<T>(study, asked) is { } kept) return kept;
        T made = make();
        Keep(study, asked, made);
        return made;
    }

    /// <summary>What each limit and each loss costs, told as it is found, or at once when it is known.</summary>
    public async Task Weigh(StudyCase study, CutQuestion question, Configuration design, Action<LimitPrice> price, Action<Loss> loss, CancellationToken cancel)
    {
        object asked = ("weighed", question.Text);
        if (Find<Weighed>(study, asked) is { } kept)
        {
            foreach (LimitPrice p in kept.Prices) price(p);
            foreach (Loss l in kept.Losses) loss(l);
            return;
        }
        Weighed made = await Turn(() => new Weighed(Fronts.Prices(study.Sourcing, question.Limits, design, study.Policy, null, price, cancel), Fronts.Losses(study.Sourcing, question.Limits, design, study.Policy, null, loss, cancel)), beside: true, cancel);
        Keep(study, asked, made);
    }

    public Task<IReadOnlyList<Alternative>> Why(StudyCase study, CutQuestion question, Configuration design, string stage, CancellationToken cancel) =>
        Once(study, ("why", question.Text, stage, design), () => Fronts.Why(study.Sourcing, question.Limits, design, stage, study.Policy, null, cancel), beside: false, cancel);

    public Task<CutFront> Front(StudyCase study, CutQuestion question, IReadOnlyList<Axis> axes, int points, Action<FrontPoint> found, CancellationToken cancel) =>
        Once(study, ("front", question.Text, string.Join('|', axes), points), () => Fronts.Of(study.Sourcing, axes, points, study.Policy, question.Limits, null, found, cancel) is var (all, findings) ? new CutFront(all, findings) : null!, beside: true, cancel);

    public Task<CutLines> Lines(StudyCase study, double obsolescence, CancellationToken cancel) =>
        Once(study, ("lines", obsolescence), () => Postponement.Of(study.Sourcing, obsolescence, study.Policy, null, cancel) is var (levels, findings) ? new CutLines(levels, findings) : null!, beside: true, cancel);

    public Task<IReadOnlyList<LevelPoint>> Levels(StudyCase study, CutQuestion question, IReadOnlyList<double> levels, CancellationToken cancel) =>
        Once(study, ("levels", question.Text, string.Join('|', levels)), () => Fronts.Levels(study.Sourcing, levels, study.Policy, question.Limits, null, cancel).Points, beside: true, cancel);

    public void Dispose()
    {
        _turns.Dispose();
        _beside.Dispose();
    }

    private async Task<T> Once<T>(StudyCase study, object asked, Func<T> work, bool beside, CancellationToken cancel) where T : class
    {
        if (Find<T>(study, asked) is { } kept) return kept;
        T made = await Turn(work, beside, cancel);
        Keep(study, asked, made);
        return made;
    }

    /// <summary>Work in its turn. What is weighed beside an answer is nothing when it was cancelled.</summary>
    private async Task<T> Turn<T>(Func<T> work, bool beside, CancellationToken cancel)
    {
        if (beside) await _beside.WaitAsync(cancel);
        try
        {
            await _turns.WaitAsync(cancel);
            try
            {
                T made = await Quietly.Run(work, "cutting");
                if (made is not CutAnswer) cancel.ThrowIfCancellationRequested();
                return made;
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            if (beside) _beside.Release();
        }
    }

    private T? Find<T>(StudyCase study, object asked) where T : class
    {
        lock (_gate) return _kept.FindLast(k => k.Asked.Equals(asked) && ReferenceEquals(k.Study, study)).Answer as T;
    }

    private void Keep(StudyCase study, object asked, object answer)
    {
        lock (_gate)
        {
            _kept.Add((asked, study, answer));
            if (_kept.Count > MostKept) _kept.RemoveAt(0);
        }
    }

    /// <summary>A search that was ended is kept for what is asked about its design, and never in place of an answer.</summary>
    private static object Ended(CutQuestion question) => ("ended", question.Text);

    private sealed record Weighed(IReadOnlyList<LimitPrice> Prices, IReadOnlyList<Loss> Losses);
}
