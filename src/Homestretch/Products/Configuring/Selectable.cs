using Homestretch.Products.Features;

namespace Homestretch.Products.Configuring;

/// <summary>Something that is in a configuration or not: a feature, an instance of one, or values of a typed feature that no constraint tells apart.</summary>
/// <param name="Number">Its place in <see cref="CompiledModel.Selectables"/>.</param>
/// <param name="Feature">The feature it is, or whose value it is.</param>
/// <param name="IsValue">Is it a class of values, beside the feature itself?</param>
public sealed record Selectable(int Number, string Name, string Feature, bool IsValue, Written At)
{
    public override string ToString() => Name;
}

/// <summary>One selectable taken, or left out.</summary>
public sealed record Choice(Selectable Of, bool Taken)
{
    public override string ToString() => Taken ? Of.Name : $"not {Of.Name}";
}

/// <summary>How a selectable stands in a configuration that is not finished.</summary>
public enum SelectState
{
    /// <summary>It can be taken and can be left out.</summary>
    Open,

    /// <summary>Taken by choice.</summary>
    Taken,

    /// <summary>Left out by choice.</summary>
    Left,

    /// <summary>In every configuration that the choices allow.</summary>
    Forced,

    /// <summary>In no configuration that the choices allow.</summary>
    Impossible,
}

/// <summary>A rule of the model in words.</summary>
public sealed record ModelRule(string Text, Written At)
{
    public override string ToString() => At.Line == 0 ? Text : $"{Text} ({At})";
}

/// <summary>Features that mislead whoever reads the model.</summary>
/// <param name="Dead">In no configuration.</param>
/// <param name="Core">In every configuration.</param>
/// <param name="FalseOptional">Not written as mandatory, but there whenever the feature above is.</param>
public sealed record Anomalies(IReadOnlyList<Selectable> Dead, IReadOnlyList<Selectable> Core, IReadOnlyList<Selectable> FalseOptional);
