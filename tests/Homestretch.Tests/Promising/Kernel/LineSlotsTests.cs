using CsCheck;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Tests.Promising.Kernel;

public sealed class LineSlotsTests
{
    [Fact]
    public void Every_fit_equals_that_of_a_row_of_seconds() => Gen.Select(Gen.ULong, Gen.Int[1, 2_500]).Sample((seed, horizon) =>
    {
        var random = new SmallRandom(seed);
        var slots = new LineSlots(horizon);
        var taken = new List<(int Start, int Work)>();
        bool[] busy = new bool[horizon];
        for (int step = 0; step < 1_000; step++)
        {
            int work = 1 + random.Below(4), at = random.Below(horizon + 3), floor = random.Below(horizon);
            int latest = Latest(busy, at, work, floor), earliest = Earliest(busy, floor, work);
            Assert.Equal(latest, slots.LatestFit(at, work, floor));
            if (random.Below(3) == 0 && latest >= 0) Take(latest, found: true);
            Assert.Equal(earliest = Earliest(busy, floor, work), slots.EarliestFit(floor, work));
            if (random.Below(3) == 0 && earliest >= 0) Take(earliest, found: true);
            bool free = at + work <= horizon && !busy.AsSpan(at, work).Contains(true);
            if (at < horizon) Assert.Equal(free, slots.TryTake(at, work));
            if (at < horizon && free) Take(at, found: null);
            if (taken.Count == 0 || random.Below(2) == 0) continue;
            int back = random.Below(taken.Count);
            slots.Release(taken[back].Start, taken[back].Work);
            busy.AsSpan(taken[back].Start, taken[back].Work).Clear();
            taken.RemoveAt(back);

            void Take(int start, bool? found)
            {
                if (found is true) slots.TakeFound(start, work);
                busy.AsSpan(start, work).Fill(true);
                taken.Add((start, work));
            }
        }
    }, iter: 60);

    private static int Latest(bool[] busy, int deadline, int work, int floor)
    {
        for (int start = Math.Min(deadline, busy.Length) - work; start >= floor; start--)
            if (!busy.AsSpan(start, work).Contains(true)) return start;
        return -1;
    }

    private static int Earliest(bool[] busy, int from, int work)
    {
        for (int start = from; start + work <= busy.Length; start++)
            if (!busy.AsSpan(start, work).Contains(true)) return start;
        return -1;
    }
}
