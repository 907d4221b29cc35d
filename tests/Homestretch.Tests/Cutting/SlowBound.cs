using Homestretch.Cutting;
using Homestretch.Cutting.Kernel;

namespace Homestretch.Tests.Cutting;

/// <summary>The bound of forward messages said again, slowly: from the last stage to the first, each least is taken over all values. It holds for any messages, since what is left after each step is nowhere below 0.</summary>
internal static class SlowBound
{
    public static double Of(PlacementProblem p, PlacementMessages messages)
    {
        double bound = 0;
        var backToOut = new Dictionary<(int Stage, int Slot), double[]>();      // of a link, back to the service time before it
        for (int i = p.Count - 1; i >= 0; i--)
        {
            double[] service = messages.PairForward(i).ToArray();
            for (int a = 0; a < p.After[i].Length; a++) service = [.. service.Zip(backToOut[(i, a)], static (x, y) => x + y)];
            bound += Taken(service);
            double[] back = new double[p.MostIn[i] + 1];
            for (int inbound = 0; inbound < back.Length; inbound++)
                back[inbound] = Enumerable.Range(0, Math.Min(p.MostOut[i], inbound + p.Times[i]) + 1)
                    .Min(s => service[s] / Math.Max(1, p.After[i].Length) - messages.PairForward(i)[s] + p.Weights[i] * Math.Sqrt(inbound + p.Times[i] - s));
            bound += Taken(back);
            foreach (int j in p.Before[i])
                for (int x = 0; x < back.Length; x++) back[x] += messages.LinkForward(j, Array.IndexOf(p.After[j], i))[x];
            bound += Taken(back);
            foreach (int j in p.Before[i])
            {
                int slot = Array.IndexOf(p.After[j], i);
                double[] told = new double[p.MostOut[j] + 1];
                for (int s = 0; s < told.Length; s++)
                    told[s] = Enumerable.Range(s, Math.Max(0, back.Length - s)).Min(x => back[x] / Math.Max(1, p.Before[i].Length) - messages.LinkForward(j, slot)[x]);
                bound += Taken(told);
                backToOut[(j, slot)] = told;
            }
        }
        return bound;
    }

    private static double Taken(double[] values)
    {
        double least = values.Min();
        for (int k = 0; k < values.Length; k++) values[k] -= least;
        return least;
    }
}
