namespace Homestretch.Buffering;

/// <summary>What a set of futures says of a choice of buffers.</summary>
/// <param name="Whole">Share of kits whole on their day, over kinds in proportion.</param>
/// <param name="Worst">The same of the kind that it is lowest for.</param>
/// <param name="OnTime">By part, share of futures in which it is there.</param>
/// <param name="Gates">By part, share of the late kits that it holds: the part that comes last.</param>
internal sealed record KitsCounted(double Whole, double Worst, double[] OnTime, double[] Gates)
{
    /// <param name="late">One row a part, seconds late before the buffers.</param>
    /// <param name="buffers">Seconds by part.</param>
    public static KitsCounted Of(HubKits hub, int[][] late, ReadOnlySpan<double> buffers)
    {
        int futures = late.Max(static r => r.Length), n = hub.Parts.Count;
        double[] gates = new double[n], onTime = new double[n];
        double whole = 0, worst = 1, lateKits = 0;
        for (int i = 0; i < n; i++)
            foreach (int second in late[i]) onTime[i] += second <= buffers[i] ? 1 : 0;
        foreach (KitKind kind in hub.Kinds)
        {
            int kept = 0;
            for (int s = 0; s < futures; s++)
            {
                int gate = -1;
                double last = 0;
                foreach (int i in kind.Parts)
                    if (late[i][s] - buffers[i] is var behind && behind > last) (gate, last) = (i, behind);
                if (gate < 0) kept++;
                else gates[gate] += kind.Units;
            }
            whole += kept * (double)kind.Units;
            lateKits += (futures - kept) * (double)kind.Units;
            worst = Math.Min(worst, kept / (double)futures);
        }
        for (int i = 0; i < n; i++)
        {
            onTime[i] = late[i].Length == 0 ? 0 : onTime[i] / late[i].Length;
            gates[i] = lateKits == 0 ? 0 : gates[i] / lateKits;
        }
        return new(whole / futures / hub.Units, worst, onTime, gates);
    }
}
