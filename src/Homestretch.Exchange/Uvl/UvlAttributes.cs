using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Reads what stands in braces after a feature.</summary>
internal sealed class UvlAttributes(UvlCursor cursor)
{
    private const int MostDepth = 50;

    private int _depth;

    public IReadOnlyList<FeatureAttribute> Read()
    {
        cursor.Take();
        var attributes = new List<FeatureAttribute>();
        if (cursor.Skip("}")) return attributes;
        do
        {
            UvlToken at = cursor.Now;
            if (One(at) is not { } attribute) return attributes;
            attributes.Add(attribute);
        }
        while (cursor.Skip(","));
        cursor.Need("}", "to end the attributes, or , before the next");
        return attributes;
    }

    private FeatureAttribute? One(UvlToken at)
    {
        var place = new Written(at.Line, at.Column);
        if (cursor.SkipWord("constraint")) return Constraint() is { } rule ? new("constraint", new AttributeValue.Rules([rule]), place) : null;
        if (cursor.SkipWord("constraints")) return Constraints() is { } rules ? new("constraints", new AttributeValue.Rules(rules), place) : null;
        if (UvlNames.Part(cursor, "The name of an attribute") is not { } name) return null;
        if (cursor.Now.Is(",") || cursor.Now.Is("}")) return new(name, new AttributeValue.Nothing(), place);
        return Value() is { } value ? new(name, value, place) : null;
    }

    private Rule? Constraint()
    {
        UvlToken at = cursor.Now;
        return new UvlConstraints(cursor).Read() is { } constraint ? new(constraint, new(at.Line, at.Column)) : null;
    }

    private List<Rule>? Constraints()
    {
        if (!cursor.Need("[", "to begin the constraints")) return null;
        var rules = new List<Rule>();
        if (cursor.Skip("]")) return rules;
        do
        {
            if (Constraint() is not { } rule) return null;
            rules.Add(rule);
        }
        while (cursor.Skip(","));
        return cursor.Need("]", "to end the constraints, or , before the next") ? rules : null;
    }

    private AttributeValue? Value()
    {
        if (cursor.SkipWord("true")) return new AttributeValue.Truth(true);
        if (cursor.SkipWord("false")) return new AttributeValue.Truth(false);
        if (cursor.Now.Kind == UvlTokenKind.Text) return new AttributeValue.Text(cursor.Take().Text);
        if (cursor.Now.Is("{") || cursor.Now.Is("["))
        {
            if (++_depth > MostDepth)
            {
                cursor.Say("too-deep", $"More than {MostDepth} attributes stand inside each other.", "Write fewer.");
                return null;
            }
            AttributeValue? inside = cursor.Now.Is("{") ? new AttributeValue.Nested(Read()) : Vector();
            _depth--;
            return inside;
        }
        if (cursor.Now.Kind == UvlTokenKind.Number || cursor.Now.Is("-")) return UvlConstraints.Number(cursor) is { } number ? new AttributeValue.Number(number) : null;
        cursor.Say("attribute-value", $"{cursor.Now} is no value of an attribute.", "Write a number, true, false, a text in single quotes '...', { } or [ ].");
        return null;
    }

    private AttributeValue.List? Vector()
    {
        cursor.Take();
        var values = new List<AttributeValue>();
        if (cursor.Skip("]")) return new(values);
        do
        {
            if (Value() is not { } value) return null;
            values.Add(value);
        }
        while (cursor.Skip(","));
        return cursor.Need("]", "to end the list, or , before the next value") ? new(values) : null;
    }
}
