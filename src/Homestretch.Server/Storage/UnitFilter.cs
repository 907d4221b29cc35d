using Homestretch.Finishing.Tracing;
using Homestretch.World;

namespace Homestretch.Server.Storage;

/// <summary>Which units a list shows: each that is given narrows it. The same of the world and of the archive.</summary>
/// <param name="Text">Part of a serial number, an order line or, with <paramref name="Customers"/>, a customer's code; capitals and small letters are the same.</param>
internal sealed record UnitFilter(string? Text = null, UnitState? State = null, string? Market = null, string? OrderLine = null, bool Customers = false)
{
    public bool Lets(UnitTrace u) => !(State is not null && u.State != State) && !(Market is not null && u.Market != Market) && !(OrderLine is not null && u.OrderLine != OrderLine)
        && (Text is null || Has(u.Serial) || Has(u.OrderLine) || (Customers && Has(u.Customer)));

    /// <summary>The condition on a row of <c>archived_units</c>.</summary>
    public string Where => string.Join(" AND ", [.. Conditions(), "1 = 1"]);

    /// <summary>Its parameters.</summary>
    public (string Name, object? Value)[] Values => [.. new (string, object?)[] { ("state", State is { } state ? Words.Of(state) : null), ("market", Market), ("order_line", OrderLine), ("text", Text is null ? null : $"%{Escaped(Text.ToLowerInvariant())}%") }.Where(static v => v.Item2 is not null)];

    private IEnumerable<string> Conditions()
    {
        if (State is not null) yield return "state = @state";
        if (Market is not null) yield return "market = @market";
        if (OrderLine is not null) yield return "order_line = @order_line";
        if (Text is not null) yield return $"({string.Join(" OR ", (Customers ? (string[])["serial", "order_line", "customer"] : ["serial", "order_line"]).Select(static c => $"lower({c}) LIKE @text ESCAPE '!'"))})";
    }

    private bool Has(string text) => text.Contains(Text!, StringComparison.OrdinalIgnoreCase);

    private static string Escaped(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
}
