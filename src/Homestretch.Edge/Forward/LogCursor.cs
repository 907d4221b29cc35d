using Homestretch.Disk;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Homestretch.Edge.Forward;

/// <summary>A reader's place in the log for one stream.</summary>
internal sealed class LogCursor(EdgeLog log, string stream)
{
    private long _segment, _offset, _segmentBefore, _offsetBefore;
    private int _generation = -1;

    /// <summary>True when the last reading came to the end of the log: what it did not find is not there. False when something stays for now, or went from under it.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The next records behind a sequence number, whole frames until about so many bytes; none when nothing waits.</summary>
    /// <param name="before">Records appended later than this stay for now.</param>
    public List<LoggedRecord> Read(long after, int mostBytes, Instant before)
    {
        if (_generation != log.Generation) (_generation, _segment, _offset) = (log.Generation, 0, 0);
        (_segmentBefore, _offsetBefore, AtEnd) = (_segment, _offset, false);
        var batch = new List<LoggedRecord>();
        long bytes = 0;
        while (log.From(_segment) is var (number, path))
        {
            if (number != _segment) (_segment, _offset) = (number, 0);
            if (!Read(path, after, mostBytes, before, batch, ref bytes)) return batch;
            if (log.From(number + 1) is not { } next)
            {
                AtEnd = true;
                return batch;
            }
            (_segment, _offset) = (next.Number, 0);
        }
        return batch;
    }

    /// <summary>What was read last is read again next time.</summary>
    public void Back() => (_segment, _offset) = (_segmentBefore, _offsetBefore);

    /// <returns>True when the segment was read to its end.</returns>
    private bool Read(string path, long after, int mostBytes, Instant before, List<LoggedRecord> batch, ref long bytes)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var place = new Frames.Damage();
            foreach (byte[] payload in Frames.Read(file, place, _offset))
            {
                int had = batch.Count;
                if (LogFrame.Read(payload, out var records, out _, out _))
                {
                    foreach (LoggedRecord r in records)
                    {
                        if (r.Stream != stream || r.Record.Sequence <= after) continue;
                        if (r.Appended > before) return false;
                        batch.Add(r);
                    }
                }
                _offset = place.End;
                if (batch.Count > had) bytes += payload.Length;
                if (bytes >= mostBytes) return false;
            }
            return true;
        }
        catch (FileNotFoundException)
        {
            // thinned or acknowledged under us
            _generation = -1;
            return false;
        }
    }
}
