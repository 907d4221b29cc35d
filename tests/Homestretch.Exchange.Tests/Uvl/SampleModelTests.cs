using System.Numerics;
using Homestretch.Exchange.Uvl;
using Homestretch.Products.Configuring;
using Xunit;

namespace Homestretch.Exchange.Tests.Uvl;

/// <summary>Published models and their published numbers of configurations.</summary>
public sealed class SampleModelTests
{
    private static CompiledModel Compiled(string file)
    {
        UvlRead read = UvlReader.Read(Path.GetFileName(file), File.ReadAllText(file));
        Assert.Empty(read.Findings);
        var (compiled, findings) = CompiledModel.Compile(read.Model!, Path.GetFileName(file), TestContext.Current.CancellationToken);
        Assert.Empty(findings);
        return compiled!;
    }

    [Theory]
    [InlineData("ebike", "170")]
    [InlineData("xtext", "130793182007669276479488")]
    [InlineData("e_shop", "247496437923840")]
    [InlineData("pc_richmond", "554424990964054425600")]
    public void Models_that_ship_count_as_published(string name, string count)
    {
        CompiledModel model = Compiled(Repository.Path("samples", "models", name + ".uvl"));
        Assert.Equal(BigInteger.Parse(count, System.Globalization.CultureInfo.InvariantCulture), model.Count);
        string written = UvlWriter.Write(model.Model);
        UvlRead again = UvlReader.Read("again.uvl", written);
        Assert.Empty(again.Findings);
        Assert.Equal(written, UvlWriter.Write(again.Model!));
    }

    /// <summary>Models under no licence that would let them ship: github.com/Universal-Variability-Language/uvl-models at 8e40f09, in the folder named by
    /// HOMESTRETCH_UVL_MODELS.</summary>
    [Theory]
    [InlineData("dm_mobile_phone", "95")]
    [InlineData("ovm_mobile_phone", "47")]
    [InlineData("dm_eshop", "240")]
    [InlineData("bike", "62")]
    [InlineData("berkeleydb", "4080389785")]
    [InlineData("axTLS", "826244333568")]
    [InlineData("uClibc", "16601881363009992107753731518030151680000")]
    [InlineData("financialservices01", "97451212554676")]
    [InlineData("automotive01", "54337953889526644797436357304783500234473556203012469981705794070419609376066883019863858681556047971579366711252721976681982553481954710208375451836305175948768348959659511355551303323044387225600000000000000000000000")]
    public void Models_beside_the_product_count_as_published(string name, string count)
    {
        string? folder = Environment.GetEnvironmentVariable("HOMESTRETCH_UVL_MODELS");
        Assert.SkipUnless(folder is { Length: > 0 }, "HOMESTRETCH_UVL_MODELS names no folder with these models.");
        Assert.Equal(BigInteger.Parse(count, System.Globalization.CultureInfo.InvariantCulture), Compiled(Path.Combine(folder!, name + ".uvl")).Count);
    }

    /// <summary>The bike's rules once more, as loops.</summary>
    [Fact]
    public void The_bike_has_as_many_configurations_as_loops_over_its_rules_find()
    {
        int count = 0;
        foreach (string market in (string[])["US", "EU", "UK"])
            foreach (bool strong in (bool[])[false, true])
                foreach (bool large in (bool[])[false, true])
                    foreach (int limit in (int[])[19, 25, 32, 33])
                        for (int rest = 0; rest < 64; rest++)
                        {
                            bool right = (rest & 1) != 0, throttle = (rest & 2) != 0, rack = (rest & 4) != 0, seat = (rest & 8) != 0, basket = (rest & 16) != 0, spare = (rest & 32) != 0;
                            int grams = 16800 + (strong ? 600 : 0) + (large ? 3400 : 2300) + (throttle ? 90 : 0) + (rack ? 900 : 0) + (seat ? 2600 : 0) + (basket ? 700 : 0) + (spare ? 2300 : 0);
                            int price = 1290 + (strong ? 240 : 0) + (large ? 310 : 0) + (throttle ? 60 : 0) + (rack ? 45 : 0) + (seat ? 130 : 0) + (basket ? 35 : 0) + (spare ? 520 : 0);
                            if (market == "UK" && !right || market != "US" && (strong || throttle || limit > 25) || market == "US" && limit > 32) continue;
                            if (limit < 20 || limit > 25 && !strong || seat && !(rack && !basket) || spare && large || grams > 24000 || price > 2000) continue;
                            count++;
                        }
        Assert.Equal(count, Compiled(Repository.Path("samples", "models", "ebike.uvl")).Count);
    }

    [Fact]
    public void The_bike_for_Europe_has_no_throttle_and_says_why()
    {
        CompiledModel model = Compiled(Repository.Path("samples", "models", "ebike.uvl"));
        CancellationToken go = TestContext.Current.CancellationToken;
        Configuration europe = model.Start()!.Choose(new(model.Find("Rack")!, true), go).Configuration!.Choose(new(model.Find("EU")!, true), go).Configuration!;
        Assert.Equal(SelectState.Forced, europe[model.Find("Assist limit=25")!]);
        Assert.Equal(SelectState.Impossible, europe[model.Find("Assist limit=32")!]);
        Assert.Equal(["Throttle cannot be taken with EU taken, because:", "- EU | UK => \"250 W\" & !Throttle (line 41)", "To allow it, leave out EU instead."],
            europe.Choose(new(model.Find("Throttle")!, true), go).Conflict!.Words());
        // 16,800 g, 3,400 g of battery, 2,600 g of seat, 900 g of rack and 700 g of basket are too heavy with anything more
        Configuration heavy = model.Start()!.Choose(new(model.Find("630 Wh")!, true), go).Configuration!.Choose(new(model.Find("Child seat")!, true), go).Configuration!;
        Assert.Equal(SelectState.Impossible, heavy[model.Find("500 W")!]);
        Assert.Contains("- sum(grams) <= 24000 (line 50)", heavy.Choose(new(model.Find("500 W")!, true), go).Conflict!.Words());
    }

    [Fact]
    public void Features_that_are_dead_or_always_there_are_listed()
    {
        Anomalies shop = Compiled(Repository.Path("samples", "models", "e_shop.uvl")).Anomalies();
        Assert.Equal((0, 50, 0), (shop.Dead.Count, shop.Core.Count, shop.FalseOptional.Count));
        Anomalies bike = Compiled(Repository.Path("samples", "models", "ebike.uvl")).Anomalies();
        Assert.Equal(["Assist limit: at most 19", "Assist limit: at least 33"], bike.Dead.Select(static s => s.Name));
    }
}
