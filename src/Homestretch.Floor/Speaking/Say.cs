namespace Homestretch.Floor.Speaking;

/// <summary>Every text of the app, in all its languages. Buttons are short and differ from each other on their screen, because people also say them.</summary>
internal static partial class Say
{
    // ---- the frame
    public static readonly Text
        Back = new("Back", "Atrás", "Zurück", "Retour", "Quay lại", "返回"),
        Home = new("Home", "Inicio", "Start", "Accueil", "Trang chính", "主页"),
        Queue = new("Queue", "Cola", "Liste", "File", "Hàng đợi", "队列"),
        Settings = new("Settings", "Ajustes", "Einstellungen", "Réglages", "Cài đặt", "设置"),
        Loading = new("Loading …", "Cargando …", "Lädt …", "Chargement …", "Đang tải …", "加载中 …"),
        AllSent = new("All sent", "Todo enviado", "Alles gesendet", "Tout envoyé", "Đã gửi hết", "全部已发送"),
        Waits = new("{0} waiting", "{0} en espera", "{0} warten", "{0} en attente", "{0} đang chờ", "{0} 待发送"),
        Offline = new("Offline", "Sin red", "Ohne Netz", "Hors ligne", "Mất mạng", "离线"),
        Sending = new("Sending {0}", "Enviando {0}", "Sendet {0}", "Envoi {0}", "Đang gửi {0}", "正在发送 {0}"),
        RefusedCount = new("{0} refused", "{0} rechazadas", "{0} abgelehnt", "{0} refusées", "{0} bị từ chối", "{0} 被拒绝"),
        UnclearCount = new("{0} unclear", "{0} dudosas", "{0} unklar", "{0} incertaines", "{0} chưa rõ", "{0} 不明确"),
        LockedOut = new("Not enrolled", "Sin registro", "Nicht angemeldet", "Non inscrit", "Chưa đăng ký", "未注册"),
        TwoWindows = new("The app is open in another window. Work there, or close it and load this page again.", "La aplicación está abierta en otra ventana. Trabaje allí o ciérrela y vuelva a cargar esta página.", "Die App ist in einem anderen Fenster offen. Dort weiterarbeiten, oder es schließen und diese Seite neu laden.", "L’application est ouverte dans une autre fenêtre. Continuez là-bas, ou fermez-la et rechargez cette page.", "Ứng dụng đang mở ở cửa sổ khác. Hãy làm việc ở đó, hoặc đóng nó rồi tải lại trang này.", "应用已在另一个窗口打开。请在那里继续，或关闭它后重新加载本页。"),
        NoStore = new("This browser cannot keep work on the device. Open the app over https and not in a private window.", "Este navegador no puede guardar trabajo en el dispositivo. Abra la aplicación por https y no en una ventana privada.", "Dieser Browser kann nichts auf dem Gerät behalten. Die App über https und nicht in einem privaten Fenster öffnen.", "Ce navigateur ne peut rien garder sur l’appareil. Ouvrez l’application en https, pas en navigation privée.", "Trình duyệt này không lưu được trên thiết bị. Hãy mở ứng dụng qua https, không dùng cửa sổ riêng tư.", "此浏览器无法在设备上保存数据。请通过 https 打开应用，不要使用无痕窗口。"),
        NewVersion = new("A new version is here.", "Hay una versión nueva.", "Eine neue Version ist da.", "Une nouvelle version est là.", "Đã có phiên bản mới.", "有新版本。"),
        Update = new("Update", "Actualizar", "Aktualisieren", "Mettre à jour", "Cập nhật", "更新"),
        UpdateLater = new("It is put in when all is sent.", "Se instalará cuando todo esté enviado.", "Sie kommt, sobald alles gesendet ist.", "Elle sera installée quand tout sera envoyé.", "Sẽ cài khi đã gửi hết.", "全部发送后再安装。"),
        Broken = new("Something went wrong. What was recorded is safe on this device.", "Algo falló. Lo registrado está a salvo en este dispositivo.", "Etwas ging schief. Was erfasst wurde, ist auf diesem Gerät sicher.", "Un problème est survenu. Ce qui est enregistré est en sécurité sur cet appareil.", "Đã có lỗi. Những gì đã ghi vẫn an toàn trên thiết bị này.", "出错了。已记录的内容安全保存在本设备上。"),
        Reload = new("Load again", "Recargar", "Neu laden", "Recharger", "Tải lại", "重新加载"),
        NotFound = new("There is no such screen.", "No existe esa pantalla.", "Diese Seite gibt es nicht.", "Cet écran n’existe pas.", "Không có màn hình này.", "没有此页面。");

