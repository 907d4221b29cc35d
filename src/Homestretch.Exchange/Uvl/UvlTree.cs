using Homestretch.Products.Features;

namespace Homestretch.Exchange.Uvl;

/// <summary>Builds the tree of features from indented lines: groups below features, features below groups.</summary>
internal sealed class UvlTree(string source, List<Finding> found)
{
    /// <summary>Deeper trees are refused: more than any model has, few enough for any stack.</summary>
    private const int MostDepth = 500;

    private readonly Stack<(int Indent, Node Node)> _open = new();
    private Node? _root;

    /// <summary>Was the name of every feature read?</summary>
    public bool Complete { get; private set; } = true;

    private sealed class Node(bool isGroup, UvlToken at)
    {
        public bool IsGroup => isGroup;
        public UvlToken At => at;
        public string Name { get; set; } = "";
        public FeatureKind Kind { get; set; }
        public GroupKind Group { get; set; }
        public Cardinality? Cardinality { get; set; }
        public IReadOnlyList<FeatureAttribute> Attributes { get; set; } = [];
        public List<Node> Below { get; } = [];
    }

    public void Add(UvlLine line, UvlCursor cursor)
    {
        while (_open.Count > 0 && _open.Peek().Indent > line.Indent)
        {
            int left = _open.Pop().Indent;
            if (_open.Count == 0 || _open.Peek().Indent < line.Indent)
                Say(line.Tokens[0], "indentation", $"This line is indented by {line.Indent}, between {(_open.Count == 0 ? 0 : _open.Peek().Indent)} and {left} of the lines before it.", "Indent it like the line it belongs beside; do not mix tabs and spaces.");
        }
        while (_open.Count > 0 && _open.Peek().Indent >= line.Indent) _open.Pop();
        Node? parent = _open.Count > 0 ? _open.Peek().Node : null;
        Node node = GroupOf(line, cursor) ?? FeatureOf(cursor, line);
        if (_open.Count >= 2 * MostDepth)
        {
            Say(node.At, "too-deep", $"More than {MostDepth} features stand below each other.", "Make the tree flatter.");
            return;
        }
        if (Home(node, parent) is { } home) home.Below.Add(node);
        _open.Push((line.Indent, node));
    }

    public Feature? Root() => _root is null ? null : Made(_root);

    /// <summary>Where a line goes; when it stands where it cannot, this is told and a place found so that the rest can be read.</summary>
    private Node? Home(Node node, Node? parent)
    {
        if (node.IsGroup)
        {
            if (parent is { IsGroup: false }) return parent;
            Say(node.At, "group-in-group", parent is null ? $"The group {node.At} has no feature above it." : $"The group {node.At} stands below the group {parent.At}.", "Put it below a feature, one step deeper.");
            return parent?.Below.LastOrDefault(static n => !n.IsGroup) ?? _root;
        }
        if (parent is { IsGroup: true }) return parent;
        if (parent is null && _root is null)
        {
            _root = node;
            return null;
        }
        if (parent is null) Say(node.At, "second-root", $"{node.At} is a second root beside {_root!.At}.", "Give one feature the whole product's name and put both below it.");
        else Say(node.At, "feature-without-group", $"{node.At} stands right below {parent.At}, without a group.", "Write mandatory, optional, or, alternative or [a..b] on a line between them.");
        Node above = parent ?? _root!;
        if (above.Below.LastOrDefault() is not { IsGroup: true } group || !group.At.Equals(above.At)) above.Below.Add(group = new(true, above.At) { Group = GroupKind.Optional });
        return group;
    }

    private static Node? GroupOf(UvlLine line, UvlCursor cursor)
    {
        UvlToken first = line.Tokens[0];
        GroupKind? kind = first.Kind != UvlTokenKind.Name ? first.Is("[") ? GroupKind.Cardinality : null
            : first.Text switch { "mandatory" => GroupKind.Mandatory, "optional" => GroupKind.Optional, "or" => GroupKind.Or, "alternative" => GroupKind.Alternative, _ => null };
        if (kind is not { } group) return null;
        var node = new Node(true, first) { Group = group };
        if (group == GroupKind.Cardinality) node.Cardinality = Range(cursor) ?? new(0, null);
        else cursor.Take();
        UvlNames.Ended(cursor, "a group");
        return node;
    }

    private Node FeatureOf(UvlCursor cursor, UvlLine line)
    {
        var node = new Node(false, line.Tokens[0]);
        if (cursor.After.Kind is UvlTokenKind.Name or UvlTokenKind.Quoted && cursor.After.Text != "cardinality" && Enum.TryParse(cursor.Now.Kind == UvlTokenKind.Name ? cursor.Now.Text : "", out FeatureKind kind))
        {
            cursor.Take();
            node.Kind = kind;
        }
        if (UvlNames.Read(cursor, "The name of a feature") is not { } name)
        {
            Complete = false;
            return node;
        }
        node.Name = name.Name;
        if (cursor.SkipWord("cardinality")) node.Cardinality = Range(cursor);
        if (cursor.Now.Is("{")) node.Attributes = new UvlAttributes(cursor).Read();
        UvlNames.Ended(cursor, "a feature");
        return node;
    }

    /// <summary>[a], [a..b] or [a..*]; null after telling what is wrong.</summary>
    private static Cardinality? Range(UvlCursor cursor)
    {
        if (!cursor.Need("[", "to begin a cardinality") || Count(cursor) is not { } least) return null;
        int? most = least;
        if (cursor.Skip(".."))
        {
            if (cursor.Skip("*")) most = null;
            else if (Count(cursor) is { } upper) most = upper;
            else return null;
        }
        return cursor.Need("]", "to end the cardinality") ? new(least, most) : null;
    }

    private static int? Count(UvlCursor cursor)
    {
        UvlToken at = cursor.Now;
        if (UvlConstraints.Number(cursor) is not { } number) return null;
        if (number is >= 0 and <= 1_000_000 && number == decimal.Truncate(number)) return (int)number;
        cursor.Say(at, "cardinality-number", $"{number} is no number of features.", "Write a whole number from 0 to 1000000.");
        return null;
    }

    private Feature Made(Node node) => new(node.Name, node.Kind, node.Cardinality, node.Attributes, [.. node.Below.Select(Grouped)], new(node.At.Line, node.At.Column));

    private Group Grouped(Node node)
    {
        Node[] features = [.. node.Below.Where(static n => !n.IsGroup && n.Name.Length > 0)];
        if (node.Below.Count == 0) Say(node.At, "empty-group", $"The group {node.At} has no features.", "Write its features below it, one step deeper, or remove it.");
        return new(node.Group, node.Cardinality, [.. features.Select(Made)], new(node.At.Line, node.At.Column));
    }

    private void Say(UvlToken at, string rule, string what, string cure) => found.Add(new(new(source, at.Line, $"column {at.Column}"), rule, what, cure));
}
