using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>What a kind of machine says in each reading, by name and in this order.</summary>
/// <param name="Settings">What it was told to do: speed, altitude, tool, material. May be empty.</param>
/// <param name="Sensors">What it felt while doing it; at least one.</param>
public sealed record SensorNames(ImmutableArray<string> Settings, ImmutableArray<string> Sensors)
{
    /// <summary>The same names in the same order.</summary>
    public bool Same(SensorNames other) => Settings.AsSpan().SequenceEqual(other.Settings.AsSpan()) && Sensors.AsSpan().SequenceEqual(other.Sensors.AsSpan());
}

/// <summary>All readings of one machine, or of one part of it, from new on.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Cycles">Age at each reading, rising: cycles or running hours.</param>
/// <param name="Values">Reading after reading: its settings, then its sensors; NaN where unknown.</param>
public sealed record UnitHistory(string Unit, ImmutableArray<double> Cycles, ImmutableArray<float> Values)
{
    /// <summary>How many readings there are.</summary>
    public int Count => Cycles.Length;

    /// <summary>Settings and sensors of one reading.</summary>
    public ReadOnlySpan<float> Reading(int index) => Values.AsSpan(index * (Values.Length / Cycles.Length), Values.Length / Cycles.Length);

    /// <summary>Age left at a reading when the last one is the end.</summary>
    public double Left(int index) => Cycles[^1] - Cycles[index];

    /// <summary>Its first readings only.</summary>
    public UnitHistory First(int count) => new(Unit, Cycles[..count], Values[..(count * (Values.Length / Cycles.Length))]);
}

/// <summary>Machines of one kind, each from new on: until it failed where a model is fitted, until now where it is judged.</summary>
public sealed record FailureHistory(SensorNames Names, ImmutableArray<UnitHistory> Units);
