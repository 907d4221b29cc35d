using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Scanning;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Guiding;

/// <summary>What is asked of a person for an operation.</summary>
public enum Ask { Lot, From, Part, Quantity, Revision, Customs, Document, To, Reason, Serial }

/// <summary>An operation that is being put together, one question at a time. It is kept on the device, so that a reload asks nothing twice.</summary>
/// <param name="Answered">What was answered, in order.</param>
public sealed record Draft(Operation So, IReadOnlyList<Ask> Answered)
{
    public static Draft Of(Operation so, params Ask[] answered) => new(so, answered);

    /// <summary>What the act needs, in the order in which hands come to it.</summary>
    public IReadOnlyList<Ask> Asks(FloorBoard board) => So.Act switch
    {
        FloorAct.Receive => [Ask.Lot, .. Announced(board) is { Revision.Length: > 0 } ? (Ask[])[Ask.Revision] : [], Ask.Quantity, .. AsksCustoms(board), Ask.To, .. NeedsReason(board) ? (Ask[])[Ask.Reason] : []],
        FloorAct.CloseLot => [Ask.Lot, Ask.Reason],
        FloorAct.Move => [Ask.From, Ask.Part, Ask.Quantity, Ask.To],
        FloorAct.Hold or FloorAct.Release => [Ask.From, Ask.Part, Ask.Quantity, Ask.To, Ask.Reason],
        FloorAct.Scrap => [Ask.From, Ask.Part, Ask.Quantity, Ask.Reason],
        FloorAct.Count => [Ask.From, Ask.Part, Ask.Quantity],
        FloorAct.Return => [Ask.Part, Ask.Quantity, Ask.To, .. NeedsReason(board) ? (Ask[])[Ask.Reason] : []],
        FloorAct.Begin => [Ask.Serial],
        FloorAct.TakeOut => [Ask.Part, Ask.Reason, Ask.To],
        FloorAct.Andon or FloorAct.ScrapUnit or FloorAct.ReleaseFirmware => [Ask.Reason],
        FloorAct.Pick or FloorAct.Work or FloorAct.Pause or FloorAct.Resume or FloorAct.Complete or FloorAct.SetCustoms => [],
    };

    /// <summary>The question that is open; null when all is answered.</summary>
    public Ask? Next(FloorBoard board) => Asks(board).Where(a => !Answered.Contains(a)).Select(static a => (Ask?)a).FirstOrDefault();

    /// <summary>Opens an answered question again.</summary>
    public Draft Again(Ask ask) => this with { Answered = [.. Answered.Where(a => a != ask)] };

    /// <summary>A scan answers the open question, or another that it fits; or it is wrong.</summary>
    public (Draft? After, Wrong? Wrong) Scan(Label label, FloorBoard board)
    {
        Ask? open = Next(board);
        if (open == Ask.Document) return Document(label);
        if (label.Wrong is { } unreadable && label.Lot.Length == 0) return (null, unreadable);
        if (open == Ask.Serial || So.Act == FloorAct.Begin) return Serial(label, board);
        if (open == Ask.Lot || So.Act == FloorAct.Receive && label.Lot.Length > 0) return Lot(label, board);
        if (label.Bin.Length > 0)
        {
            Ask? place = open is Ask.From or Ask.To ? open : Asks(board).Where(a => a is Ask.From or Ask.To && !Answered.Contains(a)).Select(static a => (Ask?)a).FirstOrDefault();
            return place is { } p ? Bin(label.Bin, p, board) : (null, new("wrong-bin", Say.NotHere, label.Bin));
        }
        if (label.Item.Length > 0 && Asks(board).Contains(Ask.Part) && So.Act != FloorAct.TakeOut)
            return (With(So with { Item = label.Item, Revision = label.Revision, LotNumber = label.Lot, PartSerial = label.Serial, Quantity = Answered.Contains(Ask.Quantity) ? So.Quantity : label.Quantity }, Ask.Part), null);
        return open is Ask.From or Ask.To ? (null, new("unknown-bin", Say.NoBinLabel, label.Scanned)) : (null, label.Known ? new("label", Say.NotHere, label.Scanned) : new("unknown-item", Say.UnknownCode, label.Scanned));
    }

