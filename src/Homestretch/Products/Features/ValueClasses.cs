namespace Homestretch.Products.Features;

/// <summary>Splits the values of each typed feature into classes such that all comparisons of the model hold or fail alike for the values of a
/// class: what is then counted, chosen and drawn is a class.</summary>
internal static class ValueClasses
{
    /// <summary>More classes of one feature, or more sums beside it, are refused.</summary>
    public const int Most = 300, MostSums = 20_000;

    /// <summary>The classes of a typed feature under all comparisons in which it stands; null when they are too many.</summary>
    public static IReadOnlyList<ValueClass>? Of(Feature feature, IReadOnlyList<Terms> comparisons)
    {
        var judged = new List<(Terms Terms, TypedRegister Typed, List<Register[]> States)>();
        var cuts = new SortedSet<Rational>();
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Terms terms in comparisons)
        {
            TypedRegister typed = terms.Typed.Single(t => t.Feature.Name == feature.Name);
            if (States(terms, typed.Slot) is not { } states) return null;
            judged.Add((terms, typed, states));
            foreach (Register[] state in states)
            {
                if (terms.Line is not { } line) continue;
                Rational sum = line.Constant, weight = line.Weights[typed.Register];
                for (int r = 0; r < state.Length; r++) if (r != typed.Register) sum += line.Weights[r] * state[r].Number;
                if (weight.Sign == 0) continue;
                Rational cut = -sum / weight;
                cuts.Add(cut);
                if (typed.Taken is Taken.Floor or Taken.Ceiling) foreach (int step in (ReadOnlySpan<int>)[-1, 0, 1, 2]) cuts.Add(cut.Floor() + step);
            }
            if (terms.Line is null) foreach (Register[] state in states) foreach (string text in Told(terms, typed, state)) texts.Add(text);
            if (cuts.Count > MostSums) return null;
        }
        bool texted = feature.Kind == FeatureKind.String, whole = feature.Kind != FeatureKind.Real;
        var groups = new Dictionary<string, List<ValuePiece>>(StringComparer.Ordinal);
        var order = new List<(string Signature, ValueClass First)>();
        foreach (ValuePiece piece in Pieces(texted, cuts, [.. texts]))
        {
            if (piece.Text is null && piece.Inside(whole) is null) continue;
            Rational number = piece.Text is { } known ? known.Length : piece.Inside(whole)!.Value;
            var one = new ValueClass("", number, texted ? piece.Text ?? $"\u0000{number}" : null, []);
            string signature = string.Concat(judged.SelectMany(j => j.States.Select(s => Judge(j.Terms, j.Typed, s, one) ? '1' : '0')));
            if (!groups.TryGetValue(signature, out var pieces))
            {
                groups.Add(signature, pieces = []);
                order.Add((signature, one));
                if (order.Count > Most) return null;
            }
            if (pieces.Count > 0 && pieces[^1].Meets(piece)) pieces[^1] = pieces[^1].And(piece);
            else pieces.Add(piece);
        }
        return [.. order.Select(o => o.First with { Name = Words(groups[o.Signature], texted, whole), Pieces = groups[o.Signature] })];
    }

    /// <summary>All that features can fill the registers with when the typed one is there.</summary>
    private static List<Register[]>? States(Terms terms, int own)
    {
        var states = new Dictionary<string, Register[]>(StringComparer.Ordinal) { [""] = new Register[terms.Registers] };
        foreach (Gift gift in terms.Gifts)
        {
            Register[][] before = [.. states.Values];
            if (gift.Variable == own) states.Clear();
            foreach (Register[] state in before)
            {
                Register[] next = [.. state];
                foreach (var (register, value) in gift.Gives) next[register] = next[register].With(value);
                states.TryAdd(string.Join('\u0001', next.Select(static r => $"{r.Number}\u0002{r.Text}")), next);
            }
            if (states.Count > MostSums) return null;
        }
        return [.. states.Values];
    }

    /// <summary>The texts that a comparison of texts holds the typed one against.</summary>
    private static IEnumerable<string> Told(Terms terms, TypedRegister typed, Register[] state) =>
        state.Where((_, r) => r != typed.Register).Select(static r => r.Text).OfType<string>().Concat(terms.Constants);

    private static bool Judge(Terms terms, TypedRegister typed, Register[] state, ValueClass value)
    {
        Register[] full = [.. state];
        full[typed.Register] = value.Given(typed.Taken);
        return terms.Holds(full);
    }

    private static IEnumerable<ValuePiece> Pieces(bool text, SortedSet<Rational> cuts, string[] texts)
    {
        IReadOnlyList<string>? butNot = text ? texts : null;
        foreach (string t in texts) yield return new(null, false, null, false, t, null);
        Rational? low = text ? Rational.Zero : null;
        bool lowIn = text;
        foreach (Rational cut in cuts)
        {
            if (text && cut.Sign < 0) continue;
            if (!(text && cut.Sign == 0)) yield return new(low, lowIn, cut, false, null, butNot);
            yield return new(cut, true, cut, true, null, butNot);
            (low, lowIn) = (cut, false);
        }
        yield return new(low, lowIn, null, false, null, butNot);
    }

    private static string Words(List<ValuePiece> pieces, bool text, bool whole) => string.Join(" or ", pieces.Select(p =>
        p.Text is { } known ? $"'{known}'" : !text ? p.Words(whole) : p is { High: null, Low: null or { Sign: 0 } } ? "any other text" : $"another text of length {p.Words(true)}"));
}
