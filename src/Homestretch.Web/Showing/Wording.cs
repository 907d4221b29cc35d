using System.Globalization;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Web.Showing;

/// <summary>How states and measures read, and which glyph and colour go with them.</summary>
public static class Wording
{
    /// <summary>'87 %'; never a rounded 0 or 100; 'unknown' when nothing is known.</summary>
    public static string Percent(double? share) => share is null ? "unknown" : $"{Hundredths(share)} %";

    /// <summary>'87' for places whose heading gives the unit; '?' when nothing is known.</summary>
    public static string Hundredths(double? share) => share switch
    {
        null => "?",
        >= 1 => "100",
        > 0.99 => ">99",
        <= 0 => "0",
        < 0.01 => "<1",
        { } s => Math.Round(s * 100).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The band of a probability of being on time: sure, good, doubtful, poor, unknown.</summary>
    public static string Band(double? share) => share switch { null => "unknown", >= 0.95 => "sure", >= 0.8 => "good", >= 0.5 => "doubtful", _ => "poor" };

    public static string Number(double value, int decimals = 0) => value.ToString(decimals == 0 ? "#,0" : "#,0." + new string('0', decimals), CultureInfo.InvariantCulture);

    /// <summary>Promises expected to be lost, in words where the number is too small to mean anything: 'nothing', 'next to nothing', '0.11', '2.4'; 'unknown' when nothing can be said.</summary>
    public static string Promises(double? lost) => lost switch
    {
        null => "unknown",
        < 0.005 => "nothing",
        < 0.05 => "next to nothing",
        { } x => Number(x, x < 0.995 ? 2 : 1),
    };

    /// <summary>'+0.11', '−2.4'; '0' for what is too small to mean anything.</summary>
    public static string Won(double promises) => Math.Abs(promises) < 0.005 ? "0" : $"{(promises > 0 ? "+" : "−")}{Number(Math.Abs(promises), Math.Abs(promises) < 0.995 ? 2 : 1)}";

    /// <summary>'USD 24,500', without cents.</summary>
    public static string Short(Money money) => $"{money.Currency} {Number((double)money.Major)}";

    public static (string Text, string Glyph, string Tone) Of(PartState state) => state switch
    {
        PartState.InStock => ("in stock", "stock", "sure"),
        PartState.Arrived => ("arrived, being received", "arrived", "sure"),
        PartState.OnTheWay => ("on the way", "way", "calm"),
        PartState.Making => ("being made", "making", "calm"),
        PartState.NotStarted => ("not started", "waiting", "calm"),
        PartState.PlannedPurchase => ("planned purchase", "buy", "calm"),
        PartState.AtRisk => ("at risk", "risk", "risk"),
        PartState.Late => ("late", "late", "late"),
        PartState.Unknown => ("unknown", "unknown", "unknown"),
    };

    public static (string Text, string Glyph, string Tone) Of(PromiseState state) => state switch
    {
        PromiseState.NoPromise => ("no promise", "waiting", "calm"),
        PromiseState.Kept => ("kept", "stock", "sure"),
        PromiseState.OnTrack => ("on track", "way", "sure"),
        PromiseState.AtRisk => ("at risk", "risk", "risk"),
        PromiseState.Broken => ("broken", "late", "late"),
        PromiseState.Done => ("done", "stock", "calm"),
        PromiseState.Unknown => ("unknown", "unknown", "unknown"),
    };

    public static (string Text, string Glyph, string Tone) Of(MachineState state) => state switch
    {
        MachineState.NoData => ("no data", "unknown", "unknown"),
        MachineState.Running => ("running", "way", "sure"),
        MachineState.Idle => ("idle", "waiting", "calm"),
        MachineState.Down => ("down", "late", "late"),
        MachineState.Changeover => ("changeover", "making", "risk"),
    };

    public static (string Text, string Glyph, string Tone) Of(LotState state) => state switch
    {
        LotState.Planned => ("planned", "waiting", "calm"),
        LotState.Making => ("being made", "making", "calm"),
        LotState.Made => ("made", "arrived", "calm"),
        LotState.Shipped => ("on the way", "way", "calm"),
        LotState.Received => ("received", "stock", "sure"),
        LotState.Closed => ("closed", "stock", "calm"),
    };

    public static string Of(Homestretch.Machines.StopKind kind) => kind switch
    {
        Homestretch.Machines.StopKind.Planned => "planned",
        Homestretch.Machines.StopKind.Changeover => "changeover",
        Homestretch.Machines.StopKind.NoWork => "no work",
        Homestretch.Machines.StopKind.Material => "material",
        Homestretch.Machines.StopKind.Breakdown => "breakdown",
        Homestretch.Machines.StopKind.Supply => "power or other supply",
        Homestretch.Machines.StopKind.Quality => "quality",
        Homestretch.Machines.StopKind.People => "nobody there",
        Homestretch.Machines.StopKind.Other => "other",
        Homestretch.Machines.StopKind.Untold => "no reason told",
    };

    /// <summary>A machine's measured value as people call it.</summary>
    public static string Metric(string name) => name switch
    {
        "RemainingP10" => "Remaining life, P10",
        "RemainingP50" => "Remaining life, P50",
        "Produced" => "Good pieces of the lot",
        _ when name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot => $"{Metric(name[..dot])}, {name[(dot + 1)..].ToLowerInvariant()}",
        _ => Title(string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c.ToString()))),
    };

    /// <summary>So many of something: '1 row', '2,140 rows'.</summary>
    public static string Count(int count, string one) => $"{Number(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>With a capital first letter.</summary>
    public static string Title(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string Of(Role role) => role == Role.IpOfficer ? "IP officer" : role.ToString().ToLowerInvariant();
    public static string Of(Classifier classifier) => classifier.ToString().ToLowerInvariant();
    public static string Of(OrderStatus status) => status.ToString().ToLowerInvariant();
    public static string Of(Mode mode) => mode == Mode.None ? "" : $"by {mode.ToString().ToLowerInvariant()}";
    public static string Of(StepKind kind) => kind.ToString().ToLowerInvariant();
}
