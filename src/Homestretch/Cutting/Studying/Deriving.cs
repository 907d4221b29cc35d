using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cutting.Studying;

/// <summary>A first study of a family.</summary>
/// <param name="Records">The study, its stages, links, sources and legs; empty when there is nothing to make one of.</param>
/// <param name="Findings">What was not known, and what a person should look at. What is unknown is left empty in the records.</param>
public sealed record DerivedStudy(IReadOnlyList<IRecord> Records, IReadOnlyList<Finding> Findings);

/// <summary>Makes a first study out of what the company has: its BOM, suppliers, lanes, tariffs, lines and orders. Nothing is invented: further sources are for a person to add.</summary>
/// <remarks>Stages are the items of the family's BOM, one that finishes for each market, and one for each market's customers. A unit is made, comes by its leg to the hub of the market, is finished there, and waits there for its customer.</remarks>
internal sealed class Deriving
{
    private readonly Snapshot _world;
    private readonly Key<Item> _family;
    private readonly LocalDate _on;
    private readonly Key<Study> _key;
    private readonly Key<Party> _party;
    private readonly string _currency;
    private readonly LandingTables _tables;
    private readonly LegRates _rates;
    private readonly List<IRecord> _records = [];
    private readonly Dictionary<(string Item, string From, string To), Key<Party>> _legs = [];
    private readonly List<Finding> _findings = [];

    private Deriving(Snapshot world, Item family, LocalDate on, string key, string currency)
    {
        (_world, _family, _on, _key, _party, _currency) = (world, family.Key, on, key, family.Party, currency);
        _tables = LandingTables.Of(world);
        _rates = new(world, _tables, on, currency, _findings);
    }

    /// <param name="family">Key of the family.</param>
    /// <param name="on">Day of entry by which duties, prices and exchange rates are taken.</param>
    /// <param name="key">Key of the study to make; null: the first of CUT-1, CUT-2 and so on that is free.</param>
    public static DerivedStudy Of(Snapshot world, string family, LocalDate on, string? key = null)
    {
        if (world.Items.Find(family) is not { Kind: ItemKind.Family } item) return Nothing(new("items"), "unknown-key", $"There is no product family '{family}'.", "Name an item of kind family.");
        Key<Item>[] parts = [.. world.BomLines.StartingWith($"{family}|").Select(static b => b.Item).Distinct().Order()];
        if (parts.Length == 0) return Nothing(new("bom_lines"), "no-bill-of-materials", $"{family} has no bill of materials.", "Add its lines.");
        // the currency in which most of its items are priced
        if (parts.Select(p => world.Items[p].Cost?.Currency).OfType<string>().GroupBy(static c => c).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key is not { } currency)
            return Nothing(new("items", 0, "cost"), "unknown-price", $"No item of {family} has a price.", "Fill in the cost of its items.");
        key ??= Enumerable.Range(1, int.MaxValue - 1).Select(static n => $"CUT-{n}").First(k => !world.Studies.Contains(k));
        return new Deriving(world, item, on, key, currency).Made(item, parts);

        DerivedStudy Nothing(Place place, string rule, string what, string cure) => new([], [new(place, rule, what, cure)]);
    }

    private DerivedStudy Made(Item family, Key<Item>[] parts)
    {
        IReadOnlyList<MarketDemand> markets = MarketDemand.Of(_world, _family, _findings);
        if (markets.Count == 0) return new([], [.. _findings, new(new("order_lines"), "unknown-demand", $"{_family} has no orders: its demand is unknown.", "Load its orders, or write the study by hand.")]);
        string home = string.Join(',', markets.Select(m => _world.Sites[m.Hub].Country).Where(static c => c.Length > 0).Distinct().Order(StringComparer.Ordinal));
        _records.Add(new Study(_key, _party, $"{family.Name}, as it is", _family, home, _currency, 0.2m, 5, null, $"Derived from the company's records as of {_on:uuuu'-'MM'-'dd}. Holding rate and write-off are round figures: put your own."));
        foreach (Market without in _world.Markets.Where(m => m.Within is null && markets.All(d => d.Market.Key != m.Key))) Say($"markets {without.Key}", "", "unknown-demand", $"Nobody ordered {_family} for {without.Key}: it is left out.", "Add its stages where it should be in the study.");
        foreach (Key<Item> part in parts)
        {
            MarketDemand[] takers = [.. markets.Where(m => m.Quantities.GetValueOrDefault(part) > 0)];
            if (takers.Length == 0) Say($"items {part}", "", "not-ordered", $"No variant that was ordered takes {part}: it is left out.", "Add its stage where it should be in the study.");
            else Part(_world.Items[part], takers);
        }
        foreach (MarketDemand market in markets) Market(market);
        Say("study_stages", "most_days", "served-from-stock", "Customers are taken to be served at once, from stock of finished units.", "Fill in most_days of the customers' stages where they wait.");
        Say("study_sources", "days_spread", "certain-times", "Days of sources and legs are means, and taken to be certain.", "Fill in days_spread of the sources whose days spread.");
        return new(_records, _findings);
    }

