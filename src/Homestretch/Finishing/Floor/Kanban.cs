using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>Bins that call for more: one whose contents fall below its least raises one call, and putting away enough closes it. A bin has one call at a time, which is opened again the next time.</summary>
internal static class Kanban
{
    /// <summary>Looks at every bin that an operation has changed.</summary>
    public static void Watch(Doing d)
    {
        foreach (string code in d.Stock.Changed)
        {
            if (d.World.Bins.Find($"{d.Said.Site}|{code}") is not { Least: { } least, Item: { } item } bin) continue;
            decimal there = d.Stock.Lying(d.Said.Site, code);
            WorkTask? call = d.World.Tasks.Find($"KANBAN-{bin.Site}/{bin.Code}");
            if (there < least && call?.State != TaskState.Open)
                d.Put(new WorkTask($"KANBAN-{bin.Site}/{bin.Code}", bin.Party, "", TaskKind.StockTransfer, "", $"bins:{bin.Id}", $"Bring {item} to {bin.Code}: {there} lie there, at least {least} should{(bin.Most is { } most ? $", {most} fit" : "")}.", d.Said.Heard, TaskState.Open, ""));
            else if (there >= least && call is { State: TaskState.Open } && d.Said.To == code)
                d.Put(call with { State = TaskState.Done, Answer = $"{there} lie there now." });
        }
    }
}
