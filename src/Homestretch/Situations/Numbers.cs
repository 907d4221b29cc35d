using System.Globalization;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>Numbers of new records: the next after the highest there is.</summary>
internal static class Numbers
{
    /// <summary>Such as 'SIT-00042'.</summary>
    /// <param name="further">How many were given since the world was read.</param>
    public static string Next<T>(Table<T> table, string prefix, int further = 0) where T : class, IRecord<T>
    {
        int highest = 0;
        foreach (T record in table.StartingWith($"{prefix}-"))
            if (int.TryParse(record.Id.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int n)) highest = Math.Max(highest, n);
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{highest + 1 + further:00000}");
    }
}
