using System.Collections.Immutable;
using System.Text.Json;
using Homestretch.Arrivals.History;
using Homestretch.Learning;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Models;

/// <summary>The forecast of delays as a file (<see cref="ModelFile"/>, kind 'arrival-delay').</summary>
public static class DelayModelFile
{
    private const string Kind = "arrival-delay";

    public static byte[] Write(DelayModel model, ModelCard card) => ModelFile.Write(Kind, card, json =>
    {
        json.WriteStartObject();
        json.WriteString("as_of", LocalDatePattern.Iso.Format(model.Card.AsOf));
        json.WriteString("from", Text(model.Card.From));
        json.WriteString("to", Text(model.Card.To));
        ModelWriting.Numbers(json, "counts", [model.Card.Lines, model.Card.Shipments, model.Card.LateShipments]);
        ModelWriting.Numbers(json, "wanted", model.Levels.Select(static l => l.Wanted));
        ModelWriting.Numbers(json, "rate", model.Levels.Select(static l => l.Rate));
        ModelWriting.Numbers(json, "asked", model.Levels.Select(static l => l.Asked));
        Scores(json, model.Card.OutOfSample);
        json.WriteBoolean("trees", model.Forests is not null);
        if (model.Forests is { } forests)
        {
            ForestJson.Write(json, "late", forests.Late);
            for (int k = 0; k < forests.Days.Count; k++) ForestJson.Write(json, Days(k), forests.Days[k]);
        }
        json.WriteEndObject();
    });

    /// <summary>Reads a model and its card. Null, with findings, unless all of it can be used.</summary>
    /// <param name="source">File name, for findings.</param>
    public static (DelayModel? Model, ModelCard? Card, IReadOnlyList<Finding> Findings) Read(ReadOnlySpan<byte> file, string source) => ModelFile.Read(file, Kind, source, Payload);

    /// <summary>What a model's own card says, for people; made at the begin of its day, so that the same history gives the same bytes.</summary>
    public static ModelCard CardOf(DelayModel model, string data) => new("Delays of deliveries against their schedule: the chance of being late, and quantiles in days", model.Card.AsOf.AtMidnight().InUtc().ToInstant(),
        data, Text(model.Card.From), Text(model.Card.To), model.Card.Lines, 1, model.Card.OutOfSample is { } s
            ? [.. Figures(s).Concat(s.Levels.SelectMany(static l => (ModelFigure[])[new($"p{l.Level * 100:0}_coverage", l.Coverage), new($"p{l.Level * 100:0}_pinball_days", l.Pinball)])).Where(static f => double.IsFinite(f.Value))] : []);

    private static DelayModel? Payload(ModelReader from)
    {
        LocalDate? Day(string name) => from.Text(name) is not { Length: > 0 } text ? null : LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : Fault(name);
        LocalDate? Fault(string name)
        {
            from.Fault("model-field", $"'{name}' is no day.");
            return null;
        }

        LocalDate? asOf = Day("as_of"), first = Day("from"), last = Day("to");
        if (asOf is null) from.Fault("model-field", "'as_of' is missing.");
        ImmutableArray<double> counts = from.Numbers("counts", 3), wanted = from.Numbers("wanted", StatedDelay.Levels.Count), rate = from.Numbers("rate", StatedDelay.Levels.Count), asked = from.Numbers("asked", StatedDelay.Levels.Count);
        if (counts.Any(static c => c is < 0 or > int.MaxValue || c != Math.Floor(c))) from.Fault("model-number", "'counts' are no whole numbers.");
        DelayScores? scores = Scores(from);
        if (!from.Sound) return null;
        DelayForests? forests = null;
        if (from.Flag("trees"))
        {
            Forest?[] days = [.. DelayCurve.Knots.Select((_, k) => ForestJson.Read(from, Days(k)))];
            if (ForestJson.Read(from, "late") is not { } late || days.Any(static d => d is null)) return null;
            forests = new(late, days!);
        }
        var model = new DelayModel(forests, [.. wanted.Select((w, k) => new AdaptiveLevel(w, rate[k], asked[k]))], new(asOf!.Value, first, last, (int)counts[0], (int)counts[1], (int)counts[2], scores));
        from.Add(model.Check(from.Place));
        return from.Sound ? model : null;
    }

    private static void Scores(Utf8JsonWriter json, DelayScores? scores)
    {
        json.WriteStartObject("out_of_sample");
        json.WriteNumber("lines", scores?.Lines ?? 0);
        json.WriteNumber("shipments", scores?.Shipments ?? 0);
        json.WriteStartObject("figures");
        foreach (ModelFigure f in scores is null ? [] : Figures(scores).Where(static f => double.IsFinite(f.Value))) json.WriteNumber(f.Name, f.Value);
        json.WriteEndObject();
        ModelWriting.Numbers(json, "level", scores?.Levels.Select(static l => l.Level) ?? []);
        ModelWriting.Numbers(json, "coverage", scores?.Levels.Select(static l => l.Coverage) ?? []);
        ModelWriting.Numbers(json, "pinball", scores?.Levels.Select(static l => l.Pinball) ?? []);
        json.WriteEndObject();
    }

    private static DelayScores? Scores(ModelReader from)
    {
        ModelReader told = from.Inside("out_of_sample");
        int lines = told.Whole("lines", 0, int.MaxValue), shipments = told.Whole("shipments", 0, int.MaxValue);
        ImmutableArray<ModelFigure> figures = told.Figures("figures");
        ImmutableArray<double> level = told.Numbers("level"), coverage = told.Numbers("coverage", level.Length), pinball = told.Numbers("pinball", level.Length);
        double Figure(string name) => figures.Where(f => f.Name == name).Select(static f => (double?)f.Value).FirstOrDefault() ?? double.NaN;
        return lines == 0 ? null : new(lines, shipments, Figure("late_share"), Figure("auc"), Figure("auc_by_shipment"), Figure("brier"), Figure("mean_absolute_days"),
            [.. level.Select((l, k) => new LevelScore(l, coverage[k], pinball[k]))]);
    }

    private static ModelFigure[] Figures(DelayScores s) =>
        [new("late_share", s.LateShare), new("auc", s.Auc), new("auc_by_shipment", s.AucByShipment), new("brier", s.Brier), new("mean_absolute_days", s.MeanAbsolute)];

    private static string Days(int knot) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"days_{DelayCurve.Knots[knot] * 100:0}");
    private static string Text(LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : "";
}
