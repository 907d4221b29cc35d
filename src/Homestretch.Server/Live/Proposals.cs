using System.Globalization;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Live;

/// <summary>Full re-plans that nobody has accepted yet. A proposal holds for the world it was made of and no other.</summary>
internal sealed class Proposals(LiveWorld live)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Snapshot World, IReadOnlyList<WorldEvent> Events)> _open = new(StringComparer.Ordinal);
    private int _last;

    public ProposalView Make()
    {
        Snapshot world;
        Plan plan;
        Dictionary<string, Forecast.Dated?> before;
        lock (live.Gate)
        {
            (world, plan) = (live.World, live.Plan);
            before = plan.Forecasts.ToDictionary(static f => f.OrderLine.Value, static f => f.AsDated, StringComparer.Ordinal);
        }
        IReadOnlyList<WorldEvent> events = Plan.Allocate(world, plan.Epoch, plan.Policy, Scope.Everything);
        Plan after = Plan.Make(world.Apply(events, "proposal").World, plan.Epoch, plan.Policy);
        string key;
        lock (_gate)
        {
            key = string.Create(CultureInfo.InvariantCulture, $"P{++_last}");
            _open.Clear();
            _open[key] = (world, events);
        }
        ProposalRow[] rows = [.. after.Forecasts.Select(f => Row(world, before.GetValueOrDefault(f.OrderLine.Value), f.AsDated, f.OrderLine)).Where(static r => Math.Abs(r.DaysP90) > 0.02 || r.Before is null != r.After is null)
            .OrderByDescending(static r => Math.Abs(r.DaysP90))];
        return new(key, world.Version, rows.Count(static r => r.DaysP90 < 0), rows.Count(static r => r.DaysP90 > 0), rows, Kept(before.Values), Kept(after.Forecasts.Select(static f => f.AsDated)));
    }

    /// <summary>The events of a proposal whose world still stands; null otherwise. It can be taken once.</summary>
    public IReadOnlyList<WorldEvent>? Take(string key)
    {
        lock (_gate)
        {
            return _open.Remove(key, out var proposal) && ReferenceEquals(proposal.World, live.World) ? proposal.Events : null;
        }
    }

    private static ProposalRow Row(Snapshot world, Forecast.Dated? before, Forecast.Dated? after, Key<OrderLine> key)
    {
        OrderLine order = world.OrderLines[key];
        return new(key.Value, world.Parties.Find(order.Customer)?.Name ?? "", order.Class, Seeing.Sight.Dates(before), Seeing.Sight.Dates(after),
            before is null || after is null ? 0 : (after.Dates.P90 - before.Dates.P90).TotalDays, before?.Kept?.Value, after?.Kept?.Value);
    }

    /// <summary>Promises expected to be kept: the sum of their shares.</summary>
    private static double Kept(IEnumerable<Forecast.Dated?> forecasts) => forecasts.Sum(static f => f?.Kept?.Value ?? 0);
}
