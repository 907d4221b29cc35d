using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Cutting.Trying;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Seeing;

/// <summary>Trials of designs, and what may be asked of them.</summary>
internal static class TrialViews
{
    /// <summary>Possible futures in each plan of a trial: enough to order by, and a quarter of the work.</summary>
    private const int Samples = 32;

    /// <summary>Bounds of what may be asked: what keeps a trial within minutes.</summary>
    private const int LeastDays = 60, MostDays = 365, MostFutures = 5, MostCases = 4;

    public static TrialView Of(Trying t, StudyCase? now) => new(t.Of.Study.Study.Id, t.Of.Of, t.State, t.Days.Played, t.Days.All, t.Of.Policy.Days, t.Of.Policy.Futures, t.Of.Policy.From, t.Of.Policy.ClosedDays, t.Of.Records, t.Of.By,
        t.Outcome is { } done ? Model(t.Of, done) : null, t.Outcome is { } trial ? [.. trial.Today.Zip(trial.Designed, (a, b) => Row(t.Of.World, a, b))] : [], t.Outcome?.Findings ?? [], !ReferenceEquals(now, t.Of.Study));

    /// <summary>What is to be played, or all that is wrong with what was asked.</summary>
    public static (IReadOnlyList<TrialCase> Cases, TrialPolicy Policy, IReadOnlyList<Finding> Wrong) Asked(Snapshot world, TrialOrder order)
    {
        var wrong = new List<Finding>();
        if (order.Days is < LeastDays or > MostDays) Add("days", $"{order.Days} days", $"Give {LeastDays} to {MostDays}.");
        if (order.Futures is < 1 or > MostFutures) Add("futures", $"{order.Futures} futures", $"Give 1 to {MostFutures}.");
        var cases = new List<TrialCase> { new() };
        foreach (string passage in (order.Closed ?? []).Distinct())
        {
            if (Words.Find<Passage>(passage) is { } known) cases.Add(new(Closed: known));
            else Add("closed", $"'{passage}' is no passage of the sea", $"Write one of {string.Join(", ", Words.Of<Passage>())}.");
        }
        foreach (string party in (order.Lost ?? []).Distinct())
        {
            if (world.Parties.Find(party) is { Kind: not PartyKind.Brand }) cases.Add(new(Lost: (Key<Party>)party));
            else Add("lost", $"There is no supplier '{party}'", "Give the code of a party that sells something.");
        }
        if (cases.Count > MostCases) Add("closed", $"{cases.Count - 1} cases beside the usual one", $"Ask for {MostCases - 1} at most.");
        return (cases, new() { Days = order.Days, Futures = order.Futures, From = order.Days / 4, ClosedDays = order.Days / 2, Threads = 1, Plan = new() { Samples = Samples, Sea = Exchange.Sea.SeaAtlas.World } }, wrong);

        void Add(string column, string what, string cure) => wrong.Add(new(new("request", 0, column), "trial", $"{what}.", cure));
    }

    /// <summary>Why a design cannot be played; empty: it can.</summary>
    public static IReadOnlyList<Finding> Unplayable(Snapshot world, StudyCase study, Configuration design)
    {
        Adoption adoption = Studies.Adopt(world, study, design);
        if (adoption.Ways.Count == 0)
            return [.. adoption.Findings, new(new($"studies {study.Study.Id}"), "nothing-to-try", "Nothing of the design can be adopted, so that the company would be played against itself.", "Name items, suppliers and sites of the company in the study's stages and sources.")];
        return world.Apply(adoption.Events) is { Accepted: false } refused ? refused.Findings : [];
    }

    private static TrialModel Model(Tried of, Trial trial) => new(trial.Kits, of.Design.Stages.Where(s => of.Study.Sourcing.Network.Stages.Any(n => n.Name == s.Stage && n.Demand is > 0)).Select(static s => s.Stock.ServiceDays).DefaultIfEmpty(0).Max(), trial.UnitsPerDay, trial.StockValue, (double)of.Study.Study.HoldingRate, of.Design.Cost.Total);

    private static TrialRow Row(Snapshot world, TrialOutcome today, TrialOutcome design) => new(today.Case.Closed is { } passage ? Passages.NameOf(passage) : "", today.Case.Lost is { } lost ? world.Parties.Find(lost)?.Name ?? lost.Value : "", Figures(world, today), Figures(world, design));

    private static TrialFigures Figures(Snapshot world, TrialOutcome o) => new(o.Scores.KitsWhole, o.Scores.Promises.FirstOrDefault(static p => p.NoticeDays is null)?.Kept, o.Scores.OnTime, o.DaysToDeliver, o.UnitsPerDay, o.StockValue,
        [.. o.Stock.GroupBy(static s => s.Hub).Select(g => new TrialHub(g.Key.Value, world.Sites.Find(g.Key)?.Name ?? g.Key.Value, g.Sum(static s => s.Value)))]);
}
