using Homestretch.Promising;
using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Homestretch.Server.Tests.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Live;

/// <summary>The server's own start and stop, on every provider: the same world and the same plan, bit for bit, whether a start reads a
/// snapshot, an older one, or the journal alone.</summary>
public abstract class StartConformance(IStores stores) : IAsyncLifetime
{
    private StorageOptions _options = null!;

    public async ValueTask InitializeAsync() => _options = await stores.Fresh();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return stores.DisposeAsync();
    }

    [Fact]
    public async Task A_start_from_a_snapshot_gives_the_world_and_plan_that_stopped()
    {
        Stood stood = await Lived();
        Assert.Equal(stood.Sequence, Assert.Single(await Kept()).Sequence);
        stood.SameAs(await Started());
    }

    [Fact]
    public async Task A_start_without_any_snapshot_gives_the_same_from_the_journal()
    {
        Stood stood = await Lived();
        await Execute(_options, "DELETE FROM snapshots");
        stood.SameAs(await Started());
    }

    [Theory]
    [InlineData("a bit flipped in its bytes")]
    [InlineData("a bit flipped in its hash")]
    [InlineData("a chunk gone")]
    [InlineData("a form of another version")]
    [InlineData("of another journal")]
    public async Task A_bad_snapshot_is_passed_over(string damage)
    {
        Stood stood = await Lived();
        await (damage switch
        {
            "a bit flipped in its bytes" => Flip(_options, "snapshot_chunks", "body", "chunk = 0"),
            "a bit flipped in its hash" => Flip(_options, "snapshots", "hash", "sequence > 0"),
            "a chunk gone" => Execute(_options, "DELETE FROM snapshot_chunks WHERE chunk = 0"),
            "a form of another version" => Execute(_options, "UPDATE snapshots SET form = 'world 999'"),
            _ => Flip(_options, "snapshots", "chain", "sequence > 0"),
        });
        stood.SameAs(await Started());
    }

    [Fact]
    public async Task An_older_snapshot_and_the_journal_behind_it_give_the_same()
    {
        await Lived();
        Stood stood;
        await using (Company company = await Company.Start(_options))
        {
            await company.Tell(new WorldEvent.Put(company.World.OrderLines.First() with { Quantity = 3 }));
            stood = company.Stood();
        }
        Assert.Equal(2, (await Kept()).Count);
        await Flip(_options, "snapshot_chunks", "body", $"chunk = 0 AND sequence = {stood.Sequence}");
        stood.SameAs(await Started());
    }

    [Fact]
    public async Task A_running_server_takes_a_snapshot_after_so_many_entries()
    {
        _options = _options with { SnapshotEntries = 3 };
        await using Company company = await Company.Start(_options);
        await company.Load();
        var worlds = new Dictionary<long, Snapshot>();
        foreach (OrderLine line in company.World.OrderLines.Take(3).ToList())
        {
            await company.Tell(new WorldEvent.Put(line with { Quantity = line.Quantity + 1 }));
            worlds[company.Stood().Sequence] = company.World;
        }
        for (int wait = 0; wait < 100 && (await Kept()).Count == 0; wait++) await Task.Delay(100, Stop);
        StoredSnapshot taken = Assert.Single(await Kept());
        await using var database = new Database(_options);
        await using Stream bytes = new Snapshots(database).Open(taken);
        var (world, epoch) = WorldBytes.Read(bytes);
        Assert.True(world.SameAs(worlds[taken.Sequence]));
        Assert.Equal((worlds[taken.Sequence].Version, company.Stood().Epoch), (world.Version, epoch));
    }

    [Theory]
    [InlineData("as kept")]
    [InlineData("after a crash")]
    [InlineData("as kept, from the journal alone")]
    public async Task What_changed_is_told_after_a_restart_as_it_was(string how)
    {
        Stood stood;
        IReadOnlyList<ChangeView> told;
        await using (Company company = await Company.Start(_options))
        {
            await company.Load();
            OrderLine line = company.World.OrderLines.First(static o => o.Status < OrderStatus.Completed);
            await company.Tell(new WorldEvent.Put(line with { Quantity = line.Quantity + 1 }));
            await company.Tick();
            Lot lot = company.World.Lots.First(l => l.State == LotState.Making && company.Holds(l));
            await company.Tell(new WorldEvent.Put(new Pin("STRIKE", lot.Party, PinKind.Supply, lot.Id, "", company.Stood().Epoch + Duration.FromDays(200), "strike", "test", null)));
            await company.Tell(new WorldEvent.Removed(TableKind.Named("pins")!, "STRIKE", "settled"));
            (stood, told) = (company.Stood(), company.Told());
        }
        Assert.Equal(["pins", "pins", "order_lines"], told.Take(3).Select(static c => c.CauseKind));
        Assert.True(told[1].OrderLinesMoved > 0);
        if (how != "as kept") await Execute(_options, "DELETE FROM snapshots");
        // neither the snapshot of a clean stop nor what was kept of the last changes
        if (how == "after a crash") await Execute(_options, "DELETE FROM changes WHERE sequence > (SELECT min(sequence) FROM changes)");
        await using Company again = await Company.Start(_options);
        stood.SameAs(again.Stood());
        Assert.Equal(told, again.Told());
    }

    [Fact]
    public async Task A_damaged_journal_stops_the_start_when_no_snapshot_covers_the_place()
    {
        Stood stood = await Lived();
        await Execute(_options, "DELETE FROM snapshots");
        await Flip(_options, "journal", "body", "sequence = 2");
        await Assert.ThrowsAsync<JournalDamaged>(Started);
        Assert.True(stood.Sequence > 2);
    }

    /// <summary>A company's first life: loaded, changed, ticked, cleanly stopped.</summary>
    private async Task<Stood> Lived()
    {
        await using Company company = await Company.Start(_options);
        await company.Load();
        await company.Tell(new WorldEvent.Put(company.World.OrderLines.Last() with { Quantity = 2 }));
        await company.Tell(new WorldEvent.Put(company.World.Parties.First() with { Key = "NEW", Name = "Nouveau é" }));
        await company.Tell(new WorldEvent.Removed(TableKind.Named("parties")!, "NEW", "entered twice"));
        return company.Stood();
    }

    private async Task<Stood> Started()
    {
        await using Company company = await Company.Start(_options);
        return company.Stood();
    }

    private async Task<IReadOnlyList<StoredSnapshot>> Kept()
    {
        await using var database = new Database(_options);
        return await new Snapshots(database).List(Stop);
    }
}

