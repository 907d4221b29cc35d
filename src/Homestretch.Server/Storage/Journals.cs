using Homestretch.Server.Storage.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Homestretch.Server.Storage;

/// <summary>The journal of a store's provider, and the store's registration.</summary>
public static class Journals
{
    public static IJournal Of(Database database, TimeProvider time) => database.Provider switch
    {
        Provider.Sqlite => new SqliteJournal(database, time),
        Provider.Postgres => new PostgresJournal(database, time),
        _ => throw new ArgumentOutOfRangeException(nameof(database), database.Provider, "Unknown provider."),
    };

    /// <summary>Registers <see cref="Database"/>, <see cref="IJournal"/>, <see cref="Snapshots"/>, <see cref="Replaying"/>, <see cref="TelemetryLog"/> and
    /// <see cref="History"/> with its upkeep. The clock is the registered
    /// TimeProvider, or the system's. The one writer opens the journal.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Database>();
        services.AddSingleton<Snapshots>();
        services.AddSingleton<Replaying>();
        services.AddSingleton(s => TelemetryLog.Open(options.Telemetry, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Compaction>();
        services.AddSingleton<History>();
        services.AddHostedService<Upkeep>();
        services.AddSingleton(static s => Of(s.GetRequiredService<Database>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
