using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Simulating;
using NodaTime;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>demo upkeep: rankings of maintenance against each other at equal effort.</summary>
internal static class ContestCommand
{
    public static Command Build(Option<string> at)
    {
        var seeds = new Option<string>("--seeds") { Description = "Worlds: first and last seed.", DefaultValueFactory = static _ => "1..24" };
        var crew = new Option<double>("--crew") { Description = "Crew hours in each world.", DefaultValueFactory = static _ => 48 };
        var futures = new Option<int>("--futures") { Description = "Futures played of each world.", DefaultValueFactory = static _ => 8 };
        var tight = new Option<bool>("--tight") { Description = "Plants that are used up, and promises without slack." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("upkeep", "Plays worlds with worn machines whose crew goes where waiting costs most, where alarms are loudest, or where least life is left, and counts late orders.") { at, seeds, crew, futures, tight, json };
        command.SetAction(r =>
        {
            if (Seeds.Of(r.GetValue(seeds)!) is not var (first, last) || Folder.Time(r.GetValue(at)) is not { } start || r.GetValue(futures) is not (> 0 and <= 1000) || r.GetValue(crew) is not (> 0 and <= 10_000)) return Seeds.Bad(r.GetValue(seeds)!);
            var contest = new Contest(start, Duration.FromHours(r.GetValue(crew)), r.GetValue(futures), r.GetValue(tight));
            var worlds = new IReadOnlyList<Outcome>[last - first + 1];
            int done = 0;
            Parallel.For(0, worlds.Length, i =>
            {
                worlds[i] = contest.Of(first + i);
                Console.Error.WriteLine($"{Interlocked.Increment(ref done)} of {worlds.Length} worlds played");
            });
            var against = Enum.GetValues<Ranking>().Select(k => (Ranking: k, Late: worlds.Average(w => w[(int)k].Late), Hours: worlds.Average(w => w[(int)k].Hours), More: More(worlds, k), AnHour: AnHour(worlds, k))).ToArray();
            if (r.GetValue(json)) PlanText.Write(Console.Out, new { start = PlanText.Text(start), tight = r.GetValue(tight), crew_hours = r.GetValue(crew), futures = r.GetValue(futures), rankings = against.Select(static a => new { ranking = World.Words.Of(a.Ranking), late = Math.Round(a.Late, 4), hours = a.Hours, more_than_consequence = Math.Round(a.More.Value, 4), low = a.More.Low, high = a.More.High, avoided_per_crew_hour = a.AnHour?.Value, per_hour_low = a.AnHour?.Low, per_hour_high = a.AnHour?.High }),
                worlds = worlds.Select(static w => new { world = w[0].World, promises = w[0].Promises, late = w.Select(static o => Math.Round(o.Late, 4)), hours = w.Select(static o => o.Hours) }) });
            else Print(worlds, against);
            return Folder.Ok;
        });
        return command;
    }

    private static void Print(IReadOnlyList<Outcome>[] worlds, (Ranking Ranking, double Late, double Hours, Estimate More, Estimate? AnHour)[] against)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{worlds.Length} worlds, {worlds.Average(static w => w[0].Promises):0} promises each"));
        Console.WriteLine("| crew goes by | late a world | crew hours | more late than by consequence | 95 % interval | avoided a crew hour | 95 % interval |\n| --- | ---: | ---: | ---: | --- | ---: | --- |");
        foreach (var (ranking, late, hours, more, hour) in against)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {World.Words.Of(ranking)} | {late:0.00} | {hours:0} | {more.Value:+0.00;-0.00;0} | {(ranking == Ranking.Consequence ? "" : string.Create(CultureInfo.InvariantCulture, $"{more.Low:+0.00;-0.00;0.00} to {more.High:+0.00;-0.00;0.00}"))} | {(hour is { } h ? string.Create(CultureInfo.InvariantCulture, $"{h.Value:0.000} | {h.Low:0.000} to {h.High:0.000}") : " | ")} |"));
        Console.WriteLine($"by world, none / consequence / severity / remaining life: {string.Join("; ", worlds.Select(static w => string.Join(" ", w.Select(static o => o.Late.ToString("0.0", CultureInfo.InvariantCulture)))))}");
    }

    /// <summary>Late orders that an hour of the crew avoids, over all worlds.</summary>
    private static Estimate? AnHour(IReadOnlyList<Outcome>[] worlds, Ranking ranking) => Estimates.Ratio([.. worlds.Select(w => (w[(int)Ranking.None].Late - w[(int)ranking].Late, w[(int)ranking].Hours))]);

    /// <summary>Late orders more than under the ranking by consequence, a world; the interval by drawing worlds again.</summary>
    private static Estimate More(IReadOnlyList<Outcome>[] worlds, Ranking ranking) => Estimates.Mean([.. worlds.Select(w => w[(int)ranking].Late - w[(int)Ranking.Consequence].Late)]);
}
