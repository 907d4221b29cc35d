using System.CommandLine;
using System.Diagnostics;
using Homestretch.Branching;
using Homestretch.Cli.Neutral;
using Homestretch.Exchange.Csv;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Planning;

/// <summary>plan, explain, quote and what-if on a company folder.</summary>
public static class PlanCommands
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Argument<string?> s_planned = new("FOLDER") { Description = "Company folder: one CSV a table; none with --neutral.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Possible futures, a multiple of 8.", DefaultValueFactory = static _ => 256 };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of the futures.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static IEnumerable<Command> Build()
    {
        var all = new Option<bool>("--replan") { Description = "Take the best re-plan of everything that may move, never worse than the plan in the folder." };
        var letFall = new Option<bool>("--let-fall") { Description = "With --replan: promises that stand well may fall too (see docs/formulas/promising.md)." };
        var write = new Option<string?>("--out") { Description = "Write the planned company to this folder; with --neutral, the plan to this file." };
        var plan = new Command("plan", "Give every open order line a slot, pegs and a date at each confidence.") { s_planned, s_at, s_samples, s_seed, all, letFall, write, s_json };
        NeutralPlanning.Extend(plan);
        plan.SetAction(r => NeutralPlanning.IsAsked(r) ? NeutralPlanning.Run(r, r.GetValue(write), r.GetValue(s_json)) : WithPlan(r, r.GetValue(s_planned), r.GetValue(all) ? Scope.Everything : Scope.Unpegged, (made, events, seconds) =>
        {
            if (r.GetValue(write) is { } folder) Folder.Write(made.World, folder);
            if (r.GetValue(s_json)) PlanText.Json(Console.Out, made, events, seconds);
            else PlanText.Table(Console.Out, made, seconds);
            return Folder.Ok;
        }, r.GetValue(letFall)));

        var order = new Argument<string>("ORDER") { Description = "Order line, such as SO-7781/1." };
        var explain = new Command("explain", "Say why an order line's date is what it is, and what would make it earlier.") { s_folder, order, s_at, s_samples, s_seed, s_json };
        explain.SetAction(r => WithPlan(r, r.GetValue(s_folder), Scope.Unpegged, (made, _, _) =>
        {
            if (made.Explain(r.GetValue(order)!) is not { } explanation)
            {
                Console.Error.WriteLine($"No open order line '{r.GetValue(order)}'.");
                return Folder.BadInput;
            }
            if (r.GetValue(s_json)) PlanText.Json(Console.Out, explanation);
            else PlanText.Print(Console.Out, explanation);
            return explanation.Forecast is Forecast.Dated ? Folder.Ok : Folder.No;
        }));
        return [plan, explain, Quote(), WhatIfCommand()];
    }

    private static Command Quote()
    {
        Option<string> family = new("--family") { Required = true, Description = "Product family: an item that is sold, such as C1." },
            market = new("--market") { Required = true, Description = "Market whose rules and parts apply, such as EU." },
            hub = new("--hub") { Required = true, Description = "Hub that builds it." },
            customer = new("--customer") { Required = true, Description = "Party that asks." };
        var options = new Option<string>("--options") { Description = "Choices as feature=option; feature=option.", DefaultValueFactory = static _ => "" };
        var quantity = new Option<int>("--quantity") { Description = "How many, built as one.", DefaultValueFactory = static _ => 1 };
        var wanted = new Option<string?>("--wanted") { Description = "When it is wanted, ISO 8601 with offset; default: as soon as possible." };
        var priority = new Option<int>("--class") { Description = "Order class; 1 goes before all others.", DefaultValueFactory = static _ => 3 };
        var command = new Command("quote", "A date for an order that does not exist yet; moves nothing.") { s_folder, family, market, hub, customer, options, quantity, wanted, priority, s_at, s_samples, s_seed, s_json };
        command.SetAction(r => WithPlan(r, r.GetValue(s_folder), Scope.Unpegged, (made, _, _) =>
        {
            var (choices, wrong, cure) = Choices.Parse(r.GetValue(options)!);
            Instant? requested = r.GetValue(wanted) is { } text ? Folder.Time(text) : made.Epoch;
            if (choices is null || requested is null)
            {
                if (wrong is not null) Console.Error.WriteLine($"{wrong} {cure}");
                return Folder.BadInput;
            }
            Key<Item> wantedFamily = r.GetValue(family)!;
            Key<Party> seller = made.World.Items.Find(wantedFamily)?.Party ?? "";
            var line = new OrderLine("QUOTE", seller, r.GetValue(customer)!, wantedFamily, r.GetValue(quantity), r.GetValue(market)!, choices,
                r.GetValue(hub)!, made.Epoch, requested.Value, r.GetValue(priority), null, ShipComplete.Whole, OrderStatus.Proposed);
            Quote quote = made.Quote(line);
            if (r.GetValue(s_json)) PlanText.Json(Console.Out, quote);
            else PlanText.Print(Console.Out, quote);
            return quote.Possible ? Folder.Ok : Folder.No;
        }));
        return command;
    }

    private static Command WhatIfCommand()
    {
        var with = new Option<string?>("--with") { Description = "Folder of CSV deltas: rows are put, an absent row stays." };
        var assume = new Option<string[]>("--assume") { Description = "What is assumed, a line each (see docs/what-if.md), such as 'close suez for 3 weeks'; all of them together are one branch." };
        var branch = new Option<string[]>("--branch") { Description = "File of such lines: a branch of that name. Several are compared side by side." };
        var command = new Command("what-if", "What would come of changes that have not happened, beside what comes as things are; every difference is theirs, none is chance.") { s_folder, with, assume, branch, s_at, s_samples, s_seed, s_json };
        command.SetAction(r => WithPlan(r, r.GetValue(s_folder), Scope.Unpegged, (made, _, _) =>
        {
            string[] lines = r.GetValue(assume) ?? [], named = r.GetValue(branch) ?? [];
            if (r.GetValue(with) is { } deltas && lines.Length + named.Length == 0) return Differing(made, deltas, r.GetValue(s_json));
            if (r.GetValue(with) is not null || lines.Length + named.Length == 0)
            {
                Console.Error.WriteLine("What is assumed? Give --with, or --assume and --branch.");
                return Folder.BadInput;
            }
            return Compared(made, lines, named, r.GetValue(s_json));
        }));
        return command;
    }

    private static int Differing(Plan made, string folder, bool json)
    {
        if (Folder.Tables(folder) is not { } tables) return Folder.BadInput;
        var (applied, events) = CompanyFolder.DryRun(made.World, tables);
        foreach (Finding finding in applied.Findings) Console.Error.WriteLine(finding);
        if (!applied.Accepted) return Folder.BadInput;
        WhatIf branch = WhatIf.Of(made.World, made.Epoch, made.Policy, [.. made.Forecasts], events);
        if (json) PlanText.Json(Console.Out, branch);
        else PlanText.Print(Console.Out, branch);
        return Folder.Ok;
    }

    private static int Compared(Plan made, string[] lines, string[] files, bool json)
    {
        var branches = new List<Branch>();
        var findings = new List<Finding>();
        foreach (var (name, written) in (IEnumerable<(string, IEnumerable<string>)>)[.. lines.Length > 0 ? [("assumed", lines)] : (IEnumerable<(string, IEnumerable<string>)>)[], .. files.Select(static f => (Path.GetFileNameWithoutExtension(f), File.Exists(f) ? File.ReadLines(f) : [$"no file {f}"]))])
        {
            var (assumed, wrong) = AssumptionText.Parse(written, name);
            branches.Add(new(name, assumed));
            findings.AddRange(wrong);
        }
        foreach (Finding finding in findings) Console.Error.WriteLine(finding);
        if (findings.Count > 0) return Folder.BadInput;
        BranchFigures asItIs = BranchFigures.Of(made);
        Branched[] planned = [.. branches.Select(b => Branched.Of(made, b, asItIs))];
        foreach (Finding finding in planned.SelectMany(static b => b.Findings)) Console.Error.WriteLine(finding);
        if (planned.Any(static b => b.Findings.Count > 0)) return Folder.BadInput;
        if (json) PlanText.Write(Console.Out, BranchText.Shape(asItIs, planned));
        else BranchText.Print(Console.Out, asItIs, planned);
        return Folder.Ok;
    }

    /// <summary>Loads, allocates, evaluates, and hands the plan on.</summary>
    private static int WithPlan(ParseResult r, string? folder, Scope scope, Func<Plan, IReadOnlyList<WorldEvent>, double, int> then, bool letFall = false)
    {
        int samples = r.GetValue(s_samples);
        if (samples <= 0 || samples % 8 != 0)
        {
            Console.Error.WriteLine($"--samples {samples} is no positive multiple of 8.");
            return Folder.BadInput;
        }
        if (Folder.Time(r.GetValue(s_at)) is not { } t || Folder.Read(folder ?? "") is not { } world) return Folder.BadInput;
        var policy = new PlanPolicy { Samples = samples, Seed = (ulong)r.GetValue(s_seed), Sea = Exchange.Sea.SeaAtlas.World };
        var watch = Stopwatch.StartNew();
        if (scope == Scope.Everything)
        {
            Proposal p = Plan.Propose(world, t, letFall ? policy with { PromiseFloor = 0 } : policy);
            Console.Error.WriteLine($"{world.OrderLines.Count} order lines, {world.Lots.Count} lots, S = {samples}: re-planned in {watch.Elapsed.TotalSeconds:0.000} s");
            PlanText.Weighed(Console.Error, p);
            return then(p.Plan, p.Events, watch.Elapsed.TotalSeconds);
        }
        IReadOnlyList<WorldEvent> events = Plan.Allocate(world, t, policy, scope);
        Applied applied = world.Apply(events, "plan");
        if (!applied.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {applied.Findings[0]}");
        Plan made = Plan.Make(applied.World, t, policy);
        watch.Stop();
        Console.Error.WriteLine($"{world.OrderLines.Count} order lines, {world.Lots.Count} lots, S = {samples}: planned in {watch.Elapsed.TotalSeconds:0.000} s");
        return then(made, events, watch.Elapsed.TotalSeconds);
    }
}
