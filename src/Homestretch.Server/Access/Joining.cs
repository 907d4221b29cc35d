using System.Data.Common;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>What a one-time link is for: the first administrator of an empty store, a new person, a new password.</summary>
internal enum LinkPurpose { First, Invitation, Password }

/// <param name="Login">Whose; empty for the first administrator, who chooses.</param>
internal sealed record Link(LinkPurpose Purpose, string Login, string Party, Role Role);

/// <summary>One-time links in the database, by the hash of their secret, and their use: at once with the account they make or not at all.</summary>
internal sealed class Joining(Database database, Live.HubClock clock, Sessions sessions)
{
    private const string Open = "hash = @hash AND expires > @now AND used IS NULL AND (purpose <> 'First' OR NOT EXISTS (SELECT 1 FROM accounts))";

    /// <summary>A new link's secret, told this once. An earlier link for the same person and purpose is void.</summary>
    public async Task<string> Issue(Link link, Duration valid, CancellationToken cancel)
    {
        string secret = Secrets.New();
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM links WHERE purpose = @purpose AND account = @login", cancel, null, ("purpose", link.Purpose.ToString()), ("login", link.Login));
        await Database.Execute(connection, "INSERT INTO links (hash, purpose, account, party, role, created, expires) VALUES (@hash, @purpose, @login, @party, @role, @now, @expires)", cancel, null,
            ("hash", Secrets.Hash(secret)), ("purpose", link.Purpose.ToString()), ("login", link.Login), ("party", link.Party), ("role", link.Role.ToString()), ("now", Now), ("expires", (clock.Real + valid).ToUnixTimeTicks()));
        return secret;
    }

    /// <summary>What a link is for; null when it is unknown, expired or used.</summary>
    public async Task<Link?> Look(string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT purpose, account, party, role FROM links WHERE {Open}");
        Database.Bind(read, ("hash", Secrets.Hash(secret)), ("now", Now));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) && Enum.TryParse(rows.GetString(0), out LinkPurpose purpose) ? new(purpose, rows.GetString(1), rows.GetString(2), Enum.Parse<Role>(rows.GetString(3))) : null;
    }

    /// <summary>Uses a link up and makes the account it stands for, or gives it the new password.</summary>
    /// <returns>False when the link was used meanwhile or the login is taken: nothing was done.</returns>
    public async Task<bool> Use(string secret, Account account, string password, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        if (await Database.Execute(connection, $"UPDATE links SET used = @now WHERE {Open}", cancel, transaction, ("hash", Secrets.Hash(secret)), ("now", Now)) != 1) return false;
        int done = await Database.Execute(connection, account.Password is null ? """
            INSERT INTO accounts (id, login, name, role, party, password, created) VALUES (@login, @login, @name, @role, @party, @password, @now) ON CONFLICT DO NOTHING
            """ : "UPDATE accounts SET password = @password WHERE login = @login AND name = @name AND role = @role AND party = @party AND disabled IS NULL", cancel, transaction,
            ("login", account.Login), ("name", account.Name), ("role", account.Role.ToString()), ("party", account.Party), ("password", Accounts.HashOf(account.Login, password)), ("now", Now));
        if (done != 1) return false;
        // who has the old password may have a session or a token by it
        if (account.Password is not null) await Accounts.EndAll(connection, transaction, account.Login, clock.Real, cancel);
        await transaction.CommitAsync(cancel);
        if (account.Password is not null) sessions.End(account.Login);
        return true;
    }

    private long Now => clock.Real.ToUnixTimeTicks();
}
