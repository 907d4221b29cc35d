using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Homestretch.Disk;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Forward;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge;

/// <summary>What the program can be asked.</summary>
internal static class Commands
{
    private const string Words = """
        homestretch-edge run --config FILE                          reads machines and sends what the data contract lists
        homestretch-edge check --config FILE                        looks at the configuration and says everything that is wrong
        homestretch-edge keys --out FOLDER                          makes the supplier's key pair: supplier.key (keep it) and supplier.pem (for the hub)
        homestretch-edge contract show --config FILE                what the hub has proposed and what is in force
        homestretch-edge contract accept --config FILE --key FILE   countersigns the newest proposal
        homestretch-edge contract revoke --config FILE --key FILE   stops all sending now, and tells the hub
        """;

    /// <returns>0 when done, 2 for bad input, 1 when it ended otherwise.</returns>
    public static async Task<int> Run(string[] args)
    {
        switch (args)
        {
            case ["run", .. var rest]:
                return Config(rest) is { } config ? await EdgeProcess.Run(config) : 2;
            case ["check", .. var rest]:
                if (Config(rest) is not { } good) return 2;
                Console.WriteLine($"{good.Edge}: {good.Inputs.Count} inputs to {good.Hub.Address}. The configuration is good.");
                return 0;
            case ["keys", "--out", var folder]:
                return Keys(folder);
            case ["contract", "show", .. var rest]:
                return Config(rest) is { } shown ? Show(shown) : 2;
            case ["contract", "accept", .. var rest]:
                return Config(rest) is { } accepting && Key(rest) is { } acceptKey ? Accept(accepting, acceptKey) : 2;
            case ["contract", "revoke", .. var rest]:
                return Config(rest) is { } revoking && Key(rest) is { } revokeKey ? Revoke(revoking, revokeKey) : 2;
            case ["--help"] or ["help"] or []:
                Console.WriteLine(Words);
                return args.Length > 0 ? 0 : 2;
            default:
                Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood.\n{Words}");
                return 2;
        }
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

    private static EdgeConfig? Config(string[] args)
    {
        if (Option(args, "--config") is not { } file)
        {
            Console.Error.WriteLine("Give --config FILE.");
            return null;
        }
        var (config, findings) = EdgeConfig.Read(file);
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        return config;
    }

    private static ECDsa? Key(string[] args)
    {
        string? file = Option(args, "--key");
        if (file is not null && File.Exists(file) && SignedDocument.Key(File.ReadAllText(file)) is { } key) return key;
        Console.Error.WriteLine("Give --key FILE, the supplier's private key as 'keys' made it.");
        return null;
    }

    private static int Keys(string folder)
    {
        string secret = Path.Combine(folder, "supplier.key");
        if (File.Exists(secret))
        {
            Console.Error.WriteLine($"{secret} is there already; it was not replaced.");
            return 2;
        }
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(folder, "supplier.pem"), key.ExportSubjectPublicKeyInfoPem());
        Console.WriteLine($"Made {secret} and supplier.pem. Key {SignedDocument.KeyId(key)}.");
        return 0;
    }

    private static int Show(EdgeConfig config)
    {
        using ECDsa hub = SignedDocument.Key(config.Hub.PublicKey)!, supplier = SignedDocument.Key(config.SupplierKey)!;
        List<SignedDocument> revoked = [.. Documents.All(Documents.Folder(config), DocumentKind.Revocation)];
        foreach (SignedDocument d in Documents.All(Documents.Folder(config), DocumentKind.Contract))
        {
            string state = revoked.Any(r => r.Version == d.Version) ? "revoked" : !d.IsSigned(Signer.Hub, hub) ? "not signed by the hub" : d.IsSigned(Signer.Supplier, supplier) ? "signed by both sides" : "proposed; sign it with 'contract accept'";
            Console.WriteLine($"contract {d.Version}: {state}\n{Encoding.UTF8.GetString(d.Payload)}");
        }
        return 0;
    }

    private static int Accept(EdgeConfig config, ECDsa key)
    {
        using (key)
        {
            using ECDsa hub = SignedDocument.Key(config.Hub.PublicKey)!, supplier = SignedDocument.Key(config.SupplierKey)!;
            if (SignedDocument.KeyId(key) != SignedDocument.KeyId(supplier)) return Refuse("This private key does not belong to the supplier's public key in the configuration.");
            SignedDocument? newest = Documents.All(Documents.Folder(config), DocumentKind.Contract).LastOrDefault(d => d.Edge == config.Edge && d.IsSigned(Signer.Hub, hub));
            if (newest is null) return Refuse("The hub has proposed no contract yet. Is the edge running, and has it reached the hub?");
            if (newest.IsSigned(Signer.Supplier, supplier)) return Refuse($"Contract {newest.Version} is signed already.");
            Console.WriteLine(Encoding.UTF8.GetString(newest.Payload));
            if (!Durable.Replace(Documents.FileOf(Documents.Folder(config), DocumentKind.Contract, newest.Version), newest.Signed(Signer.Supplier, key).ToBytes())) return Refuse("The signed contract could not be written.");
            Console.WriteLine($"Contract {newest.Version} is signed by both sides and in force.");
            return 0;
        }
    }

    private static int Revoke(EdgeConfig config, ECDsa key)
    {
        using (key)
        {
            using ECDsa supplier = SignedDocument.Key(config.SupplierKey)!;
            if (SignedDocument.KeyId(key) != SignedDocument.KeyId(supplier)) return Refuse("This private key does not belong to the supplier's public key in the configuration.");
            SignedDocument? newest = Documents.All(Documents.Folder(config), DocumentKind.Contract).LastOrDefault(d => d.IsSigned(Signer.Supplier, supplier));
            if (newest is null) return Refuse("There is no contract of yours to revoke.");
            var revocation = new SignedDocument(DocumentKind.Revocation, config.Edge, newest.Version, Encoding.UTF8.GetBytes("{}"), []);
            if (!Durable.Replace(Documents.FileOf(Documents.Folder(config), DocumentKind.Revocation, newest.Version), revocation.Signed(Signer.Supplier, key).ToBytes())) return Refuse("The revocation could not be written.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Contract {newest.Version} is revoked: a running edge stops within a second, and tells the hub."));
            return 0;
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
