namespace Homestretch.Tests.House;

/// <summary>Fences of the projects around the core.</summary>
internal static class OuterFences
{
    /// <summary>Codecs: bytes and records, no package, no sockets, clocks, files or chance.</summary>
    public static Fence Exchange { get; } = new(Fence.Assemblies("Homestretch", "NodaTime"), Fence.NoIo, Fence.NoClock, Fence.NoChance);

    /// <summary>Training: the core and native solvers, no files, clocks or chance. Exchange and Web cannot see it by their own walls.</summary>
    public static Fence Solvers { get; } = new(Fence.Assemblies("Homestretch", "NodaTime", "Google.OrTools", "Google.Protobuf"), Fence.NoIo, Fence.NoClock, Fence.NoChance);

    /// <summary>Workbooks and documents: bytes and records, two packages, no files, clocks or chance. Exchange and Web cannot see it by their own walls.</summary>
    public static Fence Papers { get; } = new(Fence.Assemblies("Homestretch", "Homestretch.Exchange", "NodaTime", "DocumentFormat.OpenXml", "DocumentFormat.OpenXml.Framework", "System.IO.Packaging", "UglyToad.PdfPig", "UglyToad.PdfPig.Core", "UglyToad.PdfPig.Fonts", "QRCoder"), Fence.NoIo, Fence.NoClock, Fence.NoChance);

    /// <summary>Files of the server and the edge: no package, no clock or chance. Exchange and Web cannot see it by their own walls.</summary>
    public static Fence Disk { get; } = new(Fence.Assemblies("Homestretch", "Homestretch.Exchange"), Fence.NoClock, Fence.NoChance);

    public static Fence Server { get; } = new(
        Fence.Only("Orleans", "Homestretch.Server.Twins", "OrleansCodeGen", ""),
        Fence.Only("MQTTnet", "Homestretch.Server.Ingest", ""),
        Fence.Only("Microsoft.EntityFrameworkCore"),
        Fence.Only("MudBlazor", ""));

    public static Fence Web { get; } = new(
        new FenceRule("Web sees IWindow, never the Server behind it", static r => r.Assembly.StartsWith("Homestretch.", StringComparison.Ordinal) && r.Assembly != "Homestretch.Web" && !r.Own),
        Fence.Only("Orleans"), Fence.Only("MQTTnet"), Fence.Only("Microsoft.EntityFrameworkCore"), Fence.Only("Npgsql"), Fence.Only("Microsoft.Data.Sqlite"));

    /// <summary>The app on a device: what it shares with the hub is records and codecs. It has a clock, and asks the browser for chance.</summary>
    public static Fence Floor { get; } = new(
        new FenceRule("Floor sees the core and Exchange, never the Server behind the API", static r => r.Assembly.StartsWith("Homestretch", StringComparison.Ordinal) && r.Assembly is not ("Homestretch" or "Homestretch.Exchange" or "Homestretch.Floor") && !r.Own),
        Fence.Only("Orleans"), Fence.Only("MQTTnet"), Fence.Only("Microsoft.EntityFrameworkCore"), Fence.Only("Npgsql"), Fence.Only("Microsoft.Data.Sqlite"));

    public static Fence Cli { get; } = new(
        Fence.Only("MQTTnet", "Homestretch.Cli.Demo"), Fence.Only("Orleans"), Fence.Only("Microsoft.EntityFrameworkCore"), Fence.Only("Microsoft.AspNetCore"));

    /// <summary>The gateway: MQTT and the framework's web server where it listens, no other package.</summary>
    public static Fence Edge { get; } = new(
        Fence.Assemblies("Homestretch", "Homestretch.Disk", "Homestretch.Exchange", "NodaTime", "MQTTnet",
            "Microsoft.AspNetCore.Connections.Abstractions", "Microsoft.AspNetCore.Hosting.Server.Abstractions", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.AspNetCore.Http.Features", "Microsoft.AspNetCore.Server.Kestrel.Core",
            "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets", "Microsoft.Extensions.Features", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options"),
        Fence.Only("MQTTnet", "Homestretch.Edge.Listen"), Fence.Only("Microsoft.AspNetCore", "Homestretch.Edge.Listen"));
}
