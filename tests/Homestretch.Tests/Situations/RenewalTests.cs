using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;
using static Homestretch.Tests.Promising.Workshop;

namespace Homestretch.Tests.Situations;

/// <summary>A market's document lapses before a promised bike leaves: the bike waits, and the document is renewed.</summary>
public sealed class RenewalTests
{
    private static readonly Document s_approval = new("TA-7", "MC", "EN-15194", "Type approval", "US", null, Days(-300), Days(11), 6, null, new Money(90_000, "USD"), "");

    private static Instant Days(double days) => T + Duration.FromDays(days);

    /// <summary>Its frame is here in twelve days, its build takes an hour, the customer has it a day later.</summary>
    private static Snapshot Promised(params IReadOnlyList<IRecord> more) =>
        Company([Order("SO-1", 20), Coming("LOT-F", "FRAME", 5, 12), Shelf("MOTOR", 5), .. more]).Planned().Put(new Promise("SO-1", 1, "MC", Days(14), new(1), T, "ada", ""));

    [Fact]
    public void The_bike_waits_for_what_lapsed_and_the_explanation_says_so()
    {
        Assert.Equal(1, Promised().Of("SO-1").AsDated!.Kept!.Value.Value);
        Snapshot world = Promised(s_approval with { RenewalExpected = Days(20) });
        Forecast.Dated barred = world.Of("SO-1").AsDated!;
        Assert.Equal(0, barred.Kept!.Value.Value);
        Assert.Equal(Days(21), barred.Dates.P50);
        Assert.Contains(world.Explain("SO-1").Reasons, static r => r.StartsWith("Type approval keeps it at the hub in 100 % of futures: it is not in force until Mon 14 Dec 2026.", StringComparison.Ordinal));
        Assert.Equal([new MissedBy("document:TA-7", new(1))], Plan.Make(world, T, Policy).MissedBy("SO-1"));
    }

    [Fact]
    public void A_renewal_is_priced_decided_and_asked_for_as_work()
    {
        Snapshot world = Promised(s_approval);
        Plan plan = Plan.Make(world, T, Policy);
        Assessment a = Assert.Single(Detecting.Of(plan));
        Assert.Equal(new Cause(CauseKind.Document, "TA-7"), a.Cause);
        PricedRemedy renewal = Assert.Single(Search.Of(world, T, Policy, a, cancel: TestContext.Current.CancellationToken).Remedies, static r => r.Remedy.Kind == RemedyKind.Renewal);
        Assert.Equal(1, renewal.Promises, 9);
        Assert.Equal([new Money(90_000, "USD")], renewal.Remedy.Total);
        Assert.Equal(Days(5), renewal.Remedy.ActBy);       // the last moment at which it follows without a gap
        Work work = Assert.Single(renewal.Remedy.Work);
        Assert.Equal((TaskKind.DocumentRenewal, "MC", "documents:TA-7"), (work.Kind, work.Party.Value, work.Subject));
        Snapshot decided = Apply(world, Deciding.Of(world, T, null, renewal, "MC", "ada", "it lapses"));
        Assert.Equal(1, decided.Of("SO-1").AsDated!.Kept!.Value.Value);
        Assert.Empty(Detecting.Of(Plan.Make(decided, T, Policy)));
        // a renewal that does not come is not taken for one
        Assert.Equal(0, Plan.Make(decided, Days(8), Policy).Of(new Key<OrderLine>("SO-1"))!.AsDated!.Kept!.Value.Value);
    }

    [Fact]
    public void Where_nobody_says_how_long_a_renewal_takes_none_is_offered()
    {
        Snapshot world = Promised(s_approval with { RenewalDays = null });
        RemedyList list = Search.Of(world, T, Policy, Assert.Single(Detecting.Of(Plan.Make(world, T, Policy))), cancel: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(list.Remedies, static r => r.Remedy.Kind == RemedyKind.Renewal);
    }

    [Fact]
    public void A_document_of_another_family_market_or_requirement_in_force_holds_nothing()
    {
        Assert.Equal(1, Promised(s_approval with { Family = (Key<Item>)"FRAME" }).Of("SO-1").AsDated!.Kept!.Value.Value);
        Assert.Equal(1, Promised(s_approval, s_approval with { Key = "TA-8", ValidFrom = Days(10), ValidUntil = null }).Of("SO-1").AsDated!.Kept!.Value.Value);
        Assert.Equal(0, Promised(s_approval, s_approval with { Key = "TA-8", ValidFrom = Days(10), ValidUntil = null, Requirement = "OTHER" }).Of("SO-1").AsDated!.Kept!.Value.Value);
    }
}
