using System.Text.Json;
using CsCheck;
using Homestretch.Finishing.Passports;
using Homestretch.Tests.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Passports;

/// <summary>Passports of a unit whose motor plays the battery: the group that the market's rule names.</summary>
public sealed class PassportTests
{
    private static readonly LocalDate s_due = new(2027, 2, 18);
    private static readonly PassportTier[] s_all = Enum.GetValues<PassportTier>();

    private static readonly IRecord[] s_said =
    [
        new MarketRule("US-PASS", "MC", MarketRuleKind.Passport, (Key<Market>)"US", (Key<Item>)"BIKE", Condition.Always, Condition.Always, "motor", "Batteries have a passport", s_due, null, "A law", false),
        Said("chemistry", "NMC"), Said("chemistry", "LFP", since: new(2027, 1, 1)), Said("weight", "2.6", "kg"), Said("composition", "Cathode NMC 811", sample: true), Said("test_reports", "TR-1"),
        Said("state_of_health", "98.25", "%", "SN-B-1"), Said("state_of_health", "41", "%", "SN-OTHER"),
    ];

    private static PassportData Said(string field, string value, string unit = "", string serial = "", LocalDate? since = null, bool sample = false) => new("MOTOR", field, serial, since ?? new(2026, 1, 1), "MC", value, unit, null, null, "Data sheet", sample);

    /// <summary>A world in which one unit was built, with its battery's serial number.</summary>
    private static Snapshot Built(Func<IRecord, IRecord?>? otherwise = null, IReadOnlyList<IRecord>? more = null, string by = "op-1")
    {
        var floor = new FloorCompany(otherwise, more ?? s_said);
        foreach (var (item, lot, quantity, bin) in new[] { ("FRAME", "F1", 2m, "F-01"), ("MOTOR", "M1", 2m, "A-01"), ("CHG-US", "U1", 2m, "A-01"), ("RACK", "R1", 2m, "A-02"), ("BOLT", "B1", 8m, "A-02") }) Done(floor.Said(FloorAct.Pick, item, lot, quantity, bin, build: "S1"));
        Done(floor.Said(FloorAct.Begin, build: "S1", unit: "B-1"));
        foreach (var (step, item, lot, values) in new[] { ("010", "FRAME", "F1", ""), ("020", "MOTOR", "M1", "torque=24"), ("030", "", "", ""), ("040", "", "", "insulation=5") })
            Done(floor.Said(FloorAct.Work, item, lot, unit: "B-1", step: step, values: values) with { PartSerial = item == "MOTOR" ? "SN-B-1" : "" });
        Done(floor.Said(FloorAct.Complete, unit: "B-1"));
        return floor.World;

        void Done(FloorOperation said) => floor.Done(said with { Operator = by });
    }

    private static string Text(Passport passport, params PassportTier[] tiers) => JsonSerializer.Serialize(passport.Seen(tiers));

    [Fact]
    public void A_passport_has_every_field_of_the_law_and_says_which_are_missing_for_its_day()
    {
        Passport passport = PassportWriting.Of(Built(), "B-1")!;
        BatteryPassport battery = Assert.Single(passport.Batteries);
        Assert.Equal((s_due, false, s_due), (battery.Due, battery.Asked, battery.Day));
        Assert.Equal([.. PassportField.All.Select(static f => f.Key), "batch"], battery.Entries.Select(static e => e.Field));
        Assert.Equal("NMC", Value(battery, "chemistry"));          // as of the day it was made, not of a later model
        Assert.Equal(("SN-B-1", "MOTOR (MOTOR)", "98.25", "M1"), (Value(battery, "serial"), Value(battery, "model"), Value(battery, "state_of_health"), Value(battery, "batch")));
        Assert.Equal("original, as put in on 2026-11-24", Value(battery, "status"));
        Assert.False(battery.Complete);
        Assert.Contains("manufacturer", battery.Missing);
        Assert.Contains("date_of_manufacture", battery.Missing);   // no production run of the lot is on record
        Assert.All(new[] { "chemistry", "warranty", "use", "carbon_footprint", "recycled_content", "responsible_sourcing", "batch" }, f => Assert.DoesNotContain(f, battery.Missing));
        Assert.Equal(["Meridian", "Bike (BIKE)", "B-1", "Greenville, US", "2026-11-24", "United States", "", "", ""], passport.Product.Where(static e => e.Tier == PassportTier.Public).Select(static e => e.Value));
        Assert.Null(PassportWriting.Of(Built(), "B-9"));
    }

