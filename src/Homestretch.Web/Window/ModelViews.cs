using Homestretch.Learning;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>Where a version of a model stands.</summary>
public enum ModelState
{
    /// <summary>Kept, and used by nobody.</summary>
    Candidate,
    /// <summary>The one that is used.</summary>
    InForce,
    /// <summary>Was in force and can be again.</summary>
    Retired,
}

/// <summary>How a version came here.</summary>
public enum ModelOrigin { Trained, Uploaded }

/// <summary>What came of a training.</summary>
public enum TrainingOutcome
{
    /// <summary>It goes on.</summary>
    Running,
    /// <summary>There was too little to learn from, and nothing was trained.</summary>
    NotEnough,
    /// <summary>The version it made is in force.</summary>
    InForce,
    /// <summary>The version it made is a candidate: it is worse than what is in force, or was not put in force by itself.</summary>
    Candidate,
    /// <summary>It gave the model that is kept already.</summary>
    Same,
    Failed,
}

/// <summary>One model with its versions: of one kind, for one subject.</summary>
/// <param name="Subject">A kind of machine, or 'deliveries'.</param>
/// <param name="InForce">The version in force; null: none.</param>
/// <param name="Newest">The newest version when none is in force, to show something of it.</param>
/// <param name="Machines">Machines of the subject's kind; null where it is not about machines.</param>
public sealed record ModelRow(ModelKind Kind, string Subject, ModelVersionRow? InForce, ModelVersionRow? Newest, int Versions, int Candidates, IReadOnlyList<ModelUse> Users, TrainingRow? Training, int? Machines)
{
    /// <summary>How links name it.</summary>
    public string Key => $"{World.Words.Of(Kind)}/{Subject}";
}

/// <param name="Hash">SHA-256 of card and payload, hexadecimal: what names it in files and at edges.</param>
/// <param name="Since">Since when it stands where it stands.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="Looks">What its trees ask most.</param>
public sealed record ModelVersionRow(int Version, ModelState State, Instant Since, string Reason, ModelOrigin Origin, Instant Made, string MadeBy, string Hash, long Bytes, ModelCardView Card, IReadOnlyList<ForestUse> Looks);

/// <summary>A model's card: what it is for, what it learned from, how it did on what it had not seen.</summary>
/// <param name="Figures">By name, as the file has them.</param>
public sealed record ModelCardView(string About, Instant Made, string Data, string From, string To, int Records, IReadOnlyDictionary<string, double> Figures);

/// <summary>Who uses a model.</summary>
/// <param name="Who">An edge, or 'the planner'.</param>
/// <param name="Version">Version of the register that it has; null: one that is not in the register.</param>
/// <param name="Wanted">Version that it is to have; null: the same.</param>
public sealed record ModelUse(string Who, int? Version, int? Wanted);

/// <summary>An edge that could be given a model.</summary>
/// <param name="Machines">Its party's machines of the model's kind.</param>
/// <param name="Replaces">It is to have another model now, in whose place this one would come.</param>
public sealed record ModelTaker(string Edge, int Machines, bool Replaces);

/// <param name="Version">The version that it made; 0: none.</param>
public sealed record TrainingRow(Instant At, string AskedBy, TrainingOutcome Outcome, int Version, IReadOnlyList<string> Said);

/// <summary>One model with all its versions, newest first.</summary>
/// <param name="Rule">When a version that was trained here is put in force by itself.</param>
/// <param name="Next">When it is trained next by itself; null: never.</param>
/// <param name="Back">The version that rolling back would put in force; null: there is none.</param>
/// <param name="Takers">Edges that could be given it.</param>
public sealed record ModelDetail(ModelRow Row, IReadOnlyList<ModelVersionRow> Versions, string Rule, LocalDate? Next, int? Back, IReadOnlyList<ModelTaker> Takers);
