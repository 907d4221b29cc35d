using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Landing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Where lots come from and what orders ask of it, each looked up once while an operation is decided or a board is made.</summary>
internal sealed class Origins(Doing d)
{
    private readonly Dictionary<(string, string), LotOrigin> _lots = [];
    private readonly Lazy<LandingTables> _tables = new(() => LandingTables.Of(d.World));
    private readonly Lazy<OriginRules> _rules = new(() => OriginRules.Of(d.World));
    private readonly Lazy<HashSet<string>> _made = new(() => [.. d.World.MarketRules.Where(static r => r.Kind == MarketRuleKind.Label && LabelReading.Of(r.Value) is { Verb: LabelVerb.Made, Qualifier: LabelQualifier.None }).Select(static r => r.Id)]);
    private readonly Lazy<string[]> _agreements = new(() => [.. d.World.OriginRules.Where(static r => r.Rule is RuleOfOrigin.RvcTransaction or RuleOfOrigin.RvcNetCost).Select(static r => r.Jurisdiction).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private string Here => d.World.Sites[d.Said.Site].Country;

    /// <summary>Where the lot of a row of stock comes from.</summary>
    public LotOrigin Of(Key<Item> item, string lotNumber)
    {
        string number = StockRow.LotOf(lotNumber);
        if (_lots.TryGetValue((item.Value, number), out LotOrigin? known)) return known;
        return _lots[(item.Value, number)] = d.World.Lots.Find(number) is { } lot && lot.Item == item ? AsBuilt.Lot(d.World, _tables.Value, lot, Here) : LotOrigin.Unknown;
    }

    /// <summary>What an order asks. A text that somebody judges whatever the parts are (assembled, or with a qualification) asks nothing of a lot; nor does one that names a place the hub is not in, which no lot would keep.</summary>
    public OriginAsked Asked(Build build, OrderLine order)
    {
        if (_made.Value.Count == 0 && _agreements.Value.Length == 0) return OriginAsked.Nothing;
        LocalDate due = d.World.DayOf(order, d.World.Due(order));
        string there = d.World.Markets[order.Market].Country;
        string hs = Sources.Known(d.World, _tables.Value, order.Family, there, due)?.Hs ?? "";
        var labels = new List<MadeInLabel>();
        var untold = new List<string>();
        if (_made.Value.Count > 0)
        {
            IReadOnlyList<string> within = d.World.Within(order.Market.Value);
            foreach (MarketRule rule in d.World.Rules(order.Market, order.Family, d.World.DayOf(order, build.Start)).Where(r => _made.Value.Contains(r.Id) && r.When.Holds(within, order.Options)))
            {
                string place = LabelReading.Of(rule.Value)!.Jurisdiction;
                var missing = new List<string>();
                OriginRule? byOrigin = _rules.Value.Find(RuleOfOrigin.MadeInByOrigin, place, hs, due, []), own = byOrigin ?? _rules.Value.Find(RuleOfOrigin.MadeInAll, place, hs, due, missing);
                if (own is null) untold.Add($"What '{rule.Value}' ({rule.Id}) asks of parts is unknown: {string.Join("; ", missing)} is missing.");
                else if (OriginRules.Own(own, Here)) labels.Add(new(rule, place, own, byOrigin is null ? _rules.Value.Find(RuleOfOrigin.MadeInReview, place, hs, due, []) : null));
            }
        }
        string[] agreements = Customs.Leaves(d.World, Here, there, due) != true ? [] : [.. _agreements.Value.Where(a => Shares(RuleOfOrigin.RvcTransaction, a) || Shares(RuleOfOrigin.RvcNetCost, a))];
        return labels.Count + agreements.Length + untold.Count == 0 ? OriginAsked.Nothing : new(labels, agreements, untold);

        bool Shares(RuleOfOrigin rule, string agreement) => _rules.Value.Find(rule, agreement, hs, due, []) is { } own && OriginRules.Own(own, Here) && OriginRules.Own(own, there);
    }
}
