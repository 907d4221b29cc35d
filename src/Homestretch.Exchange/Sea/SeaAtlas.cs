using Homestretch.Arrivals.Sea;

namespace Homestretch.Exchange.Sea;

/// <summary>The sea network that is shipped with the program; where it comes from stands in Sea/README.md and in its first line.</summary>
public static class SeaAtlas
{
    private static readonly Lazy<SeaNetwork> s_world = new(static () =>
    {
        using Stream stream = typeof(SeaAtlas).Assembly.GetManifestResourceStream("sea/sea-network.bin") ?? throw new InvalidOperationException("The sea network is not in the program.\nMaybe it was built without Sea/sea-network.bin.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var (network, findings) = SeaNetworkBytes.Read(bytes);
        return network ?? throw new InvalidOperationException($"The sea network cannot be read: {findings[0]}\nMaybe the file was changed by hand.");
    });

    /// <summary>Read once, when first asked for.</summary>
    public static SeaNetwork World => s_world.Value;
}
