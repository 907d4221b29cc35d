using System.Text;
using Homestretch.Exchange.Epcis;
using Homestretch.Exchange.Events;
using Homestretch.Tests.World;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Epcis;

/// <summary>A container from Taichung to Greenville: wait for a sailing, sea leg to Oakland, customs there, rail to Greenville, receive.</summary>
public sealed class CaptureTests
{
    private const string Container = "urn:epc:id:bic:MSKU1", Plant = "https://id.meridian.example/site/TXG", Port = "urn:unece:locode:usoak", Hub = "https://id.meridian.example/site/GVL";
    private static readonly Instant s_now = SmallWorld.T + Duration.FromDays(40);
    private static readonly Snapshot s_world = Make();

    [Theory]
    [InlineData("shipping", Plant, 1, Edge.Begin)]
    [InlineData("loading", Plant, 1, Edge.End)]
    [InlineData("departing", Plant, 2, Edge.Begin)]
    [InlineData("arriving", Port, 2, Edge.End)]
    [InlineData("unloading", Port, 3, Edge.Begin)]
    [InlineData("urn:epcglobal:cbv:bizstep:departing", Port, 4, Edge.Begin)]
    [InlineData("https://ref.gs1.org/cbv/BizStep-arriving", Hub, 4, Edge.End)]
    [InlineData("cbv:BizStep-receiving", Hub, 5, Edge.End)]
    public void A_business_step_at_a_place_is_the_begin_or_end_of_a_lane_step(string step, string place, int sequence, Edge edge)
    {
        Captured captured = Read(Event("ObjectEvent", step, place, $"\"epcList\":[\"{Container}\"]"));
        Assert.Empty(captured.Findings);
        var milestone = Assert.IsType<Milestone>(Assert.IsType<WorldEvent.Put>(Assert.Single(captured.Events)).Record);
        Assert.Equal(new Milestone("SH-1", sequence, edge, Classifier.Actual, "OCEAN", "OCEAN", Instant.FromUtc(2026, 12, 1, 1, 30, 15) + Duration.FromMilliseconds(250), s_now), milestone);
        Assert.True(s_world.Apply(captured.Events).Accepted);
    }

    [Theory]
    [InlineData("\"epcList\":[\"SH-1\"]")]
    [InlineData("\"epcList\":[\"https://id.ocean.example/shipment/SH-1?linkType=all\"]")]
    [InlineData("\"epcList\":[\"urn:epc:id:sgtin:0614141.107346.2017\"],\"bizTransactionList\":[{\"type\":\"bol\",\"bizTransaction\":\"urn:ocean:bol:SH-1\"}]")]
    [InlineData("\"quantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.LOT-1\",\"quantity\":100}]")]
    [InlineData("\"quantityList\":[{\"epcClass\":\"https://id.gs1.org/01/04012345123456/10/LOT-1\",\"quantity\":100}]")]
    [InlineData("\"epcList\":[\"urn:epc:id:sscc:0614141.1234567890\"]")]
    [InlineData("\"epcList\":[\"https://id.gs1.org/00/106141412345678908\"]")]
    public void A_shipment_is_named_by_its_number_its_container_or_sscc_a_document_or_a_lot_aboard(string objects)
    {
        Snapshot world = s_world;
        if (objects.Contains("sscc", StringComparison.Ordinal) || objects.Contains("/00/", StringComparison.Ordinal))
            world = With(world.The<Shipment>() with { Container = "106141412345678908" });
        Captured captured = Read(Event("ObjectEvent", "departing", Plant, objects), world);
        Assert.Empty(captured.Findings);
        Assert.Equal("SH-1|02|0|2|OCEAN", Assert.Single(captured.Events).Key);
    }

    [Fact]
    public void A_lot_goes_aboard_by_an_aggregation_and_is_on_its_way_in_the_same_document()
    {
        Snapshot world = With(s_world.The<Lot>() with { Shipment = null, State = LotState.Made });
        string loading = Event("AggregationEvent", "loading", Plant, $"\"parentID\":\"{Container}\",\"childEPCs\":[\"urn:meridian:lot:LOT-1\"]", action: "ADD");
        Captured captured = Read(Document(loading, Event("ObjectEvent", "departing", Plant, "\"epcList\":[\"urn:meridian:lot:LOT-1\"]")), world);
        Assert.Empty(captured.Findings);
        Lot lot = world.Apply(captured.Events).World.The<Lot>();
        Assert.Equal((LotState.Shipped, (Key<Shipment>?)"SH-1"), (lot.State, lot.Shipment));
        Assert.Equal(["LOT-1", "SH-1|01|1|2|OCEAN", "SH-1|02|0|2|OCEAN"], captured.Events.Select(e => e.Key));
    }

    [Theory]
    [InlineData("ObjectEvent", "commissioning", "\"quantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.LOT-1\"}]")]
    [InlineData("TransformationEvent", "", "\"inputEPCList\":[\"urn:x:steel-1\"],\"outputQuantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.LOT-1\"}]")]
    public void A_lot_that_was_commissioned_is_made_and_ready_at_that_time(string type, string step, string objects)
    {
        Captured captured = Read(Event(type, step, Plant, objects, action: type[0] == 'O' ? "ADD" : ""));
        Lot lot = s_world.Apply(captured.Events).World.The<Lot>();
        Assert.Equal((LotState.Made, Instant.FromUtc(2026, 12, 1, 1, 30, 15) + Duration.FromMilliseconds(250), 0m), (lot.State, lot.Ready, lot.ReadyP90Days));
    }

