using System.Diagnostics.CodeAnalysis;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>The metrics of one birth, found by alias (a plain array when aliases are small) or by name.</summary>
internal sealed class MetricTable
{
    private readonly MetricState[] metrics;
    private readonly ulong?[] aliases;
    private readonly MetricState?[] byAlias;
    private readonly Dictionary<ulong, MetricState> byLargeAlias = [];
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> byName;

    /// <param name="aliases">Aliases beside <paramref name="metrics"/>, null where there is none; all different, as names are.</param>
    public MetricTable(MetricState[] metrics, ulong?[] aliases)
    {
        (this.metrics, this.aliases) = (metrics, aliases);
        IsAllGood = metrics.All(metric => metric.IsGood);
        var limit = 256 + 4UL * (ulong)metrics.Length;
        var small = aliases.Where(a => a < limit).Max();
        byAlias = new MetricState?[small is { } top ? (int)top + 1 : 0];
        var names = new Dictionary<byte[], int>(metrics.Length, Utf8Comparer.Instance);
        for (var i = 0; i < metrics.Length; i++)
        {
            names.Add(metrics[i].NameUtf8, i);
            if (aliases[i] is not { } alias) continue;
            if (alias < limit) byAlias[alias] = metrics[i];
            else byLargeAlias.Add(alias, metrics[i]);
        }
        byName = names.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public static MetricTable Empty { get; } = new([], []);

    public IReadOnlyList<MetricState> Metrics => metrics;

    /// <summary>True while no metric can have another quality than Good.</summary>
    public bool IsAllGood { get; set; }

    /// <summary>Writes each metric's alias to its state, once the birth is accepted.</summary>
    public void TakeAliases()
    {
        for (var i = 0; i < metrics.Length; i++) metrics[i].Alias = aliases[i];
    }

    public MetricState? ByAlias(ulong alias) => alias < (ulong)byAlias.Length ? byAlias[alias] : byLargeAlias.GetValueOrDefault(alias);

    /// <param name="guess">Number of the metric it may well be, since senders keep the order of their births; becomes that of the next.</param>
    public MetricState? ByName(ReadOnlySpan<byte> utf8, ref int guess)
    {
        if ((uint)guess >= (uint)metrics.Length || !utf8.SequenceEqual(metrics[guess].NameUtf8))
            if (!byName.TryGetValue(utf8, out guess)) return null;
        return metrics[guess++];
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);
        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());
        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        // a keyed hash, because strangers choose the names
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
