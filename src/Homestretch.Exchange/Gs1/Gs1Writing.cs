namespace Homestretch.Exchange.Gs1;

/// <summary>Writes element strings: what is read back by <see cref="Gs1Reading"/> as the same identifiers and values.</summary>
/// <remarks>GS1 General Specifications, Release 24, section 7.8: a value of no predefined length ends with FNC1 unless it stands last.</remarks>
public static class Gs1Writing
{
    /// <summary>The label as one element string, FNC1 as <see cref="Gs1Reading.Separator"/>; null when some value may not stand on a GS1 label.</summary>
    public static string? Write(IReadOnlyList<(string Code, string Value)> elements)
    {
        var checkedOnes = new List<Gs1Element>();
        var text = new System.Text.StringBuilder();
        foreach (var (code, value) in elements)
        {
            var (identifier, length) = Gs1Identifier.At(code);
            if (identifier is null || length != code.Length || Gs1Reading.Add(identifier, code, value, checkedOnes) is not null) return null;
            text.Append(code).Append(value);
            if (!identifier.Predefined) text.Append(Gs1Reading.Separator);
        }
        return text.ToString().TrimEnd(Gs1Reading.Separator);
    }
}
