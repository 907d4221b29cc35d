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
    /// <remarks>What a delay model said of lots is left out: the truth is drawn from the lots' ways, which know nothing of it.</remarks>
    /// <param name="seed">Names the truth, and with the policy's own seed the planner's futures: many futures must not all be judged by one
    /// sample of what might happen.</param>
    /// <param name="told">Hears every batch of events that is put into the world, in order.</param>
    /// <param name="course">What goes wrong and what is done about it; null: what lanes, machines and suppliers know of themselves, and nothing.</param>
    public static Played Play(Snapshot world, Instant start, SimulationPolicy policy, ulong seed, GivenTruth? given = null, Action<IReadOnlyList<WorldEvent>>? told = null, Course? course = null) =>
        new Player(Unforetold(world), start, policy with { Plan = policy.Plan with { Seed = StableHash.Join(policy.Plan.Seed, seed), SourcesAsOf = start } }, seed, given ?? GivenTruth.Nothing, told, course).Play();

    private static Snapshot Unforetold(Snapshot world) => world.LotDelays.Count == 0 ? world
        : world.Apply([.. world.LotDelays.Select(static d => new WorldEvent.Removed(TableKind.For(d), d.Id, "a simulation draws the truth without it"))]).World;
}
