namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Passages of the sea that can be closed, and what has each before it.</summary>
    PassagesView Passages();

    /// <summary>What would come of closing a passage from now on, or of opening it; changes nothing.</summary>
    Task<WhatIfView> IfPassage(PassageOrder order, CancellationToken cancel);

    /// <summary>Closes a passage from now on, or opens it now.</summary>
    Task<Told> TellPassage(PassageOrder order, CancellationToken cancel);

    /// <summary>How good each source of estimates has been, by lane and distance.</summary>
    IReadOnlyList<SourceRow> Sources();
}
