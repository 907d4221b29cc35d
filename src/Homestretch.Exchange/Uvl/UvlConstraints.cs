using System.Globalization;
using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Reads constraints. Bind from tight to loose: ! after comparisons, &amp;, |, =&gt;, &lt;=&gt;; all from left to right.</summary>
internal sealed class UvlConstraints(UvlCursor cursor)
{
    /// <summary>Brackets inside brackets, and operators in one constraint: enough for any model, few enough for any stack.</summary>
    public const int MostDepth = 200, MostOperators = 2_000;

    private static readonly string[] s_connectives = ["&", "|", "=>", "<=>"], s_comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private int _depth, _operators;

    /// <summary>The constraint from here on; null after telling what is wrong.</summary>
    public Constraint? Read() => Connected((int)Connective.Equivalent) is { } parsed && !cursor.Failed ? Condition(parsed) : null;

    private sealed record Parsed(UvlToken At, Constraint? Constraint, Expression? Expression, Reference? Name);

    private Parsed? Connected(int level)
    {
        if (level < 0) return Unary();
        Parsed? left = Connected(level - 1);
        while (left is not null && cursor.Now.Is(s_connectives[level]))
        {
            UvlToken symbol = cursor.Take();
            if (cursor.Now.Is(symbol.Text))
            {
                cursor.Say("doubled-symbol", $"{symbol.Text} stands here twice.", $"Write {symbol.Text} once.");
                return null;
            }
            if (TooLong() || Condition(left) is not { } one || Connected(level - 1) is not { } right || Condition(right) is not { } other) return null;
            left = new(left.At, new Constraint.Both((Connective)level, one, other), null, null);
        }
        return left;
    }

    private Parsed? Unary()
    {
        UvlToken at = cursor.Now;
        if (!cursor.Skip("!")) return Compared();
        if (TooDeep()) return null;
        Parsed? of = Unary();
        _depth--;
        return of is not null && Condition(of) is { } condition ? new(at, new Constraint.Not(condition), null, null) : null;
    }

    private Parsed? Compared()
    {
        Parsed? left = Sum();
        if (left is null || cursor.Now.Kind != UvlTokenKind.Symbol || Array.IndexOf(s_comparisons, cursor.Now.Text) is not (>= 0 and var comparison)) return left;
        cursor.Take();
        if (Value(left) is not { } one || Sum() is not { } right || Value(right) is not { } other) return null;
        if (cursor.Now.Kind == UvlTokenKind.Symbol && Array.IndexOf(s_comparisons, cursor.Now.Text) >= 0)
        {
            cursor.Say("chained-comparison", $"A second comparison {cursor.Now.Text} follows the first.", "Write two comparisons joined by &.");
            return null;
        }
        return new(left.At, new Constraint.Compared((Comparison)comparison, one, other), null, null);
    }

    private Parsed? Sum() => Calculated(Product, ("+", Operator.Add), ("-", Operator.Subtract));

    private Parsed? Product() => Calculated(Single, ("*", Operator.Multiply), ("/", Operator.Divide));

    private Parsed? Calculated(Func<Parsed?> part, (string Symbol, Operator Operator) first, (string Symbol, Operator Operator) second)
    {
        Parsed? left = part();
        while (left is not null && (cursor.Now.Is(first.Symbol) || cursor.Now.Is(second.Symbol)))
        {
            Operator sign = cursor.Take().Text == first.Symbol ? first.Operator : second.Operator;
            if (TooLong() || Value(left) is not { } one || part() is not { } right || Value(right) is not { } other) return null;
            left = new(left.At, null, new Expression.Calculated(sign, one, other), null);
        }
        return left;
    }

