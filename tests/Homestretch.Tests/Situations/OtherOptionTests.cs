using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Situations;

/// <summary>Bikes with a big battery wait for a lot that is late, while small batteries lie free: what a customer can be asked, and what follows from the answer. All times are certain.</summary>
public sealed class OtherOptionTests
{
    [Fact]
    public void An_agreed_option_whose_part_lies_free_keeps_the_promise_and_the_kit_is_whole()
    {
        Snapshot world = Late(small: 3).Put(Offer("SO-1") with { Rebate = new Money(2_000, "USD") });
        PricedRemedy taken = Assert.Single(Found(world), static r => r.Remedy.Kind == RemedyKind.OtherOption);
        Assert.Equal("SO-1 takes battery 400 Wh instead of battery 500Wh, as Customer agreed", taken.Remedy.What);
        OrderEffect effect = Assert.Single(taken.Effects, static e => e.Gain > 0);
        Assert.Equal(("SO-1", 0.0, 1.0), (effect.OrderLine.Value, effect.Before, effect.After));
        Assert.Equal([("rebate", new Money(2_000, "USD")), ("dearer parts", new Money(1_000, "USD"))], taken.Remedy.Costs.Select(static c => (c.What, c.Amount!.Value)));
        Assert.Equal([(TaskKind.LineChange, "MC"), (TaskKind.CustomerNotice, "MC")], taken.Remedy.Work.Select(static w => (w.Kind, w.Party.Value)));
        Snapshot then = Apply(world, Deciding.Of(world, T, null, taken, "MC", "ada", "they agreed"));
        Assert.Equal("battery=400Wh", then.OrderLines["SO-1"].Options.ToString());
        Assert.Equal(["1 BAT-4 stock:H|BAT-4||", "1 FRAME stock:H|FRAME||", "1 MOTOR stock:H|MOTOR||"], then.Pegs("SO-1"));
        Assert.Equal(1, Assert.IsType<Forecast.Dated>(then.Of("SO-1")).Kept!.Value.Value);
        Assert.Equal(world.Pegs("SO-2"), then.Pegs("SO-2"));
    }

    [Fact]
    public void Nobody_takes_what_is_not_free_not_agreed_not_legal_not_sooner_or_not_to_be_touched()
    {
        Snapshot agreed = Late(small: 3).Put(Offer("SO-1"));
        Assert.True(Takes(agreed));
        Assert.False(Takes(Late(small: 0).Put(Offer("SO-1"))));
        Assert.False(Takes(Late(small: 0).Put(Offer("SO-1"), Coming("B4", "BAT-4", 9, 40))));       // comes later than the big ones
        foreach (OfferState state in (OfferState[])[OfferState.Open, OfferState.Refused, OfferState.Withdrawn]) Assert.False(Takes(agreed.Put(Offer("SO-1") with { State = state })));
        Assert.False(Takes(Apply(agreed, [new WorldEvent.Removed(TableKind.Named("product_options")!, "BIKE|battery|400Wh", "sold no more")])));
        Assert.False(Takes(agreed.Put(agreed.Builds["SO-1"] with { Status = OrderStatus.Confirmed })));
        Assert.False(Takes(agreed.Put(new Pin("P1", "MC", PinKind.Date, "SO-1", "", T + Duration.FromDays(6), "asked for", "ada", null))));
        Assert.False(Takes(Late(small: 3).Put(new ProductOption("BIKE", "colour", "red", "MC", ""), new ProductOption("BIKE", "colour", "blue", "MC", "")) is var two
            ? two.Put([.. two.OrderLines.Select(static o => o with { Options = o.Options.With("colour", "red") })]).Put(Offer("SO-1") with { Feature = "colour", Option = "blue" }) : two));      // the late part is needed all the same
    }

