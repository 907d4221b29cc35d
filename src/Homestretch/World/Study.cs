namespace Homestretch.World;

/// <summary>A study of where to cut a product: who could make what, by which ways, and what the choice must meet. It plans nothing.</summary>
/// <param name="Family">Family that it is of; null: none in particular.</param>
/// <param name="Home">ISO 3166-1 alpha-2 countries that are home, parted by ','.</param>
/// <param name="Obsolescence">Share of the value of stock that only one demand can take that is lost in a year; null: unknown.</param>
/// <param name="Known">Whether what parties outside know of its items already counts as told; false: a next generation that nobody has seen.</param>
public sealed record Study(Key<Study> Key, Key<Party> Party, string Name, Key<Item>? Family, string Home, string Currency, decimal HoldingRate, decimal WriteOffYears, decimal? Obsolescence, string Note, bool Known = true) : IRecord<Study>
{
    public static string TableName => "studies";
    public static string TableDoc => "A study of where to cut a product: stages, who could do each, by which ways, and the limits that a choice must meet. It plans nothing.";
    public string Id => Key.Value;

    /// <summary>The countries of <see cref="Home"/>.</summary>
    public IReadOnlyList<string> HomeCountries => Home.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static Study Shape(Fields f, Study? x) => new(
        f.Own("study", x?.Key, "Short code of the study, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.OptionalRef("family", x?.Family, "Product family that it is of; empty: none in particular."),
        f.Text("home", x?.Home, "ISO 3166-1 alpha-2 countries that are home, parted by ',', such as US,GB.", ""),
        f.Text("currency", x?.Currency, "ISO 4217 currency of all its amounts."),
        f.Number("holding_rate", x?.HoldingRate, "Cost of holding a unit of value for a year; empty: 0.2.", 0.2m),
        f.Number("write_off_years", x?.WriteOffYears, "Years over which what is spent once is written off; empty: 5.", 5),
        f.OptionalNumber("obsolescence", x?.Obsolescence, "Share of the value of stock that only one demand can take that is lost in a year, 0 to 1; empty: unknown."),
        f.Text("note", x?.Note, "Where its figures come from.", ""),
        f.Choice<YesNo>("known", x is null ? null : x.Known ? YesNo.Yes : YesNo.No, "Whether what parties outside know of its items already counts as told; no: a next generation that nobody has seen.", YesNo.Yes) == YesNo.Yes);
}

/// <summary>A stage of a study: where something is made, moved or sold, and where it may wait as stock.</summary>
/// <param name="Item">Item that comes out of it, by which know-how is looked up; several stages may name one.</param>
/// <param name="Cost">What it adds to one unit where no source says so; null: unknown.</param>
/// <param name="Days">Mean days from its parts to its unit where no source says so; null: unknown.</param>
public sealed record StudyStage(Key<Study> Study, string Stage, Key<Party> Party, Key<Item>? Item, decimal? Cost, decimal? Days, decimal DaysSpread, decimal? Demand, decimal? DemandSpread, decimal? ServiceLevel, decimal? MostDays,
    int MostSources, decimal LeastShare) : IRecord<StudyStage>
{
    public static string TableName => "study_stages";
    public static string TableDoc => "A stage of a study: where something is made, moved or sold, and where it may wait as stock.";
    public string Id => $"{Study}|{Stage}";

    public static StudyStage Shape(Fields f, StudyStage? x) => new(
        f.Ref("study", x?.Study, "Study."),
        f.Part("stage", x?.Stage, "Name of the stage, once a study."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalRef("item", x?.Item, "Item that comes out of it, by which know-how is looked up; empty: nothing to copy."),
        f.OptionalNumber("cost", x?.Cost, "What it adds to one unit; needed only where it has no source."),
        f.OptionalNumber("days", x?.Days, "Mean days from its parts to its unit; needed only where it has no source."),
        f.Number("days_spread", x?.DaysSpread, "Standard deviation of these days; empty: certain.", 0),
        f.OptionalNumber("demand", x?.Demand, "Mean demand of customers a day; empty: none buys here."),
        f.OptionalNumber("demand_spread", x?.DemandSpread, "Standard deviation of a day's demand."),
        f.OptionalNumber("service_level", x?.ServiceLevel, "Share of times in which stock covers demand, 0.5 or more and below 1; empty: 0.95 where no stage states one."),
        f.OptionalNumber("most_days", x?.MostDays, "Longest service time that it may quote; empty: free, and 0 to customers."),
        f.Whole("most_sources", x?.MostSources, "Sources it may have at once, 1 or 2.", 1),
        f.Number("least_share", x?.LeastShare, "Of two sources each has at least this share.", 0.2m));
}

/// <summary>A unit of one stage of a study goes into a unit of another.</summary>
/// <param name="Quantity">Units of the first in one unit of the second.</param>
/// <param name="Kept">Whether stock of the first may wait where the second is done.</param>
public sealed record StudyLink(Key<Study> Study, string From, string To, Key<Party> Party, decimal Quantity, bool Kept = false) : IRecord<StudyLink>
{
    public static string TableName => "study_links";
    public static string TableDoc => "What goes into what in a study, and how much of it.";
    public string Id => $"{Study}|{From}|{To}";

    public static StudyLink Shape(Fields f, StudyLink? x) => new(
        f.Ref("study", x?.Study, "Study."),
        f.Part("from", x?.From, "Stage that is used."),
        f.Part("to", x?.To, "Stage that it goes into."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("quantity", x?.Quantity, "Units of the first in one unit of the second.", 1),
        f.Choice<YesNo>("kept", x is null ? null : x.Kept ? YesNo.Yes : YesNo.No, "Whether stock of the first may wait where the second is done, as parts at the bench do.", YesNo.No) == YesNo.Yes);
}

/// <summary>A way to do a stage of a study: who, where, at what cost, in what time. It may be a party that sells nothing yet.</summary>
/// <param name="Supplier">Who does it; null: the brand itself.</param>
/// <param name="Site">Where, if it is a site; it tells place and country where those are empty.</param>
/// <param name="Place">Name of the place; legs join places. Empty: the site, or none.</param>
/// <param name="Cost">Null: unknown.</param>
/// <param name="Days">Null: unknown.</param>
public sealed record StudySource(Key<Study> Study, string Stage, string Source, Key<Party> Party, Key<Party>? Supplier, Key<Site>? Site, string Place, string Country, decimal? Cost, decimal? Days, decimal DaysSpread, decimal? MostPerDay, decimal LeastPerDay,
    decimal OneOff, decimal? Hours, decimal? Co2) : IRecord<StudySource>
{
    public static string TableName => "study_sources";
    public static string TableDoc => "A way to do a stage of a study: who, where, at what cost and in what time. It may be a party that sells nothing yet.";
    public string Id => $"{Study}|{Stage}|{Source}";

    public static StudySource Shape(Fields f, StudySource? x) => new(
        f.Ref("study", x?.Study, "Study."),
        f.Part("stage", x?.Stage, "Stage that it can do."),
        f.Part("source", x?.Source, "Name of the source, once a stage."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalRef("supplier", x?.Supplier, "Party that would do it; empty: the brand itself."),
        f.OptionalRef("site", x?.Site, "Site where it would be done; empty when it is none of ours or unknown."),
        f.Text("place", x?.Place, "Name of the place, which legs join; empty: the site's key, or no place.", ""),
        f.Text("country", x?.Country, "ISO 3166-1 alpha-2 country; empty: the site's, or unknown.", ""),
        f.OptionalNumber("cost", x?.Cost, "What it adds to one unit; empty: unknown, and the study cannot be solved."),
        f.OptionalNumber("days", x?.Days, "Mean days from its parts to its unit; empty: unknown, and the study cannot be solved."),
        f.Number("days_spread", x?.DaysSpread, "Standard deviation of these days; empty: certain.", 0),
        f.OptionalNumber("most_per_day", x?.MostPerDay, "Units a day that it can do at most; empty: any number."),
        f.Number("least_per_day", x?.LeastPerDay, "Units a day that it asks for at least.", 0),
        f.Number("one_off", x?.OneOff, "Spent once to begin with it: tools, qualification.", 0),
        f.OptionalNumber("hours", x?.Hours, "Hours of work in one unit; empty: unknown."),
        f.OptionalNumber("co2", x?.Co2, "Kilograms of CO2 that one unit causes; empty: unknown."));
}

/// <summary>A way from one place of a study to another.</summary>
/// <param name="FromStage">What moves; empty: whatever does.</param>
/// <param name="ToStage">What it goes into; empty: whatever it is.</param>
/// <param name="Source">Where its figures come from.</param>
public sealed record StudyLeg(Key<Study> Study, string From, string To, string FromStage, string ToStage, Key<Party> Party, decimal? PerUnit, decimal? Rate, decimal? Days, decimal? Co2, string Source) : IRecord<StudyLeg>
{
    public static string TableName => "study_legs";
    public static string TableDoc => "A way from one place of a study to another: freight, duty, days. Of several the one that says most of the stages holds; places that none joins do not go together.";
    public string Id => $"{Study}|{From}|{To}|{FromStage}|{ToStage}";

    public static StudyLeg Shape(Fields f, StudyLeg? x) => new(
        f.Ref("study", x?.Study, "Study."),
        f.Part("from", x?.From, "Place it leads from."),
        f.Part("to", x?.To, "Place it leads to."),
        f.Part("from_stage", x?.FromStage, "Stage whose units move; empty: any.", ""),
        f.Part("to_stage", x?.ToStage, "Stage that they go into; empty: any.", ""),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalNumber("per_unit", x?.PerUnit, "Freight and fees for one unit; empty: unknown, and the study cannot be solved."),
        f.OptionalNumber("rate", x?.Rate, "Duty and what else goes by value, as a share of it; empty: unknown, and the study cannot be solved."),
        f.OptionalNumber("days", x?.Days, "Days on the way; empty: unknown, and the study cannot be solved."),
        f.OptionalNumber("co2", x?.Co2, "Kilograms of CO2 for one unit; empty: unknown."),
        f.Text("source", x?.Source, "Where the figures come from.", ""));
}

/// <summary>A limit that every choice of a study must meet.</summary>
/// <param name="Limit">Measure, perhaps a colon and a country or party, '=' and a number.</param>
public sealed record StudyLimit(Key<Study> Study, string Limit, Key<Party> Party, string Why) : IRecord<StudyLimit>
{
    public static string TableName => "study_limits";
    public static string TableDoc => "A limit that every choice of a study must meet.";
    public string Id => $"{Study}|{Limit}";

    public static StudyLimit Shape(Fields f, StudyLimit? x) => new(
        f.Ref("study", x?.Study, "Study."),
        f.Part("limit", x?.Limit, "Measure, a colon and a country or party where it is of one, '=' and a number, such as country-share:CN=0.6."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("why", x?.Why, "Why it is asked for.", ""));
}
