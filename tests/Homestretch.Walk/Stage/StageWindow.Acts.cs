using Homestretch.Exchange.Csv;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Stage;

/// <summary>What can be told to the stage, and the records it lists.</summary>
internal sealed partial class StageWindow
{
    private const string Own = "meridian";

    public QuoteView Quote(QuoteRequest request)
    {
        Instant p50 = StageSeed.Start + s_day * 44;
        return new(new(p50, p50 + s_day * 4, p50 + s_day * 7, p50 + s_day * 10), p50 - s_day * 4, "G1", "BT-504", 0.37, "", []);
    }

    public Task<Told> Place(QuoteRequest request, CancellationToken cancel) => Task.FromResult(new Told(true, world.Version, [], world.Kits[0].OrderLine));
    public Task<Told> GivePromise(string orderLine, Instant date, string reason, CancellationToken cancel) =>
        Task.FromResult(date < world.Now ? Refused("promise-past", "That date has passed.", "Choose a later one.") : world.Give(orderLine, new(0, date, 0.9, world.Now, person.Login, reason)));
    public Task<Told> Hold(Pin pin, CancellationToken cancel) => Task.FromResult(world.Hold(pin));
    public Task<Told> Release(string pin, CancellationToken cancel) => Task.FromResult(world.Release(pin));

    public Task<Told> ReportLot(string lot, Instant ready, CancellationToken cancel)
    {
        world.Shift(lot, 1, $"{person.PartyName} reports lot {lot} ready a day later", null);
        return Task.FromResult(new Told(true, world.Version, []));
    }

    public Task<Told> ReportMilestone(Milestone milestone, CancellationToken cancel) => Task.FromResult(new Told(true, world.Version, []));

    public Task<ProposalView> Propose(CancellationToken cancel) => Task.FromResult(new ProposalView("P-1", world.Version, 3, 2, [.. world.Kits.Where(static k => k.Number % 12 == 3).Select(Row).Select((r, i) =>
        new ProposalRow(r.OrderLine, r.Customer, r.Class, r.Forecast, r.Forecast, i % 2 == 0 ? -3.5 : 1.2, r.KeptShare, i % 2 == 0 ? 0.97 : 0.88))], 0.81, 0.93));

    public Task<Told> Accept(string proposal, CancellationToken cancel) => Task.FromResult(new Told(true, world.Version, []));

    public ImportView DryRun(string fileName, byte[] bytes) => Read(fileName, bytes, false);
    public Task<ImportView> Import(string fileName, byte[] bytes, CancellationToken cancel) => Task.FromResult(Read(fileName, bytes, true));

    public IEnumerable<IRecord> Records(TableKind kind) => kind.Name switch
    {
        "markets" => [new Market("US", Own, "United States", "US", 120, "B", "en-US", 3, 5), new Market("EU", Own, "European Union", "EU", 230, "F", "de", 9, 14), new Market("UK", Own, "United Kingdom", "GB", 230, "G", "en-GB", 9, 15)],
        "assembly_lines" => [new AssemblyLine("G1", Own, "GSP", "Line G1", "day"), new AssemblyLine("G2", Own, "GSP", "Line G2", "day")],
        "parties" => [.. StageSeed.Parts.Select(static p => p.Supplier).Distinct().Select(static s => new Party(s, s, PartyKind.Supplier, "")), .. StageSeed.Customers.Select(static c => new Party(c, c, PartyKind.Customer, ""))],
        "sites" => [new Site("GSP", Own, "Greenville", SiteKind.Hub, "USGSP", "US", "America/New_York", 34.85m, -82.4m)],
        "product_options" => [new ProductOption("C1", "frame", "M", Own, "Frame M"), new ProductOption("C1", "frame", "L", Own, "Frame L"), new ProductOption("C1", "battery", "504Wh", Own, "504 Wh"), new ProductOption("C1", "rack", "yes", Own, "With rack"), new ProductOption("C1", "rack", "no", Own, "Without rack")],
        "bom_lines" => [new BomLine("C1", "10", "FR-210-M", Own, new Quantity(1, "EA"), Condition.Always, null, null)],
        _ => [],
    };

    public AdministrationView? Administration() => !person.May.Contains(Permission.Administer) ? null : new(
        [new("dana", "Dana Whitfield", Role.Planner, "Meridian Cycles", false), new("seojun", "Seo-jun Park", Role.Supplier, "Hanbit Cells", false), new("ada", "Ada Quist", Role.Administrator, "Meridian Cycles", false)],
        [new("sparkplug.decoded", "1,284,112", "payloads decoded since the start"), new("sparkplug.malformed", "3", "payloads refused; they changed nothing"), new("rebirth.requested", "7", "rebirths asked for, with back-off")],
        "0.1.0", "SQLite, stage.db", 48112, "inside, 14 clients");

    private static Told Refused(string rule, string what, string cure) => new(false, 0, [new(new("screen"), rule, what, cure)]);

    private static ImportView Read(string fileName, byte[] bytes, bool apply)
    {
        var findings = new List<Finding>();
        var rows = CsvText.Read(bytes, fileName, findings);
        if (TableKind.Named(Path.GetFileNameWithoutExtension(fileName)) is not { } kind)
            return new(fileName, false, 0, 0, 0, [], [new(new(fileName), "unknown-table", $"'{fileName}' names no table.", "Name the file after a table, such as order_lines.csv.")]);
        var columns = rows is [var head, ..] ? head.Cells.Select(static (c, i) => (c, i)).ToDictionary(static p => p.c, static p => p.i) : [];
        foreach (CsvRecord row in rows.Skip(1)) kind.Read(new Row(new(fileName, row.Line), columns, row.Cells), findings);
        bool applied = apply && findings.Count == 0;
        return new(fileName, applied, rows.Count - 1, 0, 0, [.. rows.Skip(1).Take(5).Select(static r => $"add {r.Cells[0]}")], findings);
    }
}
