using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Buffering;

/// <summary>A supply network made from a seed, to compare ways of setting buffers on: one hub, 6 to 10 lanes, 10 to 24 positions of which a third come in two variants, costs that differ a hundredfold.</summary>
/// <remarks>Ranges are chosen around the demonstration company's lanes (P50 of 2 to 45 days, P90 a sixth to a half above, ocean loadings of 0 to 0.6); nothing of it is measured.</remarks>
internal sealed class SeededNetwork(int seed, Instant start)
{
    private const string Own = "BRAND", Hub = "HUB", Family = "UNIT";
    private readonly Draws _draws = new((ulong)seed);
    private ulong _drawn;

    public Snapshot Make()
    {
        int lanes = Whole(6, 10), positions = Whole(10, 24), features = 0;
        var records = new List<IRecord>
        {
            new Party(Own, "Brand", PartyKind.Brand, "US"), new Party("CUST", "Customer", PartyKind.Customer, ""), new Party("SUP", "Supplier", PartyKind.Supplier, "TW"),
            new Site(Hub, Own, "Hub", SiteKind.Hub, "", "US", "Etc/UTC", null, null), new Site("PLANT", "SUP", "Plant", SiteKind.Plant, "", "TW", "Etc/UTC", null, null),
            new Item(Family, Own, "Unit", ItemKind.Family, "", "EA", 1, null), new Market("US", Own, "United States", "US", 120, "B", "en-US", 2, 3),
            new AssemblyLine("LINE", Own, Hub, "Line", "always"), new Routing(Family, "LINE", Own, 30, 1),
        };
        for (int l = 0; l < lanes; l++) records.AddRange(LaneOf(l, sea: l < lanes * 2 / 3));
        for (int p = 0; p < positions; p++)
        {
            bool two = Uniform() < 1 / 3.0;
            if (!two)
            {
                records.AddRange(PartOf($"P{p:00}", p, lanes, Condition.Always));
                continue;
            }
            string feature = $"f{features++}";
            foreach (string option in (string[])["a", "b"])
            {
                records.Add(new ProductOption(Family, feature, option, Own, option));
                records.AddRange(PartOf($"P{p:00}{option}", p, lanes, Condition.Parse($"{feature}={option}").Value!));
            }
        }
        double[] likely = [.. Enumerable.Range(0, features).Select(_ => 0.5 + 0.4 * Uniform())];
        for (int o = 0; o < 40; o++)
        {
            string choices = string.Join("; ", Enumerable.Range(0, features).Select(f => $"f{f}={(Uniform() < likely[f] ? "a" : "b")}"));
            records.Add(new OrderLine($"SO-{o:00}", Own, "CUST", Family, Whole(1, 6), "US", Choices.Parse(choices).Value!, Hub, start, start + Duration.FromDays(200), 2, null, ShipComplete.Whole, OrderStatus.Approved));
        }
        Applied made = Snapshot.Empty.Apply([.. records.Select(static r => new WorldEvent.Put(r))]);
        return made.Accepted ? made.World : throw new InvalidOperationException($"Network {seed} is no world: {made.Findings[0]}.\nMaybe a record has a new rule.");
    }

    /// <summary>A sea lane waits for a weekly sailing and follows an ocean factor and, some, a port's; a road lane follows none.</summary>
    private IEnumerable<IRecord> LaneOf(int l, bool sea)
    {
        string lane = $"L{l}";
        yield return new Lane(lane, Own, lane, "PLANT", Hub);
        decimal p50 = Math.Round((decimal)(sea ? Between(14, 38) : Between(2, 9)), 1), p90 = Math.Round(p50 * (decimal)Between(1.17, 1.5), 1);
        if (sea) yield return new LaneStep(lane, 1, Own, StepKind.Wait, Mode.None, null, "PLANT", 3.5m, 6.3m, null, 7);
        yield return new LaneStep(lane, 2, Own, StepKind.Leg, sea ? Mode.Sea : Mode.Road, null, Hub, p50, p90, null, null);
        yield return new LaneStep(lane, 3, Own, StepKind.Customs, Mode.None, null, Hub, 1m, Math.Round((decimal)Between(1.5, 4), 1), 0.6m, null);
        if (!sea) yield break;
        yield return new Loading(lane, 2, "ocean", Own, Math.Round((decimal)Between(0.1, 0.6), 2));
        if (Uniform() < 0.5) yield return new Loading(lane, 3, $"port {Whole(1, 2)}", Own, Math.Round((decimal)Between(0.2, 0.7), 2));
    }

    private IEnumerable<IRecord> PartOf(string item, int position, int lanes, Condition when)
    {
        double score = _draws.Normal(1, (int)_drawn++);
        yield return new Item(item, Own, item, ItemKind.SubAssembly, $"position {position}", "EA", 1, new Money((long)Math.Round(4_000 * Math.Exp(1.1 * score)), "USD"));
        yield return new BomLine(Family, $"{position:000}.{item}", item, Own, new(Uniform() < 0.1 ? 2 : 1, "EA"), when, null, null);
        yield return new ItemSupplier(item, "SUP", Own, $"L{Whole(0, lanes - 1)}", Whole(7, 21), 1, 1, null, 0, 0, 1, null, null);
    }

    private double Uniform() => _draws.Uniform(0, (int)_drawn++);
    private double Between(double low, double high) => low + (high - low) * Uniform();
    private int Whole(int low, int high) => low + (int)(Uniform() * (high - low + 1));
}
