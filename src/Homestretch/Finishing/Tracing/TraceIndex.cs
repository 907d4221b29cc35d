namespace Homestretch.Finishing.Tracing;

/// <summary>Which units hold something of which lots, and which lots are in a unit: both ways at once, in the time it takes to read the answer. Grows as units are built and forgets nothing: a part that came out again was in.</summary>
/// <remarks>Lots and units are numbered as they come; what is added to a unit later lies apart. A unit's lots lie one after the other in one array; a lot's units in one of its own. For a unit of 17 parts that is about 140 bytes besides its serial number.</remarks>
public sealed class TraceIndex
{
    private readonly Dictionary<string, int> _units = new(StringComparer.Ordinal), _lots = new(StringComparer.Ordinal);
    private readonly List<string> _serials = [], _numbers = [];
    private readonly List<List<int>> _unitsOf = [];             // by lot, ascending
    private readonly List<int> _first = [0], _parts = [];       // by unit: where its lots begin; lots
    private readonly Dictionary<int, List<int>> _later = [];    // by unit: lots that were added afterwards

    public int Units => _serials.Count;
    public int Lots => _numbers.Count;

    /// <summary>All lots that are in some unit, as they came.</summary>
    public IReadOnlyList<string> Numbers => _numbers;

    /// <summary>Adds a unit, or to a unit that is there what it was not known to hold.</summary>
    /// <param name="lots">Lots of its parts, as item and number are written: <see cref="Key"/>. Repeats count once.</param>
    /// <returns>False when the unit was there already.</returns>
    public bool Add(string serial, IEnumerable<string> lots)
    {
        if (_units.TryGetValue(serial, out int known))
        {
            foreach (string lot in lots) More(known, Number(lot));
            return false;
        }
        int unit = _units[serial] = _serials.Count, begin = _parts.Count;
        _serials.Add(serial);
        foreach (string lot in lots)
        {
            int number = Number(lot);
            if (_parts.IndexOf(number, begin) >= 0) continue;
            _parts.Add(number);
            _unitsOf[number].Add(unit);
        }
        _first.Add(_parts.Count);
        return true;
    }

    private void More(int unit, int number)
    {
        if (_unitsOf[number].BinarySearch(unit) is var place && place >= 0) return;
        _unitsOf[number].Insert(~place, unit);
        if (!_later.TryGetValue(unit, out List<int>? later)) _later[unit] = later = [];
        later.Add(number);
    }

    private int Number(string lot)
    {
        if (_lots.TryGetValue(lot, out int number)) return number;
        _lots[lot] = number = _numbers.Count;
        _numbers.Add(lot);
        _unitsOf.Add([]);
        return number;
    }

    /// <summary>Serial numbers of the units that hold something of a lot, in the order in which they were built.</summary>
    public IEnumerable<string> UnitsOf(string lot) => _lots.TryGetValue(lot, out int number) ? _unitsOf[number].Select(u => _serials[u]) : [];

    /// <summary>Lots in a unit, as they were added; empty when there is no such unit.</summary>
    public IEnumerable<string> LotsOf(string serial) => _units.TryGetValue(serial, out int unit) ? Enumerable.Range(_first[unit], _first[unit + 1] - _first[unit]).Select(p => _parts[p]).Concat(_later.GetValueOrDefault(unit, [])).Select(l => _numbers[l]) : [];

    /// <summary>Units that hold something of any of these lots, each once, in the order in which they were built.</summary>
    public IReadOnlyList<string> UnitsOf(IEnumerable<string> lots)
    {
        var found = new SortedSet<int>();
        foreach (string lot in lots)
            if (_lots.TryGetValue(lot, out int number)) found.UnionWith(_unitsOf[number]);
        return [.. found.Select(u => _serials[u])];
    }

    /// <summary>How a lot of an item is named here: numbers of different suppliers may be the same.</summary>
    public static string Key(string item, string lot) => $"{item}|{lot}";

    /// <summary>Item and lot of a <see cref="Key"/>.</summary>
    public static (string Item, string Lot) Named(string key) => key.IndexOf('|', StringComparison.Ordinal) is var at ? (key[..at], key[(at + 1)..]) : default;
}
