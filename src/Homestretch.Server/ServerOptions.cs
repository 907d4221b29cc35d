using Homestretch.Server.Storage;

namespace Homestretch.Server;

/// <summary>How this server was started.</summary>
/// <param name="Demo">The demonstration company: one-click persons, loopback only, a clock that can run faster.</param>
/// <param name="MqttPort">Port of the broker inside; 0: none.</param>
/// <param name="OutsideBroker">host:port of an MQTT broker outside; null: the one inside.</param>
public sealed record ServerOptions(bool Demo, StorageOptions Storage, int MqttPort, string? OutsideBroker, string DataFolder)
{
    /// <summary>Reads --demo, --data DIR, --postgres CONNECTION, --mqtt-port N, --broker HOST:PORT.</summary>
    public static ServerOptions Of(IConfiguration configuration)
    {
        string data = configuration["data"] ?? ".data";
        StorageOptions storage = configuration["postgres"] is { Length: > 0 } postgres ? new(Provider.Postgres, postgres)
            : new(Provider.Sqlite, Path.Combine(data, "homestretch.db"));
        return new(configuration.GetValue("demo", false), storage, configuration.GetValue("mqtt-port", 1883), configuration["broker"], data);
    }
}
