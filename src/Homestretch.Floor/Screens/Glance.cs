using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Screens;

/// <summary>The card that tells at a glance what comes next: title, value, state, and where to go.</summary>
/// <param name="Way">Screen of the next action; empty: there is none.</param>
public sealed record Glance(string Title, string Value, string State, string Way, string Mood)
{
    internal static Glance Of(Shift shift)
    {
        Tongue speak = shift.Speak;
        if (shift.Refused + shift.Unclear > 0) return new(speak[Say.LookAtRefused], speak.Number(shift.Refused + shift.Unclear), "", "queue", "bad");
        if (shift.Board is not { } board) return new(speak[Say.NoBoard], "–", "", "", "quiet");
        if (shift.Builds && board.Units.FirstOrDefault(static u => u.State == UnitState.InWork) is { } unit)
        {
            int at = unit.Steps.Count(static s => s.Passed);
            return new(speak[Say.UnitWord, unit.Serial], at < unit.Steps.Count ? speak[Say.StepOf, at + 1, unit.Steps.Count] : speak[Say.Complete], unit.Steps.FirstOrDefault(static s => !s.Passed) is { } next ? StepWording.Of(board, unit.Family, next, speak).Title : speak[Say.AllSteps], $"unit?serial={Uri.EscapeDataString(unit.Serial)}", "now");
        }
        if (board.Kits.FirstOrDefault(static k => k.Picks.Count > 0) is { } kit)
            return new($"{speak[Say.Kit]} {kit.Build}", kit.Picks[0].Bin, speak[Say.PartsToPick, kit.Picks.Sum(static p => p.Quantity)], $"pick?build={Uri.EscapeDataString(kit.Build)}", "now");
        if (shift.Builds && board.Kits.FirstOrDefault(static k => k.Whole && k.Begun < k.Units) is { } whole) return new($"{speak[Say.Kit]} {whole.Build}", speak[Say.WholeKit], whole.Options, $"do/begin?build={Uri.EscapeDataString(whole.Build)}", "now");
        if (shift.Stores && board.Expected.FirstOrDefault(static l => l.State == LotState.Shipped) is { } lot) return new(speak[Say.LotComes, lot.Lot], $"{speak.Number(lot.Quantity - lot.Received)} {lot.Unit}", lot.Item, $"do/receive?lot={Uri.EscapeDataString(lot.Lot)}", "now");
        return new(speak[Say.NothingToDo], "✓", "", "", "quiet");
    }
}
