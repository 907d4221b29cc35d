using Homestretch.Products.Ordering;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>An order while it is chosen, as a person is shown it.</summary>
internal static class OrderingViews
{
    private static readonly LocalTime s_evening = new(17, 0);

    public static ConfigureView Of((Snapshot World, LocalDate Today) now, ConfigureQuery query, Func<OrderModel, OrderConfiguration, OrderLine, ((WholeOffer? Proposed, IReadOnlyList<OptionOutlook> Options) Offers, bool Money)> quote, CancellationToken cancel)
    {
        Snapshot world = now.World;
        Named[] families = [.. world.ProductOptions.Select(static o => o.Family).Distinct().Select(f => new Named(f.Value, world.Items.Find(f)?.Name ?? f.Value))];
        Named[] markets = [.. world.Markets.Select(static m => new Named(m.Id, m.Name)).OrderBy(static m => m.Name, StringComparer.Ordinal)], hubs = [.. world.Sites.Where(static s => s.Kind == SiteKind.Hub).Select(static s => new Named(s.Id, s.Name))];
        string family = query.Family ?? families.FirstOrDefault()?.Key ?? "", market = query.Market ?? Usual(world.OrderLines.Where(o => o.Family == family), static o => o.Market.Value) ?? markets.FirstOrDefault()?.Key ?? "";
        string hub = query.Hub ?? world.Within(market).Select(m => Usual(world.OrderLines.Where(o => o.Market == m), static o => o.Hub.Value)).FirstOrDefault(static h => h is not null) ?? hubs.FirstOrDefault()?.Key ?? "";
        LocalDate day = query.Requested ?? now.Today.PlusDays(60);
        var view = new ConfigureView(family, market, world.Markets.Find(market)?.Name ?? market, hub, day, families, markets, hubs, [], [], [], [], null, false, null, [], null, false, [], []);
        var (model, findings) = OrderModel.Of(world, family, market, day, cancel);
        if (world.Sites.Find(hub) is not { } site) findings = [.. findings, new(new("hub"), "unknown-key", $"There is no hub '{hub}'.", $"Name one of: {string.Join(", ", hubs.Select(static h => h.Key))}.")];
        else if (model is not null)
        {
            List<ProductOption> choices = [];
            findings = [.. query.Choices.Select(text => Choice(model, text, choices)).OfType<Finding>()];
            if (findings.Count == 0) return Chosen(view, world, model, model.Choose(choices, cancel), DateTimeZoneProviders.Tzdb[site.TimeZone], quote);
        }
        return view with { Findings = findings };
    }

    /// <summary>Prices and dates on the live plan.</summary>
    public static (WholeOffer? Proposed, IReadOnlyList<OptionOutlook> Options) Offers(Sight sight, OrderModel model, OrderConfiguration state, OrderLine order, CancellationToken cancel) =>
        OrderOffers.Of(sight.Plan, model, state, order with { Ordered = sight.Now }, cancel);

