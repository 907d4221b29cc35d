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
