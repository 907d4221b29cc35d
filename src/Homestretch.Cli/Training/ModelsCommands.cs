using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Models;

namespace Homestretch.Cli.Training;

/// <summary>models: what a hub keeps of trained models, over its API: list, put a file in, train, put in force, roll back (docs/models.md).</summary>
internal static class ModelsCommands
{
    private static readonly Option<string> s_server = new("--server") { Description = "The hub, such as https://hub.example.", Required = true };
    private static readonly Option<string?> s_token = new("--token") { Description = "A token of yours; otherwise HOMESTRETCH_TOKEN." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print what the hub answers." };
    private static readonly Argument<string> s_model = new("MODEL") { Description = "Kind and subject, such as arrival-delay/deliveries or 'remaining-life/stator winder'." };

    public static Command Build()
    {
        var list = new Command("list", "Models of a hub: which version is in force, how it did, what the last training said.") { s_server, s_token, s_json };
        list.SetAction((r, stop) => Ask(r, HttpMethod.Get, "", null, r.GetValue(s_json) ? static answer => answer : List, stop));
        var file = new Argument<FileInfo>("FILE") { Description = "A model file, as 'machines fit' or 'arrivals fit' writes it." };
        var of = new Option<string>("--of") { Description = "Whose: a kind of machine; forecasts of delays are about 'deliveries'.", DefaultValueFactory = static _ => "deliveries" };
        var put = new Command("put", "Put a model file in as a candidate.") { file, of, s_server, s_token };
        put.SetAction(async (r, stop) =>
        {
            if (r.GetValue(file) is not { Exists: true } given) return Wrong($"{r.GetValue(file)} is not there.");
            byte[] bytes = await File.ReadAllBytesAsync(given.FullName, stop);
            return ModelFile.KindOf(bytes) is { Length: > 0 } kind ? await Ask(r, HttpMethod.Post, Path($"{kind}/{r.GetValue(of)}"), bytes, static answer => $"version {JsonElement.Parse(answer).GetProperty("version").GetInt32()}", stop) : Wrong($"{given} is no model file.");
        });
        var version = new Argument<int>("VERSION");
        var use = new Command("in-force", "Put a version in force.") { s_model, version, s_server, s_token };
        use.SetAction((r, stop) => Ask(r, HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"{Path(r.GetValue(s_model)!)}/{r.GetValue(version)}/in-force"), [], static _ => "done", stop));
        return new("models", "Trained models at a hub.") { list, put, Act("train", "Ask for a training now; 'models list' says what comes of it."), use, Act("roll-back", "Put the version in force that was before."), Act("retire", "Take the version in force out of it.") };
    }

    private static Command Act(string name, string description)
    {
        var command = new Command(name, description) { s_model, s_server, s_token };
        command.SetAction((r, stop) => Ask(r, HttpMethod.Post, $"{Path(r.GetValue(s_model)!)}/{name}", [], static _ => "done", stop));
        return command;
    }

    /// <summary>'/kind/subject' of a model's name, as a path has it.</summary>
    private static string Path(string model) => string.Concat(model.Split('/', 2).Select(static part => $"/{Uri.EscapeDataString(part)}"));

    private static async Task<int> Ask(ParseResult r, HttpMethod method, string path, byte[]? body, Func<string, string> shown, CancellationToken stop)
    {
        if ((r.GetValue(s_token) ?? Environment.GetEnvironmentVariable("HOMESTRETCH_TOKEN")) is not { Length: > 0 } token) return Wrong("Give --token, or HOMESTRETCH_TOKEN: the screen of people makes one.");
        if (!Uri.TryCreate(r.GetValue(s_server), UriKind.Absolute, out Uri? server)) return Wrong("--server is an address such as https://hub.example.");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(server, $"/api/v1/models{path}")) { Content = body is null ? null : new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, stop);
            string said = await answer.Content.ReadAsStringAsync(stop);
            if (!answer.IsSuccessStatusCode) return Wrong(Refusal(said) ?? $"{server} answered {(int)answer.StatusCode}.");
            Console.WriteLine(shown(said));
            return Folder.Ok;
        }
        catch (HttpRequestException e)
        {
            return Wrong($"{server} was not reached: {e.Message}");
        }
    }

    private static string List(string answer) => string.Join('\n', JsonElement.Parse(answer).EnumerateArray().Select(static m =>
    {
        JsonElement now = m.GetProperty("in_force"), training = m.GetProperty("training");
        string stands = now.ValueKind == JsonValueKind.Object ? $"version {now.GetProperty("version").GetInt32()} in force, {now.GetProperty("hash").GetString()![..12]}, {now.GetProperty("card").GetProperty("data").GetString()}" : $"none in force of {m.GetProperty("versions").GetInt32()} versions";
        string said = training.ValueKind == JsonValueKind.Object ? $"\n  training {training.GetProperty("at").GetString()}: {training.GetProperty("outcome").GetString()}. {string.Join(' ', training.GetProperty("said").EnumerateArray().Select(static s => s.GetString()))}" : "";
        return $"{m.GetProperty("key").GetString()}: {stands}{said}";
    }));

    /// <summary>What a refusal says, in the hub's words; null when it is none of the hub's.</summary>
    private static string? Refusal(string answer)
    {
        try
        {
            return JsonElement.Parse(answer).TryGetProperty("detail", out JsonElement detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Wrong(string what)
    {
        Console.Error.WriteLine(what);
        return Folder.BadInput;
    }
}
