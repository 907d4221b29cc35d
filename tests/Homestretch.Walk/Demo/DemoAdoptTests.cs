using System.CommandLine;
using Homestretch.Cli.Buffering;
using Homestretch.Cli.Cutting;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Studying;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

/// <summary>The demonstration's study adopted: what the planner then buys agrees with the design.</summary>
public sealed class DemoAdoptTests : IDisposable
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_now, DemoCompany.DefaultSeed));
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-adopt-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_the_planner_buys_after_adopting_comes_from_whom_the_design_says()
    {
        // the candidate for batteries gets a site, so that a lane can begin there, and all of the smallest
        Snapshot sited = s_world.Apply([new WorldEvent.Put(new Site("SALUDA-1", "SALUDA", "Saluda", SiteKind.Plant, "", "US", "America/New_York", null, null)),
            .. s_world.StudySources.Where(static s => s.Supplier?.Value == "SALUDA").Select(static s => new WorldEvent.Put(s with { Site = (Key<Site>)"SALUDA-1" }))]).World;
        StudyCase study = Studies.Of(sited, "CUT-1", s_now).Case!;
        SourcingStudy own = study.Sourcing with { Sources = [.. study.Sourcing.Sources.Where(static s => s.Stage != "BAT-400" || s.Party == "SALUDA")] };
        Configuration design = Configuring.Of(own, study.Policy, study.Limits, null, null, TestContext.Current.CancellationToken).Configuration!;
        Adoption adoption = Studies.Adopt(sited, study, design);
        Applied applied = sited.Apply(adoption.Events);
        Assert.Empty(applied.Findings);
        Assert.Contains(adoption.Ways, static w => w is { Supplier.Value: "SALUDA", NewLane: true });
        Assert.Contains(applied.World.Lanes, static l => l.From.Value == "SALUDA-1");

        Dictionary<(string, string), string[]> chosen = adoption.Ways.GroupBy(static w => (w.Item.Value, w.Hub.Value)).ToDictionary(static g => g.Key, static g => g.Select(static w => w.Supplier.Value).ToArray());
        // with nothing bought or planned yet, all that its orders need is to be bought
        Snapshot bare = Snapshot.Of(DemoCompany.Make(s_now, DemoCompany.DefaultSeed).Where(static r => r is not (Stock or Lot or LotDelay or PurchaseOrderLine or Peg or Build or Shipment or Milestone or ProductionRun or Pin or Promise or Expectation or Decision or WorkTask)));
        applied = bare.Apply([.. sited.StudySources.Where(static s => s.Site?.Value == "SALUDA-1").Select(static s => new WorldEvent.Put(s)), new WorldEvent.Put(sited.Sites["SALUDA-1"]), .. adoption.Events]);
        Assert.Empty(applied.Findings);
        Proposal proposal = Plan.Propose(applied.World, s_now, new PlanPolicy { Samples = 64 });
        PurchaseOrderLine[] planned = [.. proposal.Events.OfType<WorldEvent.Put>().Select(static e => e.Record).OfType<PurchaseOrderLine>().Where(static p => p.Status == OrderStatus.Proposed)];
        PurchaseOrderLine[] ours = [.. planned.Where(p => chosen.ContainsKey((p.Item.Value, applied.World.Lanes[p.Lane].To.Value)))];
        Assert.True(ours.Length > 20, $"{ours.Length} of {planned.Length} purchases");
        Assert.All(ours, p => Assert.Contains(p.Supplier.Value, chosen[(p.Item.Value, applied.World.Lanes[p.Lane].To.Value)]));
        Assert.Contains(ours, static p => p.Supplier.Value == "SALUDA");
    }

    [Fact]
    public void The_command_tells_for_review_and_writes_only_where_it_is_told_to()
    {
        Folder.Write(s_world, _folder);
        using StringWriter to = new(), error = new();
        Assert.Equal(0, AdoptCommand.Run(AdoptCommand.Build().Parse([_folder]), to, error));
        Assert.Contains("not written, --out FOLDER writes it", to.ToString(), StringComparison.Ordinal);
        Assert.Equal(s_world.ItemSuppliers, Folder.Read(_folder)!.ItemSuppliers);
        string target = Path.Combine(_folder, "adopted");
        Assert.Equal(0, AdoptCommand.Run(AdoptCommand.Build().Parse([_folder, "CUT-1", "--json", "--out", target]), to, error));
        Snapshot written = Folder.Read(target)!;
        Assert.Equal(s_world.ItemSuppliers.Count, written.ItemSuppliers.Count);
        Assert.Equal(s_world.OrderLines, written.OrderLines);
        Assert.Equal(2, AdoptCommand.Run(AdoptCommand.Build().Parse([_folder, "CUT-9"]), to, error));
    }

    [Fact]
    public void A_design_is_kept_opened_and_adopted_with_its_business_case()
    {
        Folder.Write(s_world, _folder);
        Assert.StartsWith("CUT-1-1: ", Ran(0, KeepCommand.Build(), KeepCommand.Run, "--name", "Within limits", "--note", "Sample: nearer to who rides them", "--by", "olga"), StringComparison.Ordinal);
        Assert.StartsWith("CUT-1-2: ", Ran(0, KeepCommand.Build(), KeepCommand.Run, "--name", "Cheapest", "--without-limits"), StringComparison.Ordinal);
        string opened = Ran(0, DesignsCommand.Build(), DesignsCommand.Run, "CUT-1-1");
        Assert.Contains("22,002,841 a year by the records of now, 22,002,841 when it was kept within country-exposure=0.2; country-share=0.5", opened, StringComparison.Ordinal);
        Assert.Contains("2 designs", Ran(0, DesignsCommand.Build(), DesignsCommand.Run), StringComparison.Ordinal);
        string target = Path.Combine(_folder, "adopted");
        Assert.Contains("a design of 22,002,841 a year", Ran(0, AdoptCommand.Build(), AdoptCommand.Run, "--design", "CUT-1-1", "--by", "ada", "--out", target), StringComparison.Ordinal);
        Snapshot adopted = Folder.Read(target)!;
        Assert.Equal("ada", adopted.Designs["CUT-1-1"].AdoptedBy);
        Assert.True(adopted.StockTargets.Count > 50);
        using (StringWriter bought = new())
        {
            string stocked = Path.Combine(_folder, "stocked");
            Assert.Equal(0, RestockCommand.Run(RestockCommand.Build().Parse([target, "--at", "2026-11-24T09:00:00Z", "--out", stocked]), bought));
            Assert.Contains($"of {adopted.StockTargets.Count} stocks are below their targets", bought.ToString(), StringComparison.Ordinal);
            Assert.Empty(Restocking.Due(Folder.Read(stocked)!, s_now));
        }
        Assert.Contains("Adopted without a business case.", Ran(2, AdoptCommand.Build(), AdoptCommand.Run, "--design", "CUT-1-2"), StringComparison.Ordinal);

        string Ran(int code, Command command, Func<ParseResult, TextWriter, TextWriter, int> run, params string[] more)
        {
            using StringWriter to = new(), error = new();
            Assert.Equal(code, run(command.Parse([_folder, .. more]), to, error));
            return $"{to}{error}";
        }
    }
}
