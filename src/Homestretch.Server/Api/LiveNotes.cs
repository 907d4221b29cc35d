using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Homestretch.Server.Access;
using Homestretch.Server.Live;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>A window's changes as server-sent events; the first says where it stands. A slow reader loses the oldest notes, never the newest. Ids hold this process, the version
/// and the plan's epoch; a reader that comes back with the last one it heard gets what it missed as one note, or a reset when that is no list:
/// after a restart, after the clock moved every forecast, or when it was away too long.</summary>
internal sealed class LiveNotes(HubClock clock)
{
    private readonly string _run = clock.Real.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);

    /// <param name="last">Last-Event-ID of a reader that comes back; null: a new one.</param>
    public async IAsyncEnumerable<SseItem<LiveNote>> Of(PersonWindow window, string? last, [EnumeratorCancellation] CancellationToken cancel)
    {
        var notes = Channel.CreateBounded<LiveNote>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        void Take(LiveNote note) => notes.Writer.TryWrite(note);
        window.Changed += Take;
        try
        {
            if (window.Person.Login.Length == 0) yield break;
            long? version = last is null ? null : VersionOf(window, last);
            var (known, note) = window.Missed(version ?? 0);
            if (known && note.Version > version) yield return Item(window, note, "change");
            else yield return Item(window, new(note.Version, [], [], [], null), last is null || (known && version is not null) ? "ready" : "reset");
            await foreach (LiveNote next in notes.Reader.ReadAllAsync(cancel))
            {
                if (window.Person.Login.Length == 0) yield break;
                yield return Item(window, next, "change");
            }
        }
        finally
        {
            window.Changed -= Take;
        }
    }

    private SseItem<LiveNote> Item(PersonWindow window, LiveNote note, string kind) => new(note, kind) { EventId = $"{_run}-{note.Version}-{Epoch(window)}" };

    private long? VersionOf(PersonWindow window, string id) => id.Split('-') is [var run, var version, var epoch] && run == _run && epoch == Epoch(window)
        && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : null;

    private static string Epoch(PersonWindow window) => window.Clock.Epoch.ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
}
