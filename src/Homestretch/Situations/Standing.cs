using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>What standing rules let be decided without asking.</summary>
public static class Standing
{
    private static readonly Duration s_week = Duration.FromDays(7);

    /// <summary>The first rule, by key, under which a remedy may be taken now; null when a person must decide.</summary>
    public static StandingRule? Allows(Snapshot world, Instant now, PricedRemedy priced) => world.StandingRules.FirstOrDefault(r => Refuses(world, now, r, priced) is null);

    /// <summary>Why a rule does not let a remedy be taken, in a sentence; null when it does.</summary>
    public static string? Refuses(Snapshot world, Instant now, StandingRule rule, PricedRemedy priced)
    {
        if (now < rule.From || now >= rule.Until) return $"Rule {rule.Key} does not hold now.";
        if (rule.Remedy != priced.Remedy.Kind) return $"Rule {rule.Key} is for {Words.Of(rule.Remedy)}.";
        if (priced.Expected < (double)rule.LeastPromises) return $"It may be expected to win {priced.Expected:0.00} promises, rule {rule.Key} asks for {rule.LeastPromises}.";
        if (priced.Losers.FirstOrDefault() is { Gain: <= -0.01 } loser) return $"{loser.OrderLine} would lose by it: a person decides who loses.";
        if (rule.MostClass is { } most && priced.Effects.FirstOrDefault(e => e.Gain > 0.01 && e.Class > most) is { } winner) return $"{winner.OrderLine} is of class {winner.Class}, rule {rule.Key} is for class {most} and better.";
        if (priced.Remedy.Total is not { Count: <= 1 } total) return "Nobody has said what it costs.";
        if (total is not [{ Minor: > 0 } cost]) return null;
        if (rule.PerWeek is not { } limit) return $"It costs {cost}, rule {rule.Key} may spend nothing.";
        if (limit.Currency != cost.Currency) return $"It costs {cost}, rule {rule.Key} is in {limit.Currency}.";
        long spent = Spent(world, now, rule);
        return spent + cost.Minor <= limit.Minor ? null : $"It costs {cost}; rule {rule.Key} has spent {new Money(spent, limit.Currency)} of {limit} in seven days.";
    }

    /// <summary>The key of the next rule that is made.</summary>
    public static string NextKey(Snapshot world) => Numbers.Next(world.StandingRules, "RULE");

    /// <summary>Minor units that a rule has spent in the seven days before now.</summary>
    public static long Spent(Snapshot world, Instant now, StandingRule rule) => world.Decisions.Where(d => d.Rule == rule.Key && d.At > now - s_week && d.At <= now).Sum(static d => Math.Max(0, d.Cost?.Minor ?? 0));
}
