using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>How worn machines are, in hours; each is drawn between two ends, evenly in its logarithm.</summary>
/// <param name="Left">Median of what is left, where it is stated.</param>
/// <param name="Between">Mean running time between failures.</param>
/// <param name="Repair">Median repair.</param>
internal sealed record Wear((double From, double To) Left, (double From, double To) Between, (double From, double To) Repair)
{
    /// <summary>Plants as they are: some machines near their end, repairs of hours to days.</summary>
    public static Wear Usual { get; } = new((15, 400), (200, 1500), (4, 60));

    /// <summary>Plants that are used up: most machines fail within weeks, and a repair waits for a part that nobody has, one to ten days.</summary>
    public static Wear Hard { get; } = new((10, 120), (100, 600), (24, 240));
}

/// <summary>The demonstration company with machines in every condition: running, idle, down, silent, changing over; worn or with no sign of it; quick or slow to mend.
/// The same world and seed give the same machines.</summary>
internal static class WornPlants
{
    /// <param name="stated">Share of machines whose remaining life is stated.</param>
    /// <param name="troubled">Share of machines that do not run.</param>
    public static Snapshot Of(Snapshot world, Instant start, int seed, double stated, double troubled, Wear? wear = null)
    {
        wear ??= Wear.Usual;
        var draw = new Draw(seed);
        var events = new List<WorldEvent>();
        foreach (Machine m in world.Machines)
        {
            if (world.MachineReports.Find(m.Id) is not { } report) continue;
            decimal repair = Hours(draw, $"repair|{m.Id}", wear.Repair);
            events.Add(new WorldEvent.Put(m with { BetweenFailuresHours = Hours(draw, $"between|{m.Id}", wear.Between), RepairP50Hours = repair, RepairP90Hours = repair * (decimal)draw.Between($"slow|{m.Id}", 1.5, 4) }));
            decimal? p50 = draw.Chance($"stated|{m.Id}", stated) ? Hours(draw, $"left|{m.Id}", wear.Left) : null;
            MachineState state = draw.Chance($"troubled|{m.Id}", troubled) ? draw.Of($"state|{m.Id}", s_troubles) : report.State;
            events.Add(new WorldEvent.Put(report with
            {
                State = state, Since = state == report.State ? report.Since : Voyage.Whole(start - Duration.FromHours(draw.Between($"since|{m.Id}", 0.5, state == MachineState.Changeover ? 1 : 48))),
                RatePerHour = draw.Chance($"rated|{m.Id}", 0.8) ? report.RatePerHour : null, RemainingP50Hours = p50, RemainingP10Hours = p50 * (decimal)draw.Between($"sure|{m.Id}", 0.3, 0.8),
            }));
        }
        Applied applied = world.Apply(events, "worn plants");
        return applied.Accepted ? applied.World : throw new InvalidOperationException($"The plants do not fit: {applied.Findings[0]}.\nMaybe a rule of machines is new.");
    }

    private static decimal Hours(Draw draw, string key, (double From, double To) ends) => Math.Round((decimal)(ends.From * Math.Pow(ends.To / ends.From, draw.At(key))), 1);

    private static readonly (MachineState, int)[] s_troubles = [(MachineState.Down, 4), (MachineState.Idle, 3), (MachineState.NoData, 2), (MachineState.Changeover, 2)];
}
