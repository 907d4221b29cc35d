using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Server.Tests.House;

/// <summary>The walls of the projects around the core, as their compiled code has them. Their breaches stand in FenceTests of Homestretch.Tests.</summary>
public sealed class WallTests
{
    [Fact]
    public void Orleans_MQTT_and_mappers_stay_in_their_places_in_the_server() =>
        Assert.Empty(OuterFences.Server.Breaches(Built("Homestretch.Server")));

    [Fact]
    public void Screens_see_the_window_and_nothing_behind_it() =>
        Assert.Empty(OuterFences.Web.Breaches(Built("Homestretch.Web")));

    [Fact]
    public void The_command_line_talks_MQTT_in_its_demonstration_only() =>
        Assert.Empty(OuterFences.Cli.Breaches(BuiltApart("Homestretch.Cli")));

    private static string Built(string project) => Path.Combine(AppContext.BaseDirectory, project + ".dll");

    /// <summary>The build of a project that the tests do not link: same configuration, in its own folder.</summary>
    private static string BuiltApart(string project)
    {
        string[] here = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        int bin = Array.LastIndexOf(here, "bin");
        string root = "/" + string.Join('/', here[..(bin - 2)]);
        return Directory.EnumerateFiles($"{root}/src/{project}/bin/{here[bin + 1]}", project + ".dll", SearchOption.AllDirectories).First();
    }
}
