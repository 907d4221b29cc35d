using System.Data.Common;
using Homestretch.Server.Access;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>A device on the floor of a site.</summary>
/// <param name="Install">Names the app on the device, for as long as it keeps its queue; with its own number it names an operation.</param>
/// <param name="Name">Name that people gave it, such as GVL-07.</param>
internal sealed record FloorDevice(string Id, string Install, string Name, string Site, string Party, Role Role, Instant Until);

/// <summary>Devices of the floor in the database: enrolled once by a code that a person shows as QR, let in by a token of which only the hash is kept, until it ends or is revoked.</summary>
internal sealed class FloorDevices(Database database, Live.HubClock clock)
{
    private const string Purpose = "floor", Open = "hash = @hash AND purpose = 'Floor' AND expires > @now AND used IS NULL";
    private static readonly Duration s_codeValid = Duration.FromMinutes(30), s_tokenValid = Duration.FromDays(180);

    /// <summary>A code with which one device can be enrolled within half an hour. An earlier one of the same name is void.</summary>
    public async Task<string> Invite(string name, string site, string party, Role role, CancellationToken cancel)
    {
        string secret = Secrets.New();
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, "DELETE FROM links WHERE purpose = 'Floor' AND account = @account", cancel, null, ("account", $"{site}|{name}"));
        await Database.Execute(connection, "INSERT INTO links (hash, purpose, account, party, role, created, expires) VALUES (@hash, 'Floor', @account, @party, @role, @now, @expires)", cancel, null,
            ("hash", Secrets.Hash(secret)), ("account", $"{site}|{name}"), ("party", party), ("role", role.ToString()), ("now", Now), ("expires", (clock.Real + s_codeValid).ToUnixTimeTicks()));
        return secret;
    }

    /// <summary>Uses a code up: the token of the device that shows it, and what it is. Null when the code is unknown, expired or used.</summary>
    /// <param name="install">As the app has been named before, so that what it has queued keeps its names; null: a new one.</param>
    public async Task<(string Secret, FloorDevice Device)?> Enrol(string code, string? install, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancel);
        (string Site, string Name, string Party, Role Role) asked;
        await using (DbCommand read = Database.Command(connection, $"SELECT account, party, role FROM links WHERE {Open}"))
        {
            read.Transaction = transaction;
            Database.Bind(read, ("hash", Secrets.Hash(code)), ("now", Now));
            await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
            if (!await rows.ReadAsync(cancel) || rows.GetString(0).Split('|') is not [var site, var name]) return null;
            asked = (site, name, rows.GetString(1), Enum.Parse<Role>(rows.GetString(2)));
        }
        if (await Database.Execute(connection, $"UPDATE links SET used = @now WHERE {Open}", cancel, transaction, ("hash", Secrets.Hash(code)), ("now", Now)) != 1) return null;
        string secret = Secrets.New(), named = install is { Length: 16 } && install.All(char.IsAsciiHexDigitLower) ? install : Secrets.New()[..16];
        Instant until = clock.Real + s_tokenValid;
        await Database.Execute(connection, "INSERT INTO tokens (hash, purpose, account, party, role, label, created, expires) VALUES (@hash, @purpose, @account, @party, @role, @label, @now, @expires)", cancel, transaction,
            ("hash", Secrets.Hash(secret)), ("purpose", Purpose), ("account", $"{asked.Site}|{named}"), ("party", asked.Party), ("role", asked.Role.ToString()), ("label", asked.Name), ("now", Now), ("expires", until.ToUnixTimeTicks()));
        await transaction.CommitAsync(cancel);
        return (secret, new(Secrets.Id(Secrets.Hash(secret)), named, asked.Name, asked.Site, asked.Party, asked.Role, until));
    }

    /// <summary>The device of a token; null when it is unknown, expired or revoked.</summary>
    public async Task<FloorDevice?> Of(string secret, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hash, account, party, role, label, expires FROM tokens WHERE hash = @hash AND purpose = @purpose AND expires > @now AND revoked IS NULL");
        Database.Bind(read, ("hash", Secrets.Hash(secret)), ("purpose", Purpose), ("now", Now));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? Read(rows) : null;
    }

    /// <summary>All that may come in, by site and name.</summary>
    public async Task<IReadOnlyList<FloorDevice>> All(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hash, account, party, role, label, expires FROM tokens WHERE purpose = @purpose AND expires > @now AND revoked IS NULL");
        Database.Bind(read, ("purpose", Purpose), ("now", Now));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var all = new List<FloorDevice>();
        while (await rows.ReadAsync(cancel)) all.Add(Read(rows));
        return [.. all.OrderBy(static d => d.Site, StringComparer.Ordinal).ThenBy(static d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>Shuts a device out now; it is told nothing any more.</summary>
    /// <returns>False when there is none of that id.</returns>
    public async Task<bool> Revoke(string id, string party, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT hash FROM tokens WHERE purpose = @purpose AND party = @party AND revoked IS NULL");
        Database.Bind(read, ("purpose", Purpose), ("party", party));
        byte[]? found = null;
        await using (DbDataReader rows = await read.ExecuteReaderAsync(cancel))
            while (found is null && await rows.ReadAsync(cancel))
                if ((byte[])rows.GetValue(0) is var hash && Secrets.Id(hash) == id) found = hash;
        if (found is null || await Database.Execute(connection, "UPDATE tokens SET revoked = @now WHERE hash = @hash AND revoked IS NULL", cancel, null, ("now", Now), ("hash", found)) != 1) return false;
        await Database.Execute(connection, "DELETE FROM floor_cards WHERE device = @device", cancel, null, ("device", id));
        return true;
    }

    private static FloorDevice Read(DbDataReader rows)
    {
        string[] account = rows.GetString(1).Split('|');
        return new(Secrets.Id((byte[])rows.GetValue(0)), account[1], rows.GetString(4), account[0], rows.GetString(2), Enum.Parse<Role>(rows.GetString(3)), Instant.FromUnixTimeTicks(rows.GetInt64(5)));
    }

    private long Now => clock.Real.ToUnixTimeTicks();
}
