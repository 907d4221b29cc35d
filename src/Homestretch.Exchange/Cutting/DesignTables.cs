using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Exchange.Papers;
using NodaTime.Text;

namespace Homestretch.Exchange.Cutting;

/// <summary>A design as tables: what there is to know of it without the program that found it.</summary>
public static class DesignTables
{
    /// <summary>Summary, stages and sources, stock by place, cost by part, countries, parties, limits.</summary>
    public static IReadOnlyList<PaperTable> Of(SolvedDesign d) => [Summary(d), Sources(d), Stock(d), Cost(d), Countries(d), Parties(d), Limits(d)];

    private static PaperTable Summary(SolvedDesign d)
    {
        Configuration c = d.Design;
        var rows = new List<IReadOnlyList<Cell>>();
        Say("study", d.Study.Study.Id);
        Say("name", d.Study.Study.Name);
        if (d.Kept is { } kept)
        {
            Say("design", kept.Id);
            Say("design name", kept.Name);
            Say("business case", kept.Note);
            Say("kept by", kept.By);
            Say("cost when kept", Money((double)kept.Cost), d.Currency);
        }
        Say("by records of", InstantPattern.ExtendedIso.Format(d.At));
        Say("cost a year", Money(c.Cost.Total), d.Currency);
        Say("no choice costs less than", d.Kept is null ? Money(c.Bound) : default, d.Currency);
        Say("gap", d.Kept is null ? Share(c.Gap) : default);
        Say("proven", d.Kept is null ? c.Proven ? "yes" : "no" : "");
        Say("value added at home", Share(c.Measured.HomeValue));
        Say("concentration of countries", new Cell(null, c.Measured.Concentration, Shown.Unit));
        Say("hours of work at home a year", c.Measured.HomeHours is { } hours ? new Cell(null, hours, Shown.Whole) : "unknown", "h");
        Say("CO2 of one unit", c.Measured.Co2 is { } co2 ? new Cell(null, co2, Shown.Number) : "unknown", "kg");
        Say("never leaves home", c.Measured.Keystone is { } keystone ? Share(keystone) : "not weighed");
        foreach (KitChance k in c.Kits) Say($"kits in time, {k.Demand}", Share(k.Probability));
        Say("times counted in", new Cell(null, c.DaysCounted, Shown.Unit), "days");
        Say("times rounded", c.Rounded ? "yes" : "no");
        return new("summary", "What the design is, figure by figure.", [new("what", Shown.Text, "What is told."), new("value", Shown.Text, "Figure or words; empty: not told of a kept design."), new("unit", Shown.Text, "Of the figure; a share has none.")], rows);

        void Say(string what, Cell value, string unit = "") => rows.Add([what, value, unit]);
    }

    private static PaperTable Sources(SolvedDesign d) => new("sources", "A source that a stage has, and its share of the stage's units.",
    [
        new("stage", Shown.Text, "Stage of the study."), new("source", Shown.Text, "Who does it, by name of the study; empty: as the stage says."), new("party", Shown.Text, "Key of the party; empty: the brand itself."), new("party_name", Shown.Text, "Name of the party."),
        new("place", Shown.Text, "Where it is done."), new("country", Shown.Text, "ISO 3166-1 alpha-2; empty: unknown."), new("share", Shown.Share, "Of the stage's units."), new("per_day", Shown.Number, "Units a day."), new("days", Shown.Days, "Mean days from its parts to its unit."),
        new("cost", Shown.Unit, "What it adds to one unit."), new("behind_one_unit", Shown.Unit, "All cost behind one unit of the stage."), new("one_off", Shown.Money, "Spent once to begin with it."),
    ],
    [
        .. d.Design.Stages.Where(static s => s.Keeps is null).SelectMany(s => s.Sources.Count == 0 ? [[s.Stage, "", "", "", "", "", 1.0, s.PerDay, s.Days, default, s.Stock.UnitCost, default]]
            : s.Sources.Select(x => (IReadOnlyList<Cell>)[s.Stage, x.Source.Name, x.Source.Party, d.NameOf(x.Source.Party), x.Source.Place, x.Source.Country, x.Share, s.PerDay * x.Share, x.Source.Days, x.Source.Cost, s.Stock.UnitCost, x.Source.OneOff])),
    ]);

    private static PaperTable Stock(SolvedDesign d) => new("stock", "What waits and moves at one stage, by the place where it is done.",
    [
        new("place", Shown.Text, "Where it waits; empty: the study names no place."), new("stage", Shown.Text, "Stage whose units these are."), new("kept_for", Shown.Text, "Stage that uses them, where they wait as parts there; empty: they wait where they are made."),
        new("per_day", Shown.Number, "Units a day."), new("inbound_days", Shown.Days, "Longest service time of what goes into it."), new("service_days", Shown.Days, "Quoted to the next stages or to customers."), new("net_days", Shown.Days, "Days that its stock covers."),
        new("safety_stock", Shown.Number, "Units."), new("early_stock", Shown.Number, "Units that came before they were promised."), new("unit_cost", Shown.Unit, "Cost behind one unit."), new("stock_value", Shown.Money, "Value of safety and early stock."), new("holding_a_year", Shown.Money, "What holding it costs a year."),
        new("in_work", Shown.Money, "Value of what is in work."), new("on_the_way", Shown.Money, "Value of its units on the way to the next stages."),
    ],
    [
        .. d.Design.Stages.Select(s => (Place: SolvedDesign.PlaceOf(s), Stage: s)).OrderBy(static x => x.Place, StringComparer.Ordinal).Select(x => (IReadOnlyList<Cell>)[x.Place, x.Stage.Keeps ?? x.Stage.Stage, x.Stage.Keeps is { } part ? x.Stage.Stage[(part.Length + " at ".Length)..] : "",
            x.Stage.PerDay, x.Stage.Stock.InboundDays, x.Stage.Stock.ServiceDays, x.Stage.Stock.NetDays, x.Stage.Stock.SafetyStock, x.Stage.Stock.EarlyStock, x.Stage.Stock.UnitCost,
            (x.Stage.Stock.SafetyStock + x.Stage.Stock.EarlyStock) * x.Stage.Stock.UnitCost, x.Stage.Stock.HoldingCost, x.Stage.InWork, x.Stage.OnTheWay]),
    ]);

