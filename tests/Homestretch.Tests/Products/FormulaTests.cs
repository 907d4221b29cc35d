using CsCheck;
using Homestretch.Products.Compiling;
using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Xunit;

namespace Homestretch.Tests.Products;

/// <summary>The parts below models: clauses, solver, hitting sets, diagrams, fractions.</summary>
public sealed class FormulaTests
{
    private static readonly CancellationToken s_go = CancellationToken.None;

    /// <summary>Clauses of one to four literals, so dense that about a third of the formulas have no model.</summary>
    private static Formula Drawn(Random random)
    {
        int variables = 1 + random.Next(10), clauses = random.Next(4 * variables);
        return new(variables, [.. Enumerable.Range(0, clauses).Select(_ => Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(2 * variables)).Distinct().Order().ToArray()).Where(static c => !Simplified.Tautology(c))]);
    }

    private static List<int> Models(Formula formula) => [.. Enumerable.Range(0, 1 << formula.Variables).Where(m => formula.Clauses.All(c => c.Any(l => Holds(m, l))))];

    private static bool Holds(int model, int literal) => (model >> (literal >> 1) & 1) == 1 - (literal & 1);

    [Fact]
    public void Compiled_formulas_count_and_reach_what_all_models_do()
    {
        int void_ = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Formula formula = Drawn(random);
            List<int> models = Models(formula);
            Compiled compiled = Compiled.Of(formula, s_go)!;
            Assert.Equal(models.Count, compiled.Count);
            if (models.Count == 0) Interlocked.Increment(ref void_);
            int[] given = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(2 * formula.Variables)).Distinct()];
            List<int> left = [.. models.Where(m => given.All(l => Holds(m, l)))];
            Assert.Equal(left.Count, compiled.CountWith(given));
            bool[] possible = compiled.Possible(given);
            for (int l = 0; l < possible.Length; l++) Assert.Equal(left.Any(m => Holds(m, l)), possible[l]);
            int[] costs = [.. Enumerable.Range(0, 2 * formula.Variables).Select(_ => random.Next(4))];
            bool[]? cheapest = compiled.Cheapest(given, costs);
            Assert.Equal(left.Count == 0, cheapest is null);
            if (cheapest is null) return;
            int found = Enumerable.Range(0, formula.Variables).Sum(v => cheapest[v] ? 1 << v : 0);
            Assert.Contains(found, left);
            Assert.Equal(left.Min(Cost), Cost(found));

            int Cost(int model) => Enumerable.Range(0, costs.Length).Where(l => Holds(model, l)).Sum(l => costs[l]);
        }, iter: 4000);
        Assert.InRange(void_, 400, 3600);
    }

    [Fact]
    public void Simplified_formulas_keep_their_models()
    {
        Gen.Int.Sample(seed =>
        {
            Formula formula = Drawn(new Random(seed));
            Simplified simple = Simplified.Of(formula, s_go);
            int[] models = simple.Contradiction ? [] : [.. Models(simple.Formula).Select(m => Enumerable.Range(0, formula.Variables).Sum(v =>
                simple.Stands[v] == Simplified.True || simple.Stands[v] >= 0 && Holds(m, simple.Stands[v]) ? 1 << v : 0))];
            Assert.Equal(Models(formula), models.Order());
        }, iter: 4000);
    }

    [Fact]
    public void The_solver_decides_and_its_cores_clash()
    {
        int clashes = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Formula formula = Drawn(random);
            List<int> models = Models(formula);
            var solver = new Solver(formula.Variables, formula.Clauses);
            for (int turn = 0; turn < 6; turn++)
            {
                int[] given = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(2 * formula.Variables)).Distinct()];
                bool solved = solver.Solve(given, s_go);
                Assert.Equal(models.Any(m => given.All(l => Holds(m, l))), solved);
                if (solved)
                {
                    int model = Enumerable.Range(0, formula.Variables).Sum(v => solver[v] ? 1 << v : 0);
                    Assert.Contains(model, models);
                    Assert.All(given, l => Assert.True(Holds(model, l)));
                    continue;
                }
                Assert.All(solver.Core, l => Assert.Contains(l, given));
                Assert.DoesNotContain(models, m => solver.Core.All(l => Holds(m, l)));
                if (solver.Core.Count > 1) Interlocked.Increment(ref clashes);
            }
        }, iter: 3000);
        Assert.True(clashes > 500, $"{clashes}");
    }

    /// <summary>With a literal before each clause that takes it out when it is left open, as rules are chosen for conflicts.</summary>
    [Fact]
    public void The_solver_decides_which_clauses_clash_when_each_can_be_left_out()
    {
        int clashes = 0;
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            Formula formula = Drawn(random);
            int n = formula.Variables;
            var solver = new Solver(n + formula.Clauses.Count, formula.Clauses.Select((c, i) => (int[])[2 * (n + i) + 1, .. c]), n);
            for (int turn = 0; turn < 8; turn++)
            {
                int[] taken = [.. Enumerable.Range(0, formula.Clauses.Count).Where(_ => random.Next(4) > 0)];
                bool solved = solver.Solve([.. taken.Select(c => 2 * (n + c))], s_go);
                Assert.Equal(Models(formula with { Clauses = [.. taken.Select(c => formula.Clauses[c])] }).Count > 0, solved);
                if (solved)
                {
                    int model = Enumerable.Range(0, n).Sum(v => solver[v] ? 1 << v : 0);
                    Assert.All(taken, c => Assert.Contains(formula.Clauses[c], l => Holds(model, l)));
                    continue;
                }
                Interlocked.Increment(ref clashes);
                int[] core = [.. solver.Core.Select(l => (l >> 1) - n)];
                Assert.All(core, c => Assert.Contains(c, taken));
                Assert.Empty(Models(formula with { Clauses = [.. core.Select(c => formula.Clauses[c])] }));
            }
        }, iter: 1500);
        Assert.True(clashes > 500, $"{clashes}");
    }

    [Fact]
    public void No_hitting_set_is_smaller()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            int elements = 1 + random.Next(9);
            int[][] sets = [.. Enumerable.Range(0, random.Next(8)).Select(_ => Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(elements)).Distinct().ToArray())];
            int smallest = Enumerable.Range(0, 1 << elements).Where(h => sets.All(s => s.Any(e => (h >> e & 1) != 0))).Min(h => int.PopCount(h));
            int[] found = HittingSet.Smallest(sets, int.MaxValue, long.MaxValue, out bool proven)!;
            Assert.True(proven);
            Assert.Equal(smallest, found.Length);
            Assert.All(sets, s => Assert.Contains(s, e => found.Contains(e)));
            if (smallest > 0) Assert.Null(HittingSet.Smallest(sets, smallest - 1, long.MaxValue, out proven));
            Assert.True(proven);
        }, iter: 3000);
    }

    [Fact]
    public void A_diagram_holds_exactly_when_its_sum_compares()
    {
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            int variables = random.Next(9);
            decimal[] weights = [.. Enumerable.Range(0, variables).Select(_ => random.Next(-6, 7) / 4m)];
            decimal constant = random.Next(-8, 9) / 4m;
            var comparison = (Comparison)random.Next(6);
            Gift[] gifts = [.. weights.Select(static (w, v) => new Gift(v, [(0, new Register(Rational.Of(w)))]))];
            var clauses = new Clauses(variables);
            int literal = Diagram.Literal(new(1, gifts, static _ => false, new([Rational.One], Rational.Of(constant), comparison)), clauses)!.Value;
            Compiled compiled = Compiled.Of(new(clauses.Variables, clauses.Definitions), s_go)!;
            Assert.Equal(1 << variables, compiled.Count);           // what is defined adds no model
            for (int set = 0; set < 1 << variables; set++)
            {
                decimal sum = constant + Enumerable.Range(0, variables).Sum(v => (set >> v & 1) * weights[v]);
                bool holds = comparison switch { Comparison.Equal => sum == 0, Comparison.NotEqual => sum != 0, Comparison.Less => sum < 0, Comparison.LessOrEqual => sum <= 0, Comparison.Greater => sum > 0, _ => sum >= 0 };
                if (literal < 0) Assert.Equal(holds, literal == Clauses.True);
                else Assert.Equal(holds ? 1 : 0, compiled.CountWith([.. Enumerable.Range(0, variables).Select(v => 2 * v + 1 - (set >> v & 1)), literal]));
            }
        }, iter: 800);
    }

    [Fact]
    public void A_comparison_that_reaches_too_many_sums_is_not_made()
    {
        Gift[] gifts = [.. Enumerable.Range(0, 40).Select(static v => new Gift(v, [(0, new Register(Rational.Of(1L << v)))]))];
        Assert.Null(Diagram.Literal(new(1, gifts, static _ => false, new([Rational.One], Rational.Of(-(1L << 39) * 1.00001m), Comparison.Equal)), new Clauses(40)));
        Gift[] odd = [.. Enumerable.Range(0, 60).Select(static v => new Gift(v, [(0, new Register(Rational.Of(1_000_003m * v * v % 999_983m)))]))];
        Assert.Null(Diagram.Literal(new(1, odd, static _ => false, new([Rational.One], Rational.Of(-700_000m), Comparison.LessOrEqual)), new Clauses(60)));
    }

    [Fact]
    public void Fractions_calculate_exactly()
    {
        Gen.Decimal[-1000m, 1000m].Select(Gen.Decimal[-1000m, 1000m]).Sample(static (a, b) =>
        {
            (a, b) = (decimal.Round(a, 6), decimal.Round(b, 6));
            Rational x = Rational.Of(a), y = Rational.Of(b);
            Assert.Equal(Rational.Of(a + b), x + y);
            Assert.Equal(Rational.Of(a - b), x - y);
            Assert.Equal(Rational.Of(a * b), x * y);
            Assert.Equal(a.CompareTo(b), Math.Sign(x.CompareTo(y)));
            Assert.Equal(Rational.Of(decimal.Floor(a)), x.Floor());
            Assert.Equal(Rational.Of(decimal.Ceiling(a)), x.Ceiling());
            if (b != 0) Assert.Equal(x, x / y * y);
            Assert.Equal(a.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture), x.ToString());
        }, iter: 2000);
        Assert.Equal("1/3", (Rational.One / 3).ToString());
        Assert.Equal("-0.05", Rational.Of(-0.05m).ToString());
        Assert.Throws<DivideByZeroException>(static () => Rational.One / 0);
    }

    [Fact]
    public void What_grows_beyond_the_limit_is_given_up()
    {
        var random = new Random(8);
        var hard = new Formula(40, [.. Enumerable.Range(0, 90).Select(_ => Enumerable.Range(0, 40).OrderBy(_ => random.Next()).Take(3).Select(v => 2 * v + random.Next(2)).Order().ToArray())]);
        Assert.Null(Compiled.Of(hard, s_go, 500));
        Assert.True(Compiled.Of(hard, s_go)!.Parts > 500);
    }

    [Fact]
    public void Cancelling_ends_the_work() =>
        Assert.Throws<OperationCanceledException>(static () => Compiled.Of(Drawn(new Random(3)), new CancellationToken(true)));
}
