using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>A study in the list.</summary>
/// <param name="FamilyName">As people call the product family; empty: of none in particular.</param>
/// <param name="Home">ISO 3166-1 alpha-2 countries that are home.</param>
/// <param name="Limits">Its own limits, as they are written.</param>
/// <param name="Findings">All that keeps it from being solved, each with the table and key of its record.</param>
public sealed record StudyRow(string Study, string Name, string FamilyName, IReadOnlyList<string> Home, int Stages, int Sources, IReadOnlyList<string> Limits, IReadOnlyList<Finding> Findings);

/// <summary>A study that ships with the product, to begin from.</summary>
/// <param name="Study">Key that its study has, and has in the company once it was begun.</param>
/// <param name="Here">The company has a study of that key already.</param>
public sealed record SampleRow(string Sample, string Study, string Name, string Note, int Stages, int Sources, bool Here);

/// <summary>A study with all that its screens need to name and draw.</summary>
/// <param name="Sourcing">The network with who could do each stage; null: it cannot be solved, for the findings of its row.</param>
/// <param name="Limits">What its own records ask for.</param>
/// <param name="Whys">Why each is asked for, by the limit as it is written.</param>
/// <param name="Obsolescence">Share of the value of stock for one demand that is lost in a year; null: unknown.</param>
/// <param name="Titles">Of stages that alone name an item: what people call it.</param>
/// <param name="Parties">Names of parties of its sources, by code.</param>
/// <param name="Places">Its places.</param>
public sealed record StudyView(StudyRow Of, string Currency, string Note, double DaysAYear, double HoldingRate, double? Obsolescence, SourcingStudy? Sourcing, IReadOnlyList<Limit> Limits, IReadOnlyDictionary<string, string> Whys,
    IReadOnlyDictionary<string, string> Titles, IReadOnlyDictionary<string, string> Parties, IReadOnlyDictionary<string, StudyPlace> Places);

/// <summary>A place of a study.</summary>
/// <param name="Title">As people call it.</param>
/// <param name="At">Where it is; null: it is no site, or nobody said where.</param>
public sealed record StudyPlace(string Place, string Title, string Country, MapPoint? At);

/// <summary>What to solve: a study within limits, which are a what-if and are written nowhere; or a design that is kept, to be opened as it is.</summary>
/// <param name="Limits">Of a kept design those that it was chosen within.</param>
/// <param name="Kept">Key of a kept design; null: the cheapest within the limits.</param>
public sealed record CutQuestion(string Study, IReadOnlyList<Limit> Limits, string? Kept = null)
{
    /// <summary>What stands before the key of a kept design in <see cref="Text"/>.</summary>
    public const string Design = "design:";

    /// <summary>The limits as text that <see cref="LimitWords"/> reads; 'none' when there is none; 'design:' and the key of a kept design.</summary>
    public string Text => Kept is { } design ? $"{Design}{design}" : Limits.Count == 0 ? "none" : string.Join(';', Limits.Select(LimitWords.Of));
}

/// <summary>How far a search is.</summary>
/// <param name="Cost">The best so far; null: nothing found yet.</param>
/// <param name="Bound">No choice costs less; null: nothing known yet.</param>
/// <param name="Design">The best so far itself, when it is new.</param>
/// <param name="Waiting">It waits for its turn.</param>
public sealed record CutProgress(double? Cost, double? Bound, CutDesign? Design, bool Waiting = false);

/// <summary>What came of a search, or of opening a kept design by the records of now.</summary>
/// <param name="Design">Null: nothing meets the limits, nothing was found in time, or records have changed so that a kept design does not open any more; findings say which.</param>
/// <param name="Findings">Of a kept design that opens: limits that it misses by now.</param>
/// <param name="Ended">It was ended before it was proven.</param>
public sealed record CutAnswer(CutDesign? Design, IReadOnlyList<Finding> Findings, double Seconds, bool Ended);

/// <summary>A design with the ways that it uses.</summary>
public sealed record CutDesign(Configuration Of, IReadOnlyList<CutWay> Ways);

/// <summary>A way between two places that a design uses.</summary>
/// <param name="Value">What crosses it in a year.</param>
/// <param name="Stages">Stages whose units go by it.</param>
/// <param name="Sites">Places of the lane that is known between them, first and last with it; empty: none is known.</param>
/// <param name="Sea">For each two neighbours of <paramref name="Sites"/> the way of ships, or null.</param>
public sealed record CutWay(string From, string To, double Value, IReadOnlyList<string> Stages, IReadOnlyList<MapSite> Sites, IReadOnlyList<IReadOnlyList<MapPoint>?> Sea);

/// <summary>Designs along one or two measures.</summary>
public sealed record CutFront(IReadOnlyList<FrontPoint> Points, IReadOnlyList<Finding> Findings);

/// <summary>Every place of the cut line.</summary>
public sealed record CutLines(IReadOnlyList<CutLevel> Levels, IReadOnlyList<Finding> Findings);

/// <summary>A design that is kept.</summary>
/// <param name="Limits">What it was chosen within.</param>
/// <param name="Cost">What a year was reckoned to cost when it was kept.</param>
/// <param name="Adopted">When it was adopted; null: not yet.</param>
public sealed record DesignRow(string Design, string Study, string Name, IReadOnlyList<Limit> Limits, decimal Cost, string Note, Instant Made, string By, Instant? Adopted, string AdoptedBy);

/// <summary>What adopting a kept design would do, by the records of now.</summary>
/// <param name="Cost">What a year costs now; null: it cannot be opened, for the findings.</param>
/// <param name="Ways">Ways to buy that it uses.</param>
/// <param name="Changes">Records that adopting writes, that it was adopted among them.</param>
/// <param name="Findings">What has changed since it was kept, and what adopting cannot do.</param>
public sealed record DesignReview(DesignRow Of, double? Cost, IReadOnlyList<DesignWay> Ways, int Changes, IReadOnlyList<Finding> Findings);

/// <summary>A way to buy that a design uses.</summary>
/// <param name="New">'new lane', 'new supplier', or nothing.</param>
/// <param name="Target">Units that should be free at the hub or on their way.</param>
public sealed record DesignWay(string Item, string ItemName, string HubName, string SupplierName, double Share, string Lane, string New, decimal Target);

/// <summary>A design to keep: the answer within limits.</summary>
/// <param name="Limits">As study_limits writes them.</param>
/// <param name="Note">The business case; it can be added when it is adopted.</param>
public sealed record KeepOrder(string Study, IReadOnlyList<string> Limits, string Name, string Note);

/// <summary>A kept design to adopt.</summary>
/// <param name="Note">The business case; empty: the one that was kept with it.</param>
public sealed record AdoptOrder(string Design, string Note);