    [Fact]
    public void A_part_whose_cost_nobody_has_said_makes_the_cost_unknown_and_a_cheaper_kit_costs_nothing()
    {
        Snapshot world = Late(small: 3).Put(Offer("SO-1"));
        Assert.Null(Taken(world.Put(world.Items["BAT-4"] with { Cost = null })).Remedy.Total);
        Assert.Empty(Taken(world.Put(world.Items["BAT-4"] with { Cost = new Money(8_000, "USD") })).Remedy.Costs);
    }

    [Fact]
    public void A_withdrawn_offer_makes_the_remedy_stale()
    {
        Snapshot world = Late(small: 3).Put(Offer("SO-1"));
        Remedy taken = Taken(world).Remedy;
        Assert.True(Deciding.Holds(world, world.Put(world.Parties["CU"] with { Name = "Other" }), taken));
        Assert.False(Deciding.Holds(world, world.Put(Offer("SO-1") with { State = OfferState.Withdrawn }), taken));
    }

    [Fact]
    public void Customers_are_asked_where_a_switch_would_win_and_each_free_part_is_held_out_to_one()
    {
        Snapshot world = Late(small: 1);
        IReadOnlyList<PricedRemedy> found = Found(world);
        PricedRemedy ask = Assert.Single(found, static r => r.Remedy.Kind == RemedyKind.AskOption);
        Assert.Equal("Ask Customer about SO-1 with battery 400 Wh instead of battery 500Wh (kept in 100 % of futures then, not 0 %)", ask.Remedy.What);
        Assert.Equal((0.0, 1.0), (ask.Promises, ask.Risk));
        Assert.DoesNotContain(found.SkipWhile(static r => r.Remedy.Kind != RemedyKind.AskOption).Skip(1), static r => r.Remedy.Kind != RemedyKind.NewDate);      // behind what keeps promises
        Work work = Assert.Single(ask.Remedy.Work);
        Assert.Equal((TaskKind.CustomerQuestion, "MC", "option_offers:OFFER-00001", world.Builds["SO-1"].Start), (work.Kind, work.Party.Value, work.Subject, work.Due));
        Instant later = T + Duration.FromHours(1);
        Snapshot asked = Apply(world, Deciding.Of(world, later, null, ask, "MC", "ada", "they may like it"));
        Assert.Equal(new OptionOffer("OFFER-00001", "MC", "SO-1", "battery", "400Wh", null, OfferState.Open, later, ""), Assert.Single(asked.OptionOffers));
        Assert.Equal("option_offers:OFFER-00001", Assert.Single(asked.Tasks).Subject);
        Assert.DoesNotContain(Found(asked), r => r.Remedy.Work.Any(static w => w.Text.Contains("SO-1", StringComparison.Ordinal) && w.Kind == TaskKind.CustomerQuestion));
        // three lie free: both are asked at once
        Assert.Equal(["SO-1", "SO-2"], Found(Late(small: 3)).Single(static r => r.Remedy.Kind == RemedyKind.AskOption).Remedy.Events.Cast<WorldEvent.Put>().Select(static e => ((OptionOffer)e.Record).OrderLine.Value));
        Assert.DoesNotContain(Found(world.Put(Offer("SO-1") with { State = OfferState.Refused }, Offer("SO-2") with { State = OfferState.Withdrawn })), static r => r.Remedy.Kind == RemedyKind.AskOption);
        Assert.DoesNotContain(Found(Late(small: 0)), static r => r.Remedy.Kind == RemedyKind.AskOption);
    }

    [Fact]
    public void Nobody_is_asked_about_an_option_that_is_no_question_to_a_customer()
    {
        Assert.Contains(Found(Late(small: 3)), static r => r.Remedy.Kind == RemedyKind.AskOption);
        Snapshot never = Late(small: 3);
        never = never.Put([.. never.ProductOptions.Select(static o => o with { AskInstead = false })]);
        Assert.DoesNotContain(Found(never), static r => r.Remedy.Kind == RemedyKind.AskOption);
        Assert.True(Takes(never.Put(Offer("SO-1"))));        // what was agreed holds all the same
    }

