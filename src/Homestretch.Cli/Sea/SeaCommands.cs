using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Homestretch.Arrivals.Sea;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Sea;
using Homestretch.World;

namespace Homestretch.Cli.Sea;

/// <summary>sea route and sea pack: distances over the sea network, with passages closed, and making the network's file.</summary>
internal static class SeaCommands
{
    public static Command Build() => new("sea", "Distances by sea, with straits, canals and capes closed.") { Route(), Pack() };

    private static Command Route()
    {
        Argument<string> from = new("FROM") { Description = "UN/LOCODE of the port of loading, such as CNYAN." }, to = new("TO") { Description = "UN/LOCODE of the port of landing, such as NLRTM." };
        Option<string?> close = new("--close") { Description = $"Closed passages, separated by commas: {string.Join(", ", Words.Of<Passage>())}." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        var command = new Command("route", "The shortest way between two ports and the passages on it.") { from, to, close, json };
        command.SetAction(r =>
        {
            SeaNetwork sea = SeaAtlas.World;
            PassageSet closed = default;
            foreach (string word in (r.GetValue(close) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (Words.Find<Passage>(word) is not { } passage) return Wrong($"'{word}' is no passage. Known are: {string.Join(", ", Words.Of<Passage>())}.");
                closed = closed.With(passage);
            }
            foreach (string code in (string[])[r.GetValue(from)!, r.GetValue(to)!])
                if (sea.Port(code.ToUpperInvariant()) is null) return Wrong($"The network has no port '{code}'. Give a UN/LOCODE without a space, such as NLRTM.");
            SeaRoute? route = sea.Route(sea.Port(r.GetValue(from)!.ToUpperInvariant())!, sea.Port(r.GetValue(to)!.ToUpperInvariant())!, closed);
            if (r.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { miles = route?.Miles, passages = route?.Passed.Select(static p => Words.Of(p.Passage)) }));
            else if (route is not null) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{route.Miles:#,0} nautical miles by {Passages.NameOf([.. route.Passed.Select(static p => p.Passage)])}"));
            else Console.WriteLine("There is no way by sea.");
            return route is null ? Folder.No : Folder.Ok;
        });
        return command;
    }

    private static Command Pack()
    {
        Argument<string> network = new("NETWORK") { Description = "GeoJSON of lines with a 'passage' among their properties." }, ports = new("PORTS") { Description = "GeoJSON of points with a UN/LOCODE as 'port'." },
            file = new("FILE") { Description = "Where to write the network." };
        Option<string> origin = new("--origin") { Description = "Where the files come from and under which licence; kept in the first line.", Required = true };
        var command = new Command("pack", "Make the file of a sea network from GeoJSON.") { network, ports, file, origin };
        command.SetAction(r =>
        {
            var (bytes, findings) = SeaGeoJson.Pack(File.ReadAllBytes(r.GetValue(network)!), File.ReadAllBytes(r.GetValue(ports)!), r.GetValue(origin)!);
            foreach (Finding finding in findings) Console.Error.WriteLine(finding);
            if (bytes is null) return Folder.BadInput;
            File.WriteAllBytes(r.GetValue(file)!, bytes);
            SeaNetwork sea = SeaNetworkBytes.Read(bytes).Network!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sea.Points.Count} points, {sea.Stretches.Count} stretches, {sea.Ports.Count} ports, {bytes.Length} bytes"));
            return Folder.Ok;
        });
        return command;
    }

    private static int Wrong(string what)
    {
        Console.Error.WriteLine(what);
        return Folder.BadInput;
    }
}
