using Homestretch.Cutting.Sourcing;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Studies of where to cut a product; null for who may not see supply and money or is not the brand owner, as for all that follows.</summary>
    IReadOnlyList<StudyRow>? Studies();

    /// <summary>Studies that ship with the product, to begin from; null for who may not bring records in.</summary>
    IReadOnlyList<SampleRow>? StudySamples();

    /// <summary>Writes a sample's study into the company. Told with the key of the study; refused where its keys are in use.</summary>
    Task<Told> BeginStudy(string sample, CancellationToken cancel);

    /// <summary>One of them; null when there is none.</summary>
    StudyView? Study(string study);

    /// <summary>The cheapest design within limits, remembered while the study stands, or the kept design that the question names, by the records of now. A search that is ended tells the best so far. Null: there is no such study.</summary>
    /// <param name="told">Hears how far it is, on a thread of the search.</param>
    Task<CutAnswer?> SolveCut(CutQuestion question, Action<CutProgress> told, CancellationToken cancel);

    /// <summary>The design of a question as it was last told, also where its search was ended; that of the search that runs for it; else solved. Null: there is no such study.</summary>
    Task<CutAnswer?> DesignOfCut(CutQuestion question, CancellationToken cancel);

    /// <summary>What each limit costs, and then what the loss of each country and party would cost, each as it is found.</summary>
    Task WeighCut(CutQuestion question, Action<LimitPrice> price, Action<Loss> loss, CancellationToken cancel);

    /// <summary>What every other source of a stage would cost; null: it cannot be told.</summary>
    Task<IReadOnlyList<Alternative>?> WhyCut(CutQuestion question, string stage, CancellationToken cancel);

    /// <summary>Designs along one measure or two, each told as it is found; null: there is no such study.</summary>
    Task<CutFront?> FrontOfCut(CutQuestion question, IReadOnlyList<Axis> axes, int points, Action<FrontPoint> found, CancellationToken cancel);

    /// <summary>Every place of the cut line, without limits; null: there is no such study.</summary>
    /// <param name="obsolescence">Share of the value of stock for one demand that is lost in a year.</param>
    Task<CutLines?> LinesOfCut(string study, double obsolescence, CancellationToken cancel);

    /// <summary>Designs within limits when all stages have one service level, each of those given; null: there is no such study.</summary>
    Task<IReadOnlyList<LevelPoint>?> LevelsOfCut(CutQuestion question, IReadOnlyList<double> levels, CancellationToken cancel);

    /// <summary>Designs of a study that are kept, newest first; of all studies when it is empty. Null for who may not see them.</summary>
    IReadOnlyList<DesignRow>? Designs(string study);

    /// <summary>Keeps the answer within limits as a record.</summary>
    Task<Told> KeepDesign(KeepOrder order, CancellationToken cancel);

    /// <summary>What adopting a kept design would do; null: there is none such.</summary>
    Task<DesignReview?> ReviewDesign(string design, CancellationToken cancel);

    /// <summary>Adopts a kept design: its lanes, ways to buy and stock targets are the live planner's from then on. All or none.</summary>
    Task<Told> AdoptDesign(AdoptOrder order, CancellationToken cancel);

    /// <summary>What came of trying a design last, or how far that is; null: it was not tried since the server started, or is not this person's to see.</summary>
    TrialView? Trial(CutQuestion question);

    /// <summary>Plays a design through the live planner beside the company as it is, one trial at a time on a server; ends the one before it of the same design.</summary>
    Task<Told> TryDesign(CutQuestion question, TrialOrder order, CancellationToken cancel);

    /// <summary>Ends a trial that waits or runs.</summary>
    Told EndTrial(CutQuestion question);
}
