using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Models;

/// <summary>What a model's file says of it to people: what it is for, what it learned from and how well it did on what it had not seen.</summary>
/// <param name="About">One line: what it tells, of what.</param>
/// <param name="Made">When it was fitted.</param>
/// <param name="Data">What it learned from: files, numbers of records.</param>
/// <param name="From">First of the data, as the data say it: a date, a unit.</param>
/// <param name="To">Last of the data.</param>
/// <param name="Records">Records learned from.</param>
/// <param name="Seed">Of all draws in fitting.</param>
/// <param name="Figures">Out-of-sample figures by name, such as rmse and coverage.</param>
public sealed record ModelCard(string About, Instant Made, string Data, string From, string To, int Records, ulong Seed, ImmutableArray<ModelFigure> Figures)
{
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("about", About);
        json.WriteString("made", InstantPattern.General.Format(Made));
        json.WriteString("data", Data);
        json.WriteString("from", From);
        json.WriteString("to", To);
        json.WriteNumber("records", Records);
        json.WriteString("seed", Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartObject("figures");
        foreach (ModelFigure figure in Figures) json.WriteNumber(figure.Name, figure.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static ModelCard? Read(ModelReader from)
    {
        string made = from.Text("made");
        if (InstantPattern.General.Parse(made) is not { Success: true } at)
        {
            from.Fault("card-made", $"'{made}' is no time such as 2026-11-27T07:00:00Z.");
            return null;
        }
        if (!ulong.TryParse(from.Text("seed"), out ulong seed)) from.Fault("card-seed", $"'{from.Text("seed")}' is no seed.");
        var card = new ModelCard(from.Text("about"), at.Value, from.Text("data"), from.Text("from"), from.Text("to"), from.Whole("records", 0, int.MaxValue), seed, from.Figures("figures"));
        return from.Sound ? card : null;
    }
}

/// <summary>A measured figure of a model.</summary>
/// <param name="Name">Lower case, words joined by '_'.</param>
public readonly record struct ModelFigure(string Name, double Value);
