using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Leave to write firmware: one for each place in an order's quota. A unit is written again, or takes the place of one given up, only with a reason; beyond the quota there is none.</summary>
internal static class Releasing
{
    public static Refusal? Release(Doing d)
    {
        if (Working.AtWork(d, out Unit unit, out Build build, out OrderLine order) is { } idle) return idle;
        d.Said = d.Said with { Build = build.Id };      // the unit leaves the world one day; whose quota it was stays known
        if (Working.Image(d, build, order) is not { } image) return new("no-firmware", $"No firmware of {order.Family} is recorded for {order.Market}.", "Tell the planner: the unit cannot be finished.");
        FirmwareRelease[] given = [.. d.World.FirmwareReleases.StartingWith($"{order.Key}|")];
        FirmwareRelease[] holders = [.. given.GroupBy(static r => r.Ordinal).Select(static g => g.MaxBy(static r => r.Number)!)];
        string reason = d.Said.Reason.Trim();
        if (holders.FirstOrDefault(r => r.Serial == unit.Key) is { } own)
        {
            if (reason.Length == 0) return new("release-again", $"{unit.Key} has its release already, {own.Ordinal} of {order.Quantity}.", "Say why it is written again.");
            return Give(own.Ordinal, own.Number + 1, "", reason);
        }
        if (given.Any(r => r.Serial == unit.Key)) return new("release-passed-on", $"The place of {unit.Key} in {order.Key} has gone to another unit.", "Tell the planner.");
        int next = holders.Length + 1;
        if (next <= order.Quantity) return Give(next, 1, "", "");
        if (holders.FirstOrDefault(r => d.World.Units.Find(r.Serial) is { State: UnitState.Scrapped }) is not { } free)
            return new("over-production", $"{order.Key} is {order.Quantity} {(order.Quantity == 1 ? "unit" : "units")}, and as many serial numbers have their release.", "Build no further unit; who guards the design is told.");
        if (reason.Length == 0) return new("release-replaces", $"All releases of {order.Key} are given; {free.Serial} was given up.", $"Say why {unit.Key} takes its place.");
        return Give(free.Ordinal, free.Number + 1, free.Serial, reason);

        Refusal? Give(int ordinal, int number, string replaces, string why)
        {
            if (number > 999) return new("too-many-releases", $"{unit.Key} has been released 999 times.", "Give the unit up.");
            d.Put(new FirmwareRelease(order.Key, ordinal, number, build.Party, order.Quantity, unit.Id, unit.Family, unit.Market, image.Version, image.Sha256.ToLowerInvariant(), d.Said.Heard, replaces, why, d.Said.Key.Value, "", ""));
            d.Note = $"Release {ordinal} of {order.Quantity}, version {image.Version}{(number > 1 ? $", given {number} times" : "")}.";
            return null;
        }
    }

    /// <summary>Releases of a unit, the first before others.</summary>
    public static IEnumerable<FirmwareRelease> Of(Snapshot world, Unit unit, OrderLine order) => world.FirmwareReleases.StartingWith($"{order.Key}|").Where(r => r.Serial == unit.Key);

    /// <summary>Why an image may not be written into a unit now; null when it may: its image asks for no release, or one of exactly this image has not been used up by a writing that passed.</summary>
    public static Refusal? Lacks(Doing d, Unit unit, OrderLine order, WorkStep step, FirmwareImage image)
    {
        if (!image.Released) return null;
        FirmwareRelease[] all = [.. Of(d.World, unit, order)];
        int used = d.World.UnitSteps.StartingWith($"{unit.Key}|{step.Step}|").Count(static s => s.Passed == YesNo.Yes);
        return all.Length == 0 ? new("no-release", $"{unit.Key} has no release of its firmware.", "Ask for it, with the network.")
            : all.Length <= used ? new("release-used", $"The release of {unit.Key} has been used.", "Ask for another and say why it is written again.")
            : !string.Equals(all[^1].Sha256, image.Sha256, StringComparison.OrdinalIgnoreCase) ? new("release-other-image", $"The release of {unit.Key} is of version {all[^1].Version}, now {image.Version} is written.", "Ask for another and say why.") : null;
    }
}
