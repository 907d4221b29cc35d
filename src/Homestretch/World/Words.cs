using System.Text;

namespace Homestretch.World;

/// <summary>The text form of closed sets: kebab-case words, such as sub-assembly.</summary>
public static class Words
{
    /// <summary>All words of a set, in declared order.</summary>
    public static IReadOnlyList<string> Of<E>() where E : struct, Enum => Forms<E>.Words;

    public static string Of<E>(E value) where E : struct, Enum
    {
        int i = Array.IndexOf(Forms<E>.Values, value);
        return i >= 0 ? Forms<E>.Words[i] : value.ToString();
    }

    public static E? Find<E>(string word) where E : struct, Enum
    {
        int i = Array.FindIndex(Forms<E>.Words, w => string.Equals(w, word, StringComparison.OrdinalIgnoreCase));
        return i >= 0 ? Forms<E>.Values[i] : null;
    }

    private static class Forms<E> where E : struct, Enum
    {
        // NodaTime numbers weekdays from 1 and calls 0 'none', which is no day
        internal static readonly E[] Values = [.. Enum.GetValues<E>().Where(static v => v is not NodaTime.IsoDayOfWeek.None)];
        internal static readonly string[] Words = [.. Values.Select(static v => Kebab(v.ToString()))];
    }

    private static string Kebab(string pascal)
    {
        var text = new StringBuilder();
        foreach (char c in pascal)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
