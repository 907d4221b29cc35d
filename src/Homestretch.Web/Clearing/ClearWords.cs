using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Web.Clearing;

/// <summary>How release lists read.</summary>
internal static class ClearWords
{
    /// <summary>What is proven, in plain words.</summary>
    public static string Gap(ClearView view) => view.Gap < 0.00005 ? "No: that none can release more is proven."
        : $"By {(view.Gap < 0.0005 ? "less than 0.1" : Wording.Number(view.Gap * 100, 1))} % at most, counting kits by class: that is proven.";

    public static string Of(ClearNothing nothing, ClearView view) => nothing switch
    {
        ClearNothing.NoLines => "There is no assembly line yet, so nothing can be built.",
        ClearNothing.NoOrders => "No order line is open, so there is nothing to build.",
        ClearNothing.NothingDue => $"Nothing waits to be released: no build that may move is due within {Wording.Number(view.Asked.DueWithin)} days.",
        ClearNothing.NothingAtHand => $"Nothing can be released in {Wording.Number(view.Asked.Days)} days with the parts at hand; below, what each build lacks.",
    };

    /// <summary>What accepting makes of a build's slot.</summary>
    public static (string Text, string Glyph, string Tone) Change(ClearRelease b) => b.Change switch
    {
        ClearChange.Held => ("stays", "pin", "calm"),
        ClearChange.AsPlanned => ("as planned", "stock", "calm"),
        ClearChange.New => ("new", "buy", "sure"),
        ClearChange.Sooner => ($"{When.Span(b.Was!.Value - b.Begins)} sooner", "arrived", "sure"),
        ClearChange.Later => ($"{When.Span(b.Begins - b.Was!.Value)} later", "waiting", "risk"),
        ClearChange.OtherLine => (Shift(b), "way", "calm"),
    };

    private static string Shift(ClearRelease b) => (b.Begins - b.Was!.Value) is var d && d.TotalMinutes is > -1 and < 1 ? "other line" : $"other line, {When.Span(d < Duration.Zero ? -d : d)} {(d < Duration.Zero ? "sooner" : "later")}";

    public static string Heading(ClearGroup group) => group.Cause switch
    {
        ClearCause.Short => $"{group.Name} is short: {group.Missing} missing",
        ClearCause.Given => $"{group.Name} goes to other kits",
        ClearCause.Time => "The lines' time goes to other kits",
    };

    /// <summary>What would bring it.</summary>
    public static string Brings(ClearLack lack, When when) => lack.At is not { } at ? "nobody supplies it" : lack.Lot.Length > 0 ? $"there by {when.DayTime(at)}" : $"to be bought, there by {when.Day(at)} at the soonest";
}
