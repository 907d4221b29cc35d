using System.Net.Sockets;
using Homestretch.Server.Storage;

namespace Homestretch.Server;

/// <summary>What the program says before it serves and after it ended.</summary>
internal static class ServeHelp
{
    private const int Ok = 0, No = 1, BadInput = 2;

    public static bool IsAsked(string[] args) => args.Any(static a => a is "--help" or "-h" or "-?");

    public static int Print(TextWriter to)
    {
        to.WriteLine("homestretch serve [OPTIONS]: the server. docs/operating/README.md says more.\n");
        foreach (StartWord word in StartWords.All) to.WriteLine($"  --{word.Name} {word.Form}\n      {word.Doc} Otherwise: {word.Otherwise}.");
        to.WriteLine("\nEach can be given by the environment instead, such as HOMESTRETCH_POSTGRES.");
        return Ok;
    }

    public static int Refuse(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        Console.Error.WriteLine("The server was not started. See: homestretch serve --help");
        return BadInput;
    }

    public static bool IsTaken(Exception e) => e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    /// <summary>Another program listens where this one should.</summary>
    public static int Taken(ServerOptions options)
    {
        string mqtt = options.OutsideBroker is not null || options.MqttPort == 0 ? "" : $" or MQTT port {options.MqttPort}";
        string tls = options.OutsideBroker is not null || options.Certificate is null || options.MqttTlsPort == 0 ? "" : $" or MQTT port {options.MqttTlsPort}";
        Console.Error.WriteLine($"Another program uses {string.Join(", ", options.Urls)}{mqtt}{tls}. Stop it, or choose others with --urls, --mqtt-port and --mqtt-tls-port.");
        return No;
    }

    /// <summary>The exit code of a server that ended, by how its planner had started.</summary>
    public static int Ended(Task started)
    {
        if (started.Exception?.GetBaseException() is not { } e) return Ok;
        Console.Error.WriteLine(e is LeaseHeld ? e.Message : $"The server could not start: {e.Message}");
        return No;
    }
}
