using CsCheck;
using Homestretch.Arrivals.Sea;
using Homestretch.Exchange.Sea;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Arrivals.Sea;

public sealed class SeaNetworkTests
{
    private static readonly SeaNetwork s_world = SeaAtlas.World;

    /// <summary>Reference figures for this network, of Shanghai's deep-sea terminal: 10,531 and 13,496 to Rotterdam, 5,767 to Los Angeles (docs/sea.md).</summary>
    [Theory]
    [InlineData("CNYAN", "NLRTM", "", 10_531, "Malacca, Bab el-Mandeb, Suez and Gibraltar")]
    [InlineData("CNYAN", "NLRTM", "Suez", 13_496, "Panama")]
    [InlineData("CNYAN", "USLAX", "", 5_767, "the open sea")]
    public void Distances_agree_with_the_reference_within_a_thousandth(string from, string to, string closed, double reference, string by)
    {
        SeaRoute route = s_world.Route(s_world.Port(from)!, s_world.Port(to)!, Closed(closed))!;
        Assert.InRange(route.Miles, reference * 0.999, reference * 1.001);
        Assert.Equal(by, Passages.NameOf([.. route.Passed.Select(static p => p.Passage)]));
    }

    [Fact]
    public void With_Suez_and_Panama_closed_ships_go_by_the_Cape()
    {
        SeaRoute route = s_world.Route(s_world.Port("CNYAN")!, s_world.Port("NLRTM")!, Closed("Suez Panama"))!;
        Assert.Equal([Passage.Sunda, Passage.CapeOfGoodHope], route.Passed.Select(static p => p.Passage));
        Assert.Equal(13_860, route.Miles, 1.0);
    }

    [Fact]
    public void A_port_behind_a_closed_strait_is_out_of_reach() => Assert.Null(s_world.Route(s_world.Port("ROCND")!, s_world.Port("NLRTM")!, Closed("Bosporus")));

    [Fact]
    public void Shortest_ways_are_those_that_trying_every_stretch_again_and_again_finds() => Gen.Int.Sample(static seed =>
    {
        var random = new Random(seed);
        SeaStretch[] stretches = [.. Enumerable.Range(0, 14).Select(_ => (A: random.Next(6), B: random.Next(6))).Where(static s => s.A != s.B)
            .Select(s => new SeaStretch(s.A, s.B, random.Next(1, 900_000), random.Next(3) switch { 0 => Passage.Suez, 1 => Passage.Panama, _ => null }))];
        SeaNetwork sea = SmallSea.Of(stretches);
        PassageSet closed = random.Next(3) switch { 0 => Closed("Suez"), 1 => Closed("Suez Panama"), _ => default };
        long[] miles = [long.MaxValue / 2, long.MaxValue / 2, long.MaxValue / 2, long.MaxValue / 2, long.MaxValue / 2, 0];
        for (int turn = 0; turn < 6; turn++)
            foreach (SeaStretch s in stretches.Where(s => s.Passage is not { } p || !closed.Has(p)))
                (miles[s.A], miles[s.B]) = (Math.Min(miles[s.A], miles[s.B] + s.MilliMiles), Math.Min(miles[s.B], miles[s.A] + s.MilliMiles));
        SeaRoute? route = sea.Route(sea.Port("EAEST")!, sea.Port("WEWST")!, closed);
        Assert.Equal(miles[0] < long.MaxValue / 2 ? miles[0] / 1000.0 : null, route?.Miles);
        Assert.Equal(route, sea.Route(sea.Port("EAEST")!, sea.Port("WEWST")!, closed), static (a, b) => a?.Miles == b?.Miles);
    }, iter: 300);

    [Fact]
    public void A_network_reads_back_from_its_bytes_as_it_was()
    {
        byte[] bytes = SeaNetworkBytes.Write(s_world.Points, s_world.Stretches, [.. s_world.Ports], "the same");
        SeaNetwork read = SeaNetworkBytes.Read(bytes).Network!;
        Assert.Equal(s_world.Points, read.Points);
        Assert.Equal(s_world.Stretches, read.Stretches);
        Assert.Equal(s_world.Ports, read.Ports);
    }

    [Fact]
    public void Bytes_that_are_no_network_are_findings_and_never_an_exception()
    {
        byte[] good = SeaNetworkBytes.Write(SmallSea.Network.Points, SmallSea.Network.Stretches, [.. SmallSea.Network.Ports], "small");
        Assert.NotNull(SeaNetworkBytes.Read(good).Network);
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            byte[] bytes = random.Next(2) == 0 ? [.. good.Take(random.Next(good.Length))] : [.. good];
            for (int n = random.Next(4); n > 0 && bytes.Length > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var (network, findings) = SeaNetworkBytes.Read(bytes);
            Assert.True(network is null == findings.Count > 0);
        }, iter: 2_000);
    }

    private static PassageSet Closed(string names) => PassageSet.Of([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Passage>)]);
}
