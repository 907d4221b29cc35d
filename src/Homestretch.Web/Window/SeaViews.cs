using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="Until">When it opens again, if anybody knows; for closing.</param>
/// <param name="Source">Who says so.</param>
public sealed record PassageOrder(Passage Passage, bool Close, Instant? Until, string Source, string Note);

/// <param name="UnknownLanes">Lanes with a leg by sea of which no way is known: no closure moves what they carry.</param>
/// <param name="LotsUnknown">Lots under way on those.</param>
public sealed record PassagesView(IReadOnlyList<PassageRow> Rows, IReadOnlyList<string> UnknownLanes, int LotsUnknown);

/// <param name="Closed">The closure in force; null: it is open.</param>
/// <param name="Lots">Lots that have it before them and will pass.</param>
/// <param name="Promises">Promises whose kits wait for those; null: not this person's to see.</param>
/// <param name="LotsRound">Lots that find it closed: they go round or wait.</param>
/// <param name="PromisesRound">Promises whose kits wait for those; null: not this person's to see.</param>
/// <param name="MostExtraDays">The longest detour among those; null: none, or one without end.</param>
/// <param name="By">The ways that they take instead.</param>
/// <param name="Lanes">Lanes that pass it when all is open.</param>
public sealed record PassageRow(Passage Passage, string Name, ClosureView? Closed, int Lots, int? Promises, int LotsRound, int? PromisesRound, double? MostExtraDays, IReadOnlyList<string> By, IReadOnlyList<string> Lanes);

/// <param name="Until">Null: nobody knows.</param>
public sealed record ClosureView(Instant From, Instant? Until, string Source, string Note);

/// <summary>How good a source has been on a lane at a distance, from estimates whose time is long past.</summary>
/// <param name="Lane">Empty: on all lanes.</param>
/// <param name="HorizonDays">Upper end of the distance, days from report to estimate; <paramref name="FromDays"/> the lower.</param>
/// <param name="BiasDays">Mean of estimate minus actual, drawn towards 0 while few are known; negative: promises too early.</param>
/// <param name="Covered">Share of outcomes within the 80 % interval that the others would have given.</param>
/// <param name="Weight">Its weight against the other sources that were measured on that lane at that distance, our own forecast left out; null over all lanes, whose sources speak of different things.</param>
public sealed record SourceRow(string Source, string Name, string Role, string Lane, int FromDays, int HorizonDays, int Count, double MeanAbsoluteDays, double BiasDays, double ErrorDays, double? Covered, double? Weight);

/// <summary>When each remaining step ends, in quantiles, and who says so.</summary>
/// <param name="Notes">What closed passages mean for it, in sentences.</param>
public sealed record FanView(IReadOnlyList<FanStepView> Steps, IReadOnlyList<string> Notes);

/// <param name="Voices">Every outside estimate of its end with its weight in the blend, and ours before it, the weightiest first; empty where nobody but we speaks of it.</param>
public sealed record FanStepView(int Sequence, string Kind, string Place, Mode Mode, Instant P10, Instant P25, Instant P50, Instant P75, Instant P90, Instant P95, IReadOnlyList<FanVoice> Voices);

/// <param name="Role">carrier, forwarder, supplier, own or ours (our forecast from the lane's history).</param>
/// <param name="At">What it says; <paramref name="From"/> and <paramref name="To"/> its 80 % interval, bias taken off.</param>
/// <param name="Reported">When it said so; null for ours.</param>
/// <param name="Share">Weight in the blend; null: not in it, a later word of the same source is.</param>
/// <param name="Count">Outcomes that it is judged by; 0: nobody has measured it.</param>
/// <param name="Later">Days by which it is taken later, since it was said before a passage closed; 0: as it was said.</param>
public sealed record FanVoice(string Source, string Role, Instant At, Instant? Reported, Instant From, Instant To, double? Share, int Count, double BiasDays, double MeanAbsoluteDays, double Later = 0);