    [Theory]
    [InlineData(TaskState.Done, OfferState.Agreed, true)]
    [InlineData(TaskState.Refused, OfferState.Refused, false)]
    [InlineData(TaskState.Cancelled, OfferState.Withdrawn, false)]
    [InlineData(TaskState.Open, OfferState.Open, false)]
    public void An_answer_is_the_task_and_the_offer_in_one_batch(TaskState said, OfferState then, bool takes)
    {
        Snapshot world = Late(small: 3).Put(Offer("SO-1") with { State = OfferState.Open });
        var task = new WorkTask("TASK-1", "MC", "DEC-1", TaskKind.CustomerQuestion, "", "option_offers:OFFER-SO-1", "Ask", T + Duration.FromDays(4), TaskState.Open, "");
        Snapshot answered = Apply(world.Put(task), Answering.Of(world, task with { State = said, Answer = "we think so" }));
        Assert.Equal((said, then), (answered.Tasks["TASK-1"].State, answered.OptionOffers["OFFER-SO-1"].State));
        Assert.Equal(said == TaskState.Open ? "" : "we think so", answered.OptionOffers["OFFER-SO-1"].Answer);
        Assert.Equal(takes, Takes(answered));
        // what was withdrawn meanwhile is not agreed by a late answer, and other work has nothing to do with offers
        Assert.Single(Answering.Of(world.Put(Offer("SO-1") with { State = OfferState.Withdrawn }), task with { State = said }));
        Assert.Single(Answering.Of(world, task with { State = said, Kind = TaskKind.CustomerNotice }));
    }

    private static bool Takes(Snapshot world) => Found(world).Any(static r => r.Remedy.What.Contains(" takes battery", StringComparison.Ordinal) || r.Remedy.What.Contains(" takes colour", StringComparison.Ordinal));
    private static PricedRemedy Taken(Snapshot world) => Found(world).Single(static r => r.Remedy.Kind == RemedyKind.OtherOption);
    private static IReadOnlyList<PricedRemedy> Found(Snapshot world) => [.. Detecting.Of(Plan.Make(world, T, Policy)).SelectMany(a => Search.Of(world, T, Policy, a).Remedies)];
    private static OptionOffer Offer(string order) => new($"OFFER-{order}", "MC", order, "battery", "400Wh", null, OfferState.Agreed, T, "");

    /// <summary>Two bikes were to be built on the fifth day with big batteries that now come on the thirtieth.</summary>
    /// <param name="small">Small batteries on the shelf.</param>
    private static Snapshot Late(int small)
    {
        Condition big = Condition.Parse("battery=500Wh").Value!, little = Condition.Parse("battery=400Wh").Value!;
        Snapshot world = Company(new Item("BAT-4", "MC", "Small battery", ItemKind.SubAssembly, "battery", "EA", 1, new Money(31_000, "USD")), new Item("BAT-5", "MC", "Big battery", ItemKind.SubAssembly, "battery", "EA", 1, new Money(30_000, "USD")),
            new ProductOption("BIKE", "battery", "400Wh", "MC", "battery 400 Wh", true), new ProductOption("BIKE", "battery", "500Wh", "MC", "", true),
            new BomLine("BIKE", "3", "BAT-5", "MC", new(1, "EA"), big, null, null), new BomLine("BIKE", "4", "BAT-4", "MC", new(1, "EA"), little, null, null),
            Shelf("FRAME", 9), Shelf("MOTOR", 9), Coming("B5", "BAT-5", 5, 5), Order("SO-1", 9, customerClass: 1) with { Options = Choices.Parse("battery=500Wh").Value! }, Order("SO-2", 9) with { Options = Choices.Parse("battery=500Wh").Value! }).Planned();
        Promise[] promises = [.. world.OrderLines.Select(static o => new Promise(o.Key, 1, "MC", T + Duration.FromDays(9), new(0.9), T, "ada", ""))];
        world = world.Put([.. promises, Coming("B5", "BAT-5", 5, 30)]);
        return small == 0 ? world : world.Put(Shelf("BAT-4", small));
    }
}
