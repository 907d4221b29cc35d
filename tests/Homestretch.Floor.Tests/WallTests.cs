using Homestretch.Tests.House;

namespace Homestretch.Floor.Tests;

public sealed class WallTests
{
    [Fact]
    public void The_floor_app_sees_the_core_and_the_codecs_and_no_server() => Assert.Empty(OuterFences.Floor.Breaches(typeof(Homestretch.Floor.App).Assembly.Location));
}
