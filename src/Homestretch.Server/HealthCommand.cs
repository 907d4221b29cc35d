namespace Homestretch.Server;

/// <summary><c>homestretch health URL</c>: asks a running server whether it is ready. For containers, which hold no other program to ask with.</summary>
internal static class HealthCommand
{
    private const int Ok = 0, No = 1, BadInput = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>True when the program was started for this and not as a server.</summary>
    public static bool IsAsked(string[] args) => args is ["health", ..];

    public static async Task<int> Run(string[] args)
    {
        if (args is not [_, var text] || !Uri.TryCreate(text, UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine("Write homestretch health URL, with the address that the server listens on, such as http://127.0.0.1:5080.");
            return BadInput;
        }
        using var handler = new HttpClientHandler();
        // the certificate is for the name that others call this machine by
        if (server.IsLoopback) handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        using var client = new HttpClient(handler) { Timeout = s_patience };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(server, "/health"));
            if (answer.IsSuccessStatusCode) return Ok;
            Console.Error.WriteLine($"{server} is not ready: it answers {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Console.Error.WriteLine($"{server} does not answer: {e.Message}");
        }
        return No;
    }
}
