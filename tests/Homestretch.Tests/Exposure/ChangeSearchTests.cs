using CsCheck;
using Homestretch.Exposure;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Exposure;

public sealed class ChangeSearchTests
{
    /// <summary>Every way in which the planned makings and givings of small cases could be, tried one by one.</summary>
    [Fact]
    public void No_set_of_changes_that_meets_the_limits_costs_less()
    {
        int met = 0, mended = 0, several = 0, impossible = 0, unproven = 0;
        Gen.Int.Sample(seed =>
        {
            var e = new RandomExposure(seed, 4, 0.35);
            ExposureCase given = e.Case(3, 2, 3);
            double[] lower = [1 + e.Random.Next(3), 1 + e.Random.Next(3), 1 + e.Random.Next(3)];
            double?[] moves = [e.Random.Next(3) == 0 ? null : 1 + e.Random.Next(4), e.Random.Next(3) == 0 ? null : 1 + e.Random.Next(4), e.Random.Next(3) == 0 ? null : 1 + e.Random.Next(4), e.Random.Next(2) == 0 ? null : 2 + e.Random.Next(4)];
            var costs = new ChangeCosts { Lower = (_, p) => lower[p], Move = (_, _, to) => moves[to ?? 3] };
            ExposureLimit[] limits = [.. Limits(e.Random)];
            ChangeProposal found = ChangeSearch.Of(given, limits, costs, 0.6, cancel: TestContext.Current.CancellationToken);
            Assert.True(found.Proven);
            var ways = Ways(given, costs).Select(w => (w.Cost, Broken: limits.Select(l => !Holds(e, w.Case, l)).ToArray())).ToArray();
            double? least = ways.Where(static w => !w.Broken.Contains(true)).Select(static w => (double?)w.Cost).Min();
            if (least is null)
            {
                Assert.Null(found.Changes);
                Assert.NotEmpty(found.Conflict);
                bool[] conflict = [.. limits.Select(l => found.Conflict.Contains(l))];
                Assert.DoesNotContain(ways, w => !w.Broken.Where((b, k) => b && conflict[k]).Any());
                // and no smaller set of limits is in conflict
                for (int set = 1; set < 1 << limits.Length; set++)
                    if (int.PopCount(set) < found.Conflict.Count) Assert.Contains(ways, w => !w.Broken.Where((b, k) => b && (set >> k & 1) == 1).Any());
                Interlocked.Increment(ref impossible);
                return;
            }
            Assert.NotNull(found.Changes);
            Assert.Equal(least.Value, found.Cost, 1e-9);
            Assert.Equal(found.Cost, found.Bound, 1e-9);
            // cut short it says less, and nothing wrong
            ChangeProposal early = ChangeSearch.Of(given, limits, costs, 0.6, 1 + e.Random.Next(3), TestContext.Current.CancellationToken);
            Assert.True(early.Bound <= least.Value + 1e-9);
            Assert.True(early.Changes is null || early.Cost >= least.Value - 1e-9);
            if (early.Proven) Assert.Equal(least.Value, early.Cost, 1e-9);
            else Interlocked.Increment(ref unproven);
            ExposureCase then = ChangeProposal.Applied(given, found.Changes);
            Assert.All(limits, l => Assert.True(Holds(e, then, l), $"{l} with {string.Join(", ", found.Changes)}"));
            Interlocked.Increment(ref found.Changes.Count == 0 ? ref met : ref found.Changes.Count == 1 ? ref mended : ref several);
        }, iter: 2000);
        Assert.True(met > 50 && mended > 50 && several > 50 && impossible > 50 && unproven > 50, $"{met} met, {mended} mended by one change, {several} by several, {impossible} impossible, {unproven} cut short");
    }

