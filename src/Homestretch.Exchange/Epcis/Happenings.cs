using Homestretch.World;
using NodaTime;

namespace Homestretch.Exchange.Epcis;

/// <summary>Turns EPCIS events, in the order of their document, into changes of the world.</summary>
internal sealed class Happenings(Snapshot world, Key<Party> source, Instant reported, string place, List<Finding> findings)
{
    private static readonly Duration s_skew = Duration.FromMinutes(10);

    private readonly List<PassedOver> passedOver = [];
    private readonly Dictionary<string, WorldEvent> events = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly Dictionary<Key<Lot>, Lot> lots = [];
    private readonly ILookup<string, Shipment> byContainer = world.Shipments.Where(static s => s.Container.Length > 0).ToLookup(static s => s.Container, StringComparer.Ordinal);

    public IReadOnlyList<PassedOver> PassedOver => passedOver;
    public IReadOnlyList<WorldEvent> Events => [.. order.Select(key => events[key])];

    /// <summary>Takes one event; false when it is passed over or wrong.</summary>
    public bool Take(EpcisEvent e)
    {
        if (e.Time > reported + s_skew) return Wrong(e.Path + ".eventTime", "epcis-future", $"The event of {e.Time} lies after {reported}, when it was told.", "Tell what happened, not what is planned; check the sender's clock.");
        bool makes = e.Type == "TransformationEvent" || StepMap.Makes(e.Step), moves = StepMap.Moves(e.Step), loads = e is { Type: "AggregationEvent", Action: "ADD" } && StepMap.Loads(e.Step);
        if (e.Type == "AssociationEvent" || !(makes || moves || loads))
        {
            passedOver.Add(new(e.Path, e.Type == "AssociationEvent" ? "Associations of assets are not read." : $"The business step '{e.Step}' moves no lot and makes none."));
            return false;
        }
        Lot[] named = [.. e.Things.Select(LotOf).OfType<Lot>()];
        return makes ? Make(e, named) : Move(e, named, moves, loads);
    }

    private bool Make(EpcisEvent e, Lot[] made)
    {
        if (made.Length == 0) return Unknown(e, "lot");
        if (e.IsWithdrawn) return Wrong(e.Path + ".errorDeclaration", "epcis-withdrawn-lot", "That a lot was made is not withdrawn by an event.", "Set the lot's state and ready time in lots.");
        foreach (Lot lot in made)
            if (lot.State < LotState.Made) Put(lot with { State = LotState.Made, Ready = e.Time, ReadyP90Days = 0 });
        return true;
    }

    private bool Move(EpcisEvent e, Lot[] named, bool moves, bool loads)
    {
        int before = findings.Count;
        Shipment[] shipments = [.. e.Things.Append(e.Parent ?? default).Where(static t => t.Id is not null).Select(ShipmentOf).OfType<Shipment>().Distinct()];
        if (findings.Count > before) return false;
        if (loads && e.Parent is { } parent)
        {
            if (ShipmentOf(parent) is not { } aboard) return Wrong(parent.Path, "epcis-unknown", $"'{parent.Id}' is no shipment or container known here.", "Name it by its shipment or container number, or enter the shipment first.");
            if (!Load(e, named, aboard)) return false;
        }
        if (!moves) return named.Length > 0 || Unknown(e, "lot");
        // what a lot travels on is what moves, unless the event names that itself
        foreach (Lot lot in shipments.Length > 0 ? [] : named)
        {
            if (lot.Shipment is not { } on || world.Shipments.Find(on) is not { } carrying)
                return Wrong(e.Path, "epcis-lot-without-shipment", $"Lot '{lot.Key}' is on no shipment.", "Load it first by an AggregationEvent with its shipment as parent, or name the shipment.");
            if (!shipments.Contains(carrying)) shipments = [.. shipments, carrying];
        }
        if (shipments.Length == 0) return Unknown(e, "shipment, container or lot");
        return Here(e) is { } here && shipments.All(shipment => Report(e, shipment, here));
    }

    private bool Load(EpcisEvent e, Lot[] named, Shipment aboard)
    {
        foreach (Lot lot in named)
        {
            if (lot.Lane != aboard.Lane) return Wrong(e.Path, "epcis-lane", $"Lot '{lot.Key}' comes by {lot.Lane}, shipment '{aboard.Key}' by {aboard.Lane}.", "Check the container, or change the lot's lane first.");
            Put(lot with { Shipment = aboard.Key, State = e.Step == "packing" || lot.State > LotState.Shipped ? lot.State : LotState.Shipped });
        }
        return true;
    }

