using System.Text.Json;
using Homestretch.Cli.Cutting;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Exposure;
using Homestretch.Protection;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class DemoStudyTests : IDisposable
{
    private static readonly LocalDate s_day = new(2026, 11, 24);
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_now, DemoCompany.DefaultSeed));
    private static readonly DerivedStudy s_derived = Studies.Derive(s_world, "C1", s_day, "CUT-1");

    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-study-").FullName;

    public DemoStudyTests() => Folder.Write(s_world, _folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Worked out by hand from the demonstration's tables. The motor to Greenville in entries of 271, the mean of its six purchases: freight 1.56 + 420 / 271; insurance 0.0033 / 0.9967 of price and freight; duty 4 % and harbor maintenance 0.125 % of the price;
    /// merchandise processing 0.3464 % of 271 x 315, which is 1.0912 a unit. To Almere in entries of 117 there is no border: (1.84 + 190 / 117) x (1 + 0.0022 / 0.9978) euro at 0.9. Days: the lognormal steps have means of 26.7, the sailing 3.5, and what is overdue may be long overdue.</summary>
    [Fact]
    public void The_motors_stage_is_as_worked_out_by_hand()
    {
        Assert.Equal(new StudySource("CUT-1", "MOT-1", "BUKK", "MERIDIAN", (Key<Party>)"BUKK", (Key<Site>)"PL-BUKK", "PL-BUKK", "HU", 315, 20, 0, null, 0, 0, null, null), Assert.Single(s_derived.Records.OfType<StudySource>(), static s => s.Stage == "MOT-1"));
        StudyLeg greenville = Leg("GVL"), almere = Leg("ALM");
        Assert.Equal((4.21m, 0.044561m), (greenville.PerUnit, greenville.Rate));
        Assert.Equal((3.86m, 0.002205m), (almere.PerUnit, almere.Rate));
        Assert.InRange(greenville.Days!.Value, 30.2m, 30.6m);
        Assert.InRange(almere.Days!.Value, 4.2m, 4.4m);     // 3.71 + 0.55
        Assert.All(s_derived.Records.OfType<StudyLink>().Where(static l => l.From == "MOT-1"), static l => Assert.Equal(1, l.Quantity));

        static StudyLeg Leg(string hub) => Assert.Single(s_derived.Records.OfType<StudyLeg>(), l => l.FromStage == "MOT-1" && l.To == hub);
    }

    /// <summary>Two lines side by side, of 28 and 30 minutes a unit, take 2 / (1/28 + 1/30) = 28.97 minutes, at 210 an hour.</summary>
    [Fact]
    public void Finishing_takes_the_lines_hours_at_the_only_price_there_is_and_says_so()
    {
        StudySource finish = Assert.Single(s_derived.Records.OfType<StudySource>(), static s => s.Stage == "finish US");
        Assert.Equal((0.4828m, 101.38m, "GVL", "US"), (finish.Hours, finish.Cost, finish.Place, finish.Country));
        Assert.Equal(3, s_derived.Findings.Count(static f => f.Rule == "by-overtime"));
    }

    [Fact]
    public void Orders_for_New_York_count_as_those_of_the_United_States()
    {
        Assert.Contains(s_world.OrderLines, static o => o.Market == "NY");
        Assert.Equal(["customers EU", "customers UK", "customers US"], s_derived.Records.OfType<StudyStage>().Where(static s => s.Demand is not null).Select(static s => s.Stage).Order());
        LocalDate[] days = [.. s_world.OrderLines.Select(static o => o.Requested.InZone(DateTimeZoneProviders.Tzdb[s_world.Sites[o.Hub].TimeZone]).Date)];
        int units = s_world.OrderLines.Where(static o => o.Market == "US" || o.Market == "NY").Sum(static o => o.Quantity);
        Assert.Equal(units / (Period.DaysBetween(days.Min(), days.Max()) + 1.0), (double)s_derived.Records.OfType<StudyStage>().Single(static s => s.Stage == "customers US").Demand!.Value, 0.0001);
    }

    [Fact]
    public void Demand_is_that_of_the_order_book_day_by_day()
    {
        OrderLine[] book = [.. s_world.OrderLines];
        LocalDate Day(OrderLine o) => o.Requested.InZone(DateTimeZoneProviders.Tzdb[s_world.Sites[o.Hub].TimeZone]).Date;
        LocalDate first = book.Min(Day), last = book.Max(Day);
        double[] daily = [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(d => (double)book.Where(o => o.Market.Value == "UK" && Day(o) == first.PlusDays(d)).Sum(static o => o.Quantity))];
        StudyStage uk = Assert.Single(s_derived.Records.OfType<StudyStage>(), static s => s.Stage == "customers UK");
        Assert.Equal((53, 331.0), (daily.Length, daily.Sum()));
        Assert.Equal(331.0 / 53, (double)uk.Demand!.Value, 4);
        Assert.Equal(Math.Sqrt((daily.Sum(static d => d * d) - 331.0 * 331 / 53) / 52), (double)uk.DemandSpread!.Value, 4);
        Assert.Equal(book.Where(static o => o.Market.Value == "UK" && o.Options["battery"] == "500Wh").Sum(static o => o.Quantity) / 331.0, (double)s_derived.Records.OfType<StudyLink>().Single(static l => l is { From: "BAT-500", To: "finish UK" }).Quantity, 4);
        Assert.Equal(["by-overtime", "certain-times", "demand-of-orders", "other-way", "served-from-stock"], s_derived.Findings.Select(static f => f.Rule).Distinct().Order());
    }

    [Fact]
    public void What_is_unknown_stays_empty_and_is_told()
    {
        Snapshot world = s_world.Apply([Put(s_world.Items["MOT-1"] with { Cost = null }), Put(s_world.AssemblyLines["COV-1"] with { OvertimePerHour = null }), .. s_world.FreightRates.Where(static r => r.Item.Value == "SAD-1").Select(static r => new WorldEvent.Removed(TableKind.Named("freight_rates")!, r.Id, "")),
            .. s_world.ItemSuppliers.Where(static s => s.Item.Value == "HAR-1").Select(static s => new WorldEvent.Removed(TableKind.Named("item_suppliers")!, s.Id, ""))]).World;
        DerivedStudy derived = Studies.Derive(world, "C1", s_day);
        Assert.Equal("CUT-2", derived.Records.OfType<Study>().Single().Id);
        Assert.Null(derived.Records.OfType<StudySource>().Single(static s => s.Stage == "MOT-1").Cost);
        Assert.Null(derived.Records.OfType<StudySource>().Single(static s => s.Stage == "finish UK").Cost);
        Assert.All(derived.Records.OfType<StudyLeg>().Where(static l => l.FromStage is "SAD-1" or "MOT-1"), static l => Assert.Null(l.PerUnit));
        foreach (string told in (string[])["items MOT-1 (cost) unknown-price", "study_sources CUT-2|finish UK|COV (cost) unknown", "item_suppliers SAD-1|YUANLIN|TW-GVL (freight) unknown-freight", "items HAR-1 () no-source"])
            Assert.Contains(told, derived.Findings.Select(static f => $"{f.Place.Source} ({f.Place.Column}) {f.Rule}"));
        // and nothing of it is solved as if it were known
        Applied applied = world.Apply([.. derived.Records.Select(Put)]);
        Assert.Empty(applied.Findings);
        var (study, findings) = Studies.Of(applied.World, "CUT-2", s_now);
        Assert.Null(study);
        Assert.Contains(findings, static f => f is { Place.Source: "study_sources CUT-2|MOT-1|BUKK", Place.Column: "cost", Rule: "unknown" });
        Assert.Contains(findings, static f => f is { Place.Source: "study_stages CUT-2|HAR-1", Rule: "unknown" });
    }

    [Fact]
    public void The_companys_own_study_is_proven_within_its_limits_which_keep_the_bike_finished_at_home()
    {
        Assert.Contains("Sample", s_world.Studies["CUT-1"].Note, StringComparison.Ordinal);
        StudyCase study = Studies.Of(s_world, "CUT-1", s_now).Case!;
        Assert.Equal(2, study.Limits.Count);
        var all = new PlacementBudget { Passes = int.MaxValue };     // as the command has it, which ends by time
        Configuration within = Configuring.Of(study.Sourcing, study.Policy, study.Limits, all, null, TestContext.Current.CancellationToken).Configuration!, free = Configuring.Of(study.Sourcing, study.Policy, null, all, null, TestContext.Current.CancellationToken).Configuration!;
        Assert.True(within.Proven);
        Assert.All(study.Limits, l => Assert.True(within.Measured.Of(l.Measure, l.Subject, study.Sourcing.Home) <= l.Value + 1e-9, $"{l}"));
        Assert.Equal(["ALM", "COV", "GVL"], Finishing(within));
        Assert.Equal(["ALM", "CHANGHUA"], Finishing(free));
        Assert.True(free.Cost.Total < within.Cost.Total);
        Assert.NotNull(within.Measured.Co2);
        Assert.NotNull(within.Measured.HomeHours);

        static string[] Finishing(Configuration c) => [.. c.Stages.Where(static s => s.Stage.StartsWith("finish", StringComparison.Ordinal)).SelectMany(static s => s.Sources).Select(static s => s.Source.Name).Distinct().Order()];
    }

    [Fact]
    public void Suppliers_and_customers_see_nothing_of_it()
    {
        foreach (string other in (string[])["BUKK", "CHANGHUA", "HARBOUR", "DLR-LEEDS"])
        {
            Snapshot cut = Slice.Cut(s_world, other);
            Assert.Equal(0, cut.Studies.Count + cut.StudyStages.Count + cut.StudyLinks.Count + cut.StudySources.Count + cut.StudyLegs.Count + cut.StudyLimits.Count);
        }
    }

    [Fact]
    public void Commands_solve_and_derive_it()
    {
        var (code, text, error) = Solve("CUT-1");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("proven optimal", text, StringComparison.Ordinal);
        (code, text, _) = Solve("--json", "--limit", "home-value=0.2", "--postponement");
        Assert.Equal(0, code);
        JsonElement said = JsonDocument.Parse(text).RootElement;
        Assert.True(said.GetProperty("design").GetProperty("measured").GetProperty("home_value").GetDouble() >= 0.2);
        // all at home loses less stock than nothing at home, by the study's own quarter a year
        JsonElement[] levels = [.. said.GetProperty("postponement").EnumerateArray()];
        Assert.True(levels[0].GetProperty("obsolete").GetDouble() > levels[1].GetProperty("obsolete").GetDouble());
        Assert.Equal(0.25 * levels[0].GetProperty("specific").GetDouble(), levels[0].GetProperty("obsolete").GetDouble(), 6);
        (code, _, error) = Solve("CUT-1", "--limit", "keystone=0.99");
        Assert.Equal(2, code);
        Assert.Contains("[conflict]", error, StringComparison.Ordinal);
        (code, text, _) = Solve("CUT-1", "--without-limits");
        Assert.Equal(0, code);
        Assert.Contains("CHANGHUA", text, StringComparison.Ordinal);
        (code, _, error) = Solve("CUT-7", "--points", "1");
        Assert.Equal(2, code);
        Assert.Contains("Name one of CUT-1.", error, StringComparison.Ordinal);

        (code, text, error) = Derive("--family", "C1", "--out", _folder);
        Assert.Equal((0, $"CUT-2: 39 stages, 81 links, 39 sources, 78 legs; 21 findings; written to {_folder}"), (code, text.TrimEnd()));
        Assert.Contains("[by-overtime]", error, StringComparison.Ordinal);
        Snapshot then = Folder.Read(_folder)!;
        Assert.Equal(["CUT-1", "CUT-2"], then.Studies.Select(static s => s.Id));
        Assert.Equal(s_world.OrderLines, then.OrderLines);
        (code, _, error) = Solve("--postponement");
        Assert.Equal(2, code);
        Assert.Contains("STUDY: name one of CUT-1, CUT-2.", error, StringComparison.Ordinal);
        (code, _, error) = Solve("CUT-2", "--postponement");
        Assert.Equal(2, code);
        Assert.Contains("the study says none", error, StringComparison.Ordinal);
        Assert.Equal(2, Derive("--family", "MOT-1").Code);
        Assert.Equal(2, Derive("--family", "C1", "--study", "CUT-1").Code);
    }

    [Fact]
    public void Of_today_s_bike_parties_know_what_exposure_says_they_know_and_whom_a_design_tells_more()
    {
        Snapshot today = s_world.Apply([new WorldEvent.Put(s_world.Studies["CUT-1"] with { Known = true })]).World;
        StudyCase study = Studies.Of(today, "CUT-1", s_now).Case!;
        Configuration design = Configuring.Of(study.Sourcing, study.Policy, cancel: TestContext.Current.CancellationToken).Configuration!;
        ExposureCase given = Exposures.Of(today, s_now).Given.Done();
        double[][] disclosed = given.Disclosed();
        var known = given.Holders.Select((h, k) => (h.Party, Knows: given.Graph.Reconstructed(disclosed[k]), Now: design.Measured.Of(Measure.PartyExposure, h.Party, study.Sourcing.Home)!.Value)).ToArray();
        Assert.True(known.Length > 15);
        Assert.All(known, static k => Assert.True(k.Now >= k.Knows - 1e-9, k.Party));
        Assert.True(known.Count(static k => Math.Abs(k.Now - k.Knows) < 1e-9) > 10);
        Assert.Equal("Nothing meets country-exposure <= 0.2.", Configuring.Of(study.Sourcing, study.Policy, study.Limits, cancel: TestContext.Current.CancellationToken).Findings.Single().What);
    }

    private (int Code, string Text, string Error) Solve(params string[] options) => Run(StudyCommand.Build().Parse([_folder, .. options]), StudyCommand.Run);

    private (int Code, string Text, string Error) Derive(params string[] options) => Run(DeriveCommand.Build().Parse([_folder, .. options]), static (r, to, error) => DeriveCommand.Run(r, to, error, s_day));

    private static (int Code, string Text, string Error) Run(System.CommandLine.ParseResult r, Func<System.CommandLine.ParseResult, TextWriter, TextWriter, int> run)
    {
        Assert.Empty(r.Errors);
        using StringWriter to = new(), error = new();
        int code = run(r, to, error);
        return (code, to.ToString(), error.ToString());
    }

    private static WorldEvent Put(IRecord record) => new WorldEvent.Put(record);
}
