using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Homestretch.Server.Access;
using Homestretch.Web.Window;

namespace Homestretch.Server.Api;

/// <summary>A window's changes as a stream. A slow reader loses the oldest notes, never the newest.</summary>
internal static class LiveNotes
{
    public static async IAsyncEnumerable<LiveNote> Of(PersonWindow window, [EnumeratorCancellation] CancellationToken cancel)
    {
        var notes = Channel.CreateBounded<LiveNote>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        void Take(LiveNote note) => notes.Writer.TryWrite(note);
        window.Changed += Take;
        try
        {
            await foreach (LiveNote note in notes.Reader.ReadAllAsync(cancel)) yield return note;
        }
        finally
        {
            window.Changed -= Take;
        }
    }
}
