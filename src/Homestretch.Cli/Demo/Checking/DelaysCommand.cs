using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Cli.Demo.Checking;

/// <summary>demo delays: what the delay model's word is worth to forecasts of lots, taken as a law, as an estimate and not at all.</summary>
internal static class DelaysCommand
{
    public static Command Build(Option<string> at)
    {
        var seeds = new Option<string>("--seeds") { Description = "Companies: first and last seed.", DefaultValueFactory = static _ => "1..4" };
        var weeks = new Option<int>("--weeks") { Description = "Weeks in which forecasts are taken down.", DefaultValueFactory = static _ => 13 };
        var command = new Command("delays", "Plays companies for weeks with a delay model trained on their past and says how forecasts of lots held, by how the model's word is taken.") { at, seeds, weeks };
        command.SetAction((r, stop) =>
        {
            if (Seeds.Of(r.GetValue(seeds)!) is not var (first, last) || Folder.Time(r.GetValue(at)) is not { } start) return Task.FromResult(Seeds.Bad(r.GetValue(seeds)!));
            var said = new List<DelayStatement>();
            for (int seed = first; seed <= last; seed++) said.AddRange(DelayReplay.Play(start, seed, r.GetValue(weeks), stop));
            Print("all", [.. said]);
            Print("not left yet", [.. said.Where(static s => !s.Left)]);
            Print("under way", [.. said.Where(static s => s.Left)]);
            Print("under way, come within 10 days", [.. said.Where(static s => s is { Left: true, DaysAhead: <= 10 })]);
            return Task.FromResult(Folder.Ok);
        });
        return command;
    }

    private static void Print(string which, DelayStatement[] said)
    {
        Console.WriteLine($"\n{which}: {said.Length / 3} statements\n");
        Console.WriteLine("| the model's word | mean loss, days | P50 held | P80 held | P90 held | P95 held | P50 to P95, days |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var word in said.GroupBy(static s => s.Word).OrderBy(static g => g.Key))
        {
            double loss = word.Average(static s => DelayReplay.Levels.Select((p, k) => Pinball(p, s.Days[k])).Average());
            string[] held = [.. DelayReplay.Levels.Select((_, k) => (100 * word.Average(s => s.Days[k] >= 0 ? 1.0 : 0)).ToString("0.0", CultureInfo.InvariantCulture) + " %")];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Words.Of(word.Key)} | {loss:0.000} | {string.Join(" | ", held)} | {word.Average(static s => s.Days[^1] - s.Days[0]):0.0} |"));
        }
    }

    /// <summary>Loss of a quantile that lies so many days after what came.</summary>
    private static double Pinball(double level, double after) => after >= 0 ? (1 - level) * after : -level * after;
}
