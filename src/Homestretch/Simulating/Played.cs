using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>One thing the plan said, a stated number of days before a build's planned start, beside what came of it.</summary>
/// <param name="HorizonDays">How long before its planned start: said at the first look at or within these days.</param>
/// <param name="Whole">P(kit by the planned start) as stated.</param>
/// <param name="WasWhole">Whether the kit that was pegged then was whole by the planned start of then.</param>
/// <param name="Dates">Stated dates at P50, P80, P90 and P95.</param>
/// <param name="Delivered">When the customer had it; null when it was not delivered before the simulation ended.</param>
public sealed record Statement(Key<OrderLine> OrderLine, int HorizonDays, Instant At, double Whole, bool WasWhole, Homestretch.Promising.Dates Dates, Instant? Delivered);

/// <summary>An order line's promises and what came of them.</summary>
/// <param name="Promises">Every version, in order.</param>
public sealed record PlayedOrder(OrderLine Order, IReadOnlyList<Promise> Promises, Instant? Delivered);

/// <summary>Stock of an item at a hub over the days played: sum of the units that lay there at each look times the days to the next, and what was used.</summary>
public sealed record PlayedStock(Key<Site> Hub, Key<Item> Item, double PieceDays, double Used);

/// <summary>One future played from beginning to end.</summary>
/// <param name="Undated">Times an open order line had no date at a look.</param>
public sealed record Played(ulong Seed, Instant Start, int Days, IReadOnlyList<Statement> Statements, IReadOnlyList<PlayedOrder> Orders,
    IReadOnlyList<PlayedStock> Stock, int Undated);
