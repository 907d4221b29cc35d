using Xunit;

namespace Homestretch.Server.Tests.Running;

/// <summary>The program asks a server after its health, as a container does.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_is_ready_is_well_over_TLS_too_and_one_that_has_gone_is_not()
    {
        string folder = RunningServer.FreshFolder();
        await using RunningServer server = await RealStart.Begin(folder, [.. RealStart.Certificate(folder), "--urls", "http://127.0.0.1:0;https://127.0.0.1:0", "--mqtt-tls-port", "0"]);
        string address = server.Http.BaseAddress!.ToString(), tls = (await server.Hears(new("https://127.0.0.1:[0-9]+"))).Value;
        Assert.Equal((0, ""), await RunningServer.Command("health", address));
        Assert.Equal((0, ""), await RunningServer.Command("health", tls));
        Assert.Equal(0, await server.Stop());
        var (code, said) = await RunningServer.Command("health", address);
        Assert.Equal(1, code);
        Assert.Contains("does not answer", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1", "more")]
    public async Task An_address_that_is_none_ends_with_2(params string[] words)
    {
        var (code, said) = await RunningServer.Command(["health", .. words]);
        Assert.Equal(2, code);
        Assert.Contains("homestretch health URL", said, StringComparison.Ordinal);
    }
}
