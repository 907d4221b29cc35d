using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Simulating;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;

namespace Homestretch.Web.Cutting;

/// <summary>How a figure of a design's model stands against what the simulation found.</summary>
internal enum Verdict { Unknown, Confirmed, Better, Worse }

/// <summary>One figure: what the model says, what came with the design and without it, and why they differ.</summary>
internal sealed record TrialLine(string Key, string Name, string Model, string Design, string Range, string Today, Verdict Verdict, string Why);

/// <summary>What a simulation makes of a design, in words.</summary>
internal static class TrialWords
{
    /// <summary>What is the same for a person: points of a share, days, parts of a number.</summary>
    private const double SamePoints = 0.03, SameDays = 1, SameUnits = 0.05, SameStock = 0.1;

    /// <summary>The figures that both the model and the simulation know, of the usual course.</summary>
    public static IReadOnlyList<TrialLine> Lines(StudyView study, TrialModel model, TrialRow usual)
    {
        TrialFigures came = usual.Design, today = usual.Today;
        double more = model.HoldingRate * (came.StockValue - model.StockValue);
        string hold = $"At {LimitSaid.Share(model.HoldingRate)} of its value a year";
        Verdict kits = came.KitsWhole is { } whole ? Higher(model.Kits, whole.Value, SamePoints) : Verdict.Unknown, days = Lower(model.Days, came.Days, SameDays), units = Higher(model.UnitsPerDay, came.UnitsPerDay, SameUnits * model.UnitsPerDay), stock = Lower(model.StockValue, came.StockValue, SameStock * model.StockValue);
        return
        [
            new("kits", "Whole kits", LimitSaid.Share(model.Kits), Said(came.KitsWhole), Range(came.KitsWhole), Said(today.KitsWhole), kits, kits switch
            {
                Verdict.Unknown => "No kit had a start that was planned two weeks before: play more days.",
                Verdict.Better => "The model asks that all parts lie there at once for a customer who comes unannounced. Orders announce themselves, and by the start that was planned two weeks before, their kits are whole oftener.",
                Verdict.Worse => "Purchases have sizes, steps spread, and one part that is short holds up its whole kit: the model leaves that out. More days before kits (Supply, Buffers) or more stock of what is short would mend it.",
                _ => "Within three points.",
            }),
            new("days", "Days to deliver", CutWords.Few(model.Days), CutWords.Few(came.Days), "", CutWords.Few(today.Days), days, days switch
            {
                Verdict.Worse => "The model serves a customer as soon as it has promised to. Here orders that were open at the start come first, lines have hours, and who asks for a later day is served then.",
                Verdict.Better => "Less than the model allows.",
                _ => "Within a day.",
            }),
            new("units", "Units a day", CutWords.Few(model.UnitsPerDay), CutWords.Few(came.UnitsPerDay), "", CutWords.Few(today.UnitsPerDay), units, units switch
            {
                Verdict.Worse => "Less than it is made for: the first parts must arrive, and lines build what their hours allow.",
                Verdict.Better => "More than it is made for: what was open at the start is delivered as well.",
                _ => "As much as it is made for, give or take a twentieth.",
            }),
            new("stock", "Stock at the hubs", CutWords.Money(study, model.StockValue), CutWords.Money(study, came.StockValue), "", CutWords.Money(study, today.StockValue), stock, stock switch
            {
                Verdict.Worse => $"{(model.StockValue > 0 ? $"{Wording.Number(came.StockValue / model.StockValue, 1)} times what the model keeps" : "More than the model keeps")}: purchases have sizes, and parts that are there wait for the other parts of their kits.",
                Verdict.Better => "Less lies there than the model keeps: orders take it before it is bought again.",
                _ => "As the model says, give or take a tenth.",
            }),
            new("cost", "A year costs", CutWords.Money(study, model.Cost), CutWords.Money(study, model.Cost + more), "", "", stock, $"{hold} the stock costs {CutWords.Money(study, Math.Abs(more))} {(more < 0 ? "less" : "more")} to hold than the model says; the rest is as reckoned."),
        ];
    }

    /// <summary>'as usual', 'Suez Canal closed', 'MIHO lost'.</summary>
    public static string Case(TrialRow row) => row.Closed.Length > 0 ? $"{row.Closed} closed" : row.Lost.Length > 0 ? $"{row.Lost} lost" : "As usual";

    /// <summary>What a case does to the company with the design, against the usual course and against the company as it is.</summary>
    public static string Against(TrialRow usual, TrialRow row)
    {
        double fewer = usual.Design.UnitsPerDay > 0 ? 1 - row.Design.UnitsPerDay / usual.Design.UnitsPerDay : 0, points = 100 * ((row.Design.PromisesKept?.Value ?? 0) - (row.Today.PromisesKept?.Value ?? 0));
        string sold = fewer > SameUnits ? $"With the design {LimitSaid.Share(fewer)} fewer units a day are delivered than usual" : "With the design as many units are delivered as usual";
        string beside = row.Today.UnitsPerDay > 0 && Math.Abs(row.Design.UnitsPerDay / row.Today.UnitsPerDay - 1) > SameUnits ? $", {LimitSaid.Share(Math.Abs(row.Design.UnitsPerDay / row.Today.UnitsPerDay - 1))} {(row.Design.UnitsPerDay > row.Today.UnitsPerDay ? "more" : "fewer")} than the company as it is would" : ", as many as the company as it is would";
        string kept = row.Design.PromisesKept is null || row.Today.PromisesKept is null ? "" : Math.Abs(points) < 100 * SamePoints ? "; promises are kept as often" : $"; {Wording.Number(Math.Abs(points), 1)} points {(points > 0 ? "more" : "fewer")} of first promises are kept";
        return $"{sold}{beside}{kept}.";
    }

    public static string Said(Estimate? estimate) => estimate is { } e ? LimitSaid.Share(e.Value) : "none";

    /// <summary>'85 to 92 %', the interval that the choice of futures leaves; empty where one future leaves none.</summary>
    public static string Range(Estimate? estimate) => estimate is { Low: { } low, High: { } high } && high - low >= 0.0005 ? $"{Wording.Number(100 * low, 1)} to {LimitSaid.Share(high)}" : "";

    public static string Word(Verdict verdict) => verdict switch { Verdict.Unknown => "unknown", Verdict.Confirmed => "confirmed", Verdict.Better => "better", Verdict.Worse => "worse" };

    private static Verdict Higher(double said, double came, double same) => Lower(came, said, same);

    private static Verdict Lower(double said, double came, double same) => Math.Abs(came - said) <= same ? Verdict.Confirmed : came < said ? Verdict.Better : Verdict.Worse;
}
