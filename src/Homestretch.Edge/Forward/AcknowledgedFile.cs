using System.Globalization;
using System.Text;

namespace Homestretch.Edge.Forward;

/// <summary>How far the hub has each stream, as of a second ago. A hint: without it, or with an older one, records are sent again that the hub then leaves out; so it is not synced.</summary>
internal sealed class AcknowledgedFile(string path)
{
    private string _written = "";

    /// <summary>What was written last; nothing where it cannot be read.</summary>
    public IEnumerable<(string Stream, long Watermark)> Read()
    {
        if (!File.Exists(path)) yield break;
        foreach (string line in File.ReadLines(path))
        {
            if (line.Split('\t') is [var stream, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long watermark)) yield return (stream, watermark);
        }
    }

    public void Write(IReadOnlyDictionary<string, long> acknowledged)
    {
        var text = new StringBuilder();
        foreach (var (stream, watermark) in acknowledged.OrderBy(static a => a.Key, StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"{stream}\t{watermark}\n");
        if (text.ToString() is var now && now == _written) return;
        try
        {
            File.WriteAllText(path + ".part", now);
            File.Move(path + ".part", path, overwrite: true);
            _written = now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the disk is full: a restart sends again what the hub has
        }
    }
}
