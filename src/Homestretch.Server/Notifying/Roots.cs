using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.World;

namespace Homestretch.Server.Notifying;

/// <summary>What is behind a supply that is late, so that all that waits for the same thing is told once.</summary>
/// <param name="Key">Stable, such as 'shipment:SHP-1', 'machine:M-7', 'lot:L-3' or 'line:GVL-1'.</param>
/// <param name="Name">As people call it.</param>
internal readonly record struct Root(string Key, string Name)
{
    /// <summary>What a kit waits for: the part that comes last or, when all are in stock, its turn on the line.</summary>
    public static Root Of(Sight sight, Forecast.Dated d) => d.Gate.Supply.StartsWith("lot:", StringComparison.Ordinal) ? Of(sight, d.Gate.Supply)
        : new($"line:{d.Build.Line}", $"a turn on {(sight.World.AssemblyLines.Find(d.Build.Line) is { } line ? line.Name : d.Build.Line.Value)}");

    /// <param name="supply">As the plan names it, 'lot:KEY'.</param>
    public static Root Of(Sight sight, string supply)
    {
        if (sight.World.Lots.Find(supply[4..]) is not { } lot) return new(supply, $"lot {supply[4..]}");
        string part = sight.ItemOf(lot.Item)?.Name ?? lot.Item.Value;
        if (lot.Shipment is { } shipment && lot.State < LotState.Received) return new($"shipment:{shipment}", $"shipment {shipment}");
        if (Runs.Of(sight.World).Making(lot.Key) is { } run && lot.State <= LotState.Making && sight.World.Machines.Find(run.Machine) is { } machine) return new($"machine:{machine.Id}", $"{machine.Name} at {sight.NameOf(machine.Party)}");
        return new(supply, $"{part} of lot {lot.Id}");
    }
}
