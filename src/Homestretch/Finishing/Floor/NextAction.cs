using Homestretch.World;

namespace Homestretch.Finishing.Floor;

public enum NextKind
{
    Nothing,

    /// <summary>The next step of a unit in work.</summary>
    Work,

    /// <summary>All steps of a unit are done: complete it.</summary>
    Complete,
    Pick,

    /// <summary>A kit is whole: begin a unit of it.</summary>
    Begin,
    Receive,

    /// <summary>Something is to be counted.</summary>
    Count,
}

/// <summary>What comes next on a floor, for one device. The app asks of its own board, with what waits on the device played over the hub's; the hub asks of its own.</summary>
/// <param name="Name">Serial number, build or lot.</param>
/// <param name="Place">Bin of the first part to pick, or to be counted.</param>
/// <param name="Count">Number of the step, parts to pick, how much is to be counted, or what is still to come of the lot.</param>
/// <param name="Steps">How many steps there are.</param>
/// <param name="Measure">Unit in which the lot is counted.</param>
/// <param name="Text">Title of the step as the company wrote it, options of the kit, or item of the lot.</param>
/// <param name="Family">Of the step.</param>
/// <param name="Step">With <see cref="NextKind.Work"/>.</param>
public sealed record NextAction(NextKind Kind, string Name = "", string Place = "", decimal Count = 0, decimal Steps = 0, string Measure = "", string Text = "", string Family = "", FloorStep? Step = null)
{
    /// <summary>A unit in work before a kit to pick, before a kit to begin, before a lot that is on its way, before what is to be counted.</summary>
    /// <param name="stores">The device is for the work of a warehouse.</param>
    /// <param name="builds">It is for the work of assemblers.</param>
    public static NextAction Of(FloorBoard board, bool stores, bool builds)
    {
        if (builds && board.Units.FirstOrDefault(static u => u.State == UnitState.InWork) is { } unit)
        {
            return unit.Steps.FirstOrDefault(static s => !s.Passed) is { } step
                ? new(NextKind.Work, unit.Serial, Count: unit.Steps.Count(static s => s.Passed) + 1, Steps: unit.Steps.Count, Text: step.Title, Family: unit.Family, Step: step) : new(NextKind.Complete, unit.Serial);
        }
        if (board.Kits.FirstOrDefault(static k => k.Picks.Count > 0) is { } kit) return new(NextKind.Pick, kit.Build, kit.Picks[0].Bin, kit.Picks.Sum(static p => p.Quantity));
        if (builds && board.Kits.FirstOrDefault(static k => k.Whole && k.Begun < k.Units) is { } whole) return new(NextKind.Begin, whole.Build, Text: whole.Options);
        return stores && board.Expected.FirstOrDefault(static l => l.State == LotState.Shipped) is { } lot ? new(NextKind.Receive, lot.Lot, Count: lot.Quantity - lot.Received, Measure: lot.Unit, Text: lot.Item)
            : stores && board.Counts is [var count, ..] ? new(NextKind.Count, Place: count.Bin, Count: board.Counts.Count) : new(NextKind.Nothing);
    }
}
