using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What an operation says of a lot and customs: <c>customs=bonded; document=IT-4711</c> among its values.</summary>
/// <param name="Standing">Null: it says nothing.</param>
public readonly record struct CustomsSaying(CustomsStanding? Standing, string Document)
{
    private const string Customs = "customs", Paper = "document";

    /// <summary>What values say; what is no word of customs says nothing.</summary>
    public static CustomsSaying Of(string values) => Of(values, Customs) is { } word && Words.Find<CustomsStanding>(word) is { } standing ? new(standing, Of(values, Paper) ?? "") : new(null, "");

    /// <summary>The values with another word of customs, or with none. Where a document has a ';' it gets a ','.</summary>
    public static string With(string values, CustomsStanding? standing, string document = "") => string.Join("; ", new[]
    {
        Without(values), standing is { } s ? $"{Customs}={Words.Of(s)}" : "", standing is not null && document.Trim() is { Length: > 0 } named ? $"{Paper}={named.Replace(';', ',')}" : "",
    }.Where(static v => v.Length > 0));

    /// <summary>The values without any word of customs.</summary>
    public static string Without(string values) => string.Join("; ", values.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static v => !Is(v, Customs) && !Is(v, Paper)));

    internal static Refusal? Read(string values, out CustomsSaying said)
    {
        said = new(null, "");
        string? word = Of(values, Customs);
        if (word is null) return null;
        if (Words.Find<CustomsStanding>(word) is not { } standing) return new("customs-word", $"'{word}' says nothing of customs.", $"Say {string.Join(", ", Words.Of<CustomsStanding>())}.");
        said = new(standing, Of(values, Paper) ?? "");
        return standing != CustomsStanding.Unknown && said.Document.Length == 0 ? new("no-document", $"That a lot is {word} needs its document.", "Name the entry, bond or notice that says so.") : null;
    }

    private static string? Of(string values, string name) => values.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(v => Is(v, name))?[(name.Length + 1)..].Trim();
    private static bool Is(string value, string name) => value.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase);
}
