namespace Homestretch.World;

/// <summary>Where a lot stands with customs.</summary>
public enum CustomsStanding
{
    /// <summary>Nobody has said. It is no answer: a unit with it can claim nothing of duty.</summary>
    Unknown,

    /// <summary>In free circulation: duty was paid, or none was due.</summary>
    DutyPaid,

    /// <summary>In a bonded warehouse or free zone: duty falls due when it comes out into the territory.</summary>
    Bonded,

    /// <summary>Under inward processing: duty falls due unless what it goes into leaves the territory.</summary>
    InwardProcessing,

    /// <summary>Customs wants to see it, or a document of it: it may not be used at all.</summary>
    CustomsHold,
}
