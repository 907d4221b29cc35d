using CsCheck;
using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Xunit;

namespace Homestretch.Tests.Products;

/// <summary>Conflicts and changes against all sets of choices and rules.</summary>
public sealed class ConflictTests
{
    private static readonly CancellationToken s_go = CancellationToken.None;

    [Fact]
    public void No_conflict_is_larger_than_the_smallest_and_no_change_either()
    {
        int[] sizes = new int[12];
        int deep = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            FeatureModel model = RandomModel.Of(random, random.Next(2) == 0 ? new(5 + random.Next(5), 6, Plain: true) : new(8, 14, Plain: true, Flat: true));
            var enumeration = new Enumeration(model);
            CompiledModel compiled = CompiledModel.Compile(model, "drawn", s_go).Compiled!;
            List<bool[]> all = enumeration.All();
            if (all.Count < 2) return;
            Selectable[] features = [.. enumeration.Names.Select(n => compiled.Find(n)!)];
            // choices taken from one configuration fit together
            bool[] one = all[random.Next(all.Count)];
            int[] order = [.. Enumerable.Range(0, features.Length).OrderBy(_ => random.Next())];
            int[] made = order[..(features.Length - 1 - random.Next(3))];
            int wanted = order[made.Length];
            Choice[] choices = [.. made.Select(f => new Choice(features[f], one[f]))];
            var choice = new Choice(features[wanted], random.Next(5) == 0 == one[wanted]);
            Conflict? conflict = compiled.Explain(choices, choice, s_go);
            List<bool[]> wish = [.. all.Where(c => c[wanted] == choice.Taken)];
            Assert.Equal(wish.Any(c => made.All(f => c[f] == one[f])), conflict is null);
            if (conflict is null) return;

            int smallest = 99;
            for (int set = 0; set < 1 << made.Length; set++)
                if (!wish.Any(c => made.Where((_, i) => (set >> i & 1) != 0).All(f => c[f] == one[f]))) smallest = Math.Min(smallest, int.PopCount(set));
            Assert.Equal(smallest, conflict.Choices.Count);
            Assert.DoesNotContain(wish, c => conflict.Choices.All(x => c[Array.IndexOf(features, x.Of)] == x.Taken));

            int? fewest = wish.Count == 0 ? null : wish.Min(c => made.Count(f => c[f] != one[f]));
            Assert.Equal(fewest, conflict.Change?.Count);
            if (conflict.Change is { } change)
                Assert.Contains(wish, c => made.All(f => c[f] == (change.FirstOrDefault(x => x.Of == features[f])?.Taken ?? one[f])));

            Assert.True(conflict.Fewest);
            int rules = FewestRules(compiled, features.Length, [.. conflict.Choices, choice]);
            Assert.Equal(rules, conflict.Rules.Count);
            Interlocked.Increment(ref sizes[Math.Min(11, conflict.Rules.Count)]);
            Interlocked.Add(ref deep, conflict.Choices.Count > 1 ? 1 : 0);
        }, iter: 3000);
        Assert.True(sizes[2] > 50 && sizes[3] > 50 && sizes[4] > 20 && deep > 40, $"{string.Join(' ', sizes)}, {deep}");
    }

    /// <summary>The fewest rules that no set of features meets beside the choices, by taking rules one after another to rule out what is left.</summary>
    private static int FewestRules(CompiledModel model, int features, Choice[] choices)
    {
        var open = new List<int>();
        for (int set = 0; set < 1 << features; set++) if (choices.All(c => (set >> c.Of.Number & 1) != 0 == c.Taken)) open.Add(set);
        HashSet<int>[] against = [.. model.Translated.Rules.Select(r => open.Where(s => !r.Clauses.All(c => c.Any(l => (s >> (l >> 1) & 1) == 1 - (l & 1)))).ToHashSet())];
        for (int size = 0; ; size++) if (Ruled(open, size)) return size;

        bool Ruled(List<int> left, int room)
        {
            if (left.Count == 0) return true;
            return room > 0 && against.Where(a => a.Contains(left[0])).Any(a => Ruled([.. left.Where(s => !a.Contains(s))], room - 1));
        }
    }

    [Fact]
    public void A_model_without_configuration_is_explained_by_its_rules()
    {
        int found = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            FeatureModel model = RandomModel.Of(random, new(3 + random.Next(5), 6, Plain: true));
            CompiledModel compiled = CompiledModel.Compile(model, "drawn", s_go).Compiled!;
            Conflict? conflict = compiled.ExplainVoid(s_go);
            Assert.Equal(compiled.Count.IsZero, conflict is not null);
            if (conflict is null) return;
            Interlocked.Increment(ref found);
            Assert.Empty(conflict.Choices);
            Assert.Null(conflict.Change);
            Assert.Equal(FewestRules(compiled, compiled.Selectables.Count, [new(compiled.Selectables[0], true)]), conflict.Rules.Count);
        }, iter: 1500);
        Assert.True(found > 100, $"{found}");
    }

    [Fact]
    public void A_conflict_reads_as_it_would_be_said()
    {
        var bike = new FeatureModel("", [], [], new("Bike", FeatureKind.Boolean, null, [], [
            new(GroupKind.Alternative, null, [Leaf("US", 3), Leaf("EU", 4)], default), new(GroupKind.Optional, null, [Leaf("Throttle", 6), Leaf("Rack", 7)], default)], new(1, 1)),
            [new(new Constraint.Both(Connective.Implies, new Constraint.Named(new("EU", default)), new Constraint.Not(new Constraint.Named(new("Throttle", default)))), new(9, 1))]);
        CompiledModel model = CompiledModel.Compile(bike, "bike.uvl", s_go).Compiled!;
        Choice rack = new(model.Find("Rack")!, true), eu = new(model.Find("EU")!, true);
        Configuration configuration = model.Start()!.Choose(rack, s_go).Configuration!.Choose(eu, s_go).Configuration!;
        Assert.Equal(SelectState.Impossible, configuration[model.Find("Throttle")!]);
        Assert.Equal(SelectState.Impossible, configuration[model.Find("US")!]);
        Assert.Equal(SelectState.Taken, configuration[model.Find("EU")!]);
        Assert.True(configuration.Complete);
        Assert.Equal(["Throttle cannot be taken with EU taken, because:", "- EU => !Throttle (line 9)", "To allow it, leave out EU instead."],
            configuration.Choose(new(model.Find("Throttle")!, true), s_go).Conflict!.Words());
        Assert.Equal(SelectState.Open, configuration.Without(eu.Of)[model.Find("Throttle")!]);
        Assert.Equal(["Bike cannot be left out in any configuration, because:", "- Bike is the whole product (line 1)", "No change of choices allows it; the model must change."],
            model.Explain([], new(model.Find("Bike")!, false), s_go)!.Words());
    }

    private static Feature Leaf(string name, int line) => new(name, FeatureKind.Boolean, null, [], [], new(line, 1));
}
