namespace Homestretch.Floor.Speaking;

internal static partial class Say
{
    // ---- enrolment
    public static readonly Text
        EnrolTitle = new("Enrol this device", "Registrar este dispositivo", "Dieses Gerät anmelden", "Inscrire cet appareil", "Đăng ký thiết bị này", "注册此设备"),
        EnrolHow = new("Scan the code that the administrator shows.", "Escanee el código que muestra el administrador.", "Den Code scannen, den die Verwaltung zeigt.", "Scannez le code que montre l’administrateur.", "Quét mã do quản trị viên đưa ra.", "扫描管理员显示的二维码。"),
        EnrolAgain = new("This device is no longer let in. What was recorded is kept and is sent after it was enrolled again.", "Este dispositivo ya no tiene acceso. Lo registrado se conserva y se enviará al registrarlo de nuevo.", "Dieses Gerät wird nicht mehr eingelassen. Was erfasst wurde, bleibt und wird nach neuer Anmeldung gesendet.", "Cet appareil n’a plus accès. Ce qui est enregistré est gardé et sera envoyé après une nouvelle inscription.", "Thiết bị này không còn quyền vào. Những gì đã ghi được giữ lại và sẽ gửi sau khi đăng ký lại.", "此设备已无权访问。已记录的内容会保留，重新注册后发送。"),
        Enrolling = new("Enrolling …", "Registrando …", "Meldet an …", "Inscription …", "Đang đăng ký …", "正在注册 …"),
        EnrolRefused = new("The code was not accepted: {0}", "El código no fue aceptado: {0}", "Der Code wurde nicht angenommen: {0}", "Le code n’a pas été accepté : {0}", "Mã không được chấp nhận: {0}", "代码未被接受：{0}"),
        EnrolNoNetwork = new("To enrol, the device needs the network once.", "Para registrarse, el dispositivo necesita la red una vez.", "Zum Anmelden braucht das Gerät einmal das Netz.", "Pour s’inscrire, l’appareil a besoin du réseau une fois.", "Để đăng ký, thiết bị cần mạng một lần.", "注册时设备需要联网一次。"),
        OtherSite = new("This code is for another site. {0} operations of the old site wait here; have them sent first.", "Este código es de otro centro. Aquí esperan {0} operaciones del centro anterior; envíelas primero.", "Dieser Code ist für einen anderen Standort. Hier warten {0} Vorgänge des alten; zuerst diese senden.", "Ce code est pour un autre site. {0} opérations de l’ancien attendent ici ; envoyez-les d’abord.", "Mã này thuộc cơ sở khác. Còn {0} thao tác của cơ sở cũ đang chờ; hãy gửi trước.", "此代码属于其他站点。这里还有旧站点的 {0} 项操作待发送；请先发送。");

    // ---- home
    public static readonly Text
        Receive = new("Receive", "Recibir", "Annehmen", "Réceptionner", "Nhận hàng", "收货"),
        Store = new("Store", "Almacén", "Lagern", "Stocker", "Lưu kho", "仓储"),
        Kit = new("Kit", "Kit", "Kit", "Kit", "Gom bộ", "配套"),
        Build = new("Build", "Montar", "Bauen", "Monter", "Lắp ráp", "装配"),
        ReceiveCount = new("{0} lots come in", "{0} lotes por llegar", "{0} Lose kommen", "{0} lots attendus", "{0} lô sắp đến", "{0} 批待收"),
        StoreCount = new("{0} bins", "{0} ubicaciones", "{0} Plätze", "{0} emplacements", "{0} ô kệ", "{0} 个货位"),
        KitCount = new("{0} to pick", "{0} por preparar", "{0} zu packen", "{0} à préparer", "{0} bộ cần gom", "{0} 套待拣"),
        BuildCount = new("{0} in work", "{0} en curso", "{0} in Arbeit", "{0} en cours", "{0} đang lắp", "{0} 台在装"),
        Next = new("Next", "Siguiente", "Als Nächstes", "Ensuite", "Tiếp theo", "下一项"),
        GoOn = new("Go on", "Continuar", "Weiter", "Continuer", "Tiếp tục", "继续"),
        NothingToDo = new("Nothing to do", "Nada que hacer", "Nichts zu tun", "Rien à faire", "Không có việc", "暂无工作"),
        NoBoard = new("The work list comes with the network.", "La lista de trabajo llega con la red.", "Die Arbeitsliste kommt mit dem Netz.", "La liste de travail arrive avec le réseau.", "Danh sách việc sẽ có khi có mạng.", "联网后将获取工作清单。"),
        AsOf = new("As of {0}", "A las {0}", "Stand {0}", "État à {0}", "Lúc {0}", "截至 {0}"),
        PartsToPick = new("{0} parts to pick", "{0} piezas por recoger", "{0} Teile zu holen", "{0} pièces à prendre", "{0} linh kiện cần lấy", "{0} 个零件待拣"),
        StepOf = new("Step {0} of {1}", "Paso {0} de {1}", "Schritt {0} von {1}", "Étape {0} sur {1}", "Bước {0} / {1}", "第 {0} 步，共 {1} 步"),
        LotComes = new("Lot {0}", "Lote {0}", "Los {0}", "Lot {0}", "Lô {0}", "批次 {0}"),
        LookAtRefused = new("Look at what was refused", "Revise lo rechazado", "Abgelehntes ansehen", "Voir ce qui est refusé", "Xem mục bị từ chối", "查看被拒绝的操作"),
        WholeKit = new("Ready to build", "Listo para montar", "Bereit zum Bauen", "Prêt à monter", "Sẵn sàng lắp", "可以装配");

