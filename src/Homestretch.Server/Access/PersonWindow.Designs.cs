using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Server.Seeing;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Kept designs: seen by who sees studies, kept and adopted by whom the role lets re-plan.</summary>
internal sealed partial class PersonWindow
{
    private const int LongestName = 100, LongestNote = 2000;

    IReadOnlyList<DesignRow>? IWindow.Designs(string study) => !Cuts ? null
        : Look(s => (IReadOnlyList<DesignRow>)[.. s.World.Designs.Where(d => study.Length == 0 || d.Study.Value == study).OrderByDescending(static d => d.Made).Select(DesignViews.Row)]);

    public async Task<Told> KeepDesign(KeepOrder order, CancellationToken cancel)
    {
        if (!Cuts || !May(Permission.Replan)) return Refused("keep designs");
        var wrong = new List<Finding>();
        if (order.Name.Trim().Length is 0 or > LongestName) wrong.Add(new(new("name"), "name", "The design has no name, or too long a one.", $"Give it one of at most {LongestName} letters."));
        if (order.Note.Length > LongestNote) wrong.Add(new(new("note"), "note", $"The business case is {order.Note.Length} letters long.", $"Say it in {LongestNote}."));
        Limit[] limits = [.. order.Limits.Select(l => LimitWords.Limit(l, wrong)).OfType<Limit>()];
        if (Case(order.Study) is not { } study) wrong.Add(new(new("study"), "unknown-key", $"There is no study '{order.Study}' that can be solved.", "Name one, or mend it first."));
        else if (wrong.Count == 0)
        {
            CutAnswer? answer = await DesignOfCut(new(order.Study, limits), cancel);
            if (answer?.Design is not { } design) return new(false, Clock.Version, answer?.Findings ?? []);
            var (key, events) = Look(s => Designs.Keep(s.World, study, limits, design.Of, order.Name.Trim(), order.Note.Trim(), s.Now, Person.Login));
            return await Noted(await Tell(events, cancel, key.Value), AuditAction.DesignKept, key.Value, order.Name.Trim());
        }
        return new(false, Clock.Version, wrong);
    }

    public async Task<DesignReview?> ReviewDesign(string design, CancellationToken cancel)
    {
        if (!Cuts) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        return world.Designs.Contains(design) ? await Quietly.Run(() => DesignViews.Review(world, design, now, Person.Login, cancel), "design") : null;
    }

    public async Task<Told> AdoptDesign(AdoptOrder order, CancellationToken cancel)
    {
        if (!Cuts || !May(Permission.Replan)) return Refused("adopt designs");
        if (order.Note.Length > LongestNote) return new(false, Clock.Version, [new(new("note"), "note", $"The business case is {order.Note.Length} letters long.", $"Say it in {LongestNote}.")]);
        var (world, now) = Look(static s => (s.World, s.Now));
        var (opened, findings) = await Quietly.Run(() => Designs.Open(world, order.Design, now, cancel), "design");
        if (opened is null) return new(false, Clock.Version, findings);
        if (order.Note.Trim().Length > 0) opened = opened with { Design = opened.Design with { Note = order.Note.Trim() } };
        IReadOnlyList<WorldEvent> events = Look(s => Designs.Adopt(s.World, opened, s.Now, Person.Login).Events);
        return await Noted(await Tell(events, cancel, order.Design), AuditAction.DesignAdopted, order.Design, $"{events.Count} records");
    }
}
