using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Cutting;

/// <summary>A design that a command is about: one that is kept, or the best of a study within its own limits.</summary>
/// <param name="Kept">Null: it is not kept.</param>
internal sealed record ChosenDesign(StudyCase Study, Configuration Design, OpenedDesign? Kept)
{
    /// <param name="study">Key of the study; null: that of the design, or the only one there is.</param>
    /// <param name="design">Key of a kept design; null: the best.</param>
    /// <returns>With what has changed since it was kept; or nothing, with what keeps it from being opened or found.</returns>
    public static (ChosenDesign? Chosen, IReadOnlyList<Finding> Findings) Of(Snapshot world, string? study, string? design, Instant now, CancellationToken stop)
    {
        if (design is not null)
        {
            var (opened, gone) = Designs.Open(world, design, now, stop);
            if (opened is null) return (null, gone);
            return study is not null && study != opened.Design.Study.Value ? (null, [new(new("designs"), "study", $"{design} is a design of {opened.Design.Study}, not of {study}.", "Leave the study out.")])
                : (new(opened.Study, opened.Now, opened), opened.Findings);
        }
        var (known, findings) = StudyCommand.Chosen(world, study, now);
        if (known is null) return (null, findings);
        var (best, unmet) = Configuring.Of(known.Sourcing, known.Policy, known.Limits, new PlacementBudget { Passes = int.MaxValue }, null, stop);
        return best is null ? (null, unmet) : (new(known, best, null), []);
    }
}
