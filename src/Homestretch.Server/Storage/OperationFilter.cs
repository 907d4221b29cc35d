using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Storage;

/// <summary>Which operations of the floor a question means: each that is given narrows it. The same of the world and of the archive.</summary>
internal sealed record OperationFilter(LedgerQuery Asked)
{
    public bool Lets(FloorOperation o) => Is(Asked.Site, o.Site.Value) && Is(Asked.Item, o.Item) && Is(Asked.Lot, o.LotNumber) && Is(Asked.Unit, o.Unit) && (Asked.Bin is null || o.From == Asked.Bin || o.To == Asked.Bin)
        && !(Asked.Act is { } act && o.Act != act) && !(Asked.Answer is { } answer && o.Answer != answer) && !(o.Happened < Asked.From) && !(o.Happened >= Asked.Until);

    /// <summary>The condition on a row of <c>archived_operations</c>.</summary>
    public string Where => string.Join(" AND ", [.. Conditions(), "1 = 1"]);

    /// <summary>Its parameters.</summary>
    public (string Name, object? Value)[] Values => [.. new (string, object?)[] { ("site", Asked.Site), ("item", Asked.Item), ("lot", Asked.Lot), ("unit", Asked.Unit), ("bin", Asked.Bin), ("act", Asked.Act is { } act ? Words.Of(act) : null),
        ("answer", Asked.Answer is { } answer ? Words.Of(answer) : null), ("since", Asked.From?.ToUnixTimeTicks()), ("until", Asked.Until?.ToUnixTimeTicks()) }.Where(static v => v.Item2 is not null)];

    private IEnumerable<string> Conditions()
    {
        if (Asked.Site is not null) yield return "site = @site";
        if (Asked.Item is not null) yield return "item = @item";
        if (Asked.Lot is not null) yield return "lot = @lot";
        if (Asked.Unit is not null) yield return "unit = @unit";
        if (Asked.Bin is not null) yield return "(from_bin = @bin OR to_bin = @bin)";
        if (Asked.Act is not null) yield return "act = @act";
        if (Asked.Answer is not null) yield return "answer = @answer";
        if (Asked.From is not null) yield return "happened >= @since";
        if (Asked.Until is not null) yield return "happened < @until";
    }

    private static bool Is(string? asked, string has) => asked is null || asked == has;
}
