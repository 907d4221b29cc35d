using Homestretch.Edge.Contract;
using Homestretch.Exchange.Edges;
using NodaTime;

namespace Homestretch.Edge.Feature;

/// <summary>A value to be told, with the contract's field that lets it out.</summary>
internal readonly record struct ToTell(string Machine, Instant At, EdgeValue Value, ContractField Field);

/// <summary>Decides which values are told: those that the contract lists, no finer and no oftener than it says, and of those what is news.
/// A change that comes too soon after the last one waits and is told when its time has come, unless a newer one takes its place.</summary>
internal sealed class Telling(EdgeCounts counts)
{
    private readonly Dictionary<(string Machine, string Metric), Told> _told = [];

    /// <summary>Adds what of an observation is to be told now.</summary>
    public void Take(string machine, Instant at, IReadOnlyList<EdgeValue> values, DataContract? contract, ReportRules rules, Instant now, List<ToTell> to)
    {
        foreach (EdgeValue value in values)
        {
            if (contract?.Allows(machine, value.Metric) is not { } field)
            {
                counts.Add("not in contract");
                continue;
            }
            EdgeValue coarse = field.Step > 0 && value.Text is null ? value with { Number = Math.Round(value.Number / field.Step) * field.Step } : value;
            MetricRule? rule = rules.Of(value.Metric);
            if (!_told.TryGetValue((machine, value.Metric), out Told? told)) _told[(machine, value.Metric)] = told = new();
            if (told.Last is { } newer && at < newer.At)
            {
                // late: true of its own time, and no news of now
                to.Add(new(machine, at, coarse, field));
                continue;
            }
            if (told.Last is { } last && !IsNews(last.Value, coarse, rule?.Deadband ?? 0) && at - last.At < Duration.FromSeconds(rules.HeartbeatSeconds))
            {
                // what waited is undone by a value that is as the one told last
                told.Waiting = null;
                counts.Add("no news");
                continue;
            }
            Duration rest = Duration.FromSeconds(Math.Max(rule?.LeastSeconds ?? 0, field.EverySeconds));
            if (told.Last is { } before && at - before.At < rest) told.Waiting = new(machine, at, coarse, field);
            else to.Add(told.Tell(new(machine, at, coarse, field)));
            told.Rest = rest;
        }
    }

    /// <summary>Adds what has waited long enough.</summary>
    public void Due(Instant now, DataContract? contract, List<ToTell> to)
    {
        foreach (var ((machine, metric), told) in _told)
        {
            if (told.Waiting is not { } waiting || told.Last is { } last && now - last.At < told.Rest) continue;
            told.Waiting = null;
            if (contract?.Allows(machine, metric) is { } field) to.Add(told.Tell(waiting with { Field = field }));
        }
    }

    /// <summary>What holds now of everything that a twin lives by: told again because the hub may not know it.</summary>
    public void Restate(Instant now, DataContract? contract, List<ToTell> to)
    {
        foreach (var ((machine, metric), told) in _told)
        {
            if (told.Last is { } last && Metrics.ClassOf(last.Value) == RecordClass.Event && contract?.Allows(machine, metric) is { } field) to.Add(new(machine, now, last.Value, field));
        }
    }

    private static bool IsNews(in EdgeValue last, in EdgeValue value, double deadband) => last.Text is not null || value.Text is not null ? last.Text != value.Text
        : double.IsNaN(last.Number) || double.IsNaN(value.Number) ? double.IsNaN(last.Number) != double.IsNaN(value.Number) : Math.Abs(value.Number - last.Number) > deadband;

    private sealed class Told
    {
        public ToTell? Last { get; private set; }
        public ToTell? Waiting { get; set; }
        public Duration Rest { get; set; }

        public ToTell Tell(ToTell value)
        {
            (Last, Waiting) = (value, null);
            return value;
        }
    }
}
