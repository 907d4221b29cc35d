using Homestretch.Arrivals;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>A planned stop, seconds after t, half-open.</summary>
/// <param name="Renews">The work makes the machine's life start afresh.</param>
public readonly record struct PlannedStop(int From, int To, bool Renews);

/// <summary>A lot in a machine's queue.</summary>
/// <param name="Pieces">Still to make at <see cref="MachineOutlook.Counted"/>.</param>
/// <param name="NotBefore">Second after t before which its run is not planned to begin; the machine waits for it.</param>
/// <param name="Counted">Whole pieces were counted off while it was being made: of the next one an unknown part is done, drawn evenly from none to all of it.</param>
/// <param name="Key">Stable hash of the run, by which its rejects are drawn.</param>
public readonly record struct MachineWork(double Pieces, int NotBefore = MachineWork.AtOnce, bool Counted = false, ulong Key = 0)
{
    /// <summary>Begun, or to be begun as soon as the machine can.</summary>
    public const int AtOnce = -Horizon.Far;
}

/// <summary>What a ready date needs to know of a machine.</summary>
/// <param name="Key">Stable hash of the machine: all lots on it share its draws.</param>
/// <param name="Since">When the state began; null: unknown, no credit for time passed.</param>
/// <param name="Counted">When the pieces still to make were counted: production is played forward from here.</param>
/// <param name="PiecesPerHour">Median rate of good pieces while it runs, above 0.</param>
/// <param name="RateSpread">Standard deviation of ln rate, 0 or more.</param>
/// <param name="Repair">Duration of a repair, days.</param>
/// <param name="Changeover">Duration of a changeover, days.</param>
/// <param name="Stops">Planned stops, ascending, not overlapping.</param>
/// <param name="SilentStopped">No data: the chance that it stopped when it fell silent, for a repair that begins at t.</param>
/// <param name="Yield">Share of the pieces made that are good, above 0; null: unknown, so that no reject is drawn beside those that the rate leaves out already.</param>
public sealed record MachineOutlook(ulong Key, MachineState State, Instant? Since, Instant Counted, double PiecesPerHour,
    double RateSpread, Life Life, StageTime Repair, StageTime Changeover, IReadOnlyList<PlannedStop> Stops, double SilentStopped = 0.5, Share? Yield = null);

/// <summary>A span of one machine's future, seconds after t, half-open.</summary>
/// <param name="Lot">Index of the lot it runs for; -1 while it does not run.</param>
internal readonly record struct MachineSpan(double From, double To, MachineState State, int Lot, double PiecesPerHour);

/// <param name="FailuresUnknown">No failure was drawn because nothing is known of the machine's life: the dates are too good.</param>
/// <param name="FailedFirst">Share of futures in which it fails, or is down, before the first lot is done.</param>
public readonly record struct ReadyForecast(bool FailuresUnknown, Share FailedFirst);

/// <summary>When the lots on a machine will be made: remaining quantity over a drawn rate, drawn failures and repairs
/// between, planned stops around.</summary>
/// <remarks>Each sample plays one timeline of the machine, so its lots share rate, failures and repairs, and a lot
/// further back waits for the ones before. Idle: work begins at t. Down and changeover: the rest of a stop known to last
/// already. No data: in a share of futures it stopped; then none of the silent time counts as production. A failure
/// during a planned stop cannot happen: life runs down only while the machine runs. Maintenance begins the life afresh, also of a
/// machine that stands idle then, from the same draw: see docs/formulas/arrivals.md, Machines.</remarks>
public static class ReadyDate
{
    private const int MostStops = 10_000;
    private static readonly double s_surely = Math.BitDecrement(1.0);
    private const ulong Rate = 1, Silence = 2, Current = 3, Begun = 4, Rejected = 5, Failure = 16;

