using System.Data.Common;
using System.Security.Cryptography;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>A person who can sign in.</summary>
internal sealed record Account(string Login, string Name, Role Role, string Party, string? Password, bool Disabled);

/// <summary>Accounts, API tokens and one-time links in the database. Secrets are kept as hashes only.</summary>
internal sealed class Accounts(Database database, Live.HubClock clock)
{
    private static readonly PasswordHasher<string> s_hasher = new();

    public async Task<IReadOnlyList<Account>> All(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT login, name, role, party, password, disabled FROM accounts ORDER BY login");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<Account>();
        while (await rows.ReadAsync(cancel))
            all.Add(new(rows.GetString(0), rows.GetString(1), Enum.Parse<Role>(rows.GetString(2)), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4), !rows.IsDBNull(5)));
        return all;
    }

    public async Task<Account?> Find(string login, CancellationToken cancel) => (await All(cancel)).FirstOrDefault(a => a.Login == login && !a.Disabled);

    /// <summary>Adds or replaces an account.</summary>
    /// <param name="password">Null: the account cannot sign in with a password.</param>
    public async Task Put(string login, string name, Role role, string party, string? password, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand put = Database.Command(connection, """
            INSERT INTO accounts (id, login, name, role, party, password, created) VALUES (@login, @login, @name, @role, @party, @password, @created)
            ON CONFLICT (login) DO UPDATE SET name = excluded.name, role = excluded.role, party = excluded.party, password = excluded.password
            """);
        Database.Bind(put, ("login", login), ("name", name), ("role", role.ToString()), ("party", party),
            ("password", password is null ? null : s_hasher.HashPassword(login, password)), ("created", clock.Now.ToUnixTimeTicks()));
        await put.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The account with this login and password; null otherwise, after the same work.</summary>
    public async Task<Account?> SignIn(string login, string password, CancellationToken cancel)
    {
        Account? account = await Find(login, cancel);
        string hash = account?.Password ?? s_dummy;
        bool right = s_hasher.VerifyHashedPassword(login, hash, password) != PasswordVerificationResult.Failed;
        return right && account?.Password is not null ? account : null;
    }

    /// <summary>A new API token for an account.</summary>
    public async Task<string> IssueToken(Account account, string label, Duration valid, CancellationToken cancel)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand put = Database.Command(connection, "INSERT INTO tokens (hash, purpose, account, party, role, label, created, expires) VALUES (@hash, 'api', @account, @party, @role, @label, @now, @expires)");
        Database.Bind(put, ("hash", Hash(secret)), ("account", account.Login), ("party", account.Party), ("role", account.Role.ToString()), ("label", label),
            ("now", RealNow().ToUnixTimeTicks()), ("expires", (RealNow() + valid).ToUnixTimeTicks()));
        await put.ExecuteNonQueryAsync(cancel);
        return secret;
    }

    /// <summary>The login an API token stands for; null when it is unknown, expired or revoked.</summary>
    public async Task<string?> OfToken(string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT account FROM tokens WHERE hash = @hash AND expires > @now AND revoked IS NULL");
        Database.Bind(read, ("hash", Hash(secret)), ("now", RealNow().ToUnixTimeTicks()));
        return await read.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>A new one-time link's secret.</summary>
    public async Task<string> IssueLink(string purpose, Role role, Duration valid, CancellationToken cancel)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand put = Database.Command(connection, "INSERT INTO links (hash, purpose, party, role, created, expires) VALUES (@hash, @purpose, '', @role, @now, @expires)");
        Database.Bind(put, ("hash", Hash(secret)), ("purpose", purpose), ("role", role.ToString()), ("now", RealNow().ToUnixTimeTicks()), ("expires", (RealNow() + valid).ToUnixTimeTicks()));
        await put.ExecuteNonQueryAsync(cancel);
        return secret;
    }

    /// <summary>Uses a link up; false when it is unknown, expired or used.</summary>
    public async Task<bool> UseLink(string secret, string purpose, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand use = Database.Command(connection, "UPDATE links SET used = @now WHERE hash = @hash AND purpose = @purpose AND expires > @now AND used IS NULL");
        Database.Bind(use, ("hash", Hash(secret)), ("purpose", purpose), ("now", RealNow().ToUnixTimeTicks()));
        return await use.ExecuteNonQueryAsync(cancel) == 1;
    }

    private Instant RealNow() => clock.Real;
    private static readonly string s_dummy = s_hasher.HashPassword("", "no account has this password");
    private static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