    // ---- scanning
    public static readonly Text
        Camera = new("Camera", "Cámara", "Kamera", "Caméra", "Máy ảnh", "相机"),
        CloseCamera = new("Close camera", "Cerrar cámara", "Kamera zu", "Fermer la caméra", "Đóng máy ảnh", "关闭相机"),
        CameraView = new("Picture of the camera", "Imagen de la cámara", "Bild der Kamera", "Image de la caméra", "Hình từ máy ảnh", "相机画面"),
        CameraDenied = new("The browser may not use the camera. Allow it in the browser's settings for this page.", "El navegador no puede usar la cámara. Permítalo en los ajustes del navegador para esta página.", "Der Browser darf die Kamera nicht nutzen. In den Einstellungen des Browsers für diese Seite erlauben.", "Le navigateur ne peut pas utiliser la caméra. Autorisez-la dans ses réglages pour cette page.", "Trình duyệt không được dùng máy ảnh. Hãy cho phép trong cài đặt trình duyệt cho trang này.", "浏览器无权使用相机。请在浏览器设置中为本页允许使用。"),
        NoCamera = new("There is no camera here. Use a scanner or type the code.", "Aquí no hay cámara. Use un lector o escriba el código.", "Hier ist keine Kamera. Einen Scanner nehmen oder den Code eintippen.", "Pas de caméra ici. Utilisez un lecteur ou saisissez le code.", "Không có máy ảnh. Hãy dùng máy quét hoặc gõ mã.", "没有相机。请使用扫码枪或输入代码。"),
        Type = new("Type", "Escribir", "Tippen", "Saisir", "Gõ mã", "输入"),
        Code = new("Code", "Código", "Code", "Code", "Mã", "代码"),
        Enter = new("OK", "OK", "OK", "OK", "OK", "确定"),
        Unreadable = new("This label cannot be read: {0}", "No se puede leer esta etiqueta: {0}", "Dieses Etikett ist nicht lesbar: {0}", "Cette étiquette est illisible : {0}", "Không đọc được nhãn này: {0}", "无法读取此标签：{0}"),
        UnknownCode = new("{0} is not known here. Scan the label of a part, bin, kit or lot.", "{0} no se conoce aquí. Escanee la etiqueta de una pieza, ubicación, kit o lote.", "{0} ist hier nicht bekannt. Das Etikett von Teil, Platz, Kit oder Los scannen.", "{0} est inconnu ici. Scannez l’étiquette d’une pièce, d’un emplacement, d’un kit ou d’un lot.", "Không biết {0}. Hãy quét nhãn linh kiện, ô kệ, bộ hoặc lô.", "{0} 未知。请扫描零件、货位、套件或批次的标签。"),
        NoPartNumber = new("This label has no part number of ours. Scan the part's own label.", "Esta etiqueta no tiene un número de pieza nuestro. Escanee la etiqueta de la pieza.", "Auf diesem Etikett steht keine unserer Teilenummern. Das Etikett des Teils selbst scannen.", "Cette étiquette n’a pas de numéro de pièce à nous. Scannez l’étiquette de la pièce.", "Nhãn này không có mã linh kiện của ta. Hãy quét nhãn của linh kiện.", "此标签没有我们的零件号。请扫描零件自身的标签。"),
        Scanned = new("Scanned", "Escaneado", "Gescannt", "Scanné", "Đã quét", "已扫描"),
        Wrong = new("Wrong", "Incorrecto", "Falsch", "Erreur", "Sai", "错误"),
        Understood = new("Understood", "Entendido", "Verstanden", "Compris", "Đã hiểu", "知道了"),
        Recorded = new("Recorded", "Registrado", "Erfasst", "Enregistré", "Đã ghi", "已记录");

