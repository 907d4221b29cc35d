namespace Homestretch.Floor.Speaking;

internal static partial class Say
{
    // ---- what is asked, one at a time
    public static readonly Text
        AskLot = new("Scan the lot", "Escanee el lote", "Los scannen", "Scannez le lot", "Quét lô", "扫描批次"),
        AskFrom = new("Scan the bin it comes from", "Escanee la ubicación de origen", "Platz scannen, von dem es kommt", "Scannez l’emplacement de départ", "Quét ô kệ nguồn", "扫描来源货位"),
        AskTo = new("Scan the bin it goes to", "Escanee la ubicación de destino", "Platz scannen, auf den es kommt", "Scannez l’emplacement d’arrivée", "Quét ô kệ đích", "扫描目标货位"),
        AskCounted = new("Scan the bin that you count", "Escanee la ubicación que cuenta", "Platz scannen, den Sie zählen", "Scannez l’emplacement à compter", "Quét ô kệ cần đếm", "扫描要盘点的货位"),
        AskPart = new("Scan the part", "Escanee la pieza", "Teil scannen", "Scannez la pièce", "Quét linh kiện", "扫描零件"),
        AskQuantity = new("How many?", "¿Cuántas?", "Wie viele?", "Combien ?", "Bao nhiêu?", "数量？"),
        AskRevision = new("Which revision is on it?", "¿Qué revisión lleva?", "Welche Revision steht darauf?", "Quelle révision est inscrite ?", "Bản sửa đổi nào?", "版本号是？"),
        AskReason = new("Why?", "¿Por qué?", "Warum?", "Pourquoi ?", "Vì sao?", "原因？"),
        AskSerial = new("Scan the serial number of the unit", "Escanee el número de serie de la unidad", "Seriennummer der Einheit scannen", "Scannez le numéro de série de l’unité", "Quét số sê-ri của sản phẩm", "扫描产品序列号"),
        AskTakenOut = new("Which part comes out?", "¿Qué pieza sale?", "Welches Teil kommt heraus?", "Quelle pièce sort ?", "Tháo linh kiện nào?", "取出哪个零件？"),
        Another = new("Another", "Otra", "Eine andere", "Une autre", "Bản khác", "其他"),
        OtherReason = new("Other reason", "Otro motivo", "Anderer Grund", "Autre raison", "Lý do khác", "其他原因"),
        Fewer = new("Fewer", "Menos", "Weniger", "Moins", "Bớt", "减少"),
        More = new("More", "Más", "Mehr", "Plus", "Thêm", "增加"),
        Confirm = new("Confirm", "Confirmar", "Bestätigen", "Confirmer", "Xác nhận", "确认"),
        Cancel = new("Cancel", "Cancelar", "Abbrechen", "Annuler", "Hủy", "取消"),
        Suggested = new("Use {0}", "Usar {0}", "{0} nehmen", "Utiliser {0}", "Dùng {0}", "使用 {0}"),
        NoneBin = new("Scrap it", "Desechar", "Verschrotten", "Rebuter", "Loại bỏ", "报废"),
        LotWord = new("Lot", "Lote", "Los", "Lot", "Lô", "批次"),
        FromWord = new("From", "Desde", "Von", "De", "Từ", "从"),
        ToWord = new("To", "A", "Nach", "Vers", "Đến", "到"),
        PartWord = new("Part", "Pieza", "Teil", "Pièce", "Linh kiện", "零件"),
        QuantityWord = new("Quantity", "Cantidad", "Menge", "Quantité", "Số lượng", "数量"),
        RevisionWord = new("Revision", "Revisión", "Revision", "Révision", "Bản", "版本"),
        ReasonWord = new("Reason", "Motivo", "Grund", "Raison", "Lý do", "原因"),
        SerialWord = new("Serial number", "Número de serie", "Seriennummer", "Numéro de série", "Số sê-ri", "序列号");

