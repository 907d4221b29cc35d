using System.Text;

namespace Homestretch.Products.Features;

/// <summary>Turns a comparison into one literal: a decision diagram over the variables that count, in their order, each of its nodes a variable
/// that the clauses define. Exact, and no model is added or lost.</summary>
/// <remarks>Een and Sorensson 2006 encode pseudo-Boolean constraints so; nodes with the same sum so far, and nodes that decide alike, are one (Bryant 1986).</remarks>
internal static class Diagram
{
    /// <summary>Sums a comparison may reach at all its levels together.</summary>
    public const int MostStates = 100_000;

    /// <summary>The literal, or null when the comparison reaches too many sums.</summary>
    public static int? Literal(Quantity quantity, Clauses clauses)
    {
        List<int[]>? levels = quantity.Line is { } line ? Linear(quantity, line) : General(quantity);
        if (levels is null) return null;
        // levels[i][2 s], [2 s + 1]: where state s of level i goes when variable i does not and does hold; below 0: decided.
        var same = new Dictionary<(int Variable, int Yes, int No), int>();
        int[] below = [];
        for (int i = quantity.Gifts.Count - 1; i >= 0; i--)
        {
            int[] level = levels[i], literals = new int[level.Length / 2];
            for (int s = 0; s < literals.Length; s++)
            {
                int no = level[2 * s] < 0 ? level[2 * s] : below[level[2 * s]], yes = level[2 * s + 1] < 0 ? level[2 * s + 1] : below[level[2 * s + 1]];
                var key = (quantity.Gifts[i].Variable, yes, no);
                if (!same.TryGetValue(key, out literals[s])) same[key] = literals[s] = clauses.IfThenElse(key.Variable, yes, no);
            }
            below = literals;
        }
        return quantity.Gifts.Count == 0 ? levels[0][0] : below[0];
    }

    private static List<int[]>? Linear(Quantity quantity, Linear line)
    {
        int n = quantity.Gifts.Count;
        Rational[] gives = [.. quantity.Gifts.Select(g => g.Gives.Aggregate(Rational.Zero, (sum, x) => sum + line.Weights[x.Register] * x.Value.Number))];
        Rational[] least = new Rational[n + 1], most = new Rational[n + 1];
        for (int i = n - 1; i >= 0; i--)
        {
            least[i] = least[i + 1] + (gives[i].Sign < 0 ? gives[i] : 0);
            most[i] = most[i + 1] + (gives[i].Sign > 0 ? gives[i] : 0);
        }
        return Levels(n, line.Constant, (state, i) => state + gives[i], (state, i) => Decided(line, state + least[i], state + most[i]));
    }

    /// <summary>Whether all sums from least to most decide alike: -1 holds, -2 fails, 0 open.</summary>
    private static int Decided(Linear line, Rational least, Rational most)
    {
        bool low = line.Holds(least), high = line.Holds(most);
        if (least == most) return low ? Clauses.True : Clauses.False;
        return line.Comparison switch
        {
            Comparison.Equal => least.Sign > 0 || most.Sign < 0 ? Clauses.False : 0,
            Comparison.NotEqual => least.Sign > 0 || most.Sign < 0 ? Clauses.True : 0,
            _ => low != high ? 0 : low ? Clauses.True : Clauses.False,
        };
    }

    private static List<int[]>? General(Quantity quantity)
    {
        int n = quantity.Gifts.Count;
        return Levels(n, new State([.. Enumerable.Repeat(default(Register), quantity.Registers)]), (state, i) => state.With(quantity.Gifts[i]),
            (state, i) => i < n ? 0 : quantity.Holds(state.Registers) ? Clauses.True : Clauses.False);
    }

    private static List<int[]>? Levels<T>(int n, T first, Func<T, int, T> given, Func<T, int, int> decided) where T : IEquatable<T>
    {
        if (decided(first, 0) is < 0 and var at) return n == 0 ? [[at, at]] : Always(n, at);
        var levels = new List<int[]>(n);
        List<T> now = [first];
        int states = 0;
        for (int i = 0; i < n; i++)
        {
            var next = new List<T>();
            var places = new Dictionary<T, int>();
            int[] level = new int[2 * now.Count];
            for (int s = 0; s < now.Count; s++)
            {
                level[2 * s] = Place(now[s]);
                level[2 * s + 1] = Place(given(now[s], i));
            }
            levels.Add(level);
            if ((states += next.Count) > MostStates) return null;
            now = next;

            int Place(T state)
            {
                if (decided(state, i + 1) is < 0 and var done) return done;
                if (!places.TryGetValue(state, out int place))
                {
                    places.Add(state, place = next.Count);
                    next.Add(state);
                }
                return place;
            }
        }
        return levels;
    }

    private static List<int[]> Always(int n, int at)
    {
        List<int[]> levels = [.. Enumerable.Repeat<int[]>([], n)];
        levels[0] = [at, at];
        return levels;
    }

    private sealed class State(Register[] registers) : IEquatable<State>
    {
        private readonly string _key = Key(registers);

        public Register[] Registers { get; } = registers;

        public State With(Gift gift)
        {
            Register[] next = [.. Registers];
            foreach (var (register, value) in gift.Gives) next[register] = next[register].With(value);
            return new(next);
        }

        public bool Equals(State? other) => other is not null && _key == other._key;

        public override bool Equals(object? obj) => Equals(obj as State);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_key);

        private static string Key(Register[] registers)
        {
            var text = new StringBuilder();
            foreach (Register r in registers) text.Append(r.Number).Append('\u0001').Append(r.Text ?? "\u0002").Append('\u0003');
            return text.ToString();
        }
    }
}