    private static ConfigureView Chosen(ConfigureView view, Snapshot world, OrderModel model, OrderConfiguration state, DateTimeZone zone, Func<OrderModel, OrderConfiguration, OrderLine, ((WholeOffer? Proposed, IReadOnlyList<OptionOutlook> Options) Offers, bool Money)> quote)
    {
        Instant wanted = view.Requested.At(s_evening).InZoneLeniently(zone).ToInstant();
        var order = new OrderLine("QUOTE", world.Items.Find(model.Family)?.Party ?? "", world.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Customer)?.Key ?? "", model.Family, 1, model.Market, state.Proposed ?? Choices.None, view.Hub, wanted, wanted, 3, null, ShipComplete.Whole, OrderStatus.Approved);
        var (offers, money) = quote(model, state, order);
        Dictionary<ProductOption, WholeOffer> by = offers.Options.ToDictionary(static o => o.Option, static o => o.Offer);
        OrderPapers papers = world.Papers(order, wanted);
        return view with
        {
            Chosen = [.. state.Chosen.Select(Text)],
            Features = [.. state.Features.Select(f => new ConfigureFeature(f.Name, f.Taken is { } t ? Named(t) : "", [.. f.Options.Select(o =>
                new ConfigureOption(o.Option.Option, Named(o.Option), o.State, state.Proposed?[f.Name] == o.Option.Option, Of(o.Why, state), Of(by.GetValueOrDefault(o.Option), money)))]))],
            Refused = [.. state.Refused.Select(r => Of(r, state)!)],
            Void = state.Void,
            Proposed = state.Proposed,
            Complete = state.Complete,
            Offer = Of(offers.Proposed, money),
            Asks = [.. model.Rules.Where(static r => r.Kind is not (MarketRuleKind.Choice or MarketRuleKind.Document)).Where(r => r.When.Holds(world.Within(model.Market.Value), order.Options))
                .Select(r => new ConfigureAsk(r.Kind, r.Market is { } m ? world.Markets.Find(m)?.Name ?? m.Value : "", r.Value, r.Text, r.Source, r.Sample))],
            Firmware = world.Firmware(model.Market, model.Family, model.Day) is { } image ? new(image.Version, image.Sha256, image.Source) : null,
            PapersKnown = papers.Known,
            Papers = [.. papers.Needs.Select(static n => new ConfigurePaper(n.Requirement, n.Title, n.State, n.Held?.Id ?? "", n.Source))],
        };
    }

    private static Finding? Choice(OrderModel model, string text, List<ProductOption> found)
    {
        string[] sides = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (sides.Length == 2 && model.Find(sides[0], sides[1]) is { } option)
        {
            found.Add(option);
            return null;
        }
        return new(new("request") { Column = "choose" }, "unknown-option", $"'{text}' is no choice of {model.Family}.", $"Write feature=option, such as {model.Features[0].Name}={model.Features[0].Options[0].Option}.");
    }

    private static ConfigureRefusal? Of(OrderRefusal? refusal, OrderConfiguration state)
    {
        if (refusal is null) return null;
        string name = OrderRefusal.NameOf(refusal.Wanted);
        string[]? change = refusal.Change is null ? null
            : [.. state.Chosen.Where(c => c.Feature != refusal.Wanted.Feature && !refusal.Change.Any(x => x.From == c)).Select(Text), .. refusal.Change.Select(static x => Text(x.To)), Text(refusal.Wanted)];
        return new(refusal.Wanted.Feature, refusal.Wanted.Option, char.ToUpperInvariant(name[0]) + name[1..], [.. refusal.Reasons.Select(OrderRefusal.Said)], refusal.Cure(), change);
    }

    private static ConfigureOffer? Of(WholeOffer? offer, bool money) => offer is null ? null : new(Sight.Dates(offer.Forecast),
        offer.Forecast is Forecast.Unknown u ? u.Reasons.Count > 0 ? u.Reasons[0].What : "No date can be given." : "", money ? offer.Price : null,
        offer.Content.Share?.Value, offer.Content.Country, offer.Content.OriginUnknown.Count, offer.Content.CostUnknown.Count);

    private static string? Usual(IEnumerable<OrderLine> orders, Func<OrderLine, string> what) => orders.CountBy(what).OrderByDescending(static c => c.Value).ThenBy(static c => c.Key, StringComparer.Ordinal).Select(static c => c.Key).FirstOrDefault();

    /// <summary>'flat' for 'bar flat' under the heading of its feature.</summary>
    private static string Named(ProductOption o) => o.Name.Length == 0 ? o.Option : o.Name.StartsWith($"{o.Feature} ", StringComparison.OrdinalIgnoreCase) ? o.Name[(o.Feature.Length + 1)..] : o.Name;

    private static string Text(ProductOption o) => $"{o.Feature}={o.Option}";
}
