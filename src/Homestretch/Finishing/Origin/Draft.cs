using System.Globalization;
using Homestretch.World;

namespace Homestretch.Finishing.Origin;

/// <summary>A claim being worked out: collects what goes into it and what is missing.</summary>
internal sealed class Draft(OriginRules rules, UnitContent unit, string key, string title, string formula)
{
    private readonly List<ClaimInput> _inputs = [];
    private readonly List<OriginRule> _used = [];

    public List<string> Missing { get; } = [];
    public List<string> Undetermined { get; } = [];
    public List<string> Notes { get; } = [];

    public OriginRule? Rule(RuleOfOrigin rule, string jurisdiction)
    {
        OriginRule? found = rules.Find(rule, jurisdiction, unit.Hs, unit.Delivered, Missing);
        if (found is not null) _used.Add(found);
        return found;
    }

    /// <summary>An amount that must be known.</summary>
    public long Known(long? amount, string what)
    {
        if (amount is null && !Missing.Contains(what)) Missing.Add(what);
        return amount ?? 0;
    }

    /// <summary>The sum of an amount over components, each of which must be known.</summary>
    public long Sum(Func<UnitComponent, bool> of, Func<UnitComponent, long?> amount, string what) => unit.Components.Where(of).Sum(c => Known(amount(c), $"the {what} of {c.Name}"));

    public long Input(string name, long amount)
    {
        _inputs.Add(new(name, new(amount, unit.Currency)));
        return amount;
    }

    /// <summary>Tells which origins are undetermined, and what that was taken for.</summary>
    public void Tell(IEnumerable<UnitComponent> components, string what, string taken)
    {
        UnitComponent[] all = [.. components];
        if (all.Length > 0) Undetermined.Add($"{what} of {string.Join(", ", all.Select(static c => c.Name))} ({new Money(all.Sum(static c => c.Value ?? 0), unit.Currency)}) is undetermined: {taken}");
    }

    /// <summary>The claim, or that it is unknown where something is missing.</summary>
    public Claim Done(ClaimState state, string why, Ratio? share = null, decimal? required = null, string? answer = null, string signedBy = "") => Missing.Count > 0
        ? new(key, title, ClaimState.Unknown, "", null, required, formula, [], $"Unknown: {string.Join("; ", Missing)} {(Missing.Count == 1 ? "is" : "are")} missing.", Missing, Undetermined, _used, Notes, "")
        : new(key, title, state, answer ?? share?.ToString() ?? "", share, required, formula, _inputs, why, [], Undetermined, _used, Notes, signedBy);

    /// <summary>Percent in words, without needless decimals.</summary>
    public static string Percent(decimal figure) => string.Create(CultureInfo.InvariantCulture, $"{figure:0.####} %");
}
