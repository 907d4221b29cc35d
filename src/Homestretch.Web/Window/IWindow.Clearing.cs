namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Which builds to release in the next days so that most is made of the parts at hand, made of the plan in force and kept while that stands; null for who may not re-plan or is not the brand owner.</summary>
    Task<ClearView?> ClearToBuild(ClearQuery query, CancellationToken cancel);

    /// <summary>What accepting a list would change: builds, kits, and who wins and loses. Null when the list is not known any more.</summary>
    Task<ClearEffect?> ClearWould(string list, CancellationToken cancel);

    /// <summary>Makes a list the plan, in one batch. Refused when the plan has moved on so that the list would be another now.</summary>
    Task<Told> AcceptClear(string list, CancellationToken cancel);
}
