using NodaTime;

namespace Homestretch.Exchange.Sparkplug;

public sealed partial class HostSession
{
    private const ulong LatestMilliseconds = 253_402_300_799_999;

    private Outcome NodeBirth(Route route, ReadOnlySpan<byte> payload, Instant now)
    {
        var node = route.Node;
        if (decoded.Sequence > 255) return RefusedBirth(route, new(Cause.BadSequence, $"The birth's sequence number {decoded.Sequence} is not in 0..255."), now);
        if (IsPastTime(now, out var assumed)) return RefusedBirth(route, new(Cause.BadTime, $"The birth's time {decoded.Timestamp} lies past the year 9999."), now);
        if (BdSeq(payload) is not { } session) return RefusedBirth(route, new(Cause.BadBirth, "The birth has no metric bdSeq with a whole number."), now);
        if (NewTable(node.Self, payload, out var wrong) is not { } table) return RefusedBirth(route, wrong, now);
        var count = ReadMetrics(table, payload, assumed, ReadingMarks.Birth, out wrong);
        if (wrong.Cause != Cause.None) return RefusedBirth(route, wrong, now);

        DropWaiting(node);
        node.WasBorn = true;
        var sameSession = node.Self.IsOnline && node.BirthDeathSequence == session;
        (node.BirthDeathSequence, node.ExpectedSequence, node.IsAfterGap) = (session, (int)(decoded.Sequence + 1) & 255, false);
        node.Rebirth.Close();
        var at = Instant.FromUnixTimeMilliseconds(assumed);
        Install(node.Self, table, at);
        foreach (var device in node.Devices)
        {
            if (!device.IsOnline) continue;
            device.AwaitsBirth = node.DevicesAwaitBirth = true;
            if (!sameSession) GoOffline(device, at, StatusReason.NodeReborn);
        }
        SetQualities(table, count);
        return Accepted(node, Cause.None, count, payload, now);
    }

    private Outcome DeviceBirth(Route route, ReadOnlySpan<byte> payload, long assumed, Cause gap, Instant now)
    {
        var device = route.Device ?? route.Node.Find(route.Topic.Device);
        if (device is null)
        {
            if (route.Node.Devices.Count >= policy.MaxDevicesPerNode)
                return RefusedBirth(route, new(Cause.TooMany, $"{route.Node.Address} has {policy.MaxDevicesPerNode} devices already."), now);
            device = route.Node.Add(route.Topic.Device);
        }
        if (NewTable(device, payload, out var wrong) is not { } table) return RefusedBirth(route, wrong, now);
        var count = ReadMetrics(table, payload, assumed, Marks(route.Node) | ReadingMarks.Birth, out wrong);
        if (wrong.Cause != Cause.None) return RefusedBirth(route, wrong, now);
        Install(device, table, Instant.FromUnixTimeMilliseconds(assumed));
        SetQualities(table, count);
        return Accepted(route.Node, gap, count, payload, now);
    }

    /// <summary>A birth we cannot take still ended the one before it: until a good one comes, aliases may mean other metrics, and another
    /// is asked for.</summary>
    private Outcome RefusedBirth(Route route, Wrong wrong, Instant now)
    {
        route.Node.IsAfterGap = true;
        if (wrong.Cause != Cause.TooMany) WantRebirth(route.Node, wrong.Cause, now);
        return Refused(route, wrong, now);
    }

    private Outcome NodeDeath(Route route, ReadOnlySpan<byte> payload, Instant now)
    {
        var node = route.Node;
        if (BdSeq(payload) is not { } session)
            return Refused(route, Cause.BadDeath, now, "The death certificate has no metric bdSeq with a whole number.");
        if (!node.Self.IsOnline)
        {
            node.Rebirth.Close();
            return Ignored(Cause.None);
        }
        if (session != node.BirthDeathSequence) return Ignored(Cause.EarlierDeath);
        TakeOffline(node, now, StatusReason.Died, StatusReason.NodeDied);
        return Accepted(node, Cause.None, 0, payload, now);
    }

    private void TakeOffline(EdgeNode node, Instant now, StatusReason own, StatusReason ofDevices)
    {
        DropWaiting(node);
        node.Rebirth.Close();
        if (node.Self.IsOnline) GoOffline(node.Self, now, own);
        foreach (var device in node.Devices)
        {
            device.AwaitsBirth = false;
            if (device.IsOnline) GoOffline(device, now, ofDevices);
        }
        node.DevicesAwaitBirth = false;
    }

    private Outcome DeviceDeath(Route route, ReadOnlySpan<byte> payload, long assumed, Cause gap, Instant now)
    {
        if ((route.Device ?? route.Node.Find(route.Topic.Device)) is { IsOnline: true } device)
        {
            device.AwaitsBirth = false;
            GoOffline(device, Instant.FromUnixTimeMilliseconds(assumed), StatusReason.Died);
        }
        return Accepted(route.Node, gap, 0, payload, now);
    }

    private void Install(DeviceState device, MetricTable table, Instant at)
    {
        device.Table = table;
        table.TakeAliases();
        device.AwaitsBirth = false;
        if (device.IsOnline) return;
        (device.IsOnline, device.Since) = (true, at);
        changes.Add(new StatusChange(device, true, at, StatusReason.Born));
    }

    private void GoOffline(DeviceState device, Instant at, StatusReason reason)
    {
        (device.IsOnline, device.Since) = (false, at);
        changes.Add(new StatusChange(device, false, at, reason));
    }

    /// <summary>Devices of the earlier birth that the new one did not bring back are off.</summary>
    private void CloseBirths(EdgeNode node, long assumed)
    {
        node.DevicesAwaitBirth = false;
        foreach (var device in node.Devices)
        {
            if (device is { AwaitsBirth: true, IsOnline: true }) GoOffline(device, Instant.FromUnixTimeMilliseconds(assumed), StatusReason.NodeReborn);
            device.AwaitsBirth = false;
        }
    }
}
