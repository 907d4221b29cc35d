using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Finishing.Origin.Ledgers;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Finishing;

/// <summary>Answers about origin as text and as JSON (docs/command-line.md has the shapes).</summary>
internal static class ClaimsText
{
    public static void Print(TextWriter o, EvidencePack pack, bool why)
    {
        o.WriteLine($"{pack.Unit.Serial}, made in {(pack.Unit.MadeIn.Length > 0 ? pack.Unit.MadeIn : "an unknown country")}, delivered on {(pack.Unit.Delivered is { } d ? Day(d) : "an unknown day")}");
        foreach (Claim c in pack.Claims)
        {
            o.WriteLine($"{Words.Of(c.State).Replace('-', ' '),-14} {c.Title}{(c.Answer.Length > 0 ? $": {c.Answer}" : "")}\n  {c.Why}");
            Told(o, c.Undetermined, c.SignedBy);
            if (!why) continue;
            if (c.Formula.Length > 0) o.WriteLine($"  formula: {c.Formula}");
            foreach (ClaimInput i in c.Inputs) o.WriteLine($"  {i.Amount,16}  {i.Name}");
            Sources(o, c.Rules);
            foreach (string note in c.Notes) o.WriteLine($"  note: {note}");
        }
        foreach (LabelAnswer l in pack.Labels)
        {
            o.WriteLine($"{Words.Of(l.State).Replace('-', ' '),-15} label '{l.Text}'\n  {l.Why}");
            Told(o, l.Undetermined, l.SignedBy);
            if (why) Sources(o, l.Rules);
        }
        if (pack.Sample) o.WriteLine("Samples are among the rules that made this: check them before you rely on it.");
    }

    public static void Json(TextWriter o, IReadOnlyList<EvidencePack> packs) => o.WriteLine(EvidencePack.Text(new { Units = packs.Select(static p => p.Shape()) }));

    public static void Print(TextWriter o, DutyLedger ledger)
    {
        o.WriteLine($"{"lot",-14} {"item",-8} {"in",8} {"used",8} {"scrapped",8} {"returned",8} {"left",8} {"duty",10} {"of what left",13}");
        foreach (LotBalance l in ledger.Lots)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{l.Lot,-14} {l.Item,-8} {l.Received,8:0.###} {l.Used,8:0.###} {l.Scrapped,8:0.###} {l.Returned,8:0.###} {l.Left,8:0.###} {l.Duty / 100m,10:#,0.00} {(l.Duty - l.DutyLeft) / 100m,13:#,0.00}"));
        foreach (DrawbackClaim c in ledger.Claims) o.WriteLine($"claim {c.Entry} for entry {c.Of}: {new Money(c.Amount, ledger.Currency)}: {c.Why}");
        foreach (Settlement s in ledger.Settlements) o.WriteLine($"unit {s.Serial} by entry {s.Entry}: {s.Why}");
        if (ledger.Claims.Count > 0) o.WriteLine($"claimed {new Money(ledger.Claims.Sum(static c => c.Amount), ledger.Currency)}");
        if (ledger.Settlements.Any(static s => s.Due is not null)) o.WriteLine($"due {new Money(ledger.Settlements.Sum(static s => s.Due ?? 0), ledger.Currency)}");
    }

    public static void Json(TextWriter o, DutyLedger ledger) => o.WriteLine(EvidencePack.Text(new
    {
        ledger.Regime, ledger.Jurisdiction, ledger.Currency,
        Lots = ledger.Lots.Select(static l => new { l.Lot, l.Item, Since = Day(l.Since), l.Received, l.Used, l.Scrapped, l.Returned, l.Left, Duty = l.Duty / 100m, DutyUsed = l.DutyUsed / 100m, DutyScrapped = l.DutyScrapped / 100m, DutyReturned = l.DutyReturned / 100m, DutyLeft = l.DutyLeft / 100m }),
        Uses = ledger.Uses.Select(static u => new { u.Entry, u.Lot, u.Quantity, u.Serial, Duty = u.Duty / 100m }),
        Claims = ledger.Claims.Select(static c => new { c.Entry, c.Of, On = Day(c.On), Duty = c.Duty / 100m, Amount = c.Amount / 100m, c.TooLate, Rules = c.Rules.Select(static r => r.Key.Value), c.Why }),
        Settlements = ledger.Settlements.Select(static s => new { s.Entry, s.Serial, On = Day(s.On), OnInputs = s.OnInputs / 100m, OnProduct = s.OnProduct / 100m, Due = s.Due / 100m, s.Missing, Rules = s.Rules.Select(static r => r.Key.Value), s.Why }),
        Findings = ledger.Findings.Select(static f => f.ToString()),
    }));

    public static void Print(TextWriter o, IReadOnlyList<OriginRule> rules)
    {
        o.WriteLine($"{"rule",-19} {"asks or grants",-26} {"of",-6} {"figure",6} {"from",-10} {"before",-10} source");
        foreach (OriginRule r in rules)
            o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{r.Key,-19} {Words.Of(r.Rule),-26} {r.Jurisdiction,-6} {r.Figure,6:0.##} {Day(r.From),-10} {(r.To is { } to ? Day(to) : ""),-10} {r.Source}{(r.Sample ? " (sample)" : "")}"));
    }

    public static void Json(TextWriter o, IReadOnlyList<OriginRule> rules) => o.WriteLine(EvidencePack.Text(new { Rules = rules.Select(EvidencePack.Shape) }));

    private static void Told(TextWriter o, IReadOnlyList<string> undetermined, string signedBy)
    {
        foreach (string u in undetermined) o.WriteLine($"  undetermined: {u}");
        if (signedBy.Length > 0) o.WriteLine($"  reviewed and signed by: {signedBy}");
    }

    private static void Sources(TextWriter o, IReadOnlyList<OriginRule> rules)
    {
        foreach (OriginRule r in rules) o.WriteLine($"  by {r.Key}: {r.Source}");
    }

    private static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
