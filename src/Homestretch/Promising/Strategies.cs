using Homestretch.Promising.Kernel;
using Homestretch.World;

namespace Homestretch.Promising;

/// <summary>What a world's records say may be done with whom when everything is laid out anew.</summary>
internal sealed class Strategies
{
    private readonly Strategy[] _byClass = new Strategy[256];

    private Strategies(Snapshot world)
    {
        Array.Fill(_byClass, Strategy.Redistribute);
        foreach (ClassStrategy s in world.ClassStrategies) _byClass[Math.Clamp(s.Class, 1, 255)] = s.Strategy;
    }

    /// <summary>Null when the world has no strategies.</summary>
    public static Strategies? Of(Snapshot world) => world.ClassStrategies.Count == 0 ? null : new(world);

    public Strategy Of(OrderLine order) => _byClass[Math.Clamp(order.Class, 1, 255)];

    /// <summary>Whether an order line is laid out at all: what never gains and has no slot gets none by a re-plan. Placing what waits from what is left takes from nobody and is
    /// open to all.</summary>
    public bool Takes(Need need) => need.Held is not null || Of(need.Order) < Strategy.Fill;

    public byte[] Ranks(Need[] orders) => [.. orders.Select(n => Rank(Of(n.Order)))];

    /// <summary>By strategy, then by class: who goes before whom.</summary>
    public int Precedence(OrderLine order) => Rank(Of(order)) * 1_000 + Math.Clamp(order.Class, 1, 255);

    private static byte Rank(Strategy strategy) => strategy switch
    {
        Strategy.Win => AllocationLayers.Win,
        Strategy.Gain => AllocationLayers.Gain,
        Strategy.Redistribute => AllocationLayers.Redistribute,
        Strategy.Fill => AllocationLayers.Fill,
        _ => AllocationLayers.Lose,
    };
}
