using System.Security.Cryptography;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Messages;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>The key by which push services know this server (VAPID): a file in the data folder, made at the first start, readable by its owner only. Browsers
/// subscribe to this very key: whoever restores elsewhere takes the file along, or people add their devices again.</summary>
internal sealed class PushKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    public PushKey(ServerOptions server)
    {
        string file = Path.Combine(server.DataFolder, "push.key");
        if (File.Exists(file))
        {
            _key = SignedDocument.Key(File.ReadAllText(file)) ?? throw new InvalidOperationException($"{file} holds no key on the curve P-256.\nMaybe it was cut short: put it back from a copy.");
        }
        else
        {
            _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Directory.CreateDirectory(server.DataFolder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var to = new StreamWriter(file, options);
            to.Write(_key.ExportPkcs8PrivateKeyPem());
        }
        Public = PushMessage.Base64Url(PushMessage.Public(_key.ExportParameters(false)));
    }

    /// <summary>What a browser subscribes with, base64url.</summary>
    public string Public { get; }

    public string Authorization(Uri endpoint, string subject, Instant now)
    {
        lock (_gate) return PushMessage.Authorization(endpoint.GetLeftPart(UriPartial.Authority), subject, now.ToUnixTimeSeconds() + 12 * 3600, _key);
    }

    public void Dispose() => _key.Dispose();
}
