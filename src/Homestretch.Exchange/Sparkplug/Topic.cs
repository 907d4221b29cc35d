namespace Homestretch.Exchange.Sparkplug;

/// <summary>The message types of Sparkplug B.</summary>
public enum MessageKind : byte { NodeBirth, NodeData, NodeDeath, NodeCommand, DeviceBirth, DeviceData, DeviceDeath, DeviceCommand, State }

/// <summary>A Sparkplug topic taken apart: spBv1.0/group/kind/node[/device], or spBv1.0/STATE/host.</summary>
/// <param name="Node">Edge node id, or the host id of a STATE topic.</param>
/// <param name="Device">Empty for node-level messages.</param>
public sealed record Topic(MessageKind Kind, string Group, string Node, string Device = "")
{
    public const string Namespace = "spBv1.0";

    /// <summary>Longest id we take, characters.</summary>
    public const int MaxIdLength = 256;

    private static readonly string[] Words = ["NBIRTH", "NDATA", "NDEATH", "NCMD", "DBIRTH", "DDATA", "DDEATH", "DCMD", "STATE"];

    /// <summary>Reads a topic; null with a finding when it is not a Sparkplug B 3.0 topic.</summary>
    public static Topic? Read(string topic, out Finding? finding)
    {
        var parts = topic.Split('/');
        finding = null;
        if (!string.Equals(parts[0], Namespace, StringComparison.Ordinal))
            finding = Wrong(topic, "topic-namespace", $"The topic does not begin with {Namespace}.", "Subscribe to spBv1.0/# only.");
        else if (parts.Any(part => part.Length is 0 or > MaxIdLength || part.AsSpan().IndexOfAny('+', '#', '\0') >= 0))
            finding = Wrong(topic, "topic-id", "An id is empty, too long, or holds a reserved character.", "Use ids of 1 to 256 characters without + # / and NUL.");
        else if (parts is [_, "STATE", var host])
            return new Topic(MessageKind.State, "", host);
        else if (parts.Length is 4 or 5 && Array.IndexOf(Words, parts[2], 0, 8) is var kind and >= 0)
        {
            if (kind >= (int)MessageKind.DeviceBirth == (parts.Length == 5)) return new Topic((MessageKind)kind, parts[1], parts[3], parts.Length == 5 ? parts[4] : "");
            finding = Wrong(topic, "topic-device", "A device id stands where none may, or is missing.", "Give device messages a device id, and only them.");
        }
        else finding = Wrong(topic, "topic-shape", "The topic is not of the form spBv1.0/group/kind/node[/device].", "Use one of the nine message kinds in its place.");
        return null;
    }

    /// <summary>True when an id may stand in a topic.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && id.AsSpan().IndexOfAny("+#/\0") < 0;

    public override string ToString() => Kind == MessageKind.State ? $"{Namespace}/STATE/{Node}"
        : Device.Length == 0 ? $"{Namespace}/{Group}/{Words[(int)Kind]}/{Node}" : $"{Namespace}/{Group}/{Words[(int)Kind]}/{Node}/{Device}";

    private static Finding Wrong(string topic, string rule, string what, string cure) => new(new Place(topic), rule, what, cure);
}
