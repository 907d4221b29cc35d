using System.Data.Common;
using System.Text.Json;
using Homestretch.Finishing.Tracing;

namespace Homestretch.Server.Storage;

/// <summary>Reads every as-built record of the archive and compares it with its hash, and with the parts by which recalls find it.</summary>
internal static class UnitCheck
{
    /// <summary>Number of the script that made the archive.</summary>
    public const long SinceSchema = 11;
    public const string Cure = "Restore the newest backup whose verify was sound.";

    /// <returns>Units read.</returns>
    public static async Task<long> Run(DbConnection connection, List<Finding> findings, int most, CancellationToken cancel)
    {
        long units = 0;
        await using DbCommand read = Database.Command(connection, "SELECT u.serial, u.record, u.hash, p.number, p.item, p.revision, p.lot, p.part_serial, p.taken_out FROM archived_units u LEFT JOIN archived_parts p ON p.serial = u.serial ORDER BY u.serial, p.number");
        await using DbDataReader rows = await read.ExecuteReaderAsync(cancel);
        (string Serial, UnitRecord? Record, List<PartTrace> Parts)? at = null;
        while (await rows.ReadAsync(cancel) && findings.Count < most)
        {
            string serial = rows.GetString(0);
            if (at?.Serial != serial)
            {
                Compare();
                UnitRecord? record = Record((byte[])rows.GetValue(1), (byte[])rows.GetValue(2));
                if (record?.Serial != serial) findings.Add(new(new("archived_units", 0, serial), "record-damaged", $"The as-built record of unit {serial} is not what was put away.", Cure));
                (at, units) = ((serial, record, []), units + 1);
            }
            if (!rows.IsDBNull(3)) at!.Value.Parts.Add(new((int)rows.GetInt64(3), rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetString(7), rows.GetInt64(8) == 1));
        }
        Compare();
        return units;

        void Compare()
        {
            if (at is { Record: { } record } unit && !record.Parts.Select(static p => new PartTrace(p.Number, p.Item, p.Revision, p.Lot, p.PartSerial, p.TakenOut is not null)).SequenceEqual(unit.Parts))
                findings.Add(new(new("archived_parts", 0, unit.Serial), "index-damaged", $"The parts by which recalls find unit {unit.Serial} are not those of its record.", Cure));
        }
    }

    private static UnitRecord? Record(byte[] packed, byte[] hash)
    {
        try
        {
            byte[] json = ArchivedBody.Unpack(packed);
            return ArchivedBody.Hash(json).AsSpan().SequenceEqual(hash) ? ArchivedBody.Read<UnitRecord>(json) : null;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return null;
        }
    }
}
