namespace Homestretch.World;

/// <summary>The world at one version: every table, immutable. A changed fact makes a new snapshot that shares all the rest,
/// so a what-if branch costs what it changes.</summary>
public sealed class Snapshot
{
    private readonly object[] _tables;

    private Snapshot(object[] tables, long version) => (_tables, Version) = (tables, version);

    public static Snapshot Empty { get; } = new([.. TableKind.All.Select(static k => k.Empty)], 0);

    /// <summary>Number of the last change applied, counted from 1; 0 for the empty world.</summary>
    public long Version { get; }

    public Table<Party> Parties => Of<Party>();
    public Table<Site> Sites => Of<Site>();
    public Table<Item> Items => Of<Item>();
    public Table<ItemRevision> ItemRevisions => Of<ItemRevision>();
    public Table<EngineeringChange> EngineeringChanges => Of<EngineeringChange>();
    public Table<ItemAlternate> ItemAlternates => Of<ItemAlternate>();
    public Table<Market> Markets => Of<Market>();
    public Table<MarketRule> MarketRules => Of<MarketRule>();
    public Table<FirmwareImage> FirmwareImages => Of<FirmwareImage>();
    public Table<ProductOption> ProductOptions => Of<ProductOption>();
    public Table<BomLine> BomLines => Of<BomLine>();
    public Table<AssemblyLine> AssemblyLines => Of<AssemblyLine>();
    public Table<Shift> Shifts => Of<Shift>();
    public Table<Closure> Closures => Of<Closure>();
    public Table<Overtime> Overtime => Of<Overtime>();
    public Table<Routing> Routings => Of<Routing>();
    public Table<WorkPace> WorkPaces => Of<WorkPace>();
    public Table<Lane> Lanes => Of<Lane>();
    public Table<LaneStep> LaneSteps => Of<LaneStep>();
    public Table<Loading> Loadings => Of<Loading>();
    public Table<Document> Documents => Of<Document>();
    public Table<PassportData> PassportData => Of<PassportData>();
    public Table<FreightRate> FreightRates => Of<FreightRate>();
    public Table<LaneFit> LaneFits => Of<LaneFit>();
    public Table<PassageClosure> PassageClosures => Of<PassageClosure>();
    public Table<ItemSupplier> ItemSuppliers => Of<ItemSupplier>();
    public Table<StockTarget> StockTargets => Of<StockTarget>();
    public Table<CustomsTerritory> CustomsTerritories => Of<CustomsTerritory>();
    public Table<ExchangeRate> ExchangeRates => Of<ExchangeRate>();
    public Table<CustomsItem> CustomsItems => Of<CustomsItem>();
    public Table<ItemOrigin> ItemOrigins => Of<ItemOrigin>();
    public Table<DutyMeasure> DutyMeasures => Of<DutyMeasure>();
    public Table<CustomsFee> CustomsFees => Of<CustomsFee>();
    public Table<InsuranceRate> InsuranceRates => Of<InsuranceRate>();
    public Table<OriginRule> OriginRules => Of<OriginRule>();
    public Table<KnowHow> KnowHow => Of<KnowHow>();
    public Table<ItemRelation> Relations => Of<ItemRelation>();
    public Table<Inference> Inferences => Of<Inference>();
    public Table<Disclosure> Disclosures => Of<Disclosure>();
    public Table<Study> Studies => Of<Study>();
    public Table<StudyStage> StudyStages => Of<StudyStage>();
    public Table<StudyLink> StudyLinks => Of<StudyLink>();
    public Table<StudySource> StudySources => Of<StudySource>();
    public Table<StudyLeg> StudyLegs => Of<StudyLeg>();
    public Table<StudyLimit> StudyLimits => Of<StudyLimit>();
    public Table<Design> Designs => Of<Design>();
    public Table<DesignSource> DesignSources => Of<DesignSource>();
    public Table<PurchaseOrderLine> PurchaseOrderLines => Of<PurchaseOrderLine>();
    public Table<Shipment> Shipments => Of<Shipment>();
    public Table<Milestone> Milestones => Of<Milestone>();
    public Table<Lot> Lots => Of<Lot>();
    public Table<LotDelay> LotDelays => Of<LotDelay>();
    public Table<Stock> Stock => Of<Stock>();
    public Table<Bin> Bins => Of<Bin>();
    public Table<BinStock> BinStock => Of<BinStock>();
    public Table<Machine> Machines => Of<Machine>();
    public Table<MachineReport> MachineReports => Of<MachineReport>();
    public Table<ProductionRun> ProductionRuns => Of<ProductionRun>();
    public Table<Maintenance> Maintenance => Of<Maintenance>();
    public Table<OrderLine> OrderLines => Of<OrderLine>();
    public Table<Promise> Promises => Of<Promise>();
    public Table<OptionOffer> OptionOffers => Of<OptionOffer>();
    public Table<Build> Builds => Of<Build>();
    public Table<Peg> Pegs => Of<Peg>();
    public Table<Pin> Pins => Of<Pin>();
    public Table<WorkStep> WorkSteps => Of<WorkStep>();
    public Table<StepText> StepTexts => Of<StepText>();
    public Table<Unit> Units => Of<Unit>();
    public Table<UnitPart> UnitParts => Of<UnitPart>();
    public Table<UnitStep> UnitSteps => Of<UnitStep>();
    public Table<FirmwareRelease> FirmwareReleases => Of<FirmwareRelease>();
    public Table<FloorOperation> FloorOperations => Of<FloorOperation>();
    public Table<Situation> Situations => Of<Situation>();
    public Table<StandingRule> StandingRules => Of<StandingRule>();
    public Table<Decision> Decisions => Of<Decision>();
    public Table<Expectation> Expectations => Of<Expectation>();
    public Table<WorkTask> Tasks => Of<WorkTask>();
    public Table<ClassStrategy> ClassStrategies => Of<ClassStrategy>();

