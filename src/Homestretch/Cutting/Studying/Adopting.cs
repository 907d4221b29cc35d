using Homestretch.Cutting.Sourcing;
using Homestretch.World;

namespace Homestretch.Cutting.Studying;

/// <summary>A way to buy an item for a hub that a design uses.</summary>
/// <param name="Share">Share of what the hub needs of it, 0 to 1.</param>
/// <param name="NewLane">Whether the lane is made for it, and <paramref name="NewWay"/> whether the supplier sells by it for the first time.</param>
/// <param name="Kept">Units of the item that the design keeps at the hub, whoever they come from.</param>
/// <param name="KeptDays">The same in days of the hub's need.</param>
/// <param name="Target">Units that should be free there or on their way (<see cref="StockTarget"/>).</param>
public sealed record AdoptedWay(Key<Item> Item, Key<Site> Hub, Key<Party> Supplier, double Share, Key<Lane> Lane, bool NewLane, bool NewWay, double Kept, double KeptDays, decimal Target);

/// <summary>What adopting a design would write, for review.</summary>
/// <param name="Events">Lanes, their steps and ways to buy, those that it does not use behind; and what should be free at each hub.</param>
/// <param name="Findings">What a person must add or decide; nothing is invented for it.</param>
public sealed record Adoption(IReadOnlyList<WorldEvent> Events, IReadOnlyList<AdoptedWay> Ways, IReadOnlyList<Finding> Findings);

/// <summary>Turns a design into the lanes and suppliers that the live planner uses.</summary>
/// <remarks>The planner buys an item for a hub by the way that is tried first, so the design's ways come first, larger shares before smaller. What a design keeps becomes a target of what should be free at the hub:
/// its safety stock, and what is used while it is bought again, as far as orders do not announce it themselves. The days by which a purchase comes before its kit cover times that spread and are left as they are, for buffers to be advised from whole kits. What waits at a supplier or as finished units the live planner does not hold, and is told.</remarks>
internal sealed class Adopting
{
    private readonly Snapshot _world;
    private readonly StudyCase _study;
    private readonly Configuration _design;
    private readonly Ways _legs;
    private readonly List<WorldEvent> _events = [];
    private readonly List<AdoptedWay> _ways = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<(Key<Site>, Key<Site>), Key<Lane>> _made = [];
    private double _notice;

    private Adopting(Snapshot world, StudyCase study, Configuration design)
    {
        (_world, _study, _design) = (world, study, design);
        _legs = new(KeptParts.In(study.Sourcing).Legs);
    }

    public static Adoption Of(Snapshot world, StudyCase study, Configuration design)
    {
        var adopting = new Adopting(world, study, design);
        adopting.All();
        return new(adopting._events, adopting._ways, adopting._findings);
    }

    /// <summary>What a hub needs of an item under the design.</summary>
    private sealed class Need
    {
        public required Key<Item> Item { get; init; }
        public required Key<Site> Hub { get; init; }
        public double PerDay { get; set; }
        public double Kept { get; set; }

        /// <summary>Units used in the time that its stock covers, beyond the notice that orders give.</summary>
        public double Unannounced { get; set; }
        public Dictionary<Source, (double PerDay, Leg Leg)> From { get; } = [];
    }

