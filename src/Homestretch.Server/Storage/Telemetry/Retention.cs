using NodaTime;
using static Homestretch.Server.Storage.Telemetry.TelemetryCounters;

namespace Homestretch.Server.Storage.Telemetry;

/// <summary>Keeps history within its days and bytes; what goes is counted.</summary>
public static class Retention
{
    /// <summary>Removes the files of days beyond those kept, then the oldest until the rest fits.</summary>
    /// <returns>Files removed.</returns>
    public static int Run(TelemetryOptions options, TelemetryCounters counters, Instant now)
    {
        LocalDate oldest = now.InUtc().Date.PlusDays(-options.DaysKept);
        IReadOnlyList<HistoryFile> files = HistoryFiles.Find(options, party: null);
        long bytes = files.Sum(static f => f.Bytes);
        int removed = 0;
        foreach (HistoryFile file in files)
        {
            if (file.Day >= oldest && bytes <= options.MostHistoryBytes) break;
            long size = file.Bytes;
            File.Delete(file.Path);
            bytes -= size;
            removed++;
            counters.Add(Of.FilesRetired);
            counters.Add(Of.SamplesRetired, file.Samples);
            counters.Add(Of.BytesRetired, size);
            if (Path.GetDirectoryName(file.Path) is { } day && !Directory.EnumerateFileSystemEntries(day).Any()) Directory.Delete(day);
        }
        return removed;
    }
}