    // ---- people and settings
    public static readonly Text
        WhoWorks = new("Who works?", "¿Quién trabaja?", "Wer arbeitet?", "Qui travaille ?", "Ai đang làm?", "谁在操作？"),
        WhoHow = new("Scan your badge or type a nickname. Only a pseudonym leaves this device.", "Escanee su credencial o escriba un apodo. Solo un seudónimo sale de este dispositivo.", "Ausweis scannen oder einen Spitznamen eintippen. Nur ein Pseudonym verlässt dieses Gerät.", "Scannez votre badge ou saisissez un surnom. Seul un pseudonyme quitte cet appareil.", "Quét thẻ hoặc gõ biệt danh. Chỉ bí danh rời khỏi thiết bị này.", "扫描工牌或输入昵称。只有化名会离开此设备。"),
        SignIn = new("Sign in", "Entrar", "Anmelden", "Se connecter", "Đăng nhập", "登录"),
        SignOut = new("Sign out", "Salir", "Abmelden", "Se déconnecter", "Đăng xuất", "退出"),
        SignedInAs = new("You are {0}", "Usted es {0}", "Sie sind {0}", "Vous êtes {0}", "Bạn là {0}", "您是 {0}"),
        NobodyIn = new("Nobody is signed in", "Nadie ha entrado", "Niemand ist angemeldet", "Personne n’est connecté", "Chưa ai đăng nhập", "无人登录"),
        LanguageTitle = new("Language", "Idioma", "Sprache", "Langue", "Ngôn ngữ", "语言"),
        Appearance = new("Appearance", "Aspecto", "Aussehen", "Apparence", "Giao diện", "外观"),
        Light = new("Light", "Claro", "Hell", "Clair", "Sáng", "浅色"),
        Dark = new("Dark", "Oscuro", "Dunkel", "Sombre", "Tối", "深色"),
        Automatic = new("Automatic", "Automático", "Automatisch", "Automatique", "Tự động", "自动"),
        SoundTitle = new("Sound", "Sonido", "Ton", "Son", "Âm thanh", "声音"),
        SoundOn = new("Sound on", "Con sonido", "Ton an", "Son activé", "Bật âm", "打开声音"),
        SoundOff = new("Sound off", "Sin sonido", "Ton aus", "Son coupé", "Tắt âm", "关闭声音"),
        DeviceTitle = new("Device", "Dispositivo", "Gerät", "Appareil", "Thiết bị", "设备"),
        EnrolledUntil = new("{0} at {1}, until {2}", "{0} en {1}, hasta {2}", "{0} in {1}, bis {2}", "{0} à {1}, jusqu’au {2}", "{0} tại {1}, đến {2}", "{0}，{1}，有效至 {2}"),
        Kept = new("Operations are kept on this device, sealed, until they are answered and 7 days more. No location, no ranking of people.", "Las operaciones se guardan cifradas en este dispositivo hasta su respuesta y 7 días más. Sin ubicación ni clasificación de personas.", "Vorgänge bleiben verschlüsselt auf diesem Gerät, bis sie beantwortet sind, und 7 Tage länger. Kein Standort, keine Rangliste von Personen.", "Les opérations restent chiffrées sur cet appareil jusqu’à leur réponse, puis 7 jours. Ni position, ni classement des personnes.", "Thao tác được lưu mã hóa trên thiết bị cho đến khi có trả lời và thêm 7 ngày. Không vị trí, không xếp hạng người.", "操作加密保存在本设备上，直到得到答复后再保留 7 天。不记录位置，不对人员排名。"),
        LeaveDevice = new("Leave this device", "Dejar este dispositivo", "Gerät abgeben", "Quitter cet appareil", "Rời thiết bị", "停用此设备"),
        LeaveNotYet = new("{0} operations are not sent or seen. Look at the queue first.", "{0} operaciones sin enviar o revisar. Revise primero la cola.", "{0} Vorgänge sind nicht gesendet oder gesehen. Zuerst die Liste ansehen.", "{0} opérations non envoyées ou non vues. Voyez d’abord la file.", "{0} thao tác chưa gửi hoặc chưa xem. Hãy xem hàng đợi trước.", "有 {0} 项操作未发送或未查看。请先查看队列。"),
        LeaveSure = new("The device forgets its enrolment and work list. To work here again it must be enrolled again.", "El dispositivo olvida su registro y su lista. Para trabajar aquí habrá que registrarlo de nuevo.", "Das Gerät vergisst Anmeldung und Arbeitsliste. Um hier wieder zu arbeiten, muss es neu angemeldet werden.", "L’appareil oublie son inscription et sa liste. Pour y retravailler, il faudra l’inscrire à nouveau.", "Thiết bị sẽ quên đăng ký và danh sách việc. Muốn dùng lại phải đăng ký lại.", "设备将忘记注册信息和工作清单。再次使用须重新注册。"),
        Yes = new("Yes, leave", "Sí, dejarlo", "Ja, abgeben", "Oui, quitter", "Có, rời đi", "是，停用");
}