    // ---- receiving
    public static readonly Text
        ReceiveHow = new("Scan a lot, or choose it.", "Escanee un lote o elíjalo.", "Ein Los scannen oder wählen.", "Scannez un lot ou choisissez-le.", "Quét hoặc chọn lô.", "扫描或选择批次。"),
        NothingExpected = new("Nothing is announced.", "No hay nada anunciado.", "Nichts ist angekündigt.", "Rien n’est annoncé.", "Chưa có lô nào được báo.", "没有预告的批次。"),
        OfExpected = new("{0} of {1} {2} here", "{0} de {1} {2} recibidas", "{0} von {1} {2} da", "{0} sur {1} {2} reçus", "{0} / {1} {2} đã có", "已到 {0} / {1} {2}"),
        Made = new("not shipped yet", "aún sin enviar", "noch nicht versandt", "pas encore expédié", "chưa gửi đi", "尚未发运"),
        Shipped = new("on its way", "en camino", "unterwegs", "en route", "đang đến", "运输中"),
        CloseShort = new("Close short", "Cerrar incompleto", "Unvollständig schließen", "Clore incomplet", "Đóng thiếu", "短缺结案"),
        CloseShortHow = new("{0} of {1} have not come and are no longer expected.", "{0} de {1} no han llegado y ya no se esperan.", "{0} von {1} fehlen und werden nicht mehr erwartet.", "{0} sur {1} ne sont pas arrivés et ne sont plus attendus.", "{0} / {1} chưa đến và không chờ nữa.", "{1} 中有 {0} 未到，不再等待。"),
        HoldHint = new("Damaged or doubtful goods go into a bin for held goods.", "Lo dañado o dudoso va a una ubicación retenida.", "Beschädigtes oder Zweifelhaftes kommt auf einen Sperrplatz.", "Ce qui est abîmé ou douteux va dans un emplacement bloqué.", "Hàng hỏng hoặc nghi ngờ để vào ô giữ lại.", "损坏或可疑货物放入冻结货位。");

    // ---- storing
    public static readonly Text
        Move = new("Move", "Mover", "Umlagern", "Déplacer", "Chuyển", "移位"),
        Hold = new("Hold", "Retener", "Sperren", "Bloquer", "Giữ lại", "冻结"),
        Release = new("Release", "Liberar", "Freigeben", "Libérer", "Giải phóng", "放行"),
        Scrap = new("Scrap", "Desechar", "Verschrotten", "Rebuter", "Loại bỏ", "报废"),
        Count = new("Count", "Contar", "Zählen", "Compter", "Đếm", "盘点"),
        MoveHow = new("from bin to bin", "de ubicación a ubicación", "von Platz zu Platz", "d’un emplacement à l’autre", "từ ô này sang ô khác", "从货位到货位"),
        HoldHow = new("keep back, with a reason", "apartar, con motivo", "zurückhalten, mit Grund", "mettre de côté, avec raison", "giữ lại, có lý do", "扣留并说明原因"),
        ReleaseHow = new("may be used again", "se puede usar de nuevo", "darf wieder genutzt werden", "utilisable à nouveau", "được dùng lại", "可再次使用"),
        ScrapHow = new("throw away, with a reason", "tirar, con motivo", "wegwerfen, mit Grund", "jeter, avec raison", "bỏ đi, có lý do", "丢弃并说明原因"),
        CountDue = new("To be counted", "Por contar", "Zu zählen", "À compter", "Cần đếm", "待盘点"),
        RowsToCount = new("{0} to count", "{0} por contar", "{0} zu zählen", "{0} à compter", "{0} mục cần đếm", "{0} 项待盘点"),
        CountHow = new("without being told how many", "sin saber cuántas debería haber", "ohne zu wissen, wie viel da sein soll", "sans connaître le stock prévu", "không cho biết trước số lượng", "盲盘");

