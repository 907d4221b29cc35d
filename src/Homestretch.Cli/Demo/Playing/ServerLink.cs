using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>The demonstration's way to the server: its public HTTP API and nothing else. Batches are told in order, each under its
/// own idempotency key, and again until the server has answered.</summary>
internal sealed class ServerLink : IDisposable
{
    private const string Api = "api/v1";
    private readonly HttpClient _http;
    private readonly Queue<(string Key, string Body)> _waiting = [];
    private readonly string _run;
    private readonly Action<string> _say;
    private bool _hasClock = true;
    private long _batch;

    /// <param name="run">Names this run in idempotency keys.</param>
    public ServerLink(Uri server, string? token, string? user, string? password, string run, Action<string> say)
    {
        (_run, _say) = (run, say);
        _http = new() { BaseAddress = new Uri(server.ToString().TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = Administrator = token is not null ? new AuthenticationHeaderValue("Bearer", token)
            : user is not null ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))) : null;
    }

    /// <summary>By whom we are to the server; null: by nobody.</summary>
    public AuthenticationHeaderValue? Administrator { get; }

    /// <summary>Batches not yet answered. The clock waits while there are many.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Batches the server refused; each was said aloud.</summary>
    public int Refused { get; private set; }

    /// <summary>The whole company as the server has it; null while the server does not answer.</summary>
    public async Task<Snapshot?> World(CancellationToken cancel)
    {
        var files = new List<KeyValuePair<string, byte[]>>();
        foreach (TableKind kind in TableKind.All)
        {
            if (await Table(kind, cancel) is not { } bytes) return null;
            if (bytes.Length > 0) files.Add(new($"{kind.Name}.csv", bytes));
        }
        var (world, findings) = CompanyFolder.Read(files);
        foreach (Finding f in findings.Take(5)) _say($"The server's tables do not read: {f}");
        return world;
    }

    /// <summary>All rows of one table; null when the server did not give them.</summary>
    public async Task<IReadOnlyCollection<IRecord>?> Rows(TableKind kind, CancellationToken cancel)
    {
        if (await Table(kind, cancel) is not { Length: > 0 } bytes) return null;
        var (events, findings) = CompanyFolder.ReadDelta($"{kind.Name}.csv", bytes);
        return findings.Count > 0 ? null : [.. events.OfType<WorldEvent.Put>().Select(static p => p.Record)];
    }

    public void Tell(IReadOnlyList<WorldEvent> events)
    {
        if (events.Count > 0) _waiting.Enqueue(($"{_run}-{_batch++}", Text(events)));
    }

    /// <summary>Sends what waits, oldest first, until all is answered or the server fails; true when nothing waits.</summary>
    public async Task<bool> Send(CancellationToken cancel)
    {
        while (_waiting.TryPeek(out var next))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/changes") { Content = new StringContent(next.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", next.Key);
            if (await Ask(request, cancel) is not { } answer) return false;
            using (answer)
            {
                if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)answer.StatusCode >= 500) return false;
                _waiting.Dequeue();
                if (answer.IsSuccessStatusCode) continue;
                Refused++;
                _say($"Batch {next.Key} was refused ({(int)answer.StatusCode}): {await answer.Content.ReadAsStringAsync(cancel)}");
            }
        }
        return true;
    }

    /// <summary>How many open promises the server sees at risk and broken, of how many; null when it does not say.</summary>
    public async Task<(int AtRisk, int Broken, int Promises)?> Promises(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}/today");
        using HttpResponseMessage? answer = await Ask(request, cancel);
        if (answer is not { IsSuccessStatusCode: true }) return null;
        using JsonDocument today = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
        return (Count("promises_at_risk"), Count("promises_broken"), Count("promises"));

        int Count(string name) => today.RootElement.GetProperty(name).GetInt32();
    }

    /// <summary>Asks for a full re-plan and accepts what is proposed.</summary>
    /// <returns>What came of it, in a line.</returns>
    public async Task<string> RePlan(CancellationToken cancel)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"{Api}/proposals");
        using HttpResponseMessage? made = await Ask(ask, cancel);
        if (made is not { IsSuccessStatusCode: true }) return $"The planner on duty got no proposal ({(int?)made?.StatusCode}).";
        using JsonDocument proposal = JsonDocument.Parse(await made.Content.ReadAsByteArrayAsync(cancel));
        using var accept = new HttpRequestMessage(HttpMethod.Post, $"{Api}/proposals/{proposal.RootElement.GetProperty("proposal").GetString()}/accept");
        using HttpResponseMessage? taken = await Ask(accept, cancel);
        string kept = $"{proposal.RootElement.GetProperty("promises_kept_before").GetDouble():0.0} -> {proposal.RootElement.GetProperty("promises_kept_after").GetDouble():0.0} promises kept";
        return taken is { IsSuccessStatusCode: true } ? $"The planner on duty re-planned: {kept}." : $"The planner on duty could not accept a re-plan ({kept}, {(int?)taken?.StatusCode}).";
    }

    /// <summary>Asks the hub to train its model of delays, as anybody may who trains models; false when it does not take that on.</summary>
    public async Task<bool> TrainDelays(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/models/arrival-delay/deliveries/train");
        using HttpResponseMessage? answer = await Ask(request, cancel);
        return answer is { IsSuccessStatusCode: true };
    }

    /// <summary>Tells the hub's clock the simulated present; a server without one is asked once.</summary>
    public async Task Clock(Instant now, double timesReal, CancellationToken cancel)
    {
        if (!_hasClock) return;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/demo/clock")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { now = InstantPattern.ExtendedIso.Format(now), timesReal }), Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage? answer = await Ask(request, cancel);
        if (answer is { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed }) _hasClock = false;
    }

    /// <summary>The simulated present the server last knew; null when it has none.</summary>
    public async Task<Instant?> Clock(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}/demo/clock");
        using HttpResponseMessage? answer = await Ask(request, cancel);
        if (answer is not { IsSuccessStatusCode: true }) return null;
        using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancel));
        return json.RootElement.TryGetProperty("now", out JsonElement now) && now.GetString() is { } text ? DemoCommands.Moment(text) : null;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The body of POST /changes: every event as the table's columns and their text.</summary>
    internal static string Text(IReadOnlyList<WorldEvent> events)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (WorldEvent e in events) e.Match(put => Put(json, put.Record), removed => Remove(json, removed));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool Put(Utf8JsonWriter json, IRecord record)
    {
        TableKind kind = TableKind.For(record);
        json.WriteStartObject();
        json.WriteString("put", kind.Name);
        json.WriteStartObject("row");
        foreach (var (column, cell) in kind.Columns.Zip(kind.Cells(record))) json.WriteString(column.Name, cell);
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static bool Remove(Utf8JsonWriter json, WorldEvent.Removed removed)
    {
        json.WriteStartObject();
        json.WriteString("remove", removed.Kind.Name);
        json.WriteString("key", removed.Id);
        json.WriteString("reason", removed.Reason);
        json.WriteEndObject();
        return true;
    }

    private async Task<byte[]?> Table(TableKind kind, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Api}/tables/{kind.Name}.csv");
        using HttpResponseMessage? answer = await Ask(request, cancel);
        return answer is null ? null : answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancel)
            : answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden ? [] : null;
    }

    private async Task<HttpResponseMessage?> Ask(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await _http.SendAsync(request, cancel);
        }
        catch (Exception e) when (e is HttpRequestException || e is TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
