using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>The studio of the cut: for the brand owner's people who may see supply and money. Studies are solved beside the live world, on the snapshot that was looked at, and nothing is written.</summary>
internal sealed partial class PersonWindow
{
    private bool Cuts => May(Permission.SeeSupply) && May(Permission.SeeMoney) && Brand;

    public IReadOnlyList<StudyRow>? Studies()
    {
        if (!Cuts) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return [.. world.Studies.Select(x => CutViews.Row(world, x, _cutting.Cases.Of(world, x.Id, now).Findings))];
    }

    public StudyView? Study(string study)
    {
        if (!Cuts) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        if (!world.Studies.Contains(study)) return null;
        var (solvable, findings) = _cutting.Cases.Of(world, study, now);
        return solvable is null ? CutViews.One(world, study, null, findings) : _cutting.View(solvable, "view", () => CutViews.One(world, study, solvable, findings));
    }

    public async Task<CutAnswer?> SolveCut(CutQuestion question, Action<CutProgress> told, CancellationToken cancel)
    {
        if (Case(question.Study) is not { } study) return null;
        return question.Kept is { } kept ? await Opened(study, kept, cancel) : await _cutting.Solve(study, question, d => Ways(study, d), told, cancel);
    }

    public async Task<CutAnswer?> DesignOfCut(CutQuestion question, CancellationToken cancel)
    {
        if (Case(question.Study) is not { } study) return null;
        CutAnswer? known = question.Kept is null ? _cutting.Known(study, question) ?? await _cutting.Running(study, question, cancel) : null;
        return known ?? await SolveCut(question, static _ => { }, cancel);
    }

    public async Task WeighCut(CutQuestion question, Action<LimitPrice> price, Action<Loss> loss, CancellationToken cancel)
    {
        if (Case(question.Study) is { } study && (await DesignOfCut(question, cancel))?.Design is { } design) await _cutting.Weigh(study, question, design.Of, price, loss, cancel);
    }

    public async Task<IReadOnlyList<Alternative>?> WhyCut(CutQuestion question, string stage, CancellationToken cancel) =>
        Case(question.Study) is { } study && (await DesignOfCut(question, cancel))?.Design is { } design ? await _cutting.Why(study, question, design.Of, stage, cancel) : null;

    public async Task<CutFront?> FrontOfCut(CutQuestion question, IReadOnlyList<Axis> axes, int points, Action<FrontPoint> found, CancellationToken cancel) =>
        Case(question.Study) is { } study ? await _cutting.Front(study, question, axes, points, found, cancel) : null;

    public async Task<CutLines?> LinesOfCut(string study, double obsolescence, CancellationToken cancel) => Case(study) is { } known ? await _cutting.Lines(known, obsolescence, cancel) : null;

    public async Task<IReadOnlyList<LevelPoint>?> LevelsOfCut(CutQuestion question, IReadOnlyList<double> levels, CancellationToken cancel) =>
        Case(question.Study) is { } study ? await _cutting.Levels(study, question, levels, cancel) : null;

    /// <summary>A kept design of the study, by the records of now.</summary>
    private async Task<CutAnswer> Opened(StudyCase study, string key, CancellationToken cancel)
    {
        var (world, now) = Look(static s => (s.World, s.Now));
        if (world.Designs.Find(key) is { } design && design.Study == study.Study.Key) return await _cutting.Open(world, study, design, now, d => Ways(study, d), cancel);
        return new(null, [new(new("designs"), "unknown-key", $"{study.Study.Id} has no kept design '{key}'.", "Choose one of those that are kept.")], 0, false);
    }

    private IReadOnlyList<CutWay> Ways(StudyCase study, Configuration design) => Look(s => CutViews.Ways(s, study, design));

    /// <summary>A study that can be solved.</summary>
    private StudyCase? Case(string key)
    {
        if (!Cuts) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return _cutting.Cases.Of(world, key, now).Case;
    }
}
