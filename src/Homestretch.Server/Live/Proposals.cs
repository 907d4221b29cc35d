using System.Globalization;
using Homestretch.Promising;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Live;

/// <summary>Full re-plans that nobody has accepted yet. The world does not wait for the reader: a proposal of a world that has moved on is made
/// anew and taken when it does to every order line what was read, give or take a day.</summary>
internal sealed class Proposals(LiveWorld live)
{
    private static readonly Duration s_same = Duration.FromDays(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Proposal> _open = new(StringComparer.Ordinal);
    private int _last;

    public ProposalView Make()
    {
        Proposal made = Plan();
        string key;
        lock (_gate)
        {
            key = string.Create(CultureInfo.InvariantCulture, $"P{++_last}");
            _open.Clear();
            _open[key] = made;
        }
        return new(key, made.World.Version, MovedViews.LosersFirst(MovedViews.Rows(made.World, made.World, made.Moved)), made.Was.Kept, made.Is.Kept, made.Is.BuildsMoved, made.Is.KitsChanged);
    }

    /// <summary>The events that make a proposal the plan; null when it is not known or the world has moved on so far that it would no longer do
    /// what it said. It can be taken once.</summary>
    public IReadOnlyList<WorldEvent>? Take(string key)
    {
        Proposal? read;
        lock (_gate)
        {
            if (!_open.Remove(key, out read)) return null;
        }
        if (ReferenceEquals(read.World, live.World)) return read.Events;
        Proposal now = Plan();
        return now.After.Keys.All(o => !read.After.ContainsKey(o) || Same(read.Gain(o), now.Gain(o))) ? now.Events : null;
    }

    private Proposal Plan()
    {
        Snapshot world;
        Instant epoch;
        PlanPolicy policy;
        lock (live.Gate) (world, epoch, policy) = (live.World, live.Plan.Epoch, live.Plan.Policy);
        Promising.Proposal best = Promising.Plan.Propose(world, epoch, policy);
        return new(world, best.Events, Forecasts(best.InForce), Forecasts(best.Plan), Moved.Between(best.InForce.Forecasts, best.Plan.Forecasts), best.Before, best.After);
    }

    private static Dictionary<string, Forecast.Dated?> Forecasts(Plan plan) => plan.Forecasts.ToDictionary(static f => f.OrderLine.Value, static f => f.AsDated, StringComparer.Ordinal);

    private static bool Same(Duration? said, Duration? now) => said is { } a && now is { } b ? a - b <= s_same && b - a <= s_same : said is null == now is null;

    private sealed record Proposal(Snapshot World, IReadOnlyList<WorldEvent> Events, Dictionary<string, Forecast.Dated?> Before, Dictionary<string, Forecast.Dated?> After,
        IReadOnlyList<Moved> Moved, Merit Was, Merit Is)
    {
        /// <summary>How much later an order line's P90 is than without the proposal; null when either is unknown. What the world itself moves, moves both.</summary>
        public Duration? Gain(string order) => Before.GetValueOrDefault(order) is { } before && After.GetValueOrDefault(order) is { } after ? after.Dates.P90 - before.Dates.P90 : null;
    }
}
