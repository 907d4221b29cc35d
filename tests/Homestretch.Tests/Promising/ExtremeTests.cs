using System.Reflection;
using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>Slips of a keyboard and other programs' 'never': the world refuses them, or a plan can be made of them.</summary>
public sealed class ExtremeTests
{
    private static readonly MethodInfo s_with = typeof(ExtremeTests).GetMethod(nameof(With), BindingFlags.NonPublic | BindingFlags.Static)!;

    [Fact]
    public void Whatever_the_world_accepts_can_be_planned() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        var random = new Random(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        for (int step = 0; step < 4; step++)
        {
            IRecord[] records = [.. TableKind.All.SelectMany(company.World.Records)];
            IRecord record = records[random.Next(records.Length)];
            IRecord extreme = (IRecord)s_with.MakeGenericMethod(record.GetType()).Invoke(null, [new Extreme(random), record])!;
            Applied applied = company.World.Apply([new WorldEvent.Put(extreme)]);
            if (!applied.Accepted || applied.Touched.Count == 0) continue;
            company.World = applied.World;
            Try(() => plan.Advance(applied.World, applied.Touched));
            Try(() => plan = Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy));
            Try(() => plan.Place());
            Try(() => plan.Quote(company.Order($"Q{step}")));
            Try(() => plan.Explain(applied.World.OrderLines.First(Needs.Open).Key));
            Try(() => Plan.Allocate(applied.World, RandomCompany.T, RandomCompany.Policy, Scope.Everything));

            void Try(Action act)
            {
                try { act(); }
                catch (Exception e) { throw new InvalidOperationException($"{record}\nbecame\n{extreme}", e); }
            }
        }
    }, iter: 300);

    private static T With<T>(Extreme fields, T record) where T : class, IRecord<T> => T.Shape(fields, record);

    /// <summary>Makes about one value of a record as large, small, early or late as its column can hold; leaves the others.</summary>
    private sealed class Extreme(Random random) : KeptFields
    {
        private bool Turn => random.Next(4) == 0;

        private T Either<T>(T value, params T[] extremes) => Turn ? extremes[random.Next(extremes.Length)] : value;

        public override decimal Number(string column, decimal? value, string doc, decimal? missing = null) => Either(value ?? 0, 0, 0.0000001m, 36_500, 1_000_000, 999_999_999_999m, decimal.MaxValue, -1);
        public override decimal? OptionalNumber(string column, decimal? value, string doc) => Either(value, null, 0, 0.0000001m, 36_500, 800_000, 999_999_999m, 999_999_999_999m, decimal.MaxValue);
        public override int Whole(string column, int? value, string doc, int? missing = null) => Either(value ?? 0, 0, 1, 1_000_000, int.MaxValue, -1);
        public override int? OptionalWhole(string column, int? value, string doc) => Either(value, null, 0, 1, int.MaxValue);
        public override Instant Moment(string column, Instant? value, string doc) => Either(value ?? RandomCompany.T, Instant.MinValue, Instant.MaxValue, Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(1900, 1, 2, 0, 0), Instant.FromUtc(2199, 1, 1, 0, 0));
        public override Instant? OptionalMoment(string column, Instant? value, string doc) => Either(value, null, Instant.MinValue, Instant.MaxValue, Instant.FromUtc(1900, 1, 2, 0, 0), Instant.FromUtc(2199, 1, 1, 0, 0));
        public override LocalDate Date(string column, LocalDate? value, string doc) => Either(value ?? new(2026, 1, 1), LocalDate.MinIsoValue, LocalDate.MaxIsoValue, new LocalDate(1900, 1, 1), new LocalDate(2199, 12, 31));
        public override LocalDate? OptionalDate(string column, LocalDate? value, string doc) => Either(value, null, LocalDate.MinIsoValue, LocalDate.MaxIsoValue, new LocalDate(1900, 1, 1), new LocalDate(2199, 12, 31));
        public override LocalTime Time(string column, LocalTime? value, string doc) => Either(value ?? default, LocalTime.MinValue, LocalTime.MaxValue);
        public override Share Share(string column, Share? value, string doc) => Either(value ?? new(0), new Share(0), new Share(1), new Share(1e-300));
        public override Quantity Quantity(string column, Quantity? value, string doc) => value is { } q ? q with { Value = Either(q.Value, 0, 0.1m, 1_000_000, 999_999_999m, 9_999_999_999_999m) } : default;
        public override Money? OptionalMoney(string column, Money? value, string doc) => Either(value, null, value is { } m ? m with { Minor = long.MaxValue } : null);
    }
}
