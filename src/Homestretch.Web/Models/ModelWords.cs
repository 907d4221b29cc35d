using Homestretch.Learning;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;

namespace Homestretch.Web.Models;

/// <summary>How models, their cards and their trainings read.</summary>
internal static class ModelWords
{
    public static string Title(ModelRow model) => model.Kind switch
    {
        ModelKind.ArrivalDelay => "Delays of deliveries",
        ModelKind.RemainingLife => $"Remaining life: {model.Subject}",
    };

    public static string About(ModelKind kind) => kind switch
    {
        ModelKind.ArrivalDelay => "How late lines are against their schedule",
        ModelKind.RemainingLife => "What machines of this kind have left",
    };

    public static (string Text, string Glyph, string Tone) Of(ModelState state) => state switch
    {
        ModelState.Candidate => ("candidate", "waiting", "calm"),
        ModelState.InForce => ("in force", "stock", "sure"),
        ModelState.Retired => ("retired", "arrived", "calm"),
    };

    public static (string Text, string Glyph, string Tone) Of(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Running => ("training", "making", "calm"),
        TrainingOutcome.NotEnough => ("too little to learn from", "unknown", "unknown"),
        TrainingOutcome.InForce => ("put in force", "stock", "sure"),
        TrainingOutcome.Candidate => ("kept as candidate", "waiting", "calm"),
        TrainingOutcome.Same => ("nothing new", "stock", "calm"),
        TrainingOutcome.Failed => ("failed", "late", "late"),
    };

    public static string Of(ModelOrigin origin) => origin switch { ModelOrigin.Trained => "trained here", ModelOrigin.Uploaded => "put in as a file" };

    /// <summary>The error on what it had not seen: '0.83 days'; null when its card says none.</summary>
    public static string? Error(ModelKind kind, ModelCardView card) => kind switch
    {
        ModelKind.ArrivalDelay => Days(card, "loss_days") ?? Days(card, "p90_pinball_days"),
        ModelKind.RemainingLife => Hours(card, "rmse"),
    };

    /// <summary>What the error is beside, at no cost; null when the card does not say.</summary>
    public static string? Baseline(ModelKind kind, ModelCardView card) => kind switch
    {
        ModelKind.ArrivalDelay => Days(card, "own_history_loss_days") is { } own ? $"{own} by the lanes' history" : null,
        ModelKind.RemainingLife => Hours(card, "age_alone_rmse") is { } age ? $"{age} by age alone" : null,
    };

    /// <summary>What its words hold, on what it had not seen; null when its card does not say.</summary>
    public static string? Held(ModelKind kind, ModelCardView card) => kind switch
    {
        ModelKind.ArrivalDelay => card.Figures.TryGetValue("p90_coverage", out double p90) ? $"{Tenths(p90)} of P90" : null,
        ModelKind.RemainingLife => card.Figures.TryGetValue("coverage", out double coverage) ? $"{Tenths(coverage)} of 90 %" : null,
    };

    /// <summary>'12 Jan 2025 to 3 Feb 2026', or what the card has instead.</summary>
    public static string Window(ModelCardView card) => card.From.Length == 0 ? "unknown" : card.From == card.To ? card.From : $"{card.From} to {card.To}";

    /// <summary>A figure's name as people read it: 'p90 pinball days'.</summary>
    public static string Figure(string name) => Wording.Title(name.Replace('_', ' ').Replace("rmse", "RMSE", StringComparison.Ordinal).Replace("auc", "AUC", StringComparison.Ordinal));

    /// <summary>A figure with the digits that count.</summary>
    public static string Value(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e9 ? Wording.Number(value) : Wording.Number(value, Math.Abs(value) >= 100 ? 1 : Math.Abs(value) >= 10 ? 2 : 3);

    /// <summary>A feature as people read it: 'supplier, recent'.</summary>
    public static string Feature(string name) => name.Replace('_', ' ').Replace(".", ", ", StringComparison.Ordinal);

    private static string Tenths(double share) => $"{Wording.Number(share * 100, 1)} %";
    private static string? Days(ModelCardView card, string name) => card.Figures.TryGetValue(name, out double days) ? $"{Wording.Number(days, 2)} days" : null;
    private static string? Hours(ModelCardView card, string name) => card.Figures.TryGetValue(name, out double hours) ? $"{Wording.Number(hours, 1)} h" : null;
}
