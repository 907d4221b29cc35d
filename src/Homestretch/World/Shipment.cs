using NodaTime;

namespace Homestretch.World;

/// <summary>What carries lots along a lane.</summary>
public sealed record Shipment(Key<Shipment> Key, Key<Party> Party, Key<Lane> Lane, string Container, string Vessel) : IRecord<Shipment>
{
    public static string TableName => "shipments";
    public static string TableDoc => "What carries lots along a lane: a container, a truck, an air waybill.";
    public string Id => Key.Value;

    public static Shipment Shape(Fields f, Shipment? x) => new(
        f.Own("shipment", x?.Key, "Shipment number, unique."),
        f.Ref("party", x?.Party, "Carrier or forwarder."),
        f.Ref("lane", x?.Lane, "Lane it travels."),
        f.Text("container", x?.Container, "Container number; empty when none or unknown.", ""),
        f.Text("vessel", x?.Vessel, "Vessel, flight or truck; empty when unknown.", ""));
}

/// <summary>DCSA event classifier.</summary>
public enum Classifier { Planned, Estimated, Actual }

public enum Edge { Begin, End }

/// <summary>The begin or end of one lane step of one shipment, as one source has it.</summary>
/// <param name="Source">Party that says so.</param>
/// <param name="Reported">When it said so; the age of the information.</param>
public sealed record Milestone(Key<Shipment> Shipment, int Sequence, Edge Edge, Classifier Classifier, Key<Party> Source, Key<Party> Party,
    Instant At, Instant Reported) : IRecord<Milestone>
{
    /// <summary>The source that our own forecast of delays speaks by: it has seen nothing of a shipment, and what it says is the brand owner's alone.</summary>
    public static Key<Party> DelayModel { get; } = "DELAY-MODEL";

    /// <summary>Whether the source can have seen how far the step is.</summary>
    internal bool Observed => Source != DelayModel;

    public static string TableName => "milestones";
    public static string TableDoc => "The begin or end of a lane step of a shipment: planned, estimated or actual, with its source and age.";
    public string Id => $"{Shipment}|{Sequence:00}|{(int)Edge}|{(int)Classifier}|{Source}";

    public static Milestone Shape(Fields f, Milestone? x) => new(
        f.Ref("shipment", x?.Shipment, "Shipment."),
        f.Whole("sequence", x?.Sequence, "Lane step."),
        f.Choice("edge", x?.Edge, "Whether the step begins or ends."),
        f.Choice("classifier", x?.Classifier, "Planned, estimated or actual."),
        f.Ref("source", x?.Source, "Party that says so."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Moment("at", x?.At, "When it happens or happened."),
        f.Moment("reported", x?.Reported, "When the source said so."));
}
