using Homestretch.World;
using NodaTime;

namespace Homestretch.Finishing.Origin.Ledgers;

/// <summary>The books while entries are made, one after another.</summary>
internal sealed class LedgerBooks(OriginRules rules, LedgerRegime regime, string jurisdiction, string currency)
{
    private const decimal MostQuantity = 1_000_000_000;
    private const long MostDuty = 1_000_000_000_000;

    private readonly SortedDictionary<string, LotBalance> _lots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool?> _inputsOnly = new(StringComparer.Ordinal);
    private readonly List<LotUse> _uses = [];
    private readonly Dictionary<string, List<LotUse>> _usesOn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LotUse> _returns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerEntry> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private readonly List<DrawbackClaim> _claims = [];
    private readonly List<Settlement> _settlements = [];
    private readonly List<Finding> _findings = [];

    public DutyLedger Done() => new(regime, jurisdiction, currency, [.. _lots.Values], _uses, _claims, _settlements, _findings);

    public void Enter(LedgerEntry entry)
    {
        if (entry.Key.Trim().Length == 0) Refuse(entry, "entry", "required", "An entry has no key.", "Give it one.");
        else if (_entries.TryGetValue(entry.Key, out _)) Refuse(entry, "entry", "entry-twice", $"Entry {entry.Key} stands there twice.", "Give every entry a key of its own.");
        else if (entry switch
        {
            LedgerEntry.Received r => Receive(r),
            LedgerEntry.Used u => Use(u),
            LedgerEntry.Scrapped s => Take(s, s.Lot, s.Quantity, static (lot, q, d) => lot with { Scrapped = lot.Scrapped + q, DutyScrapped = lot.DutyScrapped + d }) is not null,
            LedgerEntry.Returned r => Return(r),
            LedgerEntry.Exported x => Leave(x, x.Serial) && Settle(x, x.Serial),
            LedgerEntry.Released x => Leave(x, x.Serial) && Settle(x, x.Serial, x.ProductDuty),
            LedgerEntry.Claimed c => Claim(c),
            _ => throw new System.Diagnostics.UnreachableException(),
        }) _entries.Add(entry.Key, entry);
    }

    private bool Receive(LedgerEntry.Received r)
    {
        if (r.Lot.Trim().Length == 0) return Refuse(r, "lot", "required", "A receipt has no lot.", "Name the lot.");
        if (r.Quantity is <= 0 or > MostQuantity || !Fine(r.Quantity)) return Refuse(r, "quantity", "quantity", $"A receipt of {r.Quantity}.", $"Give more than 0, at most {MostQuantity}, in millionths or more.");
        if (r.Duty is < 0 or > MostDuty) return Refuse(r, "duty", "negative", $"A duty of {Amount(r.Duty)}.", "Give 0 or more, in major units.");
        if (!_inputsOnly.TryAdd(r.Lot, r.InputsOnly)) return Refuse(r, "lot", "lot-twice", $"Lot {r.Lot} came in twice.", "Give what came later a lot of its own.");
        _lots.Add(r.Lot, new(r.Lot, r.Item, r.On, r.Quantity, 0, 0, 0, r.Duty, 0, 0, 0));
        return true;
    }

    private bool Use(LedgerEntry.Used u)
    {
        if (u.Serial.Trim().Length == 0) return Refuse(u, "serial", "required", $"Some of {u.Lot} was used on no unit.", "Give the unit's serial number.");
        if (_gone.TryGetValue(u.Serial, out LedgerEntry? gone)) return Refuse(u, "serial", "unit-gone", $"Unit {u.Serial} had left by entry {gone.Key}.", "Enter what was used before it leaves.");
        if (Take(u, u.Lot, u.Quantity, static (lot, q, d) => lot with { Used = lot.Used + q, DutyUsed = lot.DutyUsed + d }) is not { } duty) return false;
        var use = new LotUse(u.Key, u.Lot, u.Quantity, u.Serial, duty);
        _uses.Add(use);
        if (!_usesOn.TryGetValue(u.Serial, out List<LotUse>? on)) _usesOn.Add(u.Serial, on = []);
        on.Add(use);
        return true;
    }

    private bool Return(LedgerEntry.Returned r)
    {
        if (!Abroad(r, r.Destination)) return false;
        if (Take(r, r.Lot, r.Quantity, static (lot, q, d) => lot with { Returned = lot.Returned + q, DutyReturned = lot.DutyReturned + d }) is not { } duty) return false;
        _returns.Add(r.Key, new(r.Key, r.Lot, r.Quantity, "", duty));
        return true;
    }

