using Homestretch.Exchange.Models;
using Homestretch.Server.Training;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Training;

/// <summary>Which version of a forecast of delays comes in force by itself.</summary>
public sealed class DelayTrainingTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 3, 15, 0);
    private static readonly Draws s_draws = new(7);
    private static readonly Lazy<Snapshot> s_habits = new(static () => World(static i => i % 4 == 1 ? 7 + i % 8 : 0)), s_chance = new(static () => World(static i => s_draws.Uniform(1, i) switch { < 0.5 => 0, < 0.8 => 5, _ => 10 }));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Snapshot World(Func<int, int> late) => Snapshot.Empty.Apply([.. Trades.Company().Concat(Enumerable.Range(0, 440).SelectMany(i => Trades.Executed(i, s_t, 30 + i * 1.5, late(i)))).Select(static r => new WorldEvent.Put(r))]).World;

    private static Trained.Made Made(Snapshot world, (int, Homestretch.Arrivals.History.DelayModel)? now) => Assert.IsType<Trained.Made>(DelayTraining.Run(world, s_t, now, Stop));

    [Fact]
    public void Without_one_in_force_it_is_weighed_against_what_costs_nothing_and_its_card_says_both()
    {
        Trained.Made made = Made(s_habits.Value, null);
        Assert.True(made.Better, made.Why);
        var (model, card, findings) = DelayModelFile.Read(made.File, "test");
        Assert.Empty(findings);
        Assert.NotNull(model!.Forests);
        double Figure(string name) => card!.Figures.Single(f => f.Name == name).Value;
        Assert.True(Figure("loss_days") < Figure("own_history_loss_days") && Figure("loss_days") < Figure("schedule_loss_days"), made.Why);
        Assert.True(Figure("judged_lines") >= 100 && card!.Data.Contains("440 lines of 440 shipments, 110 of them late", StringComparison.Ordinal), card!.Data);
        Assert.Equal(made.File, Made(s_habits.Value, null).File);
    }

    [Fact]
    public void One_in_force_that_is_worse_on_the_same_deliveries_gives_way()
    {
        Trained.Made made = Made(s_habits.Value, (7, DelayFiles.Says(new(2025, 1, 1), [30, 30, 30, 30, 30, 30])));
        Assert.True(made.Better, made.Why);
        Assert.Matches(@"^On the same \d+ deliveries that neither had seen its loss is [\d.]+ days and that of version 7 [\d.]+\.$", made.Why);
    }

    [Fact]
    public void One_in_force_that_is_better_stays()
    {
        // delays of pure chance: whoever knows their quantiles cannot be beaten by what was learned from some of them
        Trained.Made made = Made(s_chance.Value, (3, DelayFiles.Says(new(2025, 3, 1), [0, 0, 5, 10, 10, 10])));
        Assert.False(made.Better, made.Why);
        Assert.Contains("version 3", made.Why);
    }

    [Fact]
    public void Where_too_little_has_come_since_the_two_are_not_compared()
    {
        Trained.Made made = Made(s_habits.Value, (3, DelayFiles.Says(new(2026, 1, 1), [30, 30, 30, 30, 30, 30])));
        Assert.False(made.Better);
        Assert.Matches(@"^\d+ of 30 deliveries needed for a comparison with version 3", made.Why);
    }

    [Fact]
    public async Task It_works_on_a_thread_that_lets_everything_else_go_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nice is read from /proc");
        string[] Stat() => File.ReadAllText("/proc/thread-self/stat").Split(") ")[1].Split(' ');
        string own = Stat()[16];
        Assert.Equal("5", (await Quietly.Run(Stat, "test"))[16]); // field 19 of proc(5): nice
        Assert.Equal(own, Stat()[16]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Quietly.Run<int>(static () => throw new InvalidOperationException("x"), "test"));
    }
}