    private bool Report(EpcisEvent e, Shipment shipment, HashSet<Key<Site>> here)
    {
        LaneStep[] steps = [.. world.LaneSteps.StartingWith($"{shipment.Lane}|")];
        var fitting = StepMap.Find(e.Step, steps, world.Lanes[shipment.Lane].From, site => here.Contains(site));
        string where = string.Join(", ", here);
        if (fitting.Count == 0) return Wrong(e.Path, "epcis-step", $"Lane {shipment.Lane} of '{shipment.Key}' has no step that '{e.Step}' at {where} could mean.", "Check place and business step against the lane's steps.");
        if (fitting.Count > 1) return Wrong(e.Path, "epcis-ambiguous-step", $"'{e.Step}' at {where} could mean steps {string.Join(" and ", fitting.Select(static f => f.Sequence))} of lane {shipment.Lane}.", "Name the site by its own code instead of the UN/LOCODE.");
        var (sequence, edge) = fitting[0];
        var milestone = new Milestone(shipment.Key, sequence, edge, Classifier.Actual, source, source, e.Time, reported);
        Milestone? known = events.GetValueOrDefault(milestone.Id) is { } told ? (told as WorldEvent.Put)?.Record as Milestone : world.Milestones.Find(milestone.Id);
        if (!e.IsWithdrawn)
        {
            // told again, it is no news: its age stays that of the first telling
            if (known?.At != milestone.At) Add(new WorldEvent.Put(milestone));
            return true;
        }
        if (known?.At != milestone.At) return Wrong(e.Path + ".errorDeclaration", "epcis-withdrawn", $"There is no '{e.Step}' of '{shipment.Key}' at {e.Time} by {source} to withdraw.", "Repeat the event as it was, with its time.");
        if (world.Milestones.Find(milestone.Id) is not null) Add(new WorldEvent.Removed(TableKind.For(milestone), milestone.Id, "error declared by its source"));
        else Forget(milestone.Id);
        return true;
    }

    private HashSet<Key<Site>>? Here(EpcisEvent e)
    {
        foreach (Named where in e.Places)
        {
            string[] names = [.. Identifier.Names(where.Id)];
            HashSet<Key<Site>> here = [.. world.Sites.Where(s => names.Contains(s.Id, StringComparer.Ordinal)).Select(static s => s.Key)];
            if (here.Count == 0)
                here = [.. world.Sites.Where(s => s.Locode.Length > 0 && names.Contains(s.Locode, StringComparer.OrdinalIgnoreCase)).Select(static s => s.Key)];
            if (here.Count > 0) return here;
        }
        if (e.Places.Count == 0) Wrong(e.Path + ".readPoint", "epcis-missing", "The event has neither readPoint nor bizLocation.", "Say where it happened.");
        else Wrong(e.Places[0].Path, "epcis-site", $"'{e.Places[0].Id}' is no site known here.", "Use the site's code or its UN/LOCODE as the last part of the id; a GLN works when it is the site's code.");
        return null;
    }

    private Lot? LotOf(Named thing)
    {
        foreach (string name in Identifier.Names(thing.Id))
            if (world.Lots.Find(name) is { } lot) return lots.GetValueOrDefault(lot.Key, lot);
        return null;
    }

    /// <summary>A shipment by its key, or the one on its way with that container, since containers are used again.</summary>
    private Shipment? ShipmentOf(Named thing)
    {
        foreach (string name in Identifier.Names(thing.Id))
        {
            if (world.Shipments.Find(name) is { } shipment) return shipment;
            Shipment[] carried = [.. byContainer[name]];
            if (carried.Length > 1) carried = [.. carried.Where(IsUnderWay)];
            if (carried.Length == 1) return carried[0];
            if (carried.Length > 1) Wrong(thing.Path, "epcis-ambiguous", $"Container '{name}' carries {string.Join(" and ", carried.Select(static s => s.Id))}.", "Name the shipment.");
        }
        return null;
    }

    private bool IsUnderWay(Shipment shipment) => world.LaneSteps.StartingWith($"{shipment.Lane}|").LastOrDefault() is not { } last
        || !world.Milestones.StartingWith($"{shipment.Key}|{last.Sequence:00}|").Any(static m => m is { Edge: Edge.End, Classifier: Classifier.Actual });

    private bool Unknown(EpcisEvent e, string what)
    {
        IEnumerable<string> ids = e.Things.Append(e.Parent ?? default).Where(static t => t.Id is not null).Select(static t => t.Id);
        string named = string.Join(", ", ids.Take(3));
        return Wrong(e.Path, "epcis-unknown", named.Length == 0 ? $"The event names no {what}." : $"None of {named} is a {what} known here.", $"Name a {what} by its number as the last part of the id.");
    }

    private bool Wrong(string path, string rule, string what, string cure)
    {
        findings.Add(new(new(place, 0, path), rule, what, cure));
        return false;
    }

    private void Put(Lot lot)
    {
        bool isNew = lot != (lots.GetValueOrDefault(lot.Key) ?? world.Lots.Find(lot.Id));
        lots[lot.Key] = lot;
        if (isNew) Add(new WorldEvent.Put(lot));
    }

    private void Add(WorldEvent e)
    {
        string key = e.Kind.Name == "milestones" ? e.Key : $"lot {e.Key}";
        if (!events.ContainsKey(key)) order.Add(key);
        events[key] = e;
    }

    private void Forget(string key)
    {
        events.Remove(key);
        order.Remove(key);
    }
}
