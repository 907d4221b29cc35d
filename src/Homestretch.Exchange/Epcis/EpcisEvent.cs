using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Exchange.Epcis;

/// <summary>An identifier in an event, and the JSON path it stands at.</summary>
internal readonly record struct Named(string Id, string Path);

/// <summary>What we read of one EPCIS 2.0 event; the rest of it is passed over.</summary>
/// <param name="Type">ObjectEvent, AggregationEvent and so on.</param>
/// <param name="Step">Business step as a bare word; empty when there is none.</param>
/// <param name="Places">Read point, else business location.</param>
/// <param name="Parent">Of an aggregation or transaction.</param>
/// <param name="Things">What the event is about: objects, children, outputs and business transactions, but not what was used up.</param>
/// <param name="IsWithdrawn">The event carries an error declaration: it never happened as told.</param>
internal sealed record EpcisEvent(
    string Path, string Type, Instant Time, string Action, string Step, IReadOnlyList<Named> Places, Named? Parent, IReadOnlyList<Named> Things, bool IsWithdrawn)
{
    private static readonly string[] s_types = ["ObjectEvent", "AggregationEvent", "TransactionEvent", "TransformationEvent", "AssociationEvent"];
    private static readonly string[] s_plain = ["epcList", "childEPCs", "outputEPCList"];
    private static readonly (string List, string Member)[] s_objects =
        [("quantityList", "epcClass"), ("childQuantityList", "epcClass"), ("outputQuantityList", "epcClass"), ("bizTransactionList", "bizTransaction")];

    /// <summary>Reads one event; null with findings when it is not one.</summary>
    public static EpcisEvent? Read(JsonElement json, string path, List<Finding> findings, string source)
    {
        int before = findings.Count;
        if (json.ValueKind != JsonValueKind.Object)
        {
            Say("", "epcis-event", $"An event is an object, not {json.ValueKind}.", "Give each event as a JSON object.");
            return null;
        }
        string type = Text("type", must: true), time = Text("eventTime", must: true), action = Text("action", must: false);
        if (type.Length > 0 && !s_types.Contains(type, StringComparer.Ordinal)) Say("type", "epcis-type", $"'{type}' is no type of event.", $"Use one of {string.Join(", ", s_types)}.");
        ParseResult<OffsetDateTime> at = OffsetDateTimePattern.Rfc3339.Parse(time);
        if (time.Length > 0 && !at.Success) Say("eventTime", "epcis-time", $"'{time}' is no time.", "Write it as 2026-11-24T09:00:00+08:00, with its offset.");
        if (Text("eventTimeZoneOffset", must: false) is { Length: > 0 } zone && !OffsetPattern.CreateWithInvariantCulture("+HH:mm").Parse(zone).Success)
            Say("eventTimeZoneOffset", "epcis-time", $"'{zone}' is no offset.", "Write it as +08:00.");
        if (action.Length > 0 && action is not ("ADD" or "OBSERVE" or "DELETE")) Say("action", "epcis-action", $"'{action}' is no action.", "Use ADD, OBSERVE or DELETE.");
        if (action.Length == 0 && type is not ("" or "TransformationEvent")) Say("action", "epcis-missing", $"The {type} has no action.", "Add ADD, OBSERVE or DELETE.");
        string step = Text("bizStep", must: false);
        Named? parent = Text("parentID", must: false) is { Length: > 0 } id ? new(id, $"{path}.parentID") : null;
        List<Named> things = [.. s_plain.SelectMany(list => Items(list, null)), .. s_objects.SelectMany(o => Items(o.List, o.Member))];
        List<Named> places = [.. Place("readPoint"), .. Place("bizLocation")];
        if (findings.Count > before) return null;
        return new(path, type, at.Value.ToInstant(), action, Identifier.Term(step), places, parent, things, json.TryGetProperty("errorDeclaration", out _));

        void Say(string member, string rule, string what, string cure) => findings.Add(new(new(source, 0, member.Length == 0 ? path : $"{path}.{member}"), rule, what, cure));

        string Text(string member, bool must)
        {
            if (json.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String) return value.GetString()!;
            if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)) Say(member, "epcis-form", $"{member} is text, not {value.ValueKind}.", "Write it as a JSON string.");
            else if (must) Say(member, "epcis-missing", $"The event has no {member}.", $"Add {member}.");
            return "";
        }

        IEnumerable<Named> Place(string member)
        {
            if (!json.TryGetProperty(member, out JsonElement value)) yield break;
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id", out JsonElement place) && place.ValueKind == JsonValueKind.String) yield return new(place.GetString()!, $"{path}.{member}.id");
            else Say(member, "epcis-form", $"{member} is an object with an id.", $$"""Write "{{member}}": {"id": "..."}.""");
        }

        List<Named> Items(string list, string? member)
        {
            List<Named> items = [];
            if (!json.TryGetProperty(list, out JsonElement value)) return items;
            if (value.ValueKind != JsonValueKind.Array) Say(list, "epcis-form", $"{list} is a list, not {value.ValueKind}.", "Write it as a JSON array.");
            else
            {
                foreach (JsonElement item in value.EnumerateArray())
                {
                    string at = $"{list}[{items.Count}]";
                    JsonElement text = member is null ? item : item.ValueKind == JsonValueKind.Object && item.TryGetProperty(member, out JsonElement inside) ? inside : default;
                    if (text.ValueKind != JsonValueKind.String) Say(at, "epcis-form", member is null ? "An identifier is text." : $"An entry of {list} is an object with {member}.", "See the EPCIS 2.0 schema.");
                    items.Add(new(text.ValueKind == JsonValueKind.String ? text.GetString()! : "", $"{path}.{at}"));
                }
            }
            return items;
        }
    }
}
