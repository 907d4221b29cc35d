using System.Globalization;
using NodaTime;

namespace Homestretch.Floor.Speaking;

/// <summary>Speaks one language: texts, numbers, days and times as its readers write them.</summary>
/// <param name="ZoneMinutes">Minutes by which the device's clock on the wall is ahead of UTC.</param>
public sealed record Tongue(Language Language, int ZoneMinutes)
{
    private static readonly string[] s_tags = ["en", "es", "de", "fr", "vi", "zh-Hans"];
    private static readonly string[] s_names = ["English", "Español", "Deutsch", "Français", "Tiếng Việt", "中文"];

    /// <summary>As browsers name it.</summary>
    public string Tag => s_tags[(int)Language];

    public static string NameOf(Language language) => s_names[(int)language];

    /// <summary>Whether a text in this language, as BCP 47 has it, is one that this person reads; a script that is not named is taken for the same.</summary>
    public bool Reads(string language) => Find(language) == Language;

    /// <summary>The language of a tag; null: none that the app speaks.</summary>
    public static Language? Find(string tag) => Array.FindIndex(s_tags, t => t == tag || t.Split('-')[0] == tag) is >= 0 and var i ? (Language)i : null;

    /// <summary>The first language of a browser's list that the app speaks; English when there is none.</summary>
    public static Language Of(IEnumerable<string> wanted) => wanted.Select(static w => Array.FindIndex(s_tags, t => t[..2] == w.ToLowerInvariant().Split('-')[0])).Where(static i => i >= 0).Select(static i => (Language)i).FirstOrDefault();

    public string this[Text text] => text.In(Language);
    public string this[Text text, params object[] with] => string.Format(CultureInfo.InvariantCulture, text.In(Language), [.. with.Select(w => w is Text t ? t.In(Language) : w is decimal or int or long ? Number(Convert.ToDecimal(w, CultureInfo.InvariantCulture)) : w)]);

    /// <summary>With the language's decimal sign, and its groups of three from 10,000 on.</summary>
    public string Number(decimal n)
    {
        string[] sides = Math.Abs(n).ToString("0.######", CultureInfo.InvariantCulture).Split('.');
        string whole = sides[0];
        if (whole.Length > 4)
            for (int i = whole.Length - 3; i > 0; i -= 3) whole = whole.Insert(i, Group);
        return $"{(n < 0 ? "-" : "")}{whole}{(sides.Length > 1 ? Point + sides[1] : "")}";
    }

    /// <summary>Reads what was typed with either decimal sign; null when it is no number.</summary>
    public static decimal? Number(string typed) =>
        decimal.TryParse(typed.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n) ? n : null;

    /// <summary>Day and time on the device's wall, such as 29 Nov 14:05.</summary>
    public string Moment(Instant at) => $"{Day(at)} {Time(at)}";

    public string Time(Instant at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(Instant at)
    {
        LocalDateTime t = Local(at);
        string month = Months[(int)Language].Split(' ')[t.Month - 1];
        return Language switch
        {
            Language.English or Language.Spanish or Language.French => $"{t.Day} {month}",
            Language.German => $"{t.Day}. {month}",
            Language.Vietnamese => string.Create(CultureInfo.InvariantCulture, $"{t.Day:00}/{t.Month:00}"),
            Language.Chinese => $"{t.Month}月{t.Day}日",
        };
    }

    private LocalDateTime Local(Instant at) => at.WithOffset(Offset.FromSeconds(ZoneMinutes * 60)).LocalDateTime;
    private string Point => Language is Language.English or Language.Chinese ? "." : ",";
    private string Group => Language switch { Language.English or Language.Chinese => ",", Language.French or Language.Spanish => "\u202f", _ => "." };

    private static readonly string[] Months =
    [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "ene feb mar abr may jun jul ago sept oct nov dic", "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.", "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "1 2 3 4 5 6 7 8 9 10 11 12", "1 2 3 4 5 6 7 8 9 10 11 12",
    ];
}
