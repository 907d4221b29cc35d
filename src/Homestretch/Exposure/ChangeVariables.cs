using Homestretch.World;

namespace Homestretch.Exposure;

/// <summary>One way a planned making or giving may be: what it tells whom, at what cost, by which changes. The first of a variable is the plan.</summary>
internal sealed record ChangeOption(double Cost, IReadOnlyList<ExposureChange> Changes, IReadOnlyList<(int Holder, int Item, DisclosureLevel Level)> Tells);

/// <summary>What is planned and may change, apart: each making with the documents that go with it, and each giving besides.</summary>
internal static class ChangeVariables
{
    public static ChangeOption[][] Of(ExposureCase given, ChangeCosts costs)
    {
        DisclosureLevel[][] done = given.Done().Levels();
        var made = given.Makings.Where(static m => !m.Done).Select(static m => (m.Item, m.Holder)).Distinct().ToArray();
        var besides = given.Givings.Where(static g => !g.Done).GroupBy(static g => (g.Item, g.Holder)).ToDictionary(static g => g.Key, static g => g.Max(static x => x.Level));
        var variables = new List<ChangeOption[]>();
        foreach (var (item, maker) in made)
        {
            DisclosureLevel level = besides.Remove((item, maker), out DisclosureLevel documents) && documents > ExposureLevels.Making ? documents : ExposureLevels.Making;
            var options = new List<ChangeOption>();
            options.AddRange(At(maker, 0, []));
            for (int to = 0; to < given.Holders.Count; to++)
                if (to != maker && costs.Move(item, maker, to) is { } cost) options.AddRange(At(to, cost, [new ExposureChange.Moved(item, maker, to)]));
            if (costs.Move(item, maker, null) is { } home) options.Add(new(home, [new ExposureChange.Moved(item, maker, null)], []));
            variables.Add(Best(options));

            // the same maker with as many levels less as making allows
            IEnumerable<ChangeOption> At(int holder, double cost, ExposureChange[] moved)
            {
                for (DisclosureLevel to = level; to >= ExposureLevels.Making && (to == level || to >= done[holder][item]); to--)
                {
                    int steps = level - to;
                    yield return new(cost + (steps == 0 ? 0 : steps * costs.Lower(item, holder)), steps == 0 ? moved : [.. moved, new ExposureChange.Lowered(item, holder, level, to)],
                        [(holder, item, to), .. given.Parts[item].Select(part => (holder, part, ExposureLevels.Assembling))]);
                }
            }
        }
        foreach (var ((item, holder), level) in besides.OrderBy(static b => b.Key))
        {
            var options = new List<ChangeOption>();
            for (DisclosureLevel to = level; to >= DisclosureLevel.Sealed && (to == level || to >= done[holder][item]); to--)
                options.Add(new(to == level ? 0 : (level - to) * costs.Lower(item, holder), to == level ? [] : [new ExposureChange.Lowered(item, holder, level, to)], [(holder, item, to)]));
            variables.Add(Best(options));
        }
        return [.. variables];
    }

    /// <summary>The plan, and of the others those that no other beats: as cheap, and telling nobody more.</summary>
    private static ChangeOption[] Best(List<ChangeOption> options)
    {
        return [.. options.Where((o, k) => k == 0 || !options.Where((x, n) => n != k && x.Cost <= o.Cost && No(x, o) && (n < k || x.Cost < o.Cost || !No(o, x))).Any())];

        static bool No(ChangeOption less, ChangeOption more) => less.Tells.All(t => more.Tells.Any(m => m.Holder == t.Holder && m.Item == t.Item && m.Level >= t.Level));
    }
}