    [Theory]
    [InlineData("2027-08-17", 0)]
    [InlineData("2027-08-18", 1)]      // responsible sourcing
    [InlineData("2028-08-18", 2)]      // and the carbon footprint
    [InlineData("2030-02-18", 3)]      // and its class
    [InlineData("2033-08-18", 4)]      // and recycled content
    public void What_the_law_needs_grows_with_the_day(string due, int more)
    {
        LocalDate day = NodaTime.Text.LocalDatePattern.Iso.Parse(due).Value;
        Snapshot world = Built(more: [.. s_said.Select(r => r is MarketRule m ? m with { From = day } : r)]);
        string[] late = ["responsible_sourcing", "carbon_footprint", "carbon_footprint_class", "recycled_content"];
        Assert.Equal(late[..more].Order(StringComparer.Ordinal), PassportWriting.Of(world, "B-1")!.Batteries[0].Missing.Where(late.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_is_complete_once_every_needed_field_is_said_and_not_one_less()
    {
        string[] needed = [.. PassportWriting.Of(Built(), "B-1")!.Batteries[0].Missing];
        IRecord[] all = [.. needed.Select(static f => Said(f, "said", serial: PassportField.Named(f)!.Individual ? "SN-B-1" : ""))];
        Assert.True(PassportWriting.Of(Built(more: [.. s_said, .. all]), "B-1")!.Batteries[0].Complete);
        foreach (int i in Enumerable.Range(0, all.Length).Where(static i => i % 6 == 0))
            Assert.Equal([needed[i]], PassportWriting.Of(Built(more: [.. s_said, .. all.Where((_, n) => n != i)]), "B-1")!.Batteries[0].Missing);
    }

    [Fact]
    public void A_tier_holds_its_own_fields_and_nothing_of_the_others()
    {
        Passport passport = PassportWriting.Of(Built(), "B-1")!;
        string everybody = Text(passport, PassportTier.Public), interest = Text(passport, PassportTier.Public, PassportTier.Interest), authority = Text(passport, PassportTier.Public, PassportTier.Authority);
        Assert.All(new[] { "Cathode", "TR-1", "\"M1\"", "98.25", "repair_parts", "state_of_health" }, t => Assert.DoesNotContain(t, everybody, StringComparison.Ordinal));
        Assert.All(new[] { "Cathode", "98.25", "repair_parts" }, t => Assert.Contains(t, interest, StringComparison.Ordinal));
        Assert.DoesNotContain("TR-1", interest, StringComparison.Ordinal);
        Assert.Contains("TR-1", authority, StringComparison.Ordinal);
        Assert.DoesNotContain("Cathode", authority, StringComparison.Ordinal);
        Assert.Equal(passport.Batteries[0].Entries.Count, s_all.Sum(t => passport.Seen(t).Batteries[0].Entries.Count));
    }

    [Fact]
    public void Customer_price_people_suppliers_and_lots_move_no_byte_of_what_everybody_sees() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 9], Gen.Int[1, 90_000], Gen.String[Gen.Char.AlphaNumeric, 1, 9], Gen.String[Gen.Char.AlphaNumeric, 1, 9], Gen.Int[1, 30]).Sample((customer, price, by, supplier, days) =>
        {
            Snapshot world = Built(r => r switch
            {
                Party { Kind: PartyKind.Customer } p => p with { Name = customer },
                Party { Kind: PartyKind.Supplier } p => p with { Name = supplier, Country = "VN" },
                Item i => i with { Cost = new Money(price, "USD") },
                OrderLine o => o with { Requested = o.Requested + Duration.FromDays(days), Price = new Money(price, "USD") },
                Stock s => s with { CustomsDocument = s.CustomsDocument.Length > 0 ? supplier : "" },
                _ => r,
            }, by: by);
            Assert.Equal(s_everybody, Text(PassportWriting.Of(world, "B-1")!, PassportTier.Public));
        }, iter: 25);

    private static readonly string s_everybody = Text(PassportWriting.Of(Built(), "B-1")!, PassportTier.Public);

    [Fact]
    public void A_market_asks_from_its_day_on_and_a_battery_taken_out_has_no_place_in_it()
    {
        Snapshot now = Built(), asked = Built(more: [.. s_said.Select(r => r is MarketRule m ? m with { From = new(2026, 11, 24) } : r)]), nowhere = Built(more: [.. s_said.Where(static r => r is not MarketRule)]);
        Assert.Null(PassportWriting.AskedFor(now, now.Units["B-1"]));
        Assert.Equal("US-PASS", PassportWriting.AskedFor(asked, asked.Units["B-1"])?.Id);
        Assert.True(PassportWriting.Of(asked, "B-1")!.Batteries[0].Asked);
        Assert.True(PassportWriting.Of(nowhere, "B-1")!.Batteries[0] is { Due: null, Asked: false, Complete: true });
        UnitPart motor = now.UnitParts.Single(static p => p.Item.Value == "MOTOR");
        Assert.Empty(PassportWriting.Of(now.Apply([new WorldEvent.Put(motor with { TakenOut = FloorCompany.T })]).World, "B-1")!.Batteries);
    }

    private static string Value(BatteryPassport battery, string field) => battery.Entries.Single(e => e.Field == field).Value;
}
