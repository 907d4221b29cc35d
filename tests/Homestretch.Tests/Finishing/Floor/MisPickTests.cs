using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>A right pick passes; made wrong in any one way it is refused, by the rule for that way, and nothing changes.</summary>
public sealed class MisPickTests
{
    private sealed record RightPick(string Build, string Item, string Revision, string Lot, decimal Quantity, string Bin);

    private static readonly RightPick[] s_right =
    [
        new("S1", "FRAME", "A", "F1", 2, "F-01"), new("S1", "MOTOR", "A", "M1", 2, "A-01"), new("S1", "CHG-US", "A", "U1", 2, "A-01"), new("S1", "RACK", "A", "R1", 2, "A-02"), new("S1", "BOLT", "A", "B1", 8, "A-02"),
        new("S2", "FRAME", "B", "F2", 1, "F-01"), new("S2", "MOTOR", "A", "M2", 1, "A-02"), new("S2", "CHG-EU", "A", "E1", 1, "A-01"), new("S2", "BOLT", "A", "B1", 4, "A-02"),
        new("S3", "MOTOR", "A", "M2", 1, "A-02"), new("S3", "CHG-US", "A", "U1", 2, "A-01"), new("S3", "BOLT", "A", "B1", 8, "A-02"),
    ];

    /// <summary>Ways to be wrong: each makes a wrong pick of a right one, or null where that pick cannot be wrong so.</summary>
    private static readonly (string Rule, Func<RightPick, Random, FloorOperation?, FloorOperation?> Make)[] s_wrong =
    [
        ("wrong-part", static (_, _, said) => said! with { Item = "ODD", LotNumber = "O1", From = "A-02", Quantity = 1 }),
        ("unknown-item", static (_, r, said) => said! with { Item = $"FRAM{r.Next(100)}" }),
        ("wrong-market", static (p, _, said) => p.Item.StartsWith("CHG", StringComparison.Ordinal) ? said! with { Item = p.Item == "CHG-US" ? "CHG-EU" : "CHG-US", LotNumber = p.Item == "CHG-US" ? "E1" : "U1" } : null),
        ("wrong-option", static (p, _, said) => p.Build != "S1" ? said! with { Item = "RACK", LotNumber = "R1", From = "A-02", Revision = "A", Quantity = 1 } : null),
        ("wrong-revision", static (p, r, said) => p.Item == "FRAME" ? said! with { Revision = r.Next(2) == 0 ? "Z" : "Q", LotNumber = "F0", From = "A-01", Quantity = 1 } : null),
        ("on-hold", static (p, _, said) => p.Item == "MOTOR" ? said! with { LotNumber = "M3", From = "QC", Quantity = 1 } : null),
        ("not-cleared", static (p, _, said) => p.Item == "CHG-US" ? said! with { LotNumber = "U2", From = "BOND", Quantity = 1 } : null),
        ("customs-hold", static (p, _, said) => p.Item is "RACK" or "CHG-US" ? said! with { LotNumber = p.Item == "RACK" ? "R2" : "U3" } : null),
        ("relief-lost", static (p, r, said) => p is { Item: "BOLT", Build: not "S2" } ? said! with { LotNumber = r.Next(2) == 0 ? "B2" : "B3", From = "A-01" } : null),
        ("claim-lost", static (p, _, said) => p is { Item: "MOTOR", Build: not "S2" } ? said! with { LotNumber = "M8", From = "A-01" } : null),
        ("promised", static (p, _, said) => p is { Item: "MOTOR", Build: "S1" } ? said! with { LotNumber = "M2", From = "A-02" } : null),
        ("not-there", static (p, r, said) => said! with { From = p.Bin == "A-02" ? "A-01" : "A-02", LotNumber = $"{p.Lot}{(r.Next(2) == 0 ? "" : "X")}" }),
        ("too-many", static (p, r, said) => said! with { Quantity = p.Quantity + 1 + r.Next(50) }),
        ("no-quantity", static (_, _, said) => said! with { Quantity = null }),
        ("quantity", static (_, _, said) => said! with { Quantity = 0 }),
        ("step", static (p, _, said) => said! with { Quantity = p.Quantity - 0.5m }),
        ("build-over", static (_, _, said) => said! with { Build = "S4" }),
        ("wrong-site", static (_, _, said) => said! with { Build = "S5" }),
        ("not-released", static (_, _, said) => said! with { Build = "S6" }),
        ("unknown-build", static (_, r, said) => said! with { Build = $"S{100 + r.Next(900)}" }),
        ("unknown-bin", static (_, r, said) => said! with { From = $"Z-{r.Next(99)}" }),
        ("kit-has-it", static (p, _, said) => p is { Item: "MOTOR", Build: "S3" } ? null : said),     // that kit waits for one more
    ];

    [Fact]
    public void A_right_pick_passes_in_any_order()
    {
        var random = new Random(7);
        for (int round = 0; round < 20; round++)
        {
            FloorCompany floor = Hub();
            RightPick[] picks = [.. s_right];
            random.Shuffle(picks);
            foreach (RightPick pick in picks) floor.Done(Said(floor, pick));
        }
    }

    [Fact]
    public void Of_a_thousand_wrong_picks_none_passes_and_each_is_told_why()
    {
        var random = new Random(20_261_129);
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int made = 0; made < 1000;)
        {
            RightPick pick = s_right[random.Next(s_right.Length)];
            var (rule, make) = s_wrong[random.Next(s_wrong.Length)];
            FloorCompany floor = Hub();
            if (rule == "kit-has-it") floor.Done(Said(floor, pick));
            if (make(pick, random, Said(floor, pick)) is not { } wrong) continue;
            made++;
            Snapshot before = floor.World;
            FloorOperation answer = floor.Do(wrong);
            Assert.True(answer.Answer == FloorAnswer.Refused, $"{rule} passed: {wrong}");
            Assert.True(answer.Rule == rule, $"{rule} was refused by {answer.Rule}: {answer.Said}\n{wrong}");
            Assert.True(answer.Said.Length > 20 && answer.Said.EndsWith('.'), answer.Said);
            Assert.Equal([new Touch(TableKind.For(answer), answer.Id, null, answer)], Snapshot.Between(before, floor.World));
            seen[rule] = seen.GetValueOrDefault(rule) + 1;
        }
        Assert.Equal(s_wrong.Select(static w => w.Rule).Order(StringComparer.Ordinal), seen.Keys);
        Assert.All(seen.Values, static n => Assert.True(n >= 5));
    }

    /// <summary>What goes to the United States says that it was made there; a motor of M8 is of China and dear.</summary>
    private static FloorCompany Hub() => new(FloorOrigins.Priced, [.. FloorOrigins.MadeInUsa, .. FloorOrigins.Lies("M8", "MOTOR", 20, "CN", 250)]);

    private static FloorOperation Said(FloorCompany floor, RightPick p) => floor.Said(FloorAct.Pick, p.Item, p.Lot, p.Quantity, p.Bin, build: p.Build, revision: p.Revision);
}
