namespace Homestretch.World;

/// <summary>The condition under which a variant takes a BOM line, over its market and options.
/// Grammar: <c>or := and ('|' and)*; and := not ('&amp;' not)*; not := '!' not | '(' or ')' | feature '=' option</c>;
/// the feature <c>market</c> is the order's market or one that it is within. Empty text always holds. At most 50 deep and 200 comparisons
/// long, so that no text from outside exhausts the stack. The text form reads back as the same tree.</summary>
/// <remarks>Example: <c>market=UK &amp; !(battery=500Wh | rack=none)</c>.</remarks>
public abstract record Condition
{
    private Condition() { }

    public static Condition Always { get; } = new Constant();

    /// <summary>Whether a variant with these choices, sold in this market, meets the condition.</summary>
    public bool Holds(string market, Choices choices) => Holds([market], choices);

    /// <summary>The same for a market and those it is within.</summary>
    public abstract bool Holds(IReadOnlyList<string> markets, Choices choices);

    /// <summary>Every (feature, option) the condition names, market included, in order of appearance.</summary>
    public abstract IEnumerable<(string Feature, string Option)> Names { get; }

    public sealed record Constant : Condition
    {
        public override bool Holds(IReadOnlyList<string> markets, Choices choices) => true;
        public override IEnumerable<(string, string)> Names => [];
        public override string ToString() => "";
    }

    public sealed record Is(string Feature, string Option) : Condition
    {
        public override bool Holds(IReadOnlyList<string> markets, Choices choices) => Feature == "market" ? markets.Contains(Option) : Option == choices[Feature];
        public override IEnumerable<(string, string)> Names => [(Feature, Option)];
        public override string ToString() => $"{Feature}={Option}";
    }

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool Holds(IReadOnlyList<string> markets, Choices choices) => !Inner.Holds(markets, choices);
        public override IEnumerable<(string, string)> Names => Inner.Names;
        public override string ToString() => Inner is Is or Not ? $"!{Inner}" : $"!({Inner})";
    }

    public sealed record Both(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(IReadOnlyList<string> markets, Choices choices) => Left.Holds(markets, choices) && Right.Holds(markets, choices);
        public override IEnumerable<(string, string)> Names => Left.Names.Concat(Right.Names);
        public override string ToString() => $"{(Left is Either ? $"({Left})" : Left)} & {(Right is Is or Not ? Right : $"({Right})")}";
    }

    public sealed record Either(Condition Left, Condition Right) : Condition
    {
        public override bool Holds(IReadOnlyList<string> markets, Choices choices) => Left.Holds(markets, choices) || Right.Holds(markets, choices);
        public override IEnumerable<(string, string)> Names => Left.Names.Concat(Right.Names);
        public override string ToString() => $"{Left} | {(Right is Either ? $"({Right})" : Right)}";
    }

    /// <summary>Reads a condition, or says what is wrong with it, where, and what was expected.</summary>
    public static (Condition? Value, string? Wrong, string? Cure) Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (Always, null, null);
        var reader = new Reader(text);
        Condition? condition = reader.Or(0);
        return condition is not null && reader.AtEnd ? (condition, null, null)
            : (null, $"The condition '{text}' breaks off at character {reader.Position + 1}.", $"Expected {reader.Expected}.");
    }

    /// <summary>A recursive-descent pass over one line of text.</summary>
    private sealed class Reader(string text)
    {
        private const int MaxDepth = 50, MaxNames = 200;
        private int _names;
        public int Position { get; private set; }
        public string Expected { get; private set; } = "feature=option";
        public bool AtEnd { get { Skip(); Expected = "'&', '|' or the end"; return Position == text.Length; } }

        public Condition? Or(int depth) => Chain('|', () => And(depth), static (a, b) => new Either(a, b));

        private Condition? And(int depth) => Chain('&', () => Unary(depth), static (a, b) => new Both(a, b));

        private Condition? Chain(char sign, Func<Condition?> next, Func<Condition, Condition, Condition> join)
        {
            Condition? left = next();
            while (left is not null && Take(sign))
                left = next() is { } right ? join(left, right) : null;
            return left;
        }

        private Condition? Unary(int depth)
        {
            if (depth > MaxDepth) return Fail($"fewer than {MaxDepth} nested parentheses");
            if (Take('!')) return Unary(depth + 1) is { } inner ? new Not(inner) : null;
            if (Take('('))
            {
                Condition? inside = Or(depth + 1);
                return inside is null ? null : Take(')') ? inside : Fail("')'");
            }
            string feature = Word();
            if (feature.Length == 0) return Fail("a feature name");
            if (!Take('=')) return Fail("'=' after the feature");
            string option = Word();
            if (option.Length == 0) return Fail("an option after '='");
            return ++_names > MaxNames ? Fail($"at most {MaxNames} comparisons") : new Is(feature, option);
        }

        private Condition? Fail(string expected)
        {
            Expected = expected;
            return null;
        }

        private string Word()
        {
            Skip();
            int begin = Position;
            while (Position < text.Length && (char.IsLetterOrDigit(text[Position]) || text[Position] is '_' or '-' or '.' or '/' or '+'))
                Position++;
            return text[begin..Position];
        }

        private bool Take(char sign)
        {
            Skip();
            if (Position >= text.Length || text[Position] != sign) return false;
            Position++;
            return true;
        }

        private void Skip()
        {
            while (Position < text.Length && char.IsWhiteSpace(text[Position])) Position++;
        }
    }
}
