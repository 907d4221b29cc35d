using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays one assembly line: follows the builds the server has planned where there are any, otherwise builds first promised,
/// first built; takes parts out of stock and completes orders.</summary>
internal sealed class Hub(Stage stage, AssemblyLine line)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[stage.World.Sites[line.Site].TimeZone];
    private string _building = "";
    private double _minutesLeft;
    private Instant _nextLook = Instant.MinValue;

    public void Play()
    {
        double minutes = OpenMinutes(stage.Before, stage.Now);
        while (minutes > 0)
        {
            if (_building.Length == 0 && (stage.Now < _nextLook || !Begin()))
            {
                // Nothing is whole: look again within the hour.
                if (stage.Now >= _nextLook) _nextLook = stage.Now + Duration.FromHours(1);
                return;
            }
            double worked = Math.Min(minutes, _minutesLeft);
            minutes -= worked;
            _minutesLeft -= worked;
            if (_minutesLeft <= 0) Complete();
        }
    }

    private bool Begin()
    {
        Build[] planned = [.. stage.World.Builds.Where(b => b.Line == line.Key && b.Status is OrderStatus.Approved or OrderStatus.Confirmed).OrderBy(static b => b.Start).ThenBy(static b => b.Id, StringComparer.Ordinal)];
        OrderLine? next = planned.Length > 0
            ? planned.Where(b => b.Start <= stage.Now).Select(b => stage.World.OrderLines[b.OrderLine]).FirstOrDefault(o => IsOpen(o) && Whole(o))
            : stage.World.OrderLines.Where(o => o.Hub == line.Site && IsOpen(o) && o.Requested < stage.Now + Duration.FromDays(10)).OrderBy(static o => o.Class).ThenBy(static o => o.Requested).ThenBy(static o => o.Id, StringComparer.Ordinal)
                .FirstOrDefault(o => !Taken(o) && Whole(o));
        if (next is null) return false;
        _building = next.Id;
        _minutesLeft = (double)(stage.World.Routings.Find($"{Catalogue.Family}|{line.Key}")?.MinutesPerUnit ?? 30) * next.Quantity;
        foreach (Part part in Catalogue.PartsOf(next.Market.Value, next.Options)) Take(part, next.Quantity * part.PerUnit, planned.FirstOrDefault(b => b.OrderLine == next.Key));
        stage.Put(BuildOf(next, planned.FirstOrDefault(b => b.OrderLine == next.Key)));
        return true;
    }

    private Build BuildOf(OrderLine order, Build? planned) => (planned ?? new(order.Id, Cast.Brand, order.Key, line.Key, order.Quantity, stage.Now, stage.Now, OrderStatus.Confirmed))
        with { Status = OrderStatus.Confirmed, Start = Voyage.Whole(stage.Now), End = Voyage.Whole(stage.Now + Duration.FromMinutes(Math.Round(_minutesLeft))) };

    private void Complete()
    {
        if (stage.World.Builds.FirstOrDefault(b => b.OrderLine.Value == _building && b.Status < OrderStatus.Completed) is { } build)
            stage.Put(build with { Status = OrderStatus.Completed, End = Instant.Max(build.Start, Voyage.Whole(stage.Now)) });
        if (stage.World.OrderLines.Find(_building) is { } order && IsOpen(order)) stage.Put(order with { Status = OrderStatus.Completed });
        _building = "";
    }

    private bool Taken(OrderLine order) => stage.World.Builds.Any(b => b.OrderLine == order.Key && b.Status == OrderStatus.Confirmed);

    private static bool IsOpen(OrderLine order) => order.Status is OrderStatus.Approved or OrderStatus.Confirmed;

    private bool Whole(OrderLine order) => Catalogue.PartsOf(order.Market.Value, order.Options)
        .All(p => OnHand(p.Item).Sum(static s => s.Quantity.Value) >= order.Quantity * p.PerUnit);

    private IEnumerable<Stock> OnHand(string item) => stage.World.Stock.StartingWith($"{line.Site}|{item}|").Where(static s => s.Status == StockStatus.Available && s.Quantity.Value > 0);

    /// <summary>Takes parts out of stock: the pegged lots first, then the oldest.</summary>
    private void Take(Part part, decimal quantity, Build? build)
    {
        var pegged = build is null ? [] : stage.World.Pegs.StartingWith($"{build.Key}|{part.Item}|").Select(static p => p.Supply).ToHashSet(StringComparer.Ordinal);
        foreach (Stock stock in OnHand(part.Item).OrderByDescending(s => pegged.Contains($"stock:{s.Id}") || pegged.Contains($"lot:{s.LotNumber}")).ThenBy(static s => s.LotNumber, StringComparer.Ordinal).ToArray())
        {
            decimal taken = Math.Min(quantity, stock.Quantity.Value);
            quantity -= taken;
            stage.Put(stock with { Quantity = stock.Quantity with { Value = stock.Quantity.Value - taken } });
            if (quantity <= 0) return;
        }
    }

    /// <summary>Open time of the line between two near moments, minutes.</summary>
    private double OpenMinutes(Instant from, Instant to)
    {
        double open = 0;
        for (LocalDate day = from.InZone(_zone).Date; day <= to.InZone(_zone).Date; day = day.PlusDays(1))
        {
            if (stage.World.Closures.Contains($"{line.Calendar}|{day:uuuu'-'MM'-'dd}")) continue;
            foreach (Shift shift in stage.World.Shifts.StartingWith($"{line.Calendar}|{(int)day.DayOfWeek}|"))
            {
                Instant opens = day.At(shift.Opens).InZoneLeniently(_zone).ToInstant(), closes = day.At(shift.Closes).InZoneLeniently(_zone).ToInstant();
                open += Math.Max(0, (Instant.Min(to, closes) - Instant.Max(from, opens)).TotalMinutes);
            }
        }
        return open;
    }
}
