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

    /// <summary>Registers <see cref="Database"/>, <see cref="IJournal"/> and <see cref="Snapshots"/>. The clock is the registered
    /// TimeProvider, or the system's. Nothing is opened: the one writer opens the journal.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<Database>();
        services.AddSingleton<Snapshots>();
        services.AddSingleton(static s => Of(s.GetRequiredService<Database>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
