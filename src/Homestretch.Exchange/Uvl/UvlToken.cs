namespace Homestretch.Exchange.Uvl;

/// <summary>What a token of UVL is.</summary>
internal enum UvlTokenKind { Name, Quoted, Number, Text, Symbol, End }

/// <summary>One token; line and column from 1.</summary>
/// <param name="Text">Without quotes.</param>
internal readonly record struct UvlToken(UvlTokenKind Kind, string Text, int Line, int Column)
{
    public bool Is(string symbol) => Kind == UvlTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == UvlTokenKind.Name && Text == word;

    public override string ToString() => Kind switch { UvlTokenKind.Quoted => $"\"{Text}\"", UvlTokenKind.End => "the end of the line", _ => $"'{Text}'" };
}

/// <summary>The tokens of one line; brackets and long comments carry it over line ends.</summary>
/// <param name="Indent">Width of the white space before it; a tab reaches to the next multiple of 8.</param>
internal sealed record UvlLine(int Indent, IReadOnlyList<UvlToken> Tokens)
{
    public int Number => Tokens[0].Line;
}
