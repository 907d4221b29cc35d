using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Simulating;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Simulating;

/// <summary>The demonstration company played forward; docs/calibration.md has the large run.</summary>
public sealed class SimulationTests
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 6, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed));

    private static SimulationPolicy Policy(int days, double quantile = 0.9) =>
        new() { Days = days, Replan = quantile != 0.9, Plan = new PlanPolicy { Samples = 128, AllocationQuantile = quantile } };

    private static Scores Play(int seeds, SimulationPolicy policy)
    {
        var futures = new Played[seeds];
        Parallel.For(0, seeds, i => futures[i] = Simulation.Play(s_world, s_start, policy, (ulong)(i + 1)));
        return Scores.Of(futures);
    }

    private static string Json(SimulationPolicy policy, Scores scores)
    {
        var text = new StringWriter();
        SimulateText.Json(text, s_world, s_start, policy, scores);
        return text.ToString();
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_another_future()
    {
        SimulationPolicy policy = Policy(6) with { NewOrders = true };
        Assert.Equal(Json(policy, Play(2, policy)), Json(policy, Play(2, policy)));
        Assert.NotEqual(Json(policy, Scores.Of([Simulation.Play(s_world, s_start, policy, 1)])), Json(policy, Scores.Of([Simulation.Play(s_world, s_start, policy, 2)])));
    }

    /// <summary>What the simulation tells the world unchecked, the checked way of events takes as well.</summary>
    [Fact]
    public void Every_event_it_tells_is_one_the_world_accepts()
    {
        Snapshot world = s_world;
        int events = 0;
        SimulationPolicy policy = Policy(20) with { NewOrders = true };
        Simulation.Play(world, s_start, policy, 3, GivenTruth.Nothing, batch =>
        {
            Applied applied = world.Apply(batch);
            Assert.Empty(applied.Findings);
            world = applied.World;
            events += batch.Count;
        });
        Assert.True(events > 1000);
        Assert.All(world.Stock, static s => Assert.True(s.Quantity.Value >= 0));
        Assert.Contains(world.Builds, static b => b.Status == OrderStatus.Completed);
        Assert.Contains(world.Promises, static p => p.OrderLine.Value.StartsWith("SIM-", StringComparison.Ordinal));
    }

    /// <summary>Few futures, so a wide margin: 250 kits that hang together in each. A model that is off by a fifth fails.</summary>
    [Fact]
    public void What_is_said_of_kits_and_dates_comes_true_about_as_often_as_said()
    {
        foreach (double quantile in (double[])[0.9, 0.5])
        {
            HorizonScore said = Play(12, Policy(45, quantile)).Horizons.Single(static h => h.HorizonDays == 14);
            Assert.True(said.Count > 1500);
            double stated = said.Kits.Sum(static b => b.Stated * b.Count) / said.Count, came = said.Kits.Sum(static b => b.Came * b.Count) / said.Count;
            Assert.InRange(came - stated, -0.08, 0.08);
            Assert.All(said.Kits.Where(static b => b.Count > 400), static b => Assert.InRange(b.Gap.Value, -0.2, 0.2));
            Assert.All(said.Dates, static q => Assert.InRange(q.Came.Value - q.Stated, -0.12, 0.12));
        }
    }

    [Fact]
    public void Kits_planned_on_medians_are_whole_far_less_often() =>
        Assert.True(Play(4, Policy(40)).KitsWhole!.Value.Value > Play(4, Policy(40, 0.5)).KitsWhole!.Value.Value + 0.2);

    [Fact]
    public void A_given_truth_happens_as_given()
    {
        Lot lot = s_world.Lots.First(static l => l.State == LotState.Shipped && l.Lane == "KR-GVL");
        string csv = $"carrier,sequence,at\n{lot.Shipment},6,2026-11-27T08:30:00Z\n";
        var (truth, findings) = TruthFile.Read(System.Text.Encoding.UTF8.GetBytes(csv), "truth.csv", s_world);
        Assert.Empty(findings);
        Snapshot world = s_world;
        Simulation.Play(world, s_start, Policy(4), 1, truth!, batch => world = world.Apply(batch).World);
        Milestone told = world.Milestones.Single(m => m.Shipment == lot.Shipment && m is { Sequence: 6, Classifier: Classifier.Actual, Edge: Edge.End });
        Assert.Equal(Instant.FromUtc(2026, 11, 27, 8, 30), told.At);
        Assert.Equal(LotState.Received, world.Lots[lot.Key].State);
    }

    [Fact]
    public void A_wrong_truth_file_says_every_error_and_where()
    {
        byte[] csv = "carrier,sequence,at\nNOBODY,6,2026-11-27T08:30:00Z\nBAT-400-ALM-2645,x,yesterday\nBAT-400-ALM-2645,1\n"u8.ToArray();
        var (truth, findings) = TruthFile.Read(csv, "truth.csv", s_world);
        Assert.Null(truth);
        Assert.Equal([(2, "unknown-key"), (3, "sequence"), (3, "moment"), (4, "columns")], findings.Select(static f => (f.Place.Line, f.Rule)));
    }

    [Fact]
    public void Its_json_has_the_documented_shape()
    {
        SimulationPolicy policy = Policy(16);
        JsonElement json = JsonDocument.Parse(Json(policy, Play(2, policy))).RootElement;
        Assert.Equal(["world", "start", "days", "policy", "promise_confidence", "renew_below", "replan", "new_orders", "fit_lanes", "promises", "on_time", "kits_whole", "stock", "horizons", "seeds", "undated"],
            json.EnumerateObject().Select(static p => p.Name));
        JsonElement bin = json.GetProperty("horizons")[1].GetProperty("kits")[0];
        Assert.Equal(["from", "to", "count", "stated_share", "came_share", "gap", "holds"], bin.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(2, json.GetProperty("seeds").GetArrayLength());
    }
}
