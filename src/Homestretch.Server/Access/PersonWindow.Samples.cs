using Homestretch.Exchange.Cutting;
using Homestretch.Server.Seeing;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>Studies that ship with the product, to begin from: for who may bring records in, also into an empty world.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>What the brand owner is called where nobody said so yet.</summary>
    private const string Nameless = "Our company";

    private bool Begins => May(Permission.SeeSupply) && May(Permission.SeeMoney) && May(Permission.Import) && (Brand || FirstLoad());

    IReadOnlyList<SampleRow>? IWindow.StudySamples() => !Begins ? null
        : Look(static s => (IReadOnlyList<SampleRow>)[.. StudySamples.All.Select(x => new SampleRow(x.Name, x.Study.Id, x.Study.Name, x.Study.Note, x.World.StudyStages.Count, x.World.StudySources.Count, s.World.Studies.Contains(x.Study.Id)))]);

    public async Task<Told> BeginStudy(string sample, CancellationToken cancel)
    {
        if (!Begins) return Refused("begin studies");
        if (StudySamples.Named(sample) is not { } known) return Wrong("sample", "unknown-key", $"There is no sample '{sample}'.", $"Name one of {string.Join(", ", StudySamples.All.Select(static s => s.Name))}.");
        IReadOnlyList<IRecord> records = [.. FirstLoad() ? [known.Brand with { Key = Party, Name = Nameless }] : (IReadOnlyList<IRecord>)[], .. known.For(Party)];
        Finding[] taken = Look(s => Taken(s.World, records));
        return taken.Length > 0 ? new(false, Clock.Version, taken) : await Tell([.. records.Select(static r => (WorldEvent)new WorldEvent.Put(r))], cancel, known.Study.Id);
    }

    /// <summary>Records of the company that a sample would write over: it only adds. A party that both have is taken to be the same one.</summary>
    private static Finding[] Taken(Snapshot world, IReadOnlyList<IRecord> records) =>
    [
        .. records.OfType<World.Study>().Where(x => world.Studies.Contains(x.Id)).Select(static x => InUse("studies", x.Id, "study")),
        .. records.OfType<Party>().Where(x => world.Parties.Find(x.Id) is { } there && there != x).Select(static x => InUse("parties", x.Id, "party")),
    ];

    private static Finding InUse(string table, string key, string what) => new(new($"{table} {key}"), "key-in-use", $"The company has a {what} '{key}' already.", "Open the study that is there; or write the sample to a folder (homestretch cut sample), give it other keys and import it.");
}
