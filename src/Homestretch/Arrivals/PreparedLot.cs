namespace Homestretch.Arrivals;

/// <summary>A lot's remaining steps, resolved at one t: made by <see cref="ArrivalSampler.Prepare"/>, read by any thread.</summary>
public sealed class PreparedLot
{
    internal PreparedLot(int start, IReadOnlyList<PreparedStep> steps, int firstStep, int? overdueStep) =>
        (Start, Steps, FirstStep, OverdueStep) = (start, steps, firstStep, overdueStep);

    /// <summary>Index of the first remaining step among the lot's steps; their number when the lot has arrived.</summary>
    public int FirstStep { get; }

    /// <summary>How many steps remain.</summary>
    public int Remaining => Steps.Count;

    /// <summary>The running step that has outlasted all but a millionth of its distribution, so that the facts have
    /// refuted the forecast: it is shown as due at any moment, and should be asked about. Null: none.</summary>
    public int? OverdueStep { get; }

    /// <summary>Seconds after t at which the first remaining step began or begins.</summary>
    internal int Start { get; }

    internal IReadOnlyList<PreparedStep> Steps { get; }
}

/// <param name="Table">Null: the step takes <paramref name="ConstantSeconds"/> in every sample.</param>
/// <param name="Outlasted">Score c of the elapsed time, which its own score is known to exceed; negative infinity: nothing has elapsed.</param>
/// <param name="Residual">sqrt(1 - sum l^2), the loading of the event's own draw.</param>
/// <param name="Factors">Rows of the factor draws; <paramref name="Weights"/> beside them.</param>
/// <param name="NotBefore">Wait for a departure: seen waiting at this second.</param>
/// <param name="Longer">Seconds on top of what the table says.</param>
/// <param name="Silent">Second up to which silence means that it had not ended: its end lies there or later.</param>
internal sealed record PreparedStep(ulong Event, ScoreTable? Table, int ConstantSeconds, double Outlasted, double Residual,
    double[][] Factors, double[] Weights, Timetable? Timetable, int NotBefore, int Silent, OpenTimes? Open, IReadOnlyList<Eta> Etas, int Longer);
