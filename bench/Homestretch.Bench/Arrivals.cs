using System.Diagnostics;
using Homestretch.Arrivals;
using NodaTime;

namespace Homestretch.Bench;

/// <summary>Cost of drawing arrivals, in nanoseconds of one core for one step of one sample, best of many short rounds, so that a busy machine disturbs it least;
/// and of preparing a lot. Shape: 200 lots of 5 steps, each on one of 40 lanes' distributions with two factors, S = 256.</summary>
internal static class Arrivals
{
    private const int Lots = 200, Steps = 5, Samples = 256, Lanes = 40, Rounds = 400;
    private static readonly Instant _t = Instant.FromUtc(2026, 3, 2, 6, 0);

    internal static int Run()
    {
        StageTime[] times = [.. Enumerable.Range(0, Lanes).Select(i => StageTime.Of(5 + i, (5 + i) * 1.3))];
        ArrivalStep[][] plain = [.. Enumerable.Range(0, Lots).Select(lot => Way(lot, times, 0))];
        ArrivalStep[][] one = [.. Enumerable.Range(0, Lots).Select(lot => Way(lot, times, 1))];
        ArrivalStep[][] two = [.. Enumerable.Range(0, Lots).Select(lot => Way(lot, times, 2))];
        var began = new Progress.Running(_t - Duration.FromDays(4), _t);
        ArrivalStep[][] running = [.. one.Select(way => (ArrivalStep[])[way[0] with { Progress = began }, .. way[1..]])];
        ArrivalStep[][] sailing = [.. one.Select(way => (ArrivalStep[])[way[0], way[1] with { Departures = _weekly }, .. way[2..]])];
        Report("no factor", plain);
        Report("one factor", one);
        Report("two factors", two);
        Report("one factor, first step running", running);
        Report("one factor, one wait for a sailing", sailing);
        var normals = new double[Samples];
        var draws = new Draws(1);
        Console.WriteLine($"normal draw alone{Best(() => { for (ulong k = 0; k < Lots * Steps; k++) draws.Normals(k, normals); }) / (Lots * Steps * Samples),36:0.00} ns");
        return 0;
    }

    private static readonly Sailings _weekly = new(1, [.. Enumerable.Range(0, 30).Select(w => _t + Duration.FromDays(7 * w))], 7);

    private static ArrivalStep[] Way(int lot, StageTime[] times, int factors) => [.. Enumerable.Range(0, Steps).Select(k => new ArrivalStep(
        StableHash.Join((ulong)lot, (ulong)k), times[(lot + 7 * k) % Lanes],
        [.. Enumerable.Range(0, factors).Select(f => new FactorLoading((ulong)(lot % 20 + 100 * f + k), 0.4))], new Progress.Ahead()))];

    private static void Report(string name, ArrivalStep[][] ways)
    {
        var sampler = new ArrivalSampler(_t, new Draws(1), Samples);
        PreparedLot[] lots = [];
        double prepare = Best(() => lots = [.. ways.Select(way => sampler.Prepare(way, _t))]);
        var arrivals = new int[Samples];
        double sample = Best(() => { foreach (var lot in lots) sampler.Sample(lot, arrivals); });
        Console.WriteLine($"{name,-36}{sample / (Lots * Steps * Samples),17:0.00} ns a step and sample, {prepare / Lots,8:0} ns to prepare a lot");
    }

    private static double Best(Action act)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long from = Stopwatch.GetTimestamp();
            act();
            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalNanoseconds);
        }
        return best;
    }
}
