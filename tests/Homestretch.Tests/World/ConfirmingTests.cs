using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class ConfirmingTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();

    private static readonly OrderLine s_order = s_world.The<OrderLine>();

    [Fact]
    public void An_order_whose_documents_are_in_force_at_the_promised_date_is_confirmed() => Assert.True(Confirm(s_world).Accepted);

    [Fact]
    public void A_document_that_was_never_held_is_missing()
    {
        Finding why = Assert.Single(Confirm(Without(s_world.The<Document>())).Findings);
        Assert.Equal("document-missing", why.Rule);
        Assert.Equal("'SO-1/1' cannot be confirmed: United Kingdom asks for a document for EN-15194, and of these none is on record; it is due on 2026-12-29. (An act)", why.What);
        Assert.Equal("Ask Meridian to have it issued and add it to documents, or leave the order approved.", why.Cure);
    }

    [Theory]
    [InlineData(30, null, "Ask Meridian to renew it, which takes 30 days, and add the new one to documents, or promise a date before 2026-12-14.")]
    [InlineData(30, 40, "Its renewal was asked for and is expected on 2027-01-03: add it to documents when Meridian has it, or promise a date before 2026-12-14.")]
    [InlineData(null, null, "Ask Meridian to renew it; how long that takes is unknown. Add the new one to documents, or promise a date before 2026-12-14.")]
    public void A_document_that_lapses_before_the_promised_date_is_told_with_who_renews_it_and_until_when(int? days, int? expected, string cure)
    {
        Document lapsing = s_world.The<Document>() with { ValidUntil = At(20), RenewalDays = days, RenewalExpected = expected is { } e ? At(e) : null };
        Finding why = Assert.Single(Confirm(s_world.Put(lapsing)).Findings);
        Assert.Equal("document-lapsed", why.Rule);
        Assert.Equal("'SO-1/1' cannot be confirmed: United Kingdom asks for Type approval (EN-15194), and of these TA-1 is in force only until 2026-12-14; it is due on 2026-12-29. (An act)", why.What);
        Assert.Equal(cure, why.Cure);
        Assert.True(Confirm(s_world.Put(lapsing, lapsing with { Key = "TA-2", ValidFrom = At(20), ValidUntil = null })).Accepted);
        Assert.True(Confirm(s_world.Put(lapsing, new Promise("SO-1/1", 2, "MC", At(19), new(0.9), SmallWorld.T, "ada", ""))).Accepted);
    }

    [Fact]
    public void A_document_that_is_not_yet_in_force_says_from_when()
    {
        Finding why = Assert.Single(Confirm(s_world.Put(s_world.The<Document>() with { ValidFrom = At(36) })).Findings);
        Assert.Equal(("document-not-yet", "Promise a date from 2026-12-30 on, or ask Meridian for an earlier one."), (why.Rule, why.Cure));
    }

    [Fact]
    public void What_a_market_asks_for_holds_in_markets_within_it()
    {
        Snapshot north = s_world.Put(s_order with { Market = "NIR" });
        Assert.True(Confirm(north).Accepted);
        Assert.Equal("document-missing", Assert.Single(Confirm(Without(s_world.The<Document>(), north)).Findings).Rule);
        Assert.Equal(["NIR", "UK"], north.Within("NIR"));
        Assert.Equal("4.2.1", north.Firmware("NIR", "C1", new(2026, 12, 1))?.Version);
        Assert.Null(north.Firmware("NIR", "C1", new(2027, 6, 1)));
    }

    [Fact]
    public void A_rule_that_spares_the_variant_asks_for_nothing_and_one_that_forbids_it_refuses()
    {
        OrderLine light = s_order with { Options = Choices.Parse("battery=400Wh").Value! };
        Assert.True(Confirm(Without(s_world.The<Document>()), light).Accepted);
        MarketRule rule = s_world.The<MarketRule>() with { Must = Condition.Parse("battery=400Wh").Value! };
        Finding why = Assert.Single(Confirm(s_world.Put(rule)).Findings);
        Assert.Equal(("market-rule", "C1 with battery=500Wh breaks a rule of United Kingdom: At most 500 Wh. (An act)"), (why.Rule, why.What));
        Assert.True(Confirm(s_world.Put(rule with { To = s_order.Requested.InUtc().Date.PlusDays(-1), From = null })).Accepted);
    }

    [Fact]
    public void Nothing_recorded_is_unknown_and_refuses_nothing()
    {
        Snapshot bare = Without(s_world.The<Document>()).Apply([.. s_world.MarketRules.Select(static r => new WorldEvent.Removed(TableKind.For(r), r.Id, "test"))]).World;
        Assert.True(Confirm(bare).Accepted);
        Assert.False(bare.Papers(s_order, SmallWorld.T).Known);
        Assert.True(s_world.Papers(s_order, SmallWorld.T).Known);
        Snapshot paper = bare.Put(s_world.The<Document>() with { ValidUntil = At(5) });
        Assert.Equal("document-lapsed", Assert.Single(Confirm(paper).Findings).Rule);
    }

    [Fact]
    public void A_confirmed_order_stays_so_and_is_asked_again_only_when_it_becomes_another()
    {
        Snapshot confirmed = Confirm(s_world).World;
        Snapshot lapsed = confirmed.Put(s_world.The<Document>() with { ValidUntil = At(5) });
        OrderLine order = lapsed.OrderLines[s_order.Key];
        Assert.True(lapsed.Apply([new WorldEvent.Put(order with { Class = 3 })]).Accepted);
        Assert.False(lapsed.Apply([new WorldEvent.Put(order with { Market = "NIR" })]).Accepted);
        Assert.True(lapsed.Apply([new WorldEvent.Put(s_order), new WorldEvent.Put(order with { Key = "SO-2/1" })], happened: true).Accepted);
        Assert.False(lapsed.Apply([new WorldEvent.Put(order with { Key = "SO-2/1" })]).Accepted);
    }

    [Fact]
    public void A_batch_may_bring_the_document_and_the_confirmation()
    {
        Document paper = s_world.The<Document>();
        Assert.True(Without(paper).Apply([new WorldEvent.Put(s_order with { Status = OrderStatus.Confirmed }), new WorldEvent.Put(paper)]).Accepted);
    }

    [Fact]
    public void Markets_do_not_hold_each_other()
    {
        Finding why = Assert.Single(s_world.Apply([new WorldEvent.Put(s_world.Markets["UK"] with { Within = "NIR" })]).Findings);
        Assert.Equal(("market-loop", "UK is within NIR, which is within UK."), (why.Rule, why.What));
        Snapshot loop = Snapshot.Of([s_world.Markets["UK"] with { Within = "NIR" }, s_world.Markets["NIR"]]);
        Assert.Equal(["UK", "NIR"], loop.Within("UK"));
    }

    [Fact]
    public void Conditions_on_a_market_hold_within_it() =>
        Assert.Equal([true, false, true, false], new[] { "market=UK", "!market=UK", "market=NIR", "market=US" }.Select(t => Condition.Parse(t).Value!.Holds(s_world.Within("NIR"), Choices.None)));

    private static Applied Confirm(Snapshot world, OrderLine? order = null) => world.Apply([new WorldEvent.Put((order ?? world.OrderLines[s_order.Key]) with { Status = OrderStatus.Confirmed })]);

    private static Snapshot Without(IRecord record, Snapshot? world = null) => (world ?? s_world).Apply([new WorldEvent.Removed(TableKind.For(record), record.Id, "test")]).World;

    private static Instant At(int days) => SmallWorld.T.Plus(Duration.FromDays(days));
}
