using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Homestretch.Finishing.Floor;
using NodaTime;

namespace Homestretch.Floor.Syncing;

/// <summary>What came of asking the hub.</summary>
public enum Reached { Yes, NoNetwork, LockedOut, Refused }

/// <param name="What">What came; null unless reached, and null for a board that has not changed.</param>
/// <param name="Said">Why the hub refused.</param>
/// <param name="Date">The server's clock as it answered.</param>
/// <param name="Named">Parts of what was sent that the hub says are at fault: places from 1, with what is wrong.</param>
/// <param name="Content">It was refused for what was in it, so that it would be refused again.</param>
public sealed record Reply<T>(Reached Reached, T? What, string Said, Instant Asked, Instant Answered, Instant? Date, string Etag = "", IReadOnlyList<(int Place, string Why)>? Named = null, bool Content = false);

/// <summary>The hub's API for floor devices.</summary>
public sealed class Hub(HttpClient http, IClock clock)
{
    public Task<Reply<Enrolment>> Enrol(string code, string install) =>
        Ask(new(HttpMethod.Post, "enrol") { Content = Json(new EnrolAsk(code, install), FloorJson.Default.EnrolAsk) }, "", FloorJson.Default.Enrolment);

    /// <param name="resting">The app is not on the screen: the hub may tell what comes next by a notification.</param>
    public Task<Reply<FloorBoard>> Board(string token, string etag, bool resting)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, resting ? "board?resting=true" : "board");
        if (etag.Length > 0) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return Ask(request, token, FloorJson.Default.FloorBoard);
    }

    public Task<Reply<ToldAnswer[]>> Tell(string token, Told[] operations) =>
        Ask(new(HttpMethod.Post, "operations") { Content = Json(operations, FloorJson.Default.ToldArray) }, token, FloorJson.Default.ToldAnswerArray);

    /// <param name="query">Which label, as the hub's address takes it.</param>
    public Task<Reply<byte[]>> Label(string token, string query) => Ask(new(HttpMethod.Get, $"labels?{query}"), token, static answer => answer.Content.ReadAsByteArrayAsync()!);

    public Task<Reply<byte[]>> Release(string token, string serial) => Ask(new(HttpMethod.Get, $"releases/{Uri.EscapeDataString(serial)}"), token, static answer => answer.Content.ReadAsByteArrayAsync()!);

    /// <summary>A photo that an operation of this number names.</summary>
    public Task<Reply<string>> Photo(string token, long number, string hash, byte[] picture) =>
        Ask(new(HttpMethod.Put, $"photos/{number}/{hash}") { Content = new ByteArrayContent(picture) { Headers = { ContentType = new("image/jpeg") } } }, token, static _ => Task.FromResult<string?>(""));

    /// <summary>By which key push services know the hub.</summary>
    public Task<Reply<CardKey>> CardKey(string token) => Ask(new(HttpMethod.Get, "card"), token, FloorJson.Default.CardKey);

    /// <summary>Where this device takes what comes next as a notification.</summary>
    public Task<Reply<string>> TakeCards(string token, CardAsk ask) => Ask(new(HttpMethod.Put, "card") { Content = Json(ask, FloorJson.Default.CardAsk) }, token, static _ => Task.FromResult<string?>(""));

    public Task<Reply<string>> NoCards(string token) => Ask(new(HttpMethod.Delete, "card"), token, static _ => Task.FromResult<string?>(""));

    private Task<Reply<T>> Ask<T>(HttpRequestMessage request, string token, JsonTypeInfo<T> type) where T : class => Ask(request, token, answer => answer.Content.ReadFromJsonAsync(type));

    private async Task<Reply<T>> Ask<T>(HttpRequestMessage request, string token, Func<HttpResponseMessage, Task<T?>> read) where T : class
    {
        Instant asked = clock.GetCurrentInstant();
        try
        {
            if (token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage answer = await http.SendAsync(request);
            Instant answered = clock.GetCurrentInstant();
            Instant? date = answer.Headers.Date is { } d ? Instant.FromDateTimeOffset(d) : null;
            if (answer.StatusCode == HttpStatusCode.NotModified) return new(Reached.Yes, null, "", asked, answered, date);
            if (answer.StatusCode == HttpStatusCode.Unauthorized) return new(Reached.LockedOut, null, "", asked, answered, date);
            // a proxy in between that has lost the hub is no network
            if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests) return new(Reached.NoNetwork, null, "", asked, answered, null);
            if (!answer.IsSuccessStatusCode)
            {
                var (said, named) = await Said(answer);
                return new(Reached.Refused, null, said, asked, answered, date, Named: named, Content: answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity);
            }
            return new(Reached.Yes, await read(answer), "", asked, answered, date, answer.Headers.ETag?.ToString() ?? "");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new(Reached.NoNetwork, null, "", asked, clock.GetCurrentInstant(), null);
        }
        catch (JsonException e)
        {
            return new(Reached.Refused, null, e.Message, asked, clock.GetCurrentInstant(), null);
        }
        finally
        {
            request.Dispose();
        }
    }

    private static async Task<(string Said, IReadOnlyList<(int, string)> Named)> Said(HttpResponseMessage answer)
    {
        try
        {
            Problem? problem = await answer.Content.ReadFromJsonAsync(FloorJson.Default.Problem);
            return (problem?.Detail ?? problem?.Title ?? $"HTTP {(int)answer.StatusCode}", [.. (problem?.Findings ?? []).Where(static f => f.Place is { Source: "operations", Line: > 0 }).Select(static f => (f.Place!.Line, $"{f.What} {f.Cure}".Trim()))]);
        }
        catch (JsonException)
        {
            return ($"HTTP {(int)answer.StatusCode}", []);
        }
    }

    private static JsonContent Json<T>(T what, JsonTypeInfo<T> type) => JsonContent.Create(what, type);
}
