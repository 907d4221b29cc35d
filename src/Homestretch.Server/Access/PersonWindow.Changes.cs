using Homestretch.Changing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Engineering changes: the brand owner's people see what one does, a supplier the changes in force of what it makes with its own lots.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>Branches take a core each: one question at a time.</summary>
    private static readonly SemaphoreSlim s_changing = new(1);

    public IReadOnlyList<EngineeringChange> EngineeringChanges() => !SeesChanges ? [] : Look(s => s.World.EngineeringChanges.Select(c => May(Permission.SeeMoney) ? c : c with { ReworkCost = null }).ToList());

    /// <summary>Null where there is none that the person sees.</summary>
    public async Task<EngineeringImpact?> ChangeImpact(string id, int dates, CancellationToken cancel)
    {
        if (!SeesChanges || Look(s => s.World.EngineeringChanges.Find(id)) is not { } change) return null;
        if (!Brand) return EngineeringImpact.Of(change, Look(s => Changing.ChangeImpact.Parts(s.World, change, s.Plan.Of)));
        await s_changing.WaitAsync(cancel);
        try
        {
            return await Task.Run(() =>
            {
                var (world, epoch, policy) = Look(static s => (s.World, s.Plan.Epoch, s.Plan.Policy));
                return EngineeringImpact.Of(Changing.ChangeImpact.Of(world, epoch, policy, change, May(Permission.SeeMoney) ? dates : 0), May(Permission.SeeMoney), May(Permission.SeeOrders));
            }, cancel);
        }
        finally
        {
            s_changing.Release();
        }
    }

    private bool SeesChanges => May(Permission.SeeLines) || May(Permission.SeeSupply);
}
