using System.Globalization;
using System.Text;

namespace Homestretch.Products.Features;

/// <summary>Constraints as UVL writes them.</summary>
public static class ConstraintText
{
    private static readonly string[] s_words =
    [
        "features", "include", "imports", "namespace", "as", "constraint", "constraints", "cardinality", "String", "Boolean", "Integer", "Real", "len", "sum", "avg", "floor", "ceil",
        "Type", "Arithmetic", "or", "alternative", "optional", "mandatory", "true", "false",
    ];

    private static readonly string[] s_connectives = ["&", "|", "=>", "<=>"], s_comparisons = ["==", "!=", "<", "<=", ">", ">="], s_operators = ["+", "-", "*", "/"];

    /// <summary>Words of the language; a feature of such a name is quoted.</summary>
    public static bool IsWord(string name) => s_words.Contains(name);

    /// <summary>May a name stand without quotes?</summary>
    public static bool IsPlain(ReadOnlySpan<char> name)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0])) return false;
        foreach (char c in name) if (!IsPlain(c)) return false;
        return true;
    }

    /// <summary>May a character stand in a name without quotes, after the first letter?</summary>
    public static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || "_#§%?\\'äüöß;".Contains(c);

    /// <summary>A name, each part between dots quoted where it must be.</summary>
    public static string Quoted(string name) => string.Join('.', name.Split('.').Select(static p => IsPlain(p) && !IsWord(p) ? p : $"\"{p}\""));

    /// <summary>A number without exponent, exactly.</summary>
    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(Constraint constraint) => Append(new StringBuilder(), constraint, 4).ToString();

    public static string Of(Expression expression) => Append(new StringBuilder(), expression, 1).ToString();

    /// <param name="room">The loosest connective that needs no brackets here; -2: not even a comparison stands without.</param>
    private static StringBuilder Append(StringBuilder text, Constraint constraint, int room)
    {
        switch (constraint)
        {
            case Constraint.Named named: return text.Append(named.Feature);
            case Constraint.Not not: return Append(text.Append('!'), not.Of, -2);
            case Constraint.Compared compared:
                if (room < -1) text.Append('(');
                Append(Append(text, compared.Left, 1).Append(' ').Append(s_comparisons[(int)compared.Comparison]).Append(' '), compared.Right, 1);
                return room < -1 ? text.Append(')') : text;
            case Constraint.Both both:
                int own = (int)both.Connective;
                if (own > room) text.Append('(');
                Append(Append(text, both.Left, own).Append(' ').Append(s_connectives[own]).Append(' '), both.Right, own - 1);
                return own > room ? text.Append(')') : text;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static StringBuilder Append(StringBuilder text, Expression expression, int room)
    {
        switch (expression)
        {
            case Expression.Number number: return text.Append(Of(number.Value));
            case Expression.Text said: return text.Append('\'').Append(said.Value).Append('\'');
            case Expression.ValueOf value: return text.Append(value.Of);
            case Expression.Applied applied:
                return text.Append(applied.Function switch { ValueFunction.Length => "len", ValueFunction.Floor => "floor", _ => "ceil" }).Append('(').Append(applied.To).Append(')');
            case Expression.Aggregate over:
                text.Append(over.Function == AggregateFunction.Sum ? "sum(" : "avg(").Append(over.Attribute);
                return (over.Below is null ? text : text.Append(", ").Append(over.Below)).Append(')');
            case Expression.Calculated sum:
                int own = sum.Operator is Operator.Add or Operator.Subtract ? 1 : 0;
                if (own > room) text.Append('(');
                Append(Append(text, sum.Left, own).Append(' ').Append(s_operators[(int)sum.Operator]).Append(' '), sum.Right, own - 1);
                return own > room ? text.Append(')') : text;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }
}
