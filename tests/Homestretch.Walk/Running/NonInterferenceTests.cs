using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Running;

/// <summary>Whatever happens outside a supplier's slice, every byte that the supplier can obtain stays the same.</summary>
public sealed class NonInterferenceTests
{
    private const string Supplier = "SONGBE", Login = "sam";

    [Fact]
    public async Task Nothing_outside_a_suppliers_slice_reaches_any_byte_they_can_obtain()
    {
        await using RunningServer server = await RunningServer.Start(RunningServer.Situations);
        await server.LoadDemo();
        Snapshot world = await server.World();
        await Noticed(server);
        using Visitor sam = await Visitor.SignIn(server.Address, Login);
        SortedDictionary<string, string> before = await sam.Everything(world);
        Assert.Contains(before.Values, static v => v.StartsWith("200", StringComparison.Ordinal) && v.Contains("WELD-01", StringComparison.Ordinal));
        string refused = await sam.Post("/api/v1/changes", Foreign(world));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task hearing = Hear(sam, stop.Token);
        for (int i = 0; i < 200 && !Heard.EndsWith("\n\n", StringComparison.Ordinal); i++) await Task.Delay(50, stop.Token);
        string ready = Heard;
        Assert.Contains("event: ready", ready, StringComparison.Ordinal);

        var random = new Random(7);
        Snapshot now = world;
        for (int n = 0; n < 60; n++)
        {
            await server.Tell([.. Elsewhere(now, random, n)], $"elsewhere-{n}");
            if (n % 10 == 9) now = await server.World();    // the planner has placed and bought since
        }

        await Noticed(server);
        SortedDictionary<string, string> after = await sam.Everything(world);
        Assert.DoesNotContain("situation:", after["/api/v1/notices"], StringComparison.Ordinal);
        string[] changed = [.. after.Where(a => before[a.Key] != a.Value).Select(a => $"{a.Key}: {Difference(before[a.Key], a.Value)}")];
        Assert.True(changed.Length == 0, string.Join("\n", changed));
        Assert.Equal(refused, await sam.Post("/api/v1/changes", Foreign(world)));
        Assert.Equal(ready, Heard);

        Lot own = world.Lots.First(static l => l.Party.Value == Supplier && l.State == LotState.Making);
        await server.Tell([new WorldEvent.Put(own with { Ready = own.Ready + Duration.FromDays(3) })], "own");
        for (int i = 0; i < 50 && Heard.Length == ready.Length; i++) await Task.Delay(100, stop.Token);
        Assert.Contains(own.Id, Heard, StringComparison.Ordinal);
        Assert.NotEqual(before[$"/api/v1/lots/{own.Id}"], await sam.Get($"/api/v1/lots/{own.Id}"));
        await stop.CancelAsync();
        await hearing;
    }

