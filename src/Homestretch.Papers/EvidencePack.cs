using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Papers;

/// <summary>Everything that stands behind the claims of one unit: what it was made of, each claim with inputs, formula, source and result, and each label's answer.</summary>
/// <param name="At">When it was made.</param>
public sealed record EvidencePack(UnitContent Unit, IReadOnlyList<Claim> Claims, IReadOnlyList<LabelAnswer> Labels, Instant At)
{
    private static readonly JsonSerializerOptions s_form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>Rules that were used anywhere in it, by key.</summary>
    public IReadOnlyList<OriginRule> Rules => [.. Claims.SelectMany(static c => c.Rules).Concat(Labels.SelectMany(static l => l.Rules)).DistinctBy(static r => r.Key).OrderBy(static r => r.Key)];

    /// <summary>Whether a sample is among the rules.</summary>
    public bool Sample => Rules.Any(static r => r.Sample);

    /// <summary>The pack as JSON (docs/command-line.md has the shape).</summary>
    public byte[] Json() => System.Text.Encoding.UTF8.GetBytes(Text(Shape()) + "\n");

    /// <summary>A shape as JSON text in the form of evidence.</summary>
    public static string Text(object shape) => JsonSerializer.Serialize(shape, s_form);

    /// <summary>What is written as JSON.</summary>
    public object Shape() => new
    {
        At = InstantPattern.General.Format(At),
        Unit = Shape(Unit),
        Claims = Claims.Select(static c => new
        {
            c.Key, c.Title, c.State, c.Answer, Percent = c.Share?.Percent(4), Exact = c.Share is { } s ? new { s.Above, s.Below } : null, c.Required, c.Formula, Inputs = c.Inputs.Select(static i => new { i.Name, Amount = i.Amount.Major, i.Amount.Currency }),
            c.Why, c.Missing, c.Undetermined, Rules = c.Rules.Select(static r => r.Key.Value), c.Notes, c.SignedBy,
        }),
        Labels = Labels.Select(static l => new { l.Text, Reading = l.Reading, l.State, l.Why, Percent = l.Share?.Percent(4), l.SignedBy, l.Missing, l.Undetermined, Rules = l.Rules.Select(static r => r.Key.Value) }),
        Rules = Rules.Select(Shape),
        Sample,
    };

    /// <summary>A unit's content as it is written as JSON: as it can be read again.</summary>
    public static object Shape(UnitContent u) => new
    {
        u.Serial, u.Product, u.Hs, u.Market, Delivered = Day(u.Delivered), u.Currency, MadeIn = Known(u.MadeIn), u.Processing, u.Justified, Evidence = Known(u.Evidence),
        Assembly = Major(u.Assembly), InlandFreight = Major(u.InlandFreight), InternationalFreight = Major(u.InternationalFreight), TransactionValue = Major(u.TransactionValue),
        Components = u.Components.Select(static c => new { c.Item, Lot = Known(c.Lot), c.Quantity, c.Unit, Value = Major(c.Value), Freight = Major(c.Freight), Duty = Major(c.Duty), Origin = Known(c.Origin), c.Originating, c.Own }),
    };

    /// <summary>A rule as it is written as JSON.</summary>
    public static object Shape(OriginRule r) => new { Key = r.Key.Value, Rule = Words.Of(r.Rule), r.Jurisdiction, r.Countries, r.Hs, r.Figure, From = Day(r.From), To = Day(r.To), r.SignedBy, r.Source, r.Sample };

    private static string? Day(LocalDate? day) => day is { } d ? LocalDatePattern.Iso.Format(d) : null;
    private static string? Known(string text) => text.Length > 0 ? text : null;
    private static decimal? Major(long? minor) => minor / 100m;
}
