using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Edges;

namespace Homestretch.Cli.Demo.Gateways;

/// <summary>Sets edges up as docs/edge.md says it: the hub's administrator makes a credential, takes the supplier's public key, proposes a contract, puts a model in force and publishes it; the
/// supplier signs. What is there already stays as it is: a contract that somebody revoked is not made again.</summary>
internal sealed class Commissioning : IDisposable
{
    private const string Edges = "api/v1/edges/";
    private readonly HttpClient _administrator;
    private readonly Uri _server;

    public Commissioning(Uri server, AuthenticationHeaderValue? administrator)
    {
        _server = new(server.ToString().TrimEnd('/') + "/");
        _administrator = new() { BaseAddress = _server, Timeout = TimeSpan.FromSeconds(30) };
        _administrator.DefaultRequestHeaders.Authorization = administrator;
    }

    public Uri Server => _server;

    /// <summary>PEM of the key with which the hub signs.</summary>
    /// <exception cref="HttpRequestException">The hub was not reached or refused.</exception>
    public async Task<string> HubKey(CancellationToken cancel)
    {
        using HttpResponseMessage answer = await Good(await _administrator.GetAsync(Edges + "key", cancel), cancel);
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <summary>Sets one edge up, or completes what an earlier run began.</summary>
    /// <param name="anew">A new contract is signed even where one was revoked.</param>
    /// <exception cref="HttpRequestException">The hub was not reached or refused.</exception>
    public async Task Commission(EdgeFolder folder, DataContract contract, PartModel? model, bool anew, CancellationToken cancel)
    {
        using ECDsa key = folder.Key();
        string hub = await HubKey(cancel);
        if (folder.Hub.Length > 0 && folder.Hub != hub) throw new HttpRequestException("its folder belongs to an edge of another hub; name another folder with --edges");
        folder.Hub = hub;
        if (!folder.HasCredential)
        {
            using HttpResponseMessage made = await Good(await _administrator.PostAsJsonAsync("api/v1/gateways", new { party = folder.Supplier, node = Plants.Node, label = "demonstration", days = 366 }, cancel), cancel);
            folder.Password = (await made.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("password").GetString()!;
        }
        using HttpResponseMessage known = await _administrator.GetAsync(Edges + folder.Edge, cancel);
        JsonElement? detail = known.StatusCode == HttpStatusCode.NotFound ? null : await (await Good(known, cancel)).Content.ReadFromJsonAsync<JsonElement>(cancel);
        string state = detail?.GetProperty("row").GetProperty("contract_state").GetString() ?? "none";
        if (state is "none" or "proposed")
        {
            using HttpResponseMessage trusted = await Good(await _administrator.PutAsJsonAsync($"{Edges}{folder.Edge}/key", new { public_key = key.ExportSubjectPublicKeyInfoPem() }, cancel), cancel);
        }
        if (state == "proposed") await Sign(folder, key, detail!.Value.GetProperty("row").GetProperty("contract").GetInt32(), cancel);
        else if (state == "none" || anew) await Sign(folder, key, await Publish(folder, "contract", contract.ToBytes(), cancel), cancel);
        if (model is not null) await Register(model, cancel);
        if (model is not null && !(detail?.GetProperty("documents").EnumerateArray().Any(static d => d.GetProperty("kind").GetString() == "model") ?? false)) await Publish(folder, "model", model.File, cancel);
    }

    public void Dispose() => _administrator.Dispose();

    private async Task<int> Publish(EdgeFolder folder, string kind, byte[] content, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await Good(await _administrator.PostAsync($"{Edges}{folder.Edge}/documents/{kind}", new ByteArrayContent(content), cancel), cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("version").GetInt32();
    }

    /// <summary>Puts a shipped model into the hub's register and in force, where the hub has none of that kind of machine yet: from then on it is the hub's to train, to replace and to roll back.</summary>
    private async Task Register(PartModel model, CancellationToken cancel)
    {
        string path = $"api/v1/models/remaining-life/{Uri.EscapeDataString(model.Kind)}";
        using HttpResponseMessage known = await _administrator.GetAsync(path, cancel);
        if (known.StatusCode != HttpStatusCode.NotFound && (await (await Good(known, cancel)).Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("versions").GetArrayLength() > 0) return;
        using HttpResponseMessage put = await Good(await _administrator.PostAsync(path, new ByteArrayContent(model.File), cancel), cancel);
        int version = (await put.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("version").GetInt32();
        using HttpResponseMessage done = await Good(await _administrator.PostAsync(string.Create(CultureInfo.InvariantCulture, $"{path}/{version}/in-force"), null, cancel), cancel);
    }

    /// <summary>The supplier reads what the hub proposes and countersigns it; the edge fetches it with both signatures.</summary>
    private async Task Sign(EdgeFolder folder, ECDsa key, int version, CancellationToken cancel)
    {
        using var supplier = new HttpClient { BaseAddress = _server };
        supplier.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{folder.Edge}:{folder.Password}")));
        using HttpResponseMessage proposed = await Good(await supplier.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/v1/edge/documents/contract/{version}"), cancel), cancel);
        var findings = new List<Finding>();
        using ECDsa? hub = SignedDocument.Key(folder.Hub);
        if (SignedDocument.Read(await proposed.Content.ReadAsByteArrayAsync(cancel), "contract", findings) is not { } document || hub is null || !document.IsSigned(Signer.Hub, hub))
            throw new HttpRequestException($"contract {version} of {folder.Edge} is not signed by the hub. {string.Join(" ", findings)}");
        using HttpResponseMessage signed = await Good(await supplier.PostAsync("api/v1/edge/documents", new ByteArrayContent(document.Signed(Signer.Supplier, key).ToBytes()), cancel), cancel);
    }

    private static async Task<HttpResponseMessage> Good(HttpResponseMessage answer, CancellationToken cancel) => answer.IsSuccessStatusCode ? answer
        : throw new HttpRequestException($"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}", null, answer.StatusCode);
}
