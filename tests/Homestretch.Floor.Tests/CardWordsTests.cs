using System.Text.Json;
using System.Text.RegularExpressions;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Speaking;
using Homestretch.Floor.Syncing;

namespace Homestretch.Floor.Tests;

/// <summary>The words of the card: one set for the app's first screen and for the service worker.</summary>
public sealed class CardWordsTests
{
    [Fact]
    public void Every_kind_has_words_in_every_language_with_places_that_a_card_fills()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            CardWords words = CardWords.Of(new(language, 0));
            Assert.Equal(Enum.GetValues<NextKind>().Length, words.Next.Count);
            Assert.Equal(Enum.GetValues<FloorNewsKind>().Length, words.News.Count);
            Assert.All(words.News.Values, static n => Assert.Contains("{name}", n, StringComparison.Ordinal));
            Assert.All(words.Next.Values, static n => Assert.All(Regex.Matches($"{n.Title}{n.Value}{n.State}{n.Way}", @"\{(.*?)\}").Select(static m => m.Groups[1].Value), static p => Assert.Contains(p, (string[])["name", "place", "count", "steps", "measure", "text"])));
        }
    }

    [Fact]
    public void They_are_kept_under_the_names_that_the_service_worker_reads()
    {
        JsonElement kept = JsonElement.Parse(JsonSerializer.Serialize(CardWords.Of(new(Language.German, 0)), FloorJson.Default.CardWords));
        Assert.Equal(("de", "Als Nächstes", "Weiter"), (kept.GetProperty("language").GetString(), kept.GetProperty("then").GetString(), kept.GetProperty("go_on").GetString()));
        Assert.Equal(("Kit {name}", "{place}", "{count} Teile zu holen", "pick?build={name}"), kept.GetProperty("next").GetProperty("pick") is var p ? (p.GetProperty("title").GetString(), p.GetProperty("value").GetString(), p.GetProperty("state").GetString(), p.GetProperty("way").GetString()) : default);
        Assert.Equal("Hilferuf beantwortet: {name}", kept.GetProperty("news").GetProperty("andon-answered").GetString());
    }

    [Fact]
    public void What_is_put_in_is_not_looked_through_again()
    {
        var next = new NextAction(NextKind.Receive, "L {text}", Count: 1234.5m, Measure: "{name}", Text: "GLUE");
        CardText text = CardWords.TextOf(NextKind.Receive, new(Language.German, 0));
        Assert.Equal(("Los L {text}", "1234,5 {name}", "GLUE"), (CardWords.Fill(text.Title, next, new(Language.German, 0)), CardWords.Fill(text.Value, next, new(Language.German, 0)), CardWords.Fill(text.State, next, new(Language.German, 0))));
        Assert.Equal("do/receive?lot=L%20%7Btext%7D", CardWords.Way(text, next));
    }
}
