using System.Reflection;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.World;

/// <summary>Draws a record of any table by walking its shape: every value the columns can hold, awkward ones often.</summary>
internal sealed class RandomRecords(Random random) : Fields
{
    private static readonly string[] s_awkward =
        ["a", "500 Wh", "with, comma", "say \"so\"", "two\nlines", "two\r\nlines", " edged ", "\ttab\t", "Zürich", "東京", "🚲", "=1+1", "'", "NULL", "0", "-", "\u00a0x"];

    private static readonly MethodInfo s_drawn = typeof(RandomRecords).GetMethod(nameof(Drawn), BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <summary>Every record type of the world, by table.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(IRecord).Assembly.GetTypes()
        .Where(static t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IRecord)))
        .ToDictionary(static t => (string)t.GetProperty("TableName")!.GetValue(null)!);

    public IRecord Next(TableKind kind) => (IRecord)s_drawn.MakeGenericMethod(Types[kind.Name]).Invoke(this, null)!;

    private T Drawn<T>() where T : class, IRecord<T> => T.Shape(this, null);

    public override string Text(string column, string? value, string doc, string? missing = null) =>
        missing == "" && Coin() ? "" : s_awkward[random.Next(s_awkward.Length)];

    public override string Part(string column, string? value, string doc, string? missing = null) => missing == "" && Coin() ? "" : Word();
    public override Key<R> Own<R>(string column, Key<R>? value, string doc) => Word();
    public override Key<R> Ref<R>(string column, Key<R>? value, string doc) => Word();
    public override Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) => Coin() ? (Key<R>?)null : new Key<R>(Word());
    public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) => Decimal();
    public override decimal? OptionalNumber(string column, decimal? value, string doc) => Coin() ? null : Decimal();
    public override int Whole(string column, int? value, string doc, int? missing = null) => random.Next(int.MinValue, int.MaxValue);
    public override int? OptionalWhole(string column, int? value, string doc) => Coin() ? null : random.Next(int.MinValue, int.MaxValue);
    public override Instant Moment(string column, Instant? value, string doc) =>
        random.Next(10) switch
        {
            0 => Instant.MinValue,
            1 => Instant.MaxValue,
            _ => Instant.FromUnixTimeSeconds(random.NextInt64(-10_000_000_000, 10_000_000_000)).PlusNanoseconds(random.Next(3) * random.NextInt64(1_000_000_000)),
        };
    public override Instant? OptionalMoment(string column, Instant? value, string doc) => Coin() ? null : Moment(column, null, doc);
    public override LocalDate Date(string column, LocalDate? value, string doc) => new LocalDate(1, 1, 1).PlusDays(random.Next(3_000_000));
    public override LocalDate? OptionalDate(string column, LocalDate? value, string doc) => Coin() ? null : Date(column, null, doc);
    public override LocalTime Time(string column, LocalTime? value, string doc) => new(random.Next(24), random.Next(60));

    public override E Choice<E>(string column, E? value, string doc, E? missing = null) =>
        Words.Find<E>(Words.Of<E>()[random.Next(Words.Of<E>().Count)])!.Value;

    public override Share Share(string column, Share? value, string doc) => new(random.Next(5) switch { 0 => 0, 1 => 1, 2 => 1e-17, _ => random.NextDouble() });
    public override Quantity Quantity(string column, Quantity? value, string doc) => new(Math.Abs(Decimal()), Word());

    public override Money? OptionalMoney(string column, Money? value, string doc) =>
        Coin() ? null : new Money(random.NextInt64(-1_000_000_000_000_000, 1_000_000_000_000_000), random.Next(2) == 0 ? "USD" : "EUR");

    public override V Parsed<V>(string column, V? value, string doc, string form, Func<string, (V? Value, string? Wrong, string? Cure)> parse) where V : class =>
        (V)(object)(form switch
        {
            "choices" => new Choices(Enumerable.Range(0, random.Next(4)).Select(i => ($"f{i}", Word()))),
            "condition" => Condition(3),
            "tolerances" => new Tolerances([.. Enumerable.Range(0, random.Next(4)).Select(i => Tolerance(i))]),
            "IANA time zone" => Coin() ? "Asia/Taipei" : "America/New_York",
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No such form.\nMaybe a new one was added: draw it here."),
        });

    private Tolerance Tolerance(int i)
    {
        decimal low = random.Next(-900, 900) / 10m;
        int open = random.Next(3);      // no low end, no high end, both
        return new($"m{i}", open == 0 ? null : low, open == 1 ? null : low + random.Next(90) / 100m, Coin() ? "" : "Nm");
    }

    /// <summary>A random formula over features a, b, c with options x, y and the market.</summary>
    public Condition Condition(int depth) => random.Next(depth == 0 ? 1 : 5) switch
    {
        0 => new Condition.Is(Pick("a", "b", "c", "market"), Pick("x", "y")),
        1 => new Condition.Not(Condition(depth - 1)),
        2 or 3 => new Condition.Both(Condition(depth - 1), Condition(depth - 1)),
        _ => new Condition.Either(Condition(depth - 1), Condition(depth - 1)),
    };

    private string Pick(params string[] words) => words[random.Next(words.Length)];
    private bool Coin() => random.Next(2) == 0;
    private string Word() => Pick("L-1", "SO-7781/1", "Ö", "a b", "x,y", "z\"z") + random.Next(1000);

    private decimal Decimal() => random.Next(6) switch
    {
        0 => 0,
        1 => 1.50m,
        2 => 0.0000000000000000000000000001m,
        3 => 79228162514264337593543950335m,
        4 => -(decimal)random.NextDouble(),
        _ => new decimal(random.Next(), random.Next(), random.Next(), false, (byte)random.Next(29)),
    };
}