    public (Draft? After, Wrong? Wrong) Bin(string code, Ask place, FloorBoard board)
    {
        if (board.Bins.FirstOrDefault(b => b.Bin == code) is not { } bin) return (null, new("unknown-bin", Say.NoBinLabel, code));
        if (place == Ask.From) return (With(So with { From = bin.Bin }, Ask.From), null);
        if (bin.Item is { } only && So.Item.Length > 0 && only != So.Item) return (null, new("wrong-bin", Say.OnlyFor, bin.Bin, only));
        if (So.From == bin.Bin && So.Act is FloorAct.Move or FloorAct.Hold or FloorAct.Release) return (null, new("same-bin", Say.SameBin, bin.Bin));
        bool held = bin.Kind is BinKind.Hold or BinKind.Customs, wasHeld = board.Bins.FirstOrDefault(b => b.Bin == So.From)?.Kind is BinKind.Hold or BinKind.Customs;
        if (So.Act == FloorAct.Hold && !held) return (null, new("status", Say.NeedsHold, bin.Bin));
        if (So.Act == FloorAct.Receive && Announced(board) is { Revision.Length: > 0 } lot && Answered.Contains(Ask.Revision) && So.Revision != lot.Revision && bin.Kind != BinKind.Hold) return (null, new("wrong-revision", Say.NeedsHold, bin.Bin));
        if (So.Act == FloorAct.Receive && Stands(board) == CustomsStanding.CustomsHold && !held) return (null, new("status", Say.CustomsToHold, bin.Bin));
        if (So.Act == FloorAct.Release && held) return (null, new("status", Say.NeedsOpen, bin.Bin));
        if (So.Act == FloorAct.Move && held && !wasHeld) return (null, new("status", Say.NotHere, bin.Bin));
        if (So.Act == FloorAct.Move && !held && wasHeld) return (null, new("status", Say.NeedsOpen, So.From));
        return (With(So with { To = bin.Bin }, Ask.To), null);
    }

    public (Draft? After, Wrong? Wrong) Quantity(decimal amount, FloorBoard board)
    {
        if (amount < 0 || amount == 0 && So.Act != FloorAct.Count) return (null, new("quantity", Refusals.Of("quantity")!));
        if (board.Items.FirstOrDefault(i => i.Item == So.Item) is { Step: > 0 } item && amount % item.Step != 0) return (null, new("step", Say.NoMultiple, item.Step, item.Unit));
        return (With(So with { Quantity = amount }, Ask.Quantity), null);
    }

    /// <summary>Where the lot stands with customs; unknown: nobody here knows. All but that asks for the document.</summary>
    public Draft Customs(CustomsStanding standing)
    {
        Draft next = With(So with { Values = CustomsSaying.With(So.Values, standing) }, Ask.Customs);
        next = next with { Answered = [.. next.Answered.Where(static a => a != Ask.Document)] };
        return standing == CustomsStanding.CustomsHold ? next with { So = next.So with { To = "" }, Answered = [.. next.Answered.Where(static a => a != Ask.To)] } : next;     // a bin that was scanned before may not be for held goods
    }

    /// <summary>What is scanned is the document, unless it is the label of something else that is known here.</summary>
    public (Draft? After, Wrong? Wrong) Document(Label label) => label.Known ? (null, new("label", Say.NotHere, label.Scanned)) : Document(label.Scanned);

    public (Draft? After, Wrong? Wrong) Document(string document)
    {
        string named = document.Trim();
        return named.Length is 0 or > 100 ? (null, new("no-document", Refusals.Of("no-document")!)) : (With(So with { Values = CustomsSaying.With(So.Values, CustomsSaying.Of(So.Values).Standing, named) }, Ask.Document), null);
    }

