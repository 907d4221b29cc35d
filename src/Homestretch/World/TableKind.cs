namespace Homestretch.World;

/// <summary>One table of the world: its name, its columns, and the way between rows of text and records.
/// All of it follows from the record's <see cref="IRecord{T}.Shape"/>.</summary>
public abstract class TableKind
{
    public abstract string Name { get; }
    public abstract string Doc { get; }
    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>Position of the table in <see cref="All"/> and in every snapshot.</summary>
    internal int Index { get; private set; }

    /// <summary>Reads one row; null when it has findings, all of which are added.</summary>
    public IRecord? Read(Row row, List<Finding> findings)
    {
        int before = findings.Count;
        IRecord draft = Draft(row, findings);
        return findings.Count == before ? draft : null;
    }

    /// <summary>Reads one row as far as it goes and adds its findings. When there are any, nothing but the draft's key
    /// may be used: it tells that the record exists, so that others may name it.</summary>
    public abstract IRecord Draft(Row row, List<Finding> findings);

    /// <summary>The record's cells, one for each column, losslessly.</summary>
    public abstract IReadOnlyList<string> Cells(IRecord record);

    /// <summary>Keys of other tables that the record names.</summary>
    internal abstract IReadOnlyList<(string Column, string Table, string Key)> References(IRecord record);

    /// <summary>Adds a finding for each value that nothing real has.</summary>
    internal abstract void CheckRanges(IRecord record, Place place, List<Finding> findings);

    internal abstract object Empty { get; }
    internal abstract object Fill(IEnumerable<IRecord> records);
    internal abstract object WithAll(object table, IEnumerable<(string Key, IRecord? Record)> ascending);
    internal abstract IRecord? Find(object table, string id);
    internal abstract int Count(object table);
    internal abstract IEnumerable<IRecord> Records(object table);

    /// <summary>Every table, in the order a reader meets them: who and where, what, how it comes, what is ordered, what is planned.</summary>
    public static IReadOnlyList<TableKind> All { get; } = Numbered(
        new Of<Party>(), new Of<Site>(), new Of<Item>(), new Of<ItemRevision>(), new Of<EngineeringChange>(), new Of<ItemAlternate>(), new Of<Market>(), new Of<MarketRule>(), new Of<FirmwareImage>(), new Of<Document>(), new Of<PassportData>(),
        new Of<ProductOption>(), new Of<BomLine>(), new Of<AssemblyLine>(), new Of<Shift>(), new Of<Closure>(), new Of<Overtime>(), new Of<Routing>(), new Of<WorkPace>(),
        new Of<Lane>(), new Of<LaneStep>(), new Of<Loading>(), new Of<FreightRate>(), new Of<LaneFit>(), new Of<PassageClosure>(), new Of<ItemSupplier>(), new Of<StockTarget>(),
        new Of<CustomsTerritory>(), new Of<ExchangeRate>(), new Of<CustomsItem>(), new Of<ItemOrigin>(), new Of<DutyMeasure>(), new Of<CustomsFee>(), new Of<InsuranceRate>(), new Of<OriginRule>(),
        new Of<KnowHow>(), new Of<ItemRelation>(), new Of<Inference>(), new Of<Disclosure>(), new Of<Study>(), new Of<StudyStage>(), new Of<StudyLink>(),
        new Of<StudySource>(), new Of<StudyLeg>(), new Of<StudyLimit>(), new Of<Design>(), new Of<DesignSource>(), new Of<PurchaseOrderLine>(), new Of<Shipment>(),
        new Of<Milestone>(), new Of<Lot>(), new Of<LotDelay>(), new Of<Stock>(), new Of<Bin>(), new Of<BinStock>(), new Of<Machine>(), new Of<MachineReport>(), new Of<ProductionRun>(),
        new Of<Maintenance>(), new Of<OrderLine>(), new Of<Promise>(), new Of<OptionOffer>(), new Of<Build>(), new Of<Peg>(), new Of<Pin>(), new Of<WorkStep>(), new Of<StepText>(), new Of<Unit>(), new Of<UnitPart>(), new Of<UnitStep>(), new Of<FirmwareRelease>(), new Of<FloorOperation>(),
        new Of<Situation>(), new Of<StandingRule>(), new Of<Decision>(), new Of<Expectation>(), new Of<WorkTask>(), new Of<ClassStrategy>());

    /// <summary>The table of that name; null when there is none.</summary>
    public static TableKind? Named(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The table a record belongs in.</summary>
    public static TableKind For(IRecord record) => s_byType[record.GetType()];

    internal static int IndexOf<T>() where T : class, IRecord<T> => Place<T>.Index;

    private static readonly Dictionary<string, TableKind> s_byName = All.ToDictionary(static k => k.Name, StringComparer.Ordinal);
    private static readonly Dictionary<Type, TableKind> s_byType = All.ToDictionary(static k => k.RecordType);

    private protected abstract Type RecordType { get; }

    private static TableKind[] Numbered(params TableKind[] kinds)
    {
        for (int i = 0; i < kinds.Length; i++) kinds[i].Index = i;
        return kinds;
    }

    private static class Place<T> where T : class, IRecord<T>
    {
        internal static readonly int Index = All.First(static k => k.RecordType == typeof(T)).Index;
    }

    private sealed class Of<T> : TableKind where T : class, IRecord<T>
    {
        private readonly Lazy<IReadOnlyList<Column>> _columns = new(static () =>
        {
            var writer = new RowWriter();
            T.Shape(writer, null);
            return writer.Columns;
        });

        public override string Name => T.TableName;
        public override string Doc => T.TableDoc;
        public override IReadOnlyList<Column> Columns => _columns.Value;
        private protected override Type RecordType => typeof(T);

        public override IRecord Draft(Row row, List<Finding> findings) => T.Shape(new RowReader(row, findings), null);

        public override IReadOnlyList<string> Cells(IRecord record)
        {
            var writer = new RowWriter();
            T.Shape(writer, (T)record);
            return writer.Cells;
        }

        internal override IReadOnlyList<(string Column, string Table, string Key)> References(IRecord record)
        {
            var reader = new NamedKeys();
            T.Shape(reader, (T)record);
            return reader.All;
        }

        internal override void CheckRanges(IRecord record, Place place, List<Finding> findings) => T.Shape(new Ranges(place, findings), (T)record);
        internal override object Empty => Table<T>.Empty;
        internal override object Fill(IEnumerable<IRecord> records) => Table<T>.Of(records.Cast<T>());
        internal override object WithAll(object table, IEnumerable<(string Key, IRecord? Record)> ascending) =>
            ((Table<T>)table).WithAll([.. ascending.Select(static c => (c.Key, (T?)c.Record))]);
        internal override IRecord? Find(object table, string id) => ((Table<T>)table).Find(id);
        internal override int Count(object table) => ((Table<T>)table).Count;
        internal override IEnumerable<IRecord> Records(object table) => (Table<T>)table;
    }
}
