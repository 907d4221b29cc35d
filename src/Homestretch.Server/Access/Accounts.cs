using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>A person who can sign in.</summary>
/// <param name="Generation">Counts up when all sessions end; a session holds the one it began in.</param>
internal sealed record Account(string Login, string Name, Role Role, string Party, string? Password, bool Disabled, long Generation = 0);

/// <summary>Accounts in the database. Passwords are kept as slow hashes only.</summary>
internal sealed class Accounts(Database database, Live.HubClock clock, Sessions sessions)
{
    private const string Columns = "SELECT login, name, role, party, password, disabled, generation FROM accounts";
    private static readonly PasswordHasher<string> s_hasher = new();
    private static readonly string s_dummy = s_hasher.HashPassword("", "no account has this password");

    public static string HashOf(string login, string password) => s_hasher.HashPassword(login, password);

    public async Task<IReadOnlyList<Account>> All(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, Columns + " ORDER BY login");
        return await Read(read, cancel);
    }

    /// <summary>The account that signs in with this login; null when there is none or it is disabled.</summary>
    public async Task<Account?> Find(string login, CancellationToken cancel) => await Any(login, cancel) is { Disabled: false } account ? account : null;

    /// <summary>The account of this login, disabled or not.</summary>
    public async Task<Account?> Any(string login, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, Columns + " WHERE login = @login");
        Database.Bind(read, ("login", login));
        return (await Read(read, cancel)) is [var account] ? account : null;
    }

    /// <summary>Adds or replaces an account.</summary>
    /// <param name="password">Null: the account cannot sign in with a password.</param>
    public async Task Put(string login, string name, Role role, string party, string? password, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, """
            INSERT INTO accounts (id, login, name, role, party, password, created) VALUES (@login, @login, @name, @role, @party, @password, @created)
            ON CONFLICT (login) DO UPDATE SET name = excluded.name, role = excluded.role, party = excluded.party, password = excluded.password
            """, cancel, null, ("login", login), ("name", name), ("role", role.ToString()), ("party", party), ("password", password is null ? null : HashOf(login, password)),
            ("created", clock.Real.ToUnixTimeTicks()));
    }

    /// <summary>Lets an account sign in no more, which ends its sessions, open screens, streams and tokens for good, or again; false when there is none.</summary>
    public async Task<bool> Disable(string login, bool disabled, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        if (await Database.Execute(connection, "UPDATE accounts SET disabled = @at WHERE login = @login", cancel, transaction, ("at", disabled ? clock.Real.ToUnixTimeTicks() : null), ("login", login)) != 1) return false;
        if (disabled) await EndAll(connection, transaction, login, clock.Real, cancel);
        await transaction.CommitAsync(cancel);
        if (disabled) sessions.End(login);
        return true;
    }

    /// <summary>Makes a person's sessions and API tokens void; whoever commits it tells <see cref="Sessions"/>.</summary>
    internal static async Task EndAll(DbConnection connection, DbTransaction transaction, string login, Instant now, CancellationToken cancel)
    {
        await Database.Execute(connection, "UPDATE accounts SET generation = generation + 1 WHERE login = @login", cancel, transaction, ("login", login));
        await Database.Execute(connection, "UPDATE tokens SET revoked = @now WHERE account = @login AND purpose <> 'gateway' AND revoked IS NULL", cancel, transaction, ("now", now.ToUnixTimeTicks()), ("login", login));
    }

    /// <summary>Removes accounts that never had a password, and what was opened as them: only the demonstration makes them, and a real start is no place for them.</summary>
    public async Task RemoveDemonstration(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM accounts WHERE password IS NULL", cancel);
        // a person of the same login may come, and would find the demonstration's token and sessions open
        await Database.Execute(connection, "DELETE FROM tokens WHERE purpose <> 'gateway' AND account NOT IN (SELECT login FROM accounts)", cancel);
    }

    /// <summary>The account with this login and password; null otherwise, after the same work.</summary>
    public async Task<Account?> SignIn(string login, string password, CancellationToken cancel)
    {
        Account? account = await Find(login, cancel);
        string hash = account?.Password ?? s_dummy;
        bool right = s_hasher.VerifyHashedPassword(login, hash, password) != PasswordVerificationResult.Failed;
        return right && account?.Password is not null ? account : null;
    }

    private static async Task<List<Account>> Read(DbCommand read, CancellationToken cancel)
    {
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<Account>();
        while (await rows.ReadAsync(cancel))
            all.Add(new(rows.GetString(0), rows.GetString(1), Enum.Parse<Role>(rows.GetString(2)), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4), !rows.IsDBNull(5), rows.GetInt64(6)));
        return all;
    }
}
