namespace Homestretch.Floor.Speaking;

internal static partial class Say
{
    // ---- customs
    public static readonly Text
        AskCustoms = new("How does it stand with customs?", "¿Cómo está en la aduana?", "Wie steht es beim Zoll?", "Quel est son statut en douane ?", "Tình trạng hải quan?", "海关状态？"),
        AskDocument = new("Which document says so?", "¿Qué documento lo dice?", "Welches Papier sagt das?", "Quel document l’atteste ?", "Giấy tờ nào xác nhận?", "依据哪份单证？"),
        CustomsSkip = new("If you do not know, choose ‘Not known’: it stays unknown until the office says.", "Si no lo sabe, elija «No se sabe»: queda como desconocido hasta que la oficina lo diga.", "Wer es nicht weiß, wählt „Nicht bekannt“: Es bleibt unbekannt, bis das Büro es sagt.", "Si vous l’ignorez, choisissez « Inconnu » : cela reste inconnu jusqu’à ce que le bureau le dise.", "Nếu không biết, chọn “Không rõ”: sẽ để là chưa rõ cho đến khi văn phòng xác nhận.", "不清楚时选“未知”：在办公室确认前保持未知。"),
        ShipmentCleared = new("Customs let the shipment go on {0}.", "La aduana liberó el envío el {0}.", "Der Zoll gab die Sendung am {0} frei.", "La douane a libéré l’envoi le {0}.", "Hải quan cho lô hàng đi ngày {0}.", "海关已于 {0} 放行该货运。"),
        DutyPaid = new("Duty paid", "Aranceles pagados", "Verzollt", "Droits payés", "Đã nộp thuế", "已完税"),
        Bonded = new("Bonded or free zone", "Depósito o zona franca", "Zolllager oder Freizone", "Entrepôt ou zone franche", "Kho ngoại quan hoặc khu phi thuế", "保税或自由区"),
        InwardProcessing = new("Inward processing", "Perfeccionamiento activo", "Aktive Veredelung", "Perfectionnement actif", "Tạm nhập gia công", "进境加工"),
        CustomsHold = new("Held by customs", "Retenido por la aduana", "Vom Zoll angehalten", "Retenu par la douane", "Hải quan giữ lại", "海关扣留"),
        CustomsUnknown = new("Not known", "No se sabe", "Nicht bekannt", "Inconnu", "Không rõ", "未知"),
        CustomsToHold = new("Customs holds it: scan a bin for held goods, not {0}.", "La aduana lo retiene: escanee una ubicación retenida, no {0}.", "Der Zoll hält es an: einen Sperrplatz scannen, nicht {0}.", "La douane le retient : scannez un emplacement bloqué, pas {0}.", "Hải quan giữ hàng: quét ô hàng giữ lại, không phải {0}.", "海关扣留：请扫描冻结货位，而非 {0}。"),
        DocumentWord = new("Document", "Documento", "Papier", "Document", "Giấy tờ", "单证");
}
