namespace Homestretch.Server;

/// <summary>One word of the server's command line.</summary>
/// <param name="Form">What follows it.</param>
/// <param name="Otherwise">What holds when it is not given.</param>
internal sealed record StartWord(string Name, string Form, string Otherwise, string Doc)
{
    /// <summary>The environment variable that says the same, for secrets and containers.</summary>
    public string Variable => "HOMESTRETCH_" + Name.ToUpperInvariant().Replace('-', '_');
}

/// <summary>Every word a server can be started with; docs/operating/README.md is written from it.</summary>
internal static class StartWords
{
    public static IReadOnlyList<StartWord> All { get; } =
    [
        new("data", "DIR", ".data", "Folder for the SQLite database and the telemetry history."),
        new("postgres", "CONNECTION", "SQLite in the data folder", "PostgreSQL connection string; the telemetry history stays in the data folder."),
        new("urls", "URL[;URL]", "http://127.0.0.1:5080, with a certificate https://*:5443", "Addresses to listen on for HTTP. Plain HTTP beyond loopback needs behind-proxy."),
        new("certificate", "FILE", "no TLS", "PEM file with the server's certificate and those between it and the root. Read once, at the start."),
        new("key", "FILE", "the certificate's file", "PEM file with the certificate's private key, not encrypted."),
        new("behind-proxy", "true", "false", "A proxy in front ends TLS and sets X-Forwarded-For and X-Forwarded-Proto; only it can reach this server."),
        new("proxies", "ADDRESS[/BITS][;...]", "loopback and private networks", "Where that proxy stands. From any other address X-Forwarded-For and X-Forwarded-Proto are passed over; of several hops only the last counts."),
        new("mqtt-port", "PORT", "1883", "Port of the MQTT broker inside, plain, on loopback only; 0: none."),
        new("mqtt-tls-port", "PORT", "8883", "Port of the MQTT broker inside over TLS, on every address, when there is a certificate; 0: none."),
        new("broker", "HOST:PORT", "the broker inside", "MQTT 5 broker outside to subscribe to instead. Who may publish there is its own business: see people.md."),
        new("broker-user", "NAME", "anonymous", "Who this server is to the broker outside."),
        new("broker-password", "SECRET", "none", "Its password there; give it by the environment."),
        new("broker-tls", "true", "false", "Speak TLS to the broker outside."),
        new("train-days", "DAYS", "7", "Days after which models are trained anew by themselves from what the hub has seen, 1 for every day; 0: only when somebody asks."),
        new("situations", "false", "true", "Whether situations are looked for: opened, ended, their remedies found, standing rules followed. With false those that are there stay as they are."),
        new("passports", "true", "false; in a demonstration true", "Whether everybody may read the public part of the passports of finished units, at the address that a unit's code leads to: see passport.md. The file passport-identifiers.key in the data folder must then be kept for as long as the units are."),
        new("demo-at", "INSTANT", "now", "Demonstration only: the moment at which an empty world begins, such as 2026-11-25T13:00:00Z."),
        new("public-url", "URL", "the first of urls", "Address at which people open this server: it stands in mails, webhooks and push messages."),
        new("mail-folder", "DIR", "none; in a demonstration mail in the data folder", "Folder into which every mail is written as an .eml file."),
        new("smtp-url", "smtp://USER:PASSWORD@HOST:PORT", "none", "Mail server that mails are given to, with STARTTLS; smtps:// speaks TLS from the start. Give it by the environment."),
        new("mail-from", "ADDRESS", "none; needed to send mail", "Address that mails come from; push services get it too, to reach who runs this server."),
        new("reach-networks", "NETWORK[;...]", "none", "Private networks that webhooks and push messages may reach; without them only public addresses over https."),
        new("demo", "true", "false", "The demonstration: one-click persons, no passwords, loopback only."),
    ];
}
