using Homestretch.Finishing.Origin.Labels;
using System.Globalization;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Tracing;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Web.Units;

/// <summary>How units, their parts and claims read.</summary>
internal static class UnitWords
{
    public static (string Text, string Glyph, string Tone) Of(UnitState state) => state switch
    {
        UnitState.InWork => ("in work", "making", "calm"),
        UnitState.Paused => ("paused", "waiting", "risk"),
        UnitState.Complete => ("complete", "stock", "sure"),
        UnitState.Scrapped => ("scrapped", "late", "late"),
    };

    public static (string Text, string Glyph, string Tone) Of(ClaimState state) => state switch
    {
        ClaimState.Holds => ("holds", "stock", "sure"),
        ClaimState.Fails => ("fails", "late", "late"),
        ClaimState.NeedsReview => ("needs review", "risk", "risk"),
        ClaimState.Unknown => ("unknown", "unknown", "unknown"),
        ClaimState.DoesNotApply => ("does not apply", "waiting", "calm"),
    };

    public static (string Text, string Glyph, string Tone) Of(LabelState state) => state switch
    {
        LabelState.Allowed => ("allowed", "stock", "sure"),
        LabelState.Refused => ("refused", "late", "late"),
        LabelState.NeedsSignature => ("needs a signature", "risk", "risk"),
        LabelState.Unknown => ("unknown", "unknown", "unknown"),
    };

    /// <summary>What somebody does on the floor.</summary>
    public static string Of(FloorAct act) => act switch
    {
        FloorAct.Receive => "receive",
        FloorAct.CloseLot => "close a lot",
        FloorAct.Move => "move",
        FloorAct.Hold => "hold",
        FloorAct.Release => "release",
        FloorAct.Count => "count",
        FloorAct.Scrap => "scrap",
        FloorAct.Pick => "pick",
        FloorAct.Return => "put back",
        FloorAct.Begin => "begin a unit",
        FloorAct.Work => "step of work",
        FloorAct.TakeOut => "take out",
        FloorAct.Pause => "pause",
        FloorAct.Resume => "go on",
        FloorAct.Andon => "call for help",
        FloorAct.Complete => "complete a unit",
        FloorAct.ScrapUnit => "give up a unit",
        FloorAct.SetCustoms => "set customs",
        FloorAct.ReleaseFirmware => "release firmware",
    };

    public static string Of(WorkKind? kind) => kind?.ToString().ToLowerInvariant() ?? "unknown";

    /// <summary>Where a unit's page is.</summary>
    public static string Page(string serial) => $"/units/{Uri.EscapeDataString(serial)}";

    /// <summary>Machines of a lot: 'Winder 3, 40 pieces, 2 rejected'; 'unknown' when no run of it is on record.</summary>
    public static IEnumerable<string> Made(PartRecord part, When when) => part.Made.Select(m =>
        $"{m.MachineName}{(m.Begun is { } at ? $" on {when.Day(at)}" : "")}{(m.Rejected is { } bad ? $", {Wording.Number((double)bad)} rejected of {Wording.Number((double)m.Produced)}" : $", {Wording.Number((double)m.Produced)} made")}");

    /// <summary>A step of a voyage: 'by sea to SAV with MAE: 3 Oct to 9 Nov'.</summary>
    public static string Step(WayRecord way, When when) =>
        $"{(way.Kind == StepKind.Leg ? $"{Wording.Of(way.Mode)} to {way.To}".Trim() : $"{Wording.Of(way.Kind)}{(way.To.Length > 0 ? $" at {way.To}" : "")}")}{(way.Carrier.Length > 0 ? $" with {way.Carrier}" : "")}: {(way.Begun, way.Ended) switch
        {
            ({ } from, { } to) => $"{when.DayTime(from)} to {when.DayTime(to)}",
            (null, { } to) => $"ended {when.DayTime(to)}",
            ({ } from, null) => $"begun {when.DayTime(from)}, end unknown",
            _ => "unknown",
        }}";

    /// <summary>An amount as a field has it; null: none, or no amount.</summary>
    public static decimal? Amount(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && amount <= 1_000_000_000 ? amount : null;

    public static string? Amount(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    /// <summary>'37.88 %'.</summary>
    public static string Percent(Ratio share) => $"{share.Percent(2):0.00} %";
}