    private void All()
    {
        Dictionary<string, ConfiguredStage> stages = _design.Stages.ToDictionary(static s => s.Stage);
        _notice = Notice();
        var needs = new SortedDictionary<(string Item, string Hub), Need>();
        foreach (StageLink link in _study.Sourcing.Network.Links)
        {
            if (Item(link.From) is not { } item) continue;
            ConfiguredStage part = stages[link.From], user = stages[link.To];
            if (user.Sources is not [{ Source: var done }]) continue;
            if (HubOf(link.To, done) is not { } hub) continue;
            if (!needs.TryGetValue((item.Value, hub.Value), out Need? need)) needs[(item.Value, hub.Value)] = need = new() { Item = item, Hub = hub };
            double perDay = user.PerDay * link.Quantity;
            need.PerDay += perDay;
            string to = link.Kept ? KeptParts.Name(link) : link.To;
            if (link.Kept)
            {
                need.Kept += stages[to].Stock.SafetyStock;
                need.Unannounced += perDay * Math.Max(0, stages[to].Stock.NetDays - _notice);
            }
            else if (part.Stock.SafetyStock > 0) Say($"study_stages {_study.Study.Key}|{link.From}", "stock-at-supplier", $"{part.Stock.SafetyStock:0.#} of {link.From} would wait where they are made, which the live planner does not hold.", "Let the part be kept where it is used, or agree the stock with its supplier.");
            foreach (SourceShare share in part.Sources)
            {
                Source waits = link.Kept ? stages[to].Sources[0].Source : done;
                if (_legs.Between(share.Source, link.From, waits, to) is not { } leg) continue;
                need.From[share.Source] = (need.From.GetValueOrDefault(share.Source).PerDay + perDay * share.Share, leg);
            }
        }
        foreach (Need need in needs.Values) Buy(need);
        foreach (ConfiguredStage s in _design.Stages.Where(s => s.Stock.SafetyStock > 0 && s.Keeps is null && _study.Sourcing.Network.Stages.Any(n => n.Name == s.Stage && n.Demand > 0)))
            Say($"study_stages {_study.Study.Key}|{s.Stage}", "finished-stock", $"{s.Stock.SafetyStock:0.#} finished units would wait at {s.Stage}, which the live planner does not hold: it finishes to order.", "Promise customers the time of finishing (most_days), or hold that stock by other means.");
    }

    /// <summary>The item that a stage makes, where it is bought and not finished.</summary>
    private Key<Item>? Item(string stage) => _world.StudyStages.Find($"{_study.Study.Key}|{stage}")?.Item is { } item && _world.Items.Find(item) is { Kind: not ItemKind.Family } ? item : default(Key<Item>?);

    private Key<Site>? HubOf(string stage, Source done)
    {
        if (Record(stage, done)?.Site is { } site && _world.Sites.Find(site) is { Kind: SiteKind.Hub }) return site;
        if (_told.Add(stage)) Say($"study_sources {_study.Study.Key}|{stage}|{done.Name}", "no-hub", $"'{stage}' would be done at {(done.Place.Length > 0 ? done.Place : done.Name)}, which is no hub of the company: nothing is planned there.", "Add it as a site of kind hub with its lines, or choose a source at a hub.");
        return null;
    }

    private readonly HashSet<string> _told = [];

    private void Buy(Need need)
    {
        ItemSupplier[] there = [.. _world.ItemSuppliers.StartingWith($"{need.Item}|").Where(s => _world.Lanes[s.Lane].To == need.Hub).OrderBy(static s => s.Priority).ThenBy(static s => s.Id, StringComparer.Ordinal)];
        var used = new List<ItemSupplier>();
        decimal each = _world.Items[need.Item].Step, target = need.Kept > 0 ? Math.Ceiling((decimal)(need.Kept + need.Unannounced) / each) * each : 0;
        foreach (var (source, (perDay, leg)) in need.From.OrderByDescending(static f => f.Value.PerDay).ThenBy(static f => f.Key.Name, StringComparer.Ordinal))
        {
            StudySource? record = Record(source.Stage, source);
            if (record?.Supplier is not { } supplier)
            {
                Say($"study_sources {_study.Study.Key}|{source.Stage}|{source.Name}", "own-make", $"{need.Item} would be made by the brand itself: no purchase says so.", "Name the party that makes it, or plan its making elsewhere.");
                continue;
            }
            ItemSupplier? known = there.FirstOrDefault(s => s.Supplier == supplier);
            if ((known?.Lane ?? LaneOf(need.Hub, record, leg)) is not { } lane) continue;
            decimal step = _world.Items[need.Item].Step;
            ItemSupplier? first = there.FirstOrDefault();      // a new way comes as many days before its kit as the one it takes the place of
            ItemSupplier way = (known ?? new(need.Item, supplier, _study.Study.Party, lane, (decimal)source.Days, step, step, null, first?.HardSafetyDays ?? 0, first?.SoftSafetyDays ?? 0, 1, null, null)) with { Priority = used.Count + 1 };
            used.Add(way);
            _ways.Add(new(need.Item, need.Hub, supplier, need.PerDay > 0 ? perDay / need.PerDay : 0, lane, known is null && _made.ContainsValue(lane), known is null, need.Kept, need.PerDay > 0 ? need.Kept / need.PerDay : 0, target));
            if (known is null) Say($"item_suppliers {way.Id}", "new-way", $"{supplier} sells no {need.Item} to {need.Hub} yet: sizes and price are not agreed.", "Fill in minimum, multiple and the item's price before it is ordered from.");
            if (way != known) _events.Add(new WorldEvent.Put(way));
        }
        if (used.Count == 0) return;
        Target(need, target);
        HashSet<string> taken = [.. used.Select(static w => w.Id)];
        int next = used.Count;
        foreach (ItemSupplier other in there.Where(s => !taken.Contains(s.Id)))
            if (other.Priority != ++next) _events.Add(new WorldEvent.Put(other with { Priority = next }));
    }

