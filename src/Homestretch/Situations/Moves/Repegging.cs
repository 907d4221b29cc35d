using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>Kits that are hurt take parts that are free, or change parts with kits that can wait: of a lower class, or with days to spare.</summary>
internal static class Repegging
{
    private const int MostDonors = 3;

    public static IEnumerable<Move> Of(Setting at)
    {
        if (at.Lots.Count > 0) yield return plan => Free(at, plan);
        foreach (LostPromise hurt in at.Hurt.Where(static l => l.Supply.Contains(':')))
        {
            foreach (Key<OrderLine> donor in Donors(at, hurt)) yield return plan => Swap(at, plan, hurt, donor);
        }
    }

    /// <summary>What nobody has goes to those who are hurt: the first classes first, then by promise.</summary>
    private static Remedy? Free(Setting at, Plan plan)
    {
        var book = new PegBook(plan.World);
        var free = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var helped = new List<string>();
        Instant act = Instant.MaxValue;
        foreach (LostPromise hurt in at.Hurt.OrderBy(static l => l.Class).ThenBy(static l => l.Promise.Date).ThenBy(static l => l.OrderLine.Value, StringComparer.Ordinal))
        {
            if (Gating(plan, hurt) is not var (dated, pegs, second)) continue;
            bool any = false;
            foreach (Peg peg in pegs)
            {
                decimal open = peg.Quantity.Value;
                foreach (Held held in at.Shelf(plan, plan.World.OrderLines[hurt.OrderLine].Hub, peg.Item).TakeWhile(h => h.Second < second))
                {
                    decimal take = Math.Min(open, free.GetValueOrDefault(held.Supply, held.Free));
                    if (take <= 0) continue;
                    book.Move(peg, take, held.Supply);
                    (free[held.Supply], open, any) = (free.GetValueOrDefault(held.Supply, held.Free) - take, open - take, true);
                }
            }
            if (!any) continue;
            helped.Add(hurt.OrderLine.Value);
            act = Instant.Min(act, dated.Build.Start);
        }
        if (helped.Count == 0) return null;
        return new(RemedyKind.Repeg, $"Give {Setting.Named(helped)} parts that no kit has", book.Events(), [], Act(plan, act), []);
    }

    /// <summary>The kit that is hurt and one that can wait change the parts.</summary>
    private static Remedy? Swap(Setting at, Plan plan, LostPromise hurt, Key<OrderLine> donor)
    {
        if (Gating(plan, hurt) is not var (dated, pegs, second) || plan.Of(donor)?.AsDated is not { } other || Shelves.Fixed(plan, other.Build)) return null;
        var book = new PegBook(plan.World);
        bool any = false;
        foreach (Peg peg in pegs)
        {
            decimal open = peg.Quantity.Value;
            foreach (Peg theirs in Shelves.PegsOf(plan, donor).Where(p => p.Item == peg.Item && plan.SecondOf(p.Supply, plan.Policy.AllocationQuantile) < second))
            {
                decimal take = Math.Min(open, theirs.Quantity.Value);
                if (take <= 0) break;
                book.Move(theirs, take, peg.Supply);
                book.Move(peg, take, theirs.Supply);
                (open, any) = (open - take, true);
            }
            if (open > 0) return null;      // a kit is whole or it is not
        }
        string item = pegs.Length > 0 ? plan.World.Items[pegs[0].Item].Name : "";
        return !any ? null : new(RemedyKind.Repeg, $"{hurt.OrderLine} takes the {item} of {donor}, which takes what comes later", book.Events(), [], Act(plan, Instant.Min(dated.Build.Start, other.Build.Start)), []);
    }

    /// <summary>Order lines that have earlier what is missing: those that lose least by waiting first.</summary>
    private static IEnumerable<Key<OrderLine>> Donors(Setting at, LostPromise hurt)
    {
        Plan plan = at.Plan;
        if (Gating(plan, hurt) is not var (_, pegs, second)) return [];
        HashSet<string> others = [.. at.Hurt.Select(static l => l.OrderLine.Value)];
        return [.. pegs.Take(1).SelectMany(p => at.Shelf(plan, plan.World.OrderLines[hurt.OrderLine].Hub, p.Item).Where(h => h.Second < second).SelectMany(static h => h.Pegs).Where(t => t.Quantity.Value >= p.Quantity.Value))
            .Select(p => plan.World.Builds.Find(p.Build)).OfType<Build>().Where(b => !others.Contains(b.OrderLine.Value) && !Shelves.Fixed(plan, b)).Select(b => plan.Of(b.OrderLine)?.AsDated).OfType<Forecast.Dated>()
            .DistinctBy(static d => d.OrderLine).OrderByDescending(d => Spare(plan, hurt, d)).ThenBy(static d => d.OrderLine.Value, StringComparer.Ordinal).Take(MostDonors).Select(static d => d.OrderLine)];
    }

    /// <summary>How well an order line can wait: days to spare, and fifteen for each class below.</summary>
    private static double Spare(Plan plan, LostPromise hurt, Forecast.Dated donor) => Math.Min(Shelves.Slack(plan, donor), 90) + 15 * (plan.World.OrderLines[donor.OrderLine].Class - hurt.Class);

    /// <summary>The build that is hurt with its pegs on the supply that comes last, and when that is counted on; null when nothing may move it.</summary>
    private static (Forecast.Dated Dated, Peg[] Pegs, int Second)? Gating(Plan plan, LostPromise hurt)
    {
        if (!hurt.Supply.Contains(':') || plan.Of(hurt.OrderLine)?.AsDated is not { } dated || Shelves.Fixed(plan, dated.Build) || plan.SecondOf(hurt.Supply, plan.Policy.AllocationQuantile) is not { } second) return null;
        Peg[] pegs = [.. Shelves.PegsOf(plan, hurt.OrderLine).Where(p => p.Supply == hurt.Supply)];
        return pegs.Length == 0 ? null : (dated, pegs, second);
    }

    private static Instant Act(Plan plan, Instant start) => Instant.Max(plan.Epoch, start);
}
