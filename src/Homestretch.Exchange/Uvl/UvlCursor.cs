namespace Homestretch.Exchange.Uvl;

/// <summary>Walks over the tokens of one line. After the first thing that does not fit, the rest of the line is left.</summary>
internal sealed class UvlCursor(string source, UvlLine line, List<Finding> found)
{
    private int _at;

    public UvlToken Now => _at < line.Tokens.Count ? line.Tokens[_at] : End;

    public UvlToken After => _at + 1 < line.Tokens.Count ? line.Tokens[_at + 1] : End;

    public bool AtEnd => _at >= line.Tokens.Count;

    /// <summary>Has the line been told to be wrong?</summary>
    public bool Failed { get; private set; }

    private UvlToken End => line.Tokens[^1] is var last ? new(UvlTokenKind.End, "", last.Line, last.Column + last.Text.Length + (last.Kind is UvlTokenKind.Quoted or UvlTokenKind.Text ? 2 : 0)) : default;

    public UvlToken Take()
    {
        UvlToken now = Now;
        _at++;
        return now;
    }

    public bool Skip(string symbol)
    {
        if (!Now.Is(symbol)) return false;
        _at++;
        return true;
    }

    public bool SkipWord(string word)
    {
        if (!Now.IsWord(word)) return false;
        _at++;
        return true;
    }

    /// <summary>Takes a symbol that must be here; says so when it is not.</summary>
    public bool Need(string symbol, string place)
    {
        if (Skip(symbol)) return true;
        Say("missing-symbol", $"Here must stand {symbol} {place}, not {Now}.", $"Write {symbol}.");
        return false;
    }

    public void Say(string rule, string what, string cure) => Say(Now, rule, what, cure);

    /// <summary>Tells the first thing that is wrong in the line.</summary>
    public void Say(UvlToken at, string rule, string what, string cure)
    {
        if (!Failed) found.Add(new(new(source, at.Line, $"column {at.Column}"), rule, what, cure));
        Failed = true;
    }
}
