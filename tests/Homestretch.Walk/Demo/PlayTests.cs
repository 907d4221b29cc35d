using Homestretch.Cli.Demo;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Machines.Health;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class PlayTests
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed));

    [Fact]
    public void Ten_days_go_by_without_breaking_a_rule_of_the_world()
    {
        Play play = New();
        for (int hour = 1; hour <= 10 * 24; hour++) play.To(s_start + Duration.FromHours(hour));
        TestContext.Current.SendDiagnosticMessage(play.Status + $", {play.World.OrderLines.Count(static o => o.Status == OrderStatus.Completed)} completed, {play.World.Lots.Count} lots, {play.World.Lots.Count(static l => l.State == LotState.Received)} received, {play.World.Shipments.Count} shipments, {play.World.Milestones.Count} milestones");
        Assert.Empty(play.Refused);
        Assert.InRange(play.World.OrderLines.Count(static o => o.Status == OrderStatus.Completed), 25, 130);
        Assert.InRange(play.World.OrderLines.Count - s_world.OrderLines.Count, 25, 130);
        Assert.All(play.World.Stock, static s => Assert.True(s.Quantity.Value >= 0));
    }

    [Fact]
    public void Played_beside_our_planner_every_order_keeps_a_date_and_new_ones_get_a_promise_from_their_slot()
    {
        Play play = New();
        Snapshot world = s_world;
        TableKind[] planned = [.. new[] { "purchase_order_lines", "lots", "order_lines", "builds", "pegs" }.Select(static n => TableKind.Named(n)!)];
        Instant now = s_start;
        for (int step = 1; step <= 12; step++)
        {
            now = s_start + Duration.FromHours(8 * step);
            world = Kept(world.Apply(play.To(now).Told));
            world = Kept(world.Apply(Plan.Allocate(world, now, new PlanPolicy(), Scope.Unpegged)));
            Assert.Empty(play.Learn(planned.ToDictionary(static k => k, k => (IReadOnlyCollection<IRecord>)[.. world.Records(k)])));
        }
        world = Kept(world.Apply(play.To(now + Duration.FromHours(1)).Told));
        Assert.All(Plan.Make(world, now, new PlanPolicy()).Forecasts, static f => Assert.NotNull(f.AsDated));
        OrderLine[] added = [.. world.OrderLines.Where(static o => !s_world.OrderLines.Contains(o.Id))];
        Assert.NotEmpty(added);
        Assert.Contains(added, o => world.Promises.Contains($"{o.Id}|001"));
        Assert.Empty(play.Refused);

        static Snapshot Kept(Applied applied)
        {
            Assert.Empty(applied.Findings);
            return applied.World;
        }
    }

    /// <summary>Ships that have Suez before them turn, and their carriers say so; ships by Panama go on as they were; opened at once, all is as it was.</summary>
    [Fact]
    public void A_closed_canal_turns_the_ships_that_would_pass_it_and_no_others()
    {
        Play open = New(), closed = New(), briefly = New();
        Assert.Equal("Suez is closed. Say 'open suez' to open it.", closed.Obey(["close", "suez", "a", "ship", "ran", "aground"]));
        Assert.Equal("Suez is closed already.", closed.Obey(["close", "suez"]));
        briefly.Obey(["close", "suez"]);
        Assert.Equal("Suez is open.", briefly.Obey(["open", "suez"]));
        Assert.StartsWith("Say which passage: suez", closed.Obey(["close", "kiel"]), StringComparison.Ordinal);
        Instant later = s_start + Duration.FromDays(1.5);
        foreach (Play play in (Play[])[open, closed, briefly]) play.To(later);
        var told = Estimates(open);
        Assert.Equal(told, Estimates(briefly));
        int turned = 0;
        foreach (var (key, at) in Estimates(closed))
        {
            string lane = s_world.Shipments.Find(key.Split('|')[0])?.Lane.Value ?? "";
            double days = (at - told[key]).TotalDays;
            if (lane is "TW-GVL" or "KR-GVL" or "HU-GVL") Assert.Equal(0, days);
            else if (days > 3) turned++;
        }
        Assert.True(turned > 5, $"Only {turned} ships turned.");
        Assert.Empty(closed.Refused);

        static SortedDictionary<string, Instant> Estimates(Play play) => new(play.World.Milestones.Where(static m => m is { Sequence: 3, Edge: Edge.End, Classifier: Classifier.Estimated })
            .ToDictionary(static m => $"{m.Shipment}|{m.Source}", static m => m.At), StringComparer.Ordinal);
    }

    [Fact]
    public void A_row_the_server_withdrew_is_forgotten()
    {
        Play play = New();
        TableKind pegs = TableKind.Named("pegs")!;
        Assert.Empty(play.Learn(new Dictionary<TableKind, IReadOnlyCollection<IRecord>> { [pegs] = [.. s_world.Pegs.Skip(10)] }));
        Assert.Equal(s_world.Pegs.Count - 10, play.World.Pegs.Count);
    }

    [Fact]
    public void The_same_world_and_steps_are_played_the_same_way()
    {
        Play one = New(), two = New();
        for (int hour = 1; hour <= 72; hour++)
        {
            Step a = one.To(s_start + Duration.FromHours(hour)), b = two.To(s_start + Duration.FromHours(hour));
            Assert.Equal(a.Told, b.Told);
            Assert.Equal(a.Readings, b.Readings);
        }
    }

    [Fact]
    public void What_the_company_was_made_with_goes_on_as_it_was_going_to()
    {
        var (shipment, way) = s_world.Shipments.Where(static s => s_world.Lots.Any(l => l.Shipment == s.Key && l.State == LotState.Shipped))
            .Select(static s => (Shipment: s, Way: Voyage.Of(new Draw(DemoCompany.DefaultSeed), s.Id, s_world.Milestones.StartingWith($"{s.Id}|01|0|0").First().At,
                s_world.LaneSteps.StartingWith($"{s.Lane}|"), s_world.Loadings.StartingWith($"{s.Lane}|").ToLookup(static l => l.Sequence)))).MinBy(static x => x.Way[^1].End);
        Play play = New();
        play.To(way[^1].End - Duration.FromHours(1));
        Assert.Contains(play.World.Lots, l => l.Shipment == shipment.Key && l.State == LotState.Shipped);
        play.To(way[^1].End + Duration.FromHours(1));
        Assert.All(play.World.Lots.Where(l => l.Shipment == shipment.Key), static l => Assert.Equal(LotState.Received, l.State));
    }

    [Fact]
    public void A_machine_told_down_stays_down_until_told_up()
    {
        Play play = New();
        play.To(s_start + Duration.FromHours(1));
        Assert.Contains("is down", play.Obey(["down", "WIND-01"]));
        MachineReading down = play.To(s_start + Duration.FromHours(60)).Readings.Last(static r => r.Machine.Key == "WIND-01");
        Assert.Equal((MachineState.Down, 0.0), (down.State, down.RatePerHour));
        play.Obey(["up", "WIND-01"]);
        Assert.Equal(MachineState.Running, play.To(s_start + Duration.FromHours(61)).Readings.Last(static r => r.Machine.Key == "WIND-01").State);
    }

    [Fact]
    public void A_delayed_shipment_is_estimated_later_at_once_and_truly_comes_later()
    {
        Play play = New();
        play.To(s_start + Duration.FromHours(1));
        string shipment = play.World.Lots.First(static l => l.State == LotState.Shipped && l.Lane == "VN-GVL").Shipment!.Value.Value;
        Assert.Contains("9 days later", play.Obey(["delay", shipment, "9"]));
        var told = play.To(s_start + Duration.FromHours(2)).Told.OfType<WorldEvent.Put>().Select(static p => p.Record).OfType<Milestone>();
        Assert.Contains(told, m => m.Shipment == shipment && m.Classifier == Classifier.Estimated);
    }

    [Fact]
    public void Orders_that_make_no_sense_are_answered_with_what_would()
    {
        Play play = New();
        Assert.Contains("There are: WELD-01", play.Obey(["down", "NOPE"]));
        Assert.Contains("No shipment", play.Obey(["delay", "NOPE", "3"]));
        Assert.Contains("storm SITE DAYS", play.Obey(["dance"]));
    }

    [Fact]
    public void The_winder_replays_the_real_bearing_and_fails_after_six_days_of_running()
    {
        double first = RealSignals.Bearings[^1].Minutes / 60 - 144;
        foreach (double hours in new[] { 0, 30.5, 100, 140 })
        {
            double measured = RealSignals.Bearings[(int)((first + hours) * 6)].Bearings[0];
            Assert.Equal(30 * measured, Wear.At(WearKind.SpindleBearing, "WIND-01", hours, renewed: false).VibrationMmS);
        }
        Assert.Equal(144, Wear.LifeHours(WearKind.SpindleBearing, new Draw(8), "WIND-01")!.Value, 6);
    }

    [Fact]
    public void The_coolant_pump_follows_a_real_run_to_failure_of_216_cycles_one_an_hour()
    {
        double[] t50 = [.. RealSignals.Engines[41].Select(static row => row[1])];
        double[] coolant = [.. Enumerable.Range(0, 216).Select(static h => Wear.At(WearKind.CoolantPump, "WELD-01", h, renewed: false).TemperatureC)];
        Assert.Equal(216, t50.Length);
        Assert.All(Enumerable.Range(0, 216), h => Assert.Equal(24 + (t50[h] - 1391) * 0.9, coolant[h], 9));
        Assert.True(coolant[^24..].Average() > coolant[..24].Average() + 15);
    }

    [Fact]
    public void The_press_gives_no_sign_before_its_die_cracks()
    {
        double life = Wear.LifeHours(WearKind.PressDie, new Draw(8), "FORGE-01")!.Value;
        Assert.Equal(Wear.At(WearKind.Well, "FORGE-01", life - 0.1, false), Wear.At(WearKind.PressDie, "FORGE-01", life - 0.1, false));
    }

    [Fact]
    public void Shipped_models_say_what_is_usual_of_a_young_part_and_come_close_near_the_end_of_the_real_ones()
    {
        var pump = Judged(WearKind.CoolantPump, 216);
        var bearing = Judged(WearKind.SpindleBearing, 144);
        Assert.InRange(pump[6], 150, 200);
        Assert.InRange(new[] { 160, 180, 200, 212 }.Average(h => Math.Abs(pump[h] - (216 - h))), 0, 10);
        Assert.InRange(new[] { 72, 120, 140 }.Average(h => Math.Abs(bearing[h] - (144 - h))), 0, 15);

        static SortedDictionary<int, double> Judged(WearKind kind, int hours)
        {
            LifeModel model = PartModels.Of(kind)!.Value.Model;
            HealthTrack track = model.Track();
            var said = new SortedDictionary<int, double>();
            foreach (PastReading r in new MachinePlayer(Plants.Machines.First(m => m.Wear == kind), new Stage(s_world, s_start, new Draw(8)), new(hours, false)).Past(s_start))
            {
                track.Add(r.RunningHours, [(float)r.Features.VibrationMmS, (float)r.Features.TemperatureC, (float)r.Features.CurrentA]);
                if (model.Judge(track) is { } left) said[(int)Math.Round(r.RunningHours - Wear.HoursBefore(kind))] = left.P50;
            }
            return said;
        }
    }

    [Fact]
    public void Shipped_models_say_that_their_history_is_simulated_and_hold_as_often_as_they_say()
    {
        foreach (var (kind, _, cap) in PartModels.Kinds)
        {
            var (model, card) = PartModels.Of(kind)!.Value;
            Assert.Contains("SIMULATED", card.Data, StringComparison.Ordinal);
            Assert.Equal(cap, model.Cap);
            var outcomes = new List<LifeOutcome>();
            foreach (UnitHistory part in SimulatedParts.Make(kind, 40, 99).Units)
            {
                HealthTrack track = model.Track();
                for (int r = 0; r < part.Count; r++)
                {
                    track.Add(part.Cycles[r], part.Reading(r));
                    if (r > 15 && r % 10 == 0) outcomes.Add(new(part.Unit, model.Judge(track)!, part.Left(r)));
                }
            }
            LifeScore score = LifeScore.Of(outcomes);
            Assert.InRange(score.Coverage, 0.82, 0.97);
            Assert.InRange(score.Rmse, 5, 1.3 * card.Figures.First(static f => f.Name == "rmse").Value);
        }
    }

    [Fact]
    public void Legs_are_late_as_real_deliveries_are()
    {
        Assert.Equal(10, Lateness.Days("ocean", 10, 14, 0.5));
        Assert.Equal(Lognormal.At(10, 14, Normal.Quantile(0.95)), Lateness.Days("ocean", 10, 14, 0.95), 6);
        Assert.True(Lateness.Days("ocean", 10, 14, 0.99) > Lognormal.At(10, 14, Normal.Quantile(0.99)));
    }

    private static Play New() => new(s_world, s_start, DemoCompany.DefaultSeed);
}
