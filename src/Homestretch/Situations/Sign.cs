using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What kind of evidence it is.</summary>
public enum SignKind
{
    /// <summary>A machine is down.</summary>
    Down,

    /// <summary>A machine is likely to fail before the lot at work is made.</summary>
    PredictedStop,

    /// <summary>A passage of the sea is closed.</summary>
    Closed,

    /// <summary>A planned moment has passed and nobody has said that it came about.</summary>
    Overdue,

    /// <summary>A step takes longer than it does nine times in ten.</summary>
    Outlasted,

    /// <summary>The newest word is older than usual.</summary>
    Silent,

    /// <summary>Outside estimates of one moment contradict each other.</summary>
    Contradiction,

    /// <summary>What lies at a hub, with what is bought and comes before, does not cover its builds.</summary>
    StockOut,

    /// <summary>A document that a market asks for lapses, has lapsed or is not yet in force.</summary>
    Lapse,
}

/// <summary>One thing that speaks for a cause: facts as the world has them, each with its moment. Closed: the cases are here. <see cref="SignText"/> says them in a sentence.</summary>
public abstract record Sign
{
    private Sign(SignKind kind, string subject, Instant? at, double? hours) => (Kind, Subject, At, Hours) = (kind, subject, at, hours);

    public SignKind Kind { get; }

    /// <summary>What it is a sign of: 'machine:KEY', 'passage:KEY', 'shipment:KEY', 'lot:KEY', 'part:HUB/ITEM', 'document:KEY'.</summary>
    public string Subject { get; }

    /// <summary>The moment from which on it is so, or is expected to be; null: none is known.</summary>
    public Instant? At { get; }

    /// <summary>Hours that it has lasted, that are left or that lie between; null: unknown.</summary>
    public double? Hours { get; }

    /// <param name="Reason">What the machine gave; empty: nothing.</param>
    public sealed record Down(Key<Machine> Machine, Instant Since, Duration Lasted, string Reason) : Sign(SignKind.Down, $"machine:{Machine}", Since, Lasted.TotalHours);

    /// <param name="P10Hours">Running hours that it survives nine times in ten; null: nobody states its life.</param>
    /// <param name="P50Hours">Median running hours left; null: the same.</param>
    /// <param name="FirstHours">Running hours until the lot at work is made.</param>
    /// <param name="AllHours">The same of all that is planned on it.</param>
    /// <param name="Fails">Share of futures in which it fails before the lot at work is made.</param>
    public sealed record PredictedStop(Key<Machine> Machine, Key<Lot> Lot, double? P10Hours, double? P50Hours, double FirstHours, double AllHours, Share Fails) : Sign(SignKind.PredictedStop, $"machine:{Machine}", null, P50Hours);

    /// <param name="Until">When ships enter again; null: nobody says.</param>
    /// <param name="Source">Who says so; empty: nobody knows.</param>
    public sealed record Closed(Passage Passage, Instant Since, Duration Lasted, Instant? Until, string Source, string Note) : Sign(SignKind.Closed, $"passage:{Words.Of(Passage)}", Since, Lasted.TotalHours);

    /// <param name="Step">Step of the lane; null: the lot is not made.</param>
    public sealed record Overdue(string Of, LaneStep? Step, Edge Edge, Instant Planned, Duration By) : Sign(SignKind.Overdue, Of, Planned, By.TotalHours);

    public sealed record Outlasted(string Of, LaneStep Step, Instant Begun, Duration Lasted) : Sign(SignKind.Outlasted, Of, Begun, Lasted.TotalHours);

    /// <param name="LastWord">Null: there was none since it left.</param>
    /// <param name="Lasted">Since the last word, or since the step began.</param>
    /// <param name="Usual">Silence that means nothing yet.</param>
    public sealed record Silent(string Of, Instant? LastWord, Duration Lasted, Duration Usual) : Sign(SignKind.Silent, Of, LastWord, Lasted.TotalHours);

    /// <param name="First">The earliest word on the end of the step.</param>
    /// <param name="Last">The latest.</param>
    public sealed record Contradiction(string Of, LaneStep Step, Milestone First, Milestone Last) : Sign(SignKind.Contradiction, Of, First.At, (Last.At - First.At).TotalHours);

    /// <param name="OnHand">What lies there and may be used.</param>
    /// <param name="Before">What was bought and is there in time for builds before, nine times in ten.</param>
    /// <param name="From">Planned start of the first build that is not covered.</param>
    /// <param name="OrderLine">Of that build.</param>
    /// <param name="Next">The first lot bought that comes later; null: nothing more is bought.</param>
    /// <param name="NextP90">By when it is there nine times in ten.</param>
    public sealed record StockOut(Key<Site> Hub, Key<Item> Item, Quantity OnHand, Quantity Before, Instant From, Duration Ahead, Key<OrderLine> OrderLine, Key<Lot>? Next, Instant? NextP90) : Sign(SignKind.StockOut, $"part:{Hub}/{Item}", From, Ahead.TotalHours);

    /// <param name="From">Since when, or from when on, units may not leave.</param>
    /// <param name="Until">When they may again; null: nobody knows.</param>
    /// <param name="Ahead">From now; negative: it has been so for that long.</param>
    public sealed record Lapse(Key<Document> Document, Instant From, Instant? Until, Duration Ahead) : Sign(SignKind.Lapse, $"document:{Document}", From, Ahead.TotalHours);
}
