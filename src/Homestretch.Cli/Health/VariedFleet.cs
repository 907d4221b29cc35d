using System.Collections.Immutable;
using Homestretch.Machines.Health;

namespace Homestretch.Cli.Health;

/// <summary>A synthetic fleet under several operating conditions, made from real ones under one: each reading is put under a condition drawn at
/// random, which shifts and stretches every sensor in its own way. Wear and noise stay those of the real machine; the conditions are made up.</summary>
internal static class VariedFleet
{
    /// <param name="fleets">With the same settings and sensors; names keep units of several files apart.</param>
    public static FailureHistory Make(IReadOnlyList<(string Name, FailureHistory Fleet)> fleets, int conditions, ulong seed)
    {
        var draws = new Draws(seed);
        SensorNames names = fleets[0].Fleet.Names;
        int settings = names.Settings.Length, sensors = names.Sensors.Length;
        var (means, spreads) = Moments(fleets, settings, sensors);
        var units = new List<UnitHistory>();
        foreach (var (file, fleet) in fleets)
        {
            foreach (UnitHistory unit in fleet.Units)
            {
                string name = fleets.Count == 1 ? unit.Unit : $"{file}-{unit.Unit}";
                ulong key = StableHash.Of("condition", name);
                float[] values = [.. unit.Values];
                for (int r = 0; r < unit.Count; r++)
                {
                    int condition = (int)(draws.Bits(key, r) % (ulong)conditions), at = r * (settings + sensors);
                    for (int i = 0; i < settings; i++) values[at + i] = (float)(Place("setting", condition, i) * 40 + 0.01 * draws.Normal(StableHash.Join(key, (ulong)(i + 1)), r));
                    for (int i = 0; i < sensors; i++)
                    {
                        double shift = (Place("shift", condition, i) - 0.5) * Math.Max(0.4 * Math.Abs(means[i]), 20 * spreads[i]), stretch = 0.6 + 0.8 * Place("stretch", condition, i);
                        values[at + settings + i] = (float)(means[i] + shift + stretch * (values[at + settings + i] - means[i]));
                    }
                }
                units.Add(new(name, unit.Cycles, [.. values]));
            }
        }
        return new(names, [.. units]);

        double Place(string what, int condition, int i) => draws.Uniform(StableHash.Of(what), 100 * condition + i);
    }

    private static (double[] Means, double[] Spreads) Moments(IReadOnlyList<(string Name, FailureHistory Fleet)> fleets, int settings, int sensors)
    {
        double[] sums = new double[sensors], squares = new double[sensors], first = new double[sensors], counts = new double[sensors];
        foreach (UnitHistory unit in fleets.SelectMany(static f => f.Fleet.Units))
        {
            for (int r = 0; r < unit.Count; r++)
            {
                for (int i = 0; i < sensors; i++)
                {
                    double value = unit.Reading(r)[settings + i];
                    if (double.IsNaN(value)) continue;
                    if (counts[i]++ == 0) first[i] = value;
                    (sums[i], squares[i]) = (sums[i] + value - first[i], squares[i] + (value - first[i]) * (value - first[i]));
                }
            }
        }
        double[] off = [.. sums.Select((s, i) => s / Math.Max(1, counts[i]))];
        return ([.. off.Select((o, i) => first[i] + o)], [.. squares.Select((q, i) => Math.Sqrt(Math.Max(0, q / Math.Max(1, counts[i]) - off[i] * off[i])))]);
    }
}
