using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Exchange.Tests.Papers;

/// <summary>The walls of Papers, as its compiled code has them. Their breaches stand in FenceTests of Homestretch.Tests.</summary>
public sealed class WallTests
{
    [Fact]
    public void Papers_see_records_and_two_packages_and_keep_no_clock_no_files_and_no_chance() =>
        Assert.Empty(OuterFences.Papers.Breaches(Path.Combine(AppContext.BaseDirectory, "Homestretch.Papers.dll")));
}
