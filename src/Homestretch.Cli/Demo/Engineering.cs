using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Engineering changes of the demonstration company: a draft whose day is not decided, and a released one that reaches the hub lot by lot and forbids nothing.</summary>
internal static class Engineering
{
    public static IEnumerable<IRecord> Records(IReadOnlyList<IRecord> company, Instant now)
    {
        LocalDate today = now.InUtc().Date;
        yield return new ItemRevision("BRK-LF", Cast.Brand, "B", null, null);
        yield return new EngineeringChange("ECO-21", Cast.Brand, "BRK-LF", "A", "B", "Brake lever with a wider return spring", "Levers of revision A came back sticking after salt spray", ChangeState.Draft, today.PlusDays(21), "", "", "",
            OldStock.UseUp, null, null, "", YesNo.No, YesNo.Yes, Catalogue.Family, "", "", null);
        string[] lots = [.. company.OfType<Lot>().Where(static l => l.Item.Value == "CHG-EU" && l.State is LotState.Planned or LotState.Making).Select(static l => l.Id).Order(StringComparer.Ordinal)];
        if (lots.Length == 0) yield break;
        yield return new ItemRevision("CHG-EU", Cast.Brand, "B", null, null);
        yield return new EngineeringChange("ECO-17", Cast.Brand, "CHG-EU", "A", "B", "Charger with a longer output lead", "Riders could not reach the socket with the rack on", ChangeState.Released, null, "", string.Join(";", lots), "",
            OldStock.UseUp, null, null, "", YesNo.Yes, YesNo.Yes, "", "EU", "olga", now - Duration.FromDays(20));
    }
}
