using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What an operation says of a lot and customs: <c>customs=bonded; document=IT-4711</c> among its values.</summary>
/// <param name="Standing">Null: it says nothing.</param>
internal readonly record struct CustomsSaying(CustomsStanding? Standing, string Document)
{
    public static Refusal? Read(string values, out CustomsSaying said)
    {
        said = new(null, "");
        string? word = Of(values, "customs");
        if (word is null) return null;
        if (Words.Find<CustomsStanding>(word) is not { } standing) return new("customs-word", $"'{word}' says nothing of customs.", $"Say {string.Join(", ", Words.Of<CustomsStanding>())}.");
        said = new(standing, Of(values, "document") ?? "");
        return standing != CustomsStanding.Unknown && said.Document.Length == 0 ? new("no-document", $"That a lot is {word} needs its document.", "Name the entry, bond or notice that says so.") : null;
    }

    private static string? Of(string values, string name) => values.Split(';', StringSplitOptions.TrimEntries).FirstOrDefault(v => v.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
