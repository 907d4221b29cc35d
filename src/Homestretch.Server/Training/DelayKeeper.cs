using Homestretch.Exchange.Models;
using Homestretch.Promising.Lots;
using Homestretch.Server.Live;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Training;

/// <summary>Lets the forecast of delays in force speak for the shipments under way: when it comes in force or is taken out, when a day begins, and when shipments or purchases
/// change. What it says stands in the journal like any other estimate, and is told only where it differs from what it said.</summary>
internal sealed partial class DelayKeeper(ModelRegister register, LiveWorld live, Planner planner, HubClock clock, TimeProvider time, ILogger<DelayKeeper> log) : BackgroundService
{
    /// <summary>The party of what the model says, in the journal.</summary>
    public const string Party = "delay-model";

    /// <summary>Rest after it has thought, in times of what that took, so that it takes a small share of one core.</summary>
    private const int Rest = 15;

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1), s_mostRest = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await planner.Started.WaitAsync(stop);
        await register.Loaded.WaitAsync(stop);
        (LocalDate? Day, RegisteredModel? Model, object? Lots, object? Shipments, object? Purchases) last = default;
        (long ended, TimeSpan rest) = (0, TimeSpan.Zero);
        bool spoke = live.World.Milestones.Any(static m => m.Source == Milestone.DelayModel);
        using var look = new PeriodicTimer(s_look, time);
        while (await look.WaitForNextTickAsync(stop))
        {
            Snapshot world = live.World;
            var now = (HubDay.Of(world, clock.Now), register.InForce(ModelKey.Delays), (object)world.Lots, (object)world.Shipments, (object)world.PurchaseOrderLines);
            if (now.Item2 is null && !spoke || now == last) continue;
            if (now.Item1 == last.Day && now.Item2 == last.Model && time.GetElapsedTime(ended) < rest) continue;
            (last, long began) = (now, time.GetTimestamp());
            spoke = await Speak(world, now.Item2, stop);
            ended = time.GetTimestamp();
            rest = TimeSpan.FromTicks(Math.Min(s_mostRest.Ticks, Rest * time.GetElapsedTime(began, ended).Ticks));
        }
    }

    /// <summary>True when there may be estimates to withdraw later.</summary>
    private async Task<bool> Speak(Snapshot world, RegisteredModel? model, CancellationToken stop)
    {
        try
        {
            Instant at = Instant.FromUnixTimeSeconds(clock.Now.ToUnixTimeSeconds());
            IReadOnlyList<WorldEvent> due = await Quietly.Run(() => DelayEstimates.Due(world, (model?.Model as TrainedModel.Delays)?.Model, $"Homestretch delay model v{model?.Kept.Version}", at), "delay estimates");
            if (due.Count == 0) return model is not null;
            Answer answer = await planner.Tell(due, Party, null, stop);
            if (answer.Accepted) LogSaid(due.Count, answer.Version);
            else LogRefused(answer.Findings[0].ToString());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
        return model is not null;
    }

    [LoggerMessage(54, LogLevel.Information, "The delay model said {Count} things anew (journal entry {Sequence})")]
    private partial void LogSaid(int count, long sequence);

    [LoggerMessage(55, LogLevel.Warning, "The world refused what the delay model says: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(56, LogLevel.Error, "The delay model could not speak; what it said stands")]
    private partial void LogFailed(Exception e);
}
