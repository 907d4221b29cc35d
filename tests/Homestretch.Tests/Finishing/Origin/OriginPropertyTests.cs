using System.Numerics;
using CsCheck;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Finishing.Origin;

/// <summary>What holds whatever a unit is made of.</summary>
public sealed class OriginPropertyTests
{
    private static readonly string[] s_texts = ["Made in USA", "Assembled in USA", "Made in USA of domestic and imported parts", "Assembled in USA with imported parts", "Made in USA from foreign materials", "Made in EU", "Assembled in EU", "Made in UK"];

    private static readonly Gen<UnitComponent> s_component = Gen.Select(Gen.Int[1, 9], Gen.Long[0, 50_000], Gen.Long[0, 3_000], Gen.Long[0, 3_000], One("US", "US", "MX", "CN", "CN", "HU", "TW", ""), One(0, 1, 2),
        static (n, v, f, d, o, x) => new UnitComponent($"P{n}", "L", n, "EA", v, f, d, o, x == 0 ? null : x == 1 ? [] : ["USMCA"], false));

    private static readonly Gen<UnitContent> s_unit = Gen.Select(s_component.Array[1, 8], One("US", "NL", "GB", ""), Gen.Enum<Processing>(), One<bool?>(true, false, null), One("", "a ruling"), Gen.Long[0, 60_000], Gen.Long[1, 300_000],
        static (parts, made, processing, justified, evidence, assembly, price) => Contents.Unit with
        {
            Components = [.. parts.Select(static (c, i) => c with { Item = $"{c.Item}-{i}" })], MadeIn = made, Processing = processing, Justified = justified, Evidence = evidence, Assembly = assembly, TransactionValue = price, InternationalFreight = 0,
        });

    /// <summary>The same counted again with fractions of whole numbers.</summary>
    [Fact]
    public void Shares_are_those_of_whole_numbers() => s_unit.Sample(static unit =>
    {
        BigInteger Sum(Func<UnitComponent, bool> of, Func<UnitComponent, long> amount) => unit.Components.Where(of).Aggregate(BigInteger.Zero, (sum, c) => sum + amount(c));
        BigInteger foreign = Sum(static c => c.Originating is not { Count: 1 }, static c => c.Value!.Value);
        Same(unit.Claim("rvc-transaction-USMCA"), unit.TransactionValue!.Value - foreign, unit.TransactionValue.Value, static (a, b) => a * 100 >= b * 60, unit.MadeIn == "US");
        BigInteger net = Sum(static _ => true, static c => c.Value!.Value + c.Freight!.Value) + unit.Assembly!.Value;
        Same(unit.Claim("rvc-net-cost-USMCA"), net - foreign, net, static (a, b) => a * 100 >= b * 50, unit.MadeIn == "US");
        Same(unit.Claim("buy-american"), Sum(static c => c.Origin == "US", Landed), Sum(static _ => true, Landed), static (a, b) => a * 100 > b * 65, unit.MadeIn == "US");

        static long Landed(UnitComponent c) => c.Value!.Value + c.Freight!.Value + c.Duty!.Value;
        static void Same(Claim claim, BigInteger above, BigInteger below, Func<BigInteger, BigInteger, bool> enough, bool here)
        {
            if (claim.State == ClaimState.Unknown) return;
            Assert.Equal((above, below), (claim.Share!.Value.Above, claim.Share.Value.Below));
            Assert.Equal(here && enough(above, below) ? ClaimState.Holds : ClaimState.Fails, claim.State);
        }
    }, iter: 3000);

