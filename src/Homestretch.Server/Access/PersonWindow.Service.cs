using Homestretch.Maintaining;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Maintenance of machines: prices are the brand owner's, slots are chosen by whom the role allows, for machines of their slice.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>Prices come from the whole order book; no other party learns of it.</summary>
    private WorkList? Priced => Brand ? _upkeep.List : null;

    public async Task<Told> Service(string machine, Instant from, Instant to, CancellationToken cancel)
    {
        if (!May(Permission.Service)) return Refused("plan maintenance");
        var (work, wrong) = Look(s => UpkeepViews.Chosen(s, machine, from, to));
        if (work is null) return new(false, Clock.Version, [wrong!]);
        return await Noted(await Tell([new WorldEvent.Put(work)], cancel, work.Id), AuditAction.MaintenancePlanned, machine, $"{work.Id}, {from} to {to}");
    }

    public async Task<Told> CallOff(string maintenance, CancellationToken cancel)
    {
        if (!May(Permission.Service)) return Refused("call maintenance off");
        Maintenance? known = Look(s => s.World.Maintenance.Find(maintenance));
        if (known is null) return Wrong("maintenance", "unknown-key", $"There is no planned maintenance '{maintenance}'.", "Check the number.");
        if (known.Status > OrderStatus.Approved) return Wrong("maintenance", "not-open", $"'{maintenance}' is {Words.Of(known.Status)} and cannot be called off.", "Ask who confirmed it.");
        return await Noted(await Tell([new WorldEvent.Put(known with { Status = OrderStatus.Cancelled })], cancel, maintenance), AuditAction.MaintenanceCalledOff, known.Machine.Value, $"{maintenance}, {known.From} to {known.To}");
    }

    private async Task<Told> Noted(Told told, AuditAction action, string subject, string detail)
    {
        if (told.Accepted) await _administration.Note(Person, action, subject, detail);
        return told;
    }

    private void Hear(WorkList list)
    {
        if (Changed is { } listeners && Brand && May(Permission.SeeMachines)) listeners(new LiveNote(_planner.Sequence, [], [], [.. list.Machines.Select(static m => m.Machine.Value)], null));
    }
}
