using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Storage;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Homestretch.Server.Tests.Storage.Store;

namespace Homestretch.Server.Tests.Training;

/// <summary>The register of models, on both databases.</summary>
public sealed class ModelRegisterTests(PostgresServer server) : IAsyncDisposable
{
    private readonly SqliteStores _sqlite = new();

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Versions_stand_where_they_were_put_after_a_restart(Provider provider)
    {
        await using var database = new Database(provider == Provider.Sqlite ? await _sqlite.Fresh() : await server.Fresh());
        await database.Migrate(Stop);
        using ModelRegister register = await Open(database);
        var changed = new List<ModelKey>();
        register.Changed += changed.Add;
        Assert.Equal((1, 0), await Put(register, DelayFiles.Make(1)));
        Assert.Equal((2, 0), await Put(register, DelayFiles.Make(2)));
        Assert.Equal((1, 0), await Put(register, DelayFiles.Make(1)));
        Assert.Null(register.InForce(ModelKey.Delays));
        Assert.Empty(await register.PutInForce(ModelKey.Delays, 1, "first", Stop));
        Assert.Empty(await register.PutInForce(ModelKey.Delays, 2, "second", Stop));
        await register.Note(new(ModelKind.RemainingLife, "pump", Noon, "ada", TrainingOutcome.NotEnough, 0, ["7 of 10 lives needed ran to failure."]), Stop);
        Assert.Equal(2, changed.Count);

        using ModelRegister again = await Open(database);
        Assert.Equal([("retired", "Version 2 followed it."), ("in-force", "second")], again.All.Select(static m => (Words.Of(m.Kept.State), m.Kept.Reason)));
        Assert.Equal(DelayFiles.Make(2), await again.File(ModelKey.Delays, 2, Stop));
        Assert.Equal(1, again.Before(ModelKey.Delays)!.Kept.Version);
        Assert.Equal(["7 of 10 lives needed ran to failure."], again.Training(new(ModelKind.RemainingLife, "pump"))!.Said);
        Assert.Empty(await again.Retire(ModelKey.Delays, "gone", Stop));
        Assert.Equal(2, again.Before(ModelKey.Delays)!.Kept.Version);
        Assert.Equal("none-in-force", Assert.Single(await again.Retire(ModelKey.Delays, "gone", Stop)).Rule);
    }

    [Fact]
    public async Task Candidates_of_trainings_are_let_go_when_newer_ones_come_and_nothing_else_is()
    {
        await using var database = new Database(await _sqlite.Fresh());
        await database.Migrate(Stop);
        using ModelRegister register = await Open(database);
        await Put(register, DelayFiles.Make(1));
        for (int n = 2; n <= 4 + ModelRegister.CandidatesKept; n++)
        {
            await register.Put(ModelKey.Deliveries, DelayFiles.Make(n), "training", ModelOrigin.Trained, "schedule", "", Stop);
            if (n == 2) Assert.Empty(await register.PutInForce(ModelKey.Delays, 2, "", Stop));
        }
        int[] kept = [1, 2, .. Enumerable.Range(5, ModelRegister.CandidatesKept)];
        Assert.Equal(kept, register.All.Select(static m => m.Kept.Version));
        using ModelRegister again = await Open(database);
        Assert.Equal(kept, again.All.Select(static m => m.Kept.Version));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_kept()
    {
        await using var database = new Database(await _sqlite.Fresh());
        await database.Migrate(Stop);
        using ModelRegister register = await Open(database);
        byte[] good = DelayFiles.Make(1), cut = good[..^20];
        Assert.Equal("model-hash", await Wrong(register, cut));
        Assert.Equal("model-frame", await Wrong(register, "nothing"u8.ToArray()));
        Assert.Equal("model-kind", await Wrong(register, "homestretch-model 1 failure-within sha256:00\n{}\n{}\n"u8.ToArray()));
        Assert.Equal("subject", await Wrong(register, good, "pump"));
        Assert.Empty(register.All);
        using ModelRegister again = await Open(database);
        Assert.Empty(again.All);
        Assert.Equal("unknown-version", Assert.Single(await register.PutInForce(ModelKey.Delays, 1, "", Stop)).Rule);
    }

    [Fact]
    public async Task A_file_that_was_damaged_in_the_database_is_passed_over_and_the_others_serve()
    {
        StorageOptions options = await _sqlite.Fresh();
        await using var database = new Database(options);
        await database.Migrate(Stop);
        using (ModelRegister register = await Open(database))
        {
            await Put(register, DelayFiles.Make(1));
            await Put(register, DelayFiles.Make(2));
        }
        await Store.Flip(options, "models", "file", "version = 1");
        using ModelRegister again = await Open(database);
        Assert.Equal(2, Assert.Single(again.All).Kept.Version);
    }

    private static async Task<ModelRegister> Open(Database database)
    {
        var register = new ModelRegister(new ModelTables(database), new HubClock(TimeProvider.System), NullLogger<ModelRegister>.Instance);
        await register.Load(Stop);
        return register;
    }

    private static async Task<(int, int)> Put(ModelRegister register, byte[] file) =>
        await register.Put(ModelKey.Deliveries, file, "file", ModelOrigin.Uploaded, "ada", "", Stop) is var (version, findings) ? (version, findings.Count) : default;

    private static async Task<string> Wrong(ModelRegister register, byte[] file, string subject = ModelKey.Deliveries) =>
        (await register.Put(subject, file, "file", ModelOrigin.Uploaded, "ada", "", Stop)).Findings[0].Rule;
}
