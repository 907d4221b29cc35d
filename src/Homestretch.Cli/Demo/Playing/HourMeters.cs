using System.Globalization;
using System.Text;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>How far a machine's wearing part is.</summary>
/// <param name="Hours">Running hours since the demonstration began, or since the part was renewed.</param>
/// <param name="Renewed">The part that the demonstration began with is gone.</param>
internal readonly record struct PartLife(double Hours, bool Renewed);

/// <summary>The hour meters on the machines: a file, so that a machine does not grow young when the player is stopped, killed and started again.</summary>
internal sealed class HourMeters(string file)
{
    private const string Head = "machine,hours,renewed\n";

    /// <summary>What the meters show; empty before the first run.</summary>
    public IReadOnlyDictionary<string, PartLife> Read()
    {
        var lives = new Dictionary<string, PartLife>(StringComparer.Ordinal);
        if (!File.Exists(file)) return lives;
        foreach (string[] cells in File.ReadLines(file).Skip(1).Select(static l => l.Split(',')))
        {
            if (cells.Length == 3 && double.TryParse(cells[1], CultureInfo.InvariantCulture, out double hours) && hours >= 0) lives[cells[0]] = new(hours, cells[2] == "yes");
        }
        return lives;
    }

    /// <summary>Written whole and put in place at once, before anybody hears of the hours.</summary>
    public void Write(IEnumerable<MachinePlayer> machines)
    {
        var text = new StringBuilder(Head);
        foreach (MachinePlayer m in machines) text.Append(CultureInfo.InvariantCulture, $"{m.Machine.Key},{m.Part.Hours:R},{(m.Part.Renewed ? "yes" : "no")}\n");
        File.WriteAllText(file + ".new", text.ToString());
        File.Move(file + ".new", file, overwrite: true);
    }
}
