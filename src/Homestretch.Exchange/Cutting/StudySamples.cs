using System.Reflection;
using Homestretch.Exchange.Csv;
using Homestretch.World;

namespace Homestretch.Exchange.Cutting;

/// <summary>A study that ships with the product: one to open and look at, or to begin from.</summary>
/// <param name="Name">Its folder under samples/.</param>
/// <param name="World">The small company that it is of.</param>
public sealed record StudySample(string Name, Snapshot World)
{
    public Study Study => World.Studies.First();

    /// <summary>The brand owner of the sample's own company.</summary>
    public Party Brand => World.Parties.First(static p => p.Kind == PartyKind.Brand);

    /// <summary>Its records for another company: those of its brand belong to that one, which stays as it is.</summary>
    /// <param name="owner">The other company's brand owner.</param>
    public IReadOnlyList<IRecord> For(Key<Party> owner) => [.. World.Parties.Where(p => p != Brand), .. TableKind.All.Where(static k => k.Name.StartsWith("stud", StringComparison.Ordinal)).SelectMany(World.Records).Select(r => Owned(r, owner))];

    private static IRecord Owned(IRecord record, Key<Party> owner) => record switch
    {
        Study x => x with { Party = owner },
        StudyStage x => x with { Party = owner },
        StudyLink x => x with { Party = owner },
        StudySource x => x with { Party = owner },
        StudyLeg x => x with { Party = owner },
        StudyLimit x => x with { Party = owner },
        _ => record,
    };
}

/// <summary>The studies that ship with the product.</summary>
public static class StudySamples
{
    /// <summary>Every sample, by name.</summary>
    public static IReadOnlyList<StudySample> All { get; } = Read();

    /// <summary>The sample of that name; null when there is none.</summary>
    public static StudySample? Named(string name) => All.FirstOrDefault(s => s.Name == name);

    private static StudySample[] Read()
    {
        Assembly own = typeof(StudySamples).Assembly;
        return [.. own.GetManifestResourceNames().Where(static n => n.StartsWith("samples/", StringComparison.Ordinal)).GroupBy(static n => n.Split('/')[1]).OrderBy(static g => g.Key, StringComparer.Ordinal).Select(folder =>
        {
            var (world, findings) = CompanyFolder.Read(folder.Select(n => KeyValuePair.Create(n.Split('/')[2], Bytes(own, n))));
            return new StudySample(folder.Key, world ?? throw new InvalidDataException($"The sample '{folder.Key}' cannot be read: {findings[0]}\nMaybe a column of its tables was renamed."));
        })];
    }

    private static byte[] Bytes(Assembly own, string name)
    {
        using Stream stream = own.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
