namespace Homestretch.Promising.Kernel;

/// <summary>Keeps a few objects at rest, to be used again by whoever needs one; safe from many threads.</summary>
internal sealed class Shelf<T>(Func<T> make) where T : class
{
    private readonly T?[] _resting = new T?[32];

    internal T Rent()
    {
        for (int i = 0; i < _resting.Length; i++)
            if (Interlocked.Exchange(ref _resting[i], null) is { } item) return item;
        return make();
    }

    internal void Return(T item)
    {
        for (int i = 0; i < _resting.Length; i++)
            if (Interlocked.CompareExchange(ref _resting[i], item, null) is null) return;
    }
}
