using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Products.Ordering;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Cli.Products;

/// <summary>What can be ordered after some choices.</summary>
/// <param name="Whole">The order as proposed, priced and dated; null without a hub.</param>
internal sealed record OrderAnswer(Snapshot World, OrderModel Model, OrderConfiguration State, OrderLine Order, WholeOffer? Whole, IReadOnlyDictionary<ProductOption, WholeOffer> Offers, OrderPapers Papers)
{
    public FirmwareImage? Firmware => World.Firmware(Model.Market, Model.Family, Model.Day);
}

/// <summary>An order that is chosen, as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class OrderText
{
    public static void Print(TextWriter o, OrderAnswer a)
    {
        foreach (OrderRefusal refusal in a.State.Refused)
            foreach (string line in refusal.Words()) o.WriteLine(line);
        if (a.State.Void.Count > 0)
        {
            o.WriteLine($"No {a.Model.Family} is legal for {a.Model.MarketName} on {a.Model.Day:uuuu-MM-dd}, because:");
            foreach (ToldRule rule in a.State.Void) o.WriteLine($"- {rule}");
            return;
        }
        foreach (ConfiguredFeature feature in a.State.Features)
        {
            o.WriteLine(feature.Name);
            foreach (ConfiguredOption option in feature.Options)
            {
                o.WriteLine($"  {option.Option.Option,-12} {Words.Of(option.State),-10} {(a.Offers.GetValueOrDefault(option.Option) is { } offer ? Line(offer) : "")}".TrimEnd());
                if (option.Why is { } why && !a.State.Refused.Any(r => r.Wanted == option.Option))
                    foreach (string line in why.Words().Skip(1)) o.WriteLine($"    {line}");
            }
        }
        o.WriteLine($"{(a.State.Complete ? "chosen" : "proposed")}: {a.State.Proposed}{(a.Whole is { } whole ? $": {Line(whole)}" : "")}");
        foreach (MarketRule rule in a.Model.Rules.Where(static r => r.Kind is not (MarketRuleKind.Choice or MarketRuleKind.Document)))
            o.WriteLine($"{Words.Of(rule.Kind)}: {rule.Value} ({rule.Source}{(rule.Sample ? "; sample" : "")})");
        o.WriteLine(a.Firmware is { } image ? $"firmware: {image.Version}, SHA-256 {image.Sha256} ({image.Source})" : "firmware: unknown, none is on record");
        if (!a.Papers.Known) o.WriteLine("documents: unknown, nothing is recorded of what the market asks for");
        foreach (PaperNeed need in a.Papers.Needs) o.WriteLine($"document: {need.Requirement}: {Words.Of(need.State)}{(need.Held is { } held ? $", {held.Key}" : "")} ({need.Source})");
    }

    public static void Json(TextWriter o, OrderAnswer a) => PlanText.Write(o, new
    {
        family = a.Model.Family.Value,
        market = a.Model.Market.Value,
        day = a.Model.Day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        chosen = a.State.Chosen.Select(static c => $"{c.Feature}={c.Option}"),
        complete = a.State.Complete,
        proposed = a.State.Proposed?.Taken.ToDictionary(static t => t.Feature, static t => t.Option),
        offer = Shape(a.Whole),
        refused = a.State.Refused.Select(Shape),
        no_order_by = a.State.Void.Select(Shape),
        features = a.State.Features.Select(f => new { feature = f.Name, options = f.Options.Select(x => new { option = x.Option.Option, name = x.Option.Name, state = Words.Of(x.State), why = Shape(x.Why), offer = Shape(a.Offers.GetValueOrDefault(x.Option)) }) }),
        asks = a.Model.Rules.Where(static r => r.Kind is not (MarketRuleKind.Choice or MarketRuleKind.Document)).Select(static r => new { rule = r.Id, kind = Words.Of(r.Kind), value = r.Value, text = r.Text, source = r.Source, sample = r.Sample }),
        firmware = a.Firmware is { } i ? new { version = i.Version, sha256 = i.Sha256, source = i.Source } : null,
        documents_known = a.Papers.Known,
        documents = a.Papers.Needs.Select(static n => new { requirement = n.Requirement, state = Words.Of(n.State), document = n.Held?.Id, source = n.Source }),
    });

    private static object? Shape(OrderRefusal? refusal) => refusal is null ? null : new
    {
        feature = refusal.Wanted.Feature,
        option = refusal.Wanted.Option,
        reasons = refusal.Reasons.Select(static r => new { choices = r.Choices.Select(static c => $"{c.Feature}={c.Option}"), rules = r.Rules.Select(Shape) }),
        change = refusal.Change?.Select(static c => new { from = $"{c.From.Feature}={c.From.Option}", to = $"{c.To.Feature}={c.To.Option}" }),
        words = refusal.Words(),
    };

    private static object Shape(ToldRule rule) => new { rule = rule.Key, where = rule.Where, text = rule.Text, source = rule.Source, sample = rule.Sample };

    private static object? Shape(WholeOffer? offer) => offer is null ? null : new
    {
        options = offer.Options.ToString(),
        price = offer.Price?.Major,
        currency = offer.Price?.Currency,
        unpriced = offer.Unpriced.Select(static x => $"{x.Feature}={x.Option}"),
        domestic_country = offer.Content.Country,
        domestic_share = offer.Content.Share?.Value,
        origin_unknown = offer.Content.OriginUnknown.Select(static i => i.Id),
        cost_unknown = offer.Content.CostUnknown.Select(static i => i.Id),
        forecast = PlanText.Shape(offer.Forecast),
    };

    private static string Line(WholeOffer offer) => $"{(offer.Price is { } price ? price.ToString() : "price unknown")}, {offer.Forecast.Match(
        static d => $"P50 {Day(d.Dates.P50)} P80 {Day(d.Dates.P80)} P90 {Day(d.Dates.P90)} P95 {Day(d.Dates.P95)}", static u => $"no date: {(u.Reasons.Count > 0 ? u.Reasons[0].What : "unknown")}")}, {Made(offer)}";

    private static string Made(WholeOffer offer) => (offer.Content.Share is { } share ? string.Create(CultureInfo.InvariantCulture, $"{share.Value:P1} of parts made in {offer.Content.Country}") : "domestic content unknown")
        + (offer.Content.OriginUnknown.Count > 0 ? $" ({offer.Content.OriginUnknown.Count} of unknown origin count as foreign)" : "") + (offer.Content.CostUnknown.Count > 0 ? $" ({offer.Content.CostUnknown.Count} without a cost are left out)" : "");

    private static string Day(NodaTime.Instant at) => NodaTime.Text.LocalDatePattern.Iso.Format(at.InUtc().Date);
}
