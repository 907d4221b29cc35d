using System.CommandLine;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Neutral;

namespace Homestretch.Cli.Neutral;

/// <summary>neutral generate, check and compare: instances and plans of the planner-independent benchmark.</summary>
internal static class NeutralCommands
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/planning-benchmark.md)." };

    public static Command Build() => new("neutral", "Make and check planner-independent instances and plans.") { Generate(), Check(), Compare() };

    private static Command Generate()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where to write the instance." };
        var shape = new NeutralShape();
        Option<int> orders = Number("--orders", shape.Orders), products = Number("--products", shape.Products), components = Number("--components", shape.Components),
            parts = Number("--parts", shape.PartsPerProduct), days = Number("--days", shape.Days), lines = Number("--lines", shape.Lines), seed = Number("--seed", 1);
        Option<double> load = new("--load") { DefaultValueFactory = _ => shape.Load }, cover = new("--cover") { DefaultValueFactory = _ => shape.Cover };
        var command = new Command("generate", "Write an instance; the same options always write the same one.") { folder, orders, products, components, parts, days, lines, load, cover, seed };
        command.SetAction(r =>
        {
            var wanted = new NeutralShape(r.GetValue(orders), r.GetValue(products), r.GetValue(components), r.GetValue(parts), r.GetValue(days), r.GetValue(lines), r.GetValue(load), r.GetValue(cover), (ulong)r.GetValue(seed));
            if (wanted.Orders < 1 || wanted.Products < 1 || wanted.Components < 1 || wanted.PartsPerProduct < 1 || wanted.Days is < 4 or > 3_000 || wanted.Lines < 0 || !(wanted.Load > 0) || !(wanted.Cover >= 0))
            {
                Console.Error.WriteLine("An instance needs at least one order, product, component and part, 4 to 3,000 days, a load above 0 and a cover of 0 or more.");
                return Folder.BadInput;
            }
            Directory.CreateDirectory(r.GetValue(folder)!);
            foreach (var (name, bytes) in NeutralWriter.Write(NeutralGenerator.Make(wanted))) File.WriteAllBytes(Path.Combine(r.GetValue(folder)!, name), bytes);
            return Folder.Ok;
        });
        return command;
    }

    private static Command Check()
    {
        var folder = new Argument<string>("INSTANCE");
        var plan = new Argument<string>("PLAN") { Description = "Plan file of any planner." };
        var command = new Command("check", "Check a plan from its rows alone; exit status 1 when it cannot be carried out.") { folder, plan, s_json };
        command.SetAction(r =>
        {
            if (NeutralFiles.Read(r.GetValue(folder)!) is not { } instance || NeutralFiles.ReadPlan(r.GetValue(plan)!) is not { } rows) return Folder.BadInput;
            NeutralVerdict verdict = NeutralChecker.Check(instance, rows, r.GetValue(plan)!);
            foreach (Finding finding in verdict.Violations) Console.Error.WriteLine(finding);
            if (r.GetValue(s_json))
                NeutralText.Write(Console.Out, new
                {
                    feasible = verdict.Feasible, violations = verdict.Counts, on_time = verdict.OnTime, late = verdict.Late, unplanned = verdict.Short,
                    by_class = verdict.ByClass.Select(c => new { @class = c.Class, orders = c.Orders, on_time = c.OnTime }),
                    tardiness_days = Math.Round(verdict.TardinessDays, 1), most_days_late = Math.Round(verdict.MostDaysLate, 2),
                });
            else
                Console.Out.WriteLine($"{(verdict.Feasible ? "feasible" : "not feasible")}: {verdict.OnTime} on time, {verdict.Late} late by {verdict.TardinessDays:0.0} days in all and {verdict.MostDaysLate:0.0} at most, {verdict.Short} not whole");
            return verdict.Feasible ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static Command Compare()
    {
        var first = new Argument<string>("PLAN_A");
        var second = new Argument<string>("PLAN_B");
        var command = new Command("compare", "Count the promises that moved from one plan to another.") { first, second, s_json };
        command.SetAction(r =>
        {
            if (NeutralFiles.ReadPlan(r.GetValue(first)!) is not { } a || NeutralFiles.ReadPlan(r.GetValue(second)!) is not { } b) return Folder.BadInput;
            NeutralMoves moves = NeutralMoves.Of(a, b);
            if (r.GetValue(s_json)) NeutralText.Write(Console.Out, moves);
            else Console.Out.WriteLine($"{moves.Moved} of {moves.Orders} promises moved: {moves.Later} later, {moves.Earlier} earlier, {moves.MostDaysLater:0.0} days later at most");
            return Folder.Ok;
        });
        return command;
    }

    private static Option<int> Number(string name, int value) => new(name) { DefaultValueFactory = _ => value };
}