    /// <summary>Takes some of a lot with its part of the duty: by the quantity taken so far, rounded down, so that all parts add up to the duty of the lot.</summary>
    private long? Take(LedgerEntry entry, string of, decimal quantity, Func<LotBalance, decimal, long, LotBalance> taken)
    {
        if (!_lots.TryGetValue(of, out LotBalance? lot)) { Refuse(entry, "lot", "unknown-lot", $"No lot {of} came in before.", "Enter its receipt first."); return null; }
        if (quantity <= 0 || !Fine(quantity)) { Refuse(entry, "quantity", "quantity", $"A quantity of {quantity}.", "Give more than 0, in millionths or more."); return null; }
        if (quantity > lot.Left) { Refuse(entry, "quantity", "more-than-there", $"{quantity} of {of}, of which {lot.Left} are there.", "Correct the quantity or the lot."); return null; }
        if (entry.On < lot.Since) { Refuse(entry, "on", "dates", $"{of} came in on {OriginRules.Day(lot.Since)}, after that.", "Correct one of the days."); return null; }
        long duty = PartOf(lot.Duty, lot.Received - lot.Left + quantity, lot.Received) - (lot.Duty - lot.DutyLeft);
        _lots[of] = taken(lot, quantity, duty);
        return duty;
    }

    private bool Leave(LedgerEntry entry, string serial)
    {
        if (_gone.TryGetValue(serial, out LedgerEntry? gone)) return Refuse(entry, "serial", "unit-gone", $"Unit {serial} had left by entry {gone.Key}.", "A unit leaves once.");
        if (entry is LedgerEntry.Exported { Destination: var to } && !Abroad(entry, to)) return false;
        LotUse[] uses = [.. UsesOn(serial)];
        if (uses.Length == 0) return Refuse(entry, "serial", "unknown-unit", $"Nothing was used on unit {serial}.", "Enter what it was made of first.");
        if (uses.FirstOrDefault(u => _entries[u.Entry].On > entry.On) is { } later) return Refuse(entry, "on", "dates", $"Entry {later.Entry} uses {later.Lot} on unit {serial} after it left.", "Correct one of the days.");
        if (entry is LedgerEntry.Exported { DutyAbroad: < 0 } or LedgerEntry.Released { ProductDuty: < 0 }) return Refuse(entry, "duty", "negative", "A duty below 0.", "Give 0 or more, or nothing when it is unknown.");
        if (entry is LedgerEntry.Exported { DutyAbroad: > MostDuty } or LedgerEntry.Released { ProductDuty: > MostDuty }) return Refuse(entry, "duty", "range", "A duty beyond anything real.", "Give it in major units.");
        _gone.Add(serial, entry);
        return true;
    }

    /// <summary>What a unit owes under inward processing: nothing when it leaves the territory, else the lower of the duties that the rules allow.</summary>
    private bool Settle(LedgerEntry entry, string serial, long? productDuty = null)
    {
        if (regime != LedgerRegime.InwardProcessing) return true;
        var missing = new List<string>();
        OriginRule? inputs = rules.Find(RuleOfOrigin.InwardOnInputs, jurisdiction, "", entry.On, missing);
        if (entry is LedgerEntry.Exported x)
        {
            _settlements.Add(inputs is null ? new(entry.Key, serial, entry.On, null, null, null, missing, [], $"Unknown: {string.Join("; ", missing)} is missing.") : new(entry.Key, serial, entry.On, null, null, 0, [], [inputs], $"It left for {x.Destination}: nothing is due."));
            return true;
        }
        LotUse[] uses = [.. UsesOn(serial)];
        string? bound = uses.Select(static u => u.Lot).FirstOrDefault(l => _inputsOnly[l] == true), open = uses.Select(static u => u.Lot).FirstOrDefault(l => _inputsOnly[l] is null);
        OriginRule? product = bound is null ? rules.Find(RuleOfOrigin.InwardOnProduct, jurisdiction, "", entry.On, missing) : null;
        if (product is not null && productDuty is null) missing.Add($"the duty of the finished product {serial}");
        long? onInputs = inputs is null ? null : Percent(uses.Sum(static u => u.Duty), inputs.Figure!.Value), onProduct = product is null || productDuty is null ? null : Percent(productDuty.Value, product.Figure!.Value);
        if (open is not null && onProduct < onInputs) missing.Add($"whether duty on what is made of lot {open} may be counted on the product");
        OriginRule[] used = [.. new[] { inputs, product }.OfType<OriginRule>()];
        string told = $"on what was brought in {(onInputs is { } i ? Amount(i) : "unknown")}, on the product {(bound is not null ? $"not allowed because of lot {bound}" : onProduct is { } p ? Amount(p) : "unknown")}";
        _settlements.Add(missing.Count > 0 ? new(entry.Key, serial, entry.On, onInputs, onProduct, null, missing, used, $"Unknown: {told}; {string.Join("; ", missing)} {(missing.Count == 1 ? "is" : "are")} missing.")
            : new(entry.Key, serial, entry.On, onInputs, onProduct, onProduct < onInputs ? onProduct : onInputs, [], used, $"{Amount(onProduct < onInputs ? onProduct.Value : onInputs!.Value)} is due: {told}."));
        return true;
    }

