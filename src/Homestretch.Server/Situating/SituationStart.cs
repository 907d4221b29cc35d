namespace Homestretch.Server.Situating;

/// <summary>Registers what finds situations and what mends them.</summary>
internal static class SituationStart
{
    /// <param name="follow">False: none is looked for; those that are there are shown and nothing is written.</param>
    public static IServiceCollection AddSituations(this IServiceCollection services, bool follow)
    {
        services.AddSingleton<SituationBoard>();
        services.AddSingleton<SituationDesk>();
        services.AddSingleton<SituationSight>();
        services.AddHostedService<TaskNotices>();
        services.AddHostedService<SituationNotices>();
        if (follow) services.AddHostedService<SituationKeeper>();
        return services;
    }
}
