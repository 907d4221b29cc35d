using Homestretch.Server.Tests.Running;
using Xunit;

namespace Homestretch.Server.Tests.Ingest;

/// <summary>Classes that share one demonstration without a company: each test brings a plant whose gateway no other test has (1 and 2, 3, 4 in TwinTests; 5, 6 in MachineReportTests; 7 in StopsTests).</summary>
[CollectionDefinition]
public sealed class Plants : ICollectionFixture<OneServer>;
