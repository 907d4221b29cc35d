using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>When units may not leave for a market, read from its documents.</summary>
public sealed class BarTests
{
    private static readonly Instant s_t = RandomCompany.T;

    [Fact]
    public void Without_documents_and_for_other_markets_and_families_nothing_is_barred()
    {
        Snapshot world = With(Paper("D1", -10, 20));
        Assert.Equal([new Bar(Instant.MinValue, At(-10), "D1"), new Bar(At(20), null, "D1")], Of(world));
        Assert.Empty(Bars.Of(world, s_t, "UK", "BIKE"));
        Assert.Empty(Of(With()));
        Assert.Equal([new Bar(Instant.MinValue, At(-10), "D1")], Of(With(Paper("D1", -10, null))));
        Assert.Empty(Bars.Of(With(Paper("D1", -10, 20) with { Family = (Key<Item>)"FRAME" }), s_t, "US", "BIKE"));
    }

    [Fact]
    public void Units_stay_from_the_lapse_until_the_next_of_the_same_requirement()
    {
        Assert.Equal([new Bar(At(20), At(30), "D1")], Late(With(Paper("D1", -10, 20), Paper("D2", 30, null))));
        Assert.Equal([new Bar(At(20), null, "D1")], Late(With(Paper("D1", -10, 20), Paper("D2", -10, null) with { Requirement = "OTHER" })));
        Assert.Empty(Late(With(Paper("D1", -10, 20), Paper("D2", 20, null))));      // the next begins where the last ends
        Assert.Equal([new Bar(At(40), null, "D2")], Late(With(Paper("D1", -10, 20), Paper("D2", 5, 40))));
    }

    [Fact]
    public void A_renewal_that_is_expected_ends_it_and_one_that_has_not_come_does_not()
    {
        Assert.Equal(new Bar(At(20), At(26), "D1"), Of(With(Paper("D1", -10, 20) with { RenewalExpected = At(26) }))[^1]);
        Assert.Empty(Late(With(Paper("D1", -10, 20) with { RenewalExpected = At(18) })));
        Assert.Equal(new Bar(At(-3), null, "D1"), Of(With(Paper("D1", -10, -3) with { RenewalExpected = At(-1) }))[^1]);
    }

    [Fact]
    public void Bars_hold_exactly_when_some_requirement_has_no_document_in_force() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        Document[] all = [.. Enumerable.Range(0, 1 + random.Next(6)).Select(n => Paper($"D{n}", random.Next(-30, 40), random.Next(4) == 0 ? null : random.Next(40, 70)) with { Requirement = $"R{random.Next(3)}" })];
        IReadOnlyList<Bar> bars = Of(With(all));
        for (int day = -40; day < 80; day++)
        {
            Instant at = At(day);
            bool inForce = all.GroupBy(static d => d.Requirement).All(g => g.Any(d => d.ValidFrom <= at && !(d.ValidUntil <= at)));
            Assert.Equal(inForce, Bars.At(bars, at) is null);
            Instant? leaves = Bars.Leaves(bars, at), first = null;
            for (int later = day; later < 80 && first is null; later++)
                if (Bars.At(bars, At(later)) is null) first = At(later);
            Assert.Equal(first, leaves);
        }
    }, iter: 400);

    [Fact]
    public void What_would_be_in_time_had_it_left_at_once_is_missed_by_the_document_and_by_nothing_else()
    {
        int seen = 0;
        Gen.Int.Sample(seed =>
        {
            var company = new RandomCompany(seed);
            Snapshot free = company.World.Apply([.. company.World.Documents.Select(static d => new WorldEvent.Removed(TableKind.For(d), d.Id, "over"))]).World;
            Applied barred = free.Apply([.. ((string[])["US", "UK"]).Select(m => new WorldEvent.Put(Paper($"D-{m}", -10, 12) with { Market = m, RenewalExpected = At(24) }))]);
            Plan without = Plan.Make(free, s_t, RandomCompany.Policy), with = Plan.Make(barred.World, s_t, RandomCompany.Policy);
            foreach (Forecast.Dated d in with.Forecasts.OfType<Forecast.Dated>().Where(static d => d.Promise is not null))
            {
                int due = Seconds.Of(d.Promise!.Date, s_t);
                int[] then = with.DateSamples(d.OrderLine), else_ = without.DateSamples(d.OrderLine);
                int bars = Enumerable.Range(0, then.Length).Count(s => then[s] > due && else_[s] <= due);
                IReadOnlyList<MissedBy> missed = with.MissedBy(d.OrderLine);
                Assert.Equal(bars / (double)then.Length, missed.Where(static m => m.Supply.StartsWith(MissedBy.Document, StringComparison.Ordinal)).Sum(static m => m.Share.Value), 9);
                Assert.Equal(then.Count(x => x > due) / (double)then.Length, missed.Sum(static m => m.Share.Value), 9);
                Assert.All(Enumerable.Range(0, then.Length), s => Assert.True(then[s] >= else_[s]));
                if (bars > 0) Interlocked.Increment(ref seen);
            }
        }, iter: 40);
        Assert.True(seen > 5, $"only {seen} order lines held by a document");
    }

    private static Document Paper(string key, int from, int? until) => new(key, "MC", "R", "Approval", "US", null, At(from), until is { } u ? At(u) : null, 10, null, null, "");
    private static Instant At(int days) => s_t + Duration.FromDays(days);
    private static IReadOnlyList<Bar> Of(Snapshot world) => Bars.Of(world, s_t, "US", "BIKE");

    /// <summary>Those behind the first document in force.</summary>
    private static IReadOnlyList<Bar> Late(Snapshot world) => [.. Of(world).Where(static b => b.From > Instant.MinValue)];

    private static Snapshot With(params Document[] documents)
    {
        Applied applied = s_bare.Apply([.. documents.Select(static d => new WorldEvent.Put(d))]);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(string.Join("\n", applied.Findings));
    }

    private static readonly Snapshot s_bare = Snapshot.Empty.Apply(
    [
        new WorldEvent.Put(new Party("MC", "Brand", PartyKind.Brand, "US")), new WorldEvent.Put(new Item("BIKE", "MC", "Bike", ItemKind.Family, "", "EA", 1, null)), new WorldEvent.Put(new Item("FRAME", "MC", "Frame", ItemKind.Family, "", "EA", 1, null)),
        new WorldEvent.Put(new Market("US", "MC", "United States", "US", 110, "B", "en-US", 2, 4)), new WorldEvent.Put(new Market("UK", "MC", "United Kingdom", "GB", 230, "G", "en-GB", 2, 4)),
    ]).World;
}
