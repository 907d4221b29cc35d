using System.Data.Common;
using System.Security.Cryptography;
using Homestretch.Exchange.Pictures;
using Homestretch.Finishing.Floor;
using Homestretch.Server.Archiving;
using Homestretch.Server.Live;
using Homestretch.Server.Storage;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>Photos of operations on the floor, in the database by content: each belongs to an operation that was done and that names it, and leaves after a year.</summary>
internal sealed class FloorPhotos(Database database, LiveWorld live, LedgerArchive ledger, HubClock clock)
{
    /// <summary>Largest file. A device sends at most 1600 pixels a side, mostly below 0.5 MB.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>A year: as long as claims of damage against a carrier by road may be brought (CMR, article 32).</summary>
    public static readonly Duration Stays = Duration.FromDays(365);

    /// <summary>Raised with the lot of a photo that has come.</summary>
    public event Action<string>? Came;

    /// <summary>Keeps a photo of a device's operation; told again it is kept once.</summary>
    /// <returns>Why it is not kept; null: it is.</returns>
    public async Task<Finding?> Put(FloorDevice device, int number, string sent, byte[] file, CancellationToken cancel)
    {
        Snapshot world;
        lock (live.Gate) world = live.World;
        string key = $"{device.Install}/{number}";
        if ((world.FloorOperations.Find(key) ?? (await ledger.Find([key], cancel)).GetValueOrDefault(key)) is not { Answer: FloorAnswer.Accepted } operation)
            return new(new("photo", 0, "number"), "no-operation", $"No operation {number} of this device was done.", "Send the operation first; a photo belongs to one that was done.");
        if (!PhotoSaying.Of(operation.Values).Contains(sent)) return new(new("photo", 0, "hash"), "not-named", $"Operation {number} names no photo {sent}.", "Name the photo among the operation's values before it is sent: photo= and its SHA-256.");
        if (Hash(file) != sent) return new(new("photo", 0, "hash"), "other-photo", "The file is not the one that the operation names.", "Send the file whole and unchanged.");
        var (picture, wrong) = Picture.Read(file);
        if (picture is null) return wrong;
        await using DbConnection connection = await database.Connect(cancel);
        await Database.Execute(connection, """
            INSERT INTO floor_photos (operation, sent, hash, party, site, lot, item, reason, media, taken, kept, bytes) VALUES (@operation, @sent, @hash, @party, @site, @lot, @item, @reason, @media, @taken, @kept, @bytes)
            ON CONFLICT (operation, sent) DO NOTHING
            """, cancel, null, ("operation", operation.Id), ("sent", sent), ("hash", Hash(picture.Bytes)), ("party", operation.Party.Value), ("site", operation.Site.Value), ("lot", operation.LotNumber), ("item", operation.Item), ("reason", operation.Reason),
            ("media", picture.Media), ("taken", operation.Happened.ToUnixTimeTicks()), ("kept", clock.Now.ToUnixTimeTicks()), ("bytes", picture.Bytes));
        Came?.Invoke(operation.LotNumber);
        return null;
    }

    /// <summary>Photos of a lot, oldest first; and those of operations that name one which has not come.</summary>
    public async Task<IReadOnlyList<LotPhoto>> OfLot(string lot, CancellationToken cancel)
    {
        Snapshot world;
        lock (live.Gate) world = live.World;
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT operation, sent, hash FROM floor_photos WHERE lot = @lot AND taken > @since");
        Database.Bind(read, ("lot", lot), ("since", Since));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        var kept = new Dictionary<(string, string), string>();
        while (await rows.ReadAsync(cancel)) kept[(rows.GetString(0), rows.GetString(1))] = rows.GetString(2);
        return [.. (await ledger.Page(world, new(Lot: lot, Answer: FloorAnswer.Accepted, From: clock.Now - Stays, Take: int.MaxValue), cancel)).Rows.Reverse()
            .SelectMany(o => PhotoSaying.Of(o.Values).Select(p => new LotPhoto(kept.GetValueOrDefault((o.Id, p), ""), o.Happened, o.Device, o.Act, o.Quantity, o.To, o.Reason)))];
    }

    /// <summary>A photo by the SHA-256 of what is kept; null: there is none.</summary>
    public async Task<Picture?> One(string hash, CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        await using DbCommand read = Database.Command(connection, "SELECT media, bytes FROM floor_photos WHERE hash = @hash AND taken > @since");
        Database.Bind(read, ("hash", hash), ("since", Since));
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? new(rows.GetString(0), (byte[])rows.GetValue(1)) : null;
    }

    /// <summary>Removes what has been here for its time.</summary>
    public async Task<int> Expire(CancellationToken cancel)
    {
        await using DbConnection connection = await database.Connect(cancel);
        return await Database.Execute(connection, "DELETE FROM floor_photos WHERE taken <= @since", cancel, null, ("since", Since));
    }

    private long Since => (clock.Now - Stays).ToUnixTimeTicks();

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
