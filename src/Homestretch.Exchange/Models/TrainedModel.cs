using System.Text;
using Homestretch.Arrivals.History;
using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Exchange.Models;

/// <summary>A model file of a kind that the hub keeps, read. Closed: <see cref="Match"/> names every kind.</summary>
public abstract record TrainedModel
{
    private TrainedModel(ModelKind kind, ModelCard card) => (Kind, Card) = (kind, card);

    public ModelKind Kind { get; }
    public ModelCard Card { get; }

    public sealed record Delays(DelayModel Model, ModelCard Card) : TrainedModel(ModelKind.ArrivalDelay, Card);

    public sealed record Lives(LifeModel Model, ModelCard Card) : TrainedModel(ModelKind.RemainingLife, Card);

    public T Match<T>(Func<Delays, T> delays, Func<Lives, T> lives) => this switch
    {
        Delays d => delays(d),
        Lives l => lives(l),
        _ => throw new InvalidOperationException($"{GetType().Name} is no kind of model."),
    };

    /// <summary>The features that the model's trees ask most.</summary>
    public IReadOnlyList<ForestUse> Uses(int most) => ForestUse.Of(Match<IEnumerable<Forest>>(static d => d.Model.Forests is { } f ? [f.Late, .. f.Days] : [], static l => [l.Model.Trees]), most);

    /// <summary>Reads a file of any kind that the hub keeps. Null, with findings, unless all of it can be used.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (TrainedModel? Model, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> file, string source)
    {
        string kind = ModelFile.KindOf(file);
        if (kind == World.Words.Of(ModelKind.RemainingLife))
        {
            var (life, lifeCard, lifeFindings) = LifeModelFile.Read(file, source);
            return (life is null ? null : new Lives(life, lifeCard!), lifeFindings);
        }
        if (kind.Length > 0 && kind != World.Words.Of(ModelKind.ArrivalDelay))
            return (null, [new(new(source), "model-kind", $"The file holds a model of kind '{kind}', which the hub does not keep.", $"Give one of: {string.Join(", ", World.Words.Of<ModelKind>())}.")]);
        var (delay, card, findings) = DelayModelFile.Read(file, source);
        return (delay is null ? null : new Delays(delay, card!), findings);
    }
}
