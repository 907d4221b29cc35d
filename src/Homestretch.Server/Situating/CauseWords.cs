using Homestretch.Server.Seeing;
using Homestretch.Situations;
using Homestretch.Web.Showing;
using Homestretch.World;

namespace Homestretch.Server.Situating;

/// <summary>Causes as people call them.</summary>
internal static class CauseWords
{
    /// <summary>What it is, in a sentence without a full stop.</summary>
    public static string Title(Sight sight, Cause cause) => cause.Kind switch
    {
        CauseKind.Machine => Machine(sight, cause.Key),
        CauseKind.Passage => $"{Wording.Title(Passage(cause.Key))} is closed to ships",
        CauseKind.Shipment => $"Shipment {cause.Key} comes too late",
        CauseKind.Lot => $"{Lot(sight, cause.Key)} comes too late",
        CauseKind.Part => $"{Part(sight, cause.Key)} must still be bought, and comes too late",
        CauseKind.Line => $"{sight.World.AssemblyLines.Find(cause.Key)?.Name ?? cause.Key} has more to do than its hours hold",
        CauseKind.Delivery => $"The way to customers in {sight.World.Markets.Find(cause.Key)?.Name ?? cause.Key} takes too long",
        CauseKind.Order => $"{cause.Key} cannot be built as ordered",
        CauseKind.Document => Document(sight, cause.Key),
        _ => cause.ToString(),
    };

    public static string Passage(string key) => Words.Find<Passage>(key) is { } p ? Passages.NameOf(p) : key;

    /// <summary>'Lot BAT-7 (battery)'.</summary>
    public static string Lot(Sight sight, string key) => sight.World.Lots.Find(key) is { } lot ? $"Lot {lot.Id} ({sight.ItemOf(lot.Item)?.Name ?? lot.Item.Value})" : $"Lot {key}";

    /// <param name="key">hub/item.</param>
    public static string Part(Sight sight, string key)
    {
        string[] of = key.Split('/', 2);
        string item = of.Length == 2 ? sight.World.Items.Find(of[1])?.Name ?? of[1] : key, hub = sight.World.Sites.Find(of[0])?.Name ?? of[0];
        return of.Length == 2 ? $"{item} for {hub}" : item;
    }

    private static string Machine(Sight sight, string key)
    {
        if (sight.World.Machines.Find(key) is not { } machine) return $"Machine {key} holds promises up";
        MachineReport? report = sight.World.MachineReports.Find(key);
        return report?.State == MachineState.Down ? $"{machine.Name} is down" : $"{machine.Name} is likely to fail before its lot is made";
    }

    private static string Document(Sight sight, string key) => sight.World.Documents.Find(key) is not { } d ? $"Document {key} is not in force"
        : $"{d.Title} for {sight.World.Markets.Find(d.Market)?.Name ?? d.Market.Value} {(d.ValidFrom > sight.Now ? "is not yet in force" : d.ValidUntil > sight.Now ? "lapses" : "has lapsed")}";
}
