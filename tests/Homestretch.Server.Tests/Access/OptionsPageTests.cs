using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Server.Tests.Access;

public sealed class OptionsPageTests
{
    [Fact]
    public void The_page_lists_every_option() => Repository.KeepBlock("docs/operating/README.md", "options",
        "| option | otherwise | |\n|---|---|---|\n" + string.Concat(StartWords.All.Select(static w => $"| `--{w.Name} {w.Form.Replace("|", "\\|", StringComparison.Ordinal)}` | {w.Otherwise} | {w.Doc} |\n")));

    [Fact]
    public void An_option_can_come_from_the_environment_and_the_command_line_wins()
    {
        static string? Variable(string name) => name switch { "HOMESTRETCH_MQTT_PORT" => "1885", "HOMESTRETCH_DATA" => "/srv/one", _ => null };
        var (options, findings) = StartReading.Read(["--data", "/srv/two"], Variable);
        Assert.Empty(findings);
        Assert.Equal((1885, "/srv/two", "http://127.0.0.1:5080"), (options!.MqttPort, options.DataFolder, Assert.Single(options.Urls)));
    }
}
