using NodaTime;

namespace Homestretch.Web.Window;

/// <param name="Target">Share of kits that are to be whole on their day.</param>
/// <param name="Targets">Those that advice is reckoned for.</param>
/// <param name="RatePerYear">Holding cost of a year as a share of the cost; costs scale with it, days do not depend on it.</param>
/// <param name="Futures">Futures in each of the three sets: to choose on, to set how strict to be, to count on.</param>
/// <param name="At">Epoch that it was reckoned at; null: not yet.</param>
/// <param name="Stale">The way parts are bought has changed since; it is being reckoned anew.</param>
public sealed record BuffersView(double Target, IReadOnlyList<double> Targets, double RatePerYear, int Futures, Instant? At, bool Stale, IReadOnlyList<HubBuffers> Hubs)
{
    public static BuffersView None { get; } = new(0, [], 0, 0, null, false, []);
}

/// <summary>One hub's buffers.</summary>
/// <param name="Currency">Of the costs; empty: they are not this person's to see, or no part has one.</param>
/// <param name="Ways">In force, advised, and rules of thumb; empty: no advice, for the reasons in <paramref name="Findings"/>.</param>
/// <param name="SavedOverUniform">Part of the holding cost that is saved against one quantile for all which does as well; null: not to be said.</param>
/// <param name="Gap">Part of the cost that any other choice could at most save, in the futures it was made on.</param>
public sealed record HubBuffers(string Hub, string Name, string Currency, int Kinds, long Kits, IReadOnlyList<BufferWay> Ways, double? SavedOverUniform, double? SavedOverClassic, double Gap,
    IReadOnlyList<BufferRow> Rows, IReadOnlyList<Finding> Findings);

public enum BufferRule { InForce, Advised, OneQuantile, Normal, NormalTuned }

/// <summary>What a way to set buffers comes to on fresh futures.</summary>
/// <param name="Whole">Share of kits whole on their day.</param>
/// <param name="WorstKind">The same of the kind of kit that is whole least often.</param>
/// <param name="PerKit">Holding cost of an average kit's buffers, major units; null: not this person's to see, or unknown.</param>
/// <param name="OnOrder">The same of all kits on order.</param>
public sealed record BufferWay(BufferRule Rule, double Whole, double WorstKind, double? PerKit, double? OnOrder);

/// <summary>One part's buffer.</summary>
/// <param name="Source">Record of the way to buy it.</param>
/// <param name="Cost">Of a unit, major units; null: unknown, or not this person's to see.</param>
/// <param name="CostKnown">False: nobody has said what it costs in the others' currency.</param>
/// <param name="Hard">Days in force that bind every plan; <paramref name="Soft"/> those that are given up before a promise is.</param>
/// <param name="SpreadDays">Days between the times that it takes in one future of ten and in nine of ten.</param>
/// <param name="LatestDays">Days after the plan's date by which 99 of 100 are there.</param>
/// <param name="PerKit">Holding cost of the buffer in force in an average kit; <paramref name="PerKitAdvised"/> of the advised.</param>
/// <param name="Gates">Of the kits that are late, the share that it holds.</param>
public sealed record BufferRow(string Item, string ItemName, string Group, string Source, string Supplier, string Lane, double? Cost, bool CostKnown, double TakenShare, decimal Hard, decimal Soft, decimal Advised,
    double LeadDays, double SpreadDays, double LatestDays, double? PerKit, double? PerKitAdvised, double OnTime, double OnTimeAdvised, double Gates, double GatesAdvised);

/// <summary>Buffers to set.</summary>
/// <param name="Hub">Hub that they are for.</param>
public sealed record BufferOrder(string Hub, IReadOnlyList<BufferSetting> Settings, string Reason);

/// <param name="Source">Record of the way to buy a part: item|supplier|lane.</param>
public sealed record BufferSetting(string Source, decimal HardDays, decimal SoftDays);

/// <summary>Buffers that somebody set.</summary>
/// <param name="Before">As they were: setting these takes it back. Empty when the note does not say.</param>
public sealed record BufferDecision(Instant At, string By, string Reason, IReadOnlyList<BufferSetting> Before, IReadOnlyList<BufferSetting> After);
