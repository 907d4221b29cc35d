namespace Homestretch.Finishing.Floor;

/// <summary>Photos that an operation names among its values: <c>photo=</c> and the SHA-256 of the file in hexadecimal. The file comes after the operation.</summary>
public static class PhotoSaying
{
    /// <summary>Most photos of one operation.</summary>
    public const int Most = 4;

    private const string Name = "photo=";

    /// <summary>Hashes that the values name, in their order.</summary>
    public static IReadOnlyList<string> Of(string values) => [.. Parts(values).Where(IsPhoto).Select(static v => v[Name.Length..]).Distinct(StringComparer.Ordinal).Take(Most)];

    /// <summary>The values without photos.</summary>
    public static string Without(string values) => string.Join("; ", Parts(values).Where(static v => !IsPhoto(v)));

    /// <summary>The values with one photo more; the same when it is there already or there are enough.</summary>
    public static string With(string values, string hash) => Of(values) is var has && (has.Contains(hash) || has.Count >= Most) ? values : values.Length == 0 ? Name + hash : $"{values}; {Name}{hash}";

    /// <summary>The values with one photo less.</summary>
    public static string Less(string values, string hash) => string.Join("; ", Parts(values).Where(v => v != Name + hash));

    private static bool IsPhoto(string value) => value.Length == Name.Length + 64 && value.StartsWith(Name, StringComparison.Ordinal) && value[Name.Length..].All(char.IsAsciiHexDigitLower);
    private static string[] Parts(string values) => values.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
