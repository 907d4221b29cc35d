using Homestretch.Machines.Health;

namespace Homestretch.Cli.Health;

/// <summary>A synthetic fleet with logs of sensors, errors, maintenance and failures. Three parts wear by Weibull lives; a wearing part shows in the last days of its life by a sensor that drifts and errors that come more
/// often, one failure in five gives no sign. Parts are renewed by plan or after they failed. Nothing in it is measured.</summary>
internal static class LoggedFleet
{
    private const double EveryHours = 6, Days = 24;

    private sealed record Part(string Name, double MeanLifeDays, double Shape, double ServiceDays, double SignDays);

    private static readonly Part[] s_parts = [new("drive", 95, 2.5, 120, 7), new("spindle", 75, 2, 75, 5), new("pump", 130, 3, 150, 9)];

    public static IReadOnlyList<MachineLog> Make(int machines, int days, ulong seed) => [.. Enumerable.Range(1, machines).Select(m => Log($"machine-{m:000}", days, new(seed)))];

    private static MachineLog Log(string machine, int days, Draws draws)
    {
        var lines = new List<LogLine>();
        ulong key = StableHash.Of("logged", machine);
        int drawn = 0;
        double Uniform() => draws.Uniform(key, drawn++);
        double Normal() => draws.Normal(key, drawn++);
        double[] level = [50 + 4 * Normal(), 170 + 8 * Normal(), 3 + 0.2 * Normal()], wander = new double[3];
        var (renewed, life, signed) = (new double[3], new double[3], new bool[3]);
        for (int p = 0; p < 3; p++)
        {
            Renew(p, 0);
            renewed[p] = -Uniform() * 0.5 * life[p]; // machines do not all begin new
        }
        for (double hour = 0; hour < days * Days; hour += EveryHours)
        {
            for (int p = 0; p < 3; p++)
            {
                Part part = s_parts[p];
                double age = hour - renewed[p], left = life[p] - age, sign = signed[p] ? Math.Clamp(1 - left / (part.SignDays * Days), 0, 1) : 0;
                wander[p] = 0.9 * wander[p] + 0.4 * Normal();
                lines.Add(new(hour, LogKind.Sensor, $"{part.Name}_sensor", (float)(level[p] * (1 + 0.12 * sign * sign) + (p + 1) * (0.5 * wander[p] + 0.3 * Normal()) * (p == 2 ? 0.03 : 1))));
                if (Uniform() < 0.015 + 0.35 * sign) lines.Add(new(hour + EveryHours * 0.5 * Uniform(), LogKind.Error, $"{part.Name}_error", float.NaN));
                if (left <= EveryHours)
                {
                    lines.Add(new(hour + EveryHours * (0.5 + 0.4 * Uniform()), LogKind.Failure, part.Name, float.NaN));
                    Renew(p, hour + EveryHours);
                }
                else if (age > part.ServiceDays * Days && Uniform() < 0.1)
                {
                    lines.Add(new(hour + EveryHours * 0.95, LogKind.Maintenance, part.Name, float.NaN));
                    Renew(p, hour + EveryHours);
                }
            }
            if (Uniform() < 0.02) lines.Add(new(hour + EveryHours * Uniform(), LogKind.Error, "door_open", float.NaN));
        }
        return new(machine, [.. lines.OrderBy(static l => l.Hours).ThenBy(static l => l.Kind).ThenBy(static l => l.Name, StringComparer.Ordinal)], days * Days);

        void Renew(int p, double at) => (renewed[p], life[p], signed[p]) = (at, s_parts[p].MeanLifeDays * Days * Math.Pow(-Math.Log(Uniform()), 1 / s_parts[p].Shape) + 24, Uniform() > 0.2);
    }
}
