using CsCheck;
using Homestretch.Products.Ordering;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Products.Ordering;

/// <summary>Choosing an order against a list of all orders of random small families with random rules.</summary>
public sealed class OrderPropertyTests
{
    [Fact]
    public void Nothing_possible_is_a_dead_end_and_nothing_impossible_leads_anywhere() => Gen.Int[0, int.MaxValue - 1].Sample(static seed =>
    {
        var family = new Family(seed);
        OrderConfiguration state = family.Model.Choose(family.Wishes(), TestContext.Current.CancellationToken);
        Assert.Equal(family.Legal.Length == 0, state.Proposed is null);
        if (state.Proposed is not { } proposed) return;
        Assert.Contains(proposed, family.Legal);
        foreach (ConfiguredFeature feature in state.Features)
        {
            Choices[] left = [.. family.Legal.Where(l => state.Chosen.All(c => c.Feature == feature.Name || l[c.Feature] == c.Option))];
            foreach (ConfiguredOption option in feature.Options)
            {
                bool can = left.Any(l => l[feature.Name] == option.Option.Option);
                Assert.Equal(can, option.State != OptionState.Impossible);
                if (option.State == OptionState.Forced) Assert.All(left, l => Assert.Equal(option.Option.Option, l[feature.Name]));
            }
        }
    }, iter: 300);

    [Fact]
    public void What_is_proposed_keeps_the_choices_has_the_most_usual_options_and_never_changes_by_being_accepted() => Gen.Int[0, int.MaxValue - 1].Sample(static seed =>
    {
        var family = new Family(seed);
        OrderConfiguration state = family.Model.Choose(family.Wishes(), TestContext.Current.CancellationToken);
        if (state.Proposed is not { } proposed) return;
        Assert.All(state.Chosen, c => Assert.Equal(c.Option, proposed[c.Feature]));
        Assert.Equal(family.Legal.Where(l => state.Chosen.All(c => l[c.Feature] == c.Option)).Min(family.Unusual), family.Unusual(proposed));
        ProductOption[] taken = [.. proposed.Taken.Select(t => family.Model.Find(t.Feature, t.Option)!)];
        foreach (ProductOption one in taken) Assert.Equal(proposed, OrderChoosing.Complete(family.Model, [.. state.Chosen.Where(c => c.Feature != one.Feature), one]));
        Assert.Equal(proposed, OrderChoosing.Complete(family.Model, taken));
    }, iter: 300);

    [Fact]
    public void Reasons_suffice_nothing_in_them_can_be_left_out_and_the_change_is_the_smallest_that_works() => Gen.Int[0, int.MaxValue - 1].Sample(static seed =>
    {
        var family = new Family(seed);
        OrderConfiguration state = family.Model.Choose(family.Wishes(), TestContext.Current.CancellationToken);
        if (state.Proposed is null) return;
        foreach (ConfiguredOption option in state.Features.SelectMany(static f => f.Options).Where(static o => o.Why is not null))
        {
            OrderRefusal why = option.Why!;
            ProductOption[] others = [.. state.Chosen.Where(c => c.Feature != why.Wanted.Feature)];
            var lifted = new HashSet<string>();
            foreach (RefusalReason reason in why.Reasons)
            {
                string[] rules = [.. reason.Rules.Select(static r => r.Key)];
                Assert.False(family.Fits(rules, [.. reason.Choices, why.Wanted]));
                foreach (string rule in rules) Assert.True(family.Fits([.. rules.Where(r => r != rule)], [.. reason.Choices, why.Wanted]));
                string[] standing = [.. family.Rules.Select(static r => r.Id).Where(r => !lifted.Contains(r))];
                foreach (ProductOption choice in reason.Choices) Assert.True(family.Fits(standing, [.. reason.Choices.Where(c => c != choice), why.Wanted]));
                Assert.True(lifted.Add(rules[0]) && rules.Skip(1).All(lifted.Add), "Two reasons share a rule.");
            }
            if (why.Reasons.Count < 5) Assert.True(family.Fits([.. family.Rules.Select(static r => r.Id).Where(r => !lifted.Contains(r))], [.. others, why.Wanted]));
            int fewest = family.Legal.Where(l => l[why.Wanted.Feature] == why.Wanted.Option).Select(l => others.Count(o => l[o.Feature] != o.Option)).DefaultIfEmpty(-1).Min();
            Assert.Equal(fewest, why.Change?.Count ?? -1);
            if (why.Change is not { } change) continue;
            var changed = family.Model.Choose([.. others.Where(o => !change.Any(c => c.From == o)), .. change.Select(static c => c.To), why.Wanted], TestContext.Current.CancellationToken);
            Assert.Empty(changed.Refused);
        }
    }, iter: 300);

    /// <summary>A family of two to four features with two or three options, up to six rules over them, and all its legal orders.</summary>
    private sealed class Family
    {
        private readonly Random _random;

        public Family(int seed)
        {
            _random = new(seed);
            var records = new List<IRecord> { new Party("MC", "M", PartyKind.Brand, "US"), new Item("C1", "MC", "C1", ItemKind.Family, "", "EA", 1, null), new Market("US", "MC", "United States", "US", 120, "B", "en-US", 1, 2) };
            for (int f = 0, many = 2 + _random.Next(3); f < many; f++)
                for (int o = 0, options = 2 + _random.Next(2); o < options; o++) records.Add(Bikes.Option($"f{f}", $"o{o}", "", _random.Next(3) == 0));
            Options = [.. records.OfType<ProductOption>()];
            Rules = [.. Enumerable.Range(0, _random.Next(7)).Select(r => Bikes.Rule($"R{r}", _random.Next(2) == 0 ? null : "US", _random.Next(2) == 0 ? "" : Random(2), Random(3), $"Rule {r}", ""))];
            Model = Bikes.Model(Snapshot.Of([.. records, .. Rules]), "US");
            Legal = [.. All([.. Rules.Select(static r => r.Id)])];
        }

        public ProductOption[] Options { get; }

        public MarketRule[] Rules { get; }

        public OrderModel Model { get; }

        public Choices[] Legal { get; }

        public ProductOption[] Wishes() => [.. Enumerable.Range(0, _random.Next(5)).Select(_ => Options[_random.Next(Options.Length)])];

        public int Unusual(Choices whole) => Model.Features.Count(f => f.Usual is { } usual && whole[f.Name] != usual.Option);

        public bool Fits(string[] rules, ProductOption[] choices) => All(rules).Any(l => choices.All(c => l[c.Feature] == c.Option));

        private IEnumerable<Choices> All(string[] rules)
        {
            IEnumerable<Choices> all = [Choices.None];
            foreach (OrderFeature f in Model.Features) all = [.. all.SelectMany(a => f.Options.Select(o => a.With(f.Name, o.Option)))];
            MarketRule[] held = [.. Rules.Where(r => rules.Contains(r.Id))];
            return all.Where(a => held.All(r => !r.When.Holds("US", a) || r.Must.Holds("US", a)));
        }

        private string Random(int most)
        {
            ProductOption one = Options[_random.Next(Options.Length)];
            string text = $"{(_random.Next(3) == 0 ? "!" : "")}{one.Feature}={one.Option}";
            return most > 1 && _random.Next(2) == 0 ? $"({text} {(_random.Next(2) == 0 ? "&" : "|")} {Random(most - 1)})" : text;
        }
    }
}
