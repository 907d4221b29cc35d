using System.Text.Json;
using Homestretch.World;

namespace Homestretch.Walk.Running;

/// <summary>EPCIS events over HTTP, by a supplier who sees its own slice.</summary>
public sealed class CaptureTests(RestingCompany company)
{
    private const string Supplier = "SONGBE", Login = "sam", Capture = "/api/v1/epcis/capture";

    [Fact]
    public async Task A_supplier_tells_by_EPCIS_of_its_own_lots_and_learns_nothing_of_others()
    {
        RunningServer server = (await company.Begun()).Server;
        Snapshot world = await server.World();
        string now = JsonDocument.Parse(await server.Api.GetStringAsync("/api/v1/clock", TestContext.Current.CancellationToken)).RootElement.GetProperty("now").GetString()!;
        Lot own = world.Lots.First(static l => l is { Party.Value: Supplier, State: LotState.Making, PurchaseOrderLine: not null }), foreign = world.Lots.First(static l => l.Party.Value != Supplier);
        using Visitor sam = await Visitor.SignIn(server.Address, Login);

        string told = await sam.Post(Capture, Commissioned(own.Id, now));
        Assert.StartsWith("200", told, StringComparison.Ordinal);
        Assert.Equal(LotState.Made, (await server.World()).Lots.Find(own.Id)!.State);
        Assert.Contains("\"changes\":0", await sam.Post(Capture, Commissioned(own.Id, now)), StringComparison.Ordinal);

        string refused = await sam.Post(Capture, Commissioned(foreign.Id, now));
        Assert.StartsWith("422", refused, StringComparison.Ordinal);
        Assert.Contains("epcis-unknown", refused, StringComparison.Ordinal);
        Assert.Equal(refused.Replace(foreign.Id, "THE-LOT", StringComparison.Ordinal), (await sam.Post(Capture, Commissioned("NO-SUCH", now))).Replace("NO-SUCH", "THE-LOT", StringComparison.Ordinal));
        Assert.Equal(foreign.State, (await server.World()).Lots.Find(foreign.Id)!.State);
    }

    private static string Commissioned(string lot, string at) =>
        $$$"""{"type":"EPCISDocument","schemaVersion":"2.0","epcisBody":{"eventList":[{"type":"ObjectEvent","eventTime":"{{{at}}}","action":"ADD","bizStep":"commissioning","epcList":["https://id.example.org/lot/{{{Uri.EscapeDataString(lot)}}}"]}]}}""";
}