    [Fact]
    public void A_document_told_again_changes_nothing_and_a_withdrawn_event_takes_its_milestone_back()
    {
        string departing = Event("ObjectEvent", "departing", Plant, $"\"epcList\":[\"{Container}\"]");
        Snapshot told = s_world.Apply(Read(departing).Events).World;
        Captured again = EpcisCapture.Read(Encoding.UTF8.GetBytes(departing), told, "OCEAN", s_now + Duration.FromHours(5));
        Assert.Equal((0, 1), (again.Events.Count, again.Read));
        string withdrawn = departing.Replace("\"action\"", "\"errorDeclaration\":{\"declarationTime\":\"2026-12-02T00:00:00Z\"},\"action\"", StringComparison.Ordinal);
        Assert.Empty(told.Apply(Read(withdrawn, told).Events).World.Milestones.StartingWith("SH-1|02|0"));
        Assert.Equal("epcis-withdrawn", Assert.Single(Read(withdrawn).Findings).Rule);
    }

    [Fact]
    public void Events_that_say_nothing_of_our_world_are_passed_over_with_the_reason()
    {
        Captured captured = Read(Document(Event("ObjectEvent", "inspecting", Plant, "\"epcList\":[\"urn:x:1\"]"), Event("AssociationEvent", "assembling", Plant, "\"parentID\":\"urn:x:1\""), Event("ObjectEvent", "arriving", Port, $"\"epcList\":[\"{Container}\"]")));
        Assert.Equal(["$.epcisBody.eventList[0]", "$.epcisBody.eventList[1]"], captured.PassedOver.Select(p => p.Path));
        Assert.Contains("inspecting", captured.PassedOver[0].Why, StringComparison.Ordinal);
        Assert.Equal((1, 1), (captured.Read, captured.Events.Count));
    }

    [Fact]
    public void One_wrong_event_refuses_the_document_and_every_finding_says_where()
    {
        Captured captured = Read(Document(
            Event("ObjectEvent", "departing", Plant, $"\"epcList\":[\"{Container}\"]"), Event("ObjectEvent", "departing", "urn:x:nowhere", $"\"epcList\":[\"{Container}\"]"),
            Event("ObjectEvent", "arriving", Plant, $"\"epcList\":[\"{Container}\"]"), Event("ObjectEvent", "departing", Plant, "\"epcList\":[\"urn:x:stranger\"]")));
        Assert.Empty(captured.Events);
        Assert.Equal([("$.epcisBody.eventList[1].readPoint.id", "epcis-site"), ("$.epcisBody.eventList[2]", "epcis-step"), ("$.epcisBody.eventList[3]", "epcis-unknown")], captured.Findings.Select(f => (f.Place.Column, f.Rule)));
        Assert.All(captured.Findings, f => Assert.NotEmpty(f.Cure));
    }

    [Theory]
    [InlineData("eventTime\":\"2026-12-01T09:30:15.250+08:00", "eventTime\":\"2026-12-01 09:30", "epcis-time")]
    [InlineData("eventTime\":\"2026-12-01T", "eventTime\":\"2027-12-01T", "epcis-future")]
    [InlineData("+08:00\"", "8\"", "epcis-time")]
    [InlineData("\"OBSERVE\"", "\"SEEN\"", "epcis-action")]
    [InlineData("\"OBSERVE\"", "7", "epcis-form")]
    [InlineData("\"ObjectEvent\"", "\"OddEvent\"", "epcis-type")]
    [InlineData("\"readPoint\":{\"id\":", "\"readPoint\":{\"ID\":", "epcis-form")]
    [InlineData("[\"urn:epc:id:bic:MSKU1\"]", "\"urn:epc:id:bic:MSKU1\"", "epcis-form")]
    [InlineData("[\"urn:epc:id:bic:MSKU1\"]", "[\"urn:epc:id:bic:MSKU1\",5]", "epcis-form")]
    [InlineData("\"bizStep\":\"departing\"", "\"bizStep\":\"\\ud800\"", "epcis-json")]
    public void What_is_wrong_with_an_event_is_named(string old, string now, string rule)
    {
        string json = Event("ObjectEvent", "departing", Plant, $"\"epcList\":[\"{Container}\"]");
        Assert.Empty(Read(json).Findings);
        Captured captured = Read(json.Replace(old, now, StringComparison.Ordinal));
        Assert.Contains(captured.Findings, f => f.Rule == rule);
        Assert.Empty(captured.Events);
    }

