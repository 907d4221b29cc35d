using System.Security.Cryptography;
using Homestretch.Exchange.Finishing;
using Homestretch.Server.Ingest;
using Homestretch.World;

namespace Homestretch.Server.Floor;

/// <summary>The key with which this hub signs firmware releases: a file of its own beside that for edges, made at the first start, readable by its owner only and in no backup of the database.
/// Whoever restores elsewhere takes the file along, or gives the writing stations the new public key.</summary>
internal sealed class ReleaseKey(ServerOptions server) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key = HubKey.Kept(Path.Combine(server.DataFolder, "firmware-signing.key"));

    /// <summary>PEM of the public key.</summary>
    public string Public => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>What was decided, each new release with its signature.</summary>
    public IReadOnlyList<WorldEvent> Signed(IReadOnlyList<WorldEvent> events)
    {
        lock (_gate) return [.. events.Select(e => e is WorldEvent.Put { Record: FirmwareRelease { Signature: "" } release } ? new WorldEvent.Put(ReleaseFile.Signed(release, _key)) : e)];
    }

    public void Dispose() => _key.Dispose();
}
