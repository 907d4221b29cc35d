using Homestretch.Cutting.Sourcing;
using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Designs played through the live planner: seen by who sees studies, begun and ended by whom the role lets re-plan. Nothing is written.</summary>
internal sealed partial class PersonWindow
{
    public TrialView? Trial(CutQuestion question) => Cuts && _trials.Of(question.Study, question.Text) is { } trial ? TrialViews.Of(trial, Case(question.Study)) : null;

    public async Task<Told> TryDesign(CutQuestion question, TrialOrder order, CancellationToken cancel)
    {
        if (!Cuts || !May(Permission.Replan)) return Refused("try designs");
        var (world, now) = Look(static s => (s.World, s.Now));
        var (cases, policy, wrong) = TrialViews.Asked(world, order);
        if (Case(question.Study) is not { } study) return new(false, Clock.Version, [.. wrong, new(new("study"), "unknown-key", $"There is no study '{question.Study}' that can be solved.", "Name one, or mend it first.")]);
        if (wrong.Count > 0) return new(false, Clock.Version, wrong);
        CutAnswer? answer = await DesignOfCut(question, cancel);
        if (answer?.Design is not { } design) return new(false, Clock.Version, answer?.Findings is { Count: > 0 } none ? none : [new(new("request"), "no-design", "There is no design to try yet.", "Let it be solved first.")]);
        IReadOnlyList<Finding> unplayable = await Quietly.Run(() => TrialViews.Unplayable(world, study, design.Of), "trying");
        if (unplayable.Count > 0) return new(false, Clock.Version, unplayable);
        return _trials.Begin(new(study, question.Text, design.Of, world, cases, policy, now, Person.Login)) ? new(true, Clock.Version, [], question.Text)
            : Wrong("", "too-many", "Several trials wait for their turn already.", "Wait until one of them is done, or end one.");
    }

    public Told EndTrial(CutQuestion question)
    {
        if (!Cuts || !May(Permission.Replan)) return Refused("end trials");
        return _trials.End(question.Study, question.Text) ? new(true, Clock.Version, [], question.Text) : Wrong("", "no-trial", "No trial of this design runs.", "Look at its outcome, or begin one.");
    }
}
