using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Cuts UVL text into lines of tokens. What it cannot read it tells and leaves out.</summary>
internal sealed class UvlLexer
{
    private static readonly string[] s_symbols = ["<=>", "=>", "<=", ">=", "==", "!=", ".."];

    /// <summary>Lines that a bracket may stay open; more are a bracket forgotten.</summary>
    private const int MostOpen = 300;

    private readonly string _source, _text;
    private readonly List<Finding> _found;
    private readonly List<UvlLine> _lines = [];
    private readonly List<UvlToken> _tokens = [];
    private readonly List<(UvlToken Bracket, int LineEnd)> _open = [];
    private int _at, _line = 1, _lineStart, _indent;

    private UvlLexer(string source, string text, List<Finding> found) => (_source, _text, _found) = (source, text, found);

    public static IReadOnlyList<UvlLine> Lines(string source, string text, List<Finding> found)
    {
        var lexer = new UvlLexer(source, text.StartsWith('\uFEFF') ? text[1..] : text, found);
        lexer.Run();
        return lexer._lines;
    }

    private int Column => _at - _lineStart + 1;

    private void Run()
    {
        _indent = Indent();
        while (true)
        {
            if (_at >= _text.Length)
            {
                if (Reopened()) continue;
                EndLine();
                return;
            }
            char c = _text[_at];
            if (c is '\n' or '\r') NewLine(c);
            else if (c is ' ' or '\t' or '\f') _at++;
            else if (c == '/' && Next('/')) while (_at < _text.Length && _text[_at] is not ('\n' or '\r')) _at++;
            else if (c == '/' && Next('*')) Comment();
            else if (c == '"') Quoted('"', UvlTokenKind.Quoted, "name");
            else if (c == '\'') Quoted('\'', UvlTokenKind.Text, "text");
            else if (char.IsAsciiDigit(c) || c == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]) && (_tokens.Count == 0 || !_tokens[^1].Is(".."))) Number();
            else if (char.IsAsciiLetter(c)) Take(UvlTokenKind.Name, Length(ConstraintText.IsPlain));
            else Symbol(c);
        }
    }

    private bool Next(char c) => _at + 1 < _text.Length && _text[_at + 1] == c;

    private int Length(Func<char, bool> within)
    {
        int end = _at;
        while (end < _text.Length && within(_text[end])) end++;
        return end - _at;
    }

    private void Take(UvlTokenKind kind, int length)
    {
        _tokens.Add(new(kind, _text.Substring(_at, length), _line, Column));
        _at += length;
    }

    private void NewLine(char c)
    {
        if (_open.Count == 0) EndLine();
        _at += c == '\r' && Next('\n') ? 2 : 1;
        _line++;
        _lineStart = _at;
        int indent = Indent();
        if (_open.Count == 0) _indent = indent;
        else if (_line - _open[0].Bracket.Line > MostOpen) Reopened();
        else if (_at == _lineStart && _at < _text.Length && char.IsAsciiLetter(_text[_at]) && UvlReader.IsSection(_text.Substring(_at, Length(char.IsAsciiLetter)))) Reopened();
    }

    /// <summary>When a bracket was never closed: tells it, and reads on behind its line as if it were not there.</summary>
    private bool Reopened()
    {
        if (_open.Count == 0) return false;
        var (bracket, end) = _open[0];
        Say(bracket.Line, bracket.Column, "bracket-open", $"The bracket {bracket.Text} is never closed.", "Close it, or remove it.");
        int own = _tokens.IndexOf(bracket), after = _tokens.FindIndex(t => t.Line > bracket.Line);
        if (after >= 0) _tokens.RemoveRange(after, _tokens.Count - after);
        _tokens.RemoveRange(own, bracket.Is("(") ? 1 : _tokens.Count - own);
        _open.Clear();
        (_line, _at, _lineStart) = (bracket.Line, end, end);
        return true;
    }

    private void EndLine()
    {
        if (_tokens.Count > 0) _lines.Add(new(_indent, [.. _tokens]));
        _tokens.Clear();
    }

    private int Indent()
    {
        int width = 0;
        for (; _at < _text.Length && _text[_at] is ' ' or '\t'; _at++) width = _text[_at] == '\t' ? width / 8 * 8 + 8 : width + 1;
        return width;
    }

    private void Comment()
    {
        int end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Say(_line, Column, "comment-open", "The comment that starts here never ends.", "End it by */.");
            end = _text.Length - 2;
        }
        for (int i = _at; i < end; i++)
        {
            if (_text[i] != '\n' && !(_text[i] == '\r' && (i + 1 >= _text.Length || _text[i + 1] != '\n'))) continue;
            _line++;
            _lineStart = i + 1;
        }
        _at = Math.Max(end + 2, _at + 2);
        if (_at > _text.Length) _at = _text.Length;
    }

    private void Quoted(char quote, UvlTokenKind kind, string what)
    {
        int end = _at + 1;
        while (end < _text.Length && _text[end] != quote && _text[end] is not ('\n' or '\r')) end++;
        string text = _text[(_at + 1)..end];
        bool closed = end < _text.Length && _text[end] == quote;
        if (!closed) Say(_line, Column, "quote-open", $"The {what} that starts here has no closing {quote} in its line.", $"Write {quote} at its end.");
        else if (text.Length == 0) Say(_line, Column, "empty-quotes", $"There is nothing between the quotes of this {what}.", $"Write the {what} between them.");
        else if (kind == UvlTokenKind.Quoted && text.Contains('.')) Say(_line, Column, "dot-in-name", $"The name \"{text}\" has a dot in it; a dot stands between names.", "Write another character for it.");
        _tokens.Add(new(kind, kind == UvlTokenKind.Quoted ? text.Replace('.', '_') : text, _line, Column));
        _at = closed ? end + 1 : end;
    }

    private void Number()
    {
        int end = _at;
        while (end < _text.Length && char.IsAsciiDigit(_text[end])) end++;
        if (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1])) for (end++; end < _text.Length && char.IsAsciiDigit(_text[end]);) end++;
        Take(UvlTokenKind.Number, end - _at);
    }

    private void Symbol(char c)
    {
        foreach (string symbol in s_symbols)
            if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) == 0)
            {
                Take(UvlTokenKind.Symbol, symbol.Length);
                return;
            }
        if (!"!&|<>=+-*/(){}[],.:".Contains(c))
        {
            Say(_line, Column, "stray-character", $"The character {c} means nothing here.", "Remove it, or put the name it belongs to in quotes \"...\".");
            _at++;
            return;
        }
        Take(UvlTokenKind.Symbol, 1);
        if (c is '(' or '[' or '{') _open.Add((_tokens[^1], LineEnd()));
        else if (c is ')' or ']' or '}' && _open.Count > 0) _open.RemoveAt(_open.Count - 1);
    }

    private int LineEnd()
    {
        int end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
        return end < 0 ? _text.Length : _at + end;
    }

    private void Say(int line, int column, string rule, string what, string cure) => _found.Add(new(new(_source, line, $"column {column}"), rule, what, cure));
}
