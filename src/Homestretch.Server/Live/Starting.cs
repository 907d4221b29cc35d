using Homestretch.Promising;
using Homestretch.Server.Access;
using Homestretch.Server.Seeing;
using Homestretch.Server.Storage;

namespace Homestretch.Server.Live;

/// <summary>Registers what keeps the company alive: its clock, its world, the planner, and the keeper of snapshots.</summary>
internal static class Starting
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton(static s =>
        {
            var clock = new HubClock(s.GetRequiredService<TimeProvider>());
            if (s.GetRequiredService<ServerOptions>() is { Demo: true, DemoAt: { } at }) clock.Run(at, 1);
            return clock;
        });
        services.AddSingleton(new PlanPolicy { Sea = Exchange.Sea.SeaAtlas.World });
        services.AddSingleton<LiveWorld>();
        services.AddSingleton<Counters>();
        services.AddSingleton<Timings>();
        services.AddSingleton<Following>();
        services.AddSingleton<Planner>();
        services.AddHostedService<PlannerMetrics>();
        services.AddSingleton<KeptChanges>();
        services.AddHostedService<ChangeKeeping>(); // this and the next before the planner, so that they stop after it
        services.AddHostedService<SnapshotKeeper>();
        services.AddHostedService(static s => s.GetRequiredService<Planner>());
        services.AddSingleton<UpkeepBoard>();
        services.AddHostedService<Upkeeping>();
        services.AddSingleton<BufferBoard>();
        services.AddHostedService<BufferAdvising>();
        services.AddSingleton<BranchTable>();
        services.AddSingleton<BranchStudio>();
        services.AddSingleton<BranchSight>();
        services.AddSingleton<ClearStudio>();
        services.AddSingleton<CutStudio>();
        services.AddSingleton<TrialStudio>();
        services.AddHostedService<LaneFitKeeper>();
        return services;
    }
}
