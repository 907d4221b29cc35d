using System.Net;
using System.Net.Sockets;

namespace Homestretch.Server.Tests.Running;

/// <summary>Ports for programs under test, each given once: below those that the system hands out by itself (from 32768 on), so that nobody's connection takes one before its program does.</summary>
internal static class Ports
{
    private const int First = 15_000, Count = 17_000;
    private static int s_last = Environment.ProcessId * 97 % Count;

    public static int Free()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // somebody listens there
            }
        }
    }
}
