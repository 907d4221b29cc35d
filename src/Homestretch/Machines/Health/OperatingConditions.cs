using System.Collections.Immutable;

namespace Homestretch.Machines.Health;

/// <summary>The ways in which a kind of machine is run, and what each sensor reads in each of them: a reading is told apart by its
/// settings and then measured against others made under the same condition.</summary>
/// <param name="Scale">One a setting, above 0: a distance of 1 in each.</param>
/// <param name="Centres">Condition after condition, one value a setting.</param>
/// <param name="Means">Condition after condition, one value a sensor that is used.</param>
/// <param name="Spreads">Likewise, standard deviations, above 0.</param>
/// <param name="Sensors">Indices of the sensors that are used: those that vary and that wear moves.</param>
public sealed record OperatingConditions(ImmutableArray<float> Scale, ImmutableArray<float> Centres, ImmutableArray<float> Means, ImmutableArray<float> Spreads, ImmutableArray<int> Sensors)
{
    /// <summary>How many conditions there are.</summary>
    public int Count => Means.Length / Sensors.Length;

    /// <summary>The condition whose settings are nearest; the first where there are no settings or one is unknown.</summary>
    public int Nearest(ReadOnlySpan<float> settings)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int c = 0; c < Count && Scale.Length > 0; c++)
        {
            double distance = 0;
            for (int i = 0; i < Scale.Length; i++)
            {
                double apart = (settings[i] - Centres[c * Scale.Length + i]) / Scale[i];
                distance += apart * apart;
            }
            if (distance < least) (least, nearest) = (distance, c);
        }
        return nearest;
    }

    /// <summary>Standard deviations from what each used sensor reads under the reading's condition; NaN where the sensor is unknown.</summary>
    /// <param name="reading">Settings, then sensors.</param>
    internal void Normalise(ReadOnlySpan<float> reading, Span<float> normal)
    {
        int settings = Scale.Length, first = Nearest(reading[..settings]) * Sensors.Length;
        for (int i = 0; i < Sensors.Length; i++) normal[i] = (reading[settings + Sensors[i]] - Means[first + i]) / Spreads[first + i];
    }
}
