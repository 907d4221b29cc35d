using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Edge.Tests.House;

public sealed class WallTests
{
    /// <summary>Its breaches stand in FenceTests of Homestretch.Tests.</summary>
    [Fact]
    public void The_edge_has_one_package_and_talks_MQTT_where_it_listens_only() =>
        Assert.Empty(OuterFences.Edge.Breaches(Path.Combine(AppContext.BaseDirectory, "homestretch-edge.dll")));
}
