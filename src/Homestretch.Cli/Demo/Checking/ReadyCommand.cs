using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>demo ready: ready dates of lots checked by simulation.</summary>
internal static class ReadyCommand
{
    private static readonly int[] s_looks = [0, 2, 5, 10, 20];

    public static Command Build(Option<string> at, Option<int> company)
    {
        var seeds = new Option<string>("--seeds") { Description = "Futures: first and last seed.", DefaultValueFactory = static _ => "1..200" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("ready", "Checks ready dates of lots by simulation: how often they are made by each stated decile.") { at, company, seeds, json };
        command.SetAction(r =>
        {
            if (Seeds.Of(r.GetValue(seeds)!) is not var (first, last) || Folder.Time(r.GetValue(at)) is not { } start) return Seeds.Bad(r.GetValue(seeds)!);
            Snapshot world = Snapshot.Of(DemoCompany.Make(start, r.GetValue(company)));
            var policy = new PlanPolicy();
            var said = new IReadOnlyList<ReadyStatement>[last - first + 1];
            Parallel.For(0, said.Length, i => said[i] = ReadyCheck.Play(WornPlants.Of(world, start, first + i, 0.6, 0.35), start, policy, (ulong)(first + i), s_looks));
            IReadOnlyList<DecileScore> all = ReadyCheck.Score(said.SelectMany(static s => s));
            if (r.GetValue(json)) PlanText.Write(Console.Out, new { start = PlanText.Text(start), futures = said.Length, all = Shape(all), looks = s_looks.Select(d => new { days = d, deciles = Shape(ReadyCheck.Score(said.SelectMany(static s => s).Where(s => s.Days == d))) }) });
            else Print(said, all);
            return all.All(static d => d.Holds) ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ReadyStatement>[] said, IReadOnlyList<DecileScore> all)
    {
        Console.WriteLine($"{said.Length} futures, {said.Sum(static s => s.Count)} statements at {string.Join(", ", s_looks)} days");
        Console.WriteLine("| stated | made by then | gap, points | 95 % interval | |\n| ---: | ---: | ---: | --- | --- |");
        foreach (DecileScore d in all) Console.WriteLine(Row(d));
        foreach (int days in s_looks)
            Console.WriteLine($"said after {days} days: {string.Join(", ", ReadyCheck.Score(said.SelectMany(static s => s).Where(s => s.Days == days)).Select(static d => d.Came.ToString("0.000", CultureInfo.InvariantCulture)))}");
    }

    private static string Row(DecileScore d) => string.Create(CultureInfo.InvariantCulture, $"| {d.Stated * 100:0} % | {d.Came * 100:0.0} % | {d.Gap.Value * 100:+0.0;-0.0;0.0} | {d.Gap.Low * 100:+0.0;-0.0;0.0} to {d.Gap.High * 100:+0.0;-0.0;0.0} | {(d.Holds ? "holds" : "off")} |");

    private static object Shape(IEnumerable<DecileScore> scores) => scores.Select(static d => new { stated = d.Stated, count = d.Count, came_share = Math.Round(d.Came, 6), gap = Math.Round(d.Gap.Value, 6), low = d.Gap.Low, high = d.Gap.High, holds = d.Holds });
}
