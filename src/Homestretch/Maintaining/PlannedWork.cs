using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Maintaining;

/// <summary>The stop that a chosen slot stands for: the machine's planned work at another time, or new work.</summary>
public static class PlannedWork
{
    private static readonly InstantPattern s_key = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmm");

    /// <summary>A machine's next planned stop after t that nobody has confirmed, and that may therefore move; null: there is none.</summary>
    public static Maintenance? Next(Snapshot world, Key<Machine> machine, Instant t) => Next(world.Maintenance.Where(m => m.Machine == machine), t);

    internal static Maintenance? Next(IEnumerable<Maintenance> ofMachine, Instant t) => ofMachine.Where(m => m.Status <= OrderStatus.Approved && m.From > t && m.To > m.From)
        .OrderBy(static m => m.From).ThenBy(static m => m.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>The record of work in a slot, for a host to tell the world.</summary>
    /// <param name="planned">The stop to move; null: new work.</param>
    public static Maintenance In(Machine machine, Maintenance? planned, Instant from, Instant to) =>
        planned is not null ? planned with { From = from, To = to } : new($"SVC-{machine.Id}-{s_key.Format(from)}", machine.Party, machine.Key, from, to, OrderStatus.Approved, "service");
}