    /// <summary>Where the lot stands with customs, as said here or known before.</summary>
    public CustomsStanding Stands(FloorBoard board) => CustomsSaying.Of(So.Values).Standing ?? Announced(board)?.Customs ?? CustomsStanding.Unknown;

    public Draft Revision(string revision) => With(So with { Revision = revision }, Ask.Revision);
    public Draft Reason(string reason) => With(So with { Reason = reason }, Ask.Reason);
    public Draft Thrown() => With(So with { To = "" }, Ask.To);
    public Draft Part(FloorPart part) => With(So with { From = part.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), Item = part.Item, Revision = part.Revision, LotNumber = part.Lot, Quantity = part.Quantity, PartSerial = part.PartSerial }, Ask.Part);

    /// <summary>The lot that is received; null when nobody announced it.</summary>
    public ExpectedLot? Announced(FloorBoard board) => board.Expected.FirstOrDefault(l => l.Lot == So.LotNumber);

    /// <summary>By how much a receipt goes beyond what was announced; 0 or less: it does not.</summary>
    public decimal Over(FloorBoard board) => So.Act == FloorAct.Receive && Announced(board) is { } lot && Answered.Contains(Ask.Quantity) ? lot.Received + (So.Quantity ?? 0) - lot.Quantity : 0;

    private IEnumerable<Ask> AsksCustoms(FloorBoard board) => Announced(board) is not { AsksCustoms: true } ? [] : CustomsSaying.Of(So.Values).Standing is null or CustomsStanding.Unknown ? [Ask.Customs] : [Ask.Customs, Ask.Document];

    private bool NeedsReason(FloorBoard board) => Over(board) > 0 || !(So.Act == FloorAct.Receive && Stands(board) == CustomsStanding.CustomsHold) && Answered.Contains(Ask.To) && board.Bins.FirstOrDefault(b => b.Bin == So.To)?.Kind is BinKind.Hold or BinKind.Customs;

    private (Draft?, Wrong?) Lot(Label label, FloorBoard board)
    {
        ExpectedLot? lot = board.Expected.FirstOrDefault(l => Labels.Same(l.Lot, label.Lot)) ?? (label.Lot.Length == 0 && board.Expected.Where(l => l.Item == label.Item).ToArray() is [var only] ? only : null);
        if (lot is null) return (null, new("unknown-lot", Say.NoLotLabel, label.Lot.Length > 0 ? label.Lot : label.Scanned));
        if (label.Item.Length > 0 && label.Item != lot.Item) return (null, new("wrong-item", Refusals.Of("wrong-item")!));
        Draft next = With(So with { LotNumber = lot.Lot, Item = lot.Item }, Ask.Lot);
        if (So.LotNumber.Length > 0 && So.LotNumber != lot.Lot) next = next with { So = next.So with { Values = CustomsSaying.Without(So.Values) }, Answered = [.. next.Answered.Where(static a => a is not (Ask.Customs or Ask.Document))] };     // what was said was of the other lot
        return (label.Revision.Length > 0 && lot.Revision.Length > 0 ? next.Revision(label.Revision) : next, null);
    }

    private (Draft?, Wrong?) Serial(Label label, FloorBoard board)
    {
        string serial = label.Serial.Length > 0 ? label.Serial : label.Unit;
        if (serial.Length == 0 || label.Bin.Length + label.Item.Length + (label.Unit.Length > 0 ? 0 : label.Build.Length) > 0 && label.Serial.Length == 0 || serial.Contains('|', StringComparison.Ordinal)) return (null, new("no-serial", Say.NoSerialLabel));
        return board.Units.Any(u => u.Serial == serial) ? (null, new("serial-used", Say.SerialKnown, serial)) : (With(So with { Unit = serial }, Ask.Serial), null);
    }

    private Draft With(Operation so, Ask answered) => new(so, [.. Answered.Where(a => a != answered), answered]);
}
