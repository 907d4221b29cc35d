using Homestretch.World;
using NodaTime;

namespace Homestretch.Buffering;

/// <summary>What a choice of buffers comes to, counted on fresh futures that nothing was chosen on.</summary>
/// <param name="Whole">Share of kits that are whole on their day, over the kinds of kits in the proportions on order.</param>
/// <param name="WorstKind">The same of the kind of kit that is whole least often.</param>
/// <param name="HoldingPerKit">Holding cost of the buffers of an average kit, in minor units of the advice's currency; parts without a cost are not in it.</param>
public sealed record BufferOutcome(Share Whole, Share WorstKind, double HoldingPerKit);

/// <summary>One part of a hub's kits and its buffer: how many days before the kit's day its supply is planned to be in.</summary>
/// <param name="Source">The record of the way to buy it.</param>
/// <param name="Cost">Of a unit; null: unknown, and then its buffer is not traded against others'.</param>
/// <param name="PerKit">Units in an average kit.</param>
/// <param name="TakenShare">Share of kits that take it.</param>
/// <param name="Now">Days: hard and soft safety lead time together.</param>
/// <param name="Advised">Days, a multiple of the policy's step.</param>
/// <param name="LeadDays">Days from order to ready to kit that the plan reckons with, at its quantile, before any buffer.</param>
/// <param name="SpreadDays">Days between the times that it takes in one future of ten and in nine of ten.</param>
/// <param name="LatestDays">Days after the plan's date by which 99 of 100 are there.</param>
/// <param name="HoldingNow">Holding cost of its buffer in an average kit, minor units; null: its cost is unknown.</param>
/// <param name="GatesNow">Of the kits that are late now, the share that it holds.</param>
public sealed record PartBuffer(Key<Item> Item, Key<ItemSupplier> Source, Money? Cost, double PerKit, double TakenShare, decimal Now, decimal Advised, double LeadDays, double SpreadDays,
    double LatestDays, double? HoldingNow, double? HoldingAdvised, Share OnTimeNow, Share OnTimeAdvised, Share GatesNow, Share GatesAdvised);

/// <summary>Buffers of one hub's parts for a kit target at the least holding cost, beside what is in force and what two rules of thumb would take.</summary>
/// <param name="Currency">Of the holding costs; empty: no part has a cost.</param>
/// <param name="Kinds">Different kits on order.</param>
/// <param name="Units">Kits on order: the proportions are theirs.</param>
/// <param name="Advised">The least-cost choice.</param>
/// <param name="Uniform">The lowest quantile of every lane, one for all, that reaches the target; null: none does.</param>
/// <param name="Classic">Normal safety lead time, each part by itself: mean + z sigma with z of target^(1/parts), as textbooks have it.</param>
/// <param name="ClassicTuned">The same rule with the lowest z that reaches the target; null: none does.</param>
/// <param name="UniformEqual">Holding cost of an average kit, minor units, of the one quantile that makes as many kits whole as the advice on the very futures that are counted; null: none does.</param>
/// <param name="ClassicEqual">The same of the normal rule.</param>
/// <param name="FitWhole">Share of kits whole in the futures that the choice was made on; more than the target where that was needed for others to reach it.</param>
/// <param name="Gap">Part of the cost which could at most be saved by any choice that does as well in the futures it was made on; 0: proven least.</param>
/// <param name="Parts">Of the kits, in order of item.</param>
/// <param name="Findings">What is not known and how it was taken.</param>
public sealed record BufferAdvice(Key<Site> Hub, Instant Epoch, long WorldVersion, BufferPolicy Policy, string Currency, int Kinds, long Units, BufferOutcome Now, BufferOutcome Advised,
    BufferOutcome? Uniform, BufferOutcome Classic, BufferOutcome? ClassicTuned, double? UniformEqual, double? ClassicEqual, Share FitWhole, double Gap, IReadOnlyList<PartBuffer> Parts, IReadOnlyList<Finding> Findings)
{
    /// <summary>Part of the holding cost that is saved against one quantile for all which does as well; null: there is none, or it costs nothing.</summary>
    public double? SavedOverUniform => Saved(UniformEqual);

    /// <summary>The same against the normal rule.</summary>
    public double? SavedOverClassic => Saved(ClassicEqual);

    private double? Saved(double? other) => other is > 0 ? 1 - Advised.HoldingPerKit / other : null;
}

/// <summary>What can be said of a hub's buffers. Closed: <see cref="Match"/> names every case.</summary>
public abstract record BufferAnswer
{
    private BufferAnswer(Key<Site> hub) => Hub = hub;

    public Key<Site> Hub { get; }

    public sealed record Advised(BufferAdvice Advice) : BufferAnswer(Advice.Hub);

    /// <summary>No buffers can be advised, for these reasons.</summary>
    public sealed record Refused(Key<Site> At, IReadOnlyList<Finding> Reasons) : BufferAnswer(At);

    public T Match<T>(Func<Advised, T> advised, Func<Refused, T> refused) => this switch
    {
        Advised a => advised(a),
        _ => refused((Refused)this),
    };
}
