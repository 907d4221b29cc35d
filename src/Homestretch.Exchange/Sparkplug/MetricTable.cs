using System.Diagnostics.CodeAnalysis;

namespace Homestretch.Exchange.Sparkplug;

/// <summary>The metrics of one birth, found by alias (a plain array when aliases are small) or by name.</summary>
internal sealed class MetricTable
{
    private readonly IReadOnlyList<ulong?> aliases;
    private readonly MetricState?[] byAlias;
    private readonly Dictionary<ulong, MetricState> byLargeAlias = [];
    private readonly Dictionary<byte[], MetricState>.AlternateLookup<ReadOnlySpan<byte>> byName;

    /// <param name="aliases">Aliases beside <paramref name="metrics"/>, null where there is none; all different, as names are.</param>
    public MetricTable(IReadOnlyList<MetricState> metrics, IReadOnlyList<ulong?> aliases)
    {
        (Metrics, this.aliases) = (metrics, aliases);
        var limit = 256 + 4UL * (ulong)metrics.Count;
        var small = aliases.Where(a => a < limit).Max();
        byAlias = new MetricState?[small is { } top ? (int)top + 1 : 0];
        var names = new Dictionary<byte[], MetricState>(metrics.Count, Utf8Comparer.Instance);
        for (var i = 0; i < metrics.Count; i++)
        {
            names.Add(metrics[i].NameUtf8, metrics[i]);
            if (aliases[i] is not { } alias) continue;
            if (alias < limit) byAlias[alias] = metrics[i];
            else byLargeAlias.Add(alias, metrics[i]);
        }
        byName = names.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public static MetricTable Empty { get; } = new([], []);

    public IReadOnlyList<MetricState> Metrics { get; }

    /// <summary>Writes each metric's alias to its state, once the birth is accepted.</summary>
    public void TakeAliases()
    {
        for (var i = 0; i < Metrics.Count; i++) Metrics[i].Alias = aliases[i];
    }

    public MetricState? ByAlias(ulong alias) => alias < (ulong)byAlias.Length ? byAlias[alias] : byLargeAlias.GetValueOrDefault(alias);

    public MetricState? ByName(ReadOnlySpan<byte> utf8) => byName.TryGetValue(utf8, out var metric) ? metric : null;

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