    /// <summary>Waits until the company's own people have notices of situations: there is something to keep from suppliers.</summary>
    private static async Task Noticed(RunningServer server)
    {
        for (int i = 0; !(await server.Api.GetStringAsync("/api/v1/notices", TestContext.Current.CancellationToken)).Contains("situation:", StringComparison.Ordinal); i++)
        {
            Assert.True(i < 600, "No situation became a notice.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private readonly StringBuilder _heard = new();

    private string Heard
    {
        get { lock (_heard) return _heard.ToString(); }
    }

    /// <summary>Keeps what the stream of live notes says until it is stopped.</summary>
    private async Task Hear(Visitor sam, CancellationToken stop)
    {
        try
        {
            await using Stream live = await sam.Live(stop);
            var buffer = new byte[4096];
            while (await live.ReadAsync(buffer, stop) is > 0 and var n)
            {
                lock (_heard) _heard.Append(Encoding.UTF8.GetString(buffer, 0, n));
            }
        }
        catch (OperationCanceledException)
        {
            // heard enough
        }
    }

    /// <summary>A report on another supplier's lot: not Sam's to make, and refused without a word about the lot.</summary>
    private static string Foreign(Snapshot world)
    {
        Lot foreign = world.Lots.First(static l => l.Party.Value != Supplier);
        return Cli.Demo.Playing.ServerLink.Text([new WorldEvent.Put(foreign)]);
    }

    private static IEnumerable<WorldEvent> Elsewhere(Snapshot world, Random random, int n)
    {
        T Any<T>(IEnumerable<T> from) => from.ElementAt(random.Next(from.Count()));
        Duration days = Duration.FromDays(random.Next(1, 9));
        switch (n % 12)
        {
            case 0:
                OrderLine like = Any(world.OrderLines.Where(static o => o.Status == OrderStatus.Approved));
                yield return new WorldEvent.Put(like with { Key = new($"SO-NEW-{n}/1"), Quantity = random.Next(1, 40), Requested = like.Requested + days });
                break;
            case 1:
                Lot lot = Any(world.Lots.Where(static l => l.Party.Value != Supplier && l.State is LotState.Making or LotState.Planned && l.Party.Value != Supplier));
                yield return new WorldEvent.Put(lot with { Ready = lot.Ready + days });
                break;
            case 2:
                Machine machine = Any(world.Machines.Where(static m => m.Party.Value != Supplier));
                Instant since = world.OrderLines.Max(static o => o.Ordered);
                yield return new WorldEvent.Put(new MachineReport(machine.Key, machine.Party, MachineState.Down, since, "elsewhere", null, 5, 50, since));
                break;
            case 3:
                OrderLine sold = Any(world.OrderLines.Where(static o => o.Status == OrderStatus.Approved));
                yield return new WorldEvent.Put(sold with { Price = new Money(random.Next(1, 1_000_000), "USD"), Class = random.Next(1, 4) });
                break;
            case 4:
                Item item = Any(world.Items.Where(static i => i.Cost is not null));
                yield return new WorldEvent.Put(item with { Cost = new Money(random.Next(1, 100_000), item.Cost!.Value.Currency) });
                break;
            case 5:
                Stock stock = Any(world.Stock);
                yield return new WorldEvent.Put(stock with { Quantity = new(stock.Quantity.Value + 3, stock.Quantity.Unit) });
                break;
            case 6:
                OrderLine promised = Any(world.OrderLines.Where(static o => o.Status == OrderStatus.Approved));
                int version = 1 + world.Promises.StartingWith($"{promised.Key}|").Select(static p => p.Version).DefaultIfEmpty(0).Max();
                yield return new WorldEvent.Put(new Promise(promised.Key, version, promised.Party, promised.Requested + days, new(0.9), promised.Ordered, "dana", "elsewhere"));
                break;
            case 7:
                OrderLine cancelled = Any(world.OrderLines.Where(static o => o.Status == OrderStatus.Approved && !o.Id.StartsWith("SO-NEW", StringComparison.Ordinal)));
                yield return new WorldEvent.Put(cancelled with { Quantity = cancelled.Quantity + 1 });
                break;
            case 8:
                PurchaseOrderLine bought = Any(world.PurchaseOrderLines.Where(static p => p.Supplier.Value != Supplier && p.Status == OrderStatus.Approved || p.Supplier.Value != Supplier && p.Status == OrderStatus.Confirmed));
                yield return new WorldEvent.Put(bought with { Due = bought.Due + days });
                break;
            case 9:
                Machine served = Any(world.Machines.Where(static m => m.Party.Value != Supplier));
                Instant from = world.OrderLines.Max(static o => o.Ordered) + days;
                yield return new WorldEvent.Put(new Maintenance($"SVC-{n}", served.Party, served.Key, from, from + Duration.FromHours(6), OrderStatus.Approved, "service"));
                break;
            case 10:
                // what we weigh and whom we told what, of its own items too
                Item[] made = [.. world.Items.Where(i => world.ItemSuppliers.Any(s => s.Item == i.Key && s.Supplier.Value == Supplier))];
                Item known = Any(made), other = Any(world.Items.Where(i => i != known));
                yield return new WorldEvent.Put(new KnowHow(known.Key, known.Party, random.Next(1, 99), "elsewhere"));
                yield return new WorldEvent.Put(new ItemRelation(known.Key, other.Key, RelationKind.Recipe, known.Party, random.Next(1, 9)));
                yield return new WorldEvent.Put(new Inference(known.Key, other.Key, known.Party, new Share(random.NextDouble()), "elsewhere"));
                yield return new WorldEvent.Put(new Disclosure(other.Key, Supplier, DisclosureLevel.Envelope, $"elsewhere-{n}", world.OrderLines.Max(static o => o.Ordered), "", null, known.Party));
                yield return new WorldEvent.Put(world.Parties[Supplier] with { Owner = $"elsewhere-{n}" });
                break;
            default:
                Market market = Any(world.Markets);
                yield return new WorldEvent.Put(market with { OutboundP90Days = market.OutboundP90Days + 1 });
                break;
        }
    }

    private static string Difference(string a, string b)
    {
        int at = a.Zip(b).TakeWhile(static p => p.First == p.Second).Count();
        return $"...{a[Math.Max(0, at - 60)..Math.Min(a.Length, at + 60)]} -> ...{b[Math.Max(0, at - 60)..Math.Min(b.Length, at + 60)]}";
    }
}
