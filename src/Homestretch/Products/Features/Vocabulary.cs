namespace Homestretch.Products.Features;

/// <summary>What names in constraints mean: features by their names, attributes by their features' names and their own.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, Feature> _features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(Feature Feature, AttributeValue Value)>> _attributes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Feature Feature, AttributeValue Value)> _own = new(StringComparer.Ordinal);

    public Vocabulary(FeatureModel model)
    {
        foreach (Feature feature in model.Features())
        {
            _features.TryAdd(feature.Name, feature);
            Add(feature, "", feature.Attributes);
        }
    }

    public IEnumerable<string> Features => _features.Keys;

    public IEnumerable<string> Attributes => _own.Keys;

    public IEnumerable<string> AttributeNames => _attributes.Keys;

    public Feature? FeatureOf(string name) => _features.GetValueOrDefault(name);

    /// <summary>The attribute that "feature.attribute" names.</summary>
    public (Feature Feature, AttributeValue Value)? AttributeOf(string name) => _own.TryGetValue(name, out var found) ? found : null;

    /// <summary>All features that have an attribute of this name, in the model's order.</summary>
    public IReadOnlyList<(Feature Feature, AttributeValue Value)> Carriers(string attribute) => _attributes.TryGetValue(attribute, out var all) ? all : [];

    private void Add(Feature feature, string before, IReadOnlyList<FeatureAttribute> attributes)
    {
        foreach (FeatureAttribute attribute in attributes)
        {
            if (attribute.Value is AttributeValue.Rules) continue;
            string name = before + attribute.Name;
            _own.TryAdd($"{feature.Name}.{name}", (feature, attribute.Value));
            if (!_attributes.TryGetValue(name, out var all)) _attributes.Add(name, all = []);
            all.Add((feature, attribute.Value));
            if (attribute.Value is AttributeValue.Nested nested) Add(feature, name + ".", nested.Attributes);
        }
    }
}
