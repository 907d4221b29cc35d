using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Scanning;
using Homestretch.World;

namespace Homestretch.Floor.Tests;

public sealed class ScanningTests
{
    private static readonly FloorKit s_kit = Boards.Small.Kits[0];
    private static Label Read(string scanned) => Labels.Read(scanned, Boards.Small);

    [Theory]
    [InlineData("a-01", "bin A-01")]
    [InlineData("kit:B-1", "kit B-1")]
    [InlineData("C1-1", "unit C1-1")]
    [InlineData("TYR-1", "item TYR-1")]
    [InlineData("L-TYR-1", "item TYR-1 lot L-TYR-1")]
    [InlineData("FRM-L|A|L-FRM-1|F-77", "item FRM-L revision A lot L-FRM-1 serial F-77")]
    [InlineData("]d2240FRM-L\u001d10L-FRM-1\u001d22A\u001d21F-77", "item FRM-L revision A lot L-FRM-1 serial F-77")]
    [InlineData("010950600013435210L-TYR-1", "item TYR-1 lot L-TYR-1")]
    [InlineData("]d20109506000134376\u001d10L-NEW\u001d22A", "item BAT-625 revision A lot L-NEW")]
    [InlineData("(414)9506000134376(254)A-27", "bin A-27")]
    [InlineData("(400)SO-1/1", "kit B-1")]
    public void A_label_names_what_the_board_knows(string scanned, string names)
    {
        Label l = Read(scanned);
        Assert.Null(l.Wrong);
        Assert.Equal(names, string.Join(' ', new[] { ("bin", l.Bin), ("unit", l.Unit), ("kit", l.Unit.Length > 0 ? "" : l.Build), ("item", l.Item), ("revision", l.Revision), ("lot", l.Lot), ("serial", l.Unit.Length > 0 ? "" : l.Serial) }.Where(static x => x.Item2.Length > 0).Select(static x => $"{x.Item1} {x.Item2}")));
    }

    [Theory]
    [InlineData("A-02", "wrong-bin")]
    [InlineData("BAT-625", "wrong-part")]
    [InlineData("TYR-1|A|L-TYR-2", "promised")]
    [InlineData("FRM-L|B|L-FRM-1", "wrong-revision")]
    [InlineData("TYR-1", "no-bin")]
    [InlineData("(01)09506000134353", "label")]
    [InlineData("nonsense", "unknown-item")]
    public void A_wrong_scan_is_told_at_once(string scanned, string rule)
    {
        var (after, wrong) = Picking.Start.Scan(Read(scanned), s_kit);
        Assert.Null(after);
        Assert.Equal(rule, wrong!.Rule);
    }

    [Fact]
    public void Bin_then_part_is_right_and_so_is_a_label_that_names_its_lot()
    {
        Picking bin = Picking.Start.Scan(Read("A-01"), s_kit).After!, part = bin.Scan(Read("FRM-L"), s_kit).After!;
        Assert.Equal((true, "A-01"), (part.Part, part.Next(s_kit)!.Bin));
        Picking other = Picking.Start.Scan(Read("L-TYR-1"), s_kit).After!;
        Assert.Equal((true, "A-27"), (other.Part, other.Next(s_kit)!.Bin));
        Assert.Equal("wrong-bin", bin.Scan(Read("L-TYR-1"), s_kit).Wrong!.Rule);
        Assert.Equal("A-27", Picking.Start.Skip(s_kit).Next(s_kit)!.Bin);
        Assert.Equal("A-01", Picking.Start.Skip(s_kit).Skip(s_kit).Next(s_kit)!.Bin);
    }

    [Fact]
    public void Goods_are_received_question_by_question_in_whatever_order_they_are_scanned()
    {
        Draft draft = Draft.Of(new(FloorAct.Receive, "", default));
        Assert.Equal(Ask.Lot, draft.Next(Boards.Small));
        Assert.Equal("unknown-lot", draft.Scan(Read("FRM-L||L-9"), Boards.Small).Wrong!.Rule);
        draft = draft.Scan(Read("BAT-625|C|L-BAT-3"), Boards.Small).After!;
        Assert.Equal(Ask.Quantity, draft.Next(Boards.Small));
        draft = draft.Quantity(12, Boards.Small).After!;
        Assert.Equal(2, draft.Over(Boards.Small));
        Assert.Equal("wrong-revision", draft.Scan(Read("A-02"), Boards.Small).Wrong!.Rule); // announced in B
        draft = draft.Scan(Read("QC-1"), Boards.Small).After!;
        Assert.Equal(Ask.Reason, draft.Next(Boards.Small));
        draft = draft.Reason("Damaged");
        Assert.Null(draft.Next(Boards.Small));
        Assert.Equal(new Operation(FloorAct.Receive, "", default, "BAT-625", "C", "L-BAT-3", 12, To: "QC-1", Reason: "Damaged"), draft.So);
    }

