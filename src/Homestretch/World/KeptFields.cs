using NodaTime;

namespace Homestretch.World;

/// <summary>A pass that hands every value back as it is, for those that look at some of them.</summary>
internal abstract class KeptFields : Fields
{
    public override string Text(string column, string? value, string doc, string? missing = null) => value ?? "";
    public override string Part(string column, string? value, string doc, string? missing = null) => value ?? "";
    public override Key<R> Own<R>(string column, Key<R>? value, string doc) => value ?? new Key<R>("");
    public override Key<R> Ref<R>(string column, Key<R>? value, string doc) => value ?? new Key<R>("");
    public override Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) => value;
    public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) => value ?? 0;
    public override decimal? OptionalNumber(string column, decimal? value, string doc) => value;
    public override int Whole(string column, int? value, string doc, int? missing = null) => value ?? 0;
    public override int? OptionalWhole(string column, int? value, string doc) => value;
    public override Instant Moment(string column, Instant? value, string doc) => value ?? default;
    public override Instant? OptionalMoment(string column, Instant? value, string doc) => value;
    public override LocalDate Date(string column, LocalDate? value, string doc) => value ?? default;
    public override LocalDate? OptionalDate(string column, LocalDate? value, string doc) => value;
    public override LocalTime Time(string column, LocalTime? value, string doc) => value ?? default;
    public override E Choice<E>(string column, E? value, string doc, E? missing = null) => value ?? default;
    public override Share Share(string column, Share? value, string doc) => value ?? default;
    public override Quantity Quantity(string column, Quantity? value, string doc) => value ?? default;
    public override Money? OptionalMoney(string column, Money? value, string doc) => value;
    public override V Parsed<V>(string column, V? value, string doc, string form, Func<string, (V? Value, string? Wrong, string? Cure)> parse) where V : class => value!;
}
