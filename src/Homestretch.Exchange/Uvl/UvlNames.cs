using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Reads names: parts with dots between, each plain or in quotes.</summary>
internal static class UvlNames
{
    /// <param name="what">What must stand here, to begin a sentence.</param>
    public static Reference? Read(UvlCursor cursor, string what)
    {
        UvlToken first = cursor.Now;
        if (Part(cursor, what) is not { } name) return null;
        while (cursor.Skip("."))
        {
            if (Part(cursor, "A name after the dot") is not { } part) return null;
            name += "." + part;
        }
        return new(name, new(first.Line, first.Column));
    }

    public static string? Part(UvlCursor cursor, string what)
    {
        UvlToken now = cursor.Now;
        // Type and Arithmetic are words after include only; published models call features so
        if (now.Kind == UvlTokenKind.Quoted || now.Kind == UvlTokenKind.Name && (!ConstraintText.IsWord(now.Text) || now.Text is "Type" or "Arithmetic")) return cursor.Take().Text;
        if (now.Kind == UvlTokenKind.Name) cursor.Say("word-as-name", $"'{now.Text}' is a word of UVL and no plain name.", $"Write \"{now.Text}\" in quotes if a feature is called so.");
        else if (now.Is("=")) cursor.Say("single-equals", "A single = means nothing.", "Write == to compare, => for 'implies', <=> for 'exactly if'.");
        else cursor.Say("missing-name", $"{what} must stand here, not {now}.", "Write it, or remove what leads here.");
        return null;
    }

    /// <summary>What follows a line that is complete; false after telling it.</summary>
    public static bool Ended(UvlCursor cursor, string what)
    {
        if (cursor.Failed) return false;
        if (cursor.AtEnd) return true;
        UvlToken now = cursor.Now;
        string cure = now.Text.ToLowerInvariant() switch
        {
            "=" => "Write == to compare, => for 'implies', <=> for 'exactly if'.",
            "and" => "Write & for 'and'.",
            "or" => "Write | for 'or'.",
            "not" => "Write ! for 'not'.",
            "-" or "implies" or "requires" => "Write => for 'implies'.",
            "excludes" => "Write => ! for 'excludes'.",
            _ when now.Kind is UvlTokenKind.Name or UvlTokenKind.Quoted => "Join names by an operator; put a name with spaces in quotes.",
            _ => "Remove it, or start a new line.",
        };
        cursor.Say("unexpected", $"{now} does not belong after {what}.", cure);
        return false;
    }
}
