using NodaTime;

namespace Homestretch.Arrivals.History;

/// <summary>Deliveries laid out for questions about what was known on a day. A line's plan (all but its delivery) is known from its
/// as-of day on, its delivery from the day it was known; a line past its schedule and not delivered is known to be late.</summary>
public sealed class DeliveryBook
{
    /// <summary>A day that never comes.</summary>
    public const int Never = int.MaxValue;

    private readonly int[] _asOf, _scheduled, _delivered, _known, _shipment;

    /// <param name="deliveries">In any order; the book sorts them by schedule and line.</param>
    public DeliveryBook(IEnumerable<Delivery> deliveries)
    {
        Deliveries = [.. deliveries.OrderBy(static d => d.Scheduled).ThenBy(static d => d.Line, StringComparer.Ordinal)];
        _asOf = [.. Deliveries.Select(static d => Day(d.AsOf))];
        _scheduled = [.. Deliveries.Select(static d => Day(d.Scheduled))];
        _delivered = [.. Deliveries.Select(static d => d.Delivered is { } day ? Day(day) : Never)];
        _known = [.. Deliveries.Select(static d => d.Delivered is null ? Never : Day(d.Known ?? d.Delivered.Value))];
        _shipment = Numbered(Deliveries.Select(static d => d.Shipment.Length > 0 ? d.Shipment : "line " + d.Line));
    }

    /// <summary>By schedule, then line.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    public int Count => Deliveries.Count;

    /// <summary>A day as a number that can be subtracted: days since 1970-01-01.</summary>
    public static int Day(LocalDate day) => Period.DaysBetween(s_epoch, day);

    private static readonly LocalDate s_epoch = new(1970, 1, 1);

    /// <summary>Day on which a line's delay is forecast, as a number.</summary>
    public int AsOf(int line) => _asOf[line];

    /// <summary>Scheduled day of a line, as a number.</summary>
    public int Scheduled(int line) => _scheduled[line];

    /// <summary>Number of the shipment that a line belongs to.</summary>
    public int Shipment(int line) => _shipment[line];

    /// <summary>Day on which the delivery is known; <see cref="Never"/> when that is not in the book.</summary>
    public int KnownOn(int line) => _known[line];

    /// <summary>Whether the delivery was known on a day.</summary>
    public bool Arrived(int line, int day) => _known[line] <= day;

    /// <summary>Days against the schedule as known on a day: of a line that is out, at least those that have passed.</summary>
    public int Delay(int line, int day) => (Arrived(line, day) ? _delivered[line] : day) - _scheduled[line];

    /// <summary>Lines with the same word, in the book's order, by the line; empty for a line whose word is empty.</summary>
    internal int[][] Alike(Func<Delivery, string> word)
    {
        int[] numbers = Numbered(Deliveries.Select(word));
        var members = new List<int>[numbers.Length == 0 ? 0 : numbers.Max() + 1];
        for (int i = 0; i < numbers.Length; i++) (members[numbers[i]] ??= []).Add(i);
        int[][] laid = [.. members.Select(static m => m.ToArray())];
        return [.. numbers.Select((n, i) => word(Deliveries[i]).Length > 0 ? laid[n] : [])];
    }

    private static int[] Numbered(IEnumerable<string> words)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. words.Select(w => numbers.TryGetValue(w, out int n) ? n : numbers[w] = numbers.Count)];
    }
}
