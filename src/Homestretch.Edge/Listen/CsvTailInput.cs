using System.Globalization;
using System.Text;
using Homestretch.Exchange.Edges;
using Microsoft.Win32.SafeHandles;
using NodaTime;

namespace Homestretch.Edge.Listen;

/// <summary>Follows a CSV file as it grows. How far it was read stands in the log in the same frame as what was read, so a crash repeats and skips nothing.
/// A file put in its place is known by its first two lines and read from its begin.</summary>
internal sealed class CsvTailInput(InputSettings.CsvTail settings, InputRoom room) : Input
{
    private const int MostBytes = 256 << 10, MostHead = 4096;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public override Task Run(CancellationToken stop) => Again(Follow, e => room.Counts.Found($"{settings.Name}: {settings.Path} cannot be read: {e.Message}"), stop);

    private async Task Follow(CancellationToken stop)
    {
        string? source = null;
        string[] columns = [];
        long at = 0;
        for (; ; await Task.Delay(s_look, stop))
        {
            if (!File.Exists(settings.Path)) continue;
            using SafeFileHandle file = File.OpenHandle(settings.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Begin(file) is not var (now, header))
            {
                if (RandomAccess.GetLength(file) >= MostHead) room.Counts.Found($"{settings.Name}: the first two lines of {settings.Path} take more than {MostHead} bytes: the file cannot be told from others and is not read.");
                continue;
            }
            if (now != source)
            {
                (source, columns) = (now, header);
                at = room.Log.Mark(source);
                Missing(columns);
            }
            if (RandomAccess.GetLength(file) < at) room.Counts.Found($"{settings.Name}: {settings.Path} is shorter than what was read of it: nothing is read until it has grown beyond, or another file with another first row is put in its place.");
            while (Lines(file, at) is { Count: > 0 } lines)
            {
                var observations = new List<Observation>(lines.Count);
                foreach (var (line, end) in lines)
                {
                    if (at > 0 && Row(columns, CsvLine.Split(line), source, end) is { } row) observations.Add(row);
                    at = end;
                }
                if (observations.Count > 0) await room.Ear.Keep(observations, stop);
            }
        }
    }

    /// <summary>What the file is known by, and its header; null while it has no two lines.</summary>
    private (string Source, string[] Columns)? Begin(SafeFileHandle file)
    {
        byte[] start = new byte[MostHead];
        int read = RandomAccess.Read(file, start, 0), first = Array.IndexOf(start, (byte)'\n', 0, read), second = first < 0 ? -1 : Array.IndexOf(start, (byte)'\n', first + 1, read - first - 1);
        if (second < 0) return null;
        string id = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(start.AsSpan(0, second)))[..12];
        return ($"{settings.Name}:{id}", CsvLine.Split(Encoding.UTF8.GetString(start, 0, first).TrimStart('\uFEFF').TrimEnd('\r')));
    }

    /// <summary>Whole lines behind an offset, each with the offset behind it.</summary>
    private List<(string Line, long End)> Lines(SafeFileHandle file, long from)
    {
        byte[] bytes = new byte[MostBytes];
        int read = RandomAccess.Read(file, bytes, from), begin = 0;
        var lines = new List<(string, long)>();
        while (Array.IndexOf(bytes, (byte)'\n', begin, read - begin) is >= 0 and var end)
        {
            lines.Add((Encoding.UTF8.GetString(bytes, begin, end - begin).TrimEnd('\r'), from + end + 1));
            begin = end + 1;
        }
        if (lines.Count > 0 || read < bytes.Length) return lines;
        room.Counts.Add("not understood");
        room.Counts.Found($"{settings.Name}: a line of {settings.Path} is longer than {MostBytes >> 10} KB; it was passed over.");
        return [("", from + read)];
    }

    private Observation? Row(string[] columns, string[] cells, string source, long end)
    {
        string Cell(string column) => Array.IndexOf(columns, column) is >= 0 and var i && i < cells.Length ? cells[i] : "";
        string machine = settings.Machine.Length > 0 ? settings.Machine : Cell(settings.MachineColumn);
        Instant? at = settings.TimeColumn.Length > 0 ? JsonMessage.Moment(Cell(settings.TimeColumn)) : null;
        if (machine.Length == 0 || settings.TimeColumn.Length > 0 && at is null)
        {
            room.Counts.Add("not understood");
            room.Counts.Found($"{settings.Name}: a row of {Path.GetFileName(settings.Path)} has no {(machine.Length == 0 ? "machine" : "time that can be read")}; it was passed over.");
            return null;
        }
        List<EdgeValue> values = [];
        foreach (var (metric, column) in settings.Values)
        {
            if (Cell(column) is { Length: > 0 } text) values.Add(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? new(metric, number) : new(metric, double.NaN, text));
        }
        return values.Count == 0 ? null : new(machine, at, values, source, end);
    }

    private void Missing(string[] columns)
    {
        foreach (string column in settings.Values.Select(static v => v.Column).Append(settings.TimeColumn).Append(settings.MachineColumn).Where(c => c.Length > 0 && !columns.Contains(c)))
            room.Counts.Found($"{settings.Name}: {settings.Path} has no column '{column}'; it has {string.Join(", ", columns)}.");
    }
}

/// <summary>One line of CSV (RFC 4180), without line breaks inside quotes.</summary>
internal static class CsvLine
{
    public static string[] Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(',');
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
