using Homestretch.Finishing.Tracing;
using Homestretch.Server.Archiving;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Units in the archive of either provider.</summary>
public sealed class UnitTablesTests(PostgresServer server) : IAsyncDisposable
{
    private static readonly Snapshot s_world = DoneUnits.With([.. Enumerable.Range(0, 6).SelectMany(static n => DoneUnits.Records(n, 30 - n))]);
    private static readonly DoneUnit[] s_done = [.. Enumerable.Range(0, 6).Select(static n => DoneUnits.Away(s_world, DoneUnits.Serial(n)))];
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Units_come_back_as_they_were_are_there_once_and_damage_is_found(Provider provider)
    {
        StorageOptions options = provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh();
        await using var database = new Database(options);
        await database.Migrate(Stop);
        var tables = new UnitTables(database);
        Assert.Empty(await tables.Put(s_done, Noon, Stop));
        Assert.Empty(await tables.Put(s_done[..2], Noon, Stop));
        Assert.Equal(s_done[1].Json, await tables.Json(DoneUnits.Serial(1), Stop));
        Assert.Null(await tables.Json("NONE", Stop));
        IReadOnlyList<UnitTrace> read = await tables.Units([.. s_done.Select(static d => d.Trace.Serial), "NONE"], Stop);
        Assert.Equal(s_done.Select(static d => d.Trace with { Parts = [] }), read.Select(static u => u with { Parts = [] }).OrderBy(static u => u.Serial, StringComparer.Ordinal));
        Assert.All(s_done, d => Assert.Equal(d.Trace.Parts, read.Single(u => u.Serial == d.Trace.Serial).Parts));
        Assert.Equal([DoneUnits.Serial(5), DoneUnits.Serial(4)], (await tables.Newest(new(), 2, Stop)).Select(static u => u.Serial));
        UnitTrace third = s_done[3].Trace;
        foreach (UnitFilter filter in new UnitFilter[] { new(), new(OrderLine: third.OrderLine), new(Market: third.Market), new(State: UnitState.Scrapped), new(State: UnitState.Complete, Text: "done-3"), new(Text: third.OrderLine.ToLowerInvariant()),
            new(Text: third.Customer), new(Text: third.Customer.ToLowerInvariant(), Customers: true), new(Text: "C1_DONE"), new(Text: "%"), new(Text: "!") })
        {
            Assert.Equal(s_done.Select(static d => d.Trace).Where(filter.Lets).Select(static t => t.Serial), (await tables.Newest(filter, 9, Stop)).Select(static u => u.Serial).Reverse());
            Assert.Equal(s_done.Count(d => filter.Lets(d.Trace)), await tables.Count(filter, Stop));
        }
        Assert.Equal([DoneUnits.Serial(2)], await tables.With("PS-2", Stop));
        Assert.Empty(await tables.With("", Stop));
        LotTrace[] lots = [.. s_done.SelectMany(static d => d.Lots).DistinctBy(static l => l.Lot).OrderBy(static l => l.Lot, StringComparer.Ordinal)];
        Assert.Equal(lots.Select(static l => l with { Runs = [] }), (await tables.Lots(Stop)).Select(static l => l with { Runs = [] }).OrderBy(static l => l.Lot, StringComparer.Ordinal));
        Assert.Equal(lots.SelectMany(static l => l.Runs).Select(static r => r.Run).Order(StringComparer.Ordinal), (await tables.Lots(Stop)).SelectMany(static l => l.Runs).Select(static r => r.Run).Order(StringComparer.Ordinal));

        DoneUnit other = s_done[0] with { Trace = s_done[0].Trace with { Begun = Noon }, Json = s_done[1].Json };
        Assert.Equal([DoneUnits.Serial(0)], await tables.Put([other], Noon, Stop));
        Assert.Equal(s_done[0].Json, await tables.Json(DoneUnits.Serial(0), Stop));
        await using (IJournal journal = await Open(options)) await journal.Append([Entry("one")], Noon, Stop);
        Assert.Equal((6L, 0), ((await Verified(options)).Archived, (await Verified(options)).Findings.Count));
        await Flip(options, "archived_units", "hash", $"serial = '{DoneUnits.Serial(4)}'");
        await Execute(options, "UPDATE archived_parts SET lot = 'OTHER' WHERE serial = @serial AND number = 1", ("serial", DoneUnits.Serial(2)));
        Assert.Equal(["index-damaged", "record-damaged"], (await Verified(options)).Findings.Select(static f => f.Rule));
    }

    [Fact]
    public async Task Recalls_and_lists_from_the_archive_are_those_of_the_world()
    {
        await using var database = new Database(await _sqlite.Fresh());
        await database.Migrate(Stop);
        var archive = new UnitArchive(new(database));
        await archive.Load(Stop);
        await archive.Put(s_done[..4], Noon, Stop);
        var again = new UnitArchive(new(database));      // as after a start
        await again.Load(Stop);
        foreach (UnitArchive a in new[] { archive, again })
        {
            await a.Put(s_done[3..], Noon, Stop);
            Snapshot left = s_world.Apply([.. Enumerable.Range(0, 5).SelectMany(static n => s_world.UnitParts.StartingWith($"{DoneUnits.Serial(n)}|").Cast<IRecord>().Concat(s_world.UnitSteps.StartingWith($"{DoneUnits.Serial(n)}|")).Append(s_world.Units[DoneUnits.Serial(n)]))
                .Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "kept in the archive"))]).World;
            Assert.Single(left.Units);
            int found = 0;
            foreach (RecallQuestion question in DoneUnits.Questions())
            {
                Recall expected = Recalls.Of(s_world, question, out _)!;
                RecallScope scope = Recalls.Scope(left, question, await a.Lots(Stop), out _)!;
                Recall recall = Recalls.Of(left, scope, await a.Concerned(scope, Stop));
                Assert.Equal(Text(expected), Text(recall));
                found += recall.Units.Count;
            }
            Assert.True(found > 100);
            string lot = DoneUnits.Lots[0].Id, item = DoneUnits.Lots[0].Item.Value;
            async Task Listed(int[] numbers, int total, int from, UnitFilter filter, string? i, string? l, int skip, int take)
            {
                foreach (Snapshot world in new[] { s_world, left })
                {
                    UnitList list = await UnitList.Of(world, a, filter, i, l, skip, take, Stop);
                    Assert.Equal((total, from), (list.Total, list.From));
                    Assert.Equal(numbers.Select(DoneUnits.Serial), list.Units.Select(static u => u.Serial));
                }
            }
            int[] holding = [.. Enumerable.Range(0, 6).Reverse().Where(n => s_done[n].Trace.Parts.Any(p => p.Lot == lot))];
            await Listed(holding, holding.Length, 0, new(), item, lot, 0, 9);
            await Listed([holding[1]], holding.Length, 1, new(), null, lot, 1, 1);
            await Listed([], 0, 0, new(), "OTHER", lot, 0, 9);
            await Listed([5, 4, 3], 6, 0, new(), null, null, 0, 3);
            await Listed([2, 1], 6, 3, new(), null, null, 3, 2);
            await Listed([], 6, 6, new(), null, null, 9, 2);
            await Listed([3], 1, 0, new(Text: "done-3"), null, null, 0, 9);
        }
    }

    private static string Text(Recall r) => string.Join('\n', [.. r.Lots, .. r.Units.Select(static u => $"{u with { Parts = [] }} {string.Join(", ", u.Parts)}"), .. r.Stock.Select(static s => s.Id), .. r.Coming]);
}
