namespace Homestretch.Tests.House;

/// <summary>The checkout that the tests were built from, and texts in it that are kept current by tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Set HOMESTRETCH_WRITE_DOCS=1 to write the wanted texts instead of comparing.</summary>
    private static bool Writes => Environment.GetEnvironmentVariable("HOMESTRETCH_WRITE_DOCS") == "1";

    public static string PathOf(string relative) => Path.Combine(Root, relative);
    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Source files below the folders, relative to the root, without what the build makes.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders) => folders.SelectMany(f => Directory.EnumerateFiles(PathOf(f), pattern, SearchOption.AllDirectories))
        .Select(static p => Path.GetRelativePath(Root, p).Replace('\\', '/'))
        .Where(static p => !p.Contains("/obj/", StringComparison.Ordinal) && !p.Contains("/bin/", StringComparison.Ordinal) && !p.Contains("/node_modules/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>Checks that a file is the wanted text; when it is not, fails with the first lines that differ and leaves the wanted text in a .received file.</summary>
    public static void Keep(string relative, string wanted)
    {
        string path = PathOf(relative), received = path + ".received";
        string kept = File.Exists(path) ? File.ReadAllText(path) : "";
        File.Delete(received);
        if (kept == wanted) return;
        if (Writes)
        {
            File.WriteAllText(path, wanted);
            return;
        }
        File.WriteAllText(received, wanted);
        Xunit.Assert.Fail($"{relative} is stale. When the change is meant, run the tests once with HOMESTRETCH_WRITE_DOCS=1.\n{Difference(kept, wanted)}");
    }

    /// <summary>Keeps the text between the marks of one block of a file: &lt;!-- name:begin --&gt; and &lt;!-- name:end --&gt;.</summary>
    public static void KeepBlock(string relative, string name, string wanted)
    {
        string text = Read(relative), begin = $"<!-- {name}:begin -->\n", end = $"<!-- {name}:end -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal), to = text.IndexOf(end, StringComparison.Ordinal);
        Xunit.Assert.True(from >= 0 && to > from, $"{relative} has no block '{name}'.");
        Keep(relative, text[..(from + begin.Length)] + wanted + text[to..]);
    }

    public static string Difference(string kept, string wanted)
    {
        string[] old = kept.Split('\n'), now = wanted.Split('\n');
        return string.Join('\n', old.Except(now).Take(20).Select(static l => "- " + l).Concat(now.Except(old).Take(20).Select(static l => "+ " + l)));
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Homestretch.slnx")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Homestretch.slnx above the tests.\nMaybe they were copied away from the checkout."));
}
