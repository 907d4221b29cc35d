using Homestretch.Tests.House;
using Xunit;

namespace Homestretch.Solvers.Tests;

/// <summary>The walls of this project, as its compiled code has them. Their breaches stand in FenceTests of Homestretch.Tests.</summary>
public sealed class WallTests
{
    [Fact]
    public void Solvers_see_the_core_and_keep_no_clock_no_files_and_no_chance() =>
        Assert.Empty(OuterFences.Solvers.Breaches(Path.Combine(AppContext.BaseDirectory, "Homestretch.Solvers.dll")));
}
