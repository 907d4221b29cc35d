using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Takes imported models in: a leaf that names an imported model's root becomes that model, its names with the alias before.</summary>
internal static class UvlImports
{
    public static FeatureModel Taken(FeatureModel model, string source, Func<string, string?>? text, IReadOnlyList<string> chain, List<Finding> found, ref bool complete)
    {
        foreach (Imported import in model.Imports)
        {
            var place = new Place(import.At.Source ?? source, import.At.Line, $"column {import.At.Column}");
            string file = import.Model.Replace('.', '/') + ".uvl";
            if (chain.Contains(file)) found.Add(new(place, "import-cycle", $"{import.Model} imports itself, by way of {string.Join(", ", chain)}.", "Remove one of the imports."));
            else if (text?.Invoke(import.Model) is not { } content) found.Add(new(place, "import-missing", $"There is no model {import.Model} to import.", $"Put the file {file} beside this model."));
            else if (UvlReader.Parsed(file, content, found, out bool all) is { } below)
            {
                complete &= all;
                found.AddRange(ModelCheck.Levels(below, file));
                below = Taken(below, file, text, [.. chain, file], found, ref complete);
                model = Joined(model, Named(below, import.Alias, file), import, place, found);
                continue;
            }
            complete = false;
        }
        return model with { Imports = [] };
    }

    private static FeatureModel Joined(FeatureModel model, FeatureModel below, Imported import, Place place, List<Finding> found)
    {
        int placed = 0;
        FeatureModel joined = UvlRewriting.Rewritten(model, f =>
        {
            if (f.Name != below.Root.Name) return f;
            placed++;
            return below.Root with { Instances = f.Instances, Attributes = [.. below.Root.Attributes, .. f.Attributes], Groups = [.. below.Root.Groups, .. f.Groups] };
        }, static e => e, static r => r);
        if (placed == 0) found.Add(new(place, "import-unused", $"{import.Model} is imported, but its root {ConstraintText.Quoted(below.Root.Name)} stands nowhere in the tree.", "Put it below a group, or remove the import."));
        return joined with { Rules = [.. joined.Rules, .. below.Rules] };
    }

    private static FeatureModel Named(FeatureModel model, string alias, string file)
    {
        var features = model.Features().Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        string root = $"{alias}.{model.Root.Name}";
        FeatureModel named = UvlRewriting.Rewritten(model, f => f with { Name = $"{alias}.{f.Name}", At = From(f.At), Groups = [.. f.Groups.Select(g => g with { At = From(g.At) })] },
            e => e switch
            {
                Expression.ValueOf value => new Expression.ValueOf(Before(value.Of)),
                Expression.Applied applied => applied with { To = Before(applied.To) },
                Expression.Aggregate over when over.Below is null && features.Contains(over.Attribute.Name) => over with { Attribute = Before(over.Attribute) },
                // the sum of a model is over its own features, wherever it is taken in
                Expression.Aggregate over => over with { Below = over.Below is { } below ? Before(below) : new Reference(root, From(over.Attribute.At)), Attribute = over.Attribute with { At = From(over.Attribute.At) } },
                _ => e,
            }, Before);
        return named with { Rules = [.. named.Rules.Select(r => r with { At = From(r.At) })] };

        Reference Before(Reference name) => new($"{alias}.{name.Name}", From(name.At));

        Written From(Written at) => at.Source is null ? at with { Source = file } : at;
    }
}
