using Homestretch.Maintaining;

namespace Homestretch.Server.Live;

/// <summary>The work list as it was last priced; of the brand owner's whole world, and for its people only.</summary>
internal sealed class UpkeepBoard
{
    private volatile WorkList? _list;

    /// <summary>Null until the first is priced.</summary>
    public WorkList? List => _list;

    /// <summary>Raised after a new list stands, on the pricing thread: handlers only note it.</summary>
    public event Action<WorkList>? Priced;

    public void Take(WorkList list)
    {
        _list = list;
        Priced?.Invoke(list);
    }
}
