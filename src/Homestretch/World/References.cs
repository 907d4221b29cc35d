namespace Homestretch.World;

/// <summary>Checks that what a record names exists and agrees with it.</summary>
internal static class References
{
    /// <summary>Adds a finding for each key that names nothing and each quantity in a unit other than its item's.</summary>
    public static void Check(Snapshot world, TableKind kind, IRecord record, Place place, List<Finding> findings)
    {
        foreach (var (column, table, key) in kind.References(record))
        {
            if (world.Find(TableKind.Named(table)!, key) is null)
                findings.Add(new(place with { Column = column }, "unknown-key", $"{table} has no '{key}'.", $"Add it to {table} or correct {column}."));
        }
        if (Measured(record) is var (item, quantity) && world.Items.Find(item) is { } known)
        {
            if (known.Unit != quantity.Unit)
                findings.Add(new(place with { Column = "unit" }, "unit-of-measure", $"{quantity} of {item}, which is counted in {known.Unit}.", $"Convert the amount to {known.Unit}."));
            else if (known.Step > 0 && quantity.Value % known.Step != 0)
                findings.Add(new(place with { Column = "quantity" }, "step", $"{quantity} of {item} is not a multiple of {known.Step}.", "Round it, or make the item's step smaller."));
        }
        foreach (var (rule, column, what, cure) in Own(record))
            findings.Add(new(place with { Column = column }, rule, what, cure));
    }

    /// <summary>Findings for records that still name a removed one.</summary>
    public static IEnumerable<Finding> Dangling(Snapshot next, IEnumerable<Touch> removed, string source)
    {
        var gone = removed.Select(static t => (t.Kind.Name, t.Key)).ToHashSet();
        if (gone.Count == 0) yield break;
        foreach (TableKind kind in TableKind.All)
        {
            if (!kind.Columns.Any(c => gone.Any(g => c.Form == $"key of {g.Name}"))) continue;
            foreach (IRecord record in next.Records(kind))
            {
                foreach (var (column, table, key) in kind.References(record))
                {
                    if (gone.Contains((table, key)))
                        yield return new(new(source, 0, column), "still-in-use", $"{table} '{key}' is still named by {kind.Name} '{record.Id}'.", "Remove or change that first.");
                }
            }
        }
    }

    private static (Key<Item> Item, Quantity Quantity)? Measured(IRecord record) => record switch
    {
        BomLine b => (b.Item, b.Quantity),
        PurchaseOrderLine p => (p.Item, p.Quantity),
        Lot l => (l.Item, l.Quantity),
        Stock s => (s.Item, s.Quantity),
        Peg p => (p.Item, p.Quantity),
        _ => null,
    };

    /// <summary>Rules a record must meet by itself.</summary>
    private static IEnumerable<(string Rule, string Column, string What, string Cure)> Own(IRecord record)
    {
        switch (record)
        {
            case LaneStep s when s.P50Days < 0 || s.P90Days < s.P50Days:
                yield return ("quantiles", "p90_days", $"P50 {s.P50Days} and P90 {s.P90Days} days are out of order.", "0 <= P50 <= P90.");
                break;
            case LaneStep { EveryDays: <= 0 } s:
                yield return ("departures", "every_days", $"A departure every {s.EveryDays} days.", "Give days above 0, or leave it empty.");
                break;
            case Loading l when l.Weight is < 0 or > 1:
                yield return ("loading", "weight", $"A loading of {l.Weight}.", "Give 0 to 1.");
                break;
            case OrderLine { Quantity: <= 0 } o:
                yield return ("quantity", "quantity", $"An order for {o.Quantity} units.", "Order at least one, or cancel the line by its status.");
                break;
            case Routing { MinutesPerUnit: <= 0 } r:
                yield return ("minutes", "minutes_per_unit", $"{r.MinutesPerUnit} minutes per unit.", "Give minutes above 0.");
                break;
            case Item { Step: <= 0 } i:
                yield return ("step", "step", $"A step of {i.Step}.", "Give the smallest amount, above 0.");
                break;
            case Machine { RatePerHour: <= 0 } m:
                yield return ("rate", "rate_per_hour", $"{m.RatePerHour} pieces per hour.", "Give a rate above 0.");
                break;
            case ItemSupplier s when s.Minimum < 0 || s.Multiple <= 0 || s.Maximum < s.Minimum:
                yield return ("sizes", "minimum", $"Minimum {s.Minimum}, multiple {s.Multiple}, maximum {s.Maximum}.", "Minimum >= 0, multiple > 0, maximum >= minimum.");
                break;
            case Build b when b.End < b.Start:
                yield return ("interval", "end", $"The build ends {b.End - b.Start} before it starts.", "End it at or after its start.");
                break;
            case Promise { Version: < 1 } p:
                yield return ("version", "version", $"Version {p.Version}.", "Versions count from 1.");
                break;
        }
    }
}
