using System.Data.Common;
using Homestretch.Server.Storage;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>What a token is for: a person's calls to the API, a gateway's connection to the broker, or a browser's session.</summary>
internal enum TokenPurpose { Api, Gateway, Session }

/// <param name="Id">Names the token without its secret.</param>
/// <param name="Account">Login of the person, or the gateway's user name.</param>
internal sealed record Token(string Id, string Account, string Party, string Label, Instant Created, Instant Expires, Instant? Revoked);

/// <summary>API tokens, gateway credentials and sessions in the database, by the hash of their secret, each with an end.</summary>
internal sealed class Tokens(Database database, Live.HubClock clock)
{
    /// <summary>A session ends then, however much it is used.</summary>
    private static readonly Duration s_longestSession = Duration.FromDays(30);

    /// <summary>A new token's secret, told this once.</summary>
    public async Task<(string Secret, string Id)> Issue(TokenPurpose purpose, string account, string party, string role, string label, Duration valid, CancellationToken cancel)
    {
        string secret = Secrets.New();
        byte[] hash = Secrets.Hash(secret);
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "INSERT INTO tokens (hash, purpose, account, party, role, label, created, expires) VALUES (@hash, @purpose, @account, @party, @role, @label, @now, @expires)",
            cancel, null, ("hash", hash), ("purpose", Text(purpose)), ("account", account), ("party", party), ("role", role), ("label", label),
            ("now", clock.Real.ToUnixTimeTicks()), ("expires", (clock.Real + valid).ToUnixTimeTicks()));
        return (secret, Secrets.Id(hash));
    }

    /// <summary>The login or user name a secret stands for; null when it is unknown, expired, revoked or for something else.</summary>
    public async Task<string?> AccountOf(TokenPurpose purpose, string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT account FROM tokens WHERE hash = @hash AND purpose = @purpose AND expires > @now AND revoked IS NULL");
        Database.Bind(read, ("hash", Secrets.Hash(secret)), ("purpose", Text(purpose)), ("now", clock.Real.ToUnixTimeTicks()));
        return await read.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>Ids of the tokens of a purpose that are neither expired nor revoked.</summary>
    public async Task<IReadOnlySet<string>> Valid(TokenPurpose purpose, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hash FROM tokens WHERE purpose = @purpose AND expires > @now AND revoked IS NULL");
        Database.Bind(read, ("purpose", Text(purpose)), ("now", clock.Real.ToUnixTimeTicks()));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) ids.Add(Secrets.Id((byte[])rows.GetValue(0)));
        return ids;
    }

    /// <summary>All tokens of a purpose, newest first; expired and revoked ones too.</summary>
    public async Task<IReadOnlyList<Token>> All(TokenPurpose purpose, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hash, account, party, label, created, expires, revoked FROM tokens WHERE purpose = @purpose ORDER BY created DESC, hash");
        Database.Bind(read, ("purpose", Text(purpose)));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<Token>();
        while (await rows.ReadAsync(cancel))
            all.Add(new(Secrets.Id((byte[])rows.GetValue(0)), rows.IsDBNull(1) ? "" : rows.GetString(1), rows.GetString(2), rows.GetString(3), At(rows.GetInt64(4)), At(rows.GetInt64(5)), rows.IsDBNull(6) ? null : At(rows.GetInt64(6))));
        return all;
    }

    /// <summary>Ends a token now.</summary>
    public async Task Revoke(Token token, TokenPurpose purpose, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        foreach (byte[] hash in await Hashes(connection, purpose, token, cancel))
            await Database.Execute(connection, "UPDATE tokens SET revoked = @now WHERE hash = @hash AND revoked IS NULL", cancel, null, ("now", clock.Real.ToUnixTimeTicks()), ("hash", hash));
    }

    /// <summary>A new session of a person, as an account's claims carry it. Those that are over go.</summary>
    public async Task<string> Open(Account account, CancellationToken cancel)
    {
        var (secret, _) = await Issue(TokenPurpose.Session, account.Login, account.Party, account.Role.ToString(), "", s_longestSession, cancel);
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM tokens WHERE purpose = 'session' AND (expires < @now OR revoked IS NOT NULL)", cancel, null, ("now", clock.Real.ToUnixTimeTicks()));
        return secret;
    }

    /// <summary>Ends the session of a secret: whoever holds a copy of its cookie is out too.</summary>
    public async Task Close(string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM tokens WHERE hash = @hash AND purpose = 'session'", cancel, null, ("hash", Secrets.Hash(secret)));
    }

    private static async Task<List<byte[]>> Hashes(DbConnection connection, TokenPurpose purpose, Token token, CancellationToken cancel)
    {
        await using DbCommand read = Database.Command(connection, "SELECT hash FROM tokens WHERE purpose = @purpose AND account = @account");
        Database.Bind(read, ("purpose", Text(purpose)), ("account", token.Account));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var hashes = new List<byte[]>();
        while (await rows.ReadAsync(cancel))
        {
            if ((byte[])rows.GetValue(0) is var hash && Secrets.Id(hash) == token.Id) hashes.Add(hash);
        }
        return hashes;
    }

    private static string Text(TokenPurpose purpose) => purpose switch { TokenPurpose.Api => "api", TokenPurpose.Gateway => "gateway", _ => "session" };
    private static Instant At(long ticks) => Instant.FromUnixTimeTicks(ticks);
}
