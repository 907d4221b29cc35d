using System.Numerics;
using CsCheck;
using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Xunit;

namespace Homestretch.Tests.Products;

/// <summary>Answers of the compiled form against the list of all configurations.</summary>
public sealed class CompiledModelTests
{
    private static readonly CancellationToken s_go = CancellationToken.None;

    [Fact]
    public void Counts_and_states_are_those_of_all_configurations()
    {
        int none = 0, many = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Check(random, RandomModel.Of(random, new(2 + random.Next(9), 4)), false, ref none, ref many);
        }, iter: 3000);
        Assert.True(none > 50 && many > 1000, $"{none} void, {many} with more than one configuration");
    }

    [Fact]
    public void So_they_are_with_attributes_in_sums_means_and_products()
    {
        int none = 0, many = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Check(random, RandomModel.Of(random, new(2 + random.Next(7), 4, Attributes: true)), false, ref none, ref many);
        }, iter: 3000);
        Assert.True(none > 50 && many > 1000, $"{none} void, {many} with more than one configuration");
    }

    [Fact]
    public void So_they_are_with_features_that_are_there_several_times()
    {
        int none = 0, many = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Check(random, RandomModel.Of(random, new(2 + random.Next(4), 3, Attributes: true, Repeated: true)), false, ref none, ref many);
        }, iter: 2000);
        Assert.True(none > 20 && many > 500, $"{none} void, {many} with more than one configuration");
    }

    [Fact]
    public void Values_of_typed_features_count_by_what_constraints_tell_apart()
    {
        int none = 0, many = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Check(random, RandomModel.Of(random, new(2 + random.Next(4), 3, Attributes: true, Typed: true)), true, ref none, ref many);
        }, iter: 400);
        Assert.True(none > 5 && many > 100, $"{none} void, {many} with more than one configuration");
    }

    private static void Check(Random random, FeatureModel model, bool typed, ref int none, ref int many)
    {
        var enumeration = new Enumeration(model);
        var (compiled, findings) = CompiledModel.Compile(model, "drawn", s_go);
        if (compiled is null)
        {
            // what was drawn but cannot be said: two repeated features in one constraint, two values compared
            Assert.All(findings, static f => Assert.Contains(f.Rule, (string[])["several-instances", "values-compared", "not-linear"]));
            Assert.False(enumeration.Sayable && !typed);
            return;
        }
        List<bool[]> all = typed ? enumeration.AllWithClasses() : enumeration.All();
        Assert.Equal(all.Count, compiled.Count);
        Interlocked.Add(ref none, all.Count == 0 ? 1 : 0);
        Interlocked.Add(ref many, all.Count > 1 ? 1 : 0);
        Selectable[] features = [.. enumeration.Names.Select(n => compiled.Find(n)!)];
        Anomalies anomalies = compiled.Anomalies();
        Assert.Equal(Names(features.Where((_, f) => all.All(c => !c[f]))), Names(anomalies.Dead.Where(static s => !s.IsValue)));
        if (all.Count == 0)
        {
            Assert.Null(compiled.Start());
            return;
        }
        Assert.Equal(Names(features.Where((_, f) => all.All(c => c[f]))), Names(anomalies.Core.Where(static s => !s.IsValue)));
        Configuration configuration = compiled.Start()!;
        List<bool[]> left = all;
        for (int step = 0; step < 4; step++)
        {
            for (int f = 0; f < features.Length; f++)
            {
                SelectState state = configuration[features[f]];
                Assert.Equal(left.Any(c => c[f]), state is not (SelectState.Impossible or SelectState.Left));
                Assert.Equal(left.Any(c => !c[f]), state is not (SelectState.Forced or SelectState.Taken));
            }
            Assert.Equal(left.Count, configuration.Count);
            Assert.Contains(left, c => features.Where((_, f) => c[f]).All(configuration.Finished().Contains));
            int pick = random.Next(features.Length);
            bool take = random.Next(2) == 0;
            Chosen chosen = configuration.Choose(new(features[pick], take), s_go);
            if (configuration.Choices.Any(c => c.Of == features[pick])) break;
            Assert.Equal(left.Any(c => c[pick] == take), chosen.Configuration is not null);
            if (chosen.Configuration is null) continue;
            (configuration, left) = (chosen.Configuration, [.. left.Where(c => c[pick] == take)]);
        }
    }

    private static IEnumerable<string> Names(IEnumerable<Selectable> selectables) => selectables.Select(static s => s.Name).Order(StringComparer.Ordinal);

    [Fact]
    public void A_feature_is_false_optional_when_its_parent_never_comes_without_it()
    {
        int found = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            FeatureModel model = RandomModel.Of(random, new(2 + random.Next(8), 4));
            var enumeration = new Enumeration(model);
            List<bool[]> all = enumeration.All();
            CompiledModel compiled = CompiledModel.Compile(model, "drawn", s_go).Compiled!;
            string[] names = [.. enumeration.Names];
            var expected = from parent in model.Features()
                           from g in parent.Groups
                           where g.Kind != GroupKind.Mandatory
                           from f in g.Features
                           let own = Array.IndexOf(names, f.Name)
                           let above = Array.IndexOf(names, parent.Name)
                           where all.Any(c => c[own]) && all.All(c => c[own] || !c[above])
                           select f.Name;
            Assert.Equal(expected.Order(StringComparer.Ordinal), Names(compiled.Anomalies().FalseOptional));
            Interlocked.Add(ref found, compiled.Anomalies().FalseOptional.Count > 0 ? 1 : 0);
        }, iter: 1500);
        Assert.True(found > 100, $"{found}");
    }

    [Fact]
    public void Ranks_number_the_configurations_without_gap_or_repetition()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            FeatureModel model = RandomModel.Of(random, new(2 + random.Next(8), 3));
            var enumeration = new Enumeration(model);
            CompiledModel compiled = CompiledModel.Compile(model, "drawn", s_go).Compiled!;
            string[] drawn = [.. Enumerable.Range(0, (int)compiled.Count).Select(r => Text(compiled.Compiled.Model(r)[..enumeration.Names.Count]))];
            Assert.Equal(enumeration.All().Select(Text).Order(StringComparer.Ordinal), drawn.Order(StringComparer.Ordinal));
        }, iter: 500);

        static string Text(bool[] model) => string.Concat(model.Select(static m => m ? '1' : '0'));
    }

    /// <summary>Pearson's chi-square of 20,000 draws; 0.999 quantile by Wilson and Hilferty 1931.</summary>
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Samples_are_even(ulong seed)
    {
        for (int drawn = 0, models = 0; models < 5; drawn++)
        {
            FeatureModel model = RandomModel.Of(new Random(drawn), new(9, 3));
            CompiledModel compiled = CompiledModel.Compile(model, "drawn", s_go).Compiled!;
            if (compiled.Count < 20 || compiled.Count > 300) continue;
            models++;
            const int Draws = 20_000;
            int cells = (int)compiled.Count;
            double expected = (double)Draws / cells;
            var counted = compiled.Sample(seed, Draws).GroupBy(static s => string.Join('|', s), StringComparer.Ordinal).Select(static g => g.Count()).ToArray();
            Assert.Equal(cells, counted.Length);
            double statistic = counted.Sum(n => (n - expected) * (n - expected) / expected), k = cells - 1;
            double limit = k * Math.Pow(1 - 2 / (9 * k) + 3.09 * Math.Sqrt(2 / (9 * k)), 3);
            Assert.InRange(statistic, k * 0.5, limit);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        CompiledModel compiled = CompiledModel.Compile(RandomModel.Of(new Random(4), new(10, 2)), "drawn", s_go).Compiled!;
        Assert.Equal(compiled.Sample(5, 20).Select(static s => string.Join('|', s)), compiled.Sample(5, 20).Select(static s => string.Join('|', s)));
        Assert.NotEqual(compiled.Sample(5, 20).Select(static s => string.Join('|', s)), compiled.Sample(6, 20).Select(static s => string.Join('|', s)));
    }
}
