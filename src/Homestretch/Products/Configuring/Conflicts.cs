using Homestretch.Products.Compiling;

namespace Homestretch.Products.Configuring;

/// <summary>Finds why choices cannot be made together.</summary>
/// <remarks>The fewest choices are found by turns (Ignatiev and others 2015): the smallest set that meets all known ways out either rules the choice out, or
/// a nearest configuration shows one more way out. The compiled form answers both at once.</remarks>
internal static class Conflicts
{
    public static Conflict? Of(CompiledModel model, IReadOnlyList<Choice> choices, Choice wanted, bool written, CancellationToken cancel)
    {
        int literal = model.Literal(wanted);
        int[] literals = [.. choices.Select(model.Literal)];
        int[] all = [.. Enumerable.Range(0, choices.Count)];
        if (WaysOut(model, literals, literal, all) is { Length: 0 }) return null;
        int[]? change = WaysOut(model, literals, literal, []);
        var outs = new List<int[]>();
        int[] fewest = [];
        while (change is not null)
        {
            cancel.ThrowIfCancellationRequested();
            fewest = HittingSet.Smallest(outs, int.MaxValue, long.MaxValue, out _)!;
            if (WaysOut(model, literals, literal, fewest) is not { } next) break;
            outs.Add(next);
        }
        var (rules, proven) = RuleClash.Fewest(model, [.. fewest.Select(c => literals[c])], literal, written, cancel);
        return new(wanted, [.. fewest.Select(c => choices[c])], [.. rules.Select(r => new ModelRule(r.Text, r.At))], proven, change is null ? null : [.. change.Select(c => choices[c] with { Taken = !choices[c].Taken })]);
    }

    /// <summary>The fewest choices to give up so that the literal and the choices kept in any case hold; null when nothing helps.</summary>
    private static int[]? WaysOut(CompiledModel model, int[] literals, int literal, int[] kept)
    {
        int[] costs = new int[2 * model.Translated.Variables];
        foreach (int l in literals) costs[l ^ 1] = 1;
        if (model.Compiled.Cheapest([literal, .. kept.Select(k => literals[k])], costs) is not { } nearest) return null;
        return [.. Enumerable.Range(0, literals.Length).Where(c => nearest[literals[c] >> 1] != ((literals[c] & 1) == 0))];
    }
}
