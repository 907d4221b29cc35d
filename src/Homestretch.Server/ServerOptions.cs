using System.Net;
using System.Security.Cryptography.X509Certificates;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server;

/// <summary>How this server was started.</summary>
/// <param name="Demo">The demonstration company: one-click persons, loopback only, a clock that can run faster.</param>
/// <param name="MqttPort">Port of the broker inside; 0: none.</param>
/// <param name="OutsideBroker">host:port of an MQTT broker outside; null: the one inside.</param>
public sealed record ServerOptions(bool Demo, StorageOptions Storage, int MqttPort, string? OutsideBroker, string DataFolder)
{
    /// <summary>Addresses to listen on for HTTP.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Serves HTTPS, and MQTT over TLS; null: neither.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates between ours and the root, sent along.</summary>
    public X509Certificate2Collection Chain { get; init; } = [];

    /// <summary>Port of the broker inside over TLS, on every address; used with a certificate.</summary>
    public int MqttTlsPort { get; init; }

    /// <summary>A proxy ends TLS in front of us and says who called.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Where that proxy may stand; from anywhere else what it would say is passed over.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>Who we are to the broker outside; null: nobody.</summary>
    public string? BrokerUser { get; init; }
    public string? BrokerPassword { get; init; }

    /// <summary>Speak TLS to the broker outside.</summary>
    public bool BrokerTls { get; init; }

    /// <summary>Days after which models are trained anew by themselves; 0: only when somebody asks.</summary>
    public int TrainDays { get; init; } = 7;

    /// <summary>Situations are looked for, opened and ended, remedies found and standing rules followed.</summary>
    public bool Situations { get; init; } = true;

    /// <summary>The public part of passports of finished units is there for whoever scans their code.</summary>
    public bool Passports { get; init; }

    /// <summary>When a demonstration's empty world begins; null: when the server starts.</summary>
    public Instant? DemoAt { get; init; }

    /// <summary>How people outside are reached.</summary>
    public ReachOptions Reach { get; init; } = ReachOptions.None;

    /// <summary>Networks that lie inside and that webhooks and push messages may reach all the same.</summary>
    public IReadOnlyList<IPNetwork> ReachNetworks { get; init; } = [];

    /// <summary>Address at which people open this server, without a slash at its end.</summary>
    public string Origin => (Reach.PublicUrl?.ToString() ?? (Urls.Count > 0 ? Urls[0] : "http://127.0.0.1:5080")).TrimEnd('/');
}
