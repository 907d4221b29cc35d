using Homestretch.World;
using NodaTime;

namespace Homestretch.Landing;

/// <summary>Territories, exchange rates, duties, fees and premiums, each with its dates.</summary>
public sealed class LandingTables
{
    private readonly CustomsTerritory[] _territories;
    private readonly ILookup<(string, string), ExchangeRate> _rates;
    private readonly ILookup<string, Measure> _measures;
    private readonly ILookup<string, CustomsFee> _fees;
    private readonly InsuranceRate[] _insurance;

    public LandingTables(IEnumerable<CustomsTerritory> territories, IEnumerable<ExchangeRate> rates, IEnumerable<DutyMeasure> measures, IEnumerable<CustomsFee> fees, IEnumerable<InsuranceRate> insurance)
    {
        _territories = [.. territories];
        _rates = rates.OrderByDescending(static r => r.Date).ToLookup(static r => (r.Currency, r.Into));
        _measures = measures.OrderBy(static m => m.Key).Select(static m => new Measure(m)).ToLookup(static m => m.Row.Territory.Value);
        _fees = fees.OrderBy(static f => f.Key).ToLookup(static f => f.Territory.Value);
        _insurance = [.. insurance];
    }

    /// <summary>The tables of a world.</summary>
    public static LandingTables Of(Snapshot world) => new(world.CustomsTerritories, world.ExchangeRates, world.DutyMeasures, world.CustomsFees, world.InsuranceRates);

    /// <summary>Territories that a country belongs to on a day: one, when the table is right.</summary>
    public IReadOnlyList<CustomsTerritory> TerritoriesOf(string country, LocalDate day) => [.. _territories.Where(t => InForce(t.From, t.To, day) && Listed.Of(t.Countries).Contains(country))];

    /// <summary>Whether a day lies in an interval: its end is the first day outside.</summary>
    internal static bool InForce(LocalDate? from, LocalDate? to, LocalDate day) => !(day < from) && !(day >= to);

    /// <summary>Measures of a territory that hold for goods on their day of entry, whatever is claimed.</summary>
    internal IEnumerable<Measure> Measures(string territory, string hs, string origin, LocalDate entered) => _measures[territory].Where(m => m.Holds(hs, origin, entered));

    /// <summary>Measures of a territory against dumped or subsidised goods of a tariff code, whatever their origin.</summary>
    internal IEnumerable<Measure> Against(string territory, string hs, LocalDate day) =>
        _measures[territory].Where(m => m.Row.Kind is DutyKind.AntiDumping or DutyKind.Countervailing && InForce(m.Row.From, m.Row.To, day) && hs.StartsWith(m.Prefix, StringComparison.Ordinal));

    internal IEnumerable<CustomsFee> Fees(string territory, LocalDate entered) => _fees[territory].Where(f => InForce(f.From, f.To, entered));

    internal IReadOnlyList<InsuranceRate> Insurance(Mode mode, LocalDate day) => [.. _insurance.Where(i => i.Mode == mode && InForce(i.From, i.To, day))];

    /// <summary>The latest rate of the pair, told either way, at or before a day; of two of one day the one told this way.</summary>
    internal Exchange? Exchange(string currency, string into, LocalDate day)
    {
        if (currency == into) return new(1, "", day, false);
        ExchangeRate? told = _rates[(currency, into)].FirstOrDefault(r => r.Date <= day), back = _rates[(into, currency)].FirstOrDefault(r => r.Date <= day);
        return told is not null && !(back?.Date > told.Date) ? new(told.Rate, told.Id, told.Date, told.Sample) : back is null ? null : new(back.Rate, back.Id, back.Date, back.Sample, true);
    }
}

/// <summary>An exchange rate in force.</summary>
/// <param name="Told">Rate as its row has it.</param>
/// <param name="Row">Key of the row; empty where nothing is exchanged.</param>
/// <param name="Back">Whether the row tells the pair the other way round.</param>
internal sealed record Exchange(decimal Told, string Row, LocalDate Date, bool Sample, bool Back = false)
{
    public decimal Of(decimal amount) => Back ? amount / Told : amount * Told;
}

/// <summary>A duty measure with its lists taken apart.</summary>
internal sealed class Measure(DutyMeasure row)
{
    private readonly string[] _origins = Listed.Of(row.Origins), _except = Listed.Of(row.ExceptOrigins);

    public DutyMeasure Row { get; } = row;
    public string Key { get; } = row.Key.Value;
    public string Prefix { get; } = row.Hs == Listed.All ? "" : Listed.Digits(row.Hs) ?? row.Hs;
    public string[] Excludes { get; } = Listed.Of(row.Excludes);
    public string[] YieldsTo { get; } = Listed.Of(row.YieldsTo);
    public bool AnyOrigin => Row.Origins == Listed.All;

    public bool Holds(string hs, string origin, LocalDate entered) => LandingTables.InForce(Row.From, Row.To, entered) && hs.StartsWith(Prefix, StringComparison.Ordinal)
        && (AnyOrigin || _origins.Contains(origin)) && !_except.Contains(origin);
}