    [Theory]
    [InlineData("", "epcis-json")]
    [InlineData("{\"type\":\"EPCISDocument\"", "epcis-json")]
    [InlineData("[] []", "epcis-json")]
    [InlineData("<epcis/>", "epcis-json")]
    [InlineData("[]", "epcis-document")]
    [InlineData("{\"type\":\"EPCISQueryDocument\",\"schemaVersion\":\"2.0\"}", "epcis-document")]
    [InlineData("{\"type\":\"EPCISDocument\",\"schemaVersion\":\"1.2\"}", "epcis-version")]
    [InlineData("{\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"epcisBody\":{}}", "epcis-document")]
    [InlineData("{\"type\":\"EPCISDocument\",\"schemaVersion\":\"2.0\",\"epcisBody\":{\"eventList\":[7]}}", "epcis-event")]
    public void What_is_no_document_is_a_finding(string json, string rule) => Assert.Equal(rule, Assert.Single(Read(json).Findings).Rule);

    [Fact]
    public void A_container_used_again_means_the_shipment_still_on_its_way()
    {
        Snapshot world = With(new Shipment("SH-2", "MC", "TW-GVL", "MSKU1", ""));
        string arriving = Event("ObjectEvent", "arriving", Port, $"\"epcList\":[\"{Container}\"]");
        Assert.Equal("epcis-ambiguous", Assert.Single(Read(arriving, world).Findings).Rule);
        world = world.Apply([new WorldEvent.Put(new Milestone("SH-1", 5, Edge.End, Classifier.Actual, "MC", "MC", SmallWorld.T, SmallWorld.T))]).World;
        Assert.StartsWith("SH-2|", Assert.Single(Read(arriving, world).Events).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_goes_through_the_journals_text_unchanged()
    {
        IReadOnlyList<WorldEvent> events = Read(Event("ObjectEvent", "departing", Plant, $"\"epcList\":[\"{Container}\"]")).Events;
        Assert.Equal(events, EventText.Read(EventText.Write(events)).Events);
    }

    [Fact]
    public void Broken_documents_never_throw_and_give_events_or_findings()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Document(Event("ObjectEvent", "departing", Plant, $"\"epcList\":[\"{Container}\"]"), Event("AggregationEvent", "loading", Plant, $"\"parentID\":\"{Container}\",\"childEPCs\":[\"LOT-1\"],\"quantityList\":[{{\"epcClass\":\"x\"}}]", action: "ADD")));
        string[] bits = ["null", "[]", "{}", "\"\\udc00\"", "1e999", "\"\"", "true", "\u00ff", ",", "\"id\"", "\"epcList\"", "]", "}"];
        var random = new Random(41);
        for (int i = 0; i < 20_000; i++)
        {
            List<byte> bytes = [.. whole];
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                int at = random.Next(bytes.Count), cut = Math.Min(random.Next(12), bytes.Count - at);
                bytes.RemoveRange(at, cut);
                bytes.InsertRange(at, random.Next(3) == 0 ? [(byte)random.Next(256)] : Encoding.Latin1.GetBytes(bits[random.Next(bits.Length)]));
            }
            Captured captured = EpcisCapture.Read(bytes.ToArray(), s_world, "OCEAN", s_now);
            Assert.True(captured.Findings.Count == 0 || captured.Events.Count == 0);
        }
    }

    private static Captured Read(string json, Snapshot? world = null) => EpcisCapture.Read(Encoding.UTF8.GetBytes(json), world ?? s_world, "OCEAN", s_now);

    private static Snapshot With(IRecord record) => s_world.Apply([new WorldEvent.Put(record)]).World;

    private static string Event(string type, string step, string place, string objects, string action = "OBSERVE") =>
        $$"""{"type":"{{type}}","eventTime":"2026-12-01T09:30:15.250+08:00","eventTimeZoneOffset":"+08:00",{{objects}},{{(action.Length > 0 ? $"\"action\":\"{action}\"," : "")}}{{(step.Length > 0 ? $"\"bizStep\":\"{step}\"," : "")}}"readPoint":{"id":"{{place}}"},"ocean:seal":"S-77"}""";

    private static string Document(params string[] events) =>
        $$$"""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ocean":"https://ocean.example/"}],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-12-01T02:00:00Z","epcisBody":{"eventList":[{{{string.Join(',', events)}}}]}}""";

    private static Snapshot Make()
    {
        Key<Party> own = "MC";
        IRecord[] records =
        [
            new Party("OCEAN", "Ocean carrier", PartyKind.Carrier, ""), new Site("OAK-T2", "OCEAN", "Oakland terminal 2", SiteKind.Port, "USOAK", "US", "America/Los_Angeles", null, null),
            new LaneStep("TW-GVL", 2, own, StepKind.Leg, Mode.Sea, null, "OAK-T2", 20, 28, null, null), new LaneStep("TW-GVL", 3, own, StepKind.Customs, Mode.None, null, "OAK-T2", 2, 4, null, null),
            new LaneStep("TW-GVL", 4, own, StepKind.Leg, Mode.Rail, null, "GVL", 6, 9, null, null), new LaneStep("TW-GVL", 5, own, StepKind.Receive, Mode.None, null, "GVL", 1, 1, null, null),
        ];
        Applied applied = SmallWorld.Make().Apply([.. records.Select(static r => new WorldEvent.Put(r))]);
        Assert.Empty(applied.Findings);
        return applied.World;
    }
}