    /// <summary>An item that must be made by one of two, in two countries: either country can be spared, not both.</summary>
    [Fact]
    public void Limits_that_only_together_cannot_be_met_are_named_together()
    {
        var graph = ExposureGraph.Of([1, 1], [], []);
        var given = new ExposureCase(graph, ["A", "B"], [new("P", ["CN"], "P"), new("Q", ["TW"], "Q")], [new(0, 0, false)], [], [[], []]);
        var costs = new ChangeCosts { Move = static (_, _, to) => to is null ? null : 1 };
        ExposureLimit cn = new ExposureLimit.Country("CN", 0.1), tw = new ExposureLimit.Country("TW", 0.1), home = new ExposureLimit.Home(0.5);
        Assert.Empty(Found([tw]).Changes!);
        Assert.Equal([new ExposureChange.Moved(0, 0, 1)], Found([cn, home]).Changes);
        ChangeProposal neither = Found([home, cn, tw]);
        Assert.Null(neither.Changes);
        Assert.Equal([cn, tw], neither.Conflict);

        ChangeProposal Found(ExposureLimit[] limits) => ChangeSearch.Of(given, limits, costs, cancel: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_ended_early_is_not_called_proven()
    {
        var e = new RandomExposure(5, 12, 0.3);
        ExposureCase given = e.Case(8, 12, 12).Afresh();
        ExposureLimit[] limits = [new ExposureLimit.Party(0.06), new ExposureLimit.Home(0.8)];
        ChangeProposal early = Found(given, limits, 2), late = Found(given, limits);
        Assert.False(early.Proven);
        Assert.True(late.Proven);
        Assert.True(early.Bound <= late.Cost && late.Cost <= early.Cost);
    }

    [Fact]
    public void What_was_given_is_not_taken_back()
    {
        var graph = ExposureGraph.Of([1, 1], [], []);
        var given = new ExposureCase(graph, ["A", "B"], [new("P", ["CN"], "P")], [new(0, 0, true)], [new(1, 0, DisclosureLevel.Package, true), new(1, 0, DisclosureLevel.Process, false)], [[], []]);
        ChangeProposal found = Found(given, [new ExposureLimit.Party(0.7)]);
        Assert.Equal(new ExposureChange.Lowered(1, 0, DisclosureLevel.Process, DisclosureLevel.Package), Assert.Single(found.Changes!));
        Assert.Equal(new ExposureLimit.Party(0.6), Assert.Single(Found(given, [new ExposureLimit.Home(0), new ExposureLimit.Party(0.6)]).Conflict));
        Assert.NotNull(Found(given.Afresh(), [new ExposureLimit.Party(0.1)]).Changes);
    }

    private static ChangeProposal Found(ExposureCase given, IReadOnlyList<ExposureLimit> limits, int budget = 100_000) => ChangeSearch.Of(given, limits, budget: budget, cancel: TestContext.Current.CancellationToken);

    private static IEnumerable<ExposureLimit> Limits(Random random)
    {
        if (random.Next(2) == 0) yield return new ExposureLimit.Party(0.15 + 0.5 * random.NextDouble());
        if (random.Next(3) == 0) yield return new ExposureLimit.Country(random.Next(2) == 0 ? "CN" : null, 0.15 + 0.5 * random.NextDouble());
        if (random.Next(3) == 0) yield return new ExposureLimit.Home(0.15 + 0.5 * random.NextDouble());
        yield return new ExposureLimit.Parties(1 + random.Next(3));
    }

    /// <summary>Whether a limit holds, by the definition, over every set of parties.</summary>
    private static bool Holds(RandomExposure e, ExposureCase given, ExposureLimit limit)
    {
        double[][] d = given.Disclosed();
        int n = d.Length;
        double R(Func<int, bool> member) => e.Defined(ExposureCase.Together(d, Enumerable.Range(0, n).Where(member)));
        return limit switch
        {
            ExposureLimit.Party p => Enumerable.Range(0, n).All(k => R(x => x == k) <= p.Most + 1e-9),
            ExposureLimit.Country c => given.Holders.SelectMany(static h => h.Countries.Count == 0 ? [""] : h.Countries).Distinct().Where(k => c.Name is null || c.Name == k)
                .All(k => R(x => k.Length == 0 ? given.Holders[x].Countries.Count == 0 : given.Holders[x].Countries.Contains(k)) <= c.Most + 1e-9),
            ExposureLimit.Home h => R(static _ => true) <= 1 - h.Least + 1e-9,
            ExposureLimit.Parties p => !Enumerable.Range(0, 1 << n).Any(set => int.PopCount(set) < p.Least && R(x => (set >> x & 1) == 1) >= 0.6 - 1e-9),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>Each planned making at each place it may go to, each planned giving at each level: the whole product of them, with its cost.</summary>
    private static IEnumerable<(double Cost, ExposureCase Case)> Ways(ExposureCase given, ChangeCosts costs)
    {
        IEnumerable<(double Cost, ExposureCase Case)> ways = [(0, given with { Makings = [.. given.Makings.Where(static m => m.Done)], Givings = [.. given.Givings.Where(static g => g.Done)] })];
        var planned = given.Givings.Where(static g => !g.Done).GroupBy(static g => (g.Item, g.Holder)).ToDictionary(static g => g.Key, static g => g.Max(static x => x.Level));
        foreach (Making m in given.Makings.Where(static m => !m.Done))
        {
            DisclosureLevel level = planned.Remove((m.Item, m.Holder), out DisclosureLevel documents) && documents > DisclosureLevel.Drawing ? documents : DisclosureLevel.Drawing;
            var places = Enumerable.Range(0, given.Holders.Count).Select(to => (To: (int?)to, Cost: to == m.Holder ? 0 : costs.Move(m.Item, m.Holder, to))).Append((null, costs.Move(m.Item, m.Holder, null))).Where(static p => p.Cost is not null).ToArray();
            ways = ways.SelectMany(w => places.SelectMany(p => p.To is not { } to ? [(w.Cost + p.Cost!.Value, w.Case)]
                : Enumerable.Range(2, level - DisclosureLevel.Drawing + 1).Select(l => (w.Cost + p.Cost!.Value + ((int)level - l) * costs.Lower(m.Item, to),
                    w.Case with { Makings = [.. w.Case.Makings, new(m.Item, to, false)], Givings = [.. w.Case.Givings, new(m.Item, to, (DisclosureLevel)l, false)] }))));
        }
        foreach (var ((item, holder), level) in planned)
            ways = ways.SelectMany(w => Enumerable.Range(0, (int)level + 1).Select(l => (w.Cost + ((int)level - l) * costs.Lower(item, holder), w.Case with { Givings = [.. w.Case.Givings, new(item, holder, (DisclosureLevel)l, false)] })));
        return ways;
    }
}
