using Homestretch.Promising;
using NodaTime;

namespace Homestretch.Simulating;

/// <summary>How a company is run while its world is played forward.</summary>
public sealed record SimulationPolicy
{
    /// <summary>How it plans: allocation quantile, overtaking window, confidence of new promises. Its seed draws the planner's futures,
    /// never the truth.</summary>
    public PlanPolicy Plan { get; init; } = new();

    /// <summary>Days played; statements are made and orders taken in them. What was stated or promised is then delivered, so that late
    /// orders count as well.</summary>
    public int Days { get; init; } = 60;

    /// <summary>How long what was stated and promised may take to be delivered after the days played. What is not delivered by the end is late whatever its date.</summary>
    public int DaysAfter { get; init; } = 150;

    /// <summary>Time between two looks at the world: what became known is told, the plan is made anew.</summary>
    public Duration Tick { get; init; } = Duration.FromDays(1);

    /// <summary>Plan everything that may move anew at the beginning, instead of keeping the slots and pegs that the world holds.</summary>
    public bool Replan { get; init; }

    /// <summary>Take new orders that resemble the order book; otherwise only the open ones are played.</summary>
    public bool NewOrders { get; init; }

    /// <summary>Learn the times of lane steps day by day from what was executed, as the server does. The truth stays with the times at the start.</summary>
    public bool FitLanes { get; init; }

    /// <summary>A customer is told a new date when fewer futures than this keep the promise in force; 0: never.</summary>
    public double RenewBelow { get; init; } = 0.5;
}
