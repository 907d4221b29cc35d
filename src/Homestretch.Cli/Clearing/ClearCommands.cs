using System.CommandLine;
using System.Diagnostics;
using Homestretch.Clearing;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Clearing;

/// <summary>clear: which builds to release with the parts at hand, and how that compares with plain priority.</summary>
public static class ClearCommands
{
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures, a multiple of 8.", DefaultValueFactory = static _ => 256 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the futures.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> s_days = new("--days") { Description = "Horizon: builds whose work ends within so many days.", DefaultValueFactory = static _ => 5 };
    private static readonly Option<double> s_certainty = new("--certainty") { Description = "A lot counts as at hand from when it is there in this share of futures.", DefaultValueFactory = static _ => 0.95 };
    private static readonly Option<double> s_due = new("--due-within") { Description = "Only order lines whose build is due within so many days.", DefaultValueFactory = static _ => 28 };
    private static readonly Option<int> s_moves = new("--moves") { Description = "Moves the search may try: its work budget.", DefaultValueFactory = static _ => 4_000 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("clear", "Clear to build: which builds to release in the next days, so that most is made of the parts at hand.");
        command.Subcommands.Add(OfFolder());
        command.Subcommands.Add(Compare());
        return command;
    }

    private static Command OfFolder()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Company folder: one CSV a table." };
        var write = new Option<string?>("--out") { Description = "Write the company, as the list makes it, to this folder." };
        var exact = new Option<bool>("--exact") { Description = "Prove the list best by CP-SAT, or improve it; for some dozens of builds." };
        var limit = new Option<double>("--exact-limit") { Description = "Deterministic time for each of CP-SAT's three solves, about seconds.", DefaultValueFactory = static _ => 60 };
        var command = new Command("build", "The release list of a company folder, as JSON, with the reason for each build.") { folder, exact, limit, s_at, s_days, s_certainty, s_due, s_moves, s_samples, s_seed, write };
        command.SetAction(r =>
        {
            if (Wrong(r) is { } wrong) return Bad(wrong);
            if (r.GetValue(limit) is not (> 0 and <= 100_000)) return Bad("--exact-limit: give more than 0 and at most 100000.");
            if (Folder.Time(r.GetValue(s_at)) is not { } t || Folder.Read(r.GetValue(folder)!) is not { } world) return Folder.BadInput;
            var policy = new PlanPolicy { Samples = r.GetValue(s_samples), Seed = (ulong)r.GetValue(s_seed), Sea = Exchange.Sea.SeaAtlas.World };
            Snapshot planned = Applied(world, Plan.Allocate(world, t, policy, Scope.Unpegged));
            Plan plan = Plan.Make(planned, t, policy);
            var watch = Stopwatch.StartNew();
            ClearList list = r.GetValue(exact) ? Solvers.ExactClearing.Of(plan, Policy(r), r.GetValue(limit)) : ClearToBuild.Of(plan, Policy(r));
            Console.Error.WriteLine(FormattableString.Invariant($"{planned.OrderLines.Count} order lines, {list.Builds.Count} builds looked at: cleared in {watch.Elapsed.TotalSeconds:0.000} s"));
            if (r.GetValue(write) is { } to) Folder.Write(Applied(planned, list.Events), to);
            ClearText.Json(Console.Out, planned, list);
            return Folder.Ok;
        });
        return command;
    }

    private static Command Compare()
    {
        var seeds = new Option<int>("--seeds") { Description = "Worlds with shortages, seeds 1 to this.", DefaultValueFactory = static _ => 20 };
        var futures = new Option<int>("--futures") { Description = "Futures played of each world under each list; 0: none is played.", DefaultValueFactory = static _ => 4 };
        var lines = new Option<int>("--order-lines") { Description = "About how many order lines each company has.", DefaultValueFactory = static _ => 350 };
        var command = new Command("compare", "Seeded worlds with shortages: kits completed and promises kept by the plan in force, by plain priority and by clear to build.") { seeds, futures, lines, s_at, s_days, s_certainty, s_due, s_moves, s_json };
        command.SetAction(r =>
        {
            if (Wrong(r) is { } wrong) return Bad(wrong);
            if (r.GetValue(seeds) is not (>= 1 and <= 1_000)) return Bad("--seeds: give 1 to 1000.");
            if (r.GetValue(futures) is not (>= 0 and <= 100)) return Bad("--futures: give 0 to 100.");
            if (r.GetValue(lines) is not (>= 20 and <= 100_000)) return Bad("--order-lines: give 20 to 100000.");
            Instant? start = r.GetValue(s_at) is null ? Instant.FromUtc(2026, 11, 24, 6, 0) : Folder.Time(r.GetValue(s_at));
            if (start is not { } t) return Folder.BadInput;
            var comparison = new ClearComparison(t, Policy(r), r.GetValue(futures), r.GetValue(lines));
            var worlds = new ComparedWorld[r.GetValue(seeds)];
            int done = 0;
            Parallel.For(0, worlds.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
            {
                worlds[i] = comparison.Of(i + 1);
                Console.Error.WriteLine($"{Interlocked.Increment(ref done)} of {worlds.Length} worlds compared");
            });
            if (r.GetValue(s_json)) ClearText.Json(Console.Out, worlds);
            else ClearText.Print(Console.Out, worlds, r.GetValue(futures));
            return Folder.Ok;
        });
        return command;
    }

    private static ClearPolicy Policy(ParseResult r) => new()
    {
        Horizon = Duration.FromDays(r.GetValue(s_days)), Certainty = r.GetValue(s_certainty), DueWithin = Duration.FromDays(r.GetValue(s_due)), Moves = r.GetValue(s_moves),
    };

    internal static Snapshot Applied(Snapshot world, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = world.Apply(events, "clear");
        return applied.Accepted ? applied.World : throw new InvalidOperationException($"A list's own events do not apply: {applied.Findings[0]}");
    }

    private static int Bad(string what)
    {
        Console.Error.WriteLine(what);
        return Folder.BadInput;
    }

    private static string? Wrong(ParseResult r) =>
        r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0) ? $"--samples {samples} is no multiple of 8 from 8 to 4096."
        : r.GetValue(s_days) is not (> 0 and <= 60) ? "--days: give more than 0 and at most 60."
        : r.GetValue(s_certainty) is not (> 0 and <= 1) ? "--certainty: give more than 0 and at most 1."
        : r.GetValue(s_due) is not (> 0 and <= 1000) ? "--due-within: give more than 0 and at most 1000 days."
        : r.GetValue(s_moves) is not (>= 0 and <= 1_000_000) ? "--moves: give 0 to 1000000." : null;
}
