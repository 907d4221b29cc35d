namespace Homestretch.Exchange.Tests;

/// <summary>The checkout the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Homestretch.slnx"))) return folder.FullName;
        throw new InvalidOperationException("There is no Homestretch.slnx above the tests.\nMaybe they were copied out of the checkout.");
    }
}