    /// <summary>Draws the ready times of a machine's lots in the order in which it makes them.</summary>
    /// <param name="queue">The lots in that order.</param>
    /// <param name="readyFlat">Lots x S seconds after t, lot by lot; never before t, at most <see cref="Horizon.Far"/>.</param>
    public static ReadyForecast Sample(MachineOutlook machine, Instant t, Draws draws, ReadOnlySpan<MachineWork> queue, Span<int> readyFlat)
    {
        if (queue.Length == 0 || readyFlat.Length % queue.Length != 0)
            throw new ArgumentException($"{readyFlat.Length} places do not divide among {queue.Length} lots.", nameof(readyFlat));
        int samples = readyFlat.Length / queue.Length, failed = 0;
        for (int s = 0; s < samples; s++)
        {
            var timeline = new Timeline(machine, t, draws, s);
            for (int lot = 0; lot < queue.Length; lot++)
            {
                readyFlat[lot * samples + s] = (int)Math.Clamp(Math.Ceiling(timeline.Make(queue[lot])), 0, Horizon.Far);
                if (lot == 0 && timeline.Failed && queue[0].Pieces > 0) failed++;
            }
        }
        return new ReadyForecast(machine.Life is Life.Unknown, new Share((double)failed / samples));
    }

    /// <summary>One future of a machine told in full: every span in which it runs, is down or stands still, in order.</summary>
    internal static IReadOnlyList<MachineSpan> Play(MachineOutlook machine, Instant t, Draws draws, int sample, ReadOnlySpan<MachineWork> queue)
    {
        var spans = new List<MachineSpan>();
        var timeline = new Timeline(machine, t, draws, sample) { Spans = spans };
        timeline.TellBegin();
        for (int lot = 0; lot < queue.Length; lot++) timeline.Make(queue[lot], lot);
        return spans;
    }

    /// <summary>One future of the machine; the clock is in seconds after t.</summary>
    private struct Timeline
    {
        private readonly MachineOutlook _machine;
        private readonly Draws _draws;
        private readonly int _sample;
        private readonly double _secondsPerPiece;
        private double _clock, _lifeLeft, _level, _ran;
        private bool _fresh;
        private int _failures, _nextStop;

        internal bool Failed { get; private set; }

        /// <summary>Where its spans are told; null: nobody listens.</summary>
        internal List<MachineSpan>? Spans { get; init; }

        internal Timeline(MachineOutlook machine, Instant t, Draws draws, int sample)
        {
            (_machine, _draws, _sample) = (machine, draws, sample);
            _secondsPerPiece = 3600 / (machine.PiecesPerHour * Math.Exp(machine.RateSpread * draws.Normal(Part(Rate), sample)));
            double counted = Math.Min(0, (machine.Counted - t).TotalSeconds);
            bool down = machine.State == MachineState.Down;
            if (machine.State == MachineState.NoData && draws.Uniform(Part(Silence), sample) < machine.SilentStopped)
                (_clock, Failed) = (machine.Repair.Quantile(U(Current)) * Horizon.SecondsPerDay, true);
            else if (down || machine.State == MachineState.Changeover)
                (_clock, Failed) = (Ends(down ? machine.Repair : machine.Changeover, t), down);
            else _clock = machine.State == MachineState.Idle ? 0 : counted;
            if (Failed) Begin(NextLevel());
            else (_level, _lifeLeft) = (U(Failure), machine.Life.Left(U(Failure)) * 3600);
        }

        /// <summary>Tells the stop that the machine is in at t.</summary>
        internal readonly void TellBegin() => Spans?.Add(new(Math.Min(0, _clock), _clock, Failed ? MachineState.Down : _machine.State == MachineState.Changeover ? MachineState.Changeover : MachineState.Idle, -1, 0));

