using Homestretch.Branching;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Branches as people see them.</summary>
internal static class BranchViews
{
    private const int Shown = 10;

    public static BranchRow Row(KeptBranch b, string login) => new(b.Key, b.Name, b.Owner, b.Lines, b.Made, b.Changed, b.Committed, b.Owner == login);

    public static BranchColumn AsItIs(BranchFigures figures, bool money) => Column("", "as it is", [], figures, figures, [], [], 0, 0, [], 0, 0, money);

    public static BranchColumn Column(string key, Branched b, BranchFigures asItIs, bool money) =>
        Column(key, b.Branch.Name, [.. b.Branch.Assumed.Select(static a => a.ToString())], b.Figures, asItIs, b.Findings, b.Effects, b.Facts, b.Slots, [.. b.Costs.Select(static c => new BranchCost(c.What, c.Amount))], b.Won, b.Lost, money);

    /// <summary>An address that says what the branch is called, and that nothing bears yet.</summary>
    public static string Key(string name, IReadOnlyCollection<string> taken)
    {
        string slug = string.Join('-', new string([.. name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        slug = slug.Length == 0 ? "branch" : slug[..Math.Min(slug.Length, 60)];
        string key = slug;
        for (int n = 2; taken.Contains(key) || key == "compare"; n++) key = $"{slug}-{n}";
        return key;
    }

    public static CommitView Would(IReadOnlyList<Committed> written, Branch branch, IReadOnlyList<Finding> findings) => new(
        [.. branch.Assumed.Select((a, i) => written.FirstOrDefault(w => w.Place == i) is { } w
            ? new CommitRow(i, a.ToString(), Words.Of(w.Nature), w.Events.Count, [.. w.Events.Take(5).Select(static e => $"{(e is WorldEvent.Removed ? "remove " : "")}{e.Kind.Name} {e.Key}")]) : new CommitRow(i, a.ToString(), Words.Of(a.Nature), 0, []))], findings);

    private static BranchColumn Column(string key, string name, IReadOnlyList<string> assumed, BranchFigures f, BranchFigures asItIs, IReadOnlyList<Finding> findings, IReadOnlyList<LineEffect> effects, int facts, int slots,
        IReadOnlyList<BranchCost> costs, double won, double lost, bool money)
    {
        SampleBySample samples = SampleBySample.Of(asItIs, f);
        return new(key, name, assumed, findings, facts, slots, f.OrderLines, f.Undated, f.Promises, f.Kept, f.AtConfidence, f.PromisesAtRisk, [.. f.Classes.Select(static c => new BranchClass(c.Class, c.Promises, c.Kept, c.AtConfidence, c.AtRisk))],
            f.Unpromised, f.Asked, f.KitsWhole, money ? f.Revenue : [], money ? f.AtRisk : [], money ? f.Purchases : [], money ? costs : [], money ? [.. f.Stock.Select(static s => new BranchStock(s.Value, s.Days))] : [],
            [.. f.Lines.Select(static l => new BranchLine(l.Line.Value, l.Name, [.. l.Weeks.Select(static w => w.Utilisation)]))], samples.Better, samples.Worse, won, lost, effects.Count,
            [.. effects.TakeWhile(static e => e.Gain > 0).Take(Shown).Select(Effect)], [.. effects.Reverse().TakeWhile(static e => e.Gain < 0).Take(Shown).Select(Effect)]);
    }

    private static BranchEffect Effect(LineEffect e) => new(e.OrderLine.Id, e.OrderLine.Customer.Value, e.OrderLine.Class, e.Before, e.After, e.Days);
}
