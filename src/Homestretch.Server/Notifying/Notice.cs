using Homestretch.Web.Window;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>Something that people should know of while it stands. One key, one notice: what changes about it updates it.</summary>
/// <param name="Key">Stable while it stands and unlike any other's, such as 'situation:SIT-00042'. It may open again later; with <paramref name="Created"/> it is unique for ever.</param>
/// <param name="Party">Whose people may hear of it. Title and text say nothing from outside this party's slice.</param>
/// <param name="Roles">For whom it is first.</param>
/// <param name="Owner">Login of who mends it; null: nobody yet.</param>
/// <param name="Title">A few words.</param>
/// <param name="Text">Complete sentences that stand alone on a watch or in a chat.</param>
/// <param name="Path">Path of the screen that shows it.</param>
/// <param name="Created">When it came up, by the hub's clock, as all instants here.</param>
/// <param name="Changed">When anything of it last changed.</param>
/// <param name="Deadline">The moment after which it cannot be mended; null: there is none.</param>
/// <param name="Days">Days by which a date moved, whichever way; null: it is about no date.</param>
/// <param name="Promises">Promises that it takes, expected; null: it is about none.</param>
internal sealed record Notice(string Key, NoticeKind Kind, NoticeSeverity Severity, string Party, IReadOnlyList<Role> Roles, string? Owner, string Title, string Text, string Path,
    Instant Created, Instant Changed, Instant? Deadline, double? Days, double? Promises = null)
{
    /// <summary>When it was over; null: it stands.</summary>
    public Instant? Ended { get; init; }

    /// <summary>Roles that it was handed on to, in order, because nobody took it.</summary>
    public IReadOnlyList<Role> HandedTo { get; init; } = [];

    public bool Stands => Ended is null;

    /// <summary>Whether another says the same, whenever it came.</summary>
    public bool SaysAs(Notice other) => (Key, Kind, Severity, Party, Owner, Title, Text, Path, Deadline) == (other.Key, other.Kind, other.Severity, other.Party, other.Owner, other.Title, other.Text, other.Path, other.Deadline)
        && Nullable.Equals(Days, other.Days) && Nullable.Equals(Promises, other.Promises) && Roles.SequenceEqual(other.Roles);
}
