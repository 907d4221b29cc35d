namespace Homestretch.Promising.Kernel;

/// <summary>Pieces of work of one kind, none of which writes what another reads.</summary>
internal static class Alike
{
    /// <summary>Does them on as many threads as there are; what comes of them does not depend on how many.</summary>
    /// <param name="threads">Most to use, -1 for as many as there are.</param>
    public static void Do(int threads, params Action[] pieces) => Parallel.For(0, pieces.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => pieces[i]());
}
