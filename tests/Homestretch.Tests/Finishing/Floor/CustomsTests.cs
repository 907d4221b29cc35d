using CsCheck;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Where lots stand with customs, and what that lets be done with them.</summary>
public sealed class CustomsTests
{
    private static readonly Gen<string> s_markets = Gen.Int[0, 3].Select(static i => new[] { "US", "EU", "GB", "" }[i]), s_sites = Gen.Int[0, 2].Select(static i => new[] { "US", "DE", "" }[i]);

    private static FloorOperation Bolts(FloorCompany floor, string lot, string build, decimal quantity = 4) => floor.Said(FloorAct.Pick, "BOLT", lot, quantity, "A-01", build: build);
    private static Stock Row(FloorCompany floor, string key) => floor.World.Stock[key];

    [Theory]
    [InlineData("B2")]
    [InlineData("B3")]
    public void What_is_under_relief_goes_to_an_order_that_leaves_and_to_no_other(string lot)
    {
        var floor = new FloorCompany();
        FloorOperation stays = floor.Do(Bolts(floor, lot, "S1"));
        Assert.Equal((FloorAnswer.Refused, "relief-lost"), (stays.Answer, stays.Rule));
        Assert.Contains(lot == "B2" ? "bonded, by IT-4711" : "inward-processing, by IPR-9", stays.Said, StringComparison.Ordinal);
        floor.Done(Bolts(floor, lot, "S2"));
    }

    [Fact]
    public void Whether_an_order_leaves_is_by_customs_territory_and_unknown_where_a_country_is()
    {
        var eu = new CustomsTerritory("EU", "MC", "European Union", "AT;DE; FR", "EUR", ValuationBasis.Cif, null, new LocalDate(2030, 1, 1), "Regulation (EU) No 952/2013, article 4", false);
        Snapshot world = Snapshot.Of([.. FloorCompany.Records, eu]);
        var day = new LocalDate(2026, 11, 24);
        Assert.Equal([false, true, false, false, true, null, null, true],
            new[] { ("US", "US"), ("US", "EU"), ("DE", "FR"), ("DE", "EU"), ("DE", "GB"), ("", "EU"), ("DE", ""), ("FR", "US") }.Select(c => Customs.Leaves(world, c.Item1, c.Item2, day)));
        Assert.True(Customs.Leaves(world, "DE", "FR", new LocalDate(2030, 1, 1)));
    }

    [Fact]
    public void A_pick_passes_by_where_its_lot_stands_and_where_its_order_goes() => Gen.Select(Gen.Enum<CustomsStanding>(), s_markets, s_sites).Sample((standing, market, site) =>
    {
        var floor = new FloorCompany(w => w switch
        {
            Market { Id: "US" } m => m with { Country = market },
            Site { Id: "GVL" } s => s with { Country = site },
            Stock { LotNumber: "B1" } s => s with { Customs = standing, CustomsDocument = "D-1" },
            _ => w,
        });
        FloorOperation answer = floor.Do(floor.Said(FloorAct.Pick, "BOLT", "B1", 8, "A-02", build: "S1"));
        bool relief = standing is CustomsStanding.Bonded or CustomsStanding.InwardProcessing, known = market.Length > 0 && site.Length > 0;
        Assert.Equal(standing == CustomsStanding.CustomsHold ? "customs-hold" : !relief ? "" : !known ? "relief-unknown" : market == site ? "relief-lost" : "", answer.Rule);
        if (answer.Answer == FloorAnswer.Accepted) Assert.Equal(standing == CustomsStanding.Unknown, answer.Said.Contains("customs is unknown", StringComparison.Ordinal));
        if (standing == CustomsStanding.CustomsHold) Assert.Contains("by D-1", answer.Said, StringComparison.Ordinal);
    });

