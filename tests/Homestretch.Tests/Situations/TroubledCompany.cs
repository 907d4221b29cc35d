using Homestretch.Promising;
using Homestretch.Tests.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Situations;

/// <summary>A random company in which things have gone wrong since its promises were given, with ways out: lanes by air, stock at both hubs, prices, costs and lines that may work longer.</summary>
internal static class TroubledCompany
{
    public static Snapshot Of(int seed)
    {
        var company = new RandomCompany(seed);
        Snapshot world = Put(company.World, [.. Ways(company.World)]);
        company.World = world;
        for (int n = 0; n < 14; n++)
        {
            Applied applied = company.World.Apply(company.Change(Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy)));
            if (applied.Accepted) company.World = applied.World;
        }
        var random = new Random(seed);
        // the first promises were given when all looked better than it does
        Plan plan = Plan.Make(company.World, RandomCompany.T, RandomCompany.Policy);
        return Put(company.World, [.. plan.Forecasts.OfType<Forecast.Dated>().Where(d => d.Promise is not null && random.Next(3) > 0)
            .Select(d => d.Promise! with { Version = d.Promise.Version + 1, Date = d.Dates.P50 - Duration.FromHours(random.Next(60)), Confidence = new(0.9) })]);
    }

    /// <summary>The same with light frames, forks and motors that few have, and customers who were asked about other options, agreed, refused, or were never asked.</summary>
    public static Snapshot WithOffers(int seed)
    {
        Snapshot world = Of(seed);
        var random = new Random(seed);
        foreach (var (position, feature) in (ReadOnlySpan<(string, string)>)[("00", "frame"), ("01", "fork"), ("02", "motor")])
        {
            Item usual = world.Items[world.BomLines[$"BIKE|{position}"].Item] with { Cost = feature == "fork" ? null : new Money(40_000, "USD") }, light = usual with { Key = $"{usual.Key}-L", Name = $"light {feature}", Cost = new Money(30_000 + random.Next(25_000), "USD") };
            world = Put(world,
            [
                usual, light, new ProductOption("BIKE", feature, "usual", "MC", "", true), new ProductOption("BIKE", feature, "light", "MC", light.Name, true),
                world.BomLines[$"BIKE|{position}"] with { When = Condition.Parse($"!{feature}=light").Value! }, new BomLine("BIKE", $"{position}.L", light.Key, "MC", new(1, "EA"), Condition.Parse($"{feature}=light").Value!, null, null),
                .. ((string[])["H1", "H2"]).Select(h => new Stock(h, light.Key, "", "", "MC", new(random.Next(12), "EA"), StockStatus.Available)),
                .. world.OrderLines.Select(o => o with { Options = o.Options.With(feature, "usual") }),
            ]);
        }
        return Put(world, [.. world.ProductOptions.Select(static o => o with { AskInstead = true }), .. world.OrderLines.Where(Needs.Open).SelectMany(o => Offers(o, random))]);
    }

    private static IEnumerable<IRecord> Offers(OrderLine order, Random random)
    {
        foreach (var (feature, option) in ((string, string)[])[("frame", "light"), ("fork", "light"), ("motor", "light"), ("rack", order.Options["rack"] == "yes" ? "no" : "yes")])
            if (random.Next(2) == 0) yield return new OptionOffer($"OFFER-{order.Key}-{feature}", "MC", order.Key, feature, option, random.Next(2) == 0 ? new Money(random.Next(9_000), "USD") : null, random.Next(4) > 0 ? OfferState.Agreed : (OfferState)random.Next(4), RandomCompany.T, "");
    }

    private static IEnumerable<IRecord> Ways(Snapshot world)
    {
        foreach (OrderLine o in world.OrderLines) yield return o with { Price = new Money(250_000 * o.Quantity, "USD"), Ship = o.Quantity > 1 ? ShipComplete.Partial : ShipComplete.Whole };
        foreach (AssemblyLine l in world.AssemblyLines) yield return l with { OvertimePerHour = new Money(20_000, "USD") };
        foreach (Lane lane in world.Lanes)
        {
            yield return lane with { Key = $"{lane.Key}-AIR", Name = $"{lane.Name} by air" };
            yield return new LaneStep($"{lane.Key}-AIR", 1, "MC", StepKind.Leg, Mode.Air, null, lane.To, 2, 3, null, null);
            foreach (Item item in world.Items.Where(static i => i.Kind == ItemKind.SubAssembly))
            {
                yield return new FreightRate(lane.Key, item.Key, "MC", new Money(100, "USD"), 50);
                yield return new FreightRate($"{lane.Key}-AIR", item.Key, "MC", new Money(1_500, "USD"), 90);
            }
        }
        foreach (Document d in world.Documents) yield return d with { RenewalDays = 2, RenewalCost = new Money(30_000, "USD"), RenewalExpected = null };
        foreach (MachineReport r in world.MachineReports) yield return r with { RemainingP10Hours = 4, RemainingP50Hours = 11 };
        foreach (ItemSupplier s in world.ItemSuppliers.Where(static s => s.Supplier == "S1")) yield return s with { Supplier = "S2", Lane = s.Lane.Value.Replace("S1", "S2", StringComparison.Ordinal), LeadDays = 2, Minimum = 1, Multiple = 1, Priority = 3 };
        yield return new Lane("H1-H2", "MC", "H1 to H2", "H1", "H2");
        yield return new LaneStep("H1-H2", 1, "MC", StepKind.Leg, Mode.Road, null, "H2", 1, 2, null, null);
        foreach (Item item in world.Items.Where(static i => i.Kind == ItemKind.SubAssembly))
        {
            yield return new FreightRate("H1-H2", item.Key, "MC", new Money(300, "USD"), 20);
            yield return new Stock("H1", item.Key, "", "SPARE", "MC", new(6, item.Unit), StockStatus.Available);
        }
    }

    private static Snapshot Put(Snapshot world, IReadOnlyList<IRecord> records)
    {
        Applied applied = world.Apply([.. records.Select(static r => new WorldEvent.Put(r))]);
        return applied.Accepted ? applied.World : throw new InvalidOperationException(string.Join("\n", applied.Findings));
    }
}
