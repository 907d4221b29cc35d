using Homestretch.Learning;
using Homestretch.Machines.Health;

namespace Homestretch.Exchange.Models;

/// <summary>A model of failure within a horizon as a file (<see cref="ModelFile"/>, kind 'failure-within').</summary>
public static class FailureModelFile
{
    private const string Kind = "failure-within";

    public static byte[] Write(FailureModel model, ModelCard card) => ModelFile.Write(Kind, card, json =>
    {
        json.WriteStartObject();
        ModelWriting.Texts(json, "sensors", model.Names.Sensors);
        ModelWriting.Texts(json, "errors", model.Names.Errors);
        ModelWriting.Texts(json, "parts", model.Names.Parts);
        json.WriteNumber("horizon_hours", model.HorizonHours);
        ForestJson.Write(json, "trees", model.Trees);
        ModelWriting.Numbers(json, "said", model.Said);
        ModelWriting.Numbers(json, "held", model.Held);
        json.WriteEndObject();
    });

    /// <summary>Reads a model and its card. Null, with findings, when anything is wrong.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (FailureModel? Model, ModelCard? Card, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> file, string source) => ModelFile.Read(file, Kind, source, static from =>
    {
        var names = new LogNames(from.Texts("sensors"), from.Texts("errors"), from.Texts("parts"));
        double horizon = from.Number("horizon_hours", 1e-6, 1e9);
        var said = from.Numbers("said");
        var held = from.Numbers("held", said.Length);
        if (said.Length == 0 || said.Zip(said.Skip(1)).Any(static p => !(p.First < p.Second)) || held.Any(static h => h is < 0 or > 1)) from.Fault("failure-curve", "The curve that makes chances hold is not rising or no chance.");
        Forest? trees = ForestJson.Read(from, "trees");
        if (trees is null) return null;
        if (!trees.Features.SequenceEqual(FailureTrack.Features(names)) || trees.Parts.Output != ForestOutput.Chance) from.Fault("failure-features", "The trees look at other features than this program makes, or tell no chance.");
        return from.Sound ? new FailureModel(names, horizon, trees, said, held) : null;
    });
}
