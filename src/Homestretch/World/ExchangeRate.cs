using NodaTime;

namespace Homestretch.World;

/// <summary>What one currency was worth in another on a day; holds until the next one of the pair.</summary>
/// <param name="Rate">Units of <paramref name="Into"/> for one of <paramref name="Currency"/>.</param>
/// <param name="Source">Who published it.</param>
public sealed record ExchangeRate(string Currency, string Into, LocalDate Date, Key<Party> Party, decimal Rate, string Source, bool Sample) : IRecord<ExchangeRate>
{
    public static string TableName => "exchange_rates";
    public static string TableDoc => "What one currency was worth in another on a day; the latest at or before a day holds, within a limit of days.";
    public string Id => $"{Currency}|{Into}|{NodaTime.Text.LocalDatePattern.Iso.Format(Date)}";

    public static ExchangeRate Shape(Fields f, ExchangeRate? x) => new(
        f.Part("currency", x?.Currency, "ISO 4217 currency."),
        f.Part("into", x?.Into, "ISO 4217 currency it is told in."),
        f.Date("date", x?.Date, "Day of the rate."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Number("rate", x?.Rate, "Units of the second currency for one of the first."),
        f.Text("source", x?.Source, "Who published it."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}