    public Table<T> Of<T>() where T : class, IRecord<T> => (Table<T>)_tables[TableKind.IndexOf<T>()];

    /// <summary>All records of a table in key order.</summary>
    public IEnumerable<IRecord> Records(TableKind kind) => kind.Records(_tables[kind.Index]);
    public int Count(TableKind kind) => kind.Count(_tables[kind.Index]);
    public IRecord? Find(TableKind kind, string id) => kind.Find(_tables[kind.Index], id);

    /// <summary>A world made of these records in one stroke; of two with one key the later wins.</summary>
    public static Snapshot Of(IEnumerable<IRecord> records, long version = 1)
    {
        var byKind = records.ToLookup(TableKind.For);
        return new([.. TableKind.All.Select(k => k.Fill(byKind[k]))], version);
    }

    /// <summary>Whether both hold equal records in every table; versions do not count.</summary>
    public bool SameAs(Snapshot other)
    {
        foreach (TableKind kind in TableKind.All)
        {
            object mine = _tables[kind.Index], theirs = other._tables[kind.Index];
            if (!ReferenceEquals(mine, theirs) && !kind.Records(mine).SequenceEqual(kind.Records(theirs))) return false;
        }
        return true;
    }

    /// <summary>All records in which two worlds differ, by table, then by key. Tables that both share cost nothing.</summary>
    internal static IReadOnlyList<Touch> Between(Snapshot before, Snapshot after)
    {
        var touched = new List<Touch>();
        foreach (TableKind kind in TableKind.All)
        {
            object was = before._tables[kind.Index], now = after._tables[kind.Index];
            if (ReferenceEquals(was, now)) continue;
            using IEnumerator<IRecord> left = kind.Records(was).GetEnumerator(), right = kind.Records(now).GetEnumerator();
            bool l = left.MoveNext(), r = right.MoveNext();
            while (l || r)
            {
                if (l && r && ReferenceEquals(left.Current, right.Current))
                {
                    (l, r) = (left.MoveNext(), right.MoveNext());
                    continue;
                }
                int order = !l ? 1 : !r ? -1 : string.CompareOrdinal(left.Current.Id, right.Current.Id);
                IRecord? old = order <= 0 ? left.Current : null, next = order >= 0 ? right.Current : null;
                if (!Equals(old, next)) touched.Add(new(kind, (next ?? old)!.Id, old, next));
                if (order <= 0) l = left.MoveNext();
                if (order >= 0) r = right.MoveNext();
            }
        }
        return touched;
    }

    /// <summary>The tables with these changes in them. Does not check: <see cref="Changes"/> does.</summary>
    internal Snapshot With(IReadOnlyList<WorldEvent> events) => With(Keyed(events));

    /// <summary>The same of events whose keys are at hand.</summary>
    internal Snapshot With((string Key, WorldEvent Event)[] keyed)
    {
        object[] tables = [.. _tables];
        foreach (var own in keyed.ToLookup(static k => k.Event.Kind))
        {
            (string Key, IRecord? Record, int I)[] changes = [.. own.Select(static (k, i) => (k.Key, (k.Event as WorldEvent.Put)?.Record, i))];
            Array.Sort(changes, static (a, b) => string.CompareOrdinal(a.Key, b.Key) is var c && c != 0 ? c : a.I.CompareTo(b.I));
            tables[own.Key.Index] = own.Key.WithAll(tables[own.Key.Index], changes.Where((c, i) => i + 1 == changes.Length || changes[i + 1].Key != c.Key).Select(static c => (c.Key, c.Record)));
        }
        return new(tables, Version + 1);
    }

    internal static (string Key, WorldEvent Event)[] Keyed(IReadOnlyList<WorldEvent> events)
    {
        var keyed = new (string, WorldEvent)[events.Count];
        for (int i = 0; i < keyed.Length; i++) keyed[i] = (events[i].Key, events[i]);
        return keyed;
    }
}
