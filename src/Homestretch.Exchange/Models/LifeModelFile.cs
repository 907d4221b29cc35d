using System.Collections.Immutable;
using System.Text.Json;
using Homestretch.Learning;
using Homestretch.Machines.Health;
using NodaTime;

namespace Homestretch.Exchange.Models;

/// <summary>A model of remaining life as a file (<see cref="ModelFile"/>, kind 'remaining-life').</summary>
public static class LifeModelFile
{
    private const string Kind = "remaining-life";
    private const int MostSensors = 4096, MostConditions = 64, MostDirections = 8, MostWidth = 512;

    public static byte[] Write(LifeModel model, ModelCard card) => ModelFile.Write(Kind, card, json =>
    {
        json.WriteStartObject();
        ModelWriting.Texts(json, "settings", model.Names.Settings);
        ModelWriting.Texts(json, "sensors", model.Names.Sensors);
        json.WriteNumber("cap", model.Cap);
        json.WriteNumber("cycle_length", model.CycleLength);
        json.WriteStartObject("conditions");
        ModelWriting.Numbers(json, "used", model.Conditions.Sensors.Select(static s => (double)s));
        ModelWriting.Floats(json, "scale", model.Conditions.Scale.AsSpan());
        ModelWriting.Floats(json, "centres", model.Conditions.Centres.AsSpan());
        ModelWriting.Floats(json, "means", model.Conditions.Means.AsSpan());
        ModelWriting.Floats(json, "spreads", model.Conditions.Spreads.AsSpan());
        json.WriteEndObject();
        json.WriteStartObject("directions");
        json.WriteNumber("count", model.Directions.Count);
        ModelWriting.Floats(json, "weights", model.Directions.Weights.AsSpan());
        json.WriteEndObject();
        Write(json, "levels", model.Levels);
        Write(json, "drifts", model.Drifts);
        ForestJson.Write(json, "trees", model.Trees);
        json.WriteStartArray("networks");
        foreach (Network network in model.Networks)
        {
            json.WriteStartObject();
            json.WriteNumber("first", network.First);
            json.WriteNumber("second", network.Second);
            ModelWriting.Floats(json, "means", network.Means.AsSpan());
            ModelWriting.Floats(json, "spreads", network.Spreads.AsSpan());
            ModelWriting.Floats(json, "weights", network.Weights.AsSpan());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("network_share", model.NetworkShare);
        ForestJson.Write(json, "spread", model.Spread);
        json.WriteStartObject("errors");
        ModelWriting.Numbers(json, "expected", model.Errors.Expected);
        ModelWriting.Numbers(json, "quantiles", model.Errors.Quantiles);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Reads a model and its card. Null, with findings, when anything is wrong.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (LifeModel? Model, ModelCard? Card, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> file, string source) => ModelFile.Read(file, Kind, source, Payload);

    /// <summary>What a model's card says, for people.</summary>
    /// <param name="data">Where its history came from.</param>
    /// <param name="heldOut">How it did on units held out of its fitting.</param>
    /// <param name="more">Figures that follow those of the score.</param>
    public static ModelCard CardOf(LifeModel model, FailureHistory fleet, LifeScore heldOut, string data, Instant made, ulong seed, params IReadOnlyList<ModelFigure> more)
    {
        int readings = fleet.Units.Sum(static u => u.Count);
        return new("remaining life of one kind of machine", made, $"{data}: {fleet.Units.Length} units, {readings} readings", fleet.Units[0].Unit, fleet.Units[^1].Unit, readings, seed,
        [
            new("cap", model.Cap), new("conditions", model.Conditions.Count), new("sensors_used", model.Conditions.Sensors.Length), new("network_share", model.NetworkShare),
            new("held_out_units", heldOut.Units), new("held_out_judgements", heldOut.Judgements), new("rmse", Math.Round(heldOut.Rmse, 3)), new("mean_absolute", Math.Round(heldOut.MeanAbsolute, 3)),
            new("coverage", Math.Round(heldOut.Coverage, 4)), new("coverage_low", Math.Round(heldOut.CoverageLow, 4)), new("coverage_high", Math.Round(heldOut.CoverageHigh, 4)), new("interval_width", Math.Round(heldOut.Width, 2)),
            .. more,
        ]);
    }

    private static LifeModel? Payload(ModelReader from)
    {
        var names = new SensorNames(from.Texts("settings"), from.Texts("sensors"));
        if (names.Sensors.Length is < 1 or > MostSensors) from.Fault("life-sensors", $"There are {names.Sensors.Length} sensors.");
        double cap = from.Number("cap", 1e-9, 1e12), cycle = from.Number("cycle_length", 1e-12, 1e12), share = from.Number("network_share", 0, 1);
        OperatingConditions? conditions = Conditions(from.Inside("conditions"), names);
        if (conditions is null || !from.Sound) return null;
        int sensors = conditions.Sensors.Length;
        ModelReader inside = from.Inside("directions");
        int count = inside.Whole("count", 1, MostDirections);
        var directions = new WearDirections(inside.Floats("weights", count * sensors), count);
        WearCurves levels = Curves(from.Inside("levels"), count, false), drifts = Curves(from.Inside("drifts"), count, true);
        ImmutableArray<string> features = LifeModel.Features([.. conditions.Sensors.Select(s => names.Sensors[s])], count);
        Forest? trees = ForestJson.Read(from, "trees"), spread = ForestJson.Read(from, "spread");
        ImmutableArray<Network> networks = [.. from.Each("networks").Select(n => Network(n, features.Length))];
        if (networks.Length is < 1 or > 64) from.Fault("life-networks", $"There are {networks.Length} networks, not 1 to 64.");
        ModelReader of = from.Inside("errors");
        var expected = of.Numbers("expected");
        var errors = new LifeErrors(expected, of.Numbers("quantiles", expected.Length * LifeErrors.Width));
        if (expected.Length == 0 || !expected.AsSpan().SequenceEqual([.. expected.Order()])) of.Fault("life-errors", "The levels are not rising.");
        if (trees is null || spread is null) return null;
        if (!trees.Features.SequenceEqual(features)) from.Fault("life-features", "The trees look at other features than this program makes.");
        if (!spread.Features.SequenceEqual(LifeModel.SpreadFeatures)) from.Fault("life-features", "The spread is told from other features than this program makes.");
        return from.Sound ? new(names, conditions, directions, levels, drifts, cap, cycle, trees, networks, share, spread, errors) : null;
    }

    private static OperatingConditions? Conditions(ModelReader from, SensorNames names)
    {
        ImmutableArray<int> used = [.. from.Numbers("used").Select(static u => (int)Math.Clamp(u, -1, int.MaxValue))];
        if (used.Length == 0 || used.Any(u => u < 0 || u >= names.Sensors.Length) || used.Distinct().Count() != used.Length) from.Fault("life-sensors", "The sensors used are not sensors of the machine, each once.");
        var scale = from.Floats("scale", names.Settings.Length);
        var means = from.Floats("means");
        int count = used.Length == 0 ? 0 : means.Length / used.Length;
        if (count is < 1 or > MostConditions || means.Length != count * used.Length) from.Fault("life-conditions", $"There are {means.Length} means for {used.Length} sensors.");
        var centres = from.Floats("centres", count * scale.Length);
        var spreads = from.Floats("spreads", means.Length);
        if (spreads.Any(static s => s <= 0) || scale.Any(static s => s <= 0)) from.Fault("life-conditions", "A scale or spread is not above 0.");
        return from.Sound ? new(scale, centres, means, spreads, used) : null;
    }

    private static void Write(Utf8JsonWriter json, string name, WearCurves curves)
    {
        json.WriteStartObject(name);
        json.WriteNumber("curves", curves.Curves);
        ModelWriting.Floats(json, "turn", curves.Turn.AsSpan());
        ModelWriting.Floats(json, "table", curves.Table.AsSpan());
        json.WriteEndObject();
    }

    private static WearCurves Curves(ModelReader from, int directions, bool fromEarly)
    {
        int statistics = WearCurves.StatisticsOf(directions), curves = from.Whole("curves", 1, 1000);
        return new(from.Floats("table", curves * statistics * WearCurves.Places), from.Floats("turn", statistics * statistics), statistics, fromEarly);
    }

    private static Network Network(ModelReader from, int features)
    {
        int first = from.Whole("first", 16, MostWidth), second = from.Whole("second", 16, MostWidth);
        if (first % 16 != 0 || second % 16 != 0) from.Fault("network-width", $"Widths {first} and {second} are no multiples of 16.");
        var network = new Network(from.Floats("means", features), from.Floats("spreads", features), first, second, from.Floats("weights", Learning.Network.Size(features, first, second)));
        if (network.Spreads.Any(static s => s <= 0)) from.Fault("network-spread", "A spread is not above 0.");
        return network;
    }
}
