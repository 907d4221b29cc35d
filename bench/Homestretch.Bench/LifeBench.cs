using System.Diagnostics;
using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;

namespace Homestretch.Bench;

/// <summary>What a reading and a judgement of remaining life cost one machine: a made-up fleet of the size of a C-MAPSS set (100 units,
/// 16 sensors, 100 curves, 300 trees, six networks).</summary>
internal static class LifeBench
{
    private const int Units = 100, Sensors = 16, Rounds = 20_000;

    public static int Run()
    {
        FailureHistory fleet = Fleet();
        var watch = Stopwatch.StartNew();
        LifeModel model = LifeFit.Fit(fleet, new(125, Folds: 3, Cuts: 5)).Model;
        Console.WriteLine($"fitted in {watch.Elapsed.TotalSeconds:0.0} s: {model.Conditions.Sensors.Length} sensors, {model.Directions.Count} directions, {model.Levels.Curves} curves");
        HealthTrack track = model.Track();
        UnitHistory unit = fleet.Units[0];
        for (int r = 0; r < 100; r++) track.Add(r, unit.Reading(r));
        float[] row = new float[LifeRow.Width(track.Channels)];
        double age = 100, checksum = 0;
        for (int round = 0; round < 3; round++)
        {
            double add = Cost(() => track.Add(age++, unit.Reading((int)age % 100)));
            double features = Cost(() => LifeRow.Write(track, model.Levels, model.Drifts, -1, row));
            double judge = Cost(() => checksum += model.Judge(track)!.P50);
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.Judge(track);
            Console.WriteLine($"reading {add:0.00} us, features {features:0.0} us, judgement with features {judge:0.0} us and {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
        return checksum >= 0 ? 0 : 1;
    }

    private static double Cost(Action act)
    {
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < Rounds; i++) act();
        return watch.Elapsed.TotalMicroseconds / Rounds;
    }

    private static FailureHistory Fleet()
    {
        var draws = new Draws(1);
        var units = new List<UnitHistory>();
        for (int u = 0; u < Units; u++)
        {
            ulong key = StableHash.Of("unit", $"{u}");
            double rate = 0.015 * Math.Exp(0.2 * draws.Normal(key, 0));
            int life = (int)(3 / rate), noise = 10;
            var values = new List<float>();
            for (int r = 1; r <= life; r++)
            {
                double wear = Math.Exp(rate * r - 3);
                for (int s = 0; s < Sensors; s++) values.Add((float)((s % 3 - 1.5) * 2 * wear * (u % 2 == 0 || s < 10 ? 1 : -1) + draws.Normal(key, noise++)));
            }
            units.Add(new($"{u}", [.. Enumerable.Range(1, life).Select(static r => (double)r)], [.. values]));
        }
        return new(new([], [.. Enumerable.Range(1, Sensors).Select(static s => $"s{s}")]), [.. units]);
    }
}
