using Homestretch.World;

namespace Homestretch.Cli.Demo;

/// <summary>Work instructions of the C1 in the other languages of the floor; the steps themselves are in English (FloorPlan).</summary>
internal static class StepTexts
{
    private static readonly string[] s_languages = ["de", "es", "fr", "vi", "zh-Hans"];

    /// <summary>Of steps: title and text parted by '|', and what is measured, in the order of the languages.</summary>
    private static readonly (string[] Steps, string[] Words, string[] Measured)[] s_all =
    [
        (["010", "011", "012", "013"],
        [
            "Rahmen in den Montageständer|Am Sattelrohr klemmen, nie am Unterrohr. Das Los des Rahmens scannen.",
            "Cuadro al soporte de montaje|Sujete por el tubo del sillín, nunca por el tubo diagonal. Escanee el lote del cuadro.",
            "Cadre dans le pied d’atelier|Serrez le tube de selle, jamais le tube diagonal. Scannez le lot du cadre.",
            "Đặt khung vào giá|Kẹp ống yên, không bao giờ kẹp ống dưới. Quét lô của khung.",
            "车架上装配架|夹住座管，切勿夹下管。扫描车架批次。",
        ], []),
        (["020"],
        [
            "Motor in die Aufnahme|Drei Schrauben, über Kreuz. Noch nichts anschließen.",
            "Motor en su soporte|Tres tornillos, en cruz. No conecte nada todavía.",
            "Moteur dans son support|Trois vis, en croix. Ne branchez encore rien.",
            "Lắp động cơ vào giá đỡ|Ba bu lông, siết chéo. Chưa nối dây nào.",
            "电机装入支架|三颗螺栓，交叉拧紧。暂不接线。",
        ], ["torque=Drehmoment", "torque=Par de apriete", "torque=Couple", "torque=Lực siết", "torque=扭矩"]),
        (["025"],
        [
            "Dichtung des Motors|Revision B hat einen Dichtring am linken Lager: prüfen, dass er bündig sitzt.",
            "Junta del motor|La revisión B lleva una junta en el rodamiento izquierdo: compruebe que quede enrasada.",
            "Joint du moteur|La révision B a un joint au roulement gauche : vérifiez qu’il affleure.",
            "Vòng đệm của động cơ|Bản B có vòng đệm ở ổ bi trái: kiểm tra vòng nằm khít.",
            "电机密封|B 版本左轴承处有密封圈：检查其是否平齐。",
        ], []),
        (["030"],
        [
            "Kabelbaum am Unterrohr|Clips alle 120 mm; kein Kabel zwischen Motor und Aufnahme.",
            "Mazo de cables por el tubo diagonal|Clips cada 120 mm; ningún cable entre el motor y su soporte.",
            "Faisceau le long du tube diagonal|Un clip tous les 120 mm ; aucun câble entre le moteur et son support.",
            "Bó dây dọc ống dưới|Kẹp cách nhau 120 mm; không để dây giữa động cơ và giá đỡ.",
            "线束沿下管布置|每 120 mm 一个卡扣；电机与支架之间不得有线。",
        ], []),
        (["040"],
        [
            "Gabel und Steuersatz|Vorspannen, bis kein Spiel mehr da ist, dann den Vorbau.",
            "Horquilla y dirección|Precargue hasta que no haya holgura; después, la potencia.",
            "Fourche et jeu de direction|Précontraignez jusqu’à ce qu’il n’y ait plus de jeu, puis la potence.",
            "Phuộc và bộ chén cổ|Siết đến khi hết rơ, rồi đến pô-tăng.",
            "前叉与车头碗组|预紧至无间隙，然后装把立。",
        ], ["stem=Vorbau", "stem=Potencia", "stem=Potence", "stem=Pô-tăng", "stem=把立"]),
        (["050"],
        [
            "Vorderradbremse am rechten Hebel|Den rechten Hebel ziehen: das Vorderrad muss stehen bleiben.",
            "Freno delantero en la palanca derecha|Apriete la palanca derecha: la rueda delantera debe pararse.",
            "Frein avant au levier droit|Tirez le levier droit : la roue avant doit s’arrêter.",
            "Phanh trước ở tay phanh phải|Bóp tay phanh phải: bánh trước phải dừng.",
            "前刹在右闸把|捏右闸把：前轮必须停住。",
        ], []),
        (["051"],
        [
            "Vorderradbremse am linken Hebel|Den linken Hebel ziehen: das Vorderrad muss stehen bleiben.",
            "Freno delantero en la palanca izquierda|Apriete la palanca izquierda: la rueda delantera debe pararse.",
            "Frein avant au levier gauche|Tirez le levier gauche : la roue avant doit s’arrêter.",
            "Phanh trước ở tay phanh trái|Bóp tay phanh trái: bánh trước phải dừng.",
            "前刹在左闸把|捏左闸把：前轮必须停住。",
        ], []),
        (["060"],
        [
            "Räder und Reifen|Achsen geschlossen, Felgen laufen rund, Reifen sitzen.",
            "Ruedas y neumáticos|Ejes cerrados, llantas centradas, neumáticos asentados.",
            "Roues et pneus|Axes fermés, jantes droites, pneus bien en place.",
            "Bánh xe và lốp|Trục đã khóa, vành không đảo, lốp vào đúng vành.",
            "车轮与轮胎|轮轴锁紧，轮圈无偏摆，轮胎就位。",
        ], ["pressure=Druck; runout=Seitenschlag", "pressure=Presión; runout=Alabeo", "pressure=Pression; runout=Voile", "pressure=Áp suất; runout=Độ đảo", "pressure=胎压; runout=偏摆"]),
        (["070"],
        [
            "Akku und Ladegerät|Eine Minute laden, mit dem Kabel des Marktes.",
            "Batería y cargador|Cargue un minuto con el cable del mercado.",
            "Batterie et chargeur|Chargez une minute avec le cordon du marché.",
            "Pin và bộ sạc|Sạc một phút bằng dây của thị trường.",
            "电池与充电器|用目标市场的电源线充电一分钟。",
        ], ["voltage=Spannung", "voltage=Tensión", "voltage=Tension", "voltage=Điện áp", "voltage=电压"]),
        (["080"],
        [
            "Firmware des Marktes|Die Firmware-Karte aus dem Marktsatz scannen.",
            "Firmware del mercado|Escanee la tarjeta de firmware del kit del mercado.",
            "Micrologiciel du marché|Scannez la carte du micrologiciel du kit du marché.",
            "Phần mềm của thị trường|Quét thẻ phần mềm trong bộ thị trường.",
            "目标市场固件|扫描市场套件中的固件卡。",
        ], []),
        (["090"],
        [
            "Isolation|500 V, eine Minute, zwischen Akkukontakten und Rahmen.",
            "Aislamiento|500 V, un minuto, entre los contactos de la batería y el cuadro.",
            "Isolement|500 V, une minute, entre les contacts de la batterie et le cadre.",
            "Cách điện|500 V, một phút, giữa cực pin và khung.",
            "绝缘|500 V，一分钟，电池触点与车架之间。",
        ], ["insulation=Isolation", "insulation=Aislamiento", "insulation=Isolement", "insulation=Điện trở cách điện", "insulation=绝缘电阻"]),
        (["100", "101"],
        [
            "Fahrt auf der Rolle|Der Motor muss bei der Geschwindigkeit des Marktes aufhören zu helfen.",
            "Prueba sobre rodillos|El motor debe dejar de ayudar a la velocidad del mercado.",
            "Essai sur rouleaux|Le moteur doit cesser d’aider à la vitesse du marché.",
            "Chạy thử trên con lăn|Động cơ phải ngừng trợ lực ở tốc độ của thị trường.",
            "滚筒试骑|电机必须在目标市场规定的车速停止助力。",
        ], ["cut_off=Abschaltung", "cut_off=Corte", "cut_off=Coupure", "cut_off=Ngắt trợ lực", "cut_off=断助力车速"]),
        (["110"],
        [
            "Etikett des Marktes|Am Sattelrohr, ohne Werkzeug lesbar; die Seriennummer muss stimmen.",
            "Etiqueta del mercado|En el tubo del sillín, legible sin herramientas; el número de serie debe coincidir.",
            "Étiquette du marché|Sur le tube de selle, lisible sans outil ; le numéro de série doit concorder.",
            "Nhãn của thị trường|Trên ống yên, đọc được không cần dụng cụ; số sê-ri phải khớp.",
            "目标市场标签|贴在座管上，无需工具即可读取；序列号必须一致。",
        ], []),
        (["120"],
        [
            "Papiere und Verpackung|Anleitung in der Sprache des Marktes, Ladegerät, Schlüssel; Karton schließen.",
            "Documentos y embalaje|Manual en el idioma del mercado, cargador, llaves; cierre la caja.",
            "Papiers et emballage|Notice dans la langue du marché, chargeur, clés ; fermez le carton.",
            "Giấy tờ và đóng gói|Sách hướng dẫn bằng ngôn ngữ của thị trường, bộ sạc, chìa khóa; đóng thùng.",
            "文件与包装|目标市场语言的说明书、充电器、钥匙；封箱。",
        ], []),
    ];

    public static IEnumerable<StepText> All()
    {
        foreach (var (steps, words, measured) in s_all)
            foreach (string step in steps)
                for (int i = 0; i < s_languages.Length; i++)
                    if (words[i].Split('|') is [var title, var text])
                        yield return new(Catalogue.Family, step, s_languages[i], Cast.Brand, title, text, measured.ElementAtOrDefault(i) ?? "");
        foreach (string ride in new[] { "100", "101" }) yield return new(Catalogue.Family, ride, "en", Cast.Brand, "", "", "cut_off=Cut-off");
    }
}