    [Fact]
    public void A_lot_takes_its_standing_at_receiving_and_keeps_it_wherever_it_goes()
    {
        var floor = new FloorCompany();
        FloorOperation receive = floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK");
        Assert.Equal("no-document", floor.Do(receive with { Values = "customs=bonded" }).Rule);
        Assert.Equal("customs-word", floor.Do(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=free; document=X")).Rule);
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=bonded; document=IT-9"));
        Assert.Equal((CustomsStanding.Bonded, "IT-9"), (Row(floor, "GVL|FRAME|A|F9").Customs, Row(floor, "GVL|FRAME|A|F9").CustomsDocument));
        floor.Done(floor.Said(FloorAct.Hold, "FRAME", "F9", 2, "DOCK", "QC", reason: "scratched"));
        Assert.Equal(CustomsStanding.Bonded, Row(floor, "GVL|FRAME|A|F9-QC").Customs);
        Assert.Equal("customs-differs", floor.Do(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=duty-paid; document=E-1")).Rule);
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "F-01"));
        Assert.Equal(CustomsStanding.Bonded, Row(floor, "GVL|FRAME|A|F9").Customs);
    }

    [Fact]
    public void The_office_changes_a_whole_lot_by_its_document_once()
    {
        var floor = new FloorCompany();
        FloorOperation set = floor.Said(FloorAct.SetCustoms, lot: "M3", values: "customs=duty-paid; document=E-77");
        floor.Done(set);
        Assert.Equal((CustomsStanding.DutyPaid, "E-77"), (Row(floor, "GVL|MOTOR|A|M3-QC").Customs, Row(floor, "GVL|MOTOR|A|M3-QC").CustomsDocument));
        Snapshot after = floor.World;
        Assert.Equal(FloorAnswer.Accepted, floor.Do(set with { Values = "customs=customs-hold; document=N-1" }).Answer);
        Assert.Same(after, floor.World);
        Assert.Equal("no-document", floor.Do(floor.Said(FloorAct.SetCustoms, lot: "M3", values: "customs=bonded")).Rule);
        Assert.Equal("unknown-lot", floor.Do(floor.Said(FloorAct.SetCustoms, lot: "M77", values: "customs=bonded; document=D")).Rule);
        floor.Done(floor.Said(FloorAct.Pick, "MOTOR", "M1", 1, "A-01", build: "S1"));
        Assert.Contains("1 of it lie in kits", floor.Done(floor.Said(FloorAct.SetCustoms, lot: "M1", values: "customs=customs-hold; document=N-2")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_receives_is_asked_where_goods_come_from_abroad_and_nobody_has_said()
    {
        static ExpectedLot Frames(FloorCompany floor) => FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3)).Expected.Single(static l => l.Lot == "F9");
        FloorCompany From(string country) => new(w => w is Site { Id: "TXG" } s ? s with { Country = country } : w);
        Assert.Equal([true, false, true], new[] { "TW", "US", "" }.Select(c => Frames(From(c)).AsksCustoms));
        FloorCompany floor = From("TW");
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=unknown"));
        Assert.Equal((CustomsStanding.Unknown, true), (Frames(floor).Customs, Frames(floor).AsksCustoms));
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=bonded; document=IT-9"));
        Assert.Equal((CustomsStanding.Bonded, "IT-9", false), (Frames(floor).Customs, Frames(floor).CustomsDocument, Frames(floor).AsksCustoms));
    }

    [Fact]
    public void What_the_office_says_of_a_lot_before_it_comes_it_brings_along()
    {
        var floor = new FloorCompany();
        Assert.Contains("not come in yet", floor.Done(floor.Said(FloorAct.SetCustoms, lot: "F9", values: "customs=bonded; document=IT-1")).Said, StringComparison.Ordinal);
        floor.Done(floor.Said(FloorAct.SetCustoms, lot: "F9", values: "customs=duty-paid; document=E-9"));
        ExpectedLot frames = FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3)).Expected.Single(static l => l.Lot == "F9");
        Assert.Equal((CustomsStanding.DutyPaid, "E-9", false), (frames.Customs, frames.CustomsDocument, frames.AsksCustoms));
        Assert.Equal("customs-differs", floor.Do(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK", values: "customs=bonded; document=IT-1")).Rule);
        floor.Done(floor.Said(FloorAct.Receive, "FRAME", "F9", 5, to: "DOCK"));
        Assert.Equal((CustomsStanding.DutyPaid, "E-9"), (Row(floor, "GVL|FRAME|A|F9").Customs, Row(floor, "GVL|FRAME|A|F9").CustomsDocument));
        Assert.Equal("unknown-lot", floor.Do(floor.Said(FloorAct.SetCustoms, lot: "X9", values: "customs=duty-paid; document=E-9")).Rule);      // it goes to another hub
    }

    [Fact]
    public void A_word_of_customs_among_other_values_is_put_there_and_taken_out_again()
    {
        string photo = $"photo={new string('a', 64)}", said = CustomsSaying.With(photo, CustomsStanding.Bonded, " IT;47 ");
        Assert.Equal($"{photo}; customs=bonded; document=IT,47", said);
        Assert.Equal(new(CustomsStanding.Bonded, "IT,47"), CustomsSaying.Of(said));
        Assert.Equal($"{photo}; customs=unknown", CustomsSaying.With(said, CustomsStanding.Unknown));
        Assert.Equal((photo, photo, new(null, "")), (CustomsSaying.With(said, null), CustomsSaying.Without(said), CustomsSaying.Of("customs=free")));
    }

    [Fact]
    public void The_board_proposes_a_lot_that_the_order_may_have_and_the_one_that_fits_best()
    {
        // bolts of all three kits are pegged to a lot that customs holds now
        var floor = new FloorCompany(w => w is Stock { LotNumber: "B1" } s ? s with { Customs = CustomsStanding.CustomsHold } : w);
        FloorBoard board = FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3));
        FloorPick Of(string build) => board.Kits.Single(k => k.Build == build).Picks.Single(static p => p.Item == "BOLT");
        Assert.Equal(("B2", CustomsStanding.Bonded, 4m), (Of("S2").Lot, Of("S2").Customs, Of("S2").Quantity));
        Assert.Contains(board.Kits.Single(static k => k.Build == "S1").Missing, static m => m is { Item: "BOLT", Quantity: 8, Waits: "" });
        floor.Done(floor.Said(FloorAct.Pick, "BOLT", "B2", 4, "A-01", build: "S2"));
        floor.Done(floor.Said(FloorAct.SetCustoms, lot: "B2", values: "customs=duty-paid; document=E-5"));
        board = FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3));
        Assert.Equal(("B2", CustomsStanding.DutyPaid, 8m), (Of("S1").Lot, Of("S1").Customs, Of("S1").Quantity));
        floor.Done(floor.Said(FloorAct.Pick, "BOLT", "B2", 8, "A-01", build: "S1"));
    }

    [Fact]
    public void A_part_that_is_scarce_goes_to_the_kit_that_it_completes()
    {
        // eight bolts of paid duty for two kits of home: S1, which is built first, lacks its motors besides
        var floor = new FloorCompany(w => w switch
        {
            Stock { LotNumber: "B1" } s => s with { Quantity = new(8, "EA") },
            BinStock { LotNumber: "B1" } s => s with { Quantity = new(8, "EA") },
            Stock { LotNumber: "M1" } s => s with { Customs = CustomsStanding.CustomsHold, CustomsDocument = "N-1" },
            Stock { LotNumber: "M2" } s => s with { Quantity = new(3, "EA") },
            BinStock { LotNumber: "M2" } s => s with { Quantity = new(3, "EA") },
            Peg { Build.Value: "S3", Supply: "lot:F9" } p => p with { Supply = "stock:GVL|FRAME|A|F1" },
            Peg { Build.Value: "S3", Supply: "lot:M9" } => null,
            Peg { Build.Value: "S3", Item.Value: "MOTOR" } p => p with { Quantity = new(2, "EA") },
            Peg { Item.Value: "BOLT" } => null,
            _ => w,
        });
        FloorBoard board = FloorBoards.Of(floor.World, new(floor.World), "GVL", FloorCompany.T, Duration.FromDays(3));
        Assert.Equal(8, board.Kits.Single(static k => k.Build == "S3").Picks.Single(static p => p.Item == "BOLT").Quantity);
        Assert.Contains(board.Kits.Single(static k => k.Build == "S1").Missing, static m => m.Item == "BOLT");
    }
}
