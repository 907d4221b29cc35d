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
            all.Add(new(rows.GetString(0), rows.GetString(1), Enum.Parse<Role>(rows.GetString(2)), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4), rows.GetInt64(5) != 0));
        return all;
    }

    public async Task<Account?> Find(string login, CancellationToken cancel) => (await All(cancel)).FirstOrDefault(a => a.Login == login && !a.Disabled);

    /// <summary>Adds or replaces an account.</summary>
    /// <param name="password">Null: the account cannot sign in with a password.</param>
    public async Task Put(string login, string name, Role role, string party, string? password, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand put = Database.Command(connection, """
            INSERT INTO accounts (login, name, role, party, password, disabled, created) VALUES (@login, @name, @role, @party, @password, 0, @created)
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

    /// <summary>A new secret that stands for an account until it expires, and, for a link, until it is used.</summary>
    public async Task<string> Issue(string? login, string purpose, Duration valid, CancellationToken cancel)
    {
        string secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand put = Database.Command(connection, "INSERT INTO tokens (hash, login, purpose, expires) VALUES (@hash, @login, @purpose, @expires)");
        Database.Bind(put, ("hash", Hash(secret)), ("login", login), ("purpose", purpose), ("expires", (RealNow() + valid).ToUnixTimeTicks()));
        await put.ExecuteNonQueryAsync(cancel);
        return secret;
    }

    /// <summary>The login a valid secret stands for; null otherwise.</summary>
    public async Task<(bool Valid, string? Login)> Check(string secret, string purpose, bool use, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        string sql = use ? "UPDATE tokens SET used = @now WHERE hash = @hash AND purpose = @purpose AND expires > @now AND used IS NULL RETURNING login"
            : "SELECT login FROM tokens WHERE hash = @hash AND purpose = @purpose AND expires > @now AND used IS NULL";
        await using DbCommand read = Database.Command(connection, sql);
        Database.Bind(read, ("hash", Hash(secret)), ("purpose", purpose), ("now", RealNow().ToUnixTimeTicks()));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? (true, rows.IsDBNull(0) ? null : rows.GetString(0)) : (false, null);
    }

    private Instant RealNow() => clock.Real;
    private static readonly string s_dummy = s_hasher.HashPassword("", "no account has this password");
    private static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
