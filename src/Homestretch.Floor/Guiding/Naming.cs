using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Guiding;

/// <summary>Operations and questions in a person's words.</summary>
internal static class Naming
{
    public static string Of(Tongue speak, FloorAct act, string step = "") => act switch
    {
        FloorAct.Receive => speak[Say.Receive],
        FloorAct.CloseLot => speak[Say.DidCloseLot],
        FloorAct.Move => speak[Say.Move],
        FloorAct.Hold => speak[Say.Hold],
        FloorAct.Release => speak[Say.Release],
        FloorAct.Count => speak[Say.Count],
        FloorAct.Scrap => speak[Say.Scrap],
        FloorAct.Pick => speak[Say.DidPick],
        FloorAct.Return => speak[Say.PutBack],
        FloorAct.Begin => speak[Say.DidBegin],
        FloorAct.Work => speak[Say.DidWork, step],
        FloorAct.TakeOut => speak[Say.TakeOut],
        FloorAct.Pause => speak[Say.Pause],
        FloorAct.Resume => speak[Say.Resume],
        FloorAct.Andon => speak[Say.DidAndon],
        FloorAct.Complete => speak[Say.Complete],
        FloorAct.ScrapUnit => speak[Say.GiveUp],
        FloorAct.ReleaseFirmware => speak[Say.GetRelease],
        FloorAct.SetCustoms => speak[Say.CustomsWord],
    };

    /// <summary>What an operation is about, such as 4 × CELL-21700, lot L-7, A-01 → kit B-12.</summary>
    public static string About(Tongue speak, Operation did)
    {
        string to = did.Build.Length > 0 && did.Act == FloorAct.Pick ? did.Build : did.To, from = did.Act == FloorAct.Return ? did.Build : did.Act == FloorAct.TakeOut ? "" : did.From;
        return string.Join(", ", new[]
        {
            did.Unit, did.Unit.Length == 0 && did.Act is FloorAct.Begin or FloorAct.Andon ? did.Build : "", did.Item.Length == 0 ? "" : did.Quantity is { } n && did.Act != FloorAct.Work ? $"{speak.Number(n)} × {did.Item}" : did.Item,
            did.LotNumber, from.Length > 0 && to.Length > 0 ? $"{from} → {to}" : from + to, Standing(speak, CustomsSaying.Of(did.Values)), CustomsSaying.Without(PhotoSaying.Without(did.Values)), did.Reason,
        }.Where(static s => s.Length > 0));
    }

    /// <summary>Where a lot stands with customs.</summary>
    public static Text Of(CustomsStanding standing) => standing switch
    {
        CustomsStanding.DutyPaid => Say.DutyPaid,
        CustomsStanding.Bonded => Say.Bonded,
        CustomsStanding.InwardProcessing => Say.InwardProcessing,
        CustomsStanding.CustomsHold => Say.CustomsHold,
        CustomsStanding.Unknown => Say.CustomsUnknown,
    };

    /// <summary>The same with its document, such as bonded or free zone, IT-4711; empty where nothing is said.</summary>
    public static string Standing(Tongue speak, CustomsSaying said) => said.Standing is not { } standing ? "" : string.Join(", ", new[] { $"{speak[Say.CustomsWord]}: {speak[Of(standing)]}", said.Document }.Where(static s => s.Length > 0));

    public static Text Question(Ask ask, FloorAct act) => ask switch
    {
        Ask.Lot => Say.AskLot,
        Ask.From => act == FloorAct.Count ? Say.AskCounted : Say.AskFrom,
        Ask.Part => act == FloorAct.TakeOut ? Say.AskTakenOut : Say.AskPart,
        Ask.Quantity => Say.AskQuantity,
        Ask.Revision => Say.AskRevision,
        Ask.Customs => Say.AskCustoms,
        Ask.Document => Say.AskDocument,
        Ask.To => Say.AskTo,
        Ask.Reason => Say.AskReason,
        Ask.Serial => Say.AskSerial,
    };

    public static Text Word(Ask ask) => ask switch
    {
        Ask.Lot => Say.LotWord,
        Ask.From => Say.FromWord,
        Ask.Part => Say.PartWord,
        Ask.Quantity => Say.QuantityWord,
        Ask.Revision => Say.RevisionWord,
        Ask.Customs => Say.CustomsWord,
        Ask.Document => Say.DocumentWord,
        Ask.To => Say.ToWord,
        Ask.Reason => Say.ReasonWord,
        Ask.Serial => Say.SerialWord,
    };

    public static string Given(Tongue speak, Ask ask, Operation so) => ask switch
    {
        Ask.Lot => so.LotNumber,
        Ask.From => so.From,
        Ask.Part => so.LotNumber.Length > 0 ? $"{so.Item} · {so.LotNumber}" : so.Item,
        Ask.Quantity => speak.Number(so.Quantity ?? 0),
        Ask.Revision => so.Revision,
        Ask.Customs => speak[Of(CustomsSaying.Of(so.Values).Standing ?? CustomsStanding.Unknown)],
        Ask.Document => CustomsSaying.Of(so.Values).Document,
        Ask.To => so.To.Length > 0 ? so.To : speak[Say.NoneBin],
        Ask.Reason => so.Reason,
        Ask.Serial => so.Unit,
    };
}
