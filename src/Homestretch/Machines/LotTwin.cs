using Homestretch.World;
using NodaTime;

namespace Homestretch.Machines;

/// <summary>The live counterpart of one lot: a fold over what its machine says. Immutable.</summary>
public sealed record LotTwin
{
    private const double CountStep = 0.01;
    private static readonly Duration s_longest = Duration.FromMinutes(1);

    /// <summary>A lot of which nothing was heard.</summary>
    public static LotTwin Unknown { get; } = new();

    /// <summary>The machine that last worked on it; empty: none known.</summary>
    public string Machine { get; init; } = "";

    /// <summary>State of that machine when it was last heard.</summary>
    public MachineState MachineState { get; init; }

    /// <summary>Good pieces it is to have; null: not known.</summary>
    public double? Quantity { get; init; }

    /// <summary>Good pieces so far; null: not told.</summary>
    public long? Produced { get; init; }

    /// <summary>Rejected pieces so far; null: not told.</summary>
    public long? Rejected { get; init; }

    /// <summary>Good pieces per running hour by our own count; null: not counted yet.</summary>
    public double? PiecesPerHour { get; init; }

    /// <summary>When its making will be done, as forecast at <see cref="ForecastAt"/>; null: the quantity is not known, or it is done.</summary>
    public MakingForecast? Ready { get; init; }

    /// <summary>Time of the count behind <see cref="Ready"/>.</summary>
    public Instant? ForecastAt { get; init; }

    /// <summary>The twin after its machine has said how it stands; what is older than the last changes nothing.</summary>
    /// <param name="twin">The machine that works on it.</param>
    /// <param name="quantity">Good pieces the lot is to have; 0 or less: not known, so no date is forecast.</param>
    /// <param name="seed">Names the futures of the ready date.</param>
    public LotTwin Fold(MachineTwin twin, MachineFacts facts, double quantity, ulong seed)
    {
        if (twin.AsOf is not { } at || at < ForecastAt) return this;
        double? left = quantity > 0 && twin.Produced is { } made ? quantity - made : null;
        return new()
        {
            Machine = facts.Machine, MachineState = twin.State, Quantity = quantity > 0 ? quantity : null, Produced = twin.Produced, Rejected = twin.Rejected,
            PiecesPerHour = twin.Pace is { Hours: > 0 } pace ? pace.PiecesPerHour : null, ForecastAt = at,
            Ready = left is > 0 and { } pieces ? MakingForecast.Of(twin, facts, pieces, at, seed) : null,
        };
    }

    /// <summary>True when its machine has come so far that this twin should hear of it: another state, another machine, a hundredth of
    /// the lot made or rejected, the last piece, or a minute. A forecast costs too much to be made for every reading.</summary>
    public bool IsBehind(string machine, MachineTwin twin)
    {
        if (twin.AsOf is not { } at || at < ForecastAt) return false;
        return Machine != machine || MachineState != twin.State || ForecastAt is not { } last || at - last >= s_longest
            || Moved(Produced, twin.Produced) || Moved(Rejected, twin.Rejected) || (Ready is not null && twin.Produced >= Quantity);
    }

    private bool Moved(long? before, long? now) => before != now && (before is null || now is null || Quantity is not { } whole || Math.Abs(now.Value - before.Value) >= whole * CountStep);
}
