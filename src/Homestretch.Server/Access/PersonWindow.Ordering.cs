using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Orders chosen option by option, for the brand owner's people who may promise dates. Only the quotes hold the live plan.</summary>
internal sealed partial class PersonWindow
{
    public ConfigureView? Configure(ConfigureQuery query, CancellationToken cancel) => May(Permission.Promise) && Brand
        ? OrderingViews.Of(Look(static s => (s.World, s.Now.InZone(s.Zone).Date)), query, (model, state, order) => Look(s => (OrderingViews.Offers(s, model, state, order, cancel), s.Money)), cancel) : null;
}
