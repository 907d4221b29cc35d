using Homestretch.Exchange.Uvl;
using Homestretch.Products.Ordering;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Products.Ordering;

public sealed class OrderChoosingTests
{
    [Fact]
    public void A_throttle_that_two_laws_forbid_is_refused_with_both_in_words()
    {
        OrderRefusal why = Assert.Single(Bikes.Model(Bikes.World, "NY").Choose("throttle=28mph").Refused);
        Assert.Equal([
            "Throttle to 28 mph cannot be chosen for New York, because:",
            "- United States: By its motor alone it stays below 20 mph (15 U.S.C. 2085(b))",
            "- New York: A throttle drives it up to 20 mph (VTL 102-c(b))",
            "- The product: The throttle drives no faster than the motor assists (Design rule); and New York: The motor stops helping at 20 mph (VTL 102-c(a))",
            "No other choice of options allows it for New York."], why.Words());
    }

    [Fact]
    public void A_choice_in_the_way_is_named_with_what_to_choose_instead()
    {
        OrderModel model = Bikes.Model(Bikes.World, "NY");
        OrderConfiguration state = model.Choose("assist=25kmh");
        ConfiguredOption throttle = state.Features.Single(static f => f.Name == "throttle").Options.Single(static o => o.Option.Option == "20mph");
        Assert.Equal(["Throttle to 20 mph cannot be chosen for New York, because:", "- with assist to 25 km/h: The product: The throttle drives no faster than the motor assists (Design rule)",
            "To allow it, choose assist to 20 mph instead of assist to 25 km/h."], throttle.Why!.Words());
        Assert.Equal(["none"], Options(state, "throttle", OptionState.Forced));
        OrderConfiguration changed = model.Choose("assist=20mph", "throttle=20mph");
        Assert.Empty(changed.Refused);
        Assert.Equal("assist=20mph; rack=no; throttle=20mph", changed.Proposed!.ToString());
        Assert.False(changed.Complete);
        Assert.True(model.Choose("assist=20mph", "throttle=20mph", "rack=yes").Complete);
    }

    [Fact]
    public void Options_of_a_feature_are_judged_beside_the_other_features_so_that_one_may_be_exchanged()
    {
        OrderConfiguration state = Bikes.Model(Bikes.World, "NY").Choose("throttle=none");
        Assert.Equal(["20mph"], Options(state, "throttle", OptionState.Possible));
        Assert.Equal(["none"], Options(state, "throttle", OptionState.Chosen));
        Assert.Equal(["28mph"], Options(state, "throttle", OptionState.Impossible));
        Assert.Equal(["throttle=20mph"], Bikes.Model(Bikes.World, "NY").Choose("throttle=none", "throttle=20mph").Chosen.Select(static c => $"{c.Feature}={c.Option}"));
    }

    [Fact]
    public void A_rule_counts_only_on_its_days_and_in_its_market()
    {
        Assert.Equal(["28mph"], Options(Bikes.Model(Bikes.World, "US").Choose(), "throttle", OptionState.Impossible));
        Assert.Empty(Options(Bikes.Model(Bikes.World, "US", new(2002, 12, 3)).Choose(), "throttle", OptionState.Impossible));
        Assert.Equal(["20mph", "25kmh", "28mph"], Options(Bikes.Model(Bikes.World, "US").Choose(), "assist", OptionState.Possible).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_that_leave_no_order_are_told_together()
    {
        Snapshot none = Snapshot.Of([.. Bikes.Records, Bikes.Rule("A", "NY", "rack=yes", "throttle=28mph", "A rack needs the fast throttle", ""), Bikes.Rule("B", "NY", "", "rack=yes", "A rack is fitted", "")]);
        OrderConfiguration state = Bikes.Model(none, "NY").Choose("rack=no");
        Assert.Null(state.Proposed);
        Assert.Equal(3, state.Void.Count);
        Assert.Subset(new HashSet<string> { "A", "B", "US-MOTOR", "NY-THROTTLE" }, state.Void.Select(static r => r.Key).ToHashSet());
        Assert.All(state.Features.SelectMany(static f => f.Options), static o => Assert.Equal(OptionState.Impossible, o.State));
        Assert.Equal("assist=25kmh; rack=no; throttle=none", Bikes.Model(none, "US").Choose().Proposed!.ToString());
    }

    [Fact]
    public void A_family_without_options_and_a_market_that_is_not_there_are_findings()
    {
        Assert.Equal("no-options", Assert.Single(OrderModel.Of(Bikes.World, "C2", "US", Bikes.Day, TestContext.Current.CancellationToken).Findings).Rule);
        Assert.Equal("Write one of: NY, US.", Assert.Single(OrderModel.Of(Bikes.World, "C1", "XX", Bikes.Day, TestContext.Current.CancellationToken).Findings).Cure);
    }

    [Fact]
    public void A_feature_model_of_the_family_brings_rules_of_its_own()
    {
        string text = UvlWriter.Write(Bikes.Model(Bikes.World, "US").Model with { Rules = [] }) + "\nconstraints\n\t\"rack=yes\" => !\"assist=28mph\"\n";
        UvlRead read = UvlReader.Read("c1.uvl", text, static _ => null);
        Assert.Empty(read.Findings);
        OrderModel model = OrderModel.Of(Bikes.World, "C1", "US", Bikes.Day, TestContext.Current.CancellationToken, read.Model).Model!;
        ConfiguredOption fast = model.Choose("rack=yes").Features.Single(static f => f.Name == "assist").Options.Single(static o => o.Option.Option == "28mph");
        Assert.StartsWith("- with rack yes: The product: \"rack=yes\" => !\"assist=28mph\" (line", fast.Why!.Words()[1], StringComparison.Ordinal);
        Finding missing = Assert.Single(OrderModel.Of(Snapshot.Of([.. Bikes.Records, Bikes.Option("rack", "front", "")]), "C1", "US", Bikes.Day, TestContext.Current.CancellationToken, read.Model).Findings);
        Assert.Equal("The feature model does not have the option rack=front.", missing.What);
    }

    private static string[] Options(OrderConfiguration state, string feature, OptionState of) => [.. state.Features.Single(f => f.Name == feature).Options.Where(o => o.State == of).Select(static o => o.Option.Option)];
}
