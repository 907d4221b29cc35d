using System.Globalization;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Papers;

/// <summary>The evidence of one unit's claims as a document to read: results first, then each claim with inputs, formula, reason and source, labels, content and rules.</summary>
public static class EvidenceDocument
{
    private static readonly InstantPattern s_moment = InstantPattern.CreateWithInvariantCulture("d MMMM uuuu, HH:mm 'UTC'");

    public static byte[] Of(EvidencePack pack)
    {
        UnitContent unit = pack.Unit;
        string title = $"Origin of unit {unit.Serial}";
        using var paper = new Paper(title, pack.At);
        paper.Title(title);
        paper.Text($"{Known(unit.Product)}, tariff code {Known(unit.Hs)}, made in {Known(unit.MadeIn)}, for {Known(unit.Market)}, delivered on {(unit.Delivered is { } day ? Day(day) : "an unknown day")}. Amounts in {unit.Currency}. Made {s_moment.Format(pack.At)}.", size: 9);
        if (pack.Sample) paper.Text("Samples are among the rules that made this: check them before you rely on it. It is no legal advice.", bold: true);
        paper.Heading("Results", follows: 60);
        paper.Table([("Claim", 250), ("Result", 90), ("Figure", -75), ("Asked", -80)], [.. pack.Claims.Select(static c => (IReadOnlyList<string>)[c.Title, Words.Of(c.State).Replace('-', ' '), c.Answer, c.Required is { } r ? string.Create(CultureInfo.InvariantCulture, $"{r:0.##} %") : ""])]);
        if (pack.Labels.Count > 0) paper.Table([("Label", 250), ("Result", 90), ("Reviewed and signed by", 155)], [.. pack.Labels.Select(static l => (IReadOnlyList<string>)[l.Text, Words.Of(l.State).Replace('-', ' '), l.SignedBy])]);
        foreach (Claim claim in pack.Claims) Told(paper, claim);
        foreach (LabelAnswer label in pack.Labels)
        {
            paper.Heading($"Label '{label.Text}'", follows: 40);
            Reasons(paper, Words.Of(label.State), label.Why, label.Undetermined, [], label.SignedBy, label.Rules);
        }
        paper.Heading("What it was made of");
        paper.Table([("Component", 120), ("Lot", 75), ("Quantity", -50), ("Value", -55), ("Freight", -50), ("Duty", -50), ("Origin", 45), ("Originating", 50)],
            [.. unit.Components.Select(static c => (IReadOnlyList<string>)[c.Own ? $"{c.Item} (made there)" : c.Item, c.Lot, c.Quantity.ToString("0.######", CultureInfo.InvariantCulture), Major(c.Value), Major(c.Freight), Major(c.Duty), Known(c.Origin), c.Originating is { } o ? string.Join(", ", o) : "unknown"])]);
        paper.Text($"Assembly {Major(unit.Assembly)}; transaction value {Major(unit.TransactionValue)}, of which international freight {Major(unit.InternationalFreight)}; inland freight besides {Major(unit.InlandFreight)}. Processing: {Words.Of(unit.Processing)}{(unit.Evidence.Length > 0 ? $", shown by {unit.Evidence}" : "")}.");
        paper.Heading("Rules");
        paper.Table([("Rule", 100), ("Figure", -45), ("Holds", 90), ("Source", 260)], [.. pack.Rules.Select(static r => (IReadOnlyList<string>)[$"{r.Key}{(r.Sample ? " (sample)" : "")}", r.Figure?.ToString("0.####", CultureInfo.InvariantCulture) ?? "", $"{Day(r.From)} to {(r.To is { } to ? $"before {Day(to)}" : "now")}", r.Source])]);
        Signature(paper, pack);
        return paper.Done($"{title}, {s_moment.Format(pack.At)}");
    }

    private static void Told(Paper paper, Claim claim)
    {
        paper.Heading(claim.Title);
        if (claim.Formula.Length > 0) paper.Text($"Formula: {claim.Formula}");
        if (claim.Inputs.Count > 0) paper.Table([("Input", 250), ("Amount", -110)], [.. claim.Inputs.Select(static i => (IReadOnlyList<string>)[i.Name, i.Amount.ToString()])]);
        Reasons(paper, Words.Of(claim.State), claim.Why, claim.Undetermined, claim.Notes, claim.SignedBy, claim.Rules);
    }

    private static void Reasons(Paper paper, string state, string why, IReadOnlyList<string> undetermined, IReadOnlyList<string> notes, string signedBy, IReadOnlyList<OriginRule> rules)
    {
        paper.Text($"{char.ToUpperInvariant(state[0])}{state[1..].Replace('-', ' ')}. {why}", bold: true);
        foreach (string u in undetermined) paper.Text($"Undetermined: {u}.");
        if (signedBy.Length > 0) paper.Text($"To be reviewed and signed by: {signedBy}.");
        if (rules.Count > 0) paper.Text($"By {string.Join(", ", rules.Select(static r => r.Key.Value).Distinct())} ({string.Join("; ", rules.Select(static r => r.Source).Distinct())}).", size: 8.5);
        foreach (string note in notes) paper.Text(note, size: 8.5);
    }

    private static void Signature(Paper paper, EvidencePack pack)
    {
        string[] signers = [.. pack.Claims.Where(static c => c.State == ClaimState.NeedsReview).Select(static c => c.SignedBy).Concat(pack.Labels.Where(static l => l.State is LabelState.NeedsSignature).Select(static l => l.SignedBy)).Where(static s => s.Length > 0).Distinct()];
        if (signers.Length == 0) return;
        paper.Heading("Review and signature");
        foreach (string signer in signers) paper.Text($"{signer}: name ____________________ date ____________ signature ____________________");
    }

    private static string Known(string text) => text.Length > 0 ? text : "unknown";
    private static string Major(long? minor) => minor is { } m ? (m / 100m).ToString("#,0.00", CultureInfo.InvariantCulture) : "unknown";
    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