    private static PaperTable Cost(SolvedDesign d)
    {
        YearCost y = d.Design.Cost;
        return new("cost", "A part of what a year costs.", [new("part", Shown.Text, "What it is for."), new("a_year", Shown.Money, $"{d.Currency} a year."), new("share", Shown.Share, "Of all cost of a year.")],
            [.. Parts(y).Select(p => (IReadOnlyList<Cell>)[p.Name, p.AYear, y.Total > 0 ? p.AYear / y.Total : 0]), ["total", y.Total, 1.0]]);
    }

    /// <summary>The parts of a year's cost in the order in which papers tell them.</summary>
    public static IReadOnlyList<(string Name, double AYear)> Parts(YearCost y) =>
        [("added by stages", y.Added), ("freight", y.Freight), ("duty", y.Duty), ("holding what is made and moved", y.Pipeline), ("holding safety stock", y.Safety), ("spent once, written off", y.OneOff)];

    private static PaperTable Countries(SolvedDesign d)
    {
        Measured m = d.Design.Measured;
        string[] all = [.. m.Countries.Select(static c => c.Of).Union((m.Exposed?.Countries ?? []).Select(static c => c.Of))];
        return new("countries", "A country in which value is added, or whose parties know of the product.",
            [new("country", Shown.Text, "ISO 3166-1 alpha-2; '?': unknown."), new("home", Shown.Text, "Whether it is home."), new("value_share", Shown.Share, "Of all value added."), new("could_reconstruct", Shown.Share, "Of what there is to know, by all its parties together; empty: home, or not weighed.")],
            [.. all.Select(c => (IReadOnlyList<Cell>)[c, d.Study.Sourcing.Home?.Contains(c) == true ? "yes" : "no", Of(m.Countries, c) ?? 0, Of(m.Exposed?.Countries, c)])]);
    }

    private static PaperTable Parties(SolvedDesign d)
    {
        Measured m = d.Design.Measured;
        string[] all = [.. m.Parties.Where(static p => p.Value > 0).Select(static p => p.Of).Union((m.Exposed?.Parties ?? []).Select(static p => p.Of))];
        return new("parties", "A party other than the brand that adds value, or knows of the product already.",
            [new("party", Shown.Text, "Its key."), new("name", Shown.Text, "Its name."), new("stages", Shown.Text, "Stages that it does."), new("value_share", Shown.Share, "Of all value added."), new("could_reconstruct", Shown.Share, "Of what there is to know; empty: not weighed.")],
            [.. all.Select(p => (IReadOnlyList<Cell>)[p, d.NameOf(p), string.Join(", ", d.Design.Stages.Where(s => s.Keeps is null && s.Sources.Any(x => x.Source.Party == p)).Select(static s => s.Stage)), Of(m.Parties, p) ?? 0, Of(m.Exposed?.Parties, p)])]);
    }

    private static PaperTable Limits(SolvedDesign d) => new("limits", "A limit within which it was chosen.",
    [
        new("limit", Shown.Text, "As studies write it."), new("bounds", Shown.Text, "Whether at least or at most."), new("asked", Shown.Unit, "Its value."), new("reached", Shown.Unit, "What the design has."), new("met", Shown.Text, "Whether it meets it."),
        new("step", Shown.Unit, "By how much it was eased and tightened to price it; empty: not priced."), new("eased_saves", Shown.Money, "What a year would cost less, eased."), new("tightened_costs", Shown.Text, "What a year would cost more, tightened."),
    ],
    [
        .. d.Limits.Select(l =>
        {
            double? reached = Reached(d, l);
            LimitPrice? price = d.Prices.FirstOrDefault(p => p.Limit == l);
            return (IReadOnlyList<Cell>)[LimitWords.Of(l), l.IsLeast ? "at least" : "at most", l.Value, reached, reached is not { } r ? "unknown" : l.Meets(r) ? "yes" : "no",
                price?.Step, price?.Saved, price is null ? "" : price.More is { } more ? Money(more) : "nothing meets it"];
        }),
    ]);

    /// <summary>What the design has of what a limit bounds; null: unknown.</summary>
    public static double? Reached(SolvedDesign d, Limit l) => d.Design.Measured.Of(l.Measure, l.Subject, d.Study.Sourcing.Home);

    private static double? Of(IReadOnlyList<Measured.Share>? shares, string of) => shares?.FirstOrDefault(s => s.Of == of)?.Value;
    private static Cell Money(double amount) => new(null, amount, Shown.Money);
    private static Cell Share(double share) => new(null, share, Shown.Share);
}
