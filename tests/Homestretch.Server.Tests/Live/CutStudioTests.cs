using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Server.Live;
using Homestretch.Server.Tests.Running;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Live;

/// <summary>What the studio of the cut does once when several ask, and what comes of a kept design as records change.</summary>
public sealed class CutStudioTests
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 3, 2, 6, 0);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_for_a_design_that_is_being_solved_waits_for_that_search_and_begins_no_second_one()
    {
        using var studio = new CutStudio();
        StudyCase study = studio.Cases.Of(DemoFolder.World, "CUT-1", s_now).Case!;
        CutQuestion question = Within("home-value=0.2", "party-share=0.2");
        var begun = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        Task<CutAnswer> search = studio.Solve(study, question, static _ => [], p => { if (!p.Waiting) begun.TrySetResult(); }, stop.Token);
        await begun.Task.WaitAsync(Stop);
        Task<CutAnswer?> beside = studio.Running(study, question, Stop);
        Assert.False(beside.IsCompleted);
        Assert.Null(await studio.Running(study, Within("home-value=0.1"), Stop));
        await stop.CancelAsync();
        Assert.Same(await search, await beside);
        Assert.Null(await studio.Running(study, question, Stop));
    }

    [Fact]
    public async Task A_kept_design_opens_with_its_own_sources_until_records_take_one_away()
    {
        using var studio = new CutStudio();
        Snapshot world = DemoFolder.World;
        StudyCase study = studio.Cases.Of(world, "CUT-1", s_now).Case!;

        // kept: the cheapest with the motor from Gateshead, which the cheapest of all does not have
        Configuration chosen = Configuring.Of(study.Sourcing.Only(static s => s.Stage != "MOT-1" || s.Name == "TYNE"), study.Policy, study.Limits, null, null, Stop).Configuration!;
        var (key, events) = Designs.Keep(world, study, study.Limits, chosen, "Motor from here", "", s_now, "olga");
        world = world.Apply(events).World;
        CutAnswer opened = await studio.Open(world, study, world.Designs[key], s_now, static _ => [], Stop);
        Assert.Equal(Made(chosen), Made(opened.Design!.Of));
        Assert.Equal(chosen.Cost.Total, opened.Design.Of.Cost.Total, 1e-6 * chosen.Cost.Total);
        CutAnswer best = await studio.Solve(study, new("CUT-1", study.Limits), static _ => [], static _ => { }, Stop);
        Assert.NotEqual(Made(best.Design!.Of), Made(opened.Design.Of));
        Assert.Same(opened, await studio.Open(world, study, world.Designs[key], s_now, static _ => [], Stop));

        // its source is gone, and the ways from there
        IRecord[] tyne = [world.StudySources.Single(static s => s.Study == "CUT-1" && s.Stage == "MOT-1" && s.Source == "TYNE"), .. world.StudyLegs.Where(static l => l.Study == "CUT-1" && l.FromStage == "MOT-1" && l.From == "Gateshead")];
        Snapshot without = world.Apply([.. tyne.Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "gone"))]).World;
        CutAnswer gone = await studio.Open(without, studio.Cases.Of(without, "CUT-1", s_now).Case!, without.Designs[key], s_now, static _ => [], Stop);
        Assert.Null(gone.Design);
        Assert.Equal("source-gone", Assert.Single(gone.Findings).Rule);
    }

    private static CutQuestion Within(params string[] limits) => new("CUT-1", [.. limits.Select(static l => LimitWords.Limit(l, [])!)]);

    private static IEnumerable<(string, string)> Made(Configuration design) => design.Stages.Where(static s => s.Keeps is null).Select(static s => (s.Stage, string.Join('+', s.Sources.Select(static x => x.Source.Name))));
}
