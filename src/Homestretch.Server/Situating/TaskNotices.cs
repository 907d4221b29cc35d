using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Situating;

/// <summary>Work that is open as notices to the party that was given it: by mail, push and webhook.</summary>
internal sealed class TaskNotices(LiveWorld live, Planner planner, NoticeKeeper keeper, HubClock clock, TimeProvider time) : BackgroundService
{
    private const string Source = "tasks", Prefix = "task:";
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(500);
    private static readonly Duration s_soon = Duration.FromHours(12), s_kept = Duration.FromDays(3);

    /// <summary>The task that a notice is about; null: it is about something else.</summary>
    public static string? TaskOf(string notice) => notice.StartsWith(Prefix, StringComparison.Ordinal) ? notice[Prefix.Length..] : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await planner.Started.WaitAsync(stoppingToken);
        await keeper.Known.WaitAsync(stoppingToken);
        using var look = new PeriodicTimer(s_look, time);
        (Table<WorkTask>? Tasks, Instant Soon) last = default;
        while (await look.WaitForNextTickAsync(stoppingToken))
        {
            Snapshot world = live.World;
            Instant now = clock.Now;
            if (ReferenceEquals(last.Tasks, world.Tasks) && now < last.Soon) continue;
            Notice[] standing = [.. world.Tasks.Where(t => t.State == TaskState.Open && t.Due > now - s_kept).Select(t => Of(world, t, now))];
            keeper.Take(Source, standing, owners: true);
            last = (world.Tasks, now + Duration.FromHours(1));
        }
    }

    private static Notice Of(Snapshot world, WorkTask task, Instant now)
    {
        bool inside = world.Parties.Find(task.Party) is { Kind: PartyKind.Brand };
        Site? at = world.Sites.FirstOrDefault(s => s.Party == task.Party) ?? world.Sites.FirstOrDefault(static s => s.Kind == SiteKind.Hub);
        DateTimeZone zone = at is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(at.TimeZone) ?? DateTimeZone.Utc;
        string due = task.Due.InZone(zone).ToString("ddd d MMM HH':'mm", System.Globalization.CultureInfo.InvariantCulture);
        Role[] roles = !inside ? [Role.Supplier] : task.Kind switch { TaskKind.MaintenanceOrder => [Role.Maintenance, Role.Planner], TaskKind.DocumentRenewal => [Role.IpOfficer, Role.Planner], _ => [Role.Planner] };
        return new(Prefix + task.Id, NoticeKind.Task, task.Due - now < s_soon ? NoticeSeverity.Critical : NoticeSeverity.Warning, task.Party.Value, roles, task.Owner.Length > 0 ? task.Owner : null, $"To do: {Words.Of(task.Kind).Replace('-', ' ')}",
            $"{task.Text}, by {due} ({zone.Id}). Task {task.Id}.", $"/tasks?task={Uri.EscapeDataString(task.Id)}", now, now, task.Due, null);
    }
}
