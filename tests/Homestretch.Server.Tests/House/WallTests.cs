using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Server.Tests.House;

/// <summary>The walls of the projects around the core, as their compiled code has them. Their breaches stand in FenceTests of Homestretch.Tests.</summary>
public sealed class WallTests
{
    [Fact]
    public void Orleans_MQTT_and_mappers_stay_in_their_places_in_the_server() =>
        Assert.Empty(OuterFences.Server.Breaches(Here("Homestretch.Server")));

    [Fact]
    public void Screens_see_the_window_and_nothing_behind_it() =>
        Assert.Empty(OuterFences.Web.Breaches(Here("Homestretch.Web")));

    [Fact]
    public void The_command_line_talks_MQTT_in_its_demonstration_only() =>
        Assert.Empty(OuterFences.Cli.Breaches(Running.Built.Apart("Homestretch.Cli")));

    private static string Here(string project) => Path.Combine(AppContext.BaseDirectory, project + ".dll");
}
