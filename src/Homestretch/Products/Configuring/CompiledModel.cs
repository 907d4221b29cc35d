using System.Globalization;
using System.Numerics;
using Homestretch.Products.Compiling;
using Homestretch.Products.Features;

namespace Homestretch.Products.Configuring;

/// <summary>A feature model compiled once, so that every question to it is answered in time linear in the compiled form.</summary>
public sealed class CompiledModel
{
    private readonly Dictionary<string, Selectable> _byName = new(StringComparer.Ordinal);

    private CompiledModel(FeatureModel model, Translated translated, Compiled compiled)
    {
        (Model, Translated, Compiled) = (model, translated, compiled);
        Selectables = [.. translated.Choosables.Select((c, i) => new Selectable(i, c.Name, translated.Slots.All[c.Slot].Feature.Name, c.Value is not null, translated.Slots.All[c.Slot].Feature.At))];
        foreach (Selectable selectable in Selectables) _byName.TryAdd(selectable.Name, selectable);
    }

    public FeatureModel Model { get; }

    /// <summary>In the order of the model.</summary>
    public IReadOnlyList<Selectable> Selectables { get; }

    /// <summary>How many configurations there are. Values of a typed feature that no constraint tells apart count as one.</summary>
    public BigInteger Count => Compiled.Count;

    /// <summary>Nodes of the compiled form.</summary>
    public int Nodes => Compiled.Nodes;

    /// <summary>What its nodes hold together: literals, free variables and links.</summary>
    public int Parts => Compiled.Parts;

    internal Translated Translated { get; }

    internal Compiled Compiled { get; }

    /// <summary>Compiles a model, or says what is wrong with it or cannot be decided exactly.</summary>
    /// <param name="source">File the model was read from, for messages.</param>
    public static (CompiledModel? Compiled, IReadOnlyList<Finding> Findings) Compile(FeatureModel model, string source, CancellationToken cancel)
    {
        List<Finding> found = [.. ModelCheck.Findings(model, source)];
        if (found.Count > 0 || Translation.Of(model, source, found) is not { } translated) return (null, found);
        if (Compiled.Of(translated.Formula(), cancel) is { } compiled) return (new(model, translated, compiled), found);
        found.Add(new(new(source), "model-too-large", $"The compiled form of the model's {model.Features().Count()} features and {translated.Rules.Count} rules would have more than {Compiler.MostParts} parts.", "Split the model, or leave constraints out that join what is far apart."));
        return (null, found);
    }

    /// <summary>The selectable of a name; a value of a typed feature may be given as "feature=value".</summary>
    public Selectable? Find(string name)
    {
        if (_byName.TryGetValue(name, out Selectable? found)) return found;
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) return null;
        string feature = name[..equals].Trim(), value = name[(equals + 1)..].Trim();
        bool text = value.Length > 1 && value[0] == '\'' && value[^1] == '\'';
        decimal number = 0;
        if (!text && !decimal.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return null;
        return Selectables.FirstOrDefault(s => s.IsValue && s.Name.StartsWith(feature + ":", StringComparison.Ordinal)
            && Translated.Choosables[s.Number].Value!.Contains(text ? value.Length - 2 : Rational.Of(number), text ? value[1..^1] : null));
    }

    /// <summary>Configurations that keep to all the choices.</summary>
    public BigInteger CountWith(IEnumerable<Choice> choices) => Compiled.CountWith(choices.Select(Literal));

    /// <summary>Nothing chosen yet; null when the model has no configuration at all.</summary>
    public Configuration? Start() => Count.IsZero ? null : new(this, []);

    /// <summary>Features in no, in every, and misleadingly in every configuration.</summary>
    public Anomalies Anomalies()
    {
        bool[] possible = Compiled.Possible([]);
        var dead = new List<Selectable>();
        var core = new List<Selectable>();
        var falsely = new List<Selectable>();
        var mandatory = Model.Features().SelectMany(static f => f.Groups).Where(static g => g.Kind == GroupKind.Mandatory).SelectMany(static g => g.Features).Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        bool[][] drawn = Count.IsZero ? [] : [.. Enumerable.Range(0, 32).Select(n => Compiled.Model(Sampling.Rank(Count, 1, n)))];
        foreach (Selectable s in Selectables)
        {
            int variable = Translated.Choosables[s.Number].Variable, parent = Translated.Slots.All[Translated.Choosables[s.Number].Slot].Parent;
            if (!possible[2 * variable]) dead.Add(s);
            else if (!possible[2 * variable + 1]) core.Add(s);
            // a configuration with the parent but without the feature shows that it is an option; only without one among those drawn need it be asked for
            if (s.IsValue || parent < 0 || !possible[2 * variable] || mandatory.Contains(s.Feature) || Translated.Slots.All[variable].Number > 1) continue;
            if (!drawn.Any(m => m[parent] && !m[variable]) && !Compiled.Possible([2 * parent, 2 * variable + 1])[2 * parent]) falsely.Add(s);
        }
        return new(dead, core, falsely);
    }

    /// <summary>Configurations drawn evenly from all, independent of each other; each lists what is in it. The same seed gives the same.</summary>
    public IEnumerable<IReadOnlyList<Selectable>> Sample(ulong seed, int count)
    {
        for (int n = 0; n < count && !Count.IsZero; n++) yield return Of(Compiled.Model(Sampling.Rank(Count, seed, n)));
    }

    /// <summary>Why a choice cannot be made; null when it can.</summary>
    /// <param name="choices">Choices made before, which fit together.</param>
    /// <param name="written">Only rules that stand in a text are counted; those of the tree that stand nowhere go without saying.</param>
    public Conflict? Explain(IReadOnlyList<Choice> choices, Choice wanted, CancellationToken cancel, bool written = false) => Conflicts.Of(this, choices, wanted, written, cancel);

    /// <summary>Why the model has no configuration; null when it has some.</summary>
    public Conflict? ExplainVoid(CancellationToken cancel, bool written = false) => Count.IsZero ? Conflicts.Of(this, [], new(Selectables[0], true), written, cancel) : null;

    internal int Literal(Choice choice) => 2 * Translated.Choosables[choice.Of.Number].Variable + (choice.Taken ? 0 : 1);

    internal IReadOnlyList<Selectable> Of(bool[] model) => [.. Selectables.Where(s => model[Translated.Choosables[s.Number].Variable])];
}
