using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>A feature model read from UVL text.</summary>
/// <param name="Model">What could be read; null when there is no feature at all.</param>
/// <param name="Findings">All that is wrong; empty when the model can be used.</param>
public sealed record UvlRead(FeatureModel? Model, IReadOnlyList<Finding> Findings);

/// <summary>Reads the Universal Variability Language: Boolean, arithmetic and type level, attributes, imports.</summary>
/// <remarks>The language of Benavides and others 2025 (doi 10.1016/j.jss.2024.112326) in the form of the grammar of
/// github.com/Universal-Variability-Language/uvl-parser. White space inside [a..b] is allowed too.</remarks>
public sealed class UvlReader
{
    private static readonly string[] s_sections = ["namespace", "include", "imports", "features", "constraints"];

    private readonly string _source;
    private readonly List<Finding> _found;
    private string _namespace = "";
    private readonly List<string> _levels = [];
    private readonly List<Imported> _imports = [];
    private readonly List<Rule> _rules = [];
    private readonly UvlTree _tree;

    private UvlReader(string source, List<Finding> found)
    {
        (_source, _found) = (source, found);
        _tree = new(source, found);
    }

    /// <summary>Reads a model. Errors are told all at once, each with line, column and what to do.</summary>
    /// <param name="source">Name of the file, for messages.</param>
    /// <param name="imported">The text of an imported model by its name with dots for folders, or null when there is none; null: nothing can be imported.</param>
    public static UvlRead Read(string source, string text, Func<string, string?>? imported = null)
    {
        var found = new List<Finding>();
        FeatureModel? model = Parsed(source, text, found, out bool complete);
        if (model is not null)
        {
            found.AddRange(ModelCheck.Levels(model, source));
            model = UvlImports.Taken(model, source, imported, [source], found, ref complete);
            found.AddRange(ModelCheck.Findings(model, source, complete));
        }
        return new(model, [.. found.Distinct().OrderBy(static f => f.Place.Source, StringComparer.Ordinal).ThenBy(static f => f.Place.Line)]);
    }

    internal static bool IsSection(string word) => s_sections.Contains(word);

    /// <summary>One file's model by itself.</summary>
    /// <param name="complete">Were the names of all its features read?</param>
    internal static FeatureModel? Parsed(string source, string text, List<Finding> found, out bool complete)
    {
        var reader = new UvlReader(source, found);
        reader.Sections(UvlLexer.Lines(source, text, found));
        Feature? root = reader._tree.Root();
        complete = reader._tree.Complete;
        if (root is null)
        {
            if (found.Count == 0) found.Add(new(new(source), "no-features", "The model has no features.", "Write the line features, and the root feature below it, indented."));
            return null;
        }
        return UvlRewriting.Aligned(new(reader._namespace, reader._levels, reader._imports, root, reader._rules));
    }

    private void Sections(IReadOnlyList<UvlLine> lines)
    {
        int section = -1;
        var seen = new Dictionary<int, int>();
        int? indent = null;
        foreach (UvlLine line in lines)
        {
            var cursor = new UvlCursor(_source, line, _found);
            if (line.Indent == 0)
            {
                indent = null;
                int now = line.Tokens[0].Kind == UvlTokenKind.Name ? Array.IndexOf(s_sections, line.Tokens[0].Text) : -1;
                if (now < 0)
                {
                    cursor.Say("unknown-section", $"{line.Tokens[0]} starts at the left margin, but is no section.", "Indent it, or write namespace, include, imports, features or constraints.");
                    continue;
                }
                if (!seen.TryAdd(now, line.Number)) cursor.Say("section-twice", $"The section {s_sections[now]} started in line {seen[now]} already.", "Put its lines together.");
                else if (now < section) cursor.Say("section-order", $"The section {s_sections[now]} stands after {s_sections[section]}.", "Write namespace, include, imports, features, constraints, in this order.");
                section = now;
                cursor.Take();
                if (now == 0) _namespace = UvlNames.Read(cursor, "The name of the namespace")?.Name ?? "";
                UvlNames.Ended(cursor, $"'{s_sections[now]}'");
                continue;
            }
            if (section == 3)
            {
                _tree.Add(line, cursor);
                continue;
            }
            indent ??= line.Indent;
            if (line.Indent != indent) cursor.Say("indentation", "This line is indented differently from the first of its section.", "Indent both alike.");
            if (section == 1) Level(cursor);
            else if (section == 2) Import(cursor);
            else if (section == 4) Constraint(line, cursor);
            else cursor.Say("no-section", $"{line.Tokens[0]} belongs to no section.", "Write the line features or constraints before it, at the left margin.");
        }
    }

    private void Constraint(UvlLine line, UvlCursor cursor)
    {
        UvlToken first = line.Tokens[0];
        if (new UvlConstraints(cursor).Read() is { } constraint && UvlNames.Ended(cursor, "a complete constraint")) _rules.Add(new(constraint, new(first.Line, first.Column)));
    }

    private void Level(UvlCursor cursor)
    {
        UvlToken major = cursor.Take();
        string[] minors = ["group-cardinality", "feature-cardinality", "aggregate-function", "string-constraints"];
        if (major.Text is not ("Boolean" or "Arithmetic" or "Type"))
        {
            cursor.Say(major, "unknown-level", $"There is no language level {major}.", "Write Boolean, Arithmetic or Type.");
            return;
        }
        string minor = "";
        if (cursor.Skip("."))
        {
            UvlToken at = cursor.Now;
            while (!cursor.AtEnd) minor += cursor.Take().Text;
            string[] own = major.Text switch { "Boolean" => minors[..1], "Arithmetic" => minors[1..3], _ => minors[3..] };
            if (minor != "*" && !own.Contains(minor)) cursor.Say(at, "unknown-level", $"{major.Text} has no level '{minor}'.", $"Write * for all of them, or {string.Join(" or ", own)}.");
            minor = "." + minor;
        }
        if (UvlNames.Ended(cursor, "a language level")) _levels.Add(major.Text + minor);
    }

    private void Import(UvlCursor cursor)
    {
        if (UvlNames.Read(cursor, "The name of a model") is not { } model) return;
        string alias = model.Name;
        if (cursor.SkipWord("as"))
        {
            if (UvlNames.Read(cursor, "The name it has here") is not { } named) return;
            alias = named.Name;
        }
        if (UvlNames.Ended(cursor, "an import")) _imports.Add(new(model.Name, alias, model.At));
    }
}