    [Fact]
    public void Of_goods_from_abroad_it_is_asked_how_they_stand_with_customs_and_not_to_know_is_an_answer()
    {
        FloorBoard board = Boards.Abroad;
        Draft draft = Draft.Of(new(FloorAct.Receive, "", default)).Scan(Read("L-TYR-2"), board).After!.Quantity(60, board).After!;
        Assert.Equal(Ask.Customs, draft.Next(board));
        Draft unknown = draft.Customs(CustomsStanding.Unknown);
        Assert.Equal((Ask.To, "customs=unknown"), (unknown.Next(board), unknown.So.Values));
        Draft bonded = unknown.Again(Ask.Customs).Customs(CustomsStanding.Bonded);
        Assert.Equal(Ask.Document, bonded.Next(board));
        Assert.NotNull(bonded.Scan(Read("A-27"), board).Wrong);      // the label of a bin is no document
        bonded = bonded.Scan(Read("IT-4711"), board).After!;
        Assert.Equal((Ask.To, "customs=bonded; document=IT-4711"), (bonded.Next(board), bonded.So.Values));
        Assert.Null(bonded.Scan(Read("A-27"), board).After!.Next(board));
        Assert.Contains("Customs: Bonded or free zone, IT-4711", Naming.About(new Speaking.Tongue(Speaking.Language.English, 0), bonded.So), StringComparison.Ordinal);
        FloorBoard after = Foreseeing.After(board, bonded.Scan(Read("A-27"), board).After!.So with { Quantity = 10 });
        ExpectedLot rest = after.Expected.Single(static l => l.Lot == "L-TYR-2");
        Assert.Equal((CustomsStanding.Bonded, "IT-4711", false), (rest.Customs, rest.CustomsDocument, rest.AsksCustoms));
        Assert.DoesNotContain(Ask.Customs, Draft.Of(new(FloorAct.Receive, "", default)).Scan(Read("L-TYR-2"), after).After!.Asks(after));
        Assert.DoesNotContain(Ask.Customs, Draft.Of(new(FloorAct.Receive, "", default)).Scan(Read("L-TYR-2"), Boards.Small).After!.Asks(Boards.Small));
    }

    [Fact]
    public void What_customs_holds_goes_into_a_bin_for_held_goods_and_needs_no_other_reason()
    {
        FloorBoard board = Boards.Abroad;
        Draft held = Draft.Of(new(FloorAct.Receive, "", default)).Scan(Read("L-TYR-2"), board).After!.Quantity(60, board).After!.Customs(CustomsStanding.DutyPaid).Scan(Read("E-1"), board).After!.Scan(Read("A-27"), board).After!
            .Again(Ask.Customs).Customs(CustomsStanding.CustomsHold);
        Assert.Equal(Ask.Document, held.Next(board));
        held = held.Scan(Read("N-7"), board).After!;
        Assert.Equal(Ask.To, held.Next(board));      // the shelf that was scanned before will not do
        Assert.Equal("status", held.Scan(Read("A-27"), board).Wrong!.Rule);
        held = held.Scan(Read("QC-1"), board).After!;
        Assert.Null(held.Next(board));
        Assert.Equal(("QC-1", "customs=customs-hold; document=N-7", ""), (held.So.To, held.So.Values, held.So.Reason));
        FloorBoard known = board with { Expected = [.. board.Expected.Select(static l => l with { AsksCustoms = false, Customs = CustomsStanding.CustomsHold })] };
        Assert.Equal("status", Draft.Of(new(FloorAct.Receive, "", default)).Scan(Read("L-TYR-2"), known).After!.Quantity(60, known).After!.Scan(Read("A-27"), known).Wrong!.Rule);
    }

    [Fact]
    public void Storing_asks_only_for_places_that_the_hub_would_take()
    {
        Draft hold = Draft.Of(new(FloorAct.Hold, "", default)).Scan(Read("A-27"), Boards.Small).After!.Scan(Read("TYR-1||L-TYR-1"), Boards.Small).After!.Quantity(1, Boards.Small).After!;
        Assert.Equal("status", hold.Scan(Read("A-01"), Boards.Small).Wrong!.Rule);
        Assert.Equal(Ask.Reason, hold.Scan(Read("QC-1"), Boards.Small).After!.Next(Boards.Small));
        Draft move = Draft.Of(new(FloorAct.Move, "", default)).Scan(Read("A-27"), Boards.Small).After!.Scan(Read("TYR-1||L-TYR-1"), Boards.Small).After!.Quantity(1, Boards.Small).After!;
        Assert.Equal("same-bin", move.Scan(Read("A-27"), Boards.Small).Wrong!.Rule);
        Assert.Equal("wrong-bin", move.Scan(Read("A-02"), Boards.Small).Wrong!.Rule);
        Assert.Null(move.Scan(Read("A-01"), Boards.Small).After!.Next(Boards.Small));
        Assert.Equal("step", Draft.Of(new(FloorAct.Scrap, "", default, "GLUE")).Quantity(0.3m, Boards.Small).Wrong!.Rule);
        Assert.Null(Draft.Of(new(FloorAct.Count, "", default)).Quantity(0, Boards.Small).Wrong);
    }

    [Fact]
    public void A_unit_is_begun_with_a_serial_number_that_is_free()
    {
        Draft begin = Draft.Of(new(FloorAct.Begin, "", default, Build: "B-2"));
        Assert.Equal("C1-2", begin.Scan(Read("C1-2"), Boards.Small).After!.So.Unit);
        Assert.Equal("C1-3", begin.Scan(Read("(01)09506000134352(21)C1-3"), Boards.Small).After!.So.Unit);
        foreach (string wrong in new[] { "C1-1", "A-01", "TYR-1", "B-1" }) Assert.NotNull(begin.Scan(Read(wrong), Boards.Small).Wrong);
    }
}
