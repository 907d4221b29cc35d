using System.Diagnostics;

namespace Homestretch.Walk.Running;

/// <summary>The product's built programs, started as a user's machine starts them.</summary>
internal static class Program
{
    /// <summary>Starts a program of the repository; what it says goes to a log.</summary>
    public static Process Start(string project, string output, TextWriter log, IEnumerable<string> arguments)
    {
        string program = Path.Combine(Root(), "src", project, "bin", output, $"{project}.dll");
        if (!File.Exists(program)) throw new FileNotFoundException($"{program} is not built.\nMaybe build the whole solution in Release first.", program);
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_TieredPGO"] = "0";     // compiling with counters pays off after minutes; these live shorter
        Process process = Process.Start(start)!;
        process.OutputDataReceived += Write;
        process.ErrorDataReceived += Write;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return process;

        void Write(object _, DataReceivedEventArgs e)
        {
            if (e.Data is null) return;
            lock (log)
            {
                try
                {
                    log.WriteLine(e.Data);
                }
                catch (ObjectDisposedException)
                {
                    // the last words of a process that was killed
                }
            }
        }
    }

    /// <summary>The repository this test was built in. Builds are deterministic, so the compiler does not know it.</summary>
    internal static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Homestretch.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Homestretch.slnx.");
    }
}
