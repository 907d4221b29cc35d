using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.World;

/// <summary>One column of a table, as the documentation and the CSV header have it.</summary>
/// <param name="Form">What a cell holds: text, number, date, moment, a table's key, one of a set.</param>
public sealed record Column(string Name, string Form, bool Required, string Doc);

/// <summary>Writes a record's cells in column order; the same pass, over no record, documents the columns.</summary>
internal sealed class RowWriter : Fields
{
    public List<Column> Columns { get; } = [];
    public List<string> Cells { get; } = [];

    public override string Text(string column, string? value, string doc, string? missing = null) =>
        Put(column, "text", missing is null, doc, value ?? "", value ?? "");

    public override string Part(string column, string? value, string doc, string? missing = null) =>
        Put(column, "text", missing is null, doc, value ?? "", value ?? "");

    public override Key<R> Own<R>(string column, Key<R>? value, string doc) =>
        Put(column, "key", true, doc, value?.Value ?? "", value ?? new Key<R>(""));

    public override Key<R> Ref<R>(string column, Key<R>? value, string doc) =>
        Put(column, $"key of {R.TableName}", true, doc, value?.Value ?? "", value ?? new Key<R>(""));

    public override Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) => Put(column, $"key of {R.TableName}", false, doc, value?.Value ?? "", value);

    public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) =>
        Put(column, "number", missing is null, doc, TextOf(value), value ?? 0);

    public override decimal? OptionalNumber(string column, decimal? value, string doc) => Put(column, "number", false, doc, TextOf(value), value);

    public override int Whole(string column, int? value, string doc, int? missing = null) =>
        Put(column, "whole number", missing is null, doc, value?.ToString(CultureInfo.InvariantCulture) ?? "", value ?? 0);

    public override int? OptionalWhole(string column, int? value, string doc) =>
        Put(column, "whole number", false, doc, value?.ToString(CultureInfo.InvariantCulture) ?? "", value);

    public override Instant Moment(string column, Instant? value, string doc) => Put(column, "moment", true, doc, TextOf(value), value ?? default);

    public override Instant? OptionalMoment(string column, Instant? value, string doc) => Put(column, "moment", false, doc, TextOf(value), value);

    public override LocalDate Date(string column, LocalDate? value, string doc) => Put(column, "date", true, doc, TextOf(value), value ?? default);

    public override LocalDate? OptionalDate(string column, LocalDate? value, string doc) => Put(column, "date", false, doc, TextOf(value), value);

    public override LocalTime Time(string column, LocalTime? value, string doc) =>
        Put(column, "time", true, doc, value?.ToString("HH':'mm", CultureInfo.InvariantCulture) ?? "", value ?? default);

    public override E Choice<E>(string column, E? value, string doc, E? missing = null) =>
        Put(column, $"one of {string.Join(", ", Words.Of<E>())}", missing is null, doc, value is { } v ? Words.Of(v) : "", value ?? default);

    public override Share Share(string column, Share? value, string doc) =>
        Put(column, "share", true, doc, value?.Value.ToString("R", CultureInfo.InvariantCulture) ?? "", value ?? default);

    public override Quantity Quantity(string column, Quantity? value, string doc)
    {
        Put(column, "number", true, doc, TextOf(value?.Value), 0);
        Put(RowReader.UnitColumn(column), "text", false, $"Unit of measure of {column}; empty: EA.", value?.Unit ?? "", 0);
        return value ?? default;
    }

    public override Money? OptionalMoney(string column, Money? value, string doc)
    {
        Put(column, "number", false, doc, TextOf(value?.Major), 0);
        Put("currency", "text", false, $"ISO 4217 currency of {column}.", value?.Currency ?? "", 0);
        return value;
    }

    public override V Parsed<V>(string column, V? value, string doc, string form, Func<string, (V? Value, string? Wrong, string? Cure)> parse) where V : class =>
        Put(column, form, parse("").Value is null, doc, value?.ToString() ?? "", value)!;

    private V Put<V>(string column, string form, bool required, string doc, string cell, V value)
    {
        Columns.Add(new Column(column, form, required, doc));
        Cells.Add(cell);
        return value;
    }

    private static string TextOf(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";
    private static string TextOf(Instant? value) => value is { } v ? InstantPattern.ExtendedIso.Format(v) : "";
    private static string TextOf(LocalDate? value) => value is { } v ? LocalDatePattern.Iso.Format(v) : "";
}
