using Homestretch.Machines.Health;

namespace Homestretch.Cli.Demo;

/// <summary>A failure history for the demonstration: parts of the kinds that wear in it, simulated from new until they failed, one reading an hour. Shapes, levels and noise
/// are laid on what the real signals show (Signals/README.md), but none of these parts is real, and none is the part that the demonstration plays.</summary>
internal static class SimulatedParts
{
    public const int Count = 60;

    /// <summary>What an edge reads of such a part, by the names of its metrics: mm/s, degrees Celsius, ampere.</summary>
    public static SensorNames Names { get; } = new([], ["Vibration", "Temperature", "Current"]);

    /// <param name="kind">A kind with a <see cref="Wear.TypicalLife"/>.</param>
    public static FailureHistory Make(WearKind kind, int count = Count, int seed = 1)
    {
        var draw = new Draw(seed);
        return new(Names, [.. Enumerable.Range(1, count).Select(i => Part(kind, draw, $"{kind}|{i}", i))]);
    }

    private static UnitHistory Part(WearKind kind, Draw draw, string key, int number)
    {
        double[] cycles;
        var values = new List<float>();
        if (kind == WearKind.CoolantPump)
        {
            // real engines: 147 to 216 cycles here, T50 up by 28 and Ps30 by 0.85 until failure, noise 3.8 and 0.1
            int life = (int)(216 * Math.Exp(0.18 * draw.Normal($"life|{key}")));
            double bend = 3.5 + 0.6 * draw.Normal($"bend|{key}"), t50 = 1402 + 3.5 * draw.Normal($"t50|{key}"), ps30 = 47.35 + 0.1 * draw.Normal($"ps30|{key}"), rise = 29 + 1.5 * draw.Normal($"rise|{key}");
            double vibration = draw.Between($"vibration|{key}", 1.3, 2.4);
            cycles = new double[life];
            for (int h = 0; h < life; h++)
            {
                double wear = (Math.Exp(bend * h / life) - 1) / (Math.Exp(bend) - 1);
                Add(h, vibration + 0.03 * draw.Normal($"v|{key}|{h}"), Wear.PumpTemperature(t50 + rise * wear + 3.8 * draw.Normal($"t|{key}|{h}")), Wear.PumpCurrent(ps30 + 0.9 * wear + 0.1 * draw.Normal($"p|{key}|{h}")));
            }
        }
        else
        {
            // the real bearing: 1.8 mm/s and noise of 0.03 for half of its 164 hours, then a rise late and in steps to about 6
            int life = (int)(164 * Math.Exp(0.2 * draw.Normal($"life|{key}")));
            double level = draw.Between($"level|{key}", 1.5, 2.3), begin = draw.Between($"begin|{key}", 0.45, 0.65), steep = 3 + 0.5 * draw.Normal($"steep|{key}"), wander = 0, temperature = draw.Between($"t50|{key}", 23, 30), current = draw.Between($"a|{key}", 40, 80);
            cycles = new double[life];
            for (int h = 0; h < life; h++)
            {
                double late = Math.Max(0, ((double)h / life - begin) / (1 - begin));
                wander = 0.93 * wander + 0.37 * draw.Normal($"w|{key}|{h}");
                double rise = late <= 0 ? 0 : (0.9 * Math.Sqrt(late) + 3.4 * Math.Pow(late, steep)) * Math.Exp(0.3 * wander);
                Add(h, level + rise + 0.03 * draw.Normal($"v|{key}|{h}"), temperature + 0.8 * draw.Normal($"t|{key}|{h}"), current + 0.6 * draw.Normal($"p|{key}|{h}"));
            }
        }
        return new($"simulated-{number}", [.. cycles], [.. values]);

        void Add(int hour, double vibration, double temperature, double current)
        {
            cycles[hour] = hour + 1;
            values.AddRange([(float)vibration, (float)temperature, (float)current]);
        }
    }
}
