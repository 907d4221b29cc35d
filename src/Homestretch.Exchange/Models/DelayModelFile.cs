using System.Text.Json;
using Homestretch.Arrivals.History;
using Homestretch.Learning;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Models;

/// <summary>The forecast of delays as a model file: trees, levels and card.</summary>
public static class DelayModelFile
{
    public const string Kind = "arrival-delay";

    public static byte[] Write(DelayModel model) => DelayFrame.Write(Kind, to =>
    {
        to.WriteStartObject();
        to.WritePropertyName("card");
        Card(to, model.Card);
        to.WriteStartArray("levels");
        foreach (AdaptiveLevel level in model.Levels)
        {
            to.WriteStartObject();
            to.WriteNumber("wanted", level.Wanted);
            to.WriteNumber("rate", level.Rate);
            to.WriteNumber("asked", level.Asked);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        if (model.Forests is { } forests)
        {
            to.WritePropertyName("late");
            DelayTreesJson.Write(to, forests.Late);
            to.WriteStartArray("days");
            foreach (Forest forest in forests.Days) DelayTreesJson.Write(to, forest);
            to.WriteEndArray();
        }
        to.WriteEndObject();
    });

    /// <summary>Reads a model back. Null, with findings, unless all of it can be used.</summary>
    public static (DelayModel? Model, IReadOnlyList<Finding> Findings) Read(ReadOnlyMemory<byte> file, string source) => DelayFrame.Read(file, Kind, source, Body);

    private static DelayModel? Body(ModelReading from)
    {
        DelayForests? forests = null;
        if (from.Has("late"))
        {
            Forest? late = DelayTreesJson.Read(from.Object("late"));
            Forest?[] days = [.. from.Objects("days").Select(DelayTreesJson.Read)];
            if (late is null || days.Any(static d => d is null)) return null;
            forests = new(late, days!);
        }
        AdaptiveLevel[] levels = [.. from.Objects("levels").Select(static l => new AdaptiveLevel(l.Number("wanted"), l.Number("rate"), l.Number("asked")))];
        if (from.Object("card") is not { } card || from.Findings.Count > 0) return null;
        var model = new DelayModel(forests, levels, Card(card));
        from.Add(model.Check(from.Place));
        return model;
    }

    private static void Card(Utf8JsonWriter to, DelayCard card)
    {
        to.WriteStartObject();
        to.WriteString("as_of", LocalDatePattern.Iso.Format(card.AsOf));
        if (card.From is { } first) to.WriteString("from", LocalDatePattern.Iso.Format(first));
        if (card.To is { } last) to.WriteString("to", LocalDatePattern.Iso.Format(last));
        to.WriteNumber("lines", card.Lines);
        to.WriteNumber("shipments", card.Shipments);
        to.WriteNumber("late_shipments", card.LateShipments);
        if (card.OutOfSample is { } scores)
        {
            to.WriteStartObject("out_of_sample");
            to.WriteNumber("lines", scores.Lines);
            to.WriteNumber("shipments", scores.Shipments);
            foreach (var (name, value) in Figures(scores))
            {
                if (double.IsFinite(value)) to.WriteNumber(name, value);
            }
            to.WriteStartArray("levels");
            foreach (LevelScore level in scores.Levels)
            {
                to.WriteStartObject();
                to.WriteNumber("level", level.Level);
                to.WriteNumber("coverage", level.Coverage);
                to.WriteNumber("pinball", level.Pinball);
                to.WriteEndObject();
            }
            to.WriteEndArray();
            to.WriteEndObject();
        }
        to.WriteEndObject();
    }

    private static DelayCard Card(ModelReading from)
    {
        DelayScores? scores = null;
        if (from.Has("out_of_sample") && from.Object("out_of_sample") is { } told)
        {
            double Figure(string name) => told.Has(name) ? told.Number(name) : double.NaN;
            scores = new(told.Count("lines"), told.Count("shipments"), Figure("late_share"), Figure("auc"), Figure("auc_by_shipment"), Figure("brier"), Figure("mean_absolute_days"),
                [.. told.Objects("levels").Select(static l => new LevelScore(l.Number("level"), l.Number("coverage"), l.Number("pinball")))]);
        }
        return new(from.Day("as_of"), from.Has("from") ? from.Day("from") : (LocalDate?)null, from.Has("to") ? from.Day("to") : null, from.Count("lines"), from.Count("shipments"), from.Count("late_shipments"), scores);
    }

    private static (string Name, double Value)[] Figures(DelayScores s) =>
        [("late_share", s.LateShare), ("auc", s.Auc), ("auc_by_shipment", s.AucByShipment), ("brier", s.Brier), ("mean_absolute_days", s.MeanAbsolute)];
}
