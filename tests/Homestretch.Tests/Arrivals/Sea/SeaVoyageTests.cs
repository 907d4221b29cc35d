using Homestretch.Arrivals.Sea;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals.Sea;

/// <summary>A ship that makes 100 miles a day over a sea whose distances can be said by hand: by Suez it takes 10 days and is at the canal after 4.</summary>
public sealed class SeaVoyageTests
{
    private static readonly Instant s_leaves = Instant.FromUtc(2026, 11, 24, 0, 0);
    private static readonly SeaLeg s_leg = SeaLeg.Of(SmallSea.Network, SmallSea.East, SmallSea.West, 10)!;

    [Fact]
    public void The_speed_is_the_open_way_over_the_median_time() => Assert.Equal((1000, 100), (s_leg.Open.Miles, s_leg.MilesPerDay));

    [Fact]
    public void What_never_meets_a_closed_passage_is_not_moved()
    {
        Assert.Null(Under());
        Assert.Null(Under(Closed(Passage.Panama, -9)));
        Assert.Null(Under(Closed(Passage.Suez, 4.5)));                 // it is through by then
        Assert.Null(Under(Closed(Passage.Suez, -9, 4)));               // open again when it comes
        Assert.Null(Under(Closed(Passage.Suez, 1, 1)));                // closed for no time
        Assert.Null(s_leg.Under(SeaClosures.Of(Snapshot.Of([Closed(Passage.Suez, 1)])), s_leaves, s_leaves + Duration.FromDays(3)));     // quicker than we think: it has landed
    }

    [Fact]
    public void Closed_before_it_leaves_it_goes_round()
    {
        SeaVoyage voyage = Under(Closed(Passage.Suez, -1))!;
        Assert.Equal((15, 2500, null), (voyage.ExtraDays, voyage.Miles, voyage.WaitsUntil));
        Assert.Equal([Passage.Suez], voyage.Closed);
        Assert.Equal([Passage.CapeOfGoodHope], voyage.By);
        Assert.Equal("Suez closed: +15.0 d by the Cape of Good Hope", voyage.Said);
    }

    [Fact]
    public void Closed_on_the_way_it_turns_where_it_is()
    {
        SeaVoyage voyage = Under(Closed(Passage.Suez, 3))!;            // 300 miles out and 300 back, then 2,500
        Assert.Equal((21, 3100), (voyage.ExtraDays, voyage.Miles));
        Assert.Equal(s_leaves + Duration.FromDays(3), voyage.Since);
    }

    [Fact]
    public void An_opening_that_is_known_is_waited_for_when_that_is_quicker()
    {
        SeaVoyage waits = Under(Closed(Passage.Suez, -1, 6))!, round = Under(Closed(Passage.Suez, -1, 20))!;
        Assert.Equal(2, waits.ExtraDays, 6);
        Assert.Equal(s_leaves + Duration.FromDays(6), waits.WaitsUntil);
        Assert.Equal("Suez closed: +2.0 d, waits for its opening", waits.Said);
        Assert.Equal((15, null), (round.ExtraDays, round.WaitsUntil));
    }

    [Fact]
    public void Closures_add_up()
    {
        SeaVoyage both = Under(Closed(Passage.Suez, -1), Closed(Passage.CapeOfGoodHope, -2))!;
        Assert.Equal((20, 3000), (both.ExtraDays, both.Miles));
        Assert.Equal([Passage.Suez, Passage.CapeOfGoodHope], both.Closed);
        Assert.Equal([Passage.Panama], both.By);
        Assert.Equal(15, Under(Closed(Passage.Suez, -1), Closed(Passage.CapeOfGoodHope, 30))!.ExtraDays);                                 // round before that closes
        Assert.Equal(2, Under(Closed(Passage.Suez, -1, 5), Closed(Passage.Suez, 4.5, 6))!.ExtraDays, 6);                                     // two closures of one passage
    }

    [Fact]
    public void With_every_way_closed_nobody_knows_when_it_comes()
    {
        SeaVoyage none = Under(Closed(Passage.Suez, -1), Closed(Passage.CapeOfGoodHope, -1), Closed(Passage.Panama, -1))!;
        Assert.True(none.Stranded);
        Assert.Equal("Suez, the Cape of Good Hope and Panama closed: no other way by sea, and nobody knows when it opens", none.Said);
        Assert.Equal(10, Under(Closed(Passage.Suez, -1, 14), Closed(Passage.CapeOfGoodHope, -1), Closed(Passage.Panama, -1))!.ExtraDays, 6);
    }

    [Fact]
    public void A_leg_whose_time_does_not_fit_its_way_is_unknown()
    {
        Assert.Null(SeaLeg.Of(SmallSea.Network, SmallSea.East, SmallSea.West, 1));           // 42 knots
        Assert.Null(SeaLeg.Of(SmallSea.Network, SmallSea.East, SmallSea.West, 100));         // less than half a knot
        Assert.Null(SeaLeg.Of(SmallSea.Network, SmallSea.East, SmallSea.East, 10));
    }

    private static SeaVoyage? Under(params PassageClosure[] closed) => s_leg.Under(SeaClosures.Of(Snapshot.Of(closed)), s_leaves);

    private static PassageClosure Closed(Passage passage, double from, double? until = null) =>
        new(passage, s_leaves + Duration.FromDays(from), "MC", until is { } u ? s_leaves + Duration.FromDays(u) : null, "", "");
}