        /// <summary>Plays on until so many more pieces are made; returns the clock.</summary>
        internal double Make(MachineWork lot, int index = 0)
        {
            double pieces = lot.Counted ? lot.Pieces - Math.Min(1, lot.Pieces) * U(Begun) : lot.Pieces, work = Work(pieces, lot.Key), perHour = 3600 * pieces / work;
            if (work <= 0) return 0;        // made already, whatever its machine does now
            if (lot.NotBefore > _clock)
            {
                Spans?.Add(new(_clock, lot.NotBefore, MachineState.Idle, -1, 0));
                _clock = lot.NotBefore;
            }
            for (int stops = 0; work > 0; stops++)
            {
                if (_clock >= Horizon.Far || stops > MostStops) return _clock = Horizon.Far;
                SkipPlannedStops();
                double untilStop = _nextStop < _machine.Stops.Count ? _machine.Stops[_nextStop].From - _clock : double.PositiveInfinity;
                double run = Math.Min(work, Math.Min(_lifeLeft, untilStop));
                Spans?.Add(new(_clock, _clock + run, MachineState.Running, index, perHour));
                (_clock, _lifeLeft, _ran, work) = (_clock + run, _lifeLeft - run, _ran + run, work - run);
                if (work > 0 && _lifeLeft <= 0) Break();
            }
            return _clock;
        }

        /// <summary>Seconds of running until so many good pieces are made. The rate is of good ones: among those made are as many rejects as the yield gives on average, here as many as this future has.</summary>
        private readonly double Work(double pieces, ulong key) => _machine.Yield is not { } yield || pieces <= 0 ? pieces * _secondsPerPiece
            : (pieces + Yield.Rejects(pieces, yield, U(StableHash.Join(Rejected, key)))) * _secondsPerPiece * yield.Value;

        private void SkipPlannedStops()
        {
            for (; _nextStop < _machine.Stops.Count && _machine.Stops[_nextStop].From <= _clock; _nextStop++)
            {
                var stop = _machine.Stops[_nextStop];
                if (stop.Renews) Renew();       // also while it stood idle or was under repair
                if (stop.To <= _clock) continue;
                Spans?.Add(new(_clock, stop.To, MachineState.Idle, -1, 0));
                _clock = stop.To;
            }
        }

        /// <summary>Life afresh. The level at which it ends, given that the machine has survived so far, is uniform again once it is divided by the
        /// share that has: no new draw is needed, and where the life has no memory the failure stays where it was drawn.</summary>
        private void Renew()
        {
            double survived = _fresh ? _machine.Life.FreshSurvival(_ran / 3600) : _machine.Life.Survival(_ran / 3600);
            Begin(Math.Min(_level / Math.Max(survived, double.Epsilon), s_surely));
        }

        private void Begin(double level) => (_level, _lifeLeft, _ran, _fresh) = (level, _machine.Life.Fresh(level) * 3600, 0, true);

        private void Break()
        {
            double repair = Math.Max(0, _machine.Repair.Quantile(U(Failure + 1 + 2 * (ulong)_failures))) * Horizon.SecondsPerDay;
            Spans?.Add(new(_clock, _clock + repair, MachineState.Down, -1, 0));
            _clock += repair;
            Failed = true;
            Begin(NextLevel());
        }

        private double NextLevel() => U(Failure + 2 + 2 * (ulong)_failures++);

        /// <summary>The end of a stop that has lasted since Since and is known to last at t.</summary>
        private readonly double Ends(StageTime stop, Instant t)
        {
            Instant since = _machine.Since ?? t;
            double elapsed = Math.Max(0, (t - since).TotalDays);
            return Math.Max(0, (since - t).TotalSeconds + stop.QuantileAfter(elapsed, 1 - U(Current)) * Horizon.SecondsPerDay);
        }

        /// <summary>Uniform; read as the share that survives, so a large one is a long life; and as 1 - u for repairs.</summary>
        private readonly double U(ulong part) => _draws.Uniform(Part(part), _sample);

        private readonly ulong Part(ulong part) => StableHash.Join(_machine.Key, part);
    }
}
