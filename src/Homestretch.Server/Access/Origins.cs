using System.Net;
using System.Net.Sockets;

namespace Homestretch.Server.Access;

/// <summary>Which caller a limit counts.</summary>
internal static class Origins
{
    /// <summary>The address of a request; of IPv6 the first 64 bits, which one subscriber has all addresses of.</summary>
    public static string Place(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Place(address) : "";

    public static string Place(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
