using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>The live counterpart of one machine: a fold over what it says. Immutable; the same readings in the same batches give the same twin.</summary>
/// <remarks>Time runs forward only: a reading older than the last one is true from the last one on (history has it at its own time).
/// A state holds until another one is told or the connection is lost. Reports by exception are the rule, so silence alone says nothing.</remarks>
public sealed record MachineTwin
{
    private const int HoursKept = 25;
    private const double HalfLifeHours = 24, LeastIntervalHours = 0.25;
    private static readonly Duration s_day = Duration.FromHours(24);

    /// <summary>A machine that has said nothing.</summary>
    public static MachineTwin Unknown { get; } = new();

    /// <summary>Its state; no data is one.</summary>
    public MachineState State { get; init; } = MachineState.NoData;

    /// <summary>When the state began; null: it has said nothing.</summary>
    public Instant? Since { get; init; }

    /// <summary>The reason last told; of a lost connection ours.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Time of the latest thing it said; null: it has said nothing.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Good pieces of the lot at work; null: not told.</summary>
    public long? Produced { get; init; }

    /// <summary>Rejected pieces of the lot at work; null: not told.</summary>
    public long? Rejected { get; init; }

    /// <summary>Good pieces per hour as the machine measures them; null: not told, or it does not know.</summary>
    public double? RatePerHour { get; init; }

    /// <summary>Running hours left, survived nine times in ten; null: no statement.</summary>
    public double? RemainingP10Hours { get; init; }

    /// <summary>Running hours left, median; null: no statement.</summary>
    public double? RemainingP50Hours { get; init; }

    /// <summary>The lot at work; empty: none, or not told.</summary>
    public string Lot { get; init; } = "";

    /// <summary>The production run at work; empty: none, or not told.</summary>
    public string Run { get; init; } = "";

    /// <summary>Good pieces per running hour by our own count; null before the first count.</summary>
    public RateEstimate? Pace { get; init; }

    /// <summary>Good pieces counted that are not in the pace yet.</summary>
    public long UnpacedPieces { get; init; }

    /// <summary>Running time that is not in the pace yet.</summary>
    public Duration UnpacedTime { get; init; }

    /// <summary>The last day and the hour at hand, ascending; hours in which nothing was known to pass are not in it.</summary>
    public IReadOnlyList<HourSpent> Hours { get; init; } = [];

    /// <summary>The twin after a batch of readings in the order sent.</summary>
    /// <param name="heard">Latest time in the batch the readings came with, be it of metrics that say nothing here.</param>
    /// <param name="idealPiecesPerHour">The machine's rate at its best: what the pace is assumed to be before it is measured.</param>
    public MachineTwin Fold(IReadOnlyList<MachineReading> readings, Instant heard, double idealPiecesPerHour)
    {
        MachineTwin twin = this;
        foreach (MachineReading reading in readings) twin = twin.Add(reading, idealPiecesPerHour);
        return twin.Until(heard);
    }

    /// <summary>The connection is lost: what follows is not known.</summary>
    public MachineTwin Lost(Instant at, string reason) => Until(at).Enter(MachineState.NoData, at) with { Reason = reason };

    /// <summary>Effectiveness over the 24 hours up to now, whole clock hours; the state is taken to hold until now.</summary>
    public Oee Oee(Instant now, double idealPiecesPerHour) => Machines.Oee.Of(HoursUntil(now).Where(h => h.Hour > now - s_day), idealPiecesPerHour);

    /// <summary>Its hours up to now; the state is taken to hold until now. None of a machine that has said nothing.</summary>
    public IReadOnlyList<HourSpent> HoursUntil(Instant now) => AsOf is null ? [] : Until(now).Hours;

    /// <summary>The twin with hours of its last day told again; the hour at hand stays as it is.</summary>
    public MachineTwin Corrected(IReadOnlyList<HourSpent> hours)
    {
        if (AsOf is not { } asOf) return this;
        Instant current = HourSpent.Begin(asOf), oldest = current - Duration.FromHours(HoursKept - 1);
        var all = new SortedDictionary<Instant, HourSpent>();
        foreach (HourSpent h in Hours) all[h.Hour] = h;
        foreach (HourSpent h in hours.Where(h => h.Hour >= oldest && h.Hour < current)) all[h.Hour] = h;
        return this with { Hours = [.. all.Values] };
    }

