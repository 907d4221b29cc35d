using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Passages of the sea and sources of estimates.</summary>
internal sealed partial class PersonWindow
{
    public PassagesView Passages() => May(Permission.SeeSupply) ? Shared(("passages", May(Permission.SeeOrders)), s => SeaViews.Passages(s, May(Permission.SeeOrders))) : new([], [], 0);

    public IReadOnlyList<SourceRow> Sources() => May(Permission.SeeSupply) ? Shared("sources", SourceViews.Of) : [];

    public async Task<WhatIfView> IfPassage(PassageOrder order, CancellationToken cancel)
    {
        if (!May(Permission.ClosePassages)) return new([], 0, 0, Refused("close or open passages of the sea").Findings);
        var (events, wrong) = Meant(order);
        return wrong is null ? await Branch(events, cancel) : new([], 0, 0, [wrong]);
    }

    public async Task<Told> TellPassage(PassageOrder order, CancellationToken cancel)
    {
        if (!May(Permission.ClosePassages)) return Refused("close or open passages of the sea");
        var (events, wrong) = Meant(order);
        return wrong is null ? await Tell(events, cancel, Words.Of(order.Passage)) : new(false, Clock.Version, [wrong]);
    }

    private (IReadOnlyList<WorldEvent> Events, Finding? Wrong) Meant(PassageOrder order) => Look(s => (SeaViews.Events(s, order, Party), SeaViews.Wrong(s, order)));
}
