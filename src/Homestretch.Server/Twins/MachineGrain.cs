using Homestretch.Machines;
using Homestretch.Server.Live;
using Homestretch.Server.Seeing;
using Homestretch.World;

namespace Homestretch.Server.Twins;

/// <summary>A machine's twin: its mailbox and its last folded state. The fold is the core's. Begins with what the board has of it.</summary>
internal sealed class MachineGrain(TwinBoard board, LiveWorld live) : Grain, IMachineGrain
{
    private MachineTwin _twin = MachineTwin.Unknown;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _twin = board.Machines[this.GetPrimaryKeyString()];
        return Task.CompletedTask;
    }

    public async Task Take(MachineBatch batch)
    {
        foreach (MachineBatch part in batch.ByLot(_twin.Lot))
        {
            MachineTwin before = _twin;
            _twin = _twin.Fold(part.Readings, part.Heard, part.Facts.IdealPiecesPerHour);
            // a lot that its machine leaves keeps its last count
            if (before.Lot != _twin.Lot) await Tell(part.Facts, before, isLast: true);
        }
        board.Machines.Keep(batch.Facts, _twin);
        await Tell(batch.Facts, _twin, isLast: false);
    }

    public Task Correct(HoursAgain hours)
    {
        _twin = _twin.Corrected(hours.Hours);
        board.Machines.Keep(hours.Facts, _twin);
        return Task.CompletedTask;
    }

    /// <summary>Tells the lot at work how far its machine has come. A machine speaks for lots of its own party only.</summary>
    private Task Tell(MachineFacts facts, MachineTwin twin, bool isLast)
    {
        if (twin.Lot.Length == 0 || !(isLast ? board.Lots[twin.Lot].Produced != twin.Produced : board.Lots[twin.Lot].IsBehind(facts.Machine, twin))) return Task.CompletedTask;
        Snapshot world = live.World;
        if (world.Lots.Find(twin.Lot) is not { } lot || world.Machines.Find(facts.Machine)?.Party != lot.Party) return Task.CompletedTask;
        double quantity = Runs.Of(world).Making(lot.Key) is { } run && run.Machine.Value == facts.Machine ? (double)run.Quantity.Value : 0;
        return GrainFactory.GetGrain<ILotGrain>(twin.Lot).Take(new(twin, facts, quantity));
    }
}
