using System.Collections.Frozen;

namespace Homestretch.Web.Showing;

/// <summary>Countries as people call them, by ISO 3166-1 alpha-2 code. The server runs without the system's own names, which differ from one host to another.</summary>
public static class Countries
{
    private const string Known = "AD Andorra;AE United Arab Emirates;AF Afghanistan;AL Albania;AM Armenia;AO Angola;AR Argentina;AT Austria;AU Australia;AZ Azerbaijan;BA Bosnia and Herzegovina;BB Barbados;BD Bangladesh;BE Belgium;BF Burkina Faso;BG Bulgaria;BH Bahrain;BJ Benin;BN Brunei;BO Bolivia;BR Brazil;BS Bahamas;BT Bhutan;BW Botswana;BY Belarus;BZ Belize;" +
        "CA Canada;CD Congo, Democratic Republic;CG Congo;CH Switzerland;CI Côte d'Ivoire;CL Chile;CM Cameroon;CN China;CO Colombia;CR Costa Rica;CU Cuba;CY Cyprus;CZ Czechia;DE Germany;DK Denmark;DO Dominican Republic;DZ Algeria;EC Ecuador;EE Estonia;EG Egypt;ES Spain;ET Ethiopia;FI Finland;FJ Fiji;FR France;GA Gabon;GB United Kingdom;GE Georgia;GH Ghana;GR Greece;GT Guatemala;" +
        "HK Hong Kong;HN Honduras;HR Croatia;HT Haiti;HU Hungary;ID Indonesia;IE Ireland;IL Israel;IN India;IQ Iraq;IR Iran;IS Iceland;IT Italy;JM Jamaica;JO Jordan;JP Japan;KE Kenya;KG Kyrgyzstan;KH Cambodia;KR South Korea;KW Kuwait;KZ Kazakhstan;LA Laos;LB Lebanon;LI Liechtenstein;LK Sri Lanka;LT Lithuania;LU Luxembourg;LV Latvia;LY Libya;MA Morocco;MC Monaco;MD Moldova;ME Montenegro;" +
        "MG Madagascar;MK North Macedonia;ML Mali;MM Myanmar;MN Mongolia;MO Macao;MT Malta;MU Mauritius;MW Malawi;MX Mexico;MY Malaysia;MZ Mozambique;NA Namibia;NE Niger;NG Nigeria;NI Nicaragua;NL Netherlands;NO Norway;NP Nepal;NZ New Zealand;OM Oman;PA Panama;PE Peru;PG Papua New Guinea;PH Philippines;PK Pakistan;PL Poland;PR Puerto Rico;PT Portugal;PY Paraguay;QA Qatar;RO Romania;RS Serbia;" +
        "RU Russia;RW Rwanda;SA Saudi Arabia;SD Sudan;SE Sweden;SG Singapore;SI Slovenia;SK Slovakia;SN Senegal;SV El Salvador;SY Syria;TG Togo;TH Thailand;TJ Tajikistan;TM Turkmenistan;TN Tunisia;TR Türkiye;TT Trinidad and Tobago;TW Taiwan;TZ Tanzania;UA Ukraine;UG Uganda;US United States;UY Uruguay;UZ Uzbekistan;VE Venezuela;VN Vietnam;YE Yemen;ZA South Africa;ZM Zambia;ZW Zimbabwe";

    private static readonly FrozenDictionary<string, string> s_names = Known.Split(';').ToFrozenDictionary(static c => c[..2], static c => c[3..], StringComparer.Ordinal);

    /// <summary>Its name; the code itself where no name is known, and 'country unknown' for none.</summary>
    public static string NameOf(string code) => code is "" or "?" ? "country unknown" : s_names.GetValueOrDefault(code, code);
}
