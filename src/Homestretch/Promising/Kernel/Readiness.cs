using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Homestretch.Promising.Kernel;

/// <summary>The part that holds a kit: in most samples it comes last.</summary>
/// <param name="Peg">Index among the build's pegs; -1 when no part ever comes after the build's floor.</param>
/// <param name="Samples">Samples in which it comes last, alone or together with others, and after the floor.</param>
internal readonly record struct GateCount(int Peg, int Samples);

/// <summary>When a kit is whole: ready_s = max(floor, max over its pegs of arrival_s).</summary>
internal static unsafe class Readiness
{
    /// <summary>Writes ready_s of a build for every sample.</summary>
    internal static void Row(PlannedBuilds builds, Futures arrivals, int build, int* ready) =>
        Row(arrivals, builds.Pegs(build), builds.Rows[build].Floor, ready);

    /// <summary>Writes ready_s of a kit of these lots for every sample.</summary>
    internal static void Row(Futures arrivals, ReadOnlySpan<int> pegs, int floorSecond, int* ready)
    {
        unchecked
        {
            int samples = arrivals.Samples;
            Vector256<int> floor = Vector256.Create(floorSecond);
            fixed (int* lots = pegs)
            {
                int s = 0;
                for (; s + 64 <= samples; s += 64)
                {
                    Vector256<int> a = floor, b = floor, c = floor, d = floor, e = floor, f = floor, g = floor, h = floor;
                    for (int peg = 0; peg < pegs.Length; peg++)
                    {
                        int* row = arrivals.Row(lots[peg]) + s;
                        a = Vector256.Max(a, Vector256.Load(row)); b = Vector256.Max(b, Vector256.Load(row + 8));
                        c = Vector256.Max(c, Vector256.Load(row + 16)); d = Vector256.Max(d, Vector256.Load(row + 24));
                        e = Vector256.Max(e, Vector256.Load(row + 32)); f = Vector256.Max(f, Vector256.Load(row + 40));
                        g = Vector256.Max(g, Vector256.Load(row + 48)); h = Vector256.Max(h, Vector256.Load(row + 56));
                    }
                    a.Store(ready + s); b.Store(ready + s + 8); c.Store(ready + s + 16); d.Store(ready + s + 24);
                    e.Store(ready + s + 32); f.Store(ready + s + 40); g.Store(ready + s + 48); h.Store(ready + s + 56);
                }
                for (; s < samples; s += 8) Eight(arrivals, lots, pegs.Length, floor, s).Store(ready + s);
            }
        }
    }

    /// <summary>Writes ready_s for those groups of eight samples of which <paramref name="awake"/> has a bit.</summary>
    internal static void Groups(PlannedBuilds builds, Futures arrivals, int build, ReadOnlySpan<byte> awake, int* ready)
    {
        unchecked
        {
            ReadOnlySpan<int> lots = builds.Pegs(build);
            int pegs = lots.Length;
            nint* rows = stackalloc nint[Math.Min(pegs, 32)];
            for (int first = 0; first == 0 || first < pegs; first += 32)
            {
                int count = Math.Min(32, pegs - first);
                for (int peg = 0; peg < count; peg++) rows[peg] = (nint)arrivals.Row(lots[first + peg]);
                for (int g = 0; g < awake.Length; g++)
                {
                    if (awake[g] == 0) continue;
                    Vector256<int> last = first == 0 ? Vector256.Create(builds.Rows[build].Floor) : Vector256.Load(ready + 8 * g);
                    for (int peg = 0; peg < count; peg++) last = Vector256.Max(last, Vector256.Load((int*)rows[peg] + 8 * g));
                    last.Store(ready + 8 * g);
                }
            }
        }
    }

    /// <summary>Writes ready_s for the eight samples from <paramref name="sample"/> on.</summary>
    internal static void Eight(PlannedBuilds builds, Futures arrivals, int build, int sample, int* ready)
    {
        fixed (int* lots = builds.Pegs(build))
            Eight(arrivals, lots, builds.PegCounts[build], Vector256.Create(builds.Rows[build].Floor), sample).Store(ready + sample);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(Futures arrivals, int* lots, int pegs, Vector256<int> ready, int sample)
    {
        for (int peg = 0; peg < pegs; peg++) ready = Vector256.Max(ready, Vector256.Load(arrivals.Row(lots[peg]) + sample));
        return ready;
    }

    /// <summary>The gate of a kit, given its ready row. Ties go to the first peg, which is the first in key order.</summary>
    internal static GateCount Gate(PlannedBuilds builds, Futures arrivals, int build, int* ready)
    {
        unchecked
        {
            ReadOnlySpan<int> lots = builds.Pegs(build);
            GateCount gate = new(-1, 0);
            int peg = 0;
            for (; peg + 4 <= lots.Length; peg += 4)
            {
                Vector256<int> afterFloor = Vector256.Create(builds.Rows[build].Floor + 1), a = default, b = default, c = default, d = default;
                int* p = arrivals.Row(lots[peg]), q = arrivals.Row(lots[peg + 1]), r = arrivals.Row(lots[peg + 2]), t = arrivals.Row(lots[peg + 3]);
                for (int s = 0, samples = arrivals.Samples; s < samples; s += 8)
                {
                    Vector256<int> last = Vector256.Max(Vector256.Load(ready + s), afterFloor);
                    a += Vector256.LessThan(Vector256.Load(p + s), last); b += Vector256.LessThan(Vector256.Load(q + s), last);
                    c += Vector256.LessThan(Vector256.Load(r + s), last); d += Vector256.LessThan(Vector256.Load(t + s), last);
                }
                gate = Later(gate, peg, arrivals.Samples + Vector256.Sum(a));
                gate = Later(gate, peg + 1, arrivals.Samples + Vector256.Sum(b));
                gate = Later(gate, peg + 2, arrivals.Samples + Vector256.Sum(c));
                gate = Later(gate, peg + 3, arrivals.Samples + Vector256.Sum(d));
            }
            for (; peg < lots.Length; peg++) gate = Later(gate, peg, Last(builds, arrivals, build, peg, ready));
            return gate;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static GateCount Later(GateCount gate, int peg, int last) => last > gate.Samples ? new(peg, last) : gate;

    /// <summary>In how many samples a peg comes last, alone or together with others, and after the floor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Last(PlannedBuilds builds, Futures arrivals, int build, int peg, int* ready)
    {
        unchecked
        {
            Vector256<int> afterFloor = Vector256.Create(builds.Rows[build].Floor + 1), notLast = default;
            int* row = arrivals.Row(builds.PegLots[builds.PegStarts[build] + peg]);
            for (int s = 0, samples = arrivals.Samples; s < samples; s += 8)
                notLast += Vector256.LessThan(Vector256.Load(row + s), Vector256.Max(Vector256.Load(ready + s), afterFloor));
            return arrivals.Samples + Vector256.Sum(notLast);
        }
    }
}
