using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>Tells of mishaps what is known of them by a time, and no more.</summary>
internal sealed class Troubles(Truth truth)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>After what became of lots was told: their truth is drawn then.</summary>
    public IEnumerable<WorldEvent> Told(Snapshot world, Instant now)
    {
        foreach (PassageClosure c in truth.Mishaps.Closures)
        {
            if (c.From <= now && _told.Add($"closed|{c.Id}")) yield return new WorldEvent.Put(c with { Until = null });
            if (c.Until <= now && _told.Add($"open|{c.Id}")) yield return new WorldEvent.Put(c);
        }
        foreach (Standstill s in truth.Mishaps.Standstills.Where(s => s.Told <= now && s.To > now))
        {
            foreach (Machine m in world.Machines.Where(m => m.Party == s.Supplier))
                if (_told.Add($"{m.Id}|{s.From}")) yield return new WorldEvent.Put(new Maintenance($"STOP-{m.Key}-{s.From.ToUnixTimeSeconds()}", m.Party, m.Key, s.From, s.To, OrderStatus.Approved, "stands still"));
            foreach (Lot lot in world.Lots.Where(l => l.Party == s.Supplier && l.State < LotState.Made && !world.ProductionRuns.Any(r => r.Lot == l.Key)))
                if (lot.Ready > s.From && _told.Add($"{lot.Id}|{s.From}"))
                    yield return new WorldEvent.Put(lot with { Ready = lot.Ready + (s.To - Instant.Max(s.From, truth.Begun(lot))), ReadyP90Days = Math.Max(lot.ReadyP90Days, 2) });
        }
    }
}
