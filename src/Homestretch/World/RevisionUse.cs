namespace Homestretch.World;

/// <summary>What a build may do with a part of some revision.</summary>
public enum RevisionUse
{
    /// <summary>It may go in as it is.</summary>
    Usable,

    /// <summary>It may be picked, and is reworked in a step of work on the unit before it goes in.</summary>
    ReworkAtBench,

    /// <summary>Not before it is reworked.</summary>
    Rework,

    /// <summary>The revision is newer than this build takes.</summary>
    NotYet,

    /// <summary>It may not go in, and is not reworked.</summary>
    Unusable,

    /// <summary>Nobody knows: the part's revision, or on which side of a change it falls, is not known.</summary>
    Unknown,
}

/// <summary>What changes in force say of a part in a build.</summary>
/// <param name="By">The change that says so; null where no change forbids anything.</param>
/// <param name="Asked">Revision that the build asks for; empty where it asks for none, or nobody knows.</param>
public sealed record RevisionVerdict(RevisionUse Use, EngineeringChange? By, string Asked)
{
    internal static RevisionVerdict Free { get; } = new(RevisionUse.Usable, null, "");

    /// <summary>Whether a plan may count on the part: what nobody knows does not forbid it.</summary>
    public bool Counts => Use is RevisionUse.Usable or RevisionUse.ReworkAtBench or RevisionUse.Unknown;
}

/// <summary>A build, as changes see it.</summary>
/// <param name="Family">Family that it finishes.</param>
/// <param name="Within">Its market and those around it, the nearest first.</param>
/// <param name="Day">Day on which it begins, local to its hub; null: nobody knows.</param>
/// <param name="Serial">Serial number of the unit; empty: it has none yet.</param>
public sealed record RevisionBuild(string Family, IReadOnlyList<string> Within, NodaTime.LocalDate? Day, string Serial = "");
