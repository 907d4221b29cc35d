using Homestretch.Exposure;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Web.Exposing;

/// <summary>How what others know of a product reads.</summary>
internal static class ExposureWords
{
    public static string Of(DisclosureLevel level) => level switch
    {
        DisclosureLevel.Sealed => "nothing but its number",
        DisclosureLevel.Envelope => "outer shape",
        DisclosureLevel.Drawing => "drawing",
        DisclosureLevel.Package => "whole data package",
        DisclosureLevel.Process => "everything, process included",
    };

    public static string Heading(CoalitionKind kind) => kind switch
    {
        CoalitionKind.Owner => "Parties of one owner",
        CoalitionKind.Country => "Parties in one country",
        CoalitionKind.SubSupplier => "Parties that buy from the same supplier",
    };

    public static string Title(ExposedGroup group) => group.Kind == CoalitionKind.Country ? Countries.NameOf(group.Title) : group.Title;

    /// <summary>Countries, and the owner where that is another.</summary>
    public static string Whose(ExposedParty party) => $"{(party.Countries.Count == 0 ? "country unknown" : string.Join(", ", party.Countries.Select(Countries.NameOf)))}{(party.Owner == party.Party ? "" : $"; owner {party.OwnerName}")}";

    /// <summary>'26 %', or '26 %, 31 % with what is planned'.</summary>
    public static string Shares(double given, double planned) => Wording.Percent(given) is var now && Wording.Percent(planned) is var then && now == then ? now : $"{now} → {then}";

    /// <summary>Who could copy the product together, by name.</summary>
    public static string Fewest(ExposureView view, IReadOnlyList<string>? codes) => codes switch
    {
        { Count: 0 } => "nobody is needed",
        { Count: 1 } => $"{Name(view, codes[0])} alone",
        { } few => $"{string.Join(", ", few.Take(few.Count - 1).Select(c => Name(view, c)))} and {Name(view, few[^1])}",
        null => view.Settled ? "Not even all together" : "Not settled",
    };

    public static string Name(ExposureView view, string code) => view.Parties.FirstOrDefault(p => p.Party == code)?.Name ?? code;

    /// <summary>Where a party has what it knows of an item from.</summary>
    public static IEnumerable<string> Sources(ExposedItem item, When when, NodaTime.Instant now)
    {
        if (item.Makes) yield return "makes it";
        if (item.Receives) yield return "receives it to build it in";
        foreach (ExposedDocument d in item.Documents)
            yield return $"{(d.Document.Length > 0 ? d.Document : "a document")} ({Of(d.Level)}), {(d.Given > now ? "planned for" : "given")} {when.Day(d.Given)}{(d.Nda.Length == 0 ? ", under no agreement" : d.NdaUntil <= now ? $", {d.Nda} has ended" : $", {d.Nda}")}";
        if (!item.Makes && !item.Receives && item.Documents.Count == 0 && item.KnownPlanned > 0) yield return "can tell it from other items";
    }
}
