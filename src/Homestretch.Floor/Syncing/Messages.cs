using System.Text.Json;
using System.Text.Json.Serialization;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Speaking;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Floor.Syncing;

/// <summary>The device's right to work at a site.</summary>
/// <param name="Install">Name of the app on this device, under which its operations are known; it stays when the device is enrolled again.</param>
public sealed record Enrolment(string Token, string Device, string Install, string Site, string SiteName, string Party, string Role, Instant Until);

public sealed record EnrolAsk(string Code, string Install);

/// <summary>One operation on its way.</summary>
public sealed record Told(long Number, FloorAct Act, string Operator, Instant Happened, string Item, string Revision, string LotNumber, decimal? Quantity, string From, string To, string Build, string Unit, string Step, string PartSerial, string Values, string Reason)
{
    public static Told Of(Entry entry) => new(entry.Number, entry.Did.Act, entry.Did.Operator, entry.Did.Happened, entry.Did.Item, entry.Did.Revision, entry.Did.LotNumber, entry.Did.Quantity, entry.Did.From, entry.Did.To, entry.Did.Build, entry.Did.Unit,
        entry.Did.Step, entry.Did.PartSerial, entry.Did.Values, entry.Did.Reason);
}

/// <summary>One answer as it comes.</summary>
public sealed record ToldAnswer(long Number, FloorAnswer Answer, string? Rule, string? Said, Instant Heard, decimal Change);

/// <param name="PushKey">The hub's, base64url.</param>
public sealed record CardKey(string PushKey);

/// <param name="Language">In which step titles are told.</param>
public sealed record CardAsk(string Endpoint, string P256dh, string Auth, string Language);

/// <summary>What is wrong with a request, as servers put it.</summary>
/// <param name="Findings">One by one, where the server knows.</param>
public sealed record Problem(string? Title, string? Detail, IReadOnlyList<ProblemFinding>? Findings = null);

public sealed record ProblemFinding(ProblemPlace? Place, string? What, string? Cure);

/// <param name="Line">Place in what was sent, from 1; 0: all of it.</param>
public sealed record ProblemPlace(string? Source, int Line = 0);

/// <summary>What the device keeps beside the queue.</summary>
/// <param name="Salt">Of pseudonyms.</param>
/// <param name="Who">Pseudonym of who works; empty: nobody.</param>
/// <param name="Nick">What the device calls that person; stays here.</param>
/// <param name="Card">What comes next is shown as a notification.</param>
public sealed record Kept(Language? Language, string Theme, bool Silent, string Salt, string Who, string Nick, double? AheadSeconds, double WithinSeconds, bool Out, string Install = "", bool Card = false);

/// <param name="Seen">Number of the last operation that had been answered when it was asked for.</param>
public sealed record KeptBoard(string Etag, FloorBoard Board, long Seen = 0);

/// <summary>Everything as JSON: names in snake_case, as the API has them, choices as kebab words, moments in ISO 8601.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true, Converters =
[
    typeof(InstantText), typeof(Word<FloorAct>), typeof(Word<FloorAnswer>), typeof(Word<EntryState>), typeof(Word<LotState>), typeof(Word<BinKind>), typeof(Word<UnitState>), typeof(Word<WorkKind>), typeof(Word<CustomsStanding>), typeof(Word<Language>), typeof(Word<Ask>),
])]
[JsonSerializable(typeof(FloorBoard))]
[JsonSerializable(typeof(KeptBoard))]
[JsonSerializable(typeof(Enrolment))]
[JsonSerializable(typeof(EnrolAsk))]
[JsonSerializable(typeof(Told[]))]
[JsonSerializable(typeof(ToldAnswer[]))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(Kept))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CardKey))]
[JsonSerializable(typeof(CardAsk))]
[JsonSerializable(typeof(CardWords))]
public sealed partial class FloorJson : JsonSerializerContext;

internal sealed class Word<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower) where T : struct, Enum;

internal sealed class InstantText : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader json, Type type, JsonSerializerOptions options) =>
        OffsetDateTimePattern.ExtendedIso.Parse(json.GetString() ?? "") is { Success: true } moment ? moment.Value.ToInstant() : throw new JsonException($"'{json.GetString()}' is no moment in ISO 8601.");

    public override void Write(Utf8JsonWriter json, Instant value, JsonSerializerOptions options) => json.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}
