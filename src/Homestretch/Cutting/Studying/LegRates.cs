using Homestretch.Arrivals;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Studying;

/// <summary>What a way to buy costs beside its price, in one currency: so much a unit, and a share of the value. Holding on the way is left out, since a study counts it itself.</summary>
internal sealed class LegRates(Snapshot world, LandingTables tables, LocalDate on, string currency, List<Finding> findings)
{
    /// <summary>Points of a step's law that its mean is taken of.</summary>
    private const int Points = 1000;

    private static readonly LandingPolicy s_policy = new() { HoldingRate = 0 };

    /// <summary>An item's price in the study's currency; null with a finding.</summary>
    public decimal? Price(Item item)
    {
        if (item.Cost is { } cost) return Exchanged(cost.Major, cost.Currency) is { } price ? decimal.Round(price, 2) : null;
        if (_priceless.Add(item.Key)) findings.Add(new(new($"items {item.Id}", 0, "cost"), "unknown-price", $"The price of {item.Id} is unknown.", "Fill it in, or the cost of its source."));
        return null;
    }

    private readonly HashSet<Key<Item>> _priceless = [];
    private readonly HashSet<string> _unchanged = [];

    /// <summary>An amount in the study's currency; null with a finding, once a currency.</summary>
    public decimal? Exchanged(decimal amount, string from)
    {
        Exchange? rate = tables.Exchange(from, currency, on);
        if (rate is { Row.Length: > 0 } && Period.DaysBetween(rate.Date, on) > s_policy.MostRateDays) rate = null;
        if (rate is null && _unchanged.Add(from)) findings.Add(new(new("exchange_rates"), "no-exchange-rate", $"{from} into {currency} has no rate of the last {s_policy.MostRateDays} days on {on:uuuu'-'MM'-'dd}.", "Add it to exchange_rates."));
        return rate?.Of(amount);
    }

    /// <summary>Freight, insurance, duties and fees of one unit by a way to buy: fixed and share of its value; and mean days of the lane's steps. Unknown is null, with findings.</summary>
    /// <remarks>By <see cref="LandingRate"/> in consignments of the mean quantity that was bought by this way, or else of the smallest purchase; fees that keep to a least or most amount an entry stand as they are at the item's price.</remarks>
    public (decimal? PerUnit, decimal? Rate, decimal Days, string Source) Of(ItemSupplier way)
    {
        PurchaseOrderLine[] bought = [.. _bought[(way.Item, way.Supplier, way.Lane)]];
        decimal step = world.Items[way.Item].Step, quantity = bought.Length > 0 ? Math.Max(step, Math.Round(bought.Average(static p => p.Quantity.Value) / step) * step) : Math.Max(way.Minimum, way.Multiple);
        Consignment consignment = Sources.Planned(world, tables, way, quantity, on);
        var (rate, wrong) = LandingRate.Of(tables, consignment, s_policy);
        findings.AddRange(wrong.Select(f => f with { Place = f.Place with { Source = $"item_suppliers {way.Id}" } }));
        decimal days = decimal.Round((decimal)world.LaneSteps.StartingWith($"{way.Lane}|").Sum(Mean), 1);
        string source = $"{way.Lane}, {quantity:0.###} {world.Items[way.Item].Unit} an entry, entered {on:uuuu'-'MM'-'dd}";
        if (rate is null || consignment.Lines[0].Price is not { Amount: > 0 } price || Exchanged(1, rate.Currency) is not { } landed || Exchanged(1, rate.PriceCurrency) is not { } paid) return (null, null, days, source);
        decimal each = landed * (rate.Fixed + rate.Bounded.Sum(b => b.At(price.Amount))), share = landed * rate.Factor / paid - 1;
        return (decimal.Round(each, 2), decimal.Round(Math.Max(0, share), 6), days, source);
    }

    private readonly ILookup<(Key<Item>, Key<Party>, Key<Lane>), PurchaseOrderLine> _bought = world.PurchaseOrderLines.Where(static p => p.Status is not (OrderStatus.Proposed or OrderStatus.Cancelled)).ToLookup(static p => (p.Item, p.Supplier, p.Lane));

    /// <summary>Mean days of a step: half the days between departures where it waits for one, else that of its law.</summary>
    internal static double Mean(LaneStep step)
    {
        if (step is { Kind: StepKind.Wait, EveryDays: { } every }) return (double)every / 2;
        StageTime law = StageTime.OfLane((double)step.P50Days, (double)step.P90Days, (double?)step.OnTime);
        double sum = 0;
        for (int k = 0; k < Points; k++) sum += law.Quantile((k + 0.5) / Points);
        return sum / Points;
    }
}
