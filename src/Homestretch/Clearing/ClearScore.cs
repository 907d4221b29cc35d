namespace Homestretch.Clearing;

/// <summary>What a release list is worth, the first difference deciding: kits completed by class, promises saved by class, money.</summary>
/// <param name="Builds">Kits completed within the horizon.</param>
/// <param name="Kits">The same, each times the weight of its class: 4, 2 and, from the third class on, 1; an order line of the strategy Win 100 times that.</param>
/// <param name="Promises">Promises saved, in hundredths, each times that weight: what their shares would be short of 1 were they not built now.</param>
/// <param name="Money">Price of what is completed, in thousandths of the dearest candidate's in the same currency: no rates of exchange are known.</param>
public readonly record struct ClearScore(int Builds, long Kits, long Promises, long Money) : IComparable<ClearScore>
{
    public int CompareTo(ClearScore other) => Kits != other.Kits ? Kits.CompareTo(other.Kits) : Promises != other.Promises ? Promises.CompareTo(other.Promises) : Money.CompareTo(other.Money);

    public static bool operator >(ClearScore a, ClearScore b) => a.CompareTo(b) > 0;
    public static bool operator <(ClearScore a, ClearScore b) => a.CompareTo(b) < 0;
    public static bool operator >=(ClearScore a, ClearScore b) => a.CompareTo(b) >= 0;
    public static bool operator <=(ClearScore a, ClearScore b) => a.CompareTo(b) <= 0;
    public static ClearScore operator +(ClearScore a, ClearScore b) => new(a.Builds + b.Builds, a.Kits + b.Kits, a.Promises + b.Promises, a.Money + b.Money);
    public static ClearScore operator -(ClearScore a, ClearScore b) => new(a.Builds - b.Builds, a.Kits - b.Kits, a.Promises - b.Promises, a.Money - b.Money);
}
