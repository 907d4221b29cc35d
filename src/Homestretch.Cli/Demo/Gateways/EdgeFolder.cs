using System.Security.Cryptography;
using System.Text.Json;
using Homestretch.Exchange.Edges;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>An edge's folder as a supplier has it: credential, both keys, the hub's key, configuration, data. <c>homestretch-edge</c> can be pointed at it.</summary>
internal sealed class EdgeFolder(string folder, string supplier)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public string Edge => $"{supplier}/{Plants.Node}";
    public string Supplier => supplier;
    public string Configuration => In("edge.json");
    public bool HasCredential => File.Exists(In("password"));

    /// <summary>The password that the hub gave for it.</summary>
    public string Password
    {
        get => File.ReadAllText(In("password")).Trim();
        set => File.WriteAllText(In("password"), value);
    }

    /// <summary>PEM of the hub's key; empty: it has never met one.</summary>
    public string Hub
    {
        get => File.Exists(In("hub.pem")) ? File.ReadAllText(In("hub.pem")) : "";
        set => File.WriteAllText(In("hub.pem"), value);
    }

    /// <summary>The key with which the supplier signs, made when there is none.</summary>
    public ECDsa Key()
    {
        Directory.CreateDirectory(folder);
        if (File.Exists(In("supplier.key")) && SignedDocument.Key(File.ReadAllText(In("supplier.key"))) is { } kept) return kept;
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(In("supplier.key"), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In("supplier.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(In("supplier.pem"), key.ExportSubjectPublicKeyInfoPem());
        return key;
    }

    /// <summary>Writes the configuration.</summary>
    /// <param name="listen">Where the machines' JSON comes in.</param>
    public void Configure(Uri server, Uri listen) => File.WriteAllText(Configuration, JsonSerializer.Serialize(new
    {
        edge = Edge,
        data = "data",
        supplier_key_file = "supplier.pem",
        hub = new { url = server.ToString(), password_file = "password", public_key_file = "hub.pem" },
        log = new { most_mb = 16, most_sent_mb = 10 },
        judge = new { reading_every = 1 },
        report = Contracts.Report,
        inputs = new[] { new { name = "hall", kind = "http", listen = listen.ToString(), machine_at = "/machine", time_at = "/at", sequence_at = "/number", values = MachineFeed.Values } },
    }, s_indented));

    private string In(string file) => Path.Combine(folder, file);
}
