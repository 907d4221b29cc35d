namespace Homestretch;

/// <summary>One thing wrong with input from outside: where, what, which rule, and how to mend it. Foreign bytes never
/// throw through; they end up here.</summary>
/// <param name="Place">File, topic or path the input came from, with line and column where they exist.</param>
/// <param name="Rule">Stable kebab-case name of the rule broken, for programs.</param>
/// <param name="What">What is wrong, in one sentence, with the offending value.</param>
/// <param name="Cure">What to do about it, in one sentence.</param>
public sealed record Finding(Place Place, string Rule, string What, string Cure)
{
    public override string ToString() => $"{Place}: {What} {Cure} [{Rule}]";
}

/// <summary>A place in the input.</summary>
/// <param name="Source">File, topic, table or request path.</param>
/// <param name="Line">1-based line; 0 when the whole source is meant.</param>
/// <param name="Column">Column name; empty when the whole line is meant.</param>
public readonly record struct Place(string Source, int Line = 0, string Column = "")
{
    public override string ToString() => (Line, Column) switch
    {
        (0, "") => Source,
        (0, _) => $"{Source} ({Column})",
        (_, "") => $"{Source}:{Line}",
        _ => $"{Source}:{Line} ({Column})",
    };
}
