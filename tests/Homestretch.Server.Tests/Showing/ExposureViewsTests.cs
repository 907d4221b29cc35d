using Homestretch.Exposure;
using Homestretch.Server.Seeing;
using Homestretch.Server.Tests.Running;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Showing;

/// <summary>Reports are remembered while nothing that makes them has changed, and never longer.</summary>
public sealed class ExposureViewsTests
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 3, 2, 6, 0);

    /// <summary>Of the demonstration company without its lots, and with a party in another country that nobody buys from yet.</summary>
    private static readonly Snapshot s_world = Snapshot.Of([.. TableKind.All.Where(static k => k.Name is not ("lots" or "production_runs" or "pegs")).SelectMany(DemoFolder.World.Records), new Party("TYGES", "Tyges Packaging", PartyKind.Supplier, "MX")]);

    [Fact]
    public void Whoever_could_copy_it_alone_is_named()
    {
        Snapshot told = Snapshot.Of([.. TableKind.All.SelectMany(s_world.Records), .. s_world.Items.Select(static i => new Disclosure(i.Key, "SONGBE", DisclosureLevel.Process, "ALL", s_now, "NDA-1", null, "MERIDIAN"))]);
        Assert.Null(ExposureViews.Of(s_world, s_now).Fewest);
        ExposureView view = ExposureViews.Of(told, s_now);
        Assert.Equal(["SONGBE"], view.Fewest);
        Assert.Equal(0, view.Home, 1e-12);
        Assert.Null(ExposureViews.Of(told, s_now - Duration.FromSeconds(1)).Fewest);       // only planned a second before
        Assert.Equal(["SONGBE"], ExposureViews.Of(told, s_now - Duration.FromSeconds(1)).FewestPlanned);
    }

    /// <summary>The new maker stands where the old one stood and makes the same: only its country is another.</summary>
    [Fact]
    public void Another_maker_with_the_same_knowledge_is_another_answer()
    {
        ExposureView before = ExposureViews.Of(s_world, s_now);
        Assert.Equal(before.Parties, ExposureViews.Of(s_world, s_now).Parties, static (a, b) => a.Party == b.Party && a.Planned == b.Planned);
        ItemSupplier[] tyger = [.. s_world.ItemSuppliers.Where(static s => s.Supplier == "TYGER")];
        Snapshot after = World(s_world, [.. tyger.Select(static s => new WorldEvent.Removed(TableKind.Named("item_suppliers")!, s.Id, "moved")), .. tyger.Select(static s => new WorldEvent.Put(s with { Supplier = "TYGES" }))]);
        Assert.Same(s_world.Disclosures, after.Disclosures);
        ExposureView then = ExposureViews.Of(after, s_now);
        Assert.Equal(Members(Fresh(after)), Members(then));
        Assert.NotEqual(Members(before), Members(then));
    }

    [Fact]
    public void Another_weight_is_another_answer()
    {
        ExposureView before = ExposureViews.Of(s_world, s_now);
        Snapshot after = World(s_world, [new WorldEvent.Put(s_world.KnowHow.First() with { Weight = 500 })]);
        Assert.Same(s_world.Disclosures, after.Disclosures);
        Assert.NotEqual(before.Home, ExposureViews.Of(after, s_now).Home);
        Assert.Equal(Fresh(after).Home, ExposureViews.Of(after, s_now).Home);
    }

    /// <summary>The same world with tables of its own, of which nothing is remembered.</summary>
    private static ExposureView Fresh(Snapshot world) => ExposureViews.Of(Snapshot.Of([.. TableKind.All.SelectMany(world.Records)]), s_now);

    private static IEnumerable<string> Members(ExposureView view) => view.Groups.Where(static g => g.Kind == CoalitionKind.Country).Select(static g => $"{g.Name}: {string.Join(' ', g.Members)}").Order(StringComparer.Ordinal);

    private static Snapshot World(Snapshot before, IReadOnlyList<WorldEvent> events)
    {
        Applied applied = before.Apply(events);
        Assert.True(applied.Accepted, string.Join('\n', applied.Findings.Take(3)));
        return applied.World;
    }
}
