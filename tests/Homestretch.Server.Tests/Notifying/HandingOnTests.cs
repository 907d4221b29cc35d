using CsCheck;
using Homestretch.Server.Notifying;
using Homestretch.Web.Window;
using NodaTime;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>A countdown that nobody takes goes to the next role.</summary>
public sealed class HandingOnTests
{
    private static readonly Instant s_begin = Instant.FromUtc(2026, 11, 27, 8, 0);
    private static readonly HandOn s_policy = new([Role.Planner, Role.Maintenance, Role.Administrator], 0.5, Duration.FromHours(4));

    private static Notice With(Duration left, params Role[] roles) => new("situation:SIT-00001", NoticeKind.Promise, NoticeSeverity.Warning, "MERIDIAN", roles, null, "T", "T.", "/", s_begin, s_begin, s_begin + left, 3);

    [Fact]
    public void After_half_of_what_is_left_and_half_of_that_again() =>
        Assert.Equal([(s_begin + Duration.FromHours(20), Role.Maintenance), (s_begin + Duration.FromHours(30), Role.Administrator)], HandingOn.Steps(With(Duration.FromHours(40), Role.Planner), s_policy));

    [Fact]
    public void Or_when_less_is_left_than_the_limit_half_of_it_at_the_next_step() =>
        Assert.Equal([(s_begin + Duration.FromHours(1), Role.Maintenance), (s_begin + Duration.FromHours(3), Role.Administrator)], HandingOn.Steps(With(Duration.FromHours(5), Role.Planner), s_policy));

    [Fact]
    public void Steps_come_in_order_before_the_deadline() => Gen.Select(Gen.Double[0.1, 500], Gen.Double[0.05, 0.95], Gen.Double[0, 48]).Sample(static (hours, share, limit) =>
    {
        Notice n = With(Duration.FromHours(hours), Role.Planner);
        var steps = HandingOn.Steps(n, s_policy with { Share = share, Limit = Duration.FromHours(limit) }).ToList();
        Assert.Equal([Role.Maintenance, Role.Administrator], steps.Select(static s => s.To));
        Assert.True(n.Created <= steps[0].At && steps[0].At <= steps[1].At && steps[1].At < n.Deadline);
    });

    [Fact]
    public void What_is_owned_or_over_or_has_no_deadline_stays()
    {
        Notice n = With(Duration.FromHours(5), Role.Planner);
        Instant late = s_begin + Duration.FromHours(2);
        var policy = new Dictionary<NoticeKind, HandOn> { [NoticeKind.Promise] = s_policy };
        Assert.Equal((n, Role.Maintenance), Assert.Single(HandingOn.Due([n], policy, late)));
        Assert.Empty(HandingOn.Due([n with { Owner = "paula" }, n with { Ended = late }, n with { Deadline = null }], policy, late));
        Assert.Equal(Role.Administrator, Assert.Single(HandingOn.Due([n with { HandedTo = [Role.Maintenance] }], policy, s_begin + Duration.FromHours(4))).To);
        Assert.Empty(HandingOn.Due([n with { HandedTo = [Role.Maintenance, Role.Administrator] }], policy, s_begin + Duration.FromHours(4)));
    }
}
