using NodaTime;

namespace Homestretch.World;

/// <summary>Finds the values of a record that nothing real has: a hundred thousand days, a thousand million units, the year 9999. They are slips of a
/// keyboard or another program's 'never', and a plan could not count with them.</summary>
internal sealed class Ranges(Place place, List<Finding> findings) : KeptFields
{
    private const decimal Most = 1_000_000_000, MostDays = 36_500, MostHours = MostDays * 24, MostMinutes = 1_000_000;
    private static readonly Instant s_first = Instant.FromUtc(1900, 1, 1, 0, 0), s_last = Instant.FromUtc(2200, 1, 1, 0, 0);

    public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) => OptionalNumber(column, value, doc) ?? 0;
    public override int Whole(string column, int? value, string doc, int? missing = null) => OptionalWhole(column, value, doc) ?? 0;
    public override Instant Moment(string column, Instant? value, string doc) => OptionalMoment(column, value, doc) ?? default;
    public override LocalDate Date(string column, LocalDate? value, string doc) => OptionalDate(column, value, doc) ?? default;

    public override decimal? OptionalNumber(string column, decimal? value, string doc)
    {
        // a column that measures time says so at the end of its name
        decimal most = column.EndsWith("_days", StringComparison.Ordinal) ? MostDays : column.EndsWith("_hours", StringComparison.Ordinal) ? MostHours
            : column.StartsWith("minutes", StringComparison.Ordinal) ? MostMinutes : Most;
        if (value > most || value < -most) Refuse(column, $"{value}", $"Give at most {most:0}.");
        return value;
    }

    public override int? OptionalWhole(string column, int? value, string doc)
    {
        if (value > Most || value < -Most) Refuse(column, $"{value}", $"Give at most {Most:0}.");
        return value;
    }

    public override Instant? OptionalMoment(string column, Instant? value, string doc)
    {
        if (value < s_first || value > s_last) Refuse(column, $"{value}", "Give a moment from 1900 to 2199; what is not known stays out.");
        return value;
    }

    public override LocalDate? OptionalDate(string column, LocalDate? value, string doc)
    {
        if (value is { Year: < 1900 or > 2199 }) Refuse(column, $"{value:uuuu'-'MM'-'dd}", "Give a day from 1900 to 2199; an end that is not known stays empty.");
        return value;
    }

    private void Refuse(string column, string value, string cure) => findings.Add(new(place with { Column = column }, "range", $"{value} is beyond anything real.", cure));
}