    // ---- kitting
    public static readonly Text
        KitsTitle = new("Kits in order", "Kits en orden", "Kits der Reihe nach", "Kits dans l’ordre", "Các bộ theo thứ tự", "按顺序的套件"),
        NoKits = new("No kit is to be picked.", "No hay kits por preparar.", "Kein Kit ist zu packen.", "Aucun kit à préparer.", "Không có bộ nào cần gom.", "没有待拣套件。"),
        Parked = new("Parked", "Aparcados", "Geparkt", "En attente de pièces", "Tạm để", "暂停"),
        WaitsFor = new("waits for {0} {1}", "espera {0} {1}", "wartet auf {0} {1}", "attend {0} {1}", "chờ {0} {1}", "等待 {0} {1}"),
        WaitsForLot = new("waits for {0} {1}, lot {2}", "espera {0} {1}, lote {2}", "wartet auf {0} {1}, Los {2}", "attend {0} {1}, lot {2}", "chờ {0} {1}, lô {2}", "等待 {0} {1}，批次 {2}"),
        AndMore = new("and {0} more", "y {0} más", "und {0} weitere", "et {0} de plus", "và {0} mục nữa", "另有 {0} 项"),
        GoTo = new("Go to", "Vaya a", "Gehen Sie zu", "Allez à", "Đi tới", "前往"),
        Take = new("Take {0}", "Tomar {0}", "{0} nehmen", "Prendre {0}", "Lấy {0}", "取 {0}"),
        TakeWord = new("Take", "Tome", "Nehmen Sie", "Prenez", "Lấy", "取"),
        BinRight = new("Right bin. Now scan the part.", "Ubicación correcta. Ahora la pieza.", "Richtiger Platz. Jetzt das Teil scannen.", "Bon emplacement. Scannez la pièce.", "Đúng ô. Giờ quét linh kiện.", "货位正确。请扫描零件。"),
        ScanBinThenPart = new("Scan the bin, then the part.", "Escanee la ubicación y luego la pieza.", "Platz scannen, dann das Teil.", "Scannez l’emplacement, puis la pièce.", "Quét ô kệ, rồi linh kiện.", "先扫货位，再扫零件。"),
        PartRight = new("Right part.", "Pieza correcta.", "Richtiges Teil.", "Bonne pièce.", "Đúng linh kiện.", "零件正确。"),
        Skip = new("Skip", "Saltar", "Überspringen", "Passer", "Bỏ qua", "跳过"),
        PutBack = new("Put back", "Devolver", "Zurücklegen", "Remettre", "Trả lại", "放回"),
        LinesLeft = new("{0} of {1} lines left", "faltan {0} de {1} líneas", "noch {0} von {1} Zeilen", "{0} lignes sur {1} restantes", "còn {0} / {1} dòng", "剩 {0} / {1} 行"),
        KitDone = new("The kit is whole.", "El kit está completo.", "Das Kit ist vollständig.", "Le kit est complet.", "Bộ đã đủ.", "套件齐全。"),
        KitParked = new("All that is here is picked. Park the kit.", "Todo lo disponible está recogido. Aparque el kit.", "Alles Vorhandene ist gepackt. Das Kit parken.", "Tout ce qui est là est pris. Mettez le kit de côté.", "Đã lấy hết những gì có. Tạm để bộ này.", "现有的都已拣完。暂停此套件。"),
        KitGone = new("This kit is no longer on the list.", "Este kit ya no está en la lista.", "Dieses Kit steht nicht mehr auf der Liste.", "Ce kit n’est plus sur la liste.", "Bộ này không còn trong danh sách.", "此套件已不在清单上。"),
        NextKit = new("Next kit", "Siguiente kit", "Nächstes Kit", "Kit suivant", "Bộ tiếp", "下一套");

