using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations.Moves;

/// <summary>Builds that are hurt change places with builds planned before them that can wait.</summary>
internal static class Resequencing
{
    private const int MostDonors = 2;

    public static IEnumerable<Move> Of(Setting at)
    {
        foreach (LostPromise hurt in at.Hurt)
            foreach (Key<OrderLine> donor in Donors(at, hurt)) yield return plan => Swap(at, plan, hurt.OrderLine, donor);
    }

    private static Remedy? Swap(Setting at, Plan plan, Key<OrderLine> hurt, Key<OrderLine> donor)
    {
        if (plan.Of(hurt)?.AsDated is not { } late || plan.Of(donor)?.AsDated is not { } early || Shelves.Fixed(plan, late.Build) || Shelves.Fixed(plan, early.Build) || early.Build.Line != late.Build.Line || early.Build.Start >= late.Build.Start) return null;
        Build first = late.Build with { Start = early.Build.Start, End = early.Build.Start + (late.Build.End - late.Build.Start) };
        Build then = early.Build with { Start = late.Build.Start, End = late.Build.Start + (early.Build.End - early.Build.Start) };
        return new(RemedyKind.Resequence, $"Build {hurt} on {at.Day(first.Start)} in place of {donor}, which is built on {at.Day(then.Start)}",
            [new WorldEvent.Put(first), new WorldEvent.Put(then)], [], Instant.Max(plan.Epoch, early.Build.Start), [new(TaskKind.LineChange, plan.World.AssemblyLines[first.Line].Party, $"builds:{first.Key}", $"Build {hurt} before {donor}", early.Build.Start)]);
    }

    /// <summary>Builds of the same line in slots at which the kit that is hurt is likely whole, those with most to spare first.</summary>
    private static IEnumerable<Key<OrderLine>> Donors(Setting at, LostPromise hurt)
    {
        Plan plan = at.Plan;
        if (plan.Of(hurt.OrderLine)?.AsDated is not { } late || Shelves.Fixed(plan, late.Build)) return [];
        HashSet<string> others = [.. at.Hurt.Select(static l => l.OrderLine.Value)];
        double days = late.Promise is { } p ? Math.Max(0.5, (late.Dates.P90 - p.Date).TotalDays) : 1;
        Instant from = Instant.Max(plan.Epoch, late.Build.Start - Duration.FromDays(2 * days));
        return [.. plan.World.Builds.Where(b => b.Line == late.Build.Line && b.Start >= from && b.Start < late.Build.Start && b.Start >= late.ReadyP90 - Duration.FromDays(1) && !others.Contains(b.OrderLine.Value)
                && !Shelves.Fixed(plan, b)).Select(b => plan.Of(b.OrderLine)?.AsDated).OfType<Forecast.Dated>()
            .OrderByDescending(d => Math.Min(Shelves.Slack(plan, d), 90) + 15 * (plan.World.OrderLines[d.OrderLine].Class - hurt.Class)).ThenBy(static d => d.OrderLine.Value, StringComparer.Ordinal).Take(MostDonors).Select(static d => d.OrderLine)];
    }
}