    /// <summary>What should be free at the hub from now on.</summary>
    private void Target(Need need, decimal level)
    {
        StockTarget? was = _world.StockTargets.Find($"{need.Hub}|{need.Item}");
        if (level > 0 && was?.Level != level) _events.Add(new WorldEvent.Put(new StockTarget(need.Hub, need.Item, _study.Study.Party, level, $"{_study.Study.Key}: {need.Kept.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} safety stock")));
        else if (level <= 0 && was is not null) _events.Add(new WorldEvent.Removed(TableKind.For(was), was.Id, $"{_study.Study.Key} keeps none there"));
    }

    /// <summary>Mean days from order to the date that is requested.</summary>
    private double Notice()
    {
        double[] days = [.. _world.OrderLines.Where(o => (_study.Study.Family is not { } family || o.Family == family) && o.Status is not (OrderStatus.Proposed or OrderStatus.Cancelled)).Select(static o => (o.Requested - o.Ordered).TotalDays)];
        return days.Length > 0 ? Math.Max(0, days.Average()) : 0;
    }

    /// <summary>A lane from where a supplier makes it to a hub: one that is known, or a new one of one step that takes what the study's leg does.</summary>
    private Key<Lane>? LaneOf(Key<Site> hub, StudySource record, Leg leg)
    {
        if (record.Site is not { } site)
        {
            Say($"study_sources {record.Id}", "no-site", $"Where {record.Source} makes {record.Stage} is no site of the records: no lane can begin there.", "Add the site, and name it in the source.");
            return null;
        }
        if (_world.Lanes.FirstOrDefault(l => l.From == site && l.To == hub) is { } known) return known.Key;
        if (_made.TryGetValue((site, hub), out Key<Lane> made)) return made;
        Key<Lane> key = Enumerable.Range(1, int.MaxValue - 1).Select(n => n == 1 ? $"{site}-{hub}" : $"{site}-{hub}-{n}").First(k => !_world.Lanes.Contains(k));
        _made[(site, hub)] = key;
        _events.Add(new WorldEvent.Put(new Lane(key, _study.Study.Party, $"{_world.Sites[site].Name} to {_world.Sites[hub].Name}", site, hub)));
        decimal days = (decimal)leg.Days;
        _events.Add(new WorldEvent.Put(new LaneStep(key, 1, _study.Study.Party, StepKind.Leg, Mode.None, null, hub, days, days, null, null)));
        Say($"lanes {key}", "new-lane", $"{key} is one step of {days} days that never vary, by no mode: that is all the study says.", "Put its real steps, modes and spread.");
        return key;
    }

    private StudySource? Record(string stage, Source source) => _world.StudySources.Find($"{_study.Study.Key}|{stage}|{source.Name}");

    private void Say(string place, string rule, FormattableString what, string cure) => _findings.Add(new(new(place), rule, what.ToString(System.Globalization.CultureInfo.InvariantCulture), cure));
}
