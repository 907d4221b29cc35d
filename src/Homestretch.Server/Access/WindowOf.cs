using System.Security.Claims;
using Homestretch.Server.Archiving;
using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Server.Situating;
using Homestretch.Server.Twins;
using Microsoft.AspNetCore.Components.Authorization;

namespace Homestretch.Server.Access;

/// <summary>Gives each request and each circuit the window of the person behind it.</summary>
internal static class WindowOf
{
    public static PersonWindow Scope(IServiceProvider services)
    {
        Slices slices = services.GetRequiredService<Slices>();
        ClaimsPrincipal user = User(services);
        return new(SignIn.PersonOf(user, slices), user.FindFirst("token")?.Value, services.GetRequiredService<Sessions>(), SignIn.AsOf(user), services.GetRequiredService<Planner>(), slices, services.GetRequiredService<TwinBoard>(),
            services.GetRequiredService<Proposals>(), services.GetRequiredService<UpkeepBoard>(), services.GetRequiredService<BufferBoard>(), services.GetRequiredService<BranchSight>(), services.GetRequiredService<ClearStudio>(), services.GetRequiredService<CutStudio>(), services.GetRequiredService<TrialStudio>(), services.GetRequiredService<SituationSight>(), services.GetRequiredService<HubClock>(), services.GetRequiredService<Administration>(), services.GetRequiredService<EdgeSight>(), services.GetRequiredService<ModelSight>(), services.GetRequiredService<NotifySight>(), services.GetRequiredService<WebhookSight>(), services.GetRequiredService<UnitArchive>(), services.GetRequiredService<LedgerArchive>(), services.GetRequiredService<Floor.FloorPhotos>(), services.GetRequiredService<Passports.PassportSight>(), services.GetRequiredService<ServerOptions>());
    }

    /// <summary>A circuit has its user in the authentication state; a plain request has it in its context.</summary>
    private static ClaimsPrincipal User(IServiceProvider services)
    {
        if (services.GetRequiredService<IHttpContextAccessor>().HttpContext?.User is { Identity.IsAuthenticated: true } user) return user;
        try
        {
            return services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync().GetAwaiter().GetResult().User;
        }
        catch (InvalidOperationException)
        {
            return new ClaimsPrincipal(new ClaimsIdentity());
        }
    }
}
