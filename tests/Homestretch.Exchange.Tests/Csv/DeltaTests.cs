using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Exchange.Tests.Csv;

public sealed class DeltaTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();
    private const string Head = "order_line,party,customer,family,quantity,market,options,hub,ordered,requested,status\n";
    private const string Changed = "SO-1/1,MC,C1,C1,3,UK,battery=500Wh,GVL,2026-11-24T09:00:00Z,2026-12-30T09:00:00+01:00,approved\n";
    private const string Added = "SO-2/1,MC,C1,C1,1,UK,,GVL,2026-11-25T09:00:00Z,2026-12-30T09:00:00Z,\n";

    [Fact]
    public void A_row_makes_or_replaces_its_record_by_key()
    {
        var (applied, events) = DryRun("order_lines-monday.csv", Head + Changed + Added);
        Assert.Empty(applied.Findings);
        Assert.Equal(2, events.Count);
        Assert.Equal([("SO-1/1", 3), ("SO-2/1", 1)], applied.World.OrderLines.Select(static o => (o.Key.Value, o.Quantity)));
    }

    [Fact]
    public void An_absent_row_is_never_a_deletion()
    {
        var (applied, _) = DryRun("order_lines.csv", Head + Added);
        Assert.NotNull(applied.World.OrderLines.Find("SO-1/1"));
        Assert.True(DryRun("order_lines.csv", Head).Applied.World.SameAs(s_world));
        Assert.True(DryRun("order_lines.csv", "").Applied.World.SameAs(s_world));
    }

    [Fact]
    public void The_same_delta_twice_changes_nothing_the_second_time()
    {
        var (events, findings) = CompanyFolder.ReadDelta("order_lines.csv", Encoding.UTF8.GetBytes(Head + Changed + Added));
        Assert.Empty(findings);
        Applied once = s_world.Apply(events), twice = once.World.Apply(events);
        Assert.Equal(2, once.Touched.Count);
        Assert.Empty(twice.Touched);
        Assert.Same(once.World, twice.World);
    }

    [Fact]
    public void A_line_is_cancelled_by_its_status()
    {
        var (applied, _) = DryRun("order_lines.csv", Head + Changed.Replace("approved", "cancelled", StringComparison.Ordinal));
        Assert.Empty(applied.Findings);
        Assert.Equal(OrderStatus.Cancelled, applied.World.The<OrderLine>().Status);
    }

    [Theory]
    [InlineData("SO-1/1,MC,C1,C1,0,UK,battery=500Wh,GVL,2026-11-24T09:00:00Z,2026-12-30T09:00:00Z,approved", "quantity", "quantity")]
    [InlineData("SO-2/1,MC,C1,C1,1,FR,,GVL,2026-11-24T09:00:00Z,2026-12-30T09:00:00Z,approved", "market", "unknown-key")]
    [InlineData("SO-2/1,MC,C1,C1,1,UK,,GVL,2026-11-24T09:00:00,2026-12-30T09:00:00Z,approved", "ordered", "date-and-time-with-offset")]
    [InlineData("SO-2/1,MC,C1,C1,1,UK,battery:500,GVL,2026-11-24T09:00:00Z,2026-12-30T09:00:00Z,approved", "options", "choices")]
    public void One_bad_row_and_nothing_of_the_file_is_applied(string row, string column, string rule)
    {
        var (applied, _) = DryRun("order_lines.csv", Head + "\n" + Added.Replace("SO-2/1", "SO-3/1", StringComparison.Ordinal) + row + "\n");
        Finding finding = Assert.Single(applied.Findings);
        Assert.Equal((new Place("order_lines.csv", 4, column), rule), (finding.Place, finding.Rule));
        Assert.Same(s_world, applied.World);
        Assert.Empty(applied.Touched);
    }

    [Fact]
    public void A_key_twice_in_one_delta_is_an_error()
    {
        var (events, findings) = CompanyFolder.ReadDelta("order_lines.csv", Encoding.UTF8.GetBytes(Head + Added + Added));
        Assert.Empty(events);
        Assert.Equal(("duplicate-key", "'SO-2/1' stands already at order_lines.csv:2."), (Assert.Single(findings).Rule, findings[0].What));
    }

    [Fact]
    public void A_transition_that_is_forbidden_is_found_on_its_row()
    {
        Snapshot closed = s_world.Apply([new WorldEvent.Put(s_world.The<OrderLine>() with { Status = OrderStatus.Closed })]).World;
        Finding finding = Assert.Single(CompanyFolder.DryRun(closed, "order_lines.csv", Encoding.UTF8.GetBytes(Head + Added + Changed)).Applied.Findings);
        Assert.Equal(("order_lines.csv:3", "ended-stays-ended"), (finding.Place.ToString(), finding.Rule));
    }

    private static (Applied Applied, IReadOnlyList<WorldEvent> Events) DryRun(string name, string text) =>
        CompanyFolder.DryRun(s_world, name, Encoding.UTF8.GetBytes(text));
}
