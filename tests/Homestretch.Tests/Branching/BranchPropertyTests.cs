using CsCheck;
using Homestretch.Branching;
using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.Tests.Situations;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Branching;

/// <summary>What must hold of every branch of every company: the slow way round says the same.</summary>
public sealed class BranchPropertyTests
{
    [Fact]
    public void A_branch_is_the_changed_world_planned_anew_bit_for_bit_and_leaves_nothing_behind()
    {
        int planned = 0, placed = 0;
        var kinds = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Gen.Int.Sample(seed =>
        {
            Snapshot world = TroubledCompany.Of(seed);
            Plan inForce = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
            Forecast[] before = [.. inForce.Forecasts];
            BranchFigures asItIs = BranchFigures.Of(inForce);
            var random = new Random(seed);
            for (int n = 0; n < 4; n++)
            {
                var branch = new Branch($"branch {n}", [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Any(world, random))]);
                Branched branched = Branched.On(inForce, branch, out Plan plan, asItIs);
                Assert.Same(world, inForce.World);
                Assert.Equal(before, inForce.Forecasts);
                if (branched.Findings.Count > 0) continue;
                foreach (Assumption a in branch.Assumed) kinds.AddOrUpdate(a.GetType().Name, 1, static (_, k) => k + 1);
                Interlocked.Increment(ref planned);
                if (branched.Slots > 0) Interlocked.Increment(ref placed);

                Plan anew = Plan.Make(branched.World, RandomCompany.T, RandomCompany.Policy);
                Assert.Equal(anew.Forecasts, plan.Forecasts);
                if (!ReferenceEquals(plan, inForce)) plan.ProveEqualsFull();
                Same(BranchFigures.Of(anew), branched.Figures);
                Assert.Equal(Moved.Between(before, anew.Forecasts).Select(static m => m.OrderLine.Value), branched.Effects.Select(static e => e.OrderLine.Id).Order(StringComparer.Ordinal));
                foreach (LineEffect e in branched.Effects.Where(static e => e.Promise is not null))
                {
                    Assert.Equal(Kept(inForce, e), e.Before, 12);
                    Assert.Equal(Kept(anew, e), e.After, 12);
                }
            }
            inForce.ProveEqualsFull();
            Same(asItIs, BranchFigures.Of(inForce));
        }, iter: 60);
        TestContext.Current.SendDiagnosticMessage($"{planned} branches, slots given in {placed}; {string.Join(", ", kinds.OrderBy(static k => k.Key, StringComparer.Ordinal).Select(static k => $"{k.Value} {k.Key}"))}");
        Assert.True(planned > 100 && placed > 10, $"{planned} branches, slots given in {placed}");
        Assert.Equal(9, kinds.Count);
    }

    [Fact]
    public void Two_branches_are_compared_on_the_same_samples() => Gen.Int.Sample(seed =>
    {
        Plan inForce = Plan.Make(TroubledCompany.Of(seed), RandomCompany.T, RandomCompany.Policy);
        var random = new Random(seed);
        Branched one = Branched.On(inForce, new("one", [Any(inForce.World, random)]), out Plan first), two = Branched.On(inForce, new("two", [Any(inForce.World, random)]), out Plan second);
        int[] kept = Counted(first), other = Counted(second);
        Assert.Equal(kept, one.Figures.KeptBySample);
        Assert.Equal(other, two.Figures.KeptBySample);
        Assert.Equal(one.Figures.Kept, kept.Sum() / (double)kept.Length, 9);
        SampleBySample said = SampleBySample.Of(one.Figures, two.Figures), back = SampleBySample.Of(two.Figures, one.Figures);
        Assert.Equal(kept.Zip(other).Count(static x => x.Second > x.First) / (double)kept.Length, said.Better);
        Assert.Equal((said.Better, said.Worse), (back.Worse, back.Better));
        Assert.Equal((0, 0), (SampleBySample.Of(one.Figures, one.Figures).Better, SampleBySample.Of(one.Figures, one.Figures).Worse));
        // what is assumed twice over is the same branch
        Same(one.Figures, Branched.Of(inForce, one.Branch with { Name = "one" }).Figures);
    }, iter: 60);

    [Fact]
    public void A_copy_goes_its_own_way() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int n = 0; n < 6; n++)
        {
            Applied applied = company.World.Apply(company.Change(plan));
            if (!applied.Accepted) continue;
            Plan copy = plan.Copy();
            Forecast[] before = [.. plan.Forecasts];
            IReadOnlyList<Moved> there = copy.Advance(applied.World, applied.Touched);
            Assert.Equal(before, plan.Forecasts);
            plan.ProveEqualsFull();
            Assert.Equal(there, plan.Advance(applied.World, applied.Touched));
            Assert.Equal(plan.Forecasts, copy.Forecasts);
            copy.ProveEqualsFull();
            company.World = applied.World;
        }
    }, iter: 60);

    [Fact]
    public void Every_assumption_reads_as_it_is_written() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        Snapshot world = new RandomCompany(3).World;
        for (int n = 0; n < 40; n++)
        {
            Assumption assumption = Any(world, random);
            var (read, wrong, _) = AssumptionText.Parse(assumption.ToString());
            Assert.True(read is not null, $"{assumption}: {wrong}");
            Assert.Equal(assumption, read);
        }
    }, iter: 20);

    private static Assumption Any(Snapshot world, Random random)
    {
        Instant t = RandomCompany.T + Duration.FromHours(random.Next(-48, 400));
        Stretch when = random.Next(3) switch { 0 => new(null, null, 1 + random.Next(30)), 1 => new(t, t + Duration.FromDays(1 + random.Next(40))), _ => new(random.Next(2) == 0 ? t : null, null) };
        Stretch ended = when.Ends(t) is null ? when with { Days = 5 } : when;
        T One<T>(IReadOnlyCollection<T> all) => all.ElementAt(random.Next(all.Count));
        return random.Next(10) switch
        {
            0 => new Assumption.PassageClosed(One([Passage.Suez, Passage.Panama, Passage.Malacca]), when),
            1 => new Assumption.SupplierLost(random.Next(2) == 0 ? "S1" : "S2", when),
            2 => new Assumption.DemandChanged(random.Next(-10, 15) / 20m, random.Next(2) == 0 ? new Key<Market>("US") : default(Key<Market>?), random.Next(2) == 0 ? new Key<Item>("BIKE") : default(Key<Item>?)),
            3 => new Assumption.ShiftAdded(One(world.AssemblyLines).Key, new(20, 0), new(random.Next(2) == 0 ? 2 : 23, 30), random.Next(2) == 0 ? Stretch.Open : ended),
            4 => new Assumption.LaneChanged(One(world.Lanes).Key, random.Next(-5, 10) / 10m),
            5 => new Assumption.StockChanged(random.Next(2) == 0 ? "H1" : "H2", One(world.Items.Where(static i => i.Unit == "EA" && i.Kind == ItemKind.SubAssembly).ToArray()).Key, random.Next(-2, 20)),
            6 => new Assumption.MachineStopped(One(world.Machines).Key, ended),
            7 => One(world.Lots) is var lot ? new Assumption.RecordSet("lots", lot.Id, [("ready", NodaTime.Text.InstantPattern.ExtendedIso.Format(t)), ("revision", "\"A\" or so")]) : null!,
            8 => One(world.OrderLines) is var o ? new Assumption.RecordSet("order_lines", o.Id, [("class", $"{1 + random.Next(3)}")]) : null!,
            _ => world.Pins.Count > 0 && random.Next(2) == 0 ? new Assumption.RecordRemoved("pins", One(world.Pins).Id) : new Assumption.RecordRemoved("freight_rates", One(world.FreightRates.Count > 0 ? [.. world.FreightRates.Select(static r => r.Id)] : (string[])["none"])),
        };
    }

    private static double Kept(Plan plan, LineEffect e) => plan.DateSamples(e.OrderLine.Key) is { Length: > 0 } dates ? dates.Count(d => d <= Seconds.Of(e.Promise!.Date, plan.Epoch)) / (double)dates.Length : 0;

    private static int[] Counted(Plan plan)
    {
        int[] kept = new int[plan.Policy.Samples];
        foreach (Forecast f in plan.Forecasts)
        {
            if (f.AsDated?.Promise is not { } promise) continue;
            int[] dates = plan.DateSamples(f.OrderLine);
            for (int s = 0; s < kept.Length; s++)
                if (dates[s] <= Seconds.Of(promise.Date, plan.Epoch)) kept[s]++;
        }
        return kept;
    }

    private static void Same(BranchFigures one, BranchFigures other)
    {
        Assert.Equal(one with { Classes = [], Revenue = [], AtRisk = [], Purchases = [], Stock = [], Lines = [], KeptBySample = [] }, other with { Classes = [], Revenue = [], AtRisk = [], Purchases = [], Stock = [], Lines = [], KeptBySample = [] });
        Assert.Equal(one.Classes, other.Classes);
        Assert.Equal(one.Revenue, other.Revenue);
        Assert.Equal(one.AtRisk, other.AtRisk);
        Assert.Equal(one.Purchases, other.Purchases);
        Assert.Equal(one.Stock.Select(static s => (s.Value, Math.Round(s.Days ?? -1, 6))), other.Stock.Select(static s => (s.Value, Math.Round(s.Days ?? -1, 6))));
        Assert.Equal(one.Lines.SelectMany(static l => l.Weeks.Select(w => (l.Line, w))), other.Lines.SelectMany(static l => l.Weeks.Select(w => (l.Line, w))));
        Assert.Equal(one.KeptBySample, other.KeptBySample);
    }
}
