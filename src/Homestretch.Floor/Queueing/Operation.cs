using Homestretch.World;
using NodaTime;

namespace Homestretch.Floor.Queueing;

/// <summary>One thing that somebody did, as it is told to the hub. Fields as of <see cref="FloorOperation"/>.</summary>
/// <param name="Happened">By the device's clock, corrected by what was known of the server's when it was recorded.</param>
public sealed record Operation(FloorAct Act, string Operator, Instant Happened, string Item = "", string Revision = "", string LotNumber = "", decimal? Quantity = null, string From = "", string To = "", string Build = "", string Unit = "",
    string Step = "", string PartSerial = "", string Values = "", string Reason = "");

public enum EntryState
{
    /// <summary>The hub has not answered.</summary>
    Waiting,

    /// <summary>It was sent under another name of the app and never answered: it may have been done. A person decides.</summary>
    Unclear,

    Accepted,
    Refused,
}

/// <summary>An operation in the queue of the device.</summary>
/// <param name="Number">The device's running number: with the device's name the key under which the hub does it once. Never given twice.</param>
/// <param name="SentBy">Name of the app on this device under which it was sent; empty: never sent.</param>
/// <param name="ClockKnown">Whether the server's clock was known when it was recorded.</param>
/// <param name="Heard">When the hub heard of it.</param>
/// <param name="Answered">When the answer came, by the corrected clock.</param>
/// <param name="Seen">Somebody has seen that it was refused.</param>
/// <param name="Fault">Why the hub takes nothing in which it is; what came after it waits until a person decides. Empty: nothing is in the way.</param>
/// <param name="PhotoSaid">Why its photo cannot be sent; empty: nothing is in the way.</param>
public sealed record Entry(long Number, Operation Did, EntryState State = EntryState.Waiting, string SentBy = "", bool ClockKnown = true, string Rule = "", string Said = "", Instant? Heard = null, Instant? Answered = null, bool Seen = false, string PhotoSaid = "", string Fault = "")
{
    /// <summary>Whether somebody still has to do something about it.</summary>
    public bool Open => State is EntryState.Waiting or EntryState.Unclear || State == EntryState.Refused && !Seen || PhotoSaid.Length > 0;
}

/// <summary>What the hub says to one operation.</summary>
public sealed record Answer(long Number, FloorAnswer Verdict, string Rule, string Said, Instant Heard);
