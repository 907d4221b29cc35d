using System.CommandLine;
using System.Diagnostics;
using Homestretch.Buffering;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Buffering;

/// <summary>buffers: days of buffer for each part so that kits are whole on their day, at the least holding cost.</summary>
public static class BufferCommands
{
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<double> s_target = new("--target") { Description = "Share of kits that are to be whole on their day.", DefaultValueFactory = static _ => 0.95 };
    private static readonly Option<double> s_rate = new("--rate") { Description = "Holding cost of a year as a share of an item's cost. 0.20 is a convention: take your own.", DefaultValueFactory = static _ => 0.20 };
    private static readonly Option<decimal> s_step = new("--step") { Description = "Buffers are multiples of this many days.", DefaultValueFactory = static _ => 0.5m };
    private static readonly Option<decimal> s_most = new("--most") { Description = "Longest buffer, days.", DefaultValueFactory = static _ => 60 };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Futures of each of four kits' days, a multiple of 8.", DefaultValueFactory = static _ => 2048 };
    private static readonly Option<int> s_cuts = new("--cuts") { Description = "Work spent on proving how good the choice is, in minimum cuts.", DefaultValueFactory = static _ => 400 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build() => new("buffers", "Days of buffer for each part so that kits are whole on their day, at the least holding cost.") { Advise(), Compare() };

    private static Command Advise()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "Company folder: one CSV a table. None: the demonstration company.", Arity = ArgumentArity.ZeroOrOne };
        var seed = new Option<long>("--seed") { Description = "Seed of the futures.", DefaultValueFactory = static _ => 1 };
        var command = new Command("advise", "Advise buffers for every hub with open orders.") { folder, s_at, s_target, s_rate, s_step, s_most, s_samples, seed, s_cuts, s_json };
        command.SetAction(r =>
        {
            if (Policy(r) is not { } policy || Folder.Time(r.GetValue(s_at)) is not { } t) return Folder.BadInput;
            if ((r.GetValue(folder) is { } path ? Folder.Read(path) : Snapshot.Of(DemoCompany.Make(t, DemoCompany.DefaultSeed))) is not { } world) return Folder.BadInput;
            var watch = Stopwatch.StartNew();
            IReadOnlyList<BufferAnswer> answers = Advising.Of(world, t, Plan((ulong)r.GetValue(seed)), policy);
            Console.Error.WriteLine(FormattableString.Invariant($"{answers.Count} hubs, S = {policy.Days} x {policy.SamplesPerDay}, three times: advised in {watch.Elapsed.TotalSeconds:0.0} s"));
            if (r.GetValue(s_json)) BufferText.Json(Console.Out, answers);
            else BufferText.Print(Console.Out, answers);
            return answers.Any(static a => a is BufferAnswer.Advised) ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static Command Compare()
    {
        var seeds = new Option<string>("--seeds") { Description = "Networks: first and last seed.", DefaultValueFactory = static _ => "1..24" };
        var command = new Command("compare", "Compares least-cost buffers with one quantile for all lanes and with classic safety lead time, on networks made from seeds.") { seeds, s_at, s_target, s_rate, s_step, s_most, s_samples, s_cuts, s_json };
        command.SetAction(r =>
        {
            if (Demo.Checking.Seeds.Of(r.GetValue(seeds)!) is not var (first, last)) return Demo.Checking.Seeds.Bad(r.GetValue(seeds)!);
            if (Policy(r) is not { } policy || Folder.Time(r.GetValue(s_at)) is not { } t) return Folder.BadInput;
            var compared = new BufferAnswer[last - first + 1];
            var seconds = new double[compared.Length];
            int done = 0;
            Parallel.For(0, compared.Length, i =>
            {
                var watch = Stopwatch.StartNew();
                compared[i] = Advising.Of(new SeededNetwork(first + i, t).Make(), t, Plan((ulong)(first + i)), policy)[0];
                seconds[i] = watch.Elapsed.TotalSeconds;
                Console.Error.WriteLine($"{Interlocked.Increment(ref done)} of {compared.Length} networks");
            });
            if (r.GetValue(s_json)) ComparedText.Json(Console.Out, first, compared, seconds);
            else ComparedText.Print(Console.Out, first, policy, compared, seconds);
            return Folder.Ok;
        });
        return command;
    }

    private static PlanPolicy Plan(ulong seed) => new() { Seed = seed, Sea = Exchange.Sea.SeaAtlas.World };

    private static BufferPolicy? Policy(ParseResult r)
    {
        string? wrong = r.GetValue(s_target) is not (> 0 and < 1) ? "--target: give a share above 0 and below 1, such as 0.95."
            : r.GetValue(s_rate) is not (>= 0 and <= 10) ? "--rate: give a share of the cost from 0 to 10, such as 0.20."
            : r.GetValue(s_step) is not (>= 0.05m and <= 30) ? "--step: give days from 0.05 to 30."
            : !(r.GetValue(s_most) >= r.GetValue(s_step) && r.GetValue(s_most) <= 366) ? "--most: give days from the step to 366."
            : r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0) ? $"--samples {samples} is no multiple of 8 from 8 to 4096."
            : r.GetValue(s_cuts) is not (>= 0 and <= 1_000_000) ? "--cuts: give 0 to 1000000." : null;
        if (wrong is not null) Console.Error.WriteLine(wrong);
        return wrong is not null ? null : new BufferPolicy
        {
            Target = r.GetValue(s_target), RatePerYear = r.GetValue(s_rate), StepDays = r.GetValue(s_step), MostDays = r.GetValue(s_most), SamplesPerDay = r.GetValue(s_samples), Cuts = r.GetValue(s_cuts),
        };
    }
}