/// <summary>What a company's server holds at one moment.</summary>
internal sealed record Stood(Snapshot World, Instant Epoch, long Sequence, IReadOnlyList<Forecast> Forecasts, IReadOnlyList<int[]> Samples)
{
    public void SameAs(Stood other)
    {
        Assert.True(World.SameAs(other.World));
        Assert.Equal((World.Version, Epoch, Sequence), (other.World.Version, other.Epoch, other.Sequence));
        Assert.NotEmpty(Forecasts.OfType<Forecast.Dated>());
        Assert.Equal(Forecasts, other.Forecasts);
        Assert.Equal(Samples, other.Samples);
    }
}

/// <summary>The server's living parts on a store, started and stopped by its own code, without its doors.</summary>
internal sealed class Company(IHost host) : IAsyncDisposable
{
    private readonly LiveWorld _live = host.Services.GetRequiredService<LiveWorld>();
    private readonly Planner _planner = host.Services.GetRequiredService<Planner>();

    public Snapshot World => _live.World;

    public static async Task<Company> Start(StorageOptions options)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new ServerOptions(false, options, 0, null, ""));
        builder.Services.AddStorage(options);
        builder.Services.AddLive();
        var company = new Company(builder.Build());
        await company.Begin();
        return company;
    }

    public Task Load() => Tell([.. DemoFolder.Events]);

    public async Task Tell(params WorldEvent[] events)
    {
        Answer answer = await _planner.Tell(events, "test", null, default);
        Assert.True(answer.Accepted, string.Join('\n', answer.Findings));
    }

    /// <summary>Whether order lines wait for a lot.</summary>
    public bool Holds(Lot lot) => _live.Plan.HeldBy(lot.Key).Count > 0;

    public Task Tick() => _planner.Tick(default);

    /// <summary>What changed, as the brand owner is told.</summary>
    public IReadOnlyList<ChangeView> Told()
    {
        lock (_live.Gate) return [.. ChangeViews.Of(new Sight(_live.World, _live.Plan, _live.Changes, _live.Plan.Epoch, Money: true), 500)];
    }

    public Stood Stood()
    {
        lock (_live.Gate)
        {
            Forecast[] forecasts = [.. _live.Plan.Forecasts];
            return new(_live.World, _live.Plan.Epoch, _live.Sequence, forecasts, [.. forecasts.Select(f => _live.Plan.DateSamples(f.OrderLine))]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await (host as IAsyncDisposable)!.DisposeAsync();
    }

    private async Task Begin()
    {
        await host.StartAsync();
        try
        {
            await _planner.Started;
        }
        catch
        {
            await (host as IAsyncDisposable)!.DisposeAsync();
            throw;
        }
    }
}

public sealed class SqliteStartTests() : StartConformance(new SqliteStores());

public sealed class PostgresStartTests(PostgresServer server) : StartConformance(new PostgresStores(server));
