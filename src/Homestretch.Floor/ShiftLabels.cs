using System.Globalization;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Syncing;

namespace Homestretch.Floor;

/// <summary>Labels to print: made by the hub, so they come only when the network is there, and the person is told when it is not.</summary>
public sealed partial class Shift
{
    /// <summary>The label of a lot as it is being received: with the revision that was scanned and what lies in the package.</summary>
    public Task Label(Operation received) => Label($"lot={Uri.EscapeDataString(received.LotNumber)}&item={Uri.EscapeDataString(received.Item)}"
        + (received.Revision.Length > 0 ? $"&revision={Uri.EscapeDataString(received.Revision)}" : "") + (received.Quantity is { } amount ? $"&quantity={amount.ToString(CultureInfo.InvariantCulture)}" : ""), received.LotNumber);

    public Task Label(FloorUnit unit) => Label($"unit={Uri.EscapeDataString(unit.Serial)}", unit.Serial);

    /// <summary>The unit's firmware release, signed, for the station that writes it.</summary>
    public async Task Release(FloorUnit unit)
    {
        if (Enrolment is { } me) await Take(await hub.Release(me.Token, unit.Serial), $"{unit.Serial}-release", "json", "application/json");
    }

    private async Task Label(string query, string name)
    {
        if (Enrolment is { } me) await Take(await hub.Label(me.Token, query), name, "pdf", "application/pdf");
    }

    private async Task Take(Reply<byte[]> reply, string name, string ending, string media)
    {
        await Heard(reply);
        if (reply.Reached != Reached.Yes || reply.What is not { } file)
        {
            await Say(false, reply.Reached switch { Reached.NoNetwork => Speak[Speaking.Say.LabelNoNetwork], Reached.LockedOut => Speak[Speaking.Say.EnrolAgain], _ => Speak[Speaking.Say.LabelRefused, reply.Said] });
            return;
        }
        await device.Save(file, $"{string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}.{ending}", media);
        await Say(true, Speak[Speaking.Say.LabelCame]);
    }
}
