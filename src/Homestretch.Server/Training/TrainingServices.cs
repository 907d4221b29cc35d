using Homestretch.Server.Access;
using Homestretch.Server.Storage;

namespace Homestretch.Server.Training;

/// <summary>Registers the hub's models and what trains them.</summary>
internal static class TrainingServices
{
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.AddSingleton<ModelTables>();
        services.AddSingleton<ModelRegister>();
        services.AddSingleton<EdgeModels>();
        services.AddSingleton<LifeTraining>();
        services.AddSingleton<Trainer>();
        services.AddHostedService(static s => s.GetRequiredService<Trainer>());
        services.AddHostedService<DelayKeeper>();
        services.AddSingleton<ModelSight>();
        return services;
    }
}
