using Homestretch.World;

namespace Homestretch.Walk.Running;

/// <summary>Who may plan maintenance, of which machines, and who learns what it is worth.</summary>
public sealed class ServiceTests(RestingCompany company)
{
    private const string Slot = "service?from=2035-03-01T06:00:00Z&to=2035-03-01T12:00:00Z";

    [Fact]
    public async Task A_maintenance_engineer_plans_it_anywhere_a_supplier_at_home_and_others_not_at_all()
    {
        RunningServer server = (await company.Begun()).Server;
        using Visitor marek = await Visitor.SignIn(server.Address, "marek"), sam = await Visitor.SignIn(server.Address, "sam"), wanda = await Visitor.SignIn(server.Address, "wanda");
        string row = "";
        for (int i = 0; i < 100 && !row.Contains("\"waiting_costs\"", StringComparison.Ordinal); i++)
        {
            row = await marek.Get("/api/v1/machines/WELD-01");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.Contains("\"waiting_costs\"", row, StringComparison.Ordinal);
        Assert.DoesNotContain("\"minor\"", row, StringComparison.Ordinal);          // money is not his to see
        Assert.StartsWith("200", await marek.Post($"/api/v1/machines/WIND-01/{Slot}", ""), StringComparison.Ordinal);

        string own = await sam.Get("/api/v1/machines/WELD-01");
        Assert.Contains("\"upkeep\":null", own, StringComparison.Ordinal);
        Assert.Contains("\"slots\":[]", own, StringComparison.Ordinal);
        Assert.StartsWith("200", await sam.Post($"/api/v1/machines/WELD-01/{Slot}", ""), StringComparison.Ordinal);
        // of another's machine as of none
        Assert.Equal((await sam.Post($"/api/v1/machines/NONE/{Slot}", "")).Replace("NONE", "WIND-01", StringComparison.Ordinal), await sam.Post($"/api/v1/machines/WIND-01/{Slot}", ""));
        Assert.Contains("\"role\"", await wanda.Post($"/api/v1/machines/WELD-01/{Slot}", ""), StringComparison.Ordinal);
        Snapshot world = await server.World();
        Assert.Equal(["SVC-WELD-01-20350301T0600", "SVC-WIND-01-20350301T0600"], world.Maintenance.Where(static m => m.Id.StartsWith("SVC-", StringComparison.Ordinal)).Select(static m => m.Id));
        Assert.Equal(["SONGBE", "BUKK"], world.Maintenance.Where(static m => m.Id.StartsWith("SVC-", StringComparison.Ordinal)).Select(static m => m.Party.Value));
    }
}