    private void Part(Item item, MarketDemand[] takers)
    {
        _records.Add(new StudyStage(_key, item.Id, _party, item.Key, null, null, 0, null, null, null, null, 1, 0.2m));
        foreach (MarketDemand m in takers) _records.Add(new StudyLink(_key, item.Id, Finishing(m), _party, Rounded(m.Quantities[item.Key], 4), true));
        ItemSupplier[] ways = [.. _world.ItemSuppliers.StartingWith($"{item.Id}|").Where(s => LandingTables.InForce(s.From, s.To, _on))];
        if (ways.Length == 0) Say($"items {item.Id}", "", "no-source", $"Nobody sells {item.Id} on that day.", "Add a row to item_suppliers, or a source to the study.");
        if (ways.Select(static s => s.Supplier).Distinct().Count() > 1) Say($"items {item.Id}", "cost", "one-price", $"Several sell {item.Id}, and the records have one price.", "Put each one's own price into the cost of its source.");
        foreach (var own in ways.GroupBy(static s => s.Supplier).OrderBy(static g => g.Key))
        {
            Site site = SiteOf(own.Key, own);
            decimal[] lead = [.. own.Select(static s => s.LeadDays).Distinct()];
            if (lead.Length > 1) Say($"item_suppliers {item.Id}|{own.Key}", "lead_days", "several-lead-times", $"Its ways take {string.Join(", ", lead)} days to make; the study has the longest.", "Correct the source where that is wrong.");
            if (site.Country.Length == 0) Say($"sites {site.Id}", "country", "unknown-country", $"Nobody has said in which country {site.Id} is.", "Fill it in.");
            _records.Add(new StudySource(_key, item.Id, own.Key.Value, _party, own.Key, site.Key, site.Id, site.Country, _rates.Price(item), lead.Max(), 0, null, 0, 0, null, null));
            foreach (MarketDemand m in takers)
            {
                ItemSupplier[] there = [.. own.Where(s => _world.Lanes[s.Lane].To == m.Hub).OrderBy(static s => s.Priority).ThenBy(static s => s.Lane)];
                if (there.Length == 0)
                {
                    Say($"study_sources {_key}|{item.Id}|{own.Key}", "", "no-way", $"{own.Key} sells {item.Id} by no lane to {m.Hub}: it cannot serve {m.Market.Key}.", "Add a lane and a row of item_suppliers, or a leg to the study.");
                    continue;
                }
                if (there.Length > 1) Say($"item_suppliers {there[1].Id}", "", "other-way", $"{string.Join(", ", there.Skip(1).Select(static s => s.Lane.Value))} is another way to {m.Hub}; the study has {there[0].Lane}, which is tried first.", "Add a source at a place of its own where it should be weighed.");
                if (site.Key == m.Hub) continue;
                if (!_legs.TryAdd((item.Id, site.Id, m.Hub.Value), own.Key))
                {
                    if (_legs[(item.Id, site.Id, m.Hub.Value)] is var first && first != own.Key) Say($"study_legs {_key}|{site.Id}|{m.Hub}|{item.Id}|", "", "same-way", $"{item.Id} of {own.Key} leaves from {site.Id} like that of {first}, by whose way and duties it is counted.", "Give its source a place of its own, and a leg.");
                    continue;
                }
                var (unit, rate, days, source) = _rates.Of(there[0]);
                _records.Add(new StudyLeg(_key, site.Id, m.Hub.Value, item.Id, "", _party, unit, rate, days, null, source));
            }
        }
    }

