using System.Globalization;

namespace Homestretch.Server.Training;

/// <summary>What a training gave. Closed: <see cref="Match"/> names every case.</summary>
internal abstract record Trained
{
    private Trained() { }

    /// <summary>Too little to learn from; nothing was trained.</summary>
    /// <param name="Said">What there is of what it takes, in whole sentences.</param>
    public sealed record NotEnough(IReadOnlyList<string> Said) : Trained;

    /// <summary>A model, and whether it is to be put in force by itself.</summary>
    /// <param name="Why">The comparison that says so.</param>
    public sealed record Made(byte[] File, bool Better, string Why) : Trained;

    public T Match<T>(Func<NotEnough, T> notEnough, Func<Made, T> made) => this switch
    {
        NotEnough n => notEnough(n),
        Made m => made(m),
        _ => throw new InvalidOperationException($"{GetType().Name} is no case of {nameof(Trained)}."),
    };

    /// <summary>A figure as sentences have it: three digits that count.</summary>
    internal static string Shown(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
