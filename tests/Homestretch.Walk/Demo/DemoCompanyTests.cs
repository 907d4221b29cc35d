using Homestretch.Arrivals;
using Homestretch.Cli.Demo;
using Homestretch.Exchange.Csv;
using Homestretch.Products;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class DemoCompanyTests
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed));

    [Fact]
    public void The_company_folder_reads_back_whole_and_without_a_finding()
    {
        var files = CompanyFolder.Write(s_world).ToArray();
        var (read, findings) = CompanyFolder.Read(files);
        Assert.Empty(findings);
        Assert.Equal(files, CompanyFolder.Write(read!).ToArray(), SameFile);
    }

    [Fact]
    public void A_company_that_remembers_has_finished_units_of_lots_that_had_come_with_all_their_steps_and_leaves_its_book_as_it_is()
    {
        var world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed, pastDays: Past.Remembered));
        var files = CompanyFolder.Write(world).ToArray();
        Assert.Empty(CompanyFolder.Read(files).Findings);
        Assert.InRange(world.Units.Count, 40, 120);
        Assert.Equal(Hubs.Lines.Select(static l => l.Line).Order(StringComparer.Ordinal), world.Units.Select(u => world.Builds[u.Build].Line.Value).Distinct().Order(StringComparer.Ordinal));
        Assert.All(world.Units, u =>
        {
            Build build = world.Builds[u.Build];
            Assert.True(u.State == UnitState.Complete && u.Begun == build.Start && u.Completed <= build.End && build.End < s_start && build.Status == OrderStatus.Completed && world.OrderLines[build.OrderLine].Status == OrderStatus.Completed);
            UnitPart[] parts = [.. world.UnitParts.StartingWith($"{u.Key}|")];
            Assert.InRange(parts.Length, 16, 17);
            Assert.All(parts, p => Assert.True(world.Lots[p.LotNumber] is { State: LotState.Received } lot && world.Milestones.StartingWith($"{lot.Shipment}|").Where(static m => m.Classifier == Classifier.Actual).Max(static m => m.At) < u.Begun));
            Assert.Contains(world.UnitSteps.StartingWith($"{u.Key}|"), static s => s.Values.StartsWith("sha256=", StringComparison.Ordinal));
        });
        foreach (var line in world.Builds.Where(static b => b.Status == OrderStatus.Completed).GroupBy(static b => b.Line))
            Assert.All(line.OrderBy(static b => b.Start).Zip(line.OrderBy(static b => b.Start).Skip(1)), static x => Assert.True(x.First.End <= x.Second.Start));
        Assert.Equal(s_world.OrderLines.Count(static o => o.Status == OrderStatus.Approved), world.OrderLines.Count(static o => o.Status == OrderStatus.Approved));
    }

    [Fact]
    public void Every_step_of_work_can_be_read_in_every_language_of_the_floor()
    {
        Assert.Empty(StepTextGaps.Of(s_world));
        Assert.Equal(["de", "es", "fr", "vi", "zh-Hans"], s_world.StepTexts.Where(static t => t.Title.Length > 0).Select(static t => t.Language).Distinct().Order(StringComparer.Ordinal));
        Assert.All(s_world.WorkSteps, static s => Assert.Equal("en", s.Language));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var files = CompanyFolder.Write(s_world).ToArray();
        Assert.Equal(files, Folder(DemoCompany.DefaultSeed), SameFile);
        Assert.NotEqual(files, Folder(DemoCompany.DefaultSeed + 1), SameFile);
    }

    [Fact]
    public void No_two_records_share_a_key() =>
        Assert.Empty(DemoCompany.Make(s_start, DemoCompany.DefaultSeed).GroupBy(static r => (TableKind.For(r).Name, r.Id)).Where(static g => g.Count() > 1).Select(static g => g.Key));

    [Fact]
    public void The_C1_has_17_positions_and_every_variant_takes_one_item_at_each()
    {
        var variants = new Variants(s_world);
        Assert.Equal(17, s_world.Items.Where(static i => i.Kind == ItemKind.SubAssembly).Select(static i => i.Group).Distinct().Count());
        int seen = 0;
        foreach (Choices choices in AllChoices(0, []))
        {
            foreach (Market market in s_world.Markets)
            {
                Kit kit = variants.Of(Catalogue.Family, market.Key, new([.. choices.Taken, .. Catalogue.Switched(market.Id)]), new LocalDate(2026, 12, 1));
                Assert.True(kit.Legal, string.Join("; ", kit.Refusals));
                Assert.Equal(choices["rack"] == "yes" ? 17 : 16, kit.Parts.Count);
                Assert.Equal(kit.Parts.Count, kit.Parts.Select(static p => p.Item.Group).Distinct().Count());
                seen++;
            }
        }
        Assert.Equal(4 * 2 * 2 * 2 * 3 * 2 * 5, seen);
    }

    [Fact]
    public void A_UK_bike_has_its_front_brake_on_the_right_lever_and_its_own_charger_and_kit()
    {
        Choices any = AllChoices(0, []).First();
        string[] uk = [.. Catalogue.PartsOf("UK", any).Select(static p => p.Item)];
        Assert.Superset(new HashSet<string> { "BRK-RF", "CHG-UK", "KIT-UK", "DSP-MI" }, uk.ToHashSet());
        Assert.DoesNotContain(Catalogue.PartsOf("EU", any), static p => p.Item is "BRK-RF" or "DSP-MI" or "LGT-US");
    }

    [Fact]
    public void Every_lane_takes_the_stated_days_door_to_hub_at_P50_and_P90()
    {
        foreach (var (lane, (p50, p90)) in Ways.DoorToHub)
        {
            StageTime[] steps = [.. s_world.LaneSteps.StartingWith($"{lane}|").Select(static s => StageTime.Of((double)s.P50Days, (double)s.P90Days))];
            double[] totals = [.. Enumerable.Range(0, 4000).Select(n => steps.Select((s, i) => s.Quantile(new Draws(3).Uniform(StableHash.Of(lane, $"{i}"), n))).Sum()).Order()];
            Assert.InRange(totals[2000] / p50, 0.97, 1.03);
            Assert.InRange(totals[3600] / p90, 0.97, 1.03);
        }
    }

    [Fact]
    public void Main_legs_follow_the_common_ocean_factor_as_stated()
    {
        decimal Weight(string lane) => s_world.Loadings.StartingWith($"{lane}|").Where(static l => l.Factor == "ocean").Select(static l => l.Weight).SingleOrDefault();
        Assert.Equal([0.5m, 0.5m, 0.5m, 0.5m, 0.15m, 0.15m, 0.5m, 0m],
            new[] { "VN", "TW", "KR", "CNS", "CNE", "JP", "HU", "MX" }.Select(o => Weight($"{o}-GVL")));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Most_promises_are_on_track_some_at_risk_and_few_broken(int seed)
    {
        Snapshot world = Snapshot.Of(DemoCompany.Make(s_start, seed));
        var policy = new PlanPolicy();
        Assert.Empty(Plan.Allocate(world, s_start, policy, Scope.Unpegged));
        Forecast[] forecasts = [.. Plan.Make(world, s_start, policy).Forecasts];
        double[] kept = [.. forecasts.Select(static f => f.AsDated?.Kept?.Value ?? 0)];
        int broken = kept.Count(static k => k < 0.5), atRisk = kept.Count(static k => k is >= 0.5 and < 0.9);
        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {broken} broken, {atRisk} at risk, {forecasts.Count(static f => f.AsDated is null)} unknown, of {kept.Length}");
        Assert.All(forecasts, static f => Assert.NotNull(f.AsDated));
        Assert.InRange(broken, 1, 40);
        Assert.InRange(atRisk, 10, 110);
    }

    [Fact]
    public void Supply_covers_the_order_book_and_not_much_more()
    {
        foreach (string hub in Hubs.Keys)
        {
            decimal need = s_world.OrderLines.Where(o => o.Hub == hub).Sum(static o => o.Quantity);
            decimal motors = s_world.Stock.Where(s => s.Site == hub && s.Item == "MOT-1").Sum(static s => s.Quantity.Value)
                + s_world.Lots.Where(l => l.Item == "MOT-1" && l.State < LotState.Received && s_world.Lanes[l.Lane].To == hub).Sum(static l => l.Quantity.Value);
            Assert.InRange(motors / need, 0.95m, 1.7m);
        }
    }

    [Fact]
    public void Lots_are_in_every_state_and_machines_in_several()
    {
        foreach (LotState state in new[] { LotState.Planned, LotState.Making, LotState.Made, LotState.Shipped, LotState.Received })
            Assert.Contains(s_world.Lots, l => l.State == state);
        Assert.InRange(s_world.Lots.Count, 200, 350);
        Assert.InRange(s_world.Machines.Count, 12, 20);
        Assert.All(s_world.ProductionRuns, static r => Assert.InRange(r.Produced, 0, r.Quantity.Value));
    }

    [Fact]
    public void Nothing_is_reported_before_it_is_known_and_no_actual_lies_in_the_future()
    {
        Assert.All(s_world.Milestones, static m => Assert.True(m.Reported <= s_start));
        Assert.All(s_world.Milestones.Where(static m => m.Classifier == Classifier.Actual), static m => Assert.True(m.At <= m.Reported));
    }

    [Theory]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    public void Easter_falls_where_the_almanac_has_it(int year, string day) => Assert.Equal(day, Holidays.Easter(year).ToString("uuuu-MM-dd", null));

    [Fact]
    public void Containers_carry_the_check_digit_of_ISO_6346() => Assert.Equal("CSQU3054383", Voyage.Container("CSQU305438"));

    private static KeyValuePair<string, byte[]>[] Folder(int seed) => [.. CompanyFolder.Write(Snapshot.Of(DemoCompany.Make(s_start, seed)))];
    private static bool SameFile(KeyValuePair<string, byte[]> a, KeyValuePair<string, byte[]> b) => a.Key == b.Key && a.Value.AsSpan().SequenceEqual(b.Value);

    private static IEnumerable<Choices> AllChoices(int feature, (string, string)[] taken) => feature == Catalogue.Features.Count ? [new Choices(taken)]
        : Catalogue.Features[feature].Options.SelectMany(o => AllChoices(feature + 1, [.. taken, (Catalogue.Features[feature].Feature, o.Option)]));
}
