using System.Net;
using System.Net.Sockets;
using Homestretch.Edge.Contract;
using Homestretch.Edge.Forward;
using Xunit;

namespace Homestretch.Edge.Tests.Forward;

public sealed class HubLinkTests
{
    private const int Asked = 12_000;

    /// <summary>Once in a thousand times HttpClient lets a SocketException through that it should wrap: an edge died of it, and took in nothing more.</summary>
    [Fact]
    public async Task A_road_that_is_reset_as_soon_as_it_stands_is_a_hub_that_was_not_reached_every_time()
    {
        using var road = new TcpListener(IPAddress.Loopback, 0);
        road.Start();
        using var link = new HubLink(Config(((IPEndPoint)road.LocalEndpoint).Port), TimeProvider.System);
        Task resetting = Task.Run(() => Reset(road), TestContext.Current.CancellationToken);
        for (int i = 0; i < Asked; i++)
        {
            HubReply reply = await link.Post("api/v1/edge/status", new byte[1_000], "application/json", TestContext.Current.CancellationToken);
            Assert.Equal(0, reply.Status);
            Assert.NotEmpty(reply.Said);
        }
        road.Stop();
        await resetting;
    }

    [Fact]
    public async Task A_hub_that_says_nothing_is_given_up_in_stated_time()
    {
        using var road = new TcpListener(IPAddress.Loopback, 0);
        road.Start();
        using var link = new HubLink(Config(((IPEndPoint)road.LocalEndpoint).Port), TimeProvider.System);
        HubReply reply = await link.Post("api/v1/edge/status", [], "application/json", TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((0, "no answer within 1 s"), (reply.Status, reply.Said));
    }

    [Fact]
    public async Task What_comes_slowly_comes_whole_and_what_stops_half_way_is_given_up()
    {
        using var road = new TcpListener(IPAddress.Loopback, 0);
        road.Start();
        using var link = new HubLink(Config(((IPEndPoint)road.LocalEndpoint).Port), TimeProvider.System);
        Task<HubReply> slow = link.Get("api/v1/edge/documents/model/1", TestContext.Current.CancellationToken);
        using (Socket edge = await road.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
            await edge.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            foreach (byte b in "model"u8.ToArray())
            {
                await Task.Delay(400, TestContext.Current.CancellationToken);
                await edge.SendAsync(new[] { b }, TestContext.Current.CancellationToken);
            }
            // two seconds, with a patience of one
            Assert.Equal("model", System.Text.Encoding.UTF8.GetString((await slow).Body));
        }
        Task<HubReply> half = link.Get("api/v1/edge/documents/model/1", TestContext.Current.CancellationToken);
        using Socket stops = await road.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await stops.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nmo"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal((0, "no answer within 1 s"), (await half.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)) is var reply ? (reply.Status, reply.Said) : default);
    }

    private static void Reset(TcpListener road)
    {
        try
        {
            while (true)
            {
                using Socket edge = road.AcceptSocket();
                edge.LingerState = new(true, 0);
            }
        }
        catch (SocketException)
        {
            // it listens no more
        }
    }

    private static EdgeConfig Config(int port) => new("SONGBE/edge-1", "", new(new Uri($"http://127.0.0.1:{port}/"), "secret", "", "", TimeSpan.FromSeconds(1)), "", 1 << 20, 10, 1 << 20, 1, ReportRules.Default, []);
}
