using System.Text;
using Homestretch.Exchange.Events;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Server.Storage;

/// <summary>Reads journal bodies of every version ever written into what this version works with.</summary>
public static class Upcast
{
    public static (IReadOnlyList<WorldEvent> Events, IReadOnlyList<Finding> Findings) Events(JournalEntry entry) => entry.Version switch
    {
        1 => EventText.Read(entry.Body, $"journal {entry.Sequence}"),
        _ => throw Unknown(entry),
    };

    public static Instant Epoch(JournalEntry entry) => entry.Version switch
    {
        1 => InstantPattern.ExtendedIso.Parse(Encoding.UTF8.GetString(entry.Body)).GetValueOrThrow(),
        _ => throw Unknown(entry),
    };

    public static byte[] Write(Instant epoch) => Encoding.UTF8.GetBytes(InstantPattern.ExtendedIso.Format(epoch));

    private static InvalidDataException Unknown(JournalEntry entry) =>
        new($"Journal entry {entry.Sequence} has form {entry.Version} of {entry.Kind}, which this program does not know.\nMaybe it was written by a newer version.");
}