    private bool Claim(LedgerEntry.Claimed c)
    {
        if (regime != LedgerRegime.Drawback) return Refuse(c, "kind", "no-claims", "Nothing is claimed back under inward processing: no duty was paid.", "Leave the claim out.");
        if (!_entries.TryGetValue(c.Of, out LedgerEntry? left) || left is not (LedgerEntry.Exported or LedgerEntry.Returned)) return Refuse(c, "of", "nothing-left", $"Nothing left by entry {c.Of}.", "Name the entry by which a unit or an unused quantity left.");
        if (_claimed.Contains(c.Of)) return Refuse(c, "of", "claimed-twice", $"Drawback for {c.Of} was claimed already.", "Leave the claim out.");
        if (c.On < left.On) return Refuse(c, "on", "dates", $"It left on {OriginRules.Day(left.On)}, after the claim.", "Correct one of the days.");
        var missing = new List<string>();
        OriginRule? rate = rules.Find(RuleOfOrigin.Drawback, jurisdiction, "", c.On, missing), years = rules.Find(RuleOfOrigin.DrawbackYears, jurisdiction, "", c.On, missing), lesser = rules.Find(RuleOfOrigin.DrawbackLesser, jurisdiction, "", c.On, missing);
        bool capped = left is LedgerEntry.Exported { Destination: var to } && lesser is not null && OriginRules.Own(lesser, to);
        long? abroad = (left as LedgerEntry.Exported)?.DutyAbroad;
        string destination = left is LedgerEntry.Exported gone ? gone.Destination : ((LedgerEntry.Returned)left).Destination;
        if (rate is not null && OriginRules.Own(rate, destination)) return Refuse(c, "of", "not-abroad", $"{destination} belongs to the customs territory of {jurisdiction}: by entry {c.Of} nothing left it.", "Leave the claim out.");
        if (capped && abroad is null) missing.Add($"the duty paid at the destination of entry {c.Of}");
        if (missing.Count > 0) return Refuse(c, "of", "unknown", $"What may be claimed for {c.Of} is unknown: {string.Join("; ", missing)} {(missing.Count == 1 ? "is" : "are")} missing.", "Add it, and claim again.");
        LotUse[] of = left is LedgerEntry.Exported x ? [.. UsesOn(x.Serial)] : [_returns[c.Of]];
        bool InTime(LotUse u) => c.On <= _lots[u.Lot].Since.PlusYears((int)years!.Figure!.Value);
        long duty = of.Where(InTime).Sum(static u => u.Duty), full = Down(duty, rate!.Figure!.Value), amount = capped ? Math.Min(full, abroad!.Value) : full;
        string[] late = [.. of.Where(u => !InTime(u)).Select(static u => u.Lot).Distinct()];
        string why = $"{Draft.Percent(rate.Figure.Value)} of {Amount(duty)} = {Amount(full)}{(capped ? $", and no more than the {Amount(abroad!.Value)} paid in {destination}" : "")}{(late.Length > 0 ? $"; nothing for {string.Join(", ", late)}, which came in more than {years!.Figure} years before" : "")}.";
        _claims.Add(new(c.Key, c.Of, c.On, duty, amount, late, capped ? [rate, years!, lesser!] : [rate, years!], why));
        _claimed.Add(c.Of);
        return true;
    }

    /// <summary>Whether goods leave the territory by going there; refuses the entry where they do not.</summary>
    private bool Abroad(LedgerEntry entry, string destination)
    {
        if (!Listed.IsCountry(destination)) return Refuse(entry, "destination", "country", $"'{destination}' is no country.", "Write the ISO 3166-1 alpha-2 code, such as AU.");
        OriginRule? own = rules.Find(regime == LedgerRegime.Drawback ? RuleOfOrigin.Drawback : RuleOfOrigin.InwardOnInputs, jurisdiction, "", entry.On, []);
        return own is null || !OriginRules.Own(own, destination) || Refuse(entry, "destination", "not-abroad", $"{destination} belongs to the customs territory of {jurisdiction}: nothing leaves it.", "Correct the destination, or enter it as released.");
    }

    private List<LotUse> UsesOn(string serial) => _usesOn.GetValueOrDefault(serial) ?? [];

    /// <summary>Whether a quantity is in millionths, so that its product with a duty is exact.</summary>
    private static bool Fine(decimal quantity) => decimal.Round(quantity, 6) == quantity;

    /// <summary>The part of an amount that goes with so much of a whole, rounded down, exactly.</summary>
    private static long PartOf(long amount, decimal some, decimal whole) => (long)((amount * some - amount * some % whole) / whole);

    private static long Down(long amount, decimal percent) => (long)decimal.Floor(amount * percent / 100m);

    private static long Percent(long amount, decimal percent) => (long)decimal.Round(amount * percent / 100m);

    private string Amount(long minor) => new Money(minor, currency).ToString();

    private bool Refuse(LedgerEntry entry, string column, string rule, string what, string cure)
    {
        _findings.Add(new(new($"entry {entry.Key}", 0, column), rule, what, cure));
        return false;
    }
}
