using CsCheck;
using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Situations;

/// <summary>What must hold of every company: the slow way round says the same.</summary>
public sealed class SituationPropertyTests
{
    private static readonly SearchBudget s_budget = new() { Pricings = 80, LeastGain = 0.01 };

    [Fact]
    public void What_a_promise_has_lost_is_parted_among_causes_and_counted_once() => Gen.Int.Sample(seed =>
    {
        Plan plan = Plan.Make(TroubledCompany.WithOffers(seed), RandomCompany.T, RandomCompany.Policy);
        IReadOnlyList<Assessment> all = Detecting.Of(plan);
        Assert.Equal(all.Count, all.Select(static a => a.Cause).Distinct().Count());
        Assert.All(all, static a => Assert.Equal(a.Cause, Cause.Parse(a.Cause.ToString())));
        var counted = all.SelectMany(static a => a.Lost).GroupBy(static l => l.OrderLine).ToDictionary(static g => g.Key, static g => g.Sum(static l => l.Share));
        foreach (Forecast f in plan.Forecasts)
        {
            double gone = plan.World.Promises.StartingWith($"{f.OrderLine}|").LastOrDefault() is { } p ? Math.Max(0, p.Confidence.Value - (f.AsDated?.Kept?.Value ?? 0)) : 0;
            Assert.Equal(gone, counted.GetValueOrDefault(f.OrderLine), 9);
        }
        Assert.All(all.SelectMany(static a => a.Lost), static l => Assert.True(l.Share > 0));
        Assert.All(all, static a => Assert.Equal(a.Lost.Sum(static l => l.Share), a.Promises, 9));
    }, iter: 60);

    [Fact]
    public void Kits_short_of_one_cause_alone_are_those_that_counting_future_by_future_finds()
    {
        int alone = 0, others = 0;
        Gen.Int.Sample(seed =>
        {
            Plan plan = Plan.Make(TroubledCompany.WithOffers(seed), RandomCompany.T, RandomCompany.Policy);
            var causes = new Causes(plan, new());
            IReadOnlyList<Assessment> all = Detecting.Of(plan);
            foreach (Assessment a in all)
            {
                Assert.Equal(a.Lost.Count(l => Lacks(plan, causes, a.Cause, l.OrderLine)), a.ShortOfThisAlone);
                Assert.InRange(a.ShortOfThisAlone, 0, a.Lost.Count);
                Interlocked.Add(ref alone, a.ShortOfThisAlone);
                Interlocked.Add(ref others, a.Lost.Count - a.ShortOfThisAlone);
            }
            Assert.All(all.SelectMany(static a => a.Lost).Where(static l => l.OnlyThis).CountBy(static l => l.OrderLine), static c => Assert.Equal(1, c.Value));
            Assert.All(all.SelectMany(a => Signs.Of(plan, a.Cause)), s => Assert.NotEmpty(SignText.Of(plan.World, s, DateTimeZone.Utc)));
        }, iter: 60);
        TestContext.Current.SendDiagnosticMessage($"{alone} kits lack one thing alone, {others} do not");
        Assert.True(alone > 5 && others > 5, $"{alone} kits lack one thing alone, {others} do not");
    }

