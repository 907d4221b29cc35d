using System.Globalization;
using System.Text;
using System.Text.Json;
using Homestretch.Exchange.Events;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Storage;

/// <summary>The epoch a plan stands at: a restart restores it before anything else.</summary>
/// <param name="T">The instant the plan is conditioned on.</param>
/// <param name="Seed">Seed of the plan's futures; null in entries of form 1, which left it to the policy.</param>
/// <param name="Snapshot">Sequence of the newest snapshot when it was set; 0 for none.</param>
public sealed record PlanEpoch(Instant T, ulong? Seed, long Snapshot)
{
    public const string Kind = "epoch";
    public const int Version = 2;
}

/// <summary>Lifts a body one version up.</summary>
internal sealed record Step(string Kind, int From, Func<byte[], byte[]> Lift);

/// <summary>Reads journal bodies of every version ever written into what this version works with.</summary>
public static class Upcast
{
    /// <summary>Every step from one version of a kind to the next. Add, never change: the journals of earlier releases are kept in the tests.</summary>
    internal static readonly IReadOnlyList<Step> Steps =
    [
        new(PlanEpoch.Kind, 1, static body => Json(new(InstantPattern.ExtendedIso.Parse(Encoding.UTF8.GetString(body)).GetValueOrThrow(), null, 0))),
    ];

    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings) Events(JournalEntry entry) =>
        EventText.Read(Lift(entry, EventText.Version, Steps), $"journal {entry.Sequence}");

    public static PlanEpoch Epoch(JournalEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(Lift(entry, PlanEpoch.Version, Steps));
        JsonElement e = json.RootElement;
        return new(Instant.FromUnixTimeTicks(e.GetProperty("ticks").GetInt64()),
            e.TryGetProperty("seed", out JsonElement seed) ? ulong.Parse(seed.GetString()!, CultureInfo.InvariantCulture) : null,
            e.GetProperty("snapshot").GetInt64());
    }

    public static NewEntry Write(PlanEpoch epoch) => new(PlanEpoch.Kind, PlanEpoch.Version, "clock", null, Json(epoch));

    /// <summary>The body of an entry in the form of a version: each step in turn.</summary>
    internal static byte[] Lift(JournalEntry entry, int to, IReadOnlyList<Step> steps)
    {
        byte[] body = entry.Body;
        for (int version = entry.Version; version != to; version++)
        {
            Step step = steps.FirstOrDefault(s => s.Kind == entry.Kind && s.From == version)
                ?? throw new InvalidDataException($"Journal entry {entry.Sequence} has form {entry.Version} of {entry.Kind}, which this program does not know.\nMaybe it was written by a newer version.");
            body = step.Lift(body);
        }
        return body;
    }

    // the seed as text: it is unsigned and JSON readers round beyond 2^53
    private static byte[] Json(PlanEpoch epoch) => Encoding.UTF8.GetBytes(
        $$"""{"ticks":{{epoch.T.ToUnixTimeTicks()}}{{(epoch.Seed is { } seed ? $",\"seed\":\"{seed}\"" : "")}},"snapshot":{{epoch.Snapshot}}}""");
}
