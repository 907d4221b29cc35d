using Homestretch.Edge.Contract;
using Homestretch.Edge.Listen;
using Homestretch.Exchange.Edges;

namespace Homestretch.Edge;

/// <summary>Where the hub is and who we are to it.</summary>
/// <param name="Password">Of the gateway credential that the hub gave for PARTY/NODE.</param>
/// <param name="PublicKey">PEM of the key with which the hub signs.</param>
/// <param name="Patience">How long an answer may take before the connection is given up.</param>
/// <param name="Authority">PEM of the only certificate authority to trust; empty: the system's.</param>
internal sealed record HubSettings(Uri Address, string Password, string PublicKey, string Authority, TimeSpan Patience);

/// <summary>How an edge is set up: one file, checked whole before anything begins.</summary>
/// <param name="Edge">PARTY/NODE.</param>
/// <param name="Data">Folder for log, documents and counts.</param>
/// <param name="SupplierKey">PEM of the supplier's public key, with which contracts are countersigned.</param>
/// <param name="MostLogBytes">Room the log may take.</param>
/// <param name="KeepOneIn">Thinning policy: when room runs out one raw record in so many stays, then none.</param>
/// <param name="JudgeStep">Age between two readings of the health model, in its unit (hours or cycles).</param>
/// <param name="MostSentBytes">Room the log of transmissions may take.</param>
internal sealed record EdgeConfig(string Edge, string Data, HubSettings Hub, string SupplierKey, long MostLogBytes, int KeepOneIn, long MostSentBytes, double JudgeStep, ReportRules Report, IReadOnlyList<InputSettings> Inputs)
{
    public string Party => Edge[..Edge.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Reads the file and what it names; null with everything that is wrong.</summary>
    public static (EdgeConfig? Config, IReadOnlyList<Finding> Findings) Read(string file)
    {
        var findings = new List<Finding>();
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, [new(new(file), "unreadable", "The configuration cannot be read: " + e.Message, "Give --config FILE.")]);
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        EdgeConfig? config = JsonPart.Open(bytes, Path.GetFileName(file), findings) is { } root ? Read(root, folder) : null;
        return findings.Count == 0 ? (config, []) : (null, findings);
    }

    private static EdgeConfig Read(JsonPart root, string folder)
    {
        string edge = root.Text("edge");
        if (edge.Length > 0 && edge.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]) root.Wrong("edge", "edge-name", $"'{edge}' is no edge.", "Write PARTY/NODE, as its credential has it.");
        string data = Path.GetFullPath(root.Text("data"), folder);
        HubSettings hub = root.Part("hub", true) is { } h ? ReadHub(h, folder) : new(new("http://127.0.0.1"), "", "", "", default);
        string key = TextOf(root, "supplier_key_file", folder, required: true);
        Check(root, "supplier_key_file", key);
        JsonPart? log = root.Part("log", false);
        var (most, one, sent) = ((long)(log?.Number("most_mb", 1, 1e6, 1000) ?? 1000) << 20, (int)(log?.Whole("thin_keep_one_in", 2, 1000, 10) ?? 10), (long)(log?.Number("most_sent_mb", 1, 1e6, 200) ?? 200) << 20);
        log?.End();
        JsonPart? judge = root.Part("judge", false);
        double step = judge?.Number("reading_every", 1e-6, 1e6, 1) ?? 1;
        judge?.End();
        ReportRules report = root.Part("report", false) is { } r ? ReportRules.Read(r) : ReportRules.Default;
        var inputs = new List<InputSettings>();
        foreach (JsonPart part in root.Parts("inputs", true))
        {
            if (InputSettings.Read(part, folder) is not { } input) continue;
            if (inputs.Any(i => i.Name == input.Name)) part.Wrong("name", "twice", $"There are two inputs named '{input.Name}'.", "Give each its own name: how far it was read is kept by it.");
            if (input is InputSettings.Http { Port: { } port } && inputs.Any(i => i is InputSettings.Http h && h.Port == port)) part.Wrong("listen", "twice", $"Two inputs listen on port {port}.", "Give each its own port.");
            inputs.Add(input);
        }
        root.End();
        return new(edge, data, hub, key, most, one, sent, step, report, inputs);
    }

    private static HubSettings ReadHub(JsonPart part, string folder)
    {
        string url = part.Text("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https")) part.Wrong("url", "url", $"'{url}' is no address of a hub.", "Write https://HOST:PORT.");
        else if (address.Scheme == "http" && !address.IsLoopback) part.Wrong("url", "plain-beyond-loopback", $"To {url} the password and all data would cross the network in the clear.", "Use https.");
        string password = TextOf(part, "password_file", folder, required: true), key = TextOf(part, "public_key_file", folder, required: true), authority = TextOf(part, "authority_file", folder, required: false);
        Check(part, "public_key_file", key);
        TimeSpan patience = TimeSpan.FromSeconds(part.Number("patience_seconds", 1, 300, 15));
        part.End();
        return new(address is null ? new("http://127.0.0.1") : new(address.AbsoluteUri.TrimEnd('/') + "/"), password, key, authority, patience);
    }

    private static void Check(JsonPart part, string name, string pem)
    {
        if (pem.Length == 0) return;
        using var key = SignedDocument.Key(pem);
        if (key is null) part.Wrong(name, "not-a-key", "The file holds no key on the curve P-256.", "Give a PEM file with 'BEGIN PUBLIC KEY'; 'homestretch-edge keys' makes a supplier's, and the hub shows its own.");
    }

    private static string TextOf(JsonPart part, string name, string folder, bool required)
    {
        string file = part.Text(name, required ? null : "");
        if (file.Length == 0) return "";
        try
        {
            return File.ReadAllText(Path.GetFullPath(file, folder)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            part.Wrong(name, "unreadable", $"The file cannot be read: {e.Message}", "Give a path as seen from the folder of the configuration.");
            return "";
        }
    }
}
