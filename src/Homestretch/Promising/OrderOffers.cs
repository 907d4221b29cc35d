using Homestretch.Products;
using Homestretch.Products.Ordering;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Promising;

/// <summary>A whole order: what it costs, how much of it is made at home, when it can be had.</summary>
/// <param name="Options">The whole order, what nobody chose as proposed.</param>
/// <param name="Price">List price of one unit, the sum of its options; null: one of them is unknown, or they are in several currencies.</param>
/// <param name="Unpriced">Options without a price.</param>
public sealed record WholeOffer(Choices Options, Money? Price, IReadOnlyList<ProductOption> Unpriced, DomesticContent Content, Forecast Forecast);

/// <summary>What an order would be with one more option, all else as chosen or proposed.</summary>
public sealed record OptionOutlook(ProductOption Option, WholeOffer Offer);

/// <summary>Prices and dates what can still be chosen, by quoting each order on the plan as it stands. Moves nothing.</summary>
public static class OrderOffers
{
    /// <summary>The order as proposed, and each option that can still be chosen; options that change no part share their quote.</summary>
    /// <param name="order">Whose options are replaced.</param>
    public static (WholeOffer? Proposed, IReadOnlyList<OptionOutlook> Options) Of(Plan plan, OrderModel model, OrderConfiguration configuration, OrderLine order, CancellationToken cancel)
    {
        if (configuration.Proposed is not { } proposed) return (null, []);
        var variants = new Variants(plan.World);
        var quoted = new Dictionary<string, Forecast>(StringComparer.Ordinal);
        var offers = new Dictionary<Choices, WholeOffer>();
        var outlooks = new List<OptionOutlook>();
        WholeOffer whole = Offer(proposed);
        foreach (ConfiguredFeature feature in configuration.Features)
            foreach (ConfiguredOption option in feature.Options)
            {
                if (option.State == OptionState.Impossible || OrderChoosing.Complete(model, [.. configuration.Chosen.Where(c => c.Feature != feature.Name), option.Option]) is not { } with) continue;
                cancel.ThrowIfCancellationRequested();
                outlooks.Add(new(option.Option, Offer(with)));
            }
        return (whole, outlooks);

        WholeOffer Offer(Choices options)
        {
            if (offers.TryGetValue(options, out WholeOffer? known)) return known;
            OrderLine line = order with { Options = options };
            Kit kit = variants.Of(line);
            string parts = kit.Legal ? string.Join('|', kit.Parts.Select(static p => $"{p.Item.Key} {p.PerUnit}")) : options.ToString();
            if (!quoted.TryGetValue(parts, out Forecast? forecast)) quoted[parts] = forecast = plan.Quote(line).Forecast;
            ProductOption[] taken = [.. model.Features.Select(f => model.Find(f.Name, options[f.Name])).OfType<ProductOption>()];
            Money? price = taken.All(static o => o.Price is not null) && taken.Select(static o => o.Price!.Value.Currency).Distinct().Count() == 1 ? taken.Select(static o => o.Price!.Value).Aggregate(static (a, b) => a + b) : null;
            DomesticContent content = plan.World.Sites.Find(order.Hub) is { } hub ? DomesticContent.Of(plan.World, kit, hub, order.Requested.InUtc().Date) : new("", null, [.. kit.Parts.Select(static p => p.Item)], []);
            return offers[options] = new(options, price, [.. taken.Where(static o => o.Price is null)], content, forecast);
        }
    }
}
