using Homestretch.Products.Compiling;
using Homestretch.Products.Features;

namespace Homestretch.Products.Configuring;

/// <summary>Finds the fewest rules of a model that contradict given literals.</summary>
/// <remarks>A first set comes from the solver's last conflict and loses rules one by one (Bakker and others 1993); then ever larger hitting sets of
/// what would have to give way either prove it smallest or replace it (Ignatiev and others 2015). The work is bounded.</remarks>
internal sealed class RuleClash
{
    private const int MostTurns = 400;
    private const long MostSteps = 200_000;

    private readonly Translated _model;
    private readonly Solver _solver;
    private readonly int[] _given;
    private readonly CancellationToken _cancel;
    private readonly bool[] _understood;

    private RuleClash(CompiledModel model, int[] given, bool written, CancellationToken cancel)
    {
        (_model, _given, _cancel) = (model.Translated, given, cancel);
        _understood = [.. _model.Rules.Select(r => written && r.At.Line == 0)];
        _solver = new(_model.Variables + _model.Rules.Count, _model.Definitions.Concat(_model.Rules.SelectMany((r, i) => r.Clauses.Select(c => _understood[i] ? c : [2 * (_model.Variables + i) + 1, .. c]))), _model.Variables);
    }

    /// <param name="choices">Literals that hold together with the model, unless the model has no configuration.</param>
    /// <param name="wanted">A literal that does not hold together with them.</param>
    /// <param name="written">Rules that are written nowhere hold in any case and are not counted.</param>
    public static (IReadOnlyList<StatedRule> Rules, bool Proven) Fewest(CompiledModel model, int[] choices, int wanted, bool written, CancellationToken cancel)
    {
        var clash = new RuleClash(model, [.. choices, wanted], written, cancel);
        // near a configuration that keeps to the choices few rules are broken
        if (model.Compiled.Cheapest(choices, new int[2 * model.Translated.Variables]) is { } near) near.CopyTo(clash._solver.Phases);
        int[] all = [.. Enumerable.Range(0, model.Translated.Rules.Count).Where(r => !clash._understood[r])];
        int[] least = clash.Minimal(clash.Clashing(all) ?? throw new System.Diagnostics.UnreachableException());
        var (fewest, proven) = clash.Smallest(least);
        return ([.. fewest.Select(r => model.Translated.Rules[r])], proven);
    }

    private int Selector(int rule) => 2 * (_model.Variables + rule);

    /// <summary>Those of the rules that clash with what is given; null when they do not.</summary>
    private int[]? Clashing(IEnumerable<int> rules) =>
        _solver.Solve([.. _given, .. rules.Select(Selector)], _cancel) ? null : [.. _solver.Core.Select(l => (l >> 1) - _model.Variables).Where(static r => r >= 0).Distinct().Order()];

    private int[] Minimal(int[] rules)
    {
        for (int i = 0; i < rules.Length;)
        {
            int rule = rules[i];
            if (Clashing(rules.Where(r => r != rule)) is not { } fewer) i++;
            else
            {
                // those tried before are needed, so they are in every smaller set and keep their places
                rules = fewer;
                i = rules.Count(r => r < rule);
            }
        }
        return rules;
    }

    private (int[] Rules, bool Proven) Smallest(int[] known)
    {
        var outs = new List<int[]>();
        for (int turn = 0; turn < MostTurns; turn++)
        {
            int[]? next = HittingSet.Smallest(outs, known.Length - 1, MostSteps, out bool proven);
            if (next is null) return (known, proven);
            if (Clashing(next) is not null) return (next, true);
            outs.Add(Grown(next));
        }
        return (known, false);
    }

    /// <summary>What must give way when the rules kept hold: keeps adding rules while all still fit, and returns the others.</summary>
    private int[] Grown(int[] kept)
    {
        bool[] holds = [.. _understood], asked = new bool[_model.Rules.Count];
        foreach (int rule in kept) holds[rule] = true;
        Note(holds);
        for (int rule = 0; rule < holds.Length; rule++)
        {
            if (holds[rule] || asked[rule]) continue;
            asked[rule] = true;
            int tried = rule;
            if (_solver.Solve([.. _given, .. Enumerable.Range(0, holds.Length).Where(r => !_understood[r] && (holds[r] || r == tried)).Select(Selector)], _cancel)) Note(holds);
        }
        return [.. Enumerable.Range(0, holds.Length).Where(r => !holds[r])];
    }

    /// <summary>Marks the rules that the solver's last answer satisfies.</summary>
    private void Note(bool[] holds)
    {
        for (int r = 0; r < holds.Length; r++) holds[r] |= _model.Rules[r].Clauses.All(c => c.Any(l => _solver[l >> 1] == ((l & 1) == 0)));
    }
}
