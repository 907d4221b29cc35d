using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays one assembly line: builds what the plan has given a slot, in its order, as soon as the pegged parts lie there; a
/// build that is not whole at its turn is overtaken. Parts leave stock, and orders are done, when a build is complete.</summary>
internal sealed class Hub(Stage stage, AssemblyLine line)
{
    /// <summary>How far ahead of its slot a whole build may be taken when the line would stand still.</summary>
    private static readonly Duration s_ahead = Duration.FromDays(1);

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
        Build? next = stage.World.Builds.Where(b => b.Line == line.Key && b.Status is OrderStatus.Approved or OrderStatus.Confirmed && b.Start <= stage.Now + s_ahead)
            .OrderByDescending(static b => b.Status).ThenBy(static b => b.Start).ThenBy(static b => b.Id, StringComparer.Ordinal).FirstOrDefault(b => !IsTaken(b) && IsWhole(b));
        if (next is null) return false;
        _building = next.Id;
        _minutesLeft = (double)(stage.World.Routings.Find($"{Catalogue.Family}|{line.Key}")?.MinutesPerUnit ?? 30) * next.Quantity;
        stage.Put(next with { Status = OrderStatus.Confirmed, Start = Voyage.Whole(stage.Now), End = Voyage.Whole(stage.Now + Duration.FromMinutes(Math.Round(_minutesLeft))) });
        return true;
    }

    private void Complete()
    {
        if (stage.World.Builds.Find(_building) is { Status: < OrderStatus.Completed } build && !IsTaken(build) && stage.World.OrderLines.Find(build.OrderLine) is { } order)
        {
            var issued = new List<Issued>();
            foreach (Part part in Catalogue.PartsOf(order.Market.Value, order.Options)) Take(part, order.Quantity * part.PerUnit, build, issued);
            stage.Report([.. new FirstUnit(stage.World, stage.Draw).Of(build, order, issued, stage.Now)]);
            stage.Put(build with { Status = OrderStatus.Completed, End = Instant.Max(build.Start, Voyage.Whole(stage.Now)) });
            if (IsOpen(order)) stage.Put(order with { Status = OrderStatus.Completed });
        }
        _building = "";
    }

    private static bool IsOpen(OrderLine order) => order.Status is OrderStatus.Approved or OrderStatus.Confirmed;

    /// <summary>Whether the order is still wanted and everything pegged to its build lies in stock.</summary>
    private bool IsWhole(Build build) => stage.World.OrderLines.Find(build.OrderLine) is { } order && IsOpen(order)
        && Catalogue.PartsOf(order.Market.Value, order.Options).All(p => Fitting(p).SelectMany(i => Pegged(build, i)).Sum(static x => x.Peg.Quantity.Value) >= order.Quantity * p.PerUnit);

    /// <summary>The items that may be fitted for a part: its own, and what the plan may take in its stead.</summary>
    private IEnumerable<string> Fitting(Part part) => stage.World.ItemAlternates.StartingWith($"{part.Item}|").Select(static a => a.Alternate.Value).Prepend(part.Item);

    /// <summary>A build's pegs on stock that is there; a peg on a lot that has come in means that lot's stock.</summary>
    private IEnumerable<(Peg Peg, Stock Stock)> Pegged(Build build, string item)
    {
        foreach (Peg peg in stage.World.Pegs.StartingWith($"{build.Key}|{item}|"))
        {
            Stock? stock = peg.Supply.StartsWith("stock:", StringComparison.Ordinal) ? stage.World.Stock.Find(peg.Supply[6..])
                : OnHand(item).FirstOrDefault(s => peg.Supply == $"lot:{s.LotNumber}");
            if (stock is { Status: StockStatus.Available } && stock.Quantity.Value >= peg.Quantity.Value) yield return (peg, stock);
        }
    }

    private IEnumerable<Stock> OnHand(string item) => stage.World.Stock.StartingWith($"{line.Site}|{item}|").Where(static s => s.Status == StockStatus.Available && s.Quantity.Value > 0);

    /// <summary>Takes parts out of stock: what is pegged, then, where that has shrunk since, the oldest.</summary>
    private void Take(Part part, decimal quantity, Build build, List<Issued> issued)
    {
        foreach (var (peg, stock) in Fitting(part).SelectMany(i => Pegged(build, i)).ToArray()) From(stock, peg.Quantity.Value);
        foreach (Stock stock in OnHand(part.Item).OrderBy(static s => s.LotNumber, StringComparer.Ordinal).ToArray())
        {
            if (quantity <= 0) return;
            From(stock, stock.Quantity.Value);
        }

        void From(Stock stock, decimal most)
        {
            decimal taken = Issue(stock.Id, Math.Min(quantity, most));
            quantity -= taken;
            if (taken > 0) issued.Add(new(part, stock, taken));
        }
    }

    /// <summary>Takes from a row of stock as much as wanted and not in somebody's kit, out of its bins one after the other.</summary>
    private decimal Issue(string key, decimal wanted)
    {
        if (stage.World.Stock.Find(key) is not { } stock) return 0;
        BinStock[] lies = [.. stage.World.BinStock.StartingWith($"{stock.Site}|").Where(b => b.StockKey == key)];
        decimal issued = Math.Max(0, Math.Min(wanted, stock.Quantity.Value - lies.Where(InKit).Sum(static b => b.Quantity.Value))), left = issued;
        stage.Put(stock with { Quantity = stock.Quantity with { Value = stock.Quantity.Value - issued } });
        foreach (BinStock bin in lies.Where(static b => !InKit(b)))
        {
            decimal takes = Math.Min(left, bin.Quantity.Value);
            if (takes > 0) stage.Put(bin with { Quantity = bin.Quantity with { Value = bin.Quantity.Value - takes } });
            left -= takes;
        }
        return issued;
    }

    private static bool InKit(BinStock bin) => bin.Bin.StartsWith(BinStock.Kit, StringComparison.Ordinal);

    /// <summary>Somebody has picked for a build or begun a unit of it: it is theirs.</summary>
    private bool IsTaken(Build build) => stage.World.BinStock.StartingWith($"{line.Site}|{BinStock.Kit}{build.Key}|").Any(static b => b.Quantity.Value > 0) || stage.World.Units.Any(u => u.Build == build.Key);

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
