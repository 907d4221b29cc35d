using Homestretch.Machines;

namespace Homestretch.Server.Twins;

/// <summary>A lot's twin: its mailbox and its last folded state. The fold is the core's. Begins with what the board has of it.</summary>
internal sealed class LotGrain(TwinBoard board) : Grain, ILotGrain
{
    private const ulong Seed = 1;
    private LotTwin _twin = LotTwin.Unknown;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _twin = board.Lots[this.GetPrimaryKeyString()];
        return Task.CompletedTask;
    }

    public Task Take(LotProgress progress)
    {
        _twin = _twin.Fold(progress.Twin, progress.Facts, progress.Quantity, Seed);
        board.Lots.Keep(this.GetPrimaryKeyString(), _twin);
        return Task.CompletedTask;
    }
}
