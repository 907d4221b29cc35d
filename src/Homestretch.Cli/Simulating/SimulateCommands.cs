using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.Simulating;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Simulating;

/// <summary>simulate: plays a company folder forward and scores what its plan said.</summary>
public static class SimulateCommands
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Start, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_days = new("--days") { Description = "Days to play.", DefaultValueFactory = static _ => 60 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the future that happens.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = "Many futures: first and last seed, such as 1..200." };
    private static readonly Option<string?> s_truth = new("--truth") { Description = "CSV of actual times: carrier, sequence, at. What it does not say is drawn." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures in each plan, a multiple of 8.", DefaultValueFactory = static _ => 256 };
    private static readonly Option<long> s_planSeed = new("--plan-seed") { Description = "Seed of the planner's futures.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> s_allocate = new("--allocate-at") { Description = "Quantile of a lot's arrival that stands as its allocation date.", DefaultValueFactory = static _ => 0.9 };
    private static readonly Option<double> s_promise = new("--promise-at") { Description = "Confidence at which promises are given.", DefaultValueFactory = static _ => 0.9 };
    private static readonly Option<double> s_renew = new("--renew-below") { Description = "A new promise is given when fewer futures than this keep the one in force; 0: never.", DefaultValueFactory = static _ => 0.5 };
    private static readonly Option<bool> s_replan = new("--replan") { Description = "Plan everything that may move anew at the start." };
    private static readonly Option<bool> s_orders = new("--new-orders") { Description = "Take new orders that resemble the order book." };
    private static readonly Option<bool> s_fits = new("--fit-lanes") { Description = "Learn the times of lane steps day by day from what was executed, as the server does." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("simulate", "Play the company forward and score promises, kits, dates and stock against what the plan said.")
        {
            s_folder, s_at, s_days, s_seed, s_seeds, s_truth, s_samples, s_planSeed, s_allocate, s_promise, s_renew, s_replan, s_orders, s_fits, s_json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult r)
    {
        if (Wrong(r) is { } wrong)
        {
            Console.Error.WriteLine(wrong);
            return Folder.BadInput;
        }
        if (Folder.Time(r.GetValue(s_at)) is not { } start || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        GivenTruth given = GivenTruth.Nothing;
        if (r.GetValue(s_truth) is { } file)
        {
            if (TruthFile.Read(file, world) is not { } told) return Folder.BadInput;
            given = told;
        }
        var policy = new SimulationPolicy
        {
            Plan = new PlanPolicy { Samples = r.GetValue(s_samples), Seed = (ulong)r.GetValue(s_planSeed), AllocationQuantile = r.GetValue(s_allocate), PromiseConfidence = r.GetValue(s_promise), Sea = Exchange.Sea.SeaAtlas.World },
            Days = r.GetValue(s_days), Replan = r.GetValue(s_replan), NewOrders = r.GetValue(s_orders), FitLanes = r.GetValue(s_fits), RenewBelow = r.GetValue(s_renew),
        };
        Scores scores = Scores.Of(Play(world, start, policy, Seeds(r)!.Value, given));
        if (r.GetValue(s_json)) SimulateText.Json(Console.Out, world, start, policy, scores);
        else SimulateText.Print(Console.Out, start, policy, scores);
        return Folder.Ok;
    }

    /// <summary>Futures side by side, as many at once as there are cores; each is the same whoever plays it.</summary>
    private static Played[] Play(Snapshot world, Instant start, SimulationPolicy policy, (ulong First, ulong Last) seeds, GivenTruth given)
    {
        var futures = new Played[checked((int)(seeds.Last - seeds.First + 1))];
        int done = 0;
        Parallel.For(0, futures.Length, i =>
        {
            futures[i] = Simulation.Play(world, start, policy, seeds.First + (ulong)i, given);
            int played = Interlocked.Increment(ref done);
            if (played % 10 == 0 || played == futures.Length) Console.Error.WriteLine($"{played} of {futures.Length} futures played");
        });
        return futures;
    }

    private static (ulong First, ulong Last)? Seeds(ParseResult r)
    {
        if (r.GetValue(s_seeds) is not { } text) return ((ulong)r.GetValue(s_seed), (ulong)r.GetValue(s_seed));
        string[] ends = text.Split("..");
        return ends is [var a, var b] && uint.TryParse(a, out uint first) && uint.TryParse(b, out uint last) && first <= last ? (first, last) : null;
    }

    private static string? Wrong(ParseResult r) =>
        r.GetValue(s_samples) is var samples && (samples is < 8 or > 4096 || samples % 8 != 0) ? $"--samples {samples} is no multiple of 8 from 8 to 4096."
        : r.GetValue(s_days) is var days && days is < 1 or > 365 ? $"--days {days}: give 1 to 365."
        : Seeds(r) is null ? $"--seeds '{r.GetValue(s_seeds)}' is no range. Write it like 1..200."
        : r.GetValue(s_allocate) is not (> 0 and < 1) ? "--allocate-at: give a share above 0 and below 1."
        : r.GetValue(s_promise) is not (> 0 and < 1) ? "--promise-at: give a share above 0 and below 1."
        : r.GetValue(s_renew) is not (>= 0 and <= 1) ? "--renew-below: give a share from 0 to 1." : null;
}
