using System.Security.Cryptography;
using Homestretch.Exchange.Edges;

namespace Homestretch.Server.Ingest;

/// <summary>The key with which this hub signs what edges are to have: a file in the data folder, made at the first start, readable by its owner only.
/// It is in no backup of the database; whoever restores elsewhere takes the file along, or gives every edge the new public key.</summary>
internal sealed class HubKey : IDisposable
{
    private readonly ECDsa _key;

    public HubKey(ServerOptions server) => _key = Kept(Path.Combine(server.DataFolder, "edge-signing.key"));

    /// <summary>The key in a file; made when there is none.</summary>
    internal static ECDsa Kept(string file)
    {
        if (File.Exists(file)) return SignedDocument.Key(File.ReadAllText(file)) ?? throw new InvalidOperationException($"{file} holds no key on the curve P-256.\nMaybe it was cut short: put it back from a copy.");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var to = new StreamWriter(file, options);
        to.Write(key.ExportPkcs8PrivateKeyPem());
        return key;
    }

    /// <summary>PEM of the public key, for edges to check by.</summary>
    public string Public => _key.ExportSubjectPublicKeyInfoPem();

    public SignedDocument Sign(SignedDocument document) => document.Signed(Signer.Hub, _key);

    public bool Signed(SignedDocument document) => document.IsSigned(Signer.Hub, _key);

    public void Dispose() => _key.Dispose();
}