    // ---- building
    public static readonly Text
        UnitsTitle = new("Units in work", "Unidades en curso", "Einheiten in Arbeit", "Unités en cours", "Sản phẩm đang lắp", "在装产品"),
        ToBegin = new("Kits to begin", "Kits para empezar", "Kits zum Beginnen", "Kits à commencer", "Bộ để bắt đầu", "可开始的套件"),
        NothingToBuild = new("No kit is whole yet.", "Ningún kit está completo.", "Noch kein Kit ist vollständig.", "Aucun kit n’est complet.", "Chưa có bộ nào đủ.", "还没有齐全的套件。"),
        Begin = new("Begin {0}", "Empezar {0}", "{0} beginnen", "Commencer {0}", "Bắt đầu {0}", "开始 {0}"),
        Done = new("Done", "Hecho", "Erledigt", "Fait", "Xong", "完成"),
        Pause = new("Pause", "Pausa", "Pause", "Pause", "Tạm dừng", "暂停工作"),
        Resume = new("Resume", "Reanudar", "Fortsetzen", "Reprendre", "Làm tiếp", "恢复工作"),
        Help = new("Help", "Ayuda", "Hilfe", "Aide", "Gọi giúp", "求助"),
        HelpHow = new("Somebody is called to you.", "Se llamará a alguien.", "Jemand wird zu Ihnen gerufen.", "Quelqu’un va être appelé.", "Sẽ có người đến giúp.", "将有人前来协助。"),
        TakeOut = new("Take out", "Sacar", "Ausbauen", "Démonter", "Tháo ra", "取出"),
        GiveUp = new("Give up unit", "Desechar unidad", "Einheit aufgeben", "Abandonner l’unité", "Bỏ sản phẩm", "放弃产品"),
        Complete = new("Complete", "Terminar", "Fertig melden", "Terminer", "Hoàn tất", "完工"),
        AllSteps = new("All steps are done.", "Todos los pasos están hechos.", "Alle Schritte sind erledigt.", "Toutes les étapes sont faites.", "Đã xong mọi bước.", "所有步骤已完成。"),
        IsPaused = new("This unit is paused.", "Esta unidad está en pausa.", "Diese Einheit ruht.", "Cette unité est en pause.", "Sản phẩm này đang tạm dừng.", "此产品已暂停。"),
        StepsLater = new("The steps of this unit come with the network.", "Los pasos de esta unidad llegan con la red.", "Die Schritte dieser Einheit kommen mit dem Netz.", "Les étapes de cette unité arrivent avec le réseau.", "Các bước của sản phẩm này sẽ có khi có mạng.", "联网后将获取此产品的步骤。"),
        UnitGone = new("This unit is not in work.", "Esta unidad no está en curso.", "Diese Einheit ist nicht in Arbeit.", "Cette unité n’est pas en cours.", "Sản phẩm này không đang lắp.", "此产品不在装配中。"),
        Between = new("{0} to {1}", "de {0} a {1}", "{0} bis {1}", "de {0} à {1}", "{0} đến {1}", "{0} 至 {1}"),
        AtLeast = new("at least {0}", "al menos {0}", "mindestens {0}", "au moins {0}", "ít nhất {0}", "至少 {0}"),
        AtMost = new("at most {0}", "como máximo {0}", "höchstens {0}", "au plus {0}", "nhiều nhất {0}", "至多 {0}"),
        OutOfLimits = new("Outside the limits: the step stays open.", "Fuera de límites: el paso queda abierto.", "Außerhalb der Grenzen: der Schritt bleibt offen.", "Hors limites : l’étape reste ouverte.", "Ngoài giới hạn: bước vẫn mở.", "超出范围：此步骤保持未完成。"),
        RecordFailed = new("Record as failed", "Registrar fallo", "Als Fehler erfassen", "Noter l’échec", "Ghi là không đạt", "记录为不合格"),
        FitPart = new("Scan {0}", "Escanee {0}", "{0} scannen", "Scannez {0}", "Quét {0}", "扫描 {0}"),
        ScanCard = new("Scan the card of the image that you wrote", "Escanee la tarjeta de la imagen que grabó", "Die Karte des aufgespielten Abbilds scannen", "Scannez la carte de l’image installée", "Quét thẻ của phiên bản đã nạp", "扫描所写入映像的卡片"),
        GetRelease = new("Firmware release", "Liberación de firmware", "Firmware-Freigabe", "Autorisation du micrologiciel", "Cấp phép phần mềm", "固件授权"),
        ReleaseNeeded = new("This unit needs its firmware release. Ask for it; that needs the network once.", "Esta unidad necesita su liberación de firmware. Pídala; hace falta la red una vez.", "Diese Einheit braucht ihre Firmware-Freigabe. Anfordern; dafür ist einmal das Netz nötig.", "Cette unité a besoin de son autorisation de micrologiciel. Demandez-la ; il faut le réseau une fois.", "Sản phẩm này cần cấp phép phần mềm. Hãy yêu cầu; cần mạng một lần.", "此产品需要固件授权。请申请，需联网一次。"),
        ReleaseWaits = new("The firmware release was asked for and comes with the network.", "Se pidió la liberación de firmware; llegará con la red.", "Die Firmware-Freigabe ist angefordert und kommt mit dem Netz.", "L’autorisation a été demandée et arrive avec le réseau.", "Đã yêu cầu cấp phép; sẽ đến khi có mạng.", "已申请固件授权，联网后即可获得。"),
        ReleaseFile = new("Release {0}", "Liberación {0}", "Freigabe {0}", "Autorisation {0}", "Giấy phép {0}", "授权 {0}"),
        CustomsWord = new("Customs", "Aduana", "Zoll", "Douane", "Hải quan", "海关"),
        NoCard = new("This is no card of a firmware image.", "No es la tarjeta de una imagen de firmware.", "Das ist keine Karte eines Firmware-Abbilds.", "Ce n’est pas la carte d’un micrologiciel.", "Đây không phải thẻ phần mềm.", "这不是固件映像卡片。"),
        FirmwareVersion = new("Version {0}.", "Versión {0}.", "Version {0}.", "Version {0}.", "Phiên bản {0}.", "版本 {0}。"),
        NotTranslated = new("Not translated: {0}", "Sin traducir: {0}", "Nicht übersetzt: {0}", "Non traduit : {0}", "Chưa dịch: {0}", "未翻译：{0}"),
        NotTranslatedUnknown = new("Not translated: in the company's language", "Sin traducir: en el idioma de la empresa", "Nicht übersetzt: in der Sprache der Firma", "Non traduit : dans la langue de l’entreprise", "Chưa dịch: theo ngôn ngữ của công ty", "未翻译：公司语言"),
        Attempt = new("attempt {0}", "intento {0}", "Versuch {0}", "essai {0}", "lần {0}", "第 {0} 次"),
        InWork = new("in work", "en curso", "in Arbeit", "en cours", "đang lắp", "装配中"),
        Resting = new("paused", "en pausa", "ruht", "en pause", "tạm dừng", "已暂停"),
        UnitWord = new("Unit {0}", "Unidad {0}", "Einheit {0}", "Unité {0}", "Sản phẩm {0}", "产品 {0}");

