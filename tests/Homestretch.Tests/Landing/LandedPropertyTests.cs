using Homestretch.Landing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Landing;

/// <summary>What holds whatever stands in the tables; played on random ones.</summary>
public sealed class LandedPropertyTests
{
    private const int Worlds = 400;

    [Fact]
    public void The_components_add_up_to_the_total_each_in_whole_minor_units()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var (tables, sent) = Drawn(seed);
            Landed landed = tables.Landed(sent);
            int decimals = MinorUnits.Of(landed.Currency);
            Assert.All(landed.Components, c => Assert.Equal(decimal.Round(c.Amount, decimals), c.Amount));
            Assert.Equal(landed.Total, sent.Lines.Sum(l => landed.Of(l.Key)));
            Assert.True(Math.Abs(landed.Total - landed.Unrounded) <= Unit(landed) / 2 * landed.Components.Count);
            Assert.All(landed.Components.Where(static c => c.Kind is CostKind.Duty or CostKind.Fee), c => Assert.NotEqual("", c.Source));
        }
    }

    [Fact]
    public void The_order_of_lines_and_rows_does_not_matter()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var (tables, sent) = Drawn(seed);
            var random = new Random(seed);
            Landed shuffled = (tables with { Measures = [.. tables.Measures.OrderBy(_ => random.Next())], Fees = [.. tables.Fees.Reverse()], Rates = [.. tables.Rates.Reverse()] }).Landed(sent with { Lines = [.. sent.Lines.OrderBy(_ => random.Next())] });
            Assert.Equal(tables.Landed(sent).Components, shuffled.Components);
        }
    }

    [Fact]
    public void Parting_a_shipment_changes_the_amounts_of_an_entry_and_nothing_else()
    {
        int parted = 0;
        for (int seed = 0; seed < Worlds; seed++)
        {
            var (tables, drawn) = Drawn(seed);
            Consignment sent = drawn with { Freight = null };
            if (sent.Lines.Count < 2) continue;
            parted++;
            Landed whole = tables.Landed(sent), a = tables.Landed(sent with { Lines = [sent.Lines[0]] }), b = tables.Landed(sent with { Lines = [.. sent.Lines.Skip(1)] });
            Assert.Equal(Own(whole), Own(a).Concat(Own(b)).OrderBy(static c => c.Line, StringComparer.Ordinal));
            foreach (CustomsFee fee in tables.Fees)
            {
                decimal once = Of(whole, fee), twice = Of(a, fee) + Of(b, fee);
                if (fee is { Least: null, Most: null }) Assert.True(Math.Abs(once - twice) <= Unit(whole), $"{seed}: {once} {twice}");
                else Assert.True(twice >= once - Unit(whole), $"{seed}: {once} {twice}");
            }
        }
        Assert.True(parted > Worlds / 3);

        static IEnumerable<LandedComponent> Own(Landed l) => l.Components.Where(static c => c.Kind != CostKind.Fee);
        static decimal Of(Landed l, CustomsFee fee) => l.Components.Where(c => c.Row == $"customs_fees {fee.Key}").Sum(static c => c.Amount);
    }

    [Fact]
    public void No_measure_and_no_fee_is_in_force_on_its_last_day_or_before_its_first()
    {
        for (int seed = 0; seed < Worlds; seed++)
        {
            var (tables, sent) = Drawn(seed);
            LocalDate to = Tables.Day;
            Tables ended = tables with
            {
                Measures = [.. tables.Measures.Select(m => m.Kind == DutyKind.General ? m : m with { To = to, Key = $"E-{m.Key}", Excludes = "", YieldsTo = "", Kind = m.Kind == DutyKind.Exclusion ? DutyKind.Additional : m.Kind, Percent = m.Percent ?? 1 }),
                    .. tables.Measures.Where(static m => m.Kind != DutyKind.General).Select(m => m with { From = to.PlusDays(1), Key = $"L-{m.Key}" })],
                Fees = [.. tables.Fees.Select(f => f with { To = to })],
            };
            Assert.All(ended.Landed(sent).Components.Where(static c => c.Kind is CostKind.Duty or CostKind.Fee), static c => Assert.StartsWith("general ", c.Title, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_rate_of_a_source_gives_what_the_full_count_gives_at_every_price()
    {
        int bound = 0;
        for (int seed = 0; seed < Worlds; seed++)
        {
            var (tables, drawn) = Drawn(seed);
            ConsignmentLine line = drawn.Lines[0];
            Consignment sent = drawn with { Lines = [line] };
            var (rate, findings) = LandingRate.Of(tables.Made, sent, new LandingPolicy());
            Assert.True(rate is not null, $"{seed}: {string.Join("; ", findings)}");
            foreach (decimal price in new[] { line.Price!.Amount, line.Price.Amount * 1.37m, line.Price.Amount * 40, line.Price.Amount * 900 })
            {
                Landed full = tables.Landed(sent with { Lines = [line with { Price = line.Price with { Amount = price } }] });
                decimal told = rate.At(price) * line.Quantity;
                Assert.True(Math.Abs(told - full.Unrounded) <= 1e-15m * (1 + full.Unrounded), $"{seed}: {told} {full.Unrounded}");
                Assert.True(Math.Abs(told - full.Total) <= Unit(full) / 2 * full.Components.Count + 1e-15m * (1 + full.Unrounded));
                if (rate.Bounded.Any(b => b.At(price) != b.Fixed + b.Factor * price)) bound++;
            }
            if (rate.Bounded.Count == 0) Assert.Equal(rate.At(100) - rate.At(50), 50 * rate.Factor, 15);
        }
        Assert.True(bound > Worlds / 4);
    }

    [Fact]
    public void There_and_back_by_one_rate_is_the_same_amount()
    {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++)
        {
            decimal rate = (decimal)Math.Exp(random.NextDouble() * 14 - 7), amount = random.Next(1, 1_000_000_000) / 100m;
            LandingTables tables = new Tables { Rates = [new("USD", "EUR", Tables.Day, "MC", rate, "bank", true)] }.Made;
            decimal there = tables.Exchange("USD", "EUR", Tables.Day)!.Of(amount);
            Assert.Equal(amount, decimal.Round(tables.Exchange("EUR", "USD", Tables.Day)!.Of(there), 12));
            Assert.Equal(amount, tables.Exchange("USD", "USD", Tables.Day)!.Of(amount));
        }
    }

    private static decimal Unit(Landed landed) => MinorUnits.Of(landed.Currency) == 0 ? 1 : 0.01m;

    /// <summary>Tables and a consignment that lands: any territory, currencies, terms, claims, and measures that stack, exclude, yield and exempt.</summary>
    private static (Tables Tables, Consignment Sent) Drawn(int seed)
    {
        var random = new Random(seed);
        string[] territories = ["US", "EU", "UK", "JP"], countries = ["US", "NL", "GB", "JP"], origins = ["CN", "TW", "VN", "MX", "KR"], currencies = ["USD", "EUR", "GBP", "JPY"];
        int at = random.Next(4);
        var measures = new List<DutyMeasure> { Tables.Duty("G-2", territories[at], "87", Percent()), Tables.Duty("G-4", territories[at], "8714", Percent()) with { Specific = Coin() ? 0.37m : null, Per = Coin() ? DutyPer.Kilogram : DutyPer.Unit, Currency = Pick(currencies) } };
        for (int i = random.Next(6); i > 0; i--)
        {
            DutyKind kind = Pick(DutyKind.Additional, DutyKind.AntiDumping, DutyKind.Safeguard, DutyKind.Exclusion);
            measures.Add(Tables.Duty($"M-{i}", territories[at], Pick("*", "87", "8714", "871499"), kind == DutyKind.Exclusion ? null : Percent(), kind, Pick("*", "CN", "CN;TW", "VN;MX")) with
            {
                Excludes = kind == DutyKind.Exclusion ? $"M-{random.Next(1, 6)};G-4" : "", YieldsTo = Coin() ? $"M-{i + 1}" : "", ExportedBefore = Coin() ? Tables.Day.PlusDays(random.Next(-60, 5)) : null, ExceptOrigins = Coin() ? "KR" : "",
            });
        }
        if (Coin()) measures.Add(Tables.Duty("P", territories[at], "8714", Percent(), DutyKind.Preference, "MX;KR;VN") with { Claim = "FTA" });
        List<CustomsFee> fees = [.. Enumerable.Range(1, random.Next(3)).Select(i => Tables.Fee($"F-{i}", territories[at], Percent() / 50, Coin() ? random.Next(10, 5_000) / 100m : null, Coin() ? 50 + random.Next(1, 60_000) / 100m : null, Coin() ? Mode.Sea : Mode.None, Coin() ? "FTA" : ""))];
        ExchangeRate[] rates = [.. currencies.SelectMany((c, i) => currencies.Skip(i + 1).Select(into => Coin() ? new ExchangeRate(c, into, Tables.Day.PlusDays(-random.Next(20)), "MC", Into(c, into), "bank", true) : new ExchangeRate(into, c, Tables.Day.PlusDays(-random.Next(20)), "MC", Into(into, c), "bank", true)))];
        ConsignmentLine[] lines = [.. Enumerable.Range(1, random.Next(1, 6)).Select(i => Tables.Line($"L-{i}", Pick("8714.99.80", "8714 91 30", "8711.60.10", "8714991234"), Pick(origins), random.Next(1, 400), random.Next(2_000, 90_000) / 100m, Pick(currencies), 0, random.Next(1, 90) / 10m) with
            { Freight = new(random.Next(0, 900) / 100m, "USD", "freight_rates L"), Terms = DeliveryTerm.Fca, Claims = Coin() ? ["FTA"] : [] })
            .Select(l => l.Price!.Currency == "USD" ? l with { Terms = Pick(DeliveryTerm.Fca, DeliveryTerm.Cpt, DeliveryTerm.Cip), Freight = l.Freight! with { Amount = Math.Min(l.Freight.Amount, l.Price.Amount * l.Quantity / 10) } } : l)];
        bool seller = lines.Any(static l => l.Terms != DeliveryTerm.Fca);
        var sent = new Consignment("C-1", "CN", countries[at], Pick(Mode.Sea, Mode.Air), Tables.Day.PlusDays(-random.Next(60)), Tables.Day, random.Next(500) / 10m, !seller && Coin() ? new Charge(random.Next(1, 90_000) / 100m, Pick(currencies), "freight_rates S") : null, lines);
        return (new Tables { Measures = measures, Fees = fees, Rates = rates, Insurance = [new(Mode.Sea, new(2020, 1, 1), "MC", null, Percent() / 30, 110, "insurer", true), new(Mode.Air, new(2020, 1, 1), "MC", null, 0, 100, "none", true)] }, sent);

        bool Coin() => random.Next(2) == 0;
        T Pick<T>(params T[] all) => all[random.Next(all.Length)];
        decimal Percent() => random.Next(0, 3_000) / 100m;
        decimal Into(string from, string to) => decimal.Round(Worth(from) / Worth(to) * (1 + random.Next(-90, 90) / 1000m), 6);
        static decimal Worth(string currency) => currency switch { "USD" => 0.9m, "EUR" => 1, "GBP" => 1.2m, _ => 0.006m };
    }
}
