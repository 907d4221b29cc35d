using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Cli.Buffering;

/// <summary>restock: what is below its stock target, and what would be bought for it.</summary>
public static class RestockCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Present, ISO 8601 with offset; default: now." };
    private static readonly Option<string?> s_out = new("--out") { Description = "Folder to write the company to with the purchases; none: they are only told." };

    public static Command Build()
    {
        var command = new Command("restock", "Tells which stocks are below their targets and what would be bought for them, or writes it.") { s_folder, s_at, s_out };
        command.SetAction(static r => Run(r, Console.Out));
        return command;
    }

    internal static int Run(ParseResult r, TextWriter to)
    {
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        IReadOnlyList<Restock> due = Restocking.Due(world, now);
        foreach (Restock d in due)
        {
            string buys = d.Buys.Count == 0 ? "nobody sells it for that hub now: add a way to buy it" : string.Join(" and ", d.Buys.Select(static b => string.Create(CultureInfo.InvariantCulture, $"{b.Line.Quantity} from {b.Line.Supplier} by {b.Line.Lane}, in by {b.Line.Due.InUtc().Date:uuuu'-'MM'-'dd}")));
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{d.Target.Hub,-6} {d.Target.Item,-12} {d.Free,8:0.##} free of {d.Target.Level,8:0.##}: {buys}"));
        }
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{due.Count} of {world.StockTargets.Count} stocks are below their targets{(r.GetValue(s_out) is null && due.Count > 0 ? "; nothing is bought, --out FOLDER writes it" : "")}"));
        if (r.GetValue(s_out) is not { } target) return Folder.Ok;
        Applied applied = world.Apply([.. due.SelectMany(static d => d.Events)]);
        if (!applied.Accepted)
        {
            foreach (Finding f in applied.Findings) Console.Error.WriteLine(f);
            return Folder.BadInput;
        }
        Folder.Write(applied.World, target);
        return Folder.Ok;
    }
}
