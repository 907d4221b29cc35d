namespace Homestretch.Machines;

/// <summary>Overall equipment effectiveness of a time: availability x performance x quality. Null: nothing known from which to say it.</summary>
/// <param name="Availability">Running time over the time with data; idle time counts against it.</param>
/// <param name="Performance">Pieces made over pieces at the ideal rate in running time; may exceed 1: then the ideal rate is stated too low.</param>
/// <param name="Quality">Good pieces over pieces made.</param>
/// <param name="Known">Share of the time with data.</param>
/// <remarks>Source: Nakajima 1988; ISO 22400-2:2014. Example: docs/formulas/arrivals.md, 6.</remarks>
public readonly record struct Oee(Share? Availability, double? Performance, Share? Quality, Share? Known)
{
    /// <summary>The product of the three; null while one is unknown.</summary>
    public double? Value => Availability?.Value * Performance * Quality?.Value;

    /// <summary>The figures of some hours.</summary>
    /// <param name="idealPiecesPerHour">Rate of the machine at its best, above 0; otherwise performance is unknown.</param>
    public static Oee Of(IEnumerable<HourSpent> hours, double idealPiecesPerHour)
    {
        double known = 0, unknown = 0, running = 0;
        long good = 0, made = 0;
        foreach (HourSpent h in hours)
        {
            unknown += h.NoData.TotalHours;
            running += h.Running.TotalHours;
            known += h.Running.TotalHours + h.Idle.TotalHours + h.Down.TotalHours + h.Changeover.TotalHours;
            good += h.Good;
            made += h.Good + h.Bad;
        }
        return new(known > 0 ? new Share(Math.Clamp(running / known, 0, 1)) : null,
            running > 0 && idealPiecesPerHour > 0 ? made / (running * idealPiecesPerHour) : null,
            made > 0 ? new Share(Math.Clamp((double)good / made, 0, 1)) : null,
            known + unknown > 0 ? new Share(Math.Clamp(known / (known + unknown), 0, 1)) : null);
    }
}
