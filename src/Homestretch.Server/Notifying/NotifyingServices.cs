namespace Homestretch.Server.Notifying;

/// <summary>Registers what reaches people: who listens, what they should know, and the roads on which it leaves.</summary>
internal static class NotifyingServices
{
    public static IServiceCollection AddNotifying(this IServiceCollection services)
    {
        services.AddSingleton<NoticeTables>();
        services.AddSingleton<SubscriptionTables>();
        services.AddSingleton<WebhookTables>();
        services.AddSingleton<OutboxTables>();
        services.AddSingleton<PushKey>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<Outside>();
        services.AddSingleton<Roads>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<Posting>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<NoticeKeeper>();
        services.AddSingleton<NoticeSources>();
        services.AddSingleton<NotifySight>();
        services.AddSingleton<WebhookSight>();
        services.AddHostedService(static s => s.GetRequiredService<Outbox>());
        services.AddHostedService(static s => s.GetRequiredService<NoticeKeeper>());
        services.AddHostedService(static s => s.GetRequiredService<NoticeSources>());
        return services;
    }
}
