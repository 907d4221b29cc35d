using System.Text;

namespace Homestretch.Papers;

/// <summary>Letters whose accents are kept apart, as some systems keep them in names, as one sign each. The process runs without the system's own tables of Unicode, so that it does the same on every host.</summary>
internal static class Accents
{
    /// <summary>A mark, then letters each followed by itself with the mark: canonical compositions (Unicode Character Database 14.0, UnicodeData.txt) of signs that Open Sans has.</summary>
    private static readonly string[] s_joined =
    [
        "\u0300AÀEÈIÌOÒUÙaàeèiìoòuùЕЀИЍеѐиѝWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳ",
        "\u0301AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώГЃКЌгѓкќMḾmḿWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ",
        "\u0302AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷẠẬạậẸỆẹệỌỘọộ",
        "\u0303AÃNÑOÕaãnñoõIĨiĩUŨuũÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ",
        "\u0304AĀaāEĒeēIĪiīOŌoōUŪuūИӢиӣУӮуӯ",
        "\u0306AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗẠẶạặ",
        "\u0307CĊcċEĖeėGĠgġIİZŻzż",
        "\u0308AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹWẄwẅ",
        "\u0309AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ",
        "\u030AAÅaåUŮuů",
        "\u030BOŐoőUŰuűУӲуӳ",
        "\u030CCČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžjǰ",
        "\u030FѴѶѵѷ",
        "\u031BOƠoơUƯuư",
        "\u0323AẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ",
        "\u0325AḀaḁ",
        "\u0326SȘsșTȚtț",
        "\u0327CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţ",
        "\u0328AĄaąEĘeęIĮiįUŲuų",
        "\u0338=≠",
    ];

    private static readonly Dictionary<(char Letter, char Mark), char> s_pairs = Pairs();

    public static string Joined(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F')) return text;
        var joined = new StringBuilder(text.Length);
        foreach (char sign in text)
        {
            if (joined.Length > 0 && s_pairs.TryGetValue((joined[^1], sign), out char one)) joined[^1] = one;
            else joined.Append(sign);
        }
        return joined.ToString();
    }

    private static Dictionary<(char, char), char> Pairs()
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (string mark in s_joined)
            for (int i = 1; i < mark.Length; i += 2) pairs[(mark[i], mark[0])] = mark[i + 1];
        return pairs;
    }
}
