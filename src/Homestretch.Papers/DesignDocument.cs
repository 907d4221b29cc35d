using System.Globalization;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Exchange.Cutting;
using NodaTime.Text;

namespace Homestretch.Papers;

/// <summary>A design as a business case to read: what is chosen, what it costs, where stock waits, on whom it depends, who could rebuild it, and what its limits cost.</summary>
public static class DesignDocument
{
    private static readonly InstantPattern s_moment = InstantPattern.CreateWithInvariantCulture("d MMMM uuuu, HH:mm 'UTC'");

    public static byte[] Of(SolvedDesign d)
    {
        using var paper = new Paper(d.Title, d.At);
        paper.Title(d.Title);
        paper.Text($"Business case of study {d.Study.Study.Id}{(d.Kept is { } kept ? $", design {kept.Id}, kept by {kept.By}" : "")}. By the records of {s_moment.Format(d.At)}. Amounts in {d.Currency}.", size: 9);
        Case(paper, d);
        Chosen(paper, d);
        Cost(paper, d);
        Stock(paper, d);
        Dependence(paper, d);
        Limits(paper, d);
        paper.Heading("What it rests on", follows: 20);
        paper.Text($"{(d.Study.Study.Note.Length > 0 ? d.Study.Study.Note + " " : "")}Demand, costs, days and duties are those of the study. Days are certain unless the study gives their spread; demand a day is taken to be normal. Value added leaves freight and duty out.{(d.Design.Rounded ? " Times were rounded." : "")}");
        if (paper.Numbered) paper.Text("Signs that this document's font lacks stand as their Unicode numbers in brackets, such as [U+6DF1 U+5733]; the tables of the same design (XLSX, CSV) have them as they were written.");
        return paper.Done($"{d.Title}, {s_moment.Format(d.At)}");
    }

    private static void Case(Paper paper, SolvedDesign d)
    {
        Configuration c = d.Design;
        paper.Heading("In short", follows: 20);
        int outside = c.Stages.Where(static s => s.Keeps is null).SelectMany(static s => s.Sources).Select(static s => s.Source.Party).Where(static p => p.Length > 0).Distinct().Count();
        string proof = d.Kept is { } kept ? Say($"When it was kept it was reckoned at {kept.Cost:N0}.")
            : c.Proven ? "No other choice within its limits costs less: that is proven." : Say($"No other choice within its limits costs less than {c.Bound:N0}; the gap is {100 * c.Gap:0.##} %.");
        paper.Text($"A year costs {Amount(c.Cost.Total)}. {proof} {Counted(outside, "party", "parties")} outside and the brand itself do the work; {Percent(c.Measured.HomeValue)} of the value is added at home"
            + (c.Measured.Keystone is { } keystone ? $", and {Percent(keystone)} of what there is to know never leaves it." : "."));
        paper.Text(d.Kept is { Note.Length: > 0 } reasoned ? reasoned.Note : "No business case is written down yet.", bold: d.Kept is { Note.Length: > 0 });
    }

    private static void Chosen(Paper paper, SolvedDesign d)
    {
        paper.Heading("What is chosen");
        paper.Table([("Stage", 105), ("Who", 135), ("Where", 80), ("Share", -45), ("Units a day", -60), ("Adds to a unit", -70)],
        [
            .. d.Design.Stages.Where(static s => s.Keeps is null).SelectMany(s => s.Sources.Count == 0 ? [[s.Stage, "as the study says", "", "", Figure(s.PerDay), Cents(d.Study.Sourcing.Network.Stages.First(n => n.Name == s.Stage).Cost)]]
                : s.Sources.Select(x => (IReadOnlyList<string>)[s.Stage, x.Source.Party.Length > 0 && d.NameOf(x.Source.Party) is var name && name != x.Source.Name ? $"{name} ({x.Source.Name})" : x.Source.Name,
                    x.Source.Country.Length > 0 && x.Source.Place.Length > 0 ? $"{x.Source.Place}, {x.Source.Country}" : x.Source.Place + x.Source.Country, Percent(x.Share), Figure(s.PerDay * x.Share), Cents(x.Source.Cost)])),
        ]);
    }

    private static void Cost(Paper paper, SolvedDesign d)
    {
        paper.Heading("What it costs");
        YearCost y = d.Design.Cost;
        double most = DesignTables.Parts(y).Max(static p => p.AYear);
        paper.Table([("A year", 190), (d.Currency, -90), ("Share", -60)],
            [.. DesignTables.Parts(y).Select(p => (IReadOnlyList<string>)[p.Name, Amount(p.AYear), Percent(y.Total > 0 ? p.AYear / y.Total : 0)]), ["total", Amount(y.Total), ""]],
            [.. DesignTables.Parts(y).Select(p => most > 0 ? p.AYear / most : 0), 0]);
    }