    // ---- reasons
    public static readonly Text
        Damaged = new("Damaged", "Dañado", "Beschädigt", "Abîmé", "Hư hỏng", "损坏"),
        WrongGoods = new("Wrong part", "Pieza equivocada", "Falsches Teil", "Mauvaise pièce", "Sai linh kiện", "零件错误"),
        Defective = new("Defective", "Defectuoso", "Defekt", "Défectueux", "Lỗi", "有缺陷"),
        Missing = new("Part missing", "Falta pieza", "Teil fehlt", "Pièce manquante", "Thiếu linh kiện", "缺零件"),
        ToolBroken = new("Tool broken", "Herramienta rota", "Werkzeug defekt", "Outil cassé", "Hỏng dụng cụ", "工具损坏"),
        DoesNotFit = new("Does not fit", "No encaja", "Passt nicht", "Ne va pas", "Không vừa", "装不上"),
        Question = new("Question", "Pregunta", "Frage", "Question", "Có câu hỏi", "有疑问"),
        Expired = new("Expired", "Caducado", "Abgelaufen", "Périmé", "Hết hạn", "过期"),
        Inspected = new("Inspected, good", "Revisado, bien", "Geprüft, gut", "Contrôlé, bon", "Đã kiểm, tốt", "检验合格"),
        Cleared = new("Cleared by customs", "Despachado por aduana", "Vom Zoll frei", "Dédouané", "Đã thông quan", "海关已放行"),
        NotDelivered = new("Not delivered", "No entregado", "Nicht geliefert", "Non livré", "Không giao", "未交付"),
        LostOnWay = new("Lost on the way", "Perdido en camino", "Unterwegs verloren", "Perdu en route", "Mất trên đường", "途中丢失"),
        Counted = new("Counted again", "Contado otra vez", "Neu gezählt", "Recompté", "Đã đếm lại", "已重新清点"),
        Planner = new("The planner wants it", "Lo pide el planificador", "Die Planung will es", "Le planificateur le veut", "Theo kế hoạch", "计划员要求");

