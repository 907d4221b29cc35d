namespace Homestretch.Products.Features;

/// <summary>One thing that is there or not: a feature, or one instance of a feature that can be there several times.</summary>
/// <param name="Number">Which instance, from 1; 0 when neither the feature nor one above it is repeated.</param>
internal sealed record Slot(string Name, Feature Feature, int Number, int Parent);

/// <summary>All slots of a model; a slot's place is its variable.</summary>
/// <remarks>A feature with cardinality [a..b] stands for b instances: it is there when the first is, an instance when the one before it is, and
/// at least a when it is there. Instances are numbered, so two that differ can stand in two orders.</remarks>
internal sealed class Slots
{
    /// <summary>More are refused: a model of this size is a slip in a cardinality.</summary>
    public const int Most = 200_000;

    private readonly Dictionary<(string Feature, int Number), int> _at = [];

    private Slots() { }

    public List<Slot> All { get; } = [];

    /// <summary>For each feature inside a repeated one, the repeated one; for a repeated one, itself.</summary>
    public Dictionary<string, Feature> Repeated { get; } = new(StringComparer.Ordinal);

    public int this[Feature feature, int number] => _at.TryGetValue((feature.Name, number), out int slot) ? slot : _at[(feature.Name, 0)];

    /// <summary>All slots of a feature.</summary>
    public IEnumerable<int> Of(Feature feature) => Repeated.TryGetValue(feature.Name, out Feature? repeated)
        ? Enumerable.Range(1, repeated.Instances!.Most!.Value).Select(n => this[feature, n]) : [this[feature, 0]];

    public static Slots? Of(FeatureModel model, string source, List<Finding> found)
    {
        var slots = new Slots();
        int before = found.Count;
        slots.Add(model.Root, 0, -1, null, source, found);
        if (slots.All.Count > Most)
            found.Add(new(new(source), "too-many-instances", $"The model has more than {Most} instances of features.", "Lower the feature cardinalities."));
        return found.Count == before ? slots : null;
    }

    private void Add(Feature feature, int number, int parent, Feature? repeated, string source, List<Finding> found)
    {
        if (All.Count > Most) return;
        if (feature.Instances is { Most: not 1 } instances)
        {
            Place place = ModelCheck.At(source, feature.At);
            if (instances.Most is null)
                found.Add(new(place, "unbounded-instances", $"{ConstraintText.Quoted(feature.Name)} may be there any number of times, so its configurations cannot be counted.", "Write an upper limit, as in [1..5]."));
            else if (repeated is not null)
                found.Add(new(place, "nested-instances", $"{ConstraintText.Quoted(feature.Name)} is repeated inside {ConstraintText.Quoted(repeated.Name)}, which is repeated itself; that is not supported.", "Repeat one of the two only."));
            else if (instances.Most == 0)
                found.Add(new(place, "no-instances", $"{ConstraintText.Quoted(feature.Name)} may be there 0 times at most.", "Remove it, or raise the upper limit."));
            else
            {
                for (int n = 1; n <= instances.Most && All.Count <= Most; n++) Append(feature, n, parent, feature, source, found);
                return;
            }
            return;
        }
        Append(feature, number, parent, repeated, source, found);
    }

    private void Append(Feature feature, int number, int parent, Feature? repeated, string source, List<Finding> found)
    {
        int own = All.Count;
        All.Add(new(number > 1 ? $"{feature.Name} #{number}" : feature.Name, feature, number, parent));
        _at.Add((feature.Name, number), own);
        if (repeated is not null) Repeated.TryAdd(feature.Name, repeated);
        foreach (Group group in feature.Groups)
            foreach (Feature below in group.Features) Add(below, number, own, repeated, source, found);
    }
}