    // ---- printing
    public static readonly Text
        PrintLabel = new("Label", "Etiqueta", "Etikett", "Étiquette", "Nhãn", "标签"),
        LabelCame = new("It is among this device's downloads", "Está en las descargas de este dispositivo", "Es liegt bei den Downloads dieses Geräts", "C’est dans les téléchargements de cet appareil", "Tệp nằm trong mục tải xuống của thiết bị này", "文件已在本设备的下载中"),
        LabelNoNetwork = new("This comes over the network, and there is none now. What you recorded is safe; try again later.", "Esto llega por la red y ahora no hay. Lo registrado está a salvo; inténtelo más tarde.", "Das kommt über das Netz, und das fehlt gerade. Was erfasst wurde, ist sicher; später noch einmal versuchen.", "Cela arrive par le réseau, absent pour l’instant. Ce qui est enregistré est en sécurité ; réessayez plus tard.", "Việc này cần mạng, hiện không có mạng. Những gì đã ghi vẫn an toàn; hãy thử lại sau.", "需要联网获取，现在没有网络。已记录的内容是安全的，请稍后再试。"),
        LabelRefused = new("Nothing came: {0}", "No llegó nada: {0}", "Es kam nichts: {0}", "Rien n’est arrivé : {0}", "Không nhận được: {0}", "未收到：{0}");

    // ---- gs1 faults
    public static readonly Text
        LabelUnknown = new("({0}) is no identifier that is used here", "({0}) no es un identificador que se use aquí", "({0}) ist kein Bezeichner, der hier verwendet wird", "({0}) n’est pas un identifiant utilisé ici", "({0}) không phải mã định danh dùng ở đây", "({0}) 不是此处使用的标识符"),
        LabelLength = new("({0}) has the wrong length", "({0}) tiene una longitud incorrecta", "({0}) hat die falsche Länge", "({0}) n’a pas la bonne longueur", "({0}) sai độ dài", "({0}) 长度错误"),
        LabelCharacter = new("({0}) has a character that may not be there", "({0}) tiene un carácter no permitido", "({0}) hat ein unerlaubtes Zeichen", "({0}) contient un caractère interdit", "({0}) có ký tự không hợp lệ", "({0}) 含有不允许的字符"),
        LabelCheck = new("({0}) has a wrong check digit", "({0}) tiene un dígito de control incorrecto", "({0}) hat eine falsche Prüfziffer", "({0}) a un chiffre de contrôle faux", "({0}) sai số kiểm tra", "({0}) 校验位错误"),
        LabelDate = new("({0}) is no date", "({0}) no es una fecha", "({0}) ist kein Datum", "({0}) n’est pas une date", "({0}) không phải ngày", "({0}) 不是日期"),
        LabelTwice = new("({0}) is there twice", "({0}) aparece dos veces", "({0}) steht zweimal da", "({0}) y est deux fois", "({0}) bị lặp", "({0}) 重复"),
        LabelAddress = new("the address has no part in it", "la dirección no contiene ninguna pieza", "in der Adresse steht kein Teil", "l’adresse ne contient pas de pièce", "địa chỉ không chứa linh kiện", "网址中没有零件"),
        LabelEmpty = new("it is empty", "está vacía", "es ist leer", "elle est vide", "nhãn trống", "标签为空");
}
