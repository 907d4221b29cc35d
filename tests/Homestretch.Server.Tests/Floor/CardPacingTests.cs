using System.Text;
using CsCheck;
using Homestretch.Exchange.Messages;
using Homestretch.Finishing.Floor;
using Homestretch.Server.Floor;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Floor;

/// <summary>When a device gets a card, played over random hours.</summary>
public sealed class CardPacingTests
{
    private static readonly Instant s_noon = Instant.FromUtc(2026, 11, 25, 12, 0);
    private static readonly FloorNews s_news = new(FloorNewsKind.KitWhole, "B-1");

    [Fact]
    public void The_first_comes_at_once_and_then_nothing_while_the_app_is_looked_at()
    {
        var (memory, send) = CardPacing.Due(CardMemory.Of(""), "a", open: true, s_noon);
        Assert.True(send);
        (memory, send) = CardPacing.Due(Sent(memory, "a", s_noon).Hearing([s_news]), "b", open: true, s_noon + Duration.FromSeconds(5));
        Assert.False(send);
        Assert.Equal(("b", 0), (memory.Told, memory.News.Count));
        Assert.False(CardPacing.Due(memory, "b", open: false, s_noon + Duration.FromMinutes(30)).Send);
        Assert.True(CardPacing.Due(memory, "c", open: false, s_noon + Duration.FromMinutes(30)).Send);
    }

    [Fact]
    public void A_silent_one_waits_news_do_not()
    {
        CardMemory memory = Sent(CardMemory.Of("a"), "a", s_noon);
        Assert.False(CardPacing.Due(memory, "b", open: false, s_noon + Duration.FromMinutes(9)).Send);
        Assert.True(CardPacing.Due(memory.Hearing([s_news]), "b", open: false, s_noon + Duration.FromMinutes(1)).Send);
        Assert.True(CardPacing.Due(memory, "b", open: false, s_noon + Duration.FromMinutes(10)).Send);
        Assert.False(CardPacing.Due((memory with { NotBefore = s_noon + Duration.FromMinutes(20) }).Hearing([s_news]), "b", open: false, s_noon + Duration.FromMinutes(15)).Send);
    }

    [Fact]
    public void However_a_day_goes_no_hour_has_more_than_its_most_and_what_was_not_told_is_told_later() => Gen.Select(Gen.Int[0, 600], Gen.Int[0, 9], Gen.Bool).List[1, 200].Sample(static steps =>
    {
        CardMemory memory = CardMemory.Of("0");
        var sent = new List<(Instant At, bool Calm)>();
        Instant now = s_noon;
        string card = "0";
        foreach (var (seconds, what, open) in steps)
        {
            now += Duration.FromSeconds(seconds);
            if (what > 3) card = $"{what}";
            if (what == 0) memory = memory.Hearing([s_news]);
            (memory, bool send) = CardPacing.Due(memory, card, open && what > 7, now);
            if (!send) continue;
            sent.Add((now, memory.News.Count == 0));
            memory = Sent(memory, card, now);
        }
        foreach (var (at, _) in sent)
        {
            Assert.InRange(sent.Count(s => s.At >= at && s.At < at + Duration.FromHours(1)), 1, CardPacing.MostAnHour);
            Assert.InRange(sent.Count(s => s.Calm && s.At >= at && s.At < at + Duration.FromHours(1)), 0, CardPacing.MostCalm);
        }
        (CardMemory after, bool late) = CardPacing.Due(memory, "last", open: false, now + Duration.FromHours(2));
        Assert.True(late);
        Assert.Equal(memory.News, after.News);
    });

    [Fact]
    public void The_longest_names_fit_a_push_message_and_hold_no_half_signs()
    {
        string much = string.Concat(Enumerable.Repeat("螺\"\\", 300));
        byte[] bytes = CardPacing.Bytes(new(NextKind.Work, much, much, decimal.MaxValue, decimal.MaxValue, much, much), [.. Enumerable.Range(0, CardMemory.MostNews).Select(i => new FloorNews(FloorNewsKind.PartArrived, much + i))]);
        Assert.InRange(bytes.Length, 1000, PushMessage.MostBytes);
        Assert.DoesNotContain("\uFFFD", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    private static CardMemory Sent(CardMemory memory, string card, Instant now) => memory with { Told = card, News = [], Sent = [.. memory.Sent, (now, memory.News.Count == 0)] };
}
