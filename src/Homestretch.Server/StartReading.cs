using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homestretch.Server.Storage;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server;

/// <summary>Reads how a server is to start from its command line, then from HOMESTRETCH_ variables. Bad words give findings and no server.</summary>
internal sealed class StartReading
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly List<Finding> _findings = [];

    private StartReading()
    {
    }

    /// <summary>The options, or what is wrong with them.</summary>
    /// <param name="variable">Looks an environment variable up.</param>
    public static (ServerOptions? Options, IReadOnlyList<Finding> Findings) Read(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var reading = new StartReading();
        reading.Words(args);
        foreach (StartWord word in StartWords.All)
        {
            if (variable(word.Variable) is { Length: > 0 } value) reading._given.TryAdd(word.Name, value);
        }
        ServerOptions options = reading.Options();
        return reading._findings.Count == 0 ? (options, []) : (null, reading._findings);
    }

    /// <summary>Words are <c>--name value</c> or <c>--name=value</c>; a name with a colon is a setting of the framework, such as Logging:LogLevel:Default.</summary>
    private void Words(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            string[] parts = args[i].Split('=', 2);
            string name = parts[0].TrimStart('-');
            if (!parts[0].StartsWith("--", StringComparison.Ordinal) || !(name.Contains(':') || StartWords.All.Any(w => w.Name == name)))
                Wrong(args[i], "unknown-option", $"'{args[i]}' is no option of the server.", "See homestretch serve --help.");
            else if (parts.Length == 2) _given[name] = parts[1];
            else if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal)) Wrong(args[i], "value-missing", $"{args[i]} has no value.", $"Write {args[i]} {StartWords.All.FirstOrDefault(w => w.Name == name)?.Form ?? "VALUE"}.");
            else _given[name] = args[++i];
        }
    }

    private ServerOptions Options()
    {
        string data = Text("data") ?? ".data";
        StorageOptions storage = Text("postgres") is { } postgres ? new StorageOptions(Provider.Postgres, postgres) { Telemetry = new(Path.Combine(data, "telemetry")) }
            : new(Provider.Sqlite, Path.Combine(data, "homestretch.db"));
        var (certificate, chain) = Certificate();
        var options = new ServerOptions(Flag("demo"), storage, Port("mqtt-port", 1883), Text("broker"), data)
        {
            Certificate = certificate, Chain = chain, MqttTlsPort = Port("mqtt-tls-port", 8883), BehindProxy = Flag("behind-proxy"), Proxies = Networks("proxies", "127.0.0.0/8;::1;10.0.0.0/8;172.16.0.0/12;192.168.0.0/16;fc00::/7;fe80::/10"),
            BrokerUser = Text("broker-user"), BrokerPassword = Text("broker-password"), BrokerTls = Flag("broker-tls"), TrainDays = Whole("train-days", 7, 365), Situations = Flag("situations", true), Passports = Flag("passports", Flag("demo")), DemoAt = Moment("demo-at"),
            ReachNetworks = Networks("reach-networks", ""),
        };
        options = options with { Reach = Reach(options) };
        if (options.OutsideBroker is { } broker && !IsHostAndPort(broker)) Wrong("--broker", "address", $"'{broker}' is no address.", "Write HOST:PORT, such as mqtt.example.com:8883.");
        if (options.Storage.Provider == Provider.Postgres) Try("--postgres", "connection", "Write it as Host=...;Database=...;Username=...;Password=....", () => new Npgsql.NpgsqlConnectionStringBuilder(options.Storage.Connection));
        return options with { Urls = Urls(options) };
    }

    private string[] Urls(ServerOptions options)
    {
        string[] urls = (Text("urls") ?? (options.Certificate is null ? "http://127.0.0.1:5080" : "https://*:5443")).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string url in urls)
        {
            if (!Try("--urls", "url", "Write http://HOST:PORT or https://HOST:PORT.", () => BindingAddress.Parse(url))) continue;
            BindingAddress address = BindingAddress.Parse(url);
            bool beyond = !(address.Host == "localhost" || IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
            if (beyond && options.Demo)
                Wrong("--demo", "demo-beyond-loopback", $"The demonstration lets anyone in without a password, so it may not listen on {url}.", "Use an address such as http://127.0.0.1:5080, or start without --demo.");
            else if (address.Scheme == "https" && options.Certificate is null)
                Wrong("--urls", "no-certificate", $"{url} needs a certificate.", "Give --certificate FILE and --key FILE.");
            else if (beyond && address.Scheme == "http" && !options.BehindProxy)
                Wrong("--urls", "plain-beyond-loopback", $"On {url} passwords would cross the network in the clear.", "Give --certificate FILE and https, or --behind-proxy true when a proxy ends TLS in front of this server.");
        }
        return urls;
    }

    /// <summary>Where mails go and come from, and the address of links; a demonstration writes its mails into its data folder.</summary>
    private ReachOptions Reach(ServerOptions options)
    {
        string? folder = Text("mail-folder") ?? (options.Demo ? Path.Combine(options.DataFolder, "mail") : null), from = Text("mail-from");
        Uri? smtp = Address("smtp-url", "smtp", "smtps"), open = Address("public-url", "https", "http");
        if (from is not null && !(System.Net.Mail.MailAddress.TryCreate(from, out var address) && address.Host.Contains('.', StringComparison.Ordinal))) Wrong("--mail-from", "address", $"'{from}' is no mail address.", "Write homestretch@example.com.");
        if ((smtp is not null || folder is not null) && from is null && !options.Demo) Wrong("--mail-from", "value-missing", "Mail needs an address that it comes from.", "Give --mail-from homestretch@example.com.");
        return new(folder, smtp, from ?? ReachOptions.None.MailFrom, open);
    }

    private Uri? Address(string name, params ReadOnlySpan<string> schemes)
    {
        if (Text(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0) return uri;
        Wrong($"--{name}", "url", $"What was given is no address of the form {schemes[0]}://HOST.", $"Write {schemes[0]}://HOST:PORT.");
        return null;
    }

    private List<IPNetwork> Networks(string name, string otherwise)
    {
        var networks = new List<IPNetwork>();
        foreach (string text in (Text(name) ?? otherwise).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(text, out IPAddress? one)) networks.Add(new(one, one.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(text, out IPNetwork network)) networks.Add(network);
            else Wrong($"--{name}", "address", $"'{text}' is neither an address nor a network.", "Write 10.0.0.7, or a network such as 10.0.0.0/8.");
        }
        return networks;
    }

    private (X509Certificate2?, X509Certificate2Collection) Certificate()
    {
        var chain = new X509Certificate2Collection();
        if (Text("certificate") is not { } file)
        {
            if (Text("key") is not null) Wrong("--key", "no-certificate", "There is a key without a certificate.", "Give --certificate FILE too.");
            return (null, chain);
        }
        X509Certificate2? certificate = null;
        Try("--certificate", "certificate", "Give PEM files: the certificate with --certificate and its private key, not encrypted, with --key.", () =>
        {
            certificate = X509Certificate2.CreateFromPemFile(file, Text("key") ?? file);
            chain.ImportFromPemFile(file);
            chain.RemoveAt(0);
            return certificate;
        });
        return (certificate, chain);
    }

    private string? Text(string name) => _given.GetValueOrDefault(name);

    private bool Flag(string name, bool otherwise = false)
    {
        if (Text(name) is not { } text) return otherwise;
        if (!bool.TryParse(text, out bool flag)) Wrong($"--{name}", "not-a-flag", $"'{text}' is neither true nor false.", $"Write --{name} true or leave it out.");
        return flag;
    }

    private Instant? Moment(string name)
    {
        if (Text(name) is not { } text) return null;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } read) return read.Value;
        Wrong($"--{name}", "instant", $"'{text}' is no moment.", $"Write --{name} 2026-11-25T13:00:00Z or leave it out.");
        return null;
    }

    private int Port(string name, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535) return port;
        Wrong($"--{name}", "not-a-port", $"'{text}' is no port.", "Write a number from 1 to 65535, or 0 for none.");
        return 0;
    }

    private int Whole(string name, int otherwise, int most)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most) return number;
        Wrong($"--{name}", "not-a-number", $"'{text}' is no number from 0 to {most}.", $"Write --{name} {otherwise} or leave it out.");
        return otherwise;
    }

    private static bool IsHostAndPort(string text) => text.LastIndexOf(':') is > 0 and var at && int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535;

    private bool Try(string option, string rule, string cure, Func<object> read)
    {
        try
        {
            _ = read();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            Wrong(option, rule, e.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".", cure);
            return false;
        }
    }

    private void Wrong(string option, string rule, string what, string cure) => _findings.Add(new(new(option), rule, what, cure));
}
