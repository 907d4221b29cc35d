using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Server.Storage;
using Homestretch.Server.Storage.Telemetry;
using Homestretch.Server.Training;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Training;

/// <summary>Remaining life learned from the telemetry that the hub kept of machines that failed.</summary>
public sealed class LifeTrainingTests : IDisposable
{
    private static readonly Instant s_begin = Instant.FromUtc(2026, 1, 5, 0, 0);
    private static readonly Draws s_draws = new(11);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-lives-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task From_lives_heard_until_they_failed_a_model_is_trained_and_weighed()
    {
        Snapshot world = World(3);
        using TelemetryLog log = TelemetryLog.Open(new(_folder), TimeProvider.System);
        Instant end = await Play(log, machines: 3, lives: 5);
        var training = new LifeTraining(new History(log));
        Trained.Made made = Assert.IsType<Trained.Made>(await training.Run(world, "pump", end, null, Stop));
        var (model, card, findings) = LifeModelFile.Read(made.File, "test");
        Assert.Empty(findings);
        Assert.Equal(["Flow", "Heat"], model!.Names.Sensors);
        Assert.Equal(["M1 1", "M3 4"], [card!.From, card.To]); // what broke and was not renewed yet may go on
        Assert.Equal(12, card.Figures.Single(static f => f.Name == "held_out_units").Value);
        double Figure(string name) => card.Figures.Single(f => f.Name == name).Value;
        Assert.True(Figure("rmse") < Figure("age_alone_rmse"), made.Why); // wear shows in heat and tells more than the age
        Assert.Equal(made.Better, Figure("coverage") >= LifeTraining.LeastCoverage);

        // the same history gives the same bytes; one in force whose card is better stays, one of other sensors is not compared with
        Assert.Equal(made.File, Assert.IsType<Trained.Made>(await training.Run(world, "pump", end, null, Stop)).File);
        TrainedModel.Lives Said(double rmse) => new(model, card with { Figures = [new ModelFigure("rmse", rmse)] });
        Trained.Made against = Assert.IsType<Trained.Made>(await training.Run(world, "pump", end, (4, Said(0.01)), Stop));
        Assert.False(against.Better);
        Assert.EndsWith("the card of version 4 says 0.01 h.", against.Why);
        var other = new TrainedModel.Lives(model with { Names = new([], ["Noise"]) }, card);
        Assert.Contains("looks at other sensors", Assert.IsType<Trained.Made>(await training.Run(world, "pump", end, (4, other), Stop)).Why);
    }

    [Fact]
    public async Task With_too_few_failures_it_says_how_many_there_are()
    {
        using TelemetryLog log = TelemetryLog.Open(new(_folder), TimeProvider.System);
        Instant end = await Play(log, machines: 2, lives: 3, open: true);
        Trained.NotEnough said = Assert.IsType<Trained.NotEnough>(await new LifeTraining(new History(log)).Run(World(3), "pump", end, null, Stop));
        Assert.Equal("6 of 10 lives needed ran to failure while the hub heard them, of 3 machines; others: 2 still running.", said.Said[0]);
        Assert.Equal("Measured values that would be learned from: Flow, Heat.", said.Said[1]);
        said = Assert.IsType<Trained.NotEnough>(await new LifeTraining(new History(log)).Run(World(3), "lathe", end, null, Stop));
        Assert.StartsWith("0 of 10 lives needed", said.Said[0]);
    }

    private static Snapshot World(int machines) => Snapshot.Empty.Apply([.. new IRecord[]
    {
        new Party("P", "Plant", PartyKind.Supplier, "TW"), new Site("S", "P", "Plant", SiteKind.Plant, "", "TW", "Asia/Taipei", null, null),
    }.Concat(Enumerable.Range(1, machines).Select(static m => new Machine($"M{m}", "P", "S", $"Pump {m}", "", 1, null, 8, 24, "pump"))).Select(static r => new WorldEvent.Put(r))]).World;

    /// <summary>Machines that run until they break, stand for half a day, and begin anew with a new part: what they say each hour.</summary>
    private static async Task<Instant> Play(TelemetryLog log, int machines, int lives, bool open = false)
    {
        Instant last = s_begin;
        for (int m = 1; m <= machines; m++)
        {
            string machine = $"M{m}";
            Instant at = s_begin;
            var samples = new List<TelemetrySample>();
            for (int life = 1; life <= lives; life++)
            {
                int hours = 60 + (int)(60 * s_draws.Uniform(StableHash.Of("life", machine), life));
                Live(machine, life, at, hours, hours, samples);
                at += Duration.FromHours(hours);
                samples.Add(new(machine, "State", at, double.NaN, Text: "down"));
                samples.Add(new(machine, "Reason", at, double.NaN, Text: "bearing failure"));
                at += Duration.FromHours(12);
            }
            if (open) Live(machine, lives + 1, at, 20, 90, samples);
            at += Duration.FromHours(20);
            last = Instant.Max(last, at);
            foreach (TelemetrySample[] some in samples.Chunk(2000)) Assert.Equal(TelemetryOutcome.Kept, (await log.Append(new("P", at, some), Stop)).Outcome);
        }
        return last;
    }

    private static void Live(string machine, int life, Instant at, int hours, int whole, List<TelemetrySample> samples)
    {
        samples.Add(new(machine, "State", at, double.NaN, Text: "running"));
        samples.Add(new(machine, "Reason", at, double.NaN, Text: ""));
        ulong key = StableHash.Of(machine, $"{life}");
        for (int h = 0; h < hours; h++)
        {
            double wear = Math.Exp(-(whole - h) / 15.0);
            Instant now = at + Duration.FromMinutes(60 * h + 30);
            samples.Add(new(machine, "RunningHours", now, h + 0.5));
            samples.Add(new(machine, "Heat", now, 60 + 20 * wear + 0.5 * s_draws.Normal(key, 2 * h)));
            samples.Add(new(machine, "Flow", now, 9 - 2 * wear + 0.2 * s_draws.Normal(key, 2 * h + 1)));
            samples.Add(new(machine, "Produced", now, h));
        }
    }
}
