using Homestretch.Situations;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Web.Situations;

/// <summary>How situations, remedies and what comes of them read.</summary>
internal static class SituationWords
{
    public static (string Text, string Glyph, string Tone) Of(Severity severity) => severity switch
    {
        Severity.Minor => ("minor", "waiting", "calm"),
        Severity.Serious => ("serious", "risk", "risk"),
        Severity.Critical => ("critical", "late", "late"),
    };

    public static (string Text, string Glyph, string Tone) Of(SituationState state) => state switch
    {
        SituationState.Potential => ("potential", "waiting", "calm"),
        SituationState.Confirmed => ("confirmed", "risk", "risk"),
        SituationState.Mended => ("mended", "stock", "sure"),
        SituationState.Accepted => ("let be", "pin", "calm"),
        SituationState.Gone => ("gone by itself", "arrived", "calm"),
    };

    public static (string Text, string Glyph, string Tone) Of(TaskState state) => state switch
    {
        TaskState.Open => ("open", "waiting", "calm"),
        TaskState.Done => ("done", "stock", "sure"),
        TaskState.Refused => ("refused", "late", "late"),
        TaskState.Cancelled => ("called off", "close", "calm"),
    };

    public static string Of(CauseKind kind) => kind switch
    {
        CauseKind.Machine => "machine",
        CauseKind.Passage => "passage of the sea",
        CauseKind.Shipment => "shipment",
        CauseKind.Lot => "lot",
        CauseKind.Part => "part to buy",
        CauseKind.Line => "assembly line",
        CauseKind.Delivery => "way to customers",
        CauseKind.Order => "order line",
        CauseKind.Document => "document",
    };

    public static string Glyph(SignKind kind) => kind switch
    {
        SignKind.Down or SignKind.Closed or SignKind.Overdue or SignKind.Outlasted => "late",
        SignKind.Silent or SignKind.Contradiction => "unknown",
        SignKind.PredictedStop or SignKind.StockOut or SignKind.Lapse => "risk",
    };

    /// <summary>What is so is late, what is foreseen is a risk, what nobody knows is unknown.</summary>
    public static string Tone(SignKind kind) => Glyph(kind);

    /// <summary>'9 kits lack only this'.</summary>
    public static string OnlyThis(int kits) => $"{Wording.Count(kits, "kit")} {(kits == 1 ? "lacks" : "lack")} only this";

    /// <summary>The first step of a remedy and how many more it has.</summary>
    public static string Short(string remedy) => remedy.Split("; ") is [var first, _, ..] steps ? $"{first}, and {Wording.Count(steps.Length - 1, "more step")}" : remedy;

    public static string Of(ChainPlace place) => place switch
    {
        ChainPlace.Machine => "Machine",
        ChainPlace.Passage => "Passage",
        ChainPlace.Part => "Part",
        ChainPlace.Document => "Document",
        ChainPlace.Lots => "Lots",
        ChainPlace.Way => "Way",
        ChainPlace.Line => "Line",
        ChainPlace.Kits => "Kits",
        ChainPlace.Promises => "Promises",
        ChainPlace.Customers => "Customers",
    };

    public static string Of(RemedyKind kind) => kind switch
    {
        RemedyKind.MoveMaintenance => "Maintenance earlier",
        RemedyKind.Expedite => "Faster lane",
        RemedyKind.SplitLot => "Part of a lot, faster",
        RemedyKind.Repeg => "Parts change kits",
        RemedyKind.Resequence => "Builds change places",
        RemedyKind.Alternate => "Another item",
        RemedyKind.OtherHub => "Stock of another hub",
        RemedyKind.SecondSource => "Bought elsewhere",
        RemedyKind.Overtime => "Overtime",
        RemedyKind.PartialDelivery => "Partial delivery",
        RemedyKind.NewDate => "New date told",
        RemedyKind.Renewal => "Document renewed",
        RemedyKind.OtherOption => "Another option",
        RemedyKind.AskOption => "Customer asked",
        RemedyKind.Combined => "Together",
    };

    public static string Of(TaskKind kind) => Wording.Title(Words.Of(kind).Replace('-', ' '));

    /// <summary>'USD 240'; 'nothing'; 'unknown' when nobody has said.</summary>
    public static string Cost(RemedyView r) => !r.CostKnown ? "unknown" : r.Costs.Count == 0 || r.Costs.All(static c => c.Amount is { Minor: 0 }) ? "nothing"
        : r.Costs.Any(static c => c.Amount is null) ? "not yours to see" : string.Join(" + ", r.Costs.Select(static c => c.Amount!.Value).GroupBy(static m => m.Currency, StringComparer.Ordinal).Select(static g => Wording.Short(g.Aggregate(static (a, b) => a + b))));

    /// <summary>Where the numbers of a remedy come from.</summary>
    public static IEnumerable<string> Why(RemedyView r)
    {
        yield return $"Of {Wording.Count(r.Promised, "promise")} that it moves, {Wording.Number(r.Before, 2)} are expected to be kept as things stand and {Wording.Number(r.After, 2)} with it: the same futures, planned again with the change in them. What moves by less than one future in 256 is only in the sum of promises won.";
        yield return $"Risk {Wording.Percent(r.Risk)}: the share of futures in which it keeps no promise more than are kept without it.";
        if (Math.Abs(r.Kits) >= 0.05) yield return $"{(r.Kits > 0 ? "More" : "Fewer")} kits are whole by their planned start: {Wording.Number(Math.Abs(r.Kits), 1)}.";
        foreach (AtConfidence c in r.Confidences.Where(static c => c.Regained + c.Lost > 0)) yield return $"At {Wording.Percent(c.Confidence)}: {c.Regained} promises come to it{(c.Lost > 0 ? $", {c.Lost} fall below" : "")}.";
        if (r.Value.Count > 0) yield return $"Worth {string.Join(" + ", r.Value.Select(Wording.Short))}: a kept promise is taken to be worth a tenth of its order line's price.";
        if (Math.Abs(r.Reliability - 1) >= 0.005) yield return $"Remedies of this kind have won {Wording.Percent(r.Reliability)} of what was expected of them so far; it is ranked by that.";
        if (!r.CostKnown) yield return "Nobody has said what a part of it costs (freight_rates, overtime and item costs): it goes behind what is known.";
        if (r.Dominated) yield return "Another remedy wins as much, costs no more and risks no more.";
    }
}