    private static void Stock(Paper paper, SolvedDesign d)
    {
        paper.Heading("Where stock waits");
        var places = d.Design.Stages.Where(static s => s.Stock.SafetyStock + s.Stock.EarlyStock > 0).GroupBy(SolvedDesign.PlaceOf).Select(static g => (Place: g.Key, Stages: g.Select(static s => s.Keeps ?? s.Stage).ToArray(),
            Value: g.Sum(static s => (s.Stock.SafetyStock + s.Stock.EarlyStock) * s.Stock.UnitCost), Holding: g.Sum(static s => s.Stock.HoldingCost))).OrderByDescending(static p => p.Holding).ToArray();
        if (places.Length == 0) paper.Text("No stage holds safety stock.");
        else paper.Table([("Place", 100), ("What waits", 235), ("Stock value", -80), ("Holding a year", -80)], [.. places.Select(static p => (IReadOnlyList<string>)[p.Place.Length > 0 ? p.Place : "no place named", string.Join(", ", p.Stages), Amount(p.Value), Amount(p.Holding)])]);
        double work = d.Design.Stages.Sum(static s => s.InWork), way = d.Design.Stages.Sum(static s => s.OnTheWay);
        paper.Text($"Beside it {Amount(work)} are in work and {Amount(way)} on the way. All that a unit needs is there in time: {string.Join(", ", d.Design.Kits.Select(static k => $"{k.Demand} {Percent(k.Probability)}"))}, as if each part failed by itself.");
    }

    private static void Dependence(Paper paper, SolvedDesign d)
    {
        Measured m = d.Design.Measured;
        paper.Heading("On whom it depends, and who could rebuild it");
        bool weighed = m.Exposed is not null;
        string[] countries = [.. m.Countries.Select(static c => c.Of).Union((m.Exposed?.Countries ?? []).Select(static c => c.Of))], parties = [.. m.Parties.Where(static p => p.Value > 0).Select(static p => p.Of).Union((m.Exposed?.Parties ?? []).Select(static p => p.Of))];
        IReadOnlyList<(string, double)> shares = weighed ? [("Of the value", -80), ("Could rebuild", -90)] : [("Of the value", -80)];
        paper.Table([("Country", 205), .. shares], [.. countries.Select(c => Shares($"{c}{(d.Study.Sourcing.Home?.Contains(c) == true ? ", home" : "")}", c, m.Countries, m.Exposed?.Countries))]);
        const int told = 15;
        if (parties.Length > 0) paper.Table([("Party", 205), .. shares], [.. parties.OrderByDescending(p => Math.Max(Of(m.Parties, p) ?? 0, Of(m.Exposed?.Parties, p) ?? 0)).Take(told).Select(p => Shares(Called(d, p), p, m.Parties, m.Exposed?.Parties))]);
        if (parties.Length > told) paper.Text($"{parties.Length - told} more parties have less.");
        paper.Text(weighed ? "Could rebuild: the share of what there is to know of the product that they could reconstruct from what they make and were told." : "What there is to know is not weighed, so that nothing is said of who could rebuild the product.");

        // a name in numbers names nobody by itself
        static string Called(SolvedDesign d, string party) => d.NameOf(party) is var name && (name == party || Paper.Writes(name)) ? name : $"{party}, {name}";
        static IReadOnlyList<string> Shares(string name, string of, IReadOnlyList<Measured.Share> value, IReadOnlyList<Measured.Share>? exposed) =>
            exposed is null ? [name, Percent(Of(value, of) ?? 0)] : [name, Percent(Of(value, of) ?? 0), Of(exposed, of) is { } share ? Percent(share) : ""];
        static double? Of(IReadOnlyList<Measured.Share>? shares, string of) => shares?.FirstOrDefault(s => s.Of == of)?.Value;
    }

    private static void Limits(Paper paper, SolvedDesign d)
    {
        paper.Heading("Its limits, and what they cost", follows: 40);
        if (d.Limits.Count == 0)
        {
            paper.Text("It was chosen without limits.");
            return;
        }
        paper.Table([("Limit", 180), ("Asked", -80), ("Has", -75), ("Eased, a year saves", -75), ("Tightened, costs", -85)],
        [
            .. d.Limits.Select(l =>
            {
                double? reached = DesignTables.Reached(d, l);
                LimitPrice? price = d.Prices.FirstOrDefault(p => p.Limit == l);
                return (IReadOnlyList<string>)[LimitSaid.Name(l.Measure, l.Subject, l.Measure is Measure.PartyShare or Measure.PartyExposure ? d.NameOf : static x => x), LimitSaid.Asked(l), reached is { } r ? LimitSaid.Value(d.Design.Measured, l.Measure, l.Subject, d.Study.Sourcing.Home) + (l.Meets(r) ? "" : ", missed") : "unknown",
                    price is null ? "not priced" : Amount(price.Saved), price is null ? "" : price.More is { } more ? Amount(more) : "nothing meets it"];
            }),
        ]);
        if (d.Prices.Count > 0) paper.Text("Eased and tightened: by a hundredth, all else chosen anew.");
    }

    private static string Counted(int n, string one, string many) => Say($"{n} {(n == 1 ? one : many)}");
    private static string Amount(double value) => Say($"{value:N0}");
    private static string Cents(double value) => Say($"{value:N2}");
    private static string Figure(double value) => Say($"{value:#,##0.#}");
    private static string Percent(double share) => Say($"{100 * share:0.#}\u00A0%");
    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
