using Homestretch.World;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Engineering changes that the person sees: the brand owner's people all, a supplier those in force of what it makes; empty for who sees neither lines nor supply.</summary>
    IReadOnlyList<EngineeringChange> EngineeringChanges();

    /// <summary>What a change does, a draft as if it were released; null where there is none that the person sees.</summary>
    /// <param name="dates">Most days that are looked at to find the cheapest; each costs a plan.</param>
    Task<EngineeringImpact?> ChangeImpact(string id, int dates, CancellationToken cancel);
}
