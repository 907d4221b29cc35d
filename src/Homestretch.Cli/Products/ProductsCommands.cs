using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Homestretch.Cli.Planning;
using Homestretch.Products.Configuring;

namespace Homestretch.Cli.Products;

/// <summary>products: what a feature model allows, counted exactly, chosen without dead ends, drawn evenly, explained.</summary>
public static class ProductsCommands
{
    private static readonly Argument<string> s_model = new("MODEL") { Description = "Feature model in UVL (.uvl); models it imports lie beside it." };
    private static readonly Option<string[]> s_take = Many("--take", "A feature to take; NAME=NUMBER or NAME='TEXT' for the value of a typed one.");
    private static readonly Option<string[]> s_leave = Many("--leave", "A feature to leave out.");
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("products", "Feature models in UVL: errors, exact counts, configurations without dead ends, even samples, reasons; orders chosen by the rules of their market; what an engineering change does.");
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Count());
        command.Subcommands.Add(Configure());
        command.Subcommands.Add(Sample());
        command.Subcommands.Add(Explain());
        command.Subcommands.Add(OrderCommand.Build());
        command.Subcommands.Add(ChangeCommand.Build());
        return command;
    }

    private static Command Check() => Of(new("check", "All errors of a model with line and column; how many configurations it has; features in none, in all, or misleadingly optional.") { s_model, s_json },
        static (r, file, to, error, cancel) =>
        {
            Anomalies anomalies = file.Model.Anomalies();
            Conflict? conflict = file.Model.ExplainVoid(cancel);
            if (r.GetValue(s_json)) ProductsText.Json(to, file, anomalies, conflict);
            else ProductsText.Print(to, file, anomalies, conflict);
            return conflict is null ? Folder.Ok : Folder.No;
        });

    private static Command Count() => Of(new("count", "How many configurations a model has, exactly, or how many keep to some choices.") { s_model, s_take, s_leave, s_json },
        static (r, file, to, error, cancel) =>
        {
            if (Choices(r, file, error) is not { } choices) return Folder.BadInput;
            BigInteger count = choices.Count == 0 ? file.Model.Count : file.Model.CountWith(choices);
            if (r.GetValue(s_json)) ProductsText.Json(to, file, choices, count);
            else to.WriteLine(count.ToString(CultureInfo.InvariantCulture));
            return count.IsZero ? Folder.No : Folder.Ok;
        });

    private static Command Configure()
    {
        var finish = new Option<bool>("--finish") { Description = "Also one way to finish with as few features as can be." };
        return Of(new("configure", "What is still possible after some choices, made one after another; a choice that is not is refused with the smallest conflict and the smallest change.") { s_model, s_take, s_leave, finish, s_json },
            (r, file, to, error, cancel) =>
            {
                if (Choices(r, file, error) is not { } choices) return Folder.BadInput;
                Configuration? configuration = file.Model.Start();
                Conflict? conflict = file.Model.ExplainVoid(cancel);
                foreach (Choice choice in choices)
                {
                    if (conflict is not null) break;
                    (Configuration? next, conflict) = configuration!.Choose(choice, cancel);
                    configuration = next ?? configuration;
                }
                IReadOnlyList<Selectable>? finished = r.GetValue(finish) && conflict is null ? configuration!.Finished() : null;
                if (r.GetValue(s_json)) ProductsText.Json(to, file, configuration, conflict, finished);
                else ProductsText.Print(to, file, configuration, conflict, finished);
                return conflict is null ? Folder.Ok : Folder.No;
            });
    }

    private static Command Sample()
    {
        var number = new Option<int>("--number") { Description = "How many to draw.", DefaultValueFactory = static _ => 10 };
        var seed = new Option<long>("--seed") { Description = "The same seed draws the same.", DefaultValueFactory = static _ => 1 };
        return Of(new("sample", "Configurations drawn evenly from all, independent of each other.") { s_model, number, seed, s_json },
            (r, file, to, error, cancel) =>
            {
                if (r.GetValue(number) is not (>= 1 and <= 1_000_000))
                {
                    error.WriteLine("--number: give 1 to 1000000.");
                    return Folder.BadInput;
                }
                if (file.Model.Count.IsZero)
                {
                    error.WriteLine($"{file.Path} has no configuration: products check says why.");
                    return Folder.No;
                }
                var drawn = file.Model.Sample((ulong)r.GetValue(seed), r.GetValue(number));
                if (r.GetValue(s_json)) ProductsText.Json(to, file, r.GetValue(seed), drawn);
                else foreach (IReadOnlyList<Selectable> one in drawn) to.WriteLine(string.Join(", ", one));
                return Folder.Ok;
            });
    }

    private static Command Explain()
    {
        var what = new Argument<string>("FEATURE") { Description = "The feature, or a value as NAME=NUMBER or NAME='TEXT'." };
        return Of(new("explain", "Why a feature is impossible or forced after some choices: the fewest choices and rules, and the smallest change.") { s_model, what, s_take, s_leave, s_json },
            (r, file, to, error, cancel) =>
            {
                if (Choices(r, file, error) is not { } choices || file.Find(r.GetValue(what)!, error) is not { } of) return Folder.BadInput;
                if (file.Model.CountWith(choices).IsZero && !file.Model.Count.IsZero)
                {
                    error.WriteLine("These choices do not fit together; products configure says why.");
                    return Folder.No;
                }
                Conflict? taken = file.Model.Explain(choices, new(of, true), cancel), left = file.Model.Explain(choices, new(of, false), cancel);
                if (r.GetValue(s_json)) ProductsText.Json(to, file, of, choices, taken, left);
                else ProductsText.Print(to, of, taken, left);
                return Folder.Ok;
            });
    }

    private static Command Of(Command command, Func<ParseResult, ModelFile, TextWriter, TextWriter, CancellationToken, int> answer)
    {
        command.SetAction((r, cancel) => Task.FromResult(
            ModelFile.Open(r.GetValue(s_model)!, r.InvocationConfiguration.Error, cancel) is { } file
                ? answer(r, file, r.InvocationConfiguration.Output, r.InvocationConfiguration.Error, cancel) : Folder.BadInput));
        return command;
    }

    /// <summary>First what is taken, then what is left out, each in the order given; null after saying which names are unknown.</summary>
    private static List<Choice>? Choices(ParseResult r, ModelFile file, TextWriter error)
    {
        var choices = new List<Choice>();
        bool known = true;
        foreach (var (names, taken) in ((string[], bool)[])[(r.GetValue(s_take)!, true), (r.GetValue(s_leave)!, false)])
            foreach (string name in names)
            {
                if (file.Find(name, error) is { } of) choices.Add(new(of, taken));
                else known = false;
            }
        return known ? choices : null;
    }

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false, DefaultValueFactory = static _ => [] };
}