    private MachineTwin Add(MachineReading r, double idealPiecesPerHour)
    {
        MachineTwin twin = Until(r.At);
        return r.Kind switch
        {
            ReadingKind.State => Words.Find<MachineState>(r.Text) is { } state ? twin.Enter(state, r.At) : twin,
            ReadingKind.Reason => twin with { Reason = r.Text },
            ReadingKind.Run => twin with { Run = r.Text },
            ReadingKind.Lot => twin with { Lot = r.Text },
            ReadingKind.Produced => Whole(r.Value) is { } pieces ? twin.Made(pieces, idealPiecesPerHour) : twin,
            ReadingKind.Rejected => Whole(r.Value) is { } bad ? twin.Count(0, Rise(Rejected, bad)) with { Rejected = bad } : twin,
            ReadingKind.Rate => twin with { RatePerHour = Told(r.Value) },
            ReadingKind.RemainingP10 => twin with { RemainingP10Hours = Told(r.Value) },
            ReadingKind.RemainingP50 => twin with { RemainingP50Hours = Told(r.Value) },
            _ => throw new ArgumentOutOfRangeException(nameof(r), r.Kind, "Unknown kind of reading."),
        };
    }

    private MachineTwin Enter(MachineState state, Instant at) =>
        state == State && Since is not null ? this : this with { State = state, Since = Instant.Max(at, AsOf ?? at), AsOf = AsOf ?? at };

    /// <summary>The twin with time passed in its state and nothing told.</summary>
    private MachineTwin Until(Instant at)
    {
        if (AsOf is not { } from) return this with { AsOf = at };
        if (at <= from) return this;
        List<HourSpent> hours = [.. Hours];
        Instant oldest = HourSpent.Begin(at) - Duration.FromHours(HoursKept - 1);
        for (Instant t = Instant.Max(from, oldest); t < at;)
        {
            Instant hour = HourSpent.Begin(t), next = Instant.Min(at, hour + Duration.FromHours(1));
            if (hours.Count == 0 || hours[^1].Hour != hour) hours.Add(new HourSpent { Hour = hour });
            hours[^1] = hours[^1].With(State, next - t);
            t = next;
        }
        hours.RemoveAll(h => h.Hour < oldest);
        return this with { AsOf = at, Hours = hours, UnpacedTime = State == MachineState.Running ? UnpacedTime + (at - from) : UnpacedTime };
    }

    private MachineTwin Made(long pieces, double idealPiecesPerHour)
    {
        long rise = Rise(Produced, pieces), waiting = UnpacedPieces + rise;
        MachineTwin twin = Count(rise, 0) with { Produced = pieces, UnpacedPieces = waiting, Pace = Pace ?? new RateEstimate(idealPiecesPerHour, HalfLifeHours) };
        return UnpacedTime.TotalHours < LeastIntervalHours ? twin
            : twin with { Pace = twin.Pace.Value.Add(waiting, UnpacedTime.TotalHours), UnpacedPieces = 0, UnpacedTime = Duration.Zero };
    }

    private MachineTwin Count(long good, long bad)
    {
        if (good == 0 && bad == 0) return this;
        Instant hour = HourSpent.Begin(AsOf!.Value);
        List<HourSpent> hours = [.. Hours];
        if (hours.Count == 0 || hours[^1].Hour != hour) hours.Add(new HourSpent { Hour = hour });
        hours[^1] = hours[^1] with { Good = hours[^1].Good + good, Bad = hours[^1].Bad + bad };
        return this with { Hours = hours };
    }

    /// <summary>A counter that fell was set back to 0; the first count says nothing of when its pieces were made.</summary>
    private static long Rise(long? before, long now) => before is null ? 0 : now >= before ? now - before.Value : now;

    private static double? Told(double value) => double.IsFinite(value) ? value : null;

    private static long? Whole(double value) => value is >= 0 and < 1e15 ? (long)value : null;
}
