using System.Net;
using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Edge.Tests.Running;

/// <summary>A hub that dies, and an edge that we play ourselves.</summary>
public sealed class HubKillTests
{
    [Fact]
    public async Task Watermarks_and_counts_outlive_a_hub_that_is_killed()
    {
        string folder = RunningServer.FreshFolder();
        string data;
        RunningServer server = await RealStart.Begin(folder);
        using (PlayedEdge edge = await PlayedEdge.Begin(server, "edge-1", "M1", "M Produced"))
        {
            await edge.Send(1, edge.Record(1, "Produced", 1), edge.Record(2, "Produced", 2));
            data = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
            await RunningServer.Until(() => edge.Row(), static r => r.GetProperty("records").GetInt64() == 2);
            await Task.Delay(2_500, TestContext.Current.CancellationToken); // counts are written every two seconds
            await server.Kill();
            await using RunningServer again = await RunningServer.Start(folder, "--urls", "http://127.0.0.1:0");
            again.As(data);
            edge.MoveTo(again);
            Assert.Equal((HttpStatusCode.Conflict, 2), (await edge.Send(1, edge.Record(4, "Produced", 4))) is var (status, body) ? (status, PlayedEdge.Watermark(body)) : default);
            Assert.Equal(3, PlayedEdge.Watermark((await edge.Send(1, edge.Record(2, "Produced", 2), edge.Record(3, "Produced", 3))).Body));
            Assert.Equal(3, (await edge.Row()).GetProperty("records").GetInt64());
            Assert.Equal("in-force", (await edge.Row()).GetProperty("contract_state").GetString());
        }
    }
}
