using Homestretch.Finishing.Origin;
using Homestretch.World;

namespace Homestretch.Finishing.Floor;

/// <summary>What a kit holds that is not of the place its labels name, against the most that its units may cost to make: what the customer pays for them. Undetermined origin counts as foreign; a lot whose price is unknown, or in another currency than the order's, counts nothing,
/// so that what is refused would be refused of the finished unit too (docs/claims.md), whatever else goes in.</summary>
internal sealed class KitForeign
{
    private readonly Doing _d;
    private readonly OriginAsked _asked;
    private readonly OrderLine _order;
    private readonly decimal _most;
    private readonly decimal[] _foreign;

    public KitForeign(Doing d, OriginAsked asked, Build build, OrderLine order)
    {
        (_d, _asked, _order, _foreign) = (d, asked, order, new decimal[asked.Labels.Count]);
        if (_foreign.Length == 0) return;
        _most = order.Price is { } price ? price.Major * build.Quantity / order.Quantity : 0;
        foreach (BinStock there in Kits.In(d, build)) Add(there.Item, there.LotNumber, there.Quantity.Value);
        foreach (UnitPart part in Kits.Units(d, build).SelectMany(u => Kits.In(d, u))) Add(part.Item, part.LotNumber, part.Quantity.Value);
    }

    public void Add(Key<Item> item, string lot, decimal amount)
    {
        LotOrigin origin = _d.Origins.Of(item, lot);
        for (int i = 0; i < _foreign.Length; i++) _foreign[i] += Foreign(i, origin, amount);
    }

    /// <summary>The label that could not be used any more with so much of a lot, and the most of the manufacturing cost that would be of its place; null: none.</summary>
    public (MadeInLabel Label, Ratio Share)? Breaks(Key<Item> item, string lot, decimal amount)
    {
        if (_most <= 0) return null;
        LotOrigin origin = _d.Origins.Of(item, lot);
        for (int i = 0; i < _foreign.Length; i++)
        {
            if (_asked.Labels[i] is not { Least.Figure: { } least } label || label.Keeps(origin)) continue;
            decimal left = _most - _foreign[i] - Foreign(i, origin, amount);
            if (100m * left < least * _most) return (label, new((long)decimal.Floor(left * 100), (long)decimal.Floor(_most * 100)));
        }
        return null;
    }

    private decimal Foreign(int label, LotOrigin origin, decimal amount) => !_asked.Labels[label].Keeps(origin) && origin.Price is { } paid && paid.Currency == _order.Price?.Currency ? paid.Amount * amount : 0;
}
