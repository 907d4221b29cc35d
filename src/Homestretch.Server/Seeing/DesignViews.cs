using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>Kept designs, and what adopting one would do.</summary>
internal static class DesignViews
{
    public static DesignRow Row(Design d) => new(d.Id, d.Study.Value, d.Name, [.. d.Limits.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static l => LimitWords.Limit(l, [])).OfType<Limit>()], d.Cost, d.Note, d.Made, d.By, d.Adopted, d.AdoptedBy);

    public static DesignReview Review(Snapshot world, string key, Instant now, string by, CancellationToken cancel)
    {
        DesignRow row = Row(world.Designs[key]);
        var (opened, findings) = Designs.Open(world, key, now, cancel);
        if (opened is null) return new(row, null, [], 0, findings);
        Adoption adoption = Designs.Adopt(world, opened, now, by);
        return new(row, opened.Now.Cost.Total, [.. adoption.Ways.Select(w => Way(world, w))], adoption.Events.Count, [.. opened.Findings, .. adoption.Findings]);
    }

    private static DesignWay Way(Snapshot world, AdoptedWay w) => new(w.Item.Value, world.Items.Find(w.Item)?.Name ?? w.Item.Value, world.Sites.Find(w.Hub)?.Name ?? w.Hub.Value, world.Parties.Find(w.Supplier)?.Name ?? w.Supplier.Value, w.Share, w.Lane.Value,
        w.NewLane ? "new lane" : w.NewWay ? "new supplier" : "", w.Target);
}