    [Fact]
    public void A_remedy_promises_what_planning_its_branch_anew_gives_and_a_decision_is_that_branch()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<RemedyKind, int>();
        int together = 0;
        Gen.Int.Sample(seed =>
        {
            Snapshot world = TroubledCompany.WithOffers(seed);
            Plan before = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
            foreach (Assessment a in Detecting.Of(before).Take(6))
            {
                RemedyList list = Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, budget: s_budget, cancel: TestContext.Current.CancellationToken);
                foreach (PricedRemedy r in list.Remedies)
                {
                    seen.AddOrUpdate(r.Remedy.Kind, 1, static (_, n) => n + 1);
                    if (r.Remedy.What.Contains("; ", StringComparison.Ordinal)) Interlocked.Increment(ref together);
                    Applied applied = world.Apply(r.Remedy.Events);
                    Assert.Empty(applied.Findings);
                    Plan anew = Plan.Make(applied.World, RandomCompany.T, RandomCompany.Policy);
                    foreach (OrderEffect e in r.Effects.Where(static e => e.Promise is not null))
                    {
                        Assert.Equal(Kept(before, e), e.Before, 12);
                        Assert.Equal(Kept(anew, e), e.After, 12);
                    }
                    Assert.Equal(r.Effects.Where(static e => e.Promise is not null).Sum(static e => e.Gain), r.Promises, 9);
                    HashSet<Key<OrderLine>> said = [.. r.Effects.Select(static e => e.OrderLine)];
                    Assert.All(Moved.Between(before.Forecasts, anew.Forecasts), m => Assert.True(said.Contains(m.OrderLine) || m.Before is null, $"{m.OrderLine} moves by '{r.Remedy.What}' and nobody said so"));
                }
                if (list.Remedies.Count == 0) continue;
                Applied decided = world.Apply(Deciding.Of(world, RandomCompany.T, null, list.Remedies[0], "MC", "ada", "it wins most"));
                Assert.Empty(decided.Findings);
                Assert.Equal(Plan.Make(world.Apply(list.Remedies[0].Remedy.Events).World, RandomCompany.T, RandomCompany.Policy).Forecasts.Select(static f => f.AsDated?.Dates), Plan.Make(decided.World, RandomCompany.T, RandomCompany.Policy).Forecasts.Select(static f => f.AsDated?.Dates));
            }
        }, iter: 40);
        TestContext.Current.SendDiagnosticMessage($"{string.Join(", ", seen.OrderBy(static s => s.Key).Select(static s => $"{s.Value} {s.Key}"))}; {together} of several parts");
        Assert.True(together > 5, $"only {together} remedies of several parts");
        RemedyKind[] unseen = [.. Enum.GetValues<RemedyKind>().Except(seen.Keys)];
        Assert.True(unseen.Length <= 3, $"forty companies without {string.Join(", ", unseen)}");      // some are rare
        Assert.True(seen.GetValueOrDefault(RemedyKind.OtherOption) > 3 && seen.GetValueOrDefault(RemedyKind.AskOption) > 3, $"{seen.GetValueOrDefault(RemedyKind.OtherOption)} other options, {seen.GetValueOrDefault(RemedyKind.AskOption)} questions");
    }

    [Fact]
    public void An_order_line_with_another_option_has_its_kit_whole_and_no_more_and_takes_from_nobody() => Gen.Int.Sample(seed =>
    {
        Snapshot world = TroubledCompany.WithOffers(seed);
        foreach (Assessment a in Detecting.Of(Plan.Make(world, RandomCompany.T, RandomCompany.Policy)).Take(6))
            foreach (PricedRemedy r in Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, budget: s_budget with { Together = 0 }, cancel: TestContext.Current.CancellationToken).Remedies.Where(static r => r.Remedy.Kind == RemedyKind.OtherOption))
            {
                Snapshot then = world.Apply(r.Remedy.Events).World;
                OrderLine order = Assert.Single(then.OrderLines, o => o != world.OrderLines[o.Key]);
                OptionOffer offer = Assert.Single(world.OptionOffers, o => o.OrderLine == order.Key && o.State == OfferState.Agreed && order.Options[o.Feature] == o.Option && world.OrderLines[order.Key].Options[o.Feature] != o.Option);
                Assert.Equal(world.OrderLines[order.Key] with { Options = world.OrderLines[order.Key].Options.With(offer.Feature, offer.Option) }, order);
                Plan plan = Plan.Make(then, RandomCompany.T, RandomCompany.Policy);
                Key<Build> build = Assert.IsType<Forecast.Dated>(plan.Of(order.Key)).Build.Key;
                var kit = new Homestretch.Products.Variants(then).Of(order).Parts.GroupBy(static p => p.Item).Select(g => (Item: g.Key, Amount: g.Sum(p => Math.Ceiling(p.PerUnit.Value * order.Quantity / p.Item.Step) * p.Item.Step)));
                Assert.Equal(kit.Sum(static k => k.Amount), then.Pegs.StartingWith($"{build}|").Sum(static p => p.Quantity.Value));       // pieces and kilograms alike: what stands in counts as what it stands in for
                Assert.Equal(world.Pegs.Where(p => p.Build != build), then.Pegs.Where(p => p.Build != build));
                foreach (Peg p in then.Pegs.StartingWith($"{build}|").Where(p => world.Pegs.Find(p.Id)?.Quantity.Value is not { } had || had < p.Quantity.Value))
                    Assert.True(then.Pegs.Where(x => x.Supply == p.Supply).Sum(static x => x.Quantity.Value) <= Amount(then, p.Supply), $"{p.Supply} is given away twice");
            }
    }, iter: 40);

    [Fact]
    public void What_a_customer_is_told_of_an_option_is_what_comes_when_they_agree()
    {
        int agreed = 0;
        Gen.Int.Sample(seed =>
        {
            Snapshot world = TroubledCompany.WithOffers(seed);
            foreach (Assessment a in Detecting.Of(Plan.Make(world, RandomCompany.T, RandomCompany.Policy)).Take(6))
            {
                SearchBudget budget = s_budget with { Without = [.. Enum.GetValues<RemedyKind>().Except([RemedyKind.OtherOption, RemedyKind.AskOption])] };
                RemedyList list = Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, budget: budget, cancel: TestContext.Current.CancellationToken);
                if (list.Remedies.SingleOrDefault(static r => r.Remedy.Kind == RemedyKind.AskOption) is not { } ask) continue;
                Assert.Equal((0.0, 0), (ask.Promises, ask.Effects.Count));
                OptionOffer[] offers = [.. ask.Remedy.Events.Cast<WorldEvent.Put>().Select(static e => (OptionOffer)e.Record)];
                Assert.InRange(offers.Length, 1, 3);
                Assert.Equal(offers.Length, offers.Select(static o => o.OrderLine).Distinct().Count());
                Assert.DoesNotContain(world.OptionOffers, x => offers.Any(o => o.OrderLine == x.OrderLine && (x.State == OfferState.Open || (o.Feature, o.Option) == (x.Feature, x.Option))));
                Snapshot yes = world.Apply([new WorldEvent.Put(offers[0] with { State = OfferState.Agreed })]).World;
                RemedyList then = Search.Of(yes, RandomCompany.T, RandomCompany.Policy, a, budget: budget with { Pricings = 999, Together = 0 }, cancel: TestContext.Current.CancellationToken);
                PricedRemedy taken = then.Remedies.First(Its);
                OrderEffect effect = taken.Effects.Single(e => e.OrderLine == offers[0].OrderLine);
                Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"kept in {100 * effect.After:0} % of futures then, not {100 * effect.Before:0} %"), ask.Remedy.What, StringComparison.Ordinal);
                Interlocked.Increment(ref agreed);

                bool Its(PricedRemedy r) => r.Remedy.Kind == RemedyKind.OtherOption && r.Remedy.Events.Any(e => e.Key == offers[0].Id);
            }
        }, iter: 45);
        TestContext.Current.SendDiagnosticMessage($"{agreed} questions answered");
        Assert.True(agreed > 5, $"only {agreed} questions");
    }

    [Fact]
    public void The_same_world_gives_the_same_remedies_and_the_branch_is_left_as_it_was() => Gen.Int.Sample(seed =>
    {
        Snapshot world = TroubledCompany.WithOffers(seed);
        Plan inForce = Plan.Make(world, RandomCompany.T, RandomCompany.Policy), branch = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
        Forecast[] before = [.. branch.Forecasts];
        var trial = new Trial(inForce, branch);
        foreach (Assessment a in Detecting.Of(inForce).Take(2))
        {
            RemedyList one = Search.Of(trial, a, new(), s_budget, null, TestContext.Current.CancellationToken), two = Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, null, s_budget, null, TestContext.Current.CancellationToken);
            Assert.Equal(two.Remedies.Select(static r => (r.Remedy.What, r.Promises, r.Risk, r.Dominated)), one.Remedies.Select(static r => (r.Remedy.What, r.Promises, r.Risk, r.Dominated)));
            Assert.Equal(two.PointOfNoReturn, one.PointOfNoReturn);
        }
        Assert.Same(world, branch.World);
        Assert.Equal(before, branch.Forecasts);
        branch.ProveEqualsFull();
    }, iter: 15);

    [Fact]
    public void No_remedy_that_is_not_dominated_is_beaten_by_another() => Gen.Int.Sample(seed =>
    {
        Snapshot world = TroubledCompany.WithOffers(seed);
        foreach (Assessment a in Detecting.Of(Plan.Make(world, RandomCompany.T, RandomCompany.Policy)).Take(2))
        {
            PricedRemedy[] all = [.. Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, budget: s_budget, cancel: TestContext.Current.CancellationToken).Remedies.Where(static r => r.Remedy.Total is { Count: <= 1 } && !r.Remedy.Kind.OnlySays())];
            foreach (PricedRemedy r in all.Where(static r => !r.Dominated))
                Assert.DoesNotContain(all, o => !ReferenceEquals(o, r) && o.Expected >= r.Expected && o.Lost <= r.Lost && o.Risk <= r.Risk && Cost(o) <= Cost(r) && (o.Expected > r.Expected || o.Lost < r.Lost || o.Risk < r.Risk || Cost(o) < Cost(r)));
            // what is dominated is so by one that is not
            Assert.All(all.Where(static r => r.Dominated), r => Assert.Contains(all, o => !o.Dominated && o.Expected >= r.Expected && o.Lost <= r.Lost && o.Risk <= r.Risk && Cost(o) <= Cost(r)));
        }
    }, iter: 15);

    [Fact]
    public void The_book_holds_one_open_situation_a_cause_and_changes_nothing_when_nothing_changes() => Gen.Int.Sample(seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        var watch = new Watch();
        for (int step = 0; step < 12; step++)
        {
            IReadOnlyList<Assessment> all = Detecting.Of(plan, watch);
            IReadOnlyList<WorldEvent> events = Book.Follow(company.World, RandomCompany.T + Duration.FromHours(step), all, watch);
            Applied booked = company.World.Apply(events);
            Assert.Empty(booked.Findings);
            Assert.Empty(Book.Follow(booked.World, RandomCompany.T + Duration.FromHours(step + 1), all, watch));
            string[] open = [.. booked.World.Situations.Where(static s => s.Open).Select(static s => s.Cause)];
            Assert.Equal(open.Length, open.Distinct().Count());
            Assert.All(all.Where(a => a.Tells(watch)), a => Assert.Contains(a.Cause.ToString(), open));
            Assert.Empty(plan.Advance(booked.World, booked.Touched));
            company.World = booked.World;
            Applied applied = company.World.Apply(company.Change(plan));
            company.World = applied.World;
            plan.Advance(applied.World, applied.Touched);
        }
    }, iter: 30);

    [Fact]
    public void A_remedy_is_believed_as_far_as_its_kind_has_kept_its_word_and_never_claims_more_than_its_branch() => Gen.Select(Gen.Int, Gen.Double[0, 2], Gen.Double[0, 2]).Sample((seed, one, two) =>
    {
        Snapshot world = TroubledCompany.WithOffers(seed);
        foreach (Assessment a in Detecting.Of(Plan.Make(world, RandomCompany.T, RandomCompany.Policy)).Take(1))
            foreach (PricedRemedy r in Search.Of(world, RandomCompany.T, RandomCompany.Policy, a, budget: s_budget, cancel: TestContext.Current.CancellationToken).Remedies)
            {
                PricedRemedy less = r with { Reliability = Math.Min(one, two) }, more = r with { Reliability = Math.Max(one, two) };
                Assert.Equal(r.Promises, r.Expected, 12);
                Assert.True(less.Expected <= more.Expected && more.Expected <= r.Promises + 1e-12);
                Assert.True(less.Net <= more.Net || less.Net is null);
                Assert.True(more.Net <= r.Net || r.Net is null);
                Assert.Equal(r.Promises, less.Promises, 12);
            }
    }, iter: 15);

    /// <summary>Whether a kit lacks what comes by a cause and nothing else, from the world's own pegs.</summary>
    private static bool Lacks(Plan plan, Causes causes, Cause cause, Key<OrderLine> order)
    {
        if (cause.Kind is CauseKind.Line or CauseKind.Delivery or CauseKind.Order || plan.World.Builds.FirstOrDefault(b => b.OrderLine == order && b.Status < OrderStatus.Completed) is not { } build) return false;
        Forecast forecast = plan.Of(order)!;
        if (forecast is Forecast.Unknown { Reasons: not [{ Rule: "no-supply" }] }) return false;
        int start = Math.Max(0, Seconds.Of(build.Start, plan.Epoch)), rest = 0, own = 0;
        Key<Lot>[] lots = [.. forecast is Forecast.Dated ? plan.KitOf(order).Select(static p => p.Lot?.Key).OfType<Key<Lot>>()
            : plan.World.Pegs.StartingWith($"{build.Key}|").Where(static p => p.Supply.StartsWith("lot:", StringComparison.Ordinal)).Select(static p => new Key<Lot>(p.Supply[4..])).Where(l => plan.Of(l) is not null)];
        var parts = lots.Select(l => (Arrivals: plan.ArrivalSamples(l), This: forecast is Forecast.Dated d ? causes.Of(d, $"lot:{l}") == cause : $"{plan.World.OrderLines[order].Hub}/{plan.World.Lots[l].Item}" == cause.Key)).ToList();
        for (int s = 0; s < plan.Policy.Samples; s++)
        {
            if (parts.All(p => p.This || p.Arrivals[s] <= start)) rest++;
            if (forecast is Forecast.Dated && parts.All(p => !p.This || p.Arrivals[s] <= start)) own++;
        }
        return rest >= 0.9 * plan.Policy.Samples && own < 0.9 * plan.Policy.Samples;
    }

    private static decimal Amount(Snapshot world, string supply) => supply.StartsWith("lot:", StringComparison.Ordinal) ? world.Lots[supply[4..]].Quantity.Value : world.Stock[supply[6..]].Quantity.Value;

    /// <summary>All costs of these companies are in one currency.</summary>
    private static long Cost(PricedRemedy r) => r.Remedy.Total is [var cost] ? cost.Minor : 0;

    private static double Kept(Plan plan, OrderEffect e) => plan.DateSamples(e.OrderLine) is { Length: > 0 } dates ? dates.Count(d => d <= Seconds.Of(e.Promise!.Date, plan.Epoch)) / (double)dates.Length : 0;
}