    private Parsed? Single()
    {
        UvlToken at = cursor.Now;
        if (cursor.Skip("("))
        {
            if (TooDeep()) return null;
            Parsed? inside = Connected((int)Connective.Equivalent);
            _depth--;
            return inside is not null && cursor.Need(")", "to close the bracket") ? inside : null;
        }
        if (at.Kind == UvlTokenKind.Text) return new(cursor.Take(), null, new Expression.Text(at.Text), null);
        if (at.Kind == UvlTokenKind.Number || at.Is("-")) return Number(cursor) is decimal number ? new(at, null, new Expression.Number(number), null) : null;
        if (at.Kind == UvlTokenKind.Name && cursor.After.Is("(")) return Function();
        return UvlNames.Read(cursor, "A feature, a value or a bracket") is { } name ? new(at, null, null, name) : null;
    }

    private Parsed? Function()
    {
        UvlToken word = cursor.Take();
        if (word.Text is not ("sum" or "avg" or "len" or "floor" or "ceil"))
        {
            cursor.Say(word, "unknown-function", $"There is no function {word.Text}.", "Use sum, avg, len, floor or ceil.");
            return null;
        }
        cursor.Take();
        if (UvlNames.Read(cursor, $"What to apply {word.Text} to") is not { } first) return null;
        Reference? second = null;
        if (word.Text is "sum" or "avg" && cursor.Skip(",") && (second = UvlNames.Read(cursor, "An attribute or a feature")) is null) return null;
        if (!cursor.Need(")", $"to end {word.Text}")) return null;
        Expression made = word.Text switch
        {
            "sum" => new Expression.Aggregate(AggregateFunction.Sum, second, first),
            "avg" => new Expression.Aggregate(AggregateFunction.Average, second, first),
            "len" => new Expression.Applied(ValueFunction.Length, first),
            "floor" => new Expression.Applied(ValueFunction.Floor, first),
            _ => new Expression.Applied(ValueFunction.Ceiling, first),
        };
        return new(word, null, made, null);
    }

    /// <summary>A number with its sign; null after telling what is wrong.</summary>
    public static decimal? Number(UvlCursor cursor)
    {
        bool minus = cursor.Skip("-");
        UvlToken digits = cursor.Now;
        if (digits.Kind != UvlTokenKind.Number)
        {
            cursor.Say("missing-number", $"Here must stand a number, not {digits}.", "Write its digits.");
            return null;
        }
        cursor.Take();
        if (digits.Text.Length > 1 && digits.Text[0] == '0' && char.IsAsciiDigit(digits.Text[1])) cursor.Say(digits, "leading-zero", $"The number {digits.Text} starts with a zero.", "Leave the zero out.");
        else if (digits.Text.Length <= 28 && decimal.TryParse(digits.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)) return minus ? -number : number;
        else cursor.Say(digits, "long-number", $"The number {digits.Text} has more than 27 digits.", "Write fewer digits.");
        return null;
    }

    private Constraint? Condition(Parsed parsed)
    {
        if (parsed.Constraint is { } constraint) return constraint;
        if (parsed.Name is { } name) return new Constraint.Named(name);
        cursor.Say(parsed.At, "value-as-condition", $"{parsed.Expression} is a value, not something that holds or does not.", "Compare it with another value.");
        return null;
    }

    private Expression? Value(Parsed parsed)
    {
        if (parsed.Expression is { } expression) return expression;
        if (parsed.Name is { } name) return new Expression.ValueOf(name);
        cursor.Say(parsed.At, "condition-as-value", $"{parsed.Constraint} holds or does not; it is no value to calculate or compare with.", "Join conditions by &, |, => or <=>.");
        return null;
    }

    private bool TooDeep()
    {
        if (++_depth <= MostDepth) return false;
        cursor.Say("too-deep", $"More than {MostDepth} brackets stand inside each other.", "Write the constraint in several lines.");
        return true;
    }

    private bool TooLong()
    {
        if (++_operators <= MostOperators) return false;
        cursor.Say("too-long", $"The constraint has more than {MostOperators} operators.", "Write it in several lines.");
        return true;
    }
}
