using Homestretch.Products.Ordering;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Tests.Products.Ordering;

/// <summary>A family with assistance and throttle for New York within the United States, and the laws on both.</summary>
internal static class Bikes
{
    public static readonly LocalDate Day = new(2026, 12, 1);

    public static IReadOnlyList<IRecord> Records { get; } =
    [
        new Party("MC", "Meridian", PartyKind.Brand, "US"), new Item("C1", "MC", "C1", ItemKind.Family, "", "EA", 1, null),
        new Market("US", "MC", "United States", "US", 120, "B", "en-US", 1, 2), new Market("NY", "MC", "New York", "US", 120, "B", "en-US", 1, 2, (Key<Market>)"US"),
        Option("assist", "25kmh", "to 25 km/h", usual: true), Option("assist", "20mph", "to 20 mph"), Option("assist", "28mph", "to 28 mph"),
        Option("throttle", "none", "no throttle", usual: true), Option("throttle", "20mph", "throttle to 20 mph"), Option("throttle", "28mph", "throttle to 28 mph"),
        Option("rack", "yes", ""), Option("rack", "no", ""),
        Rule("C1-THROTTLE", null, "!throttle=none", "throttle=20mph & !assist=25kmh | throttle=28mph & assist=28mph", "The throttle drives no faster than the motor assists", "Design rule"),
        Rule("US-MOTOR", "US", "", "!throttle=28mph", "By its motor alone it stays below 20 mph", "15 U.S.C. 2085(b)", from: new(2002, 12, 4)),
        Rule("NY-CLASSES", "NY", "", "!assist=28mph", "The motor stops helping at 20 mph", "VTL 102-c(a)"),
        Rule("NY-THROTTLE", "NY", "", "!throttle=28mph", "A throttle drives it up to 20 mph", "VTL 102-c(b)"),
    ];

    public static Snapshot World { get; } = Snapshot.Of(Records);

    public static OrderModel Model(Snapshot world, string market, LocalDate? day = null) =>
        OrderModel.Of(world, "C1", market, day ?? Day, default) is { Model: { } model } ? model : throw new InvalidOperationException("The family does not compile.");

    public static OrderConfiguration Choose(this OrderModel model, params string[] choices) =>
        model.Choose(choices.Select(c => model.Find(c[..c.IndexOf('=')], c[(c.IndexOf('=') + 1)..])!), default);

    public static MarketRule Rule(string key, string? market, string when, string must, string text, string source, LocalDate? from = null, LocalDate? to = null) =>
        new(key, "MC", MarketRuleKind.Choice, market is null ? (Key<Market>?)null : (Key<Market>)market, (Key<Item>)"C1", Condition.Parse(when).Value!, Condition.Parse(must).Value!, "", text, from, to, source, false);

    public static ProductOption Option(string feature, string option, string name, bool usual = false) => new("C1", feature, option, "MC", name, false, null, usual);
}
