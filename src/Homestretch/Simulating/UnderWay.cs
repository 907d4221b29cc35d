using Homestretch.Promising;
using Homestretch.Promising.Kernel;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>What lies on the lines when a future begins.</summary>
internal static class UnderWay
{
    /// <summary>Builds end when what is recorded of their units says: in the futures that are played nobody records units.</summary>
    public static IReadOnlyList<WorldEvent> Ends(Snapshot world, Instant t, PlanPolicy policy)
    {
        if (world.Units.Count == 0) return [];
        Links links = Links.Of(world);
        Needs? needs = null;
        var events = new List<WorldEvent>();
        foreach (Build build in world.Builds.Where(b => b is { Status: OrderStatus.Confirmed } && links.Units(world, b.Key).Any()))
        {
            if (world.OrderLines.Find(build.OrderLine) is not { } order || !Needs.Open(order) || (needs ??= new(world)).Of(world, links, order) is not { Progress: not null } need || need.Held!.Key != build.Key) continue;
            LineCalendar calendar = LineTimes.Of(world, world.AssemblyLines[build.Line], t, policy);
            events.Add(new WorldEvent.Put(build with { Start = Instant.Min(build.Start, t), End = Seconds.At(calendar.EndToCalendar(need.RemainingSeconds(calendar, t)), t) }));
        }
        return events;
    }
}
