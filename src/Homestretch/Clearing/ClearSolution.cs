namespace Homestretch.Clearing;

/// <summary>Where each job of a <see cref="ClearProblem"/> is put.</summary>
/// <param name="Row">Row of each job that has a start; -1 for the others.</param>
/// <param name="StartWork">Working second on the row's line; -1 for none. A protected job that is not released stays beyond the horizon or where it is.</param>
internal sealed record ClearSolution(int[] Row, int[] StartWork, ClearScore Score)
{
    /// <summary>Jobs whose work ends within the horizon, by job.</summary>
    public IEnumerable<int> Released(ClearProblem problem) =>
        Enumerable.Range(0, Row.Length).Where(j => Row[j] >= 0 && StartWork[j] + problem.Rows.WorkSeconds[Row[j]] <= problem.HorizonWork[problem.Rows.OrderLine[Row[j]]]);
}

/// <summary>A solution with how far it can be from the best there is.</summary>
/// <param name="MostKits">No release list has more weighted kits than this: proven.</param>
/// <param name="MostPromises">With so many kits, none saves more promises (hundredths): proven; null while kits themselves may be more.</param>
/// <param name="Exact">True when it was proven best in all three by an exact solver.</param>
internal sealed record Cleared(ClearSolution Best, long MostKits, long? MostPromises, bool Exact)
{
    /// <summary>Share of the weighted kits by which a better list could exceed this one; 0: none can.</summary>
    public double Gap => Best.Score.Kits == 0 ? (MostKits == 0 ? 0 : 1) : (MostKits - Best.Score.Kits) / (double)Best.Score.Kits;
}
