using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Landing;

/// <summary>Tables and consignments that tests change one thing of.</summary>
internal sealed record Tables
{
    public static readonly LocalDate Day = new(2026, 3, 2);
    private static readonly Key<Party> s_own = "MC";
    private static readonly LocalDate s_since = new(2018, 1, 1);

    public IReadOnlyList<CustomsTerritory> Territories { get; init; } =
    [
        new("US", s_own, "United States", "US", "USD", ValuationBasis.Fob, null, null, "law", true), new("EU", s_own, "European Union", "DE;NL", "EUR", ValuationBasis.Cif, null, null, "law", true),
        new("UK", s_own, "United Kingdom", "GB", "GBP", ValuationBasis.Cif, null, null, "law", true), new("JP", s_own, "Japan", "JP", "JPY", ValuationBasis.Cif, null, null, "law", true),
    ];

    public IReadOnlyList<ExchangeRate> Rates { get; init; } = [new("USD", "EUR", Day, s_own, 0.9m, "bank", true), new("USD", "GBP", Day, s_own, 0.8m, "bank", true), new("USD", "JPY", Day, s_own, 150.5m, "bank", true)];
    public IReadOnlyList<DutyMeasure> Measures { get; init; } = [];
    public IReadOnlyList<CustomsFee> Fees { get; init; } = [];
    public IReadOnlyList<InsuranceRate> Insurance { get; init; } = [new(Mode.Sea, s_since, s_own, null, 0, 110, "uninsured", true), new(Mode.Air, s_since, s_own, null, 0, 110, "uninsured", true)];

    public LandingTables Made => new(Territories, Rates, Measures, Fees, Insurance);

    public static DutyMeasure Duty(string key, string territory, string hs, decimal? percent, DutyKind kind = DutyKind.General, string origins = "*") =>
        new(key, s_own, kind, territory, hs, origins, "", s_since, null, null, null, percent, null, DutyPer.Unit, "", "", "", "", $"source of {key}", true);

    public static CustomsFee Fee(string key, string territory, decimal percent, decimal? least = null, decimal? most = null, Mode mode = Mode.None, string exempt = "") =>
        new(key, s_own, territory, key, s_since, null, percent, least, most, mode, exempt, $"source of {key}", true);

    public static ConsignmentLine Line(string key, string hs, string origin, decimal quantity, decimal price, string currency, decimal freight, decimal kilograms = 1) =>
        new(key, hs, origin, quantity, "EA", kilograms, new(price, currency, $"items {key}"), new(freight, currency, $"freight_rates {key}"), DeliveryTerm.Fca, []);

    public static Consignment To(string country, decimal days, params ConsignmentLine[] lines) => new("C-1", "CN", country, Mode.Sea, Day.PlusDays(-30), Day, days, null, lines);

    /// <summary>The landed cost, which must be told.</summary>
    public Landed Landed(Consignment consignment)
    {
        var (landed, findings) = LandedCost.Of(Made, consignment, new LandingPolicy());
        return landed ?? throw new InvalidOperationException(string.Join("\n", findings));
    }

    /// <summary>Rules of what stands against it.</summary>
    public IReadOnlyList<string> Refused(Consignment consignment)
    {
        var (landed, findings) = LandedCost.Of(Made, consignment, new LandingPolicy());
        if (landed is not null) throw new InvalidOperationException("It was told.");
        return [.. findings.Select(static f => f.Rule)];
    }
}
