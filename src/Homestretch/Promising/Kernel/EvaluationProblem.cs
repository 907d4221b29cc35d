namespace Homestretch.Promising.Kernel;

/// <summary>Builds with their pegs, in the sequence of their lines: what an evaluation turns into dates. Builds of line l are
/// [LineFirst[l], LineFirst[l + 1]) in planned sequence.</summary>
public sealed class EvaluationProblem
{
    public required LineCalendar[] Lines { get; init; }
    public required int[] LineFirst { get; init; }

    /// <summary>Open time of the line that each build takes, seconds.</summary>
    public required int[] WorkSeconds { get; init; }

    /// <summary>Planned start, calendar seconds after t; ascending within a line; may be negative.</summary>
    public required int[] PlannedStart { get; init; }

    /// <summary>Builds that keep their relative order.</summary>
    public required bool[] Confirmed { get; init; }

    /// <summary>Earliest start of each build, calendar seconds after t.</summary>
    public required int[] Release { get; init; }

    /// <summary>Pegs of build b are [PegFirst[b], PegFirst[b + 1]).</summary>
    public required int[] PegFirst { get; init; }

    /// <summary>The supply each peg draws on, an index into the futures.</summary>
    public required int[] PegSupply { get; init; }

    /// <summary>Row of <see cref="OutboundSeconds"/> added to each build's end; -1: none.</summary>
    public required int[] Outbound { get; init; }

    /// <summary>Sampled times from hub to customer, S values a row.</summary>
    public required int[][] OutboundSeconds { get; init; }

    /// <summary>Overtaking window W, seconds; 0: strict sequence.</summary>
    public required int Window { get; init; }

    public int BuildCount => WorkSeconds.Length;
    public int LineCount => Lines.Length;
}
