using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>Plays the customers and the sales desk: new orders arrive and are promised a date, a few change, fewer are cancelled.</summary>
internal sealed class Customers(Stage stage)
{
    /// <summary>Days that sales adds to what the plan says, at most; some sell tighter than others.</summary>
    private const double MostRoomDays = 5;
    private const double ChangesPerDay = 0.5, CancelsPerDay = 0.25;
    private readonly SortedSet<string> _unpromised = new(stage.World.OrderLines.Where(o => o.Status == OrderStatus.Approved && !stage.World.Promises.Contains($"{o.Id}|001")).Select(static o => o.Id), StringComparer.Ordinal);
    private int _next = 1 + stage.World.OrderLines.Select(static o => Number(o.Id)).DefaultIfEmpty(7000).Max();

    public void Play()
    {
        double days = (stage.Now - stage.Before).TotalDays;
        long minute = stage.Now.ToUnixTimeSeconds() / 60;
        if (stage.Draw.Chance($"order|{minute}", Demand.OrdersPerDay * days)) Order();
        Promise();
        if (stage.Draw.Chance($"change|{minute}", ChangesPerDay * days) && Some($"which|{minute}") is { } changed)
            stage.Put(stage.Draw.Chance($"how|{minute}", 0.5) ? changed with { Requested = changed.Requested + Duration.FromDays(stage.Draw.Whole($"by|{minute}", 2, 7)) }
                : changed with { Quantity = Math.Max(1, changed.Quantity + stage.Draw.Of<int>($"by|{minute}", [-1, 1, 2])) });
        if (stage.Draw.Chance($"cancel|{minute}", CancelsPerDay * days) && Some($"gone|{minute}") is { } gone) stage.Put(gone with { Status = OrderStatus.Cancelled });
    }

    private void Order()
    {
        string order = $"SO-{_next++}";
        Instant wanted = stage.Now + Duration.FromDays(stage.Draw.Whole($"wanted|{order}", Demand.LeastNotice, Demand.MostNotice));
        foreach (OrderLine line in Demand.Order(stage.Draw, order, stage.Now, wanted))
        {
            stage.Put(line);
            _unpromised.Add(line.Id);
        }
    }

    /// <summary>Sales promises a date as soon as the plan has given the order a slot, with some days' room.</summary>
    private void Promise()
    {
        foreach (string key in _unpromised.ToArray())
        {
            if (stage.World.OrderLines.Find(key) is not { } line || stage.World.Promises.Contains($"{key}|001")) _unpromised.Remove(key);
            else if (stage.World.Builds.FirstOrDefault(b => b.OrderLine == line.Key) is { } build && stage.World.Markets.Find(line.Market) is { } market)
                stage.Put(Demand.Promised(line, build.End + Voyage.Days((double)market.OutboundP90Days + stage.Draw.Between($"room|{key}", 0, MostRoomDays)), stage.Now));
        }
    }

    /// <summary>An open order line that nobody has begun to build.</summary>
    private OrderLine? Some(string key)
    {
        OrderLine[] open = [.. stage.World.OrderLines.Where(o => o.Status == OrderStatus.Approved && o.Requested > stage.Now + Duration.FromDays(14))];
        return open.Length == 0 ? null : stage.Draw.Of(key, open);
    }

    private static int Number(string key) => key.StartsWith("SO-", StringComparison.Ordinal) && int.TryParse(key.AsSpan(3, Math.Max(0, key.IndexOf('/', StringComparison.Ordinal) - 3)), out int n) ? n : 0;
}
