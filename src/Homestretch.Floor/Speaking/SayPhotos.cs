namespace Homestretch.Floor.Speaking;

internal static partial class Say
{
    // ---- photos
    public static readonly Text
        TakePhoto = new("Photo", "Foto", "Foto", "Photo", "Chụp ảnh", "拍照"),
        PhotoHint = new("Of damage. No people in it.", "Del daño. Sin personas.", "Vom Schaden. Keine Personen darauf.", "Du dommage. Sans personne dessus.", "Chụp chỗ hư hỏng. Không có người.", "拍摄损坏处，不要拍到人。"),
        PhotoOf = new("Photo {0}", "Foto {0}", "Foto {0}", "Photo {0}", "Ảnh {0}", "照片 {0}"),
        RemovePhoto = new("Remove photo {0}", "Quitar foto {0}", "Foto {0} entfernen", "Supprimer la photo {0}", "Xóa ảnh {0}", "删除照片 {0}"),
        NoPicture = new("This is no picture that the device can read. Take another.", "El dispositivo no puede leer esta imagen. Haga otra.", "Dieses Bild kann das Gerät nicht lesen. Ein anderes aufnehmen.", "L’appareil ne peut pas lire cette image. Prenez-en une autre.", "Thiết bị không đọc được ảnh này. Hãy chụp lại.", "设备无法读取此图片。请重拍。"),
        PhotosWait = new("Photos waiting: {0}", "Fotos en espera: {0}", "Fotos warten: {0}", "Photos en attente : {0}", "Ảnh đang chờ: {0}", "待发送照片：{0}"),
        PhotosSent = new("Photos sent: {0}", "Fotos enviadas: {0}", "Fotos gesendet: {0}", "Photos envoyées : {0}", "Ảnh đã gửi: {0}", "已发送照片：{0}"),
        PhotoRefused = new("The hub does not take the photo: {0}", "El centro no acepta la foto: {0}", "Der Hub nimmt das Foto nicht an: {0}", "Le site refuse la photo : {0}", "Trung tâm không nhận ảnh: {0}", "中心拒收照片：{0}"),
        PhotoUnreadable = new("it cannot be read on this device", "no se puede leer en este dispositivo", "es ist auf diesem Gerät nicht lesbar", "elle est illisible sur cet appareil", "không đọc được trên thiết bị này", "在此设备上无法读取");
}
