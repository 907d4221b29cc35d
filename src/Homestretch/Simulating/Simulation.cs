using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>Plays a world forward under a policy. The same world, start, policy, seed and given truth give the same result.</summary>
public static class Simulation
{
    /// <summary>Days before a build's planned start at which statements are taken, and before a promised date at which its promise is.</summary>
    public static IReadOnlyList<int> HorizonDays { get; } = [30, 14, 7];

    /// <summary>Plays one future.</summary>
    /// <param name="seed">Names the truth; the planner's own futures have the policy's seed.</param>
    public static Played Play(Snapshot world, Instant start, SimulationPolicy policy, ulong seed, GivenTruth? given = null) =>
        new Player(world, start, policy, seed, given ?? GivenTruth.Nothing).Play();
}
