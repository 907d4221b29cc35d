namespace Homestretch.Promising.Kernel;

/// <summary>The same work for each of many, on as many threads as there are. What it makes lies in a place of each one's own, so that it is the same on any number of threads.</summary>
internal static class Many
{
    private const int Chunk = 64;

    /// <param name="threads">Most to use; -1 for as many as there are.</param>
    /// <param name="chunk">How many one thread takes at once: some tens of microseconds' work.</param>
    internal static void Each(int count, Action<int> act, int threads = -1, int chunk = Chunk)
    {
        if (count <= chunk || threads == 1) for (int i = 0; i < count; i++) act(i);
        else Parallel.For(0, Chunks(count, chunk), Most(threads), c =>
        {
            for (int i = c * chunk; i < Math.Min(count, (c + 1) * chunk); i++) act(i);
        });
    }

    /// <param name="tools">What a thread works with, one at a time.</param>
    internal static void Each<T>(int count, Shelf<T> tools, Action<T, int> act, int threads = -1) where T : class
    {
        if (count <= Chunk || threads == 1)
        {
            T tool = tools.Rent();
            for (int i = 0; i < count; i++) act(tool, i);
            tools.Return(tool);
        }
        else Parallel.For(0, Chunks(count, Chunk), Most(threads), tools.Rent, (c, _, tool) =>
        {
            for (int i = c * Chunk; i < Math.Min(count, (c + 1) * Chunk); i++) act(tool, i);
            return tool;
        }, tools.Return);
    }

    /// <summary>Different work at once.</summary>
    internal static void All(params Action[] acts) => Parallel.Invoke(acts);

    private static int Chunks(int count, int chunk) => (count + chunk - 1) / chunk;

    private static ParallelOptions Most(int threads) => new() { MaxDegreeOfParallelism = threads };
}
