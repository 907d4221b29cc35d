using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Speaking;
using Homestretch.World;

namespace Homestretch.Floor.Tests;

public sealed class StepWordingTests
{
    private static readonly FloorStep s_step = new("020", WorkKind.Firmware, "Torque", "Scan the card.", "", "torque=22..26 Nm; gap=..0.2 mm", false, 0, "en", "4.2.1");
    private static readonly FloorBoard s_board = Boards.Small with
    {
        Texts = [new("C1", "020", "de", "Drehmoment", "Karte scannen.", "torque=Drehmoment; gap=Spalt"), new("C1", "020", "es", "Par", "", "torque=Par; gap=Holgura"), new("C1", "020", "zh-Hans", "扭矩", "扫描卡。", "torque=扭矩"), new("C2", "020", "fr", "Autre", "Autre", "")],
    };

    private static StepWording Of(Language language, FloorStep? step = null, FloorBoard? board = null) => StepWording.Of(board ?? s_board, "C1", step ?? s_step, new(language, 0));

    [Fact]
    public void A_step_is_read_in_the_language_of_the_person()
    {
        StepWording german = Of(Language.German), english = Of(Language.English);
        Assert.Equal(("Drehmoment", "Karte scannen. Version 4.2.1.", "", "de", "de", "Spalt"), (german.Title, german.Text, german.Foreign, german.TitleTag, german.TextTag, german.Measured("gap")));
        Assert.Equal(("Torque", "Scan the card. Version 4.2.1.", "", "en", "gap"), (english.Title, english.Text, english.Foreign, english.TextTag, english.Measured("gap")));
    }

    [Fact]
    public void What_is_not_translated_is_read_as_the_company_wrote_it_and_said_so()
    {
        StepWording spanish = Of(Language.Spanish), chinese = Of(Language.Chinese), french = Of(Language.French);
        Assert.Equal(("Par", "Scan the card. Versión 4.2.1.", "Sin traducir: English", "es", "en"), (spanish.Title, spanish.Text, spanish.Foreign, spanish.TitleTag, spanish.TextTag));
        Assert.Equal(("扭矩", "未翻译：English", "gap"), (chinese.Title, chinese.Foreign, chinese.Measured("gap")));     // one name is missing
        Assert.Equal(("Torque", "Non traduit : English", "en"), (french.Title, french.Foreign, french.TitleTag));             // another family's text is not this one's
    }

    [Fact]
    public void A_language_that_is_not_recorded_is_taken_for_nobodys()
    {
        FloorStep unsaid = s_step with { Language = "" };
        Assert.Equal(("Torque", "Not translated: in the company's language", null), (Of(Language.English, unsaid).Title, Of(Language.English, unsaid).Foreign, Of(Language.English, unsaid).TitleTag));
        Assert.Equal("", Of(Language.German, unsaid).Foreign);
        Assert.Equal("Nicht übersetzt: sv", Of(Language.German, s_step with { Language = "sv" }, Boards.Small).Foreign);
        Assert.Equal("Nicht übersetzt: Tiếng Việt", Of(Language.German, s_step with { Language = "vi" }, Boards.Small).Foreign);      // a board that was kept before there were texts
    }

    [Fact]
    public void A_unit_that_is_begun_without_a_network_knows_its_family()
    {
        FloorBoard next = Foreseeing.After(Boards.Small, new(FloorAct.Begin, "", Boards.Noon, Build: "B-2", Unit: "C1-9"));
        Assert.Equal("C1", next.Units.Single(static u => u.Serial == "C1-9").Family);
    }
}
