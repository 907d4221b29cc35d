using System.Collections.Concurrent;
using System.CommandLine;
using Homestretch.Cli.Demo.Checking;
using Homestretch.Cli.Planning;
using Homestretch.Situations;
using NodaTime;

namespace Homestretch.Cli.Demo.Mending;

/// <summary>demo mending: worlds in which much goes wrong, mended by several policies, and what came of each.</summary>
internal static class MendingCommand
{
    public static Command Build(Option<string> at)
    {
        var seeds = new Option<string>("--seeds") { Description = "Worlds: first and last seed.", DefaultValueFactory = static _ => "1..20" };
        var days = new Option<int>("--days") { Description = "Days played.", DefaultValueFactory = static _ => 90 };
        var mishaps = new Option<double>("--mishaps") { Description = "Chance in thirty days that a machine breaks down and that a supplier stops, share of legs that are late; 0 to 0.5.", DefaultValueFactory = static _ => 0.15 };
        var samples = new Option<int>("--samples") { Description = "Possible futures in each plan, a multiple of 8.", DefaultValueFactory = static _ => 64 };
        var orders = new Option<int>("--order-lines") { Description = "Open order lines at the start.", DefaultValueFactory = static _ => 350 };
        var allowance = new Option<double>("--allowance") { Description = "What first come may spend a week, euros; the situations policy never has more.", DefaultValueFactory = static _ => 4000 };
        var pricings = new Option<int>("--pricings") { Description = "Most remedies priced for a situation.", DefaultValueFactory = static _ => 24 };
        var json = new Option<bool>("--json") { Description = "Print JSON (see docs/command-line.md)." };
        var command = new Command("mending", "Plays worlds in which much goes wrong, under policies that mend promises or do not, and counts late orders and cost.") { at, seeds, days, mishaps, samples, orders, allowance, pricings, json };
        command.SetAction((r, stop) =>
        {
            if (Seeds.Of(r.GetValue(seeds)!) is not var (first, last) || Folder.Time(r.GetValue(at)) is not { } start) return Task.FromResult(Seeds.Bad(r.GetValue(seeds)!));
            string? wrong = r.GetValue(days) is not (>= 7 and <= 365) ? "--days: give 7 to 365." : r.GetValue(mishaps) is not (>= 0 and <= 0.5) ? "--mishaps: give a share from 0 to 0.5."
                : r.GetValue(samples) is var s && (s is < 8 or > 4096 || s % 8 != 0) ? $"--samples {s} is no multiple of 8 from 8 to 4096." : r.GetValue(orders) is not (>= 20 and <= 5000) ? "--order-lines: give 20 to 5000."
                : r.GetValue(allowance) is not (>= 0 and <= 1e9) ? "--allowance: give 0 or more euros a week." : r.GetValue(pricings) is not (>= 4 and <= 10_000) ? "--pricings: give 4 to 10000." : null;
            if (wrong is not null)
            {
                Console.Error.WriteLine(wrong);
                return Task.FromResult(Folder.BadInput);
            }
            var setup = new MendingSetup(start, r.GetValue(days), r.GetValue(mishaps), r.GetValue(samples), r.GetValue(orders), (long)(100 * r.GetValue(allowance)), new SearchBudget { Pricings = r.GetValue(pricings), Without = [World.RemedyKind.NewDate, World.RemedyKind.PartialDelivery, World.RemedyKind.AskOption] });
            var done = Play(setup, first, last, stop);
            if (r.GetValue(json)) MendingText.Json(Console.Out, setup, done);
            else MendingText.Print(Console.Out, setup, done);
            return Task.FromResult(done.Count == last - first + 1 ? Folder.Ok : Folder.No);
        });
        return command;
    }

    /// <summary>Worlds side by side, in order of seed; of a run that is stopped those that were done.</summary>
    private static SortedDictionary<int, IReadOnlyList<MendingOutcome>> Play(MendingSetup setup, int first, int last, CancellationToken stop)
    {
        var done = new ConcurrentDictionary<int, IReadOnlyList<MendingOutcome>>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            Parallel.For(first, last + 1, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
            {
                IReadOnlyList<MendingOutcome> outcomes = new MendingWorld(setup, seed).Play(stop);
                done[seed] = outcomes;
                Console.Error.WriteLine(FormattableString.Invariant($"{clock.Elapsed.TotalSeconds,6:0} s  {done.Count} of {last - first + 1} worlds: {MendingText.Row(seed, outcomes)}"));
            });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped after {done.Count} of {last - first + 1} worlds.");
        }
        return new(done);
    }
}