    // ---- the queue
    public static readonly Text
        QueueEmpty = new("Nothing was recorded in the last 7 days.", "Nada registrado en los últimos 7 días.", "In den letzten 7 Tagen wurde nichts erfasst.", "Rien d’enregistré ces 7 derniers jours.", "7 ngày qua chưa ghi gì.", "近 7 天没有记录。"),
        StateWaiting = new("waits for the network", "espera la red", "wartet auf das Netz", "attend le réseau", "chờ mạng", "等待网络"),
        StateAccepted = new("accepted", "aceptada", "angenommen", "acceptée", "đã nhận", "已接受"),
        StateRefused = new("refused", "rechazada", "abgelehnt", "refusée", "bị từ chối", "被拒绝"),
        StateUnclear = new("unclear: it was sent before this device was enrolled again; look whether it was done", "dudosa: se envió antes de volver a registrar el dispositivo; compruebe si se hizo", "unklar: gesendet, bevor das Gerät neu angemeldet wurde; nachsehen, ob es geschah", "incertaine : envoyée avant la nouvelle inscription de l’appareil ; vérifiez si elle a été faite", "chưa rõ: đã gửi trước khi đăng ký lại thiết bị; hãy kiểm tra đã làm chưa", "不明确：在重新注册前已发送；请核实是否已执行"),
        Seen = new("Seen {0}", "Visto {0}", "Gesehen {0}", "Vu {0}", "Đã xem {0}", "已阅 {0}"),
        SendAgain = new("Send {0} again", "Reenviar {0}", "{0} neu senden", "Renvoyer {0}", "Gửi lại {0}", "重发 {0}"),
        SendNow = new("Send now", "Enviar ahora", "Jetzt senden", "Envoyer", "Gửi ngay", "立即发送"),
        HubSays = new("The hub says: {0}", "El centro dice: {0}", "Der Hub sagt: {0}", "Le hub dit : {0}", "Trung tâm báo: {0}", "中心提示：{0}"),
        LastHeard = new("Last heard from the hub {0}", "Último contacto {0}", "Zuletzt vom Hub gehört {0}", "Dernier contact {0}", "Liên lạc gần nhất {0}", "最近联系 {0}");

    // ---- names of what was done, as the queue lists them
    public static readonly Text
        DidCloseLot = new("Lot closed", "Lote cerrado", "Los geschlossen", "Lot clos", "Đóng lô", "批次结案"),
        DidPick = new("Pick", "Recogida", "Entnahme", "Prélèvement", "Lấy hàng", "拣料"),
        DidBegin = new("Begin unit", "Empezar unidad", "Einheit begonnen", "Unité commencée", "Bắt đầu sản phẩm", "开始产品"),
        DidWork = new("Step {0}", "Paso {0}", "Schritt {0}", "Étape {0}", "Bước {0}", "步骤 {0}"),
        DidAndon = new("Call for help", "Llamada de ayuda", "Hilferuf", "Appel à l’aide", "Gọi hỗ trợ", "求助呼叫");
}
