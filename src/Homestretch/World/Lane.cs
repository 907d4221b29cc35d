namespace Homestretch.World;

public enum Mode { Sea, Air, Rail, Road, Courier, None }

public enum StepKind { Wait, Leg, Customs, Receive }

/// <summary>A route between two sites.</summary>
public sealed record Lane(Key<Lane> Key, Key<Party> Party, string Name, Key<Site> From, Key<Site> To) : IRecord<Lane>
{
    public static string TableName => "lanes";
    public static string TableDoc => "A route from a supplier's site to a hub.";
    public string Id => Key.Value;

    public static Lane Shape(Fields f, Lane? x) => new(
        f.Own("lane", x?.Key, "Short code of the lane, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Ref("from", x?.From, "Site where goods are handed over."),
        f.Ref("to", x?.To, "Hub where they arrive."));
}

/// <summary>One dated part of a lot's way: waiting for a sailing, a leg by one mode, customs, receiving.</summary>
/// <param name="Sequence">1 is the first step after making.</param>
/// <param name="To">Site where the step ends.</param>
/// <param name="P50Days">Median duration, days; with <paramref name="P90Days"/> a lognormal time, constant when equal.</param>
/// <param name="OnTime">Share of mass at exactly the median or before ('on time'); null: none.</param>
/// <param name="EveryDays">Wait only: days between departures; null: no schedule.</param>
public sealed record LaneStep(Key<Lane> Lane, int Sequence, Key<Party> Party, StepKind Kind, Mode Mode, Key<Party>? Carrier, Key<Site> To,
    decimal P50Days, decimal P90Days, decimal? OnTime, decimal? EveryDays) : IRecord<LaneStep>
{
    public static string TableName => "lane_steps";
    public static string TableDoc => "A step of a lane, with its lead-time distribution.";
    public string Id => $"{Lane}|{Sequence:00}";

    public static LaneStep Shape(Fields f, LaneStep? x) => new(
        f.Ref("lane", x?.Lane, "Lane."),
        f.Whole("sequence", x?.Sequence, "Order of the step; 1 is the first after making."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Choice("kind", x?.Kind, "What happens in the step."),
        f.Choice<Mode>("mode", x?.Mode, "Mode of transport; none where nothing moves.", Mode.None),
        f.OptionalRef("carrier", x?.Carrier, "Party that carries or handles; empty when unknown."),
        f.Ref("to", x?.To, "Site where the step ends."),
        f.Number("p50_days", x?.P50Days, "Median duration, days."),
        f.Number("p90_days", x?.P90Days, "90th percentile of the duration, days; equal to the median: constant."),
        f.OptionalNumber("on_time", x?.OnTime, "Share of lots, 0 to 1, that take exactly the median; empty: none."),
        f.OptionalNumber("every_days", x?.EveryDays, "Wait only: days between departures; the wait then follows from the schedule. Empty: no schedule."));
}

/// <summary>How strongly a step of a lane follows a common factor of its place, carrier or supplier in that month.</summary>
/// <param name="Weight">Loading l in [0, 1]; the squares over one step sum to at most 1.</param>
public sealed record Loading(Key<Lane> Lane, int Sequence, string Factor, Key<Party> Party, decimal Weight) : IRecord<Loading>
{
    public static string TableName => "loadings";
    public static string TableDoc => "How strongly a lane step (sequence 0: making) follows a common factor, drawn anew each calendar month.";
    public string Id => $"{Lane}|{Sequence:00}|{Factor}";

    public static Loading Shape(Fields f, Loading? x) => new(
        f.Ref("lane", x?.Lane, "Lane."),
        f.Whole("sequence", x?.Sequence, "Step; 0 is making."),
        f.Part("factor", x?.Factor, "Name of the factor: a place, carrier or supplier that several lots share."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("weight", x?.Weight, "Loading, 0 to 1; squares over one step sum to at most 1."));
}
