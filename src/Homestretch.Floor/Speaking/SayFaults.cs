namespace Homestretch.Floor.Speaking;

internal static partial class Say
{
    // ---- what the hub does not take at all
    public static readonly Text
        StateFault = new("the hub does not take it; what comes after it waits", "el centro no la acepta; lo posterior espera", "der Hub nimmt es nicht an; was danach kommt, wartet", "le hub ne l’accepte pas ; la suite attend", "trung tâm không nhận; các thao tác sau đang chờ", "中心不接受；其后的操作在等待"),
        LeaveOut = new("Leave out {0}", "Omitir {0}", "{0} auslassen", "Omettre {0}", "Bỏ qua {0}", "跳过 {0}"),
        LeaveOutSure = new("It counts as not done then. It stays here as refused until somebody has seen it, and the rest is sent.", "Entonces cuenta como no hecha. Queda aquí como rechazada hasta que alguien la vea, y el resto se envía.", "Es gilt dann als nicht getan. Es bleibt hier als abgelehnt, bis jemand es gesehen hat, und der Rest wird gesendet.", "Elle compte alors comme non faite. Elle reste ici comme refusée jusqu’à ce que quelqu’un l’ait vue, et le reste est envoyé.", "Khi đó coi như chưa làm. Thao tác vẫn ở đây là bị từ chối cho đến khi có người xem, và phần còn lại được gửi.", "该操作将视为未完成。它作为被拒绝项留在这里，直到有人查看；其余操作会发送。"),
        LeaveOutYes = new("Yes, leave it out", "Sí, omitirla", "Ja, auslassen", "Oui, l’omettre", "Có, bỏ qua", "是，跳过"),
        LeftOut = new("Left out on this device: the hub has not done it.", "Omitida en este dispositivo: el centro no la hizo.", "Auf diesem Gerät ausgelassen: Der Hub hat es nicht getan.", "Omise sur cet appareil : le hub ne l’a pas faite.", "Đã bỏ qua trên thiết bị này: trung tâm không thực hiện.", "已在此设备上跳过：中心未执行。");
}
