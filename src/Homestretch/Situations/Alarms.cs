using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>How situations of a stretch of time turned out.</summary>
/// <param name="Ended">Situations that ended in it.</param>
/// <param name="Mended">Of these, taken away by a decision.</param>
/// <param name="Accepted">Let be by a person, useless ones not counted.</param>
/// <param name="Gone">Gone by themselves before anybody decided anything.</param>
/// <param name="Useless">Of which a person said that they should not have been shown.</param>
public sealed record Alarms(int Ended, int Mended, int Accepted, int Gone, int Useless)
{
    /// <summary>Share that asked for a person's time in vain: called useless, or gone by itself; null while none has ended.</summary>
    public double? FalseShare => Ended == 0 ? null : (Useless + Gone) / (double)Ended;

    /// <summary>Of situations that ended in the time before now.</summary>
    public static Alarms Of(Snapshot world, Instant now, Duration back)
    {
        Situation[] ended = [.. world.Situations.Where(s => !s.Open && s.Changed <= now && s.Changed > now - back)];
        int Count(SituationState state) => ended.Count(s => !s.Useless && s.State == state);
        return new(ended.Length, Count(SituationState.Mended), Count(SituationState.Accepted), Count(SituationState.Gone), ended.Count(static s => s.Useless));
    }
}