    /// <summary>Where a supplier makes it: its own site at which the first lane begins, else its only plant, else where the lane begins.</summary>
    private Site SiteOf(Key<Party> supplier, IEnumerable<ItemSupplier> ways)
    {
        ItemSupplier first = ways.OrderBy(static s => s.Priority).ThenBy(static s => s.Lane).First();
        Site begin = _world.Sites[_world.Lanes[first.Lane].From];
        if (begin.Party == supplier) return begin;
        Site[] plants = [.. _world.Sites.Where(s => s.Party == supplier && s.Kind == SiteKind.Plant)];
        if (plants.Length == 1) return plants[0];
        Say($"item_suppliers {first.Id}", "", "unknown-site", $"{supplier} has {(plants.Length == 0 ? "no plant" : $"{plants.Length} plants")}: which makes {first.Item} is not known, and {begin.Id}, where the lane begins, is taken for it.", "Correct site, place and country of the source.");
        return begin;
    }

    private void Market(MarketDemand m)
    {
        Site hub = _world.Sites[m.Hub];
        string finishing = Finishing(m), customers = $"customers {m.Market.Key}";
        _records.Add(new StudyStage(_key, finishing, _party, _family, null, null, 0, null, null, null, null, 1, 0.2m));
        _records.Add(new StudyStage(_key, customers, _party, null, null, null, 0, Rounded(m.PerDay, 4), m.Spread is { } s ? Rounded(s, 4) : null, null, null, 1, 0.2m));
        _records.Add(new StudyLink(_key, finishing, customers, _party, 1));
        var (cost, hours) = Finished(m);
        _records.Add(new StudySource(_key, finishing, hub.Id, _party, null, hub.Key, hub.Id, hub.Country, cost, Days(m), 0, null, 0, 0, hours, null));
        // nothing is done there: it holds what is finished until a customer takes it, and finished units that come from afar come to it
        _records.Add(new StudySource(_key, customers, hub.Id, _party, null, hub.Key, hub.Id, hub.Country, 0, 0, 0, null, 0, 0, 0, 0));
    }

    /// <summary>Hours of a line that a unit takes at the hub, and what they cost by the only price of an hour that the records have, that of overtime.</summary>
    private (decimal? Cost, decimal? Hours) Finished(MarketDemand m)
    {
        Routing[] routings = [.. _world.Routings.StartingWith($"{_family}|").Where(r => _world.AssemblyLines[r.Line].Site == m.Hub)];
        string stage = $"study_sources {_key}|{Finishing(m)}|{m.Hub}";
        if (routings.Length == 0)
        {
            Say(stage, "cost", "unknown", $"No line of {m.Hub} finishes {_family}: what it takes and costs is unknown.", "Add a routing, or fill in cost and hours.");
            return (null, null);
        }
        // lines that run side by side for the same time: n lines make the sum of 1/m units a minute
        decimal hours = routings.Length / routings.Sum(static r => 1 / r.MinutesPerUnit) / 60;
        Money?[] prices = [.. routings.Select(r => _world.AssemblyLines[r.Line].OvertimePerHour)];
        if (prices.Any(static p => p is null))
        {
            Say(stage, "cost", "unknown", $"What an hour costs on the lines of {m.Hub} is unknown.", "Fill in cost, with wages and the line in it.");
            return (null, decimal.Round(hours, 4));
        }
        decimal?[] each = [.. prices.Select(p => _rates.Exchanged(p!.Value.Major, p.Value.Currency))];
        Say(stage, "cost", "by-overtime", $"Its cost is {decimal.Round(hours, 3)} hours at the price of an hour of overtime, the only one that the records have.", "Put what a unit really costs, with wages, the line and the building in it.");
        return (each.Any(static e => e is null) ? null : decimal.Round(hours * each.Average()!.Value, 2), decimal.Round(hours, 4));
    }

    /// <summary>Mean days from the begin to the end of the market's builds.</summary>
    private decimal? Days(MarketDemand m)
    {
        Build[] builds = [.. _world.Builds.Where(b => b.Status != OrderStatus.Cancelled && _world.OrderLines.Find(b.OrderLine) is { } o && o.Family == _family && MarketDemand.Whole(_world, o.Market) == m.Market.Key)];
        if (builds.Length > 0) return Rounded(builds.Average(static b => (b.End - b.Start).TotalDays), 1);
        Say($"study_sources {_key}|{Finishing(m)}|{m.Hub}", "days", "unknown", $"No build for {m.Market.Key} says how long finishing takes.", "Fill it in.");
        return null;
    }

    private void Say(string source, string column, string rule, string what, string cure) => _findings.Add(new(new(source, 0, column), rule, what, cure));
    private static string Finishing(MarketDemand m) => $"finish {m.Market.Key}";
    private static decimal Rounded(double x, int decimals) => (decimal)Math.Round(x, decimals);
}
