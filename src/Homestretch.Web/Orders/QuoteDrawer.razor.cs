using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;
using NodaTime;

namespace Homestretch.Web.Orders;

/// <summary>A promise date for an order that does not exist yet.</summary>
public sealed partial class QuoteDrawer : Screen
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private IReadOnlyList<Party> _customers = [];
    private IReadOnlyList<ProductOption> _choices = [];
    private IReadOnlyList<Market> _markets = [];
    private IReadOnlyList<Site> _hubs = [];
    private IReadOnlyList<OrderLine> _orders = [];
    private IReadOnlyList<Item> _families = [];
    private string _customer = "", _family = "", _market = "", _hub = "";
    private int _quantity = 1, _class = 3;
    private DateTime _wanted;
    private QuoteRequest? _asked;
    private QuoteView? _quote;
    private IReadOnlyList<Finding> _refused = [];

    /// <summary>'new', or what to begin with: family|market|hub|day|choices.</summary>
    [Parameter] public string Key { get; set; } = "new";

    private IEnumerable<string> Features => _choices.Where(c => c.Family.Value == _family).Select(static c => c.Feature).Distinct();

    private IEnumerable<ProductOption> Of(string feature) => _choices.Where(c => c.Family.Value == _family && c.Feature == feature);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        _customers = [.. Records<Party>().Where(static p => p.Kind == PartyKind.Customer)];
        _markets = [.. Records<Market>()];
        _hubs = [.. Records<Site>().Where(static s => s.Kind == SiteKind.Hub)];
        _choices = [.. Records<ProductOption>()];
        _orders = [.. Records<OrderLine>()];
        HashSet<Key<Item>> made = [.. Records<BomLine>().Select(static l => l.Family)];
        _families = [.. Records<Item>().Where(i => made.Contains(i.Key))];
        (_customer, _market, _hub) = (_customers is [var c, ..] ? c.Key.Value : "", _markets is [var m, ..] ? m.Key.Value : "", _hubs is [var h, ..] ? h.Key.Value : "");
        _wanted = When.Local(Clock.Now).Date.PlusDays(60).ToDateTimeUnspecified();
        Choose(_families is [var f, ..] ? f.Id : null);
        By(_customer);
        if (Key.Split('|') is [var family, var market, var hub, var day, var choices] && _families.Any(f => f.Id == family)) Begin(family, market, hub, day, choices);
    }

    private void Begin(string family, string market, string hub, string day, string choices)
    {
        Choose(family);
        foreach (var (feature, option) in Choices.Parse(choices).Value?.Taken ?? []) _options[feature] = option;
        if (_markets.Any(m => m.Id == market)) _market = market;
        if (_hubs.Any(h => h.Id == hub)) _hub = hub;
        _customer = _orders.Where(o => o.Hub.Value == _hub).Select(static o => o.Customer.Value).FirstOrDefault() ?? _customer;
        if (NodaTime.Text.LocalDatePattern.Iso.Parse(day) is { Success: true, Value: var on }) _wanted = on.ToDateTimeUnspecified();
    }

    protected override void Ask() { }

    /// <summary>A form is not redrawn under its writer's hands.</summary>
    protected override bool Concerns(LiveNote note) => false;

    private IEnumerable<T> Records<T>() where T : class, IRecord<T> => Window.Records(TableKind.Named(T.TableName)!).OfType<T>();

    private void Choose(string? family)
    {
        _family = family ?? "";
        _options.Clear();
        foreach (string feature in Features) _options[feature] = (Of(feature).FirstOrDefault(static o => o.Usual) ?? Of(feature).First()).Option;
    }

    /// <summary>A customer's usual market, then that market's usual hub, as the orders on the books have them.</summary>
    private void By(string? customer)
    {
        _customer = customer ?? "";
        For(Usual(o => o.Customer.Value == _customer, static o => o.Market.Value) ?? _market);
    }

    private void For(string? market)
    {
        _market = market ?? "";
        _hub = Usual(o => o.Market.Value == _market, static o => o.Hub.Value) ?? _hub;
    }

    private string? Usual(Func<OrderLine, bool> of, Func<OrderLine, string> what) => _orders.Where(of).CountBy(what).OrderByDescending(static c => c.Value).Select(static c => c.Key).FirstOrDefault();

    /// <summary>'flat' for 'bar flat' under the heading 'Bar'.</summary>
    private static string Named(ProductOption o) => o.Name.Length == 0 ? o.Option : o.Name.StartsWith($"{o.Feature} ", StringComparison.OrdinalIgnoreCase) ? o.Name[(o.Feature.Length + 1)..] : o.Name;

    /// <summary>A gate's name; with no part last, nothing but the line sets the date.</summary>
    private string ItemName(string item) => item.Length == 0 ? "none" : Records<Item>().FirstOrDefault(i => i.Id == item)?.Name ?? item;

    /// <summary>How the date that nine futures in ten keep stands to the one wanted.</summary>
    private string Against(Instant wanted, DatesView dates) => (dates.P90 - wanted).TotalDays is > 0 and var late ? $"{Wording.Number(late, late < 9.95 ? 1 : 0)} d after the day wanted" : "in time for the day wanted";

    private void Quote()
    {
        Instant wanted = LocalDateTime.FromDateTime(_wanted).Date.At(new LocalTime(18, 0)).InZoneLeniently(Clock.Zone).ToInstant();
        _asked = new(_customer, _family, _quantity, _market, new Choices(_options.Select(static o => (o.Key, o.Value))), _hub, wanted, _class);
        _quote = Window.Quote(_asked);
        _refused = _quote.Findings;
    }

    private async Task Place()
    {
        Told told = await Window.Place(_asked!, default);
        _refused = Notices.Tell(told, $"Order {told.Key} is placed with the quoted date.");
        if (told is { Accepted: true, Key: { } key }) Nav.NavigateTo(Drawer("order", key));
    }
}
