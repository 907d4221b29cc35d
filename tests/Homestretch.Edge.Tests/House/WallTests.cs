using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Edge.Tests.House;

public sealed class WallTests
{
    [Fact]
    public void Files_of_logs_need_no_package_clock_or_chance() => Assert.Empty(OuterFences.Disk.Breaches(Path.Combine(AppContext.BaseDirectory, "Homestretch.Disk.dll")));

    /// <summary>Its breaches stand in FenceTests of Homestretch.Tests.</summary>
    [Fact]
    public void The_edge_has_one_package_and_talks_MQTT_where_it_listens_only() =>
        Assert.Empty(OuterFences.Edge.Breaches(Path.Combine(AppContext.BaseDirectory, "homestretch-edge.dll")));
}
