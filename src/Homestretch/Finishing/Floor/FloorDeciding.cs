using Homestretch.Products;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Floor;

/// <summary>Decides operations of the floor: done whole, or refused with the reason and nothing changed. One that was told before gets the answer it got then.</summary>
public static class FloorDeciding
{
    /// <param name="variants">Of the same world.</param>
    /// <param name="said">What a device told; its answer is not read. Site and party must exist.</param>
    /// <param name="now">When it was heard; what claims to have happened later happened now.</param>
    public static FloorDecision Decide(Snapshot world, Variants variants, FloorOperation said, Instant now)
    {
        if (world.FloorOperations.Find(said.Key) is { } before) return new(before, []);
        FloorOperation heard = said with { Heard = now, Happened = Instant.Min(said.Happened, now), Answer = FloorAnswer.Accepted, Change = 0, Rule = "", Said = "" };
        var doing = new Doing(world, variants, heard);
        if (Act(doing) is { } refusal)
        {
            FloorOperation refused = heard with { Build = doing.Said.Build, Answer = FloorAnswer.Refused, Rule = refusal.Rule, Said = refusal.Text };
            return new(refused, [new WorldEvent.Put(refused)]);
        }
        Kanban.Watch(doing);
        FloorOperation done = doing.Said with { Change = doing.Stock.Change, Said = doing.Note };
        return new(done, [.. doing.Events(), new WorldEvent.Put(done)]);
    }

    private static Refusal? Act(Doing doing) => doing.Said.Act switch
    {
        FloorAct.Receive => Receiving.Receive(doing),
        FloorAct.CloseLot => Receiving.Close(doing),
        FloorAct.Move or FloorAct.Hold or FloorAct.Release => Storing.Move(doing),
        FloorAct.Count => Storing.Count(doing),
        FloorAct.Scrap => Storing.Scrap(doing),
        FloorAct.Pick => Kitting.Pick(doing),
        FloorAct.Return => Kitting.Return(doing),
        FloorAct.Begin => Building.Begin(doing),
        FloorAct.Work => Working.Work(doing),
        FloorAct.TakeOut => Working.TakeOut(doing),
        FloorAct.Pause or FloorAct.Resume => Building.Rest(doing),
        FloorAct.Andon => Building.Andon(doing),
        FloorAct.Complete => Building.Complete(doing),
        FloorAct.ScrapUnit => Building.Scrap(doing),
        FloorAct.ReleaseFirmware => Releasing.Release(doing),
        FloorAct.SetCustoms => Customs.Set(doing),
        _ => new("unknown-act", $"{doing.Said.Act} is nothing that is done on a floor.", "Update the app."),
    };
}
