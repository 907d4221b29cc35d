using System.Text;
using Homestretch.Cutting;
using Homestretch.Exchange.Cutting;
using Xunit;

namespace Homestretch.Exchange.Tests.Cutting;

/// <summary>Networks of stages from CSV, in our columns and in those of the published chains.</summary>
public sealed class StageFilesTests
{
    private static (StageNetwork? Network, IReadOnlyList<Finding> Findings) Read(string stages, string links) => StageFiles.Read(Encoding.UTF8.GetBytes(stages), "s.csv", Encoding.UTF8.GetBytes(links), "l.csv");

    [Fact]
    public void Both_forms_say_the_same()
    {
        var (ours, none) = Read("stage,cost,days,days_spread,demand,demand_spread,service_level,most_days\nPart,12.5,28,1.5,,,,\nShop,0,2,,10,3,0.95,1\n", "from,to,quantity\nPart,Shop,\n");
        var (published, none2) = Read("Stage Name,stageCost,relDepth,stageClassification,avgDemand,stdDevDemand,maxServiceTime,serviceLevel,stageTime,stdDev stageTime,stageTime_1\nPart,12.5,2,Part,,,,,28,1.5,20\nShop,0,0,Retail,10,3,1,0.95,2,,\n", "sourceStage,destinationStage\nPart,Shop\n");
        Assert.Empty(none);
        Assert.Empty(none2);
        Assert.Equal([new Stage("Part", 12.5, 28, 1.5), new Stage("Shop", 0, 2, 0, 10, 3, 0.95, 1)], ours!.Stages);
        Assert.Equal(ours.Stages, published!.Stages);
        Assert.Equal([new StageLink("Part", "Shop")], ours.Links);
        Assert.Equal(ours.Links, published.Links);
    }

    [Fact]
    public void All_that_cannot_be_read_is_told_at_once_and_nothing_is_taken_for_what_is_missing()
    {
        var (network, findings) = Read("stage,cost,days\nA,x,1\n,1,1\nB,1,\n", "from,to,quantity\nA,B,two\n");
        Assert.Null(network);
        Assert.Equal(["s.csv:2 cost number", "s.csv:3 stage missing", "s.csv:4 days missing", "l.csv:2 quantity number"], findings.Select(static f => $"{f.Place.Source}:{f.Place.Line} {f.Place.Column} {f.Rule}"));
        (_, findings) = Read("stage,days,days\nA,1,1\n", "");
        Assert.Equal(["days duplicate-column", "cost missing-column", " empty"], findings.Select(static f => $"{f.Place.Column} {f.Rule}"));
    }
}
