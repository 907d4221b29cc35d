using Homestretch.Walk.Running;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Homestretch.Walk.Running;

/// <summary>What takes longest begins first, so that the end does not wait for it alone: all screens, then what plays in real time, then the rest.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] s_first = ["EveryScreen", "EveryDrawer", "TourTests", "StudioScreens", "EdgeGatewayTests", "LastMile", "FloorScreens", "CutScreens", "Hearing", "KillTests", "WithoutNetwork", "WeeksTests", "SituationScreens", "ModelScreens", "ClearScreens", "BufferScreens", "SimulationTests", "DemoStudyTests"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(static c => Array.FindIndex(s_first, f => c.TestCollectionDisplayName.Contains($".{f} ", StringComparison.Ordinal)) is >= 0 and var at ? at : s_first.Length)];
}
