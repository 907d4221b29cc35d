using System.Data.Common;
using Homestretch.Server.Access;
using Homestretch.Server.Storage;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Passports;

/// <summary>A link by which somebody outside sees more of one passport, until it ends or is revoked.</summary>
/// <param name="To">Whom it was given to, and why, as its issuer wrote it.</param>
/// <param name="By">Login of who issued it; when that account ends or gets a new password, so does the link.</param>
internal sealed record PassportLink(string Id, string Serial, PassportTier Tier, string To, string By, Instant Made, Instant Until);

/// <summary>Links to the restricted parts of passports in the database, by the hash of their secret.</summary>
internal sealed class PassportLinks(Database database, Live.HubClock clock)
{
    public const int MostDays = 365, LongestTo = 120;
    private const string Purpose = "passport", Columns = "hash, account, role, label, created, expires", Open = "purpose = @purpose AND expires > @now AND revoked IS NULL";

    /// <summary>What is wrong with a link that is asked for; null: nothing.</summary>
    /// <param name="to">Without blanks around it.</param>
    public static Finding? Wrong(PassportTier tier, string to, int days) => tier == PassportTier.Public ? Of("tier", "Everybody sees the public part.", "Write interest or authority.")
        : to.Length is 0 or > LongestTo ? Of("to", "It is not said whom the link is for.", $"Write who it is and why, in 1 to {LongestTo} characters.")
        : days is < 1 or > MostDays ? Of("days", $"{days} days.", $"Give 1 to {MostDays} days.") : null;

    private static Finding Of(string column, string what, string cure) => new(new("request", 0, column), column, what, cure);

    /// <summary>The secret of a new link, told this once.</summary>
    public async Task<(string Secret, PassportLink Link)> Issue(string serial, PassportTier tier, string to, string party, string by, Duration valid, CancellationToken cancel)
    {
        string secret = Secrets.New();
        var link = new PassportLink(Secrets.Id(Secrets.Hash(secret)), serial, tier, to, by, clock.Real, clock.Real + valid);
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "INSERT INTO tokens (hash, purpose, account, party, role, label, created, expires) VALUES (@hash, @purpose, @account, @party, @role, @label, @now, @expires)", cancel, null,
            ("hash", Secrets.Hash(secret)), ("purpose", Purpose), ("account", by), ("party", party), ("role", tier.ToString()), ("label", $"{serial}\n{to}"), ("now", link.Made.ToUnixTimeTicks()), ("expires", link.Until.ToUnixTimeTicks()));
        return (secret, link);
    }

    /// <summary>What a secret opens; null when it is unknown, over or revoked.</summary>
    public async Task<PassportLink?> Look(string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT {Columns} FROM tokens WHERE hash = @hash AND {Open}");
        Database.Bind(read, ("hash", Secrets.Hash(secret)), ("purpose", Purpose), ("now", Now));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Read(rows) : null;
    }

    /// <summary>Those of a party that open something today, the newest first.</summary>
    public async Task<IReadOnlyList<PassportLink>> All(string party, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT {Columns} FROM tokens WHERE party = @party AND {Open} ORDER BY created DESC, hash");
        Database.Bind(read, ("party", party), ("purpose", Purpose), ("now", Now));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<PassportLink>();
        while (await rows.ReadAsync(cancel)) all.Add(Read(rows));
        return all;
    }

    /// <returns>The link that was ended; null when there is none of that id.</returns>
    public async Task<PassportLink?> Revoke(string id, string party, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, $"SELECT {Columns} FROM tokens WHERE party = @party AND {Open}");
        Database.Bind(read, ("party", party), ("purpose", Purpose), ("now", Now));
        (byte[] Hash, PassportLink Link)? found = null;
        await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
            while (found is null && await rows.ReadAsync(cancel))
                if (Read(rows) is var link && link.Id == id) found = ((byte[])rows.GetValue(0), link);
        return found is { } one && await Database.Execute(connection, "UPDATE tokens SET revoked = @now WHERE hash = @hash AND revoked IS NULL", cancel, null, ("now", Now), ("hash", one.Hash)) == 1 ? one.Link : null;
    }

    private static PassportLink Read(DbDataReader rows)
    {
        string[] label = rows.GetString(3).Split('\n', 2);
        return new(Secrets.Id((byte[])rows.GetValue(0)), label[0], Enum.Parse<PassportTier>(rows.GetString(2)), label[1], rows.GetString(1), Instant.FromUnixTimeTicks(rows.GetInt64(4)), Instant.FromUnixTimeTicks(rows.GetInt64(5)));
    }

    private long Now => clock.Real.ToUnixTimeTicks();
}
