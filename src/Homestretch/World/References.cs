namespace Homestretch.World;

/// <summary>Checks that what a record names exists and agrees with it.</summary>
internal static class References
{
    /// <summary>Adds a finding for each key that names nothing and each quantity in a unit other than its item's.</summary>
    public static void Check(Snapshot world, TableKind kind, IRecord record, Place place, List<Finding> findings)
    {
        foreach (var (column, table, key) in Named(kind, record))
        {
            if (world.Find(TableKind.Named(table)!, key) is null)
                findings.Add(new(place with { Column = column }, "unknown-key", $"{table} has no '{key}'.", $"Add it to {table} or correct {column}."));
        }
        if (Measured(world, record) is var (item, quantity) && world.Items.Find(item) is { } known)
        {
            if (known.Unit != quantity.Unit)
                findings.Add(new(place with { Column = "unit" }, "unit-of-measure", $"{quantity} of {item}, which is counted in {known.Unit}.", $"Convert the amount to {known.Unit}."));
            else if (known.Step > 0 && quantity.Value % known.Step != 0)
                findings.Add(new(place with { Column = "quantity" }, "step", $"{quantity} of {item} is not a multiple of {known.Step}.", "Round it, or make the item's step smaller."));
        }
        if (record is OptionOffer offer && world.OrderLines.Find(offer.OrderLine) is { } order && !world.ProductOptions.Contains($"{order.Family}|{offer.Feature}|{offer.Option}"))
            findings.Add(new(place with { Column = "option" }, "unknown-option", $"{order.Family} has no option {offer.Feature}={offer.Option}.", Legal(world, order, offer.Feature)));
        if (record is Market { Within: { } around } market && around != market.Key && world.Within(around.Value).Contains(market.Id))
            findings.Add(new(place with { Column = "within" }, "market-loop", $"{market.Key} is within {around}, which is within {market.Key}.", "Leave within empty for the widest market."));
        findings.AddRange(RecordRules.Broken(record, place));
        kind.CheckRanges(record, place, findings);
    }

    /// <summary>Findings for records that still name a removed one.</summary>
    public static IEnumerable<Finding> Dangling(Snapshot next, IEnumerable<Touch> removed, string source)
    {
        var gone = removed.GroupBy(static t => t.Kind.Name, static t => t.Key).ToDictionary(static g => g.Key, static g => g.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        HashSet<string> forms = [.. gone.Keys.Select(static name => $"key of {name}")];
        string[] byText = ["lots", "stock", "items", "order_lines", "assembly_lines", "builds", "bins", "duty_measures", "customs_territories", "study_stages", "markets", "work_steps"];      // what is named in texts besides
        bool inText = byText.Any(gone.ContainsKey);
        foreach (TableKind kind in TableKind.All)
        {
            if (!(inText && kind.Name is ("pegs" or "pins" or "bin_stock" or "duty_measures" or "customs_items" or "engineering_changes" or "study_links" or "study_sources" or "study_legs" or "step_texts")) && !kind.Columns.Any(c => forms.Contains(c.Form))) continue;
            foreach (IRecord record in next.Records(kind))
            {
                foreach (var (column, table, key) in Named(kind, record))
                {
                    if (gone.TryGetValue(table, out HashSet<string>? keys) && keys.Contains(key))
                        yield return new(new(source, 0, column), "still-in-use", $"{table} '{key}' is still named by {kind.Name} '{record.Id}'.", "Remove or change that first.");
                }
            }
        }
    }

    /// <summary>Everything the record names: its keys of other tables, and what pegs and pins name as text.</summary>
    private static IEnumerable<(string Column, string Table, string Key)> Named(TableKind kind, IRecord record) => record switch
    {
        Peg p => kind.References(p).Concat(Supply("supply", p.Supply)),
        Pin p => kind.References(p).Append(("target", p.Kind == PinKind.Supply ? "lots" : "order_lines", p.Target))
            .Concat(p.Kind == PinKind.Peg ? Supply("value", p.Value) : p.Kind == PinKind.Slot ? [("value", "assembly_lines", p.Value)] : []),
        DutyMeasure m => kind.References(m).Concat(Listed.Of(m.Excludes).Select(static k => ("excludes", "duty_measures", k))).Concat(Listed.Of(m.YieldsTo).Select(static k => ("yields_to", "duty_measures", k))),
        EngineeringChange c => kind.References(c).Concat(Listed.Of(c.Families).Select(static k => ("families", "items", k))).Concat(Listed.Of(c.Markets).Select(static k => ("markets", "markets", k))),
        BinStock b => kind.References(b).Concat([("lot_number", "stock", b.StockKey), b.Bin.StartsWith(BinStock.Kit, StringComparison.Ordinal) ? ("bin", "builds", b.Bin[BinStock.Kit.Length..]) : ("bin", "bins", $"{b.Site}|{b.Bin}")]),
        CustomsItem { Territory.Length: > 0 } c => kind.References(c).Append(("territory", "customs_territories", c.Territory)),
        StepText t => kind.References(t).Append(("step", "work_steps", $"{t.Family}|{t.Step}")),
        StudyLink l => kind.References(l).Concat([("from", "study_stages", $"{l.Study}|{l.From}"), ("to", "study_stages", $"{l.Study}|{l.To}")]),
        StudySource s => kind.References(s).Append(("stage", "study_stages", $"{s.Study}|{s.Stage}")),
        StudyLeg l => kind.References(l).Concat(new[] { ("from_stage", l.FromStage), ("to_stage", l.ToStage) }.Where(static x => x.Item2.Length > 0).Select(x => (x.Item1, "study_stages", $"{l.Study}|{x.Item2}"))),
        _ => kind.References(record),
    };

    private static string Legal(Snapshot world, OrderLine order, string feature)
    {
        string[] options = [.. world.ProductOptions.StartingWith($"{order.Family}|{feature}|").Select(static o => o.Option)];
        return options.Length > 0 ? $"Write one of: {string.Join(", ", options)}." : $"Write a feature of {order.Family} that product_options has.";
    }

    private static IEnumerable<(string Column, string Table, string Key)> Supply(string column, string supply)
    {
        int colon = supply.IndexOf(':', StringComparison.Ordinal);
        string key = supply[(colon + 1)..];
        return supply[..Math.Max(0, colon)] switch
        {
            "lot" => [(column, "lots", key)],
            "stock" => [(column, "stock", key)],
            "buy" => [(column, "items", key)],
            _ => [],
        };
    }

    private static (Key<Item> Item, Quantity Quantity)? Measured(Snapshot world, IRecord record) => record switch
    {
        ProductionRun r => world.Lots.Find(r.Lot) is { } lot ? (lot.Item, r.Quantity) : null,
        BomLine b => (b.Item, b.Quantity),
        PurchaseOrderLine p => (p.Item, p.Quantity),
        Lot l => (l.Item, l.Quantity),
        Stock s => (s.Item, s.Quantity),
        Peg p => (p.Item, p.Quantity),
        BinStock b => (b.Item, b.Quantity),
        UnitPart p => (p.Item, p.Quantity),
        _ => null,
    };
}
