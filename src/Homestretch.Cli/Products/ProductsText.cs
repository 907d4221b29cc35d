using System.Globalization;
using System.Numerics;
using Homestretch.Cli.Planning;
using Homestretch.Products.Configuring;

namespace Homestretch.Cli.Products;

/// <summary>Answers about feature models as text and as JSON (docs/command-line.md has the shapes).</summary>
internal static class ProductsText
{
    public static void Print(TextWriter o, ModelFile file, Anomalies anomalies, Conflict? conflict)
    {
        o.WriteLine($"configurations: {Digits(file.Model.Count)}");
        if (conflict is not null) Print(o, conflict);
        List(o, "in no configuration", anomalies.Dead);
        List(o, "in every configuration", anomalies.Core);
        List(o, "not written as mandatory, but there whenever the feature above is", anomalies.FalseOptional);
    }

    public static void Json(TextWriter o, ModelFile file, Anomalies anomalies, Conflict? conflict) => PlanText.Write(o, new
    {
        model = Path.GetFileName(file.Path),
        features = file.Model.Model.Features().Count(),
        constraints = file.Model.Model.Rules.Count,
        count = Digits(file.Model.Count),
        dead = anomalies.Dead.Select(Shape),
        core = anomalies.Core.Select(Shape),
        false_optional = anomalies.FalseOptional.Select(Shape),
        conflict = Shape(conflict),
    });

    public static void Json(TextWriter o, ModelFile file, IReadOnlyList<Choice> choices, BigInteger count) => PlanText.Write(o, new
    {
        model = Path.GetFileName(file.Path),
        choices = choices.Select(Shape),
        count = Digits(count),
        read_seconds = Math.Round(file.Reading, 4),
        compile_seconds = Math.Round(file.Compiling, 4),
        nodes = file.Model.Nodes,
        parts = file.Model.Parts,
    });

    public static void Print(TextWriter o, ModelFile file, Configuration? configuration, Conflict? conflict, IReadOnlyList<Selectable>? finished)
    {
        if (conflict is not null) Print(o, conflict);
        if (configuration is null) return;
        o.WriteLine($"configurations left: {Digits(configuration.Count)}");
        foreach (var (state, words) in ((SelectState, string)[])[(SelectState.Taken, "taken"), (SelectState.Left, "left out"), (SelectState.Forced, "forced"), (SelectState.Impossible, "impossible"), (SelectState.Open, "open")])
            List(o, words, file.Model.Selectables.Where(s => configuration[s] == state));
        if (finished is not null) List(o, "finished with as few as can be", finished);
    }

    public static void Json(TextWriter o, ModelFile file, Configuration? configuration, Conflict? conflict, IReadOnlyList<Selectable>? finished) => PlanText.Write(o, new
    {
        model = Path.GetFileName(file.Path),
        choices = configuration?.Choices.Select(Shape),
        count = configuration is null ? "0" : Digits(configuration.Count),
        complete = configuration?.Complete,
        conflict = Shape(conflict),
        finished = finished?.Select(static s => s.Name),
        features = configuration is null ? null : file.Model.Selectables.Select(s => new { name = s.Name, feature = s.Feature, value = s.IsValue, line = s.At.Line, state = Words(configuration[s]) }),
    });

    public static void Json(TextWriter o, ModelFile file, long seed, IEnumerable<IReadOnlyList<Selectable>> drawn) => PlanText.Write(o, new
    {
        model = Path.GetFileName(file.Path),
        count = Digits(file.Model.Count),
        seed,
        configurations = drawn.Select(static d => d.Select(static s => s.Name)),
    });

    public static void Print(TextWriter o, Selectable of, Conflict? taken, Conflict? left)
    {
        if (taken is null && left is null) o.WriteLine($"{of} can be taken and can be left out.");
        if (taken is not null) Print(o, taken);
        if (left is not null) Print(o, left);
    }

    public static void Json(TextWriter o, ModelFile file, Selectable of, IReadOnlyList<Choice> choices, Conflict? taken, Conflict? left) => PlanText.Write(o, new
    {
        model = Path.GetFileName(file.Path),
        name = of.Name,
        choices = choices.Select(Shape),
        state = Words(taken is not null ? SelectState.Impossible : left is not null ? SelectState.Forced : SelectState.Open),
        why_not_taken = Shape(taken),
        why_not_left = Shape(left),
    });

    private static void Print(TextWriter o, Conflict conflict)
    {
        foreach (string line in conflict.Words()) o.WriteLine(line);
        if (!conflict.Fewest) o.WriteLine("(None of these rules can be left out; whether fewer others would do was not settled.)");
    }

    private static void List(TextWriter o, string what, IEnumerable<Selectable> selectables)
    {
        Selectable[] all = [.. selectables];
        if (all.Length > 0) o.WriteLine($"{what} ({all.Length}): {string.Join(", ", all.AsEnumerable())}");
    }

    private static object? Shape(Conflict? conflict) => conflict is null ? null : new
    {
        wanted = Shape(conflict.Wanted),
        choices = conflict.Choices.Select(Shape),
        rules = conflict.Rules.Select(static r => new { text = r.Text, source = r.At.Source, line = r.At.Line, column = r.At.Column }),
        fewest = conflict.Fewest,
        change = conflict.Change?.Select(Shape),
        words = conflict.Words(),
    };

    private static object Shape(Choice choice) => new { name = choice.Of.Name, taken = choice.Taken };

    private static object Shape(Selectable s) => new { name = s.Name, line = s.At.Line };

    private static string Words(SelectState state) => state switch
    {
        SelectState.Open => "open",
        SelectState.Taken => "taken",
        SelectState.Left => "left",
        SelectState.Forced => "forced",
        _ => "impossible",
    };

    private static string Digits(BigInteger count) => count.ToString(CultureInfo.InvariantCulture);
}
