using System.Text.Json;
using Homestretch.Exchange.Messages;
using Homestretch.Finishing.Floor;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>What is known of the cards of a device between two looks.</summary>
/// <param name="Told">The card that the device has, or that its app has shown since.</param>
/// <param name="News">What it has not been told.</param>
/// <param name="Sent">Cards of the last hour: when, and whether silently.</param>
/// <param name="Failures">Tries in a row that its push service did not take.</param>
/// <param name="NotBefore">Its push service takes nothing until then.</param>
internal sealed record CardMemory(string Told, IReadOnlyList<FloorNews> News, IReadOnlyList<(Instant At, bool Calm)> Sent, int Failures, Instant NotBefore)
{
    public const int MostNews = 4;

    public static CardMemory Of(string told) => new(told, [], [], 0, Instant.MinValue);

    /// <summary>With more that it has not been told; the newest stay.</summary>
    public CardMemory Hearing(IEnumerable<FloorNews> news) => this with { News = [.. News.Concat(news).Distinct().TakeLast(MostNews)] };
}

/// <summary>When a device gets a card: news at once, anything else seldom and silently, never more than a few an hour, and nothing while somebody looks at the app. A function of what is known and the present.</summary>
internal static class CardPacing
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Most cards to a device in an hour, and most of those without news.</summary>
    public const int MostAnHour = 6, MostCalm = 3;

    /// <summary>Between a card and a silent one after it.</summary>
    public static readonly Duration Between = Duration.FromMinutes(10);

    /// <summary>How long a push service keeps a card for a device that is off: a floor an hour later is another.</summary>
    public static readonly Duration Lives = Duration.FromHours(1);

    /// <param name="card">What comes next now.</param>
    /// <param name="open">Somebody looks at the app.</param>
    /// <returns>The memory as it is then, and whether a card is to be sent.</returns>
    public static (CardMemory Memory, bool Send) Due(CardMemory memory, string card, bool open, Instant now)
    {
        CardMemory known = memory with { Sent = [.. memory.Sent.Where(s => s.At > now - Duration.FromHours(1))] };
        // the first is sent at once, so that whoever turned it on sees that it works
        if (known.Told.Length == 0) return (known, now >= known.NotBefore);
        if (open) return (known with { Told = card, News = [] }, false);
        if (now < known.NotBefore || known.Sent.Count >= MostAnHour) return (known, false);
        bool calm = known.News.Count == 0 && known.Told != card && known.Sent.Count(static s => s.Calm) < MostCalm && known.Sent.All(s => now - s.At >= Between);
        return (known, known.News.Count > 0 || calm);
    }

    /// <summary>What comes next as the service worker of a device reads it: names and numbers, to which it has the words.</summary>
    public static Dictionary<string, object> Card(NextAction next) => new()
    {
        ["kind"] = Words.Of(next.Kind), ["name"] = Short(next.Name), ["place"] = Short(next.Place), ["count"] = next.Count, ["steps"] = next.Steps, ["measure"] = Short(next.Measure), ["text"] = Short(next.Text),
    };

    public static string Text(NextAction next) => JsonSerializer.Serialize(Card(next), s_json);

    /// <summary>A card with its news, as it goes out.</summary>
    public static byte[] Bytes(NextAction next, IReadOnlyList<FloorNews> news)
    {
        Dictionary<string, object> card = Card(next);
        card["news"] = news.Select(static n => new Dictionary<string, string> { ["kind"] = Words.Of(n.Kind), ["name"] = Short(n.Name) }).ToArray();
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(card, s_json);
        return bytes.Length <= PushMessage.MostBytes ? bytes : throw new InvalidOperationException($"A card of {bytes.Length} bytes is more than a push message takes.");
    }

    /// <summary>At most 80 signs: nine of them, of four bytes a sign, fit a push message.</summary>
    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
