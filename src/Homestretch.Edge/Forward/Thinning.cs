using Homestretch.Disk;
using Homestretch.Exchange.Edges;
using Microsoft.Win32.SafeHandles;

namespace Homestretch.Edge.Forward;

/// <summary>Writes a segment anew without some of its records: those acknowledged, and those that its level says.</summary>
internal static class Thinning
{
    /// <returns>Bytes written, and how many records that nobody has were dropped.</returns>
    public static (long Bytes, long Dropped) Write(LogSegment segment, string to, ThinLevel level, int keepOneIn, Dictionary<string, long> acknowledged)
    {
        long bytes = 0, dropped = 0;
        using SafeFileHandle from = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using SafeFileHandle file = File.OpenHandle(to, FileMode.Create, FileAccess.Write);
        foreach (byte[] payload in Frames.Read(from, new()))
        {
            if (!LogFrame.Read(payload, out var records, out var marks, out var streams)) continue;
            byte[] kept = payload;
            if (streams.Count == 0 && records.Count > 0)
            {
                List<LoggedRecord> waiting = [.. records.Where(r => r.Record.Sequence > acknowledged.GetValueOrDefault(r.Stream))], stay = [.. waiting.Where(r => Stays(r, level, keepOneIn))];
                dropped += waiting.Count - stay.Count;
                if (stay.Count == 0 && marks.Count == 0) continue;
                kept = LogFrame.Write(stay, marks);
            }
            bytes = Frames.Write(file, kept, bytes);
        }
        RandomAccess.FlushToDisk(file);
        return (bytes, dropped);
    }

    private static bool Stays(LoggedRecord r, ThinLevel level, int keepOneIn) => new LogStream(r.Stream).Class switch
    {
        RecordClass.Raw => level < ThinLevel.NoRaw && (level < ThinLevel.FewRaw || r.Record.Sequence % keepOneIn == 0),
        RecordClass.Summary => level < ThinLevel.NoSummaries,
        _ => true,
    };
}