    [Fact]
    public void A_foreign_component_made_domestic_lowers_no_domestic_share() => Gen.Select(s_unit, Gen.Int[0, 7]).Sample(static (unit, at) =>
    {
        UnitComponent changed = unit.Components[at % unit.Components.Count];
        UnitContent more = unit.With(changed.Item, static c => c with { Origin = "US", Originating = ["USMCA"] });
        foreach (string key in (string[])["rvc-transaction-USMCA", "rvc-net-cost-USMCA", "buy-american"]) AtLeast(more.Claim(key), unit.Claim(key));
        if (unit.Label("Made in USA").Share is { } before) Assert.True(Compared(more.Label("Made in USA").Share!.Value, before) >= 0);

        static void AtLeast(Claim more, Claim less)
        {
            if (less.Share is { } before) Assert.True(Compared(more.Share!.Value, before) >= 0);
            Assert.False(less.State == ClaimState.Holds && more.State != ClaimState.Holds);
        }
    }, iter: 3000);

    /// <summary>Whatever becomes unknown, nothing comes to hold that did not, nor is allowed, nor nearer to it.</summary>
    [Fact]
    public void Unknown_never_helps() => Gen.Select(s_unit, Gen.Int[0, 7], Gen.Int[0, 13]).Sample(static (unit, at, what) =>
    {
        UnitComponent c = unit.Components[at % unit.Components.Count];
        UnitContent less = what switch
        {
            0 or 1 or 2 => unit.With(c.Item, static x => x with { Origin = "" }),
            3 or 4 => unit.With(c.Item, static x => x with { Originating = null }),
            5 => unit.With(c.Item, static x => x with { Value = null }),
            6 => unit.With(c.Item, static x => x with { Freight = null }),
            7 => unit.With(c.Item, static x => x with { Duty = null }),
            8 => unit with { Assembly = null },
            9 => unit with { MadeIn = "" },
            10 => unit with { Processing = Processing.Unknown },
            11 => unit with { Justified = null, Evidence = "" },
            12 => unit with { InternationalFreight = null, InlandFreight = null },
            _ => unit with { Hs = "", Delivered = null },
        };
        var now = Claims.Of(Contents.Rules, Contents.Tables, less, measureCountries: ["CN"]).Claims;
        foreach (Claim was in Claims.Of(Contents.Rules, Contents.Tables, unit, measureCountries: ["CN"]).Claims)
        {
            Claim then = now.Single(x => x.Key == was.Key);
            Assert.True(Standing(then) <= Standing(was), $"{was.Key}: {was.Why} {then.Why}");
        }
        foreach (string text in s_texts) Assert.True(Rank(less.Label(text)) <= Rank(unit.Label(text)), $"{text}: {unit.Label(text).Why} {less.Label(text).Why}");

        static int Standing(Claim c) => c.State switch { ClaimState.Holds => 2, ClaimState.NeedsReview => 1, _ => 0 };
        static int Rank(LabelAnswer a) => a.State switch { LabelState.Allowed => 2, LabelState.NeedsSignature => 1, _ => 0 };
    }, iter: 5000);

    [Fact]
    public void The_order_of_components_does_not_matter() => Gen.Select(s_unit, Gen.Int).Sample(static (unit, seed) =>
    {
        var random = new Random(seed);
        UnitContent shuffled = unit with { Components = [.. unit.Components.OrderBy(_ => random.Next())] };
        foreach (string key in (string[])["rvc-transaction-USMCA", "rvc-net-cost-USMCA", "buy-american", "origin-EU", "circumvention-CN"])
        {
            Claim a = unit.Claim(key), b = shuffled.Claim(key);
            Assert.Equal((a.State, a.Answer, a.Share), (b.State, b.Answer, b.Share));
        }
    }, iter: 500);

    [Fact]
    public void Only_whole_texts_of_known_words_are_read() => Gen.Select(One(s_texts), Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz ?0é"], 1, 6], Gen.Bool).Sample(static (text, more, front) =>
    {
        string other = front ? $"{more} {text}" : $"{text} {more}";
        if (LabelReading.Of(other) is { } read) Assert.Equal(LabelReading.Of(text), read);       // blanks alone
    }, iter: 3000);

    private static Gen<T> One<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static int Compared(Ratio a, Ratio b) => ((BigInteger)a.Above * b.Below).CompareTo((BigInteger)b.Above * a.Below);
}
