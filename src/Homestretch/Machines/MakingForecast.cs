using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>When the lot at work on a machine will be made.</summary>
/// <param name="FailuresUnknown">Nothing is known of the machine's life: the dates are too good.</param>
/// <param name="FailedFirst">Share of futures in which the machine fails, or is down, before the lot is done.</param>
public readonly record struct MakingForecast(Instant P50, Instant P90, bool FailuresUnknown, Share FailedFirst)
{
    private const int Samples = 256;
    private static readonly StageTime s_changeover = StageTime.Of(1 / 24.0, 2 / 24.0);

    /// <summary>Plays the machine forward from t until the pieces are made.</summary>
    /// <param name="piecesLeft">Good pieces still to make at the twin's last count, which is of whole pieces.</param>
    /// <param name="seed">Names the futures; the same seed gives the same answer.</param>
    /// <remarks>Rate: our own count, else the machine's word, else the ideal one less the rejects counted, if they were. Life: the machine's P10 and P50 where it states them,
    /// else failures without memory at the stated mean. A changeover takes one hour, two at P90: nobody states it.</remarks>
    public static MakingForecast Of(MachineTwin twin, MachineFacts facts, double piecesLeft, Instant t, ulong seed)
    {
        Span<int> ready = stackalloc int[Samples];
        ReadyForecast forecast = ReadyDate.Sample(Outlook(twin, facts, t), t, new Draws(seed), [new MachineWork(Math.Max(0, piecesLeft), Counted: true)], ready);
        ready.Sort();
        return new(At(ready, 0.5), At(ready, 0.9), forecast.FailuresUnknown, forecast.FailedFirst);

        Instant At(ReadOnlySpan<int> sorted, double p) => t + Duration.FromSeconds(sorted[(int)Math.Ceiling(p * Samples) - 1]);
    }

    private static MachineOutlook Outlook(MachineTwin twin, MachineFacts facts, Instant t)
    {
        Share? yield = twin.Produced is { } good ? Yield.Of(good, twin.Rejected) : null;
        double pace = twin.Pace is { Hours: > 0 } measured ? measured.PiecesPerHour : twin.RatePerHour is > 0 and { } told ? told : facts.IdealPiecesPerHour * (yield?.Value ?? 1);
        Life repaired = facts.BetweenFailuresHours is > 0 and { } mean ? Life.Weibull.OfMean(mean) : new Life.Unknown();
        Life life = twin is { RemainingP10Hours: > 0 and { } p10, RemainingP50Hours: { } p50 } && p50 >= p10 ? Life.Stated.OfPercentiles(p10, p50, repaired) : repaired;
        return new(StableHash.Of("machine", facts.Machine), twin.State, twin.Since, Instant.Min(twin.AsOf ?? t, t), Math.Max(pace, 1e-6), Math.Min(1, twin.Pace?.RelativeSpread ?? 0),
            life, StageTime.Of(facts.RepairP50Hours / 24, Math.Max(facts.RepairP50Hours, facts.RepairP90Hours) / 24), s_changeover, [], Yield: yield);
    }
}
