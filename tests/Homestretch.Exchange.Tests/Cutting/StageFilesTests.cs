using System.Text;
using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Exchange.Cutting;
using Xunit;

namespace Homestretch.Exchange.Tests.Cutting;

/// <summary>Networks of stages from CSV, in our columns and in those of the published chains.</summary>
public sealed class StageFilesTests
{
    private static (StageNetwork? Network, IReadOnlyList<Finding> Findings) Read(string stages, string links) => StageFiles.Read(new("s.csv", Encoding.UTF8.GetBytes(stages)), new("l.csv", Encoding.UTF8.GetBytes(links)));

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

    [Fact]
    public void Sources_and_legs_are_read_beside_stages_which_then_need_no_cost_of_their_own()
    {
        var (study, findings) = Study("stage,cost,days,demand,demand_spread,most_sources\nframe,,,,,2\nbike,50,1,10,4,\n", "source,stage,days,cost,place,party,country,most_per_day,one_off,hours\nfar,frame,10,80,CN,KAI,CN,7,,\nnear,frame,5,110,HOME,,US,,50000,1.5\n", "from,to,per_unit,rate,days,from_stage,co2\nCN,HOME,4,0.2,30,frame,3.5\n");
        Assert.Empty(findings);
        Assert.Equal([new Stage("frame", 0, 0), new Stage("bike", 50, 1, 0, 10, 4)], study!.Network.Stages);
        Assert.Equal([new Source("frame", "far", 80, 10, "CN", "KAI", "CN", 7), new Source("frame", "near", 110, 5, "HOME", "", "US", null, 0, 50_000, 1.5)], study.Sources);
        Assert.Equal([new Leg("CN", "HOME", 4, 0.2, 30, "frame", null, 3.5)], study.Legs);
        Assert.Equal([new SourceRule("frame", 2)], study.Rules);
        (study, findings) = Study("stage,cost,days\nframe,,\nbike,,1\n", "stage,source,cost,days\nframe,far,,x\n", "from,to\n");
        Assert.Null(study);
        Assert.Equal(["o.csv:2 cost missing", "o.csv:2 days number", "s.csv:3 cost missing", "g.csv:1 per_unit missing-column", "g.csv:1 rate missing-column", "g.csv:1 days missing-column"], findings.Select(static f => $"{f.Place.Source}:{f.Place.Line} {f.Place.Column} {f.Rule}"));

        static (SourcingStudy? Study, IReadOnlyList<Finding> Findings) Study(string stages, string sources, string legs) =>
            StageFiles.Read(new("s.csv", Encoding.UTF8.GetBytes(stages)), new("l.csv", "from,to\nframe,bike\n"u8.ToArray()), new("o.csv", Encoding.UTF8.GetBytes(sources)), new("g.csv", Encoding.UTF8.GetBytes(legs)));
    }

    [Fact]
    public void Know_how_is_read_as_weights_ties_and_clues()
    {
        var network = new StageNetwork([new("frame", 0, 0), new("battery", 0, 0)], []);
        var (know, findings) = StageFiles.ReadKnowHow(new("k.csv", "stage,weight,tied_to,inferred_from,chance\nframe,1,,,\nbattery,2,,,\nbattery,1,frame,,\nframe,,,battery,0.5\n"u8.ToArray()), network);
        Assert.Empty(findings);
        Assert.Equal(["frame", "battery"], know!.Stages);
        Assert.Equal(0.25 * 0.5 + 0.5 + 0.25 * 0.5, know.Graph.Reconstructed([0, 1]), 9);       // the frame is inferred half: v, v, and the tie of both
        (know, findings) = StageFiles.ReadKnowHow(new("k.csv", "stage,weight,tied_to,inferred_from,chance\nlamp,1,,,\nframe,-1,,,\nframe,,,battery,2\nframe,1,frame,,\nframe,,,,\n"u8.ToArray()), network);
        Assert.Null(know);
        Assert.Equal(["2 stage unknown-key", "3 weight range", "4 chance range", "5 stage itself", "6 weight row"], findings.Select(static f => $"{f.Place.Line} {f.Place.Column} {f.Rule}"));
    }
}
