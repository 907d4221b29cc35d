using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.World;

/// <summary>One row of text cells from outside, addressed by column name, with the place it came from. Cells are kept as
/// they are; whoever reads keys, numbers and dates passes over the blanks around them.</summary>
/// <param name="Columns">Column names of the row's table as given, lower case.</param>
/// <param name="Cells">One cell a column; missing trailing cells read as empty.</param>
public sealed record Row(Place Place, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Cells)
{
    public string? this[string column] =>
        Columns.TryGetValue(column, out int i) ? i < Cells.Count ? Cells[i] : "" : null;
}

/// <summary>Reads a record from a row. Collects every finding of the row instead of stopping at the first.</summary>
internal sealed class RowReader(Row row, List<Finding> findings) : Fields
{
    public override string Text(string column, string? value, string doc, string? missing = null) =>
        row[column] is { Length: > 0 } cell && (missing is not null || Cell(column) is not null) ? cell : missing ?? Missing(column, "");

    public override string Part(string column, string? value, string doc, string? missing = null) =>
        Cell(column) is { } cell ? Undivided(column, cell) : missing ?? Missing(column, "");

    public override Key<R> Own<R>(string column, Key<R>? value, string doc) => KeyOf<R>(column) ?? Missing(column, new Key<R>(""));

    public override Key<R> Ref<R>(string column, Key<R>? value, string doc) => KeyOf<R>(column) ?? Missing(column, new Key<R>(""));

    public override Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) => KeyOf<R>(column);

    public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) =>
        Parse<decimal>(column, "number", "Write digits with a decimal point, such as 12.5.", NumberOf) ?? missing ?? Missing(column, 0m);

    public override decimal? OptionalNumber(string column, decimal? value, string doc) =>
        Parse<decimal>(column, "number", "Write digits with a decimal point, such as 12.5.", NumberOf);

    public override int Whole(string column, int? value, string doc, int? missing = null) =>
        OptionalWhole(column, value, doc) ?? missing ?? Missing(column, 0);

    public override int? OptionalWhole(string column, int? value, string doc) =>
        Parse<int>(column, "whole number", "Write digits only, such as 12.", static text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int n) ? n : null);

    public override Instant Moment(string column, Instant? value, string doc) => OptionalMoment(column, value, doc) ?? Missing(column, default(Instant));

    public override Instant? OptionalMoment(string column, Instant? value, string doc) =>
        Parse<Instant>(column, "date and time with offset", "Write ISO 8601 with an offset, such as 2026-11-24T09:30:00+01:00 or ...Z.", static text =>
            OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } dated && Within(dated.Value) ? dated.Value.ToInstant() : null);

    public override LocalDate Date(string column, LocalDate? value, string doc) => OptionalDate(column, value, doc) ?? Missing(column, default(LocalDate));

    public override LocalDate? OptionalDate(string column, LocalDate? value, string doc) =>
        Parse<LocalDate>(column, "date", "Write ISO 8601, such as 2026-11-24.", static text =>
            LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value : null);

    public override LocalTime Time(string column, LocalTime? value, string doc) =>
        Parse<LocalTime>(column, "time of day", "Write hours and minutes, such as 06:30.", static text =>
            LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(text) is { Success: true } time ? time.Value : (LocalTime?)null)
        ?? Missing(column, default(LocalTime));

    public override E Choice<E>(string column, E? value, string doc, E? missing = null) =>
        Parse<E>(column, "choice", $"Write one of: {string.Join(", ", Words.Of<E>())}.", static text => Words.Find<E>(text))
        ?? missing ?? Missing(column, default(E));

    public override Share Share(string column, Share? value, string doc) =>
        Parse<Share>(column, "share", "Write a number from 0 to 1, such as 0.9 for 90 %.", static text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1 ? new Share(share) : null)
        ?? Missing(column, default(Share));

    public override Quantity Quantity(string column, Quantity? value, string doc)
    {
        decimal amount = Number(column, null, doc);
        if (amount < 0) Add(column, "negative-quantity", $"{amount} is below zero.", "Write how much there is; corrections are events of their own.");
        return new Quantity(amount, Cell(UnitColumn(column)) ?? "EA");
    }

    public override Money? OptionalMoney(string column, Money? value, string doc)
    {
        decimal? amount = OptionalNumber(column, null, doc);
        string currency = Cell("currency") ?? "";
        if (amount is null) return null;
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            Add("currency", "currency", $"'{currency}' is no currency.", "Write the ISO 4217 code, such as USD.");
            return null;
        }
        if (Math.Abs(amount.Value) > long.MaxValue / 100)
        {
            Add(column, "amount", $"{amount} is more money than there is.", "Write the amount in major units, such as 12.50.");
            return null;
        }
        if (decimal.Round(amount.Value, 2) != amount)
            Add(column, "minor-units", $"{amount} has more than two decimals.", "Round it to cents.");
        return new Money((long)decimal.Round(amount.Value * 100), currency);
    }

    public override V Parsed<V>(string column, V? value, string doc, string form, Func<string, (V? Value, string? Wrong, string? Cure)> parse) where V : class
    {
        var (parsed, wrong, cure) = parse(Cell(column) ?? "");
        if (parsed is not null) return parsed;
        Add(column, form.Replace(' ', '-'), wrong ?? $"The {form} cannot be read.", cure ?? "See the column's documentation.");
        return null!;
    }

    internal static string UnitColumn(string column) => column == "quantity" ? "unit" : $"{column}_unit";

    private Key<R>? KeyOf<R>(string column) => Cell(column) is { } cell ? new Key<R>(Undivided(column, cell)) : (Key<R>?)null;

    private string Undivided(string column, string part)
    {
        if (part.Contains('|', StringComparison.Ordinal))
            Add(column, "key", $"The key '{part}' contains '|'.", "Use another character; '|' joins the parts of composite keys.");
        return part;
    }

    /// <summary>The cell without the blanks around it; null when nothing is left.</summary>
    private string? Cell(string column) => row[column]?.Trim() is { Length: > 0 } cell ? cell : null;

    /// <summary>Whether the moment can be brought to UTC without leaving the years that exist (-9998 to 9999).</summary>
    private static bool Within(OffsetDateTime dated) =>
        dated.Year > -9998 && dated.Year < 9999 || dated.Year == 9999 && dated.Offset >= Offset.Zero || dated.Year == -9998 && dated.Offset <= Offset.Zero;

    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n) ? n : null;

    private V? Parse<V>(string column, string what, string cure, Func<string, V?> parse) where V : struct
    {
        if (Cell(column) is not { } cell) return null;
        V? parsed = parse(cell);
        if (parsed is null) Add(column, what.Replace(' ', '-'), $"'{cell}' is no {what}.", cure);
        return parsed;
    }

    private V Missing<V>(string column, V stand)
    {
        if (Cell(column) is null) Add(column, "required", "The value is missing.", $"Fill in {column}.");
        return stand;
    }

    private void Add(string column, string rule, string what, string cure) =>
        findings.Add(new Finding(row.Place with { Column = column }, rule, what, cure));
}
