using Homestretch.Changing;
using Homestretch.Web.Showing;
using Homestretch.World;

namespace Homestretch.Web.Changing;

/// <summary>How engineering changes read.</summary>
internal static class ChangeWords
{
    public static (string Text, string Glyph, string Tone) Of(ChangeState state) => state switch
    {
        ChangeState.Draft => ("draft", "waiting", "calm"),
        ChangeState.Released => ("released", "stock", "sure"),
        ChangeState.Closed => ("closed", "stock", "calm"),
    };

    public static (string Text, string Glyph, string Tone) Of(RevisionUse use) => use switch
    {
        RevisionUse.Unknown => ("revision unknown", "unknown", "unknown"),
        RevisionUse.Usable => ("usable", "stock", "sure"),
        RevisionUse.Rework => ("rework first", "risk", "risk"),
        RevisionUse.NotYet => ("too new", "late", "late"),
        RevisionUse.ReworkAtBench => ("reworked on the unit", "risk", "risk"),
        RevisionUse.Unusable => ("unusable", "late", "late"),
    };

    public static string Of(ConcernedPlace place) => place switch
    {
        ConcernedPlace.OnHand => "At the hub",
        ConcernedPlace.InKit => "In kits",
        ConcernedPlace.InUnit => "In units at work",
        ConcernedPlace.OnTheWater => "On the way",
        ConcernedPlace.BeingMade => "Being made",
        ConcernedPlace.OnOrder => "On order",
        ConcernedPlace.Proposed => "Proposed, not ordered",
    };

    public static string Of(OldStock old) => old switch
    {
        OldStock.UseUp => "used up",
        OldStock.Rework => "reworked",
        OldStock.Scrap => "scrapped",
        OldStock.Return => "sent back",
    };

    /// <summary>'from Wed 16 Dec on', 'from lot L-7 on', 'in 3 lots', 'from serial number C1-5 on'.</summary>
    public static string From(EngineeringChange c) => c switch
    {
        { FromDay: { } day } => $"from {When.Day(day)} on",
        { FromLot.Length: > 0 } => $"from lot {c.FromLot} on",
        { Lots.Length: > 0 } => $"in {Wording.Count(c.Lots.Split(';', StringSplitOptions.RemoveEmptyEntries).Length, "lot")}",
        { FromSerial.Length: > 0 } => $"from serial number {c.FromSerial} on",
        _ => "not said",
    };

    public static string Page(string change) => $"/changes/{Uri.EscapeDataString(change)}";
}
