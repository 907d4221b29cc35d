using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Guiding;

/// <summary>Reasons that can be chosen; another can be written. They go to the hub in English, whatever the language of the device.</summary>
internal static class Reasons
{
    public static IReadOnlyList<Text> Of(FloorAct act) => act switch
    {
        FloorAct.CloseLot => [Say.NotDelivered, Say.LostOnWay],
        FloorAct.Receive => [Say.Damaged, Say.WrongGoods, Say.Counted],
        FloorAct.Release => [Say.Inspected, Say.Cleared],
        FloorAct.Scrap => [Say.Damaged, Say.Defective, Say.Expired],
        FloorAct.Andon => [Say.Missing, Say.DoesNotFit, Say.ToolBroken, Say.Question],
        FloorAct.TakeOut => [Say.Defective, Say.WrongGoods, Say.Damaged],
        FloorAct.ReleaseFirmware => [Say.Defective, Say.Planner],
        FloorAct.ScrapUnit => [Say.Damaged, Say.Defective],
        _ => [Say.Damaged, Say.Defective, Say.Planner],
    };
}
