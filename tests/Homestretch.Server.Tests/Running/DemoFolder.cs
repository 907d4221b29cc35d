using System.Diagnostics;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Tests.Running;

/// <summary>The demonstration company as the command line writes it, made once for all tests.</summary>
internal static class DemoFolder
{
    private static readonly Lazy<Snapshot> s_world = new(static () => Make(Instant.FromUtc(2026, 3, 2, 6, 0)));
    private static readonly Lazy<Snapshot> s_now = new(static () => Make(NowAt));

    public static Snapshot World => s_world.Value;

    /// <summary>Every record of the company as events, in the order of the tables.</summary>
    public static IReadOnlyList<WorldEvent> Events => Put(World);

    /// <summary>When the tests began, whole seconds.</summary>
    public static Instant NowAt { get; } = Instant.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>The same company as of the day on which the tests run.</summary>
    public static WorldEvent[] Now => Put(s_now.Value);

    private static WorldEvent[] Put(Snapshot world) => [.. TableKind.All.SelectMany(world.Records).Select(static r => new WorldEvent.Put(r))];

    private static Snapshot Make(Instant at)
    {
        string folder = Directory.CreateTempSubdirectory("homestretch-company-").FullName;
        string program = Built.Apart("Homestretch.Cli");
        using (var process = Process.Start(new ProcessStartInfo("dotnet", [program, "demo", "company", "--at", InstantPattern.General.Format(at), "--out", folder]) { RedirectStandardError = true })!)
        {
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"demo company ended with {process.ExitCode}: {said}");
        }
        var (world, findings) = CompanyFolder.Read(Directory.EnumerateFiles(folder).Select(static f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllBytes(f))));
        Directory.Delete(folder, recursive: true);
        return world ?? throw new InvalidOperationException(findings[0].ToString());
    }
}

/// <summary>Where the projects' builds lie.</summary>
internal static class Built
{
    /// <summary>The program of a project that the tests do not link: same configuration, in its own folder.</summary>
    public static string Apart(string project)
    {
        string[] here = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        int bin = Array.LastIndexOf(here, "bin");
        return Directory.EnumerateFiles($"{Root}/src/{project}/bin/{here[bin + 1]}", project + ".dll", SearchOption.AllDirectories).First();
    }

    /// <summary>The repository's root.</summary>
    public static string Root
    {
        get
        {
            string[] here = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
            return "/" + string.Join('/', here[..(Array.LastIndexOf(here, "bin") - 2)]);
        }
    }
}
