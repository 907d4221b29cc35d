using Homestretch.Exchange.Uvl;
using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Xunit;

namespace Homestretch.Exchange.Tests.Uvl;

public sealed class UvlReaderTests
{
    private const string Everything = """
        namespace shop // a comment
        include
            Type.*
            Arithmetic.*
            Boolean.group-cardinality
        features
            /* the whole
               product */
            Bike {abstract, doc 'a bike', since 2024, light true, heavy false, maker {name 'Homestretch', size 3.5}, sizes [1, -2, 'x', {y}], "two words" -.5}
                mandatory
                    Boolean Frame {price 100,
                        grams 1500}
                    Integer "Wheel size"
                    Real Gear
                    String Colour
                optional
                    Lamp cardinality [1..2] {price 20, constraint Frame => Lamp}
                or
                    "Side bag"
                    Rack
                alternative
                    Left
                    Right
                [ 1..2 ]
                    Bell
                    Basket {constraints [Bell => Rack, !Left]}
                [2]
                    P
                    Q
                [0..*]
                    Type
                        mandatory
                            Arithmetic

        constraints
            Frame => "Side bag" | Rack & !Left
            Left <=> Right <=> Bell => Basket
            !(Left & Right) & !"Wheel size" == 1 - 1
            (Left
                => Right)
            (sum(price) + avg(price, Bike)) * 2 < Frame.grams / -4 - (3 - 1)
            len(Colour) >= 3 & Colour != 'red . green'
            floor(Gear) + ceil(Bike.maker.size) > 1.50
        """;

    [Fact]
    public void The_whole_language_is_read()
    {
        UvlRead read = UvlReader.Read("all.uvl", Everything);
        Assert.Empty(read.Findings);
        FeatureModel model = read.Model!;
        Assert.Equal("shop", model.Namespace);
        Assert.Equal(["Type.*", "Arithmetic.*", "Boolean.group-cardinality"], model.Levels);
        Assert.Equal(["Bike", "Frame", "Wheel size", "Gear", "Colour", "Lamp", "Side bag", "Rack", "Left", "Right", "Bell", "Basket", "P", "Q", "Type", "Arithmetic"], model.Features().Select(static f => f.Name));
        Feature bike = model.Root;
        Assert.Equal([GroupKind.Mandatory, GroupKind.Optional, GroupKind.Or, GroupKind.Alternative, GroupKind.Cardinality, GroupKind.Cardinality, GroupKind.Cardinality], bike.Groups.Select(static g => g.Kind));
        Assert.Equal([null, null, null, null, new(1, 2), new(2, 2), new(0, null)], bike.Groups.Select(static g => g.Cardinality));
        Assert.Equal([FeatureKind.Boolean, FeatureKind.Integer, FeatureKind.Real, FeatureKind.String], bike.Groups[0].Features.Select(static f => f.Kind));
        Assert.Equal(new(1, 2), bike.Groups[1].Features[0].Instances);
        Assert.Equal(new Written(9, 5), bike.At);
        Assert.Equal(new Written(13, 13), bike.Groups[0].Features[1].At);
        Assert.Equal(-0.5m, Assert.IsType<AttributeValue.Number>(bike.Attributes[^1].Value).Value);
        Assert.Equal(4, Assert.IsType<AttributeValue.List>(bike.Attributes.Single(static a => a.Name == "sizes").Value).Values.Count);
        Assert.Equal("Homestretch", Assert.IsType<AttributeValue.Text>(Assert.IsType<AttributeValue.Nested>(bike.Attributes.Single(static a => a.Name == "maker").Value).Attributes[0].Value).Value);
        Assert.Equal([
            "Frame => \"Side bag\" | Rack & !Left",
            "Left <=> Right <=> Bell => Basket",
            "!(Left & Right) & !(\"Wheel size\" == 1 - 1)",
            "Left => Right",
            "(sum(price) + avg(price, Bike)) * 2 < Frame.grams / -4 - (3 - 1)",
            "len(Colour) >= 3 & Colour != 'red . green'",
            "floor(Gear) + ceil(Bike.maker.size) > 1.50",
        ], model.Rules.Select(static r => r.Constraint.ToString()));
        Assert.Equal(["Bell => Rack", "!Left"], Assert.IsType<AttributeValue.Rules>(bike.Groups[4].Features[1].Attributes[0].Value).All.Select(static r => r.Constraint.ToString()));
    }

    /// <summary>Each slip by itself: what is told, where, and by which rule.</summary>
    [Theory]
    [InlineData("features\n\tA\n\t\tB", 3, 3, "feature-without-group")]
    [InlineData("features\n\tA\n\t\toptional\n\t\t\toptional\n\t\t\t\tB", 4, 4, "group-in-group")]
    [InlineData("features\n\tA\n\tB", 3, 2, "second-root")]
    [InlineData("features\n\toptional\n\t\tA", 2, 2, "group-in-group")]
    [InlineData("features\n\tA\n\t\toptional", 3, 3, "empty-group")]
    [InlineData("features\n    A\n        optional\n            B\n          C", 5, 11, "indentation")]
    [InlineData("feature\n\tA", 1, 1, "unknown-section")]
    [InlineData("features\n\tA\nfeatures\n\tB", 3, 1, "section-twice")]
    [InlineData("constraints\n\tA\nfeatures\n\tA", 3, 1, "section-order")]
    [InlineData("features\n\tA {price 1", 2, 4, "bracket-open")]
    [InlineData("features\n\tA\nconstraints\n\t(A & A", 4, 2, "bracket-open")]
    [InlineData("features\n\tA {price}\n\t\toptional\n\t\t\tB C", 4, 6, "unexpected")]
    [InlineData("features\n\t\"A", 2, 2, "quote-open")]
    [InlineData("features\n\t\"\"", 2, 2, "empty-quotes")]
    [InlineData("features\n\t\"A.b\"", 2, 2, "dot-in-name")]
    [InlineData("features\n\tA $", 2, 4, "stray-character")]
    [InlineData("features\n\tA /* here", 2, 4, "comment-open")]
    [InlineData("features\n\tor", 2, 2, "group-in-group")]
    [InlineData("features\n\tA\n\t\toptional\n\t\t\tsum", 4, 4, "word-as-name")]
    [InlineData("features\n\tA cardinality 3", 2, 16, "missing-symbol")]
    [InlineData("features\n\tA\n\t\t[3..1]\n\t\t\tB", 3, 3, "cardinality-order")]
    [InlineData("features\n\tA\n\t\t[1.5]\n\t\t\tB", 3, 4, "cardinality-number")]
    [InlineData("features\n\tA {price red}", 2, 11, "attribute-value")]
    [InlineData("features\n\tA {price 1 grams 2}", 2, 13, "missing-symbol")]
    [InlineData("features\n\tA {price 1, price 2}", 2, 14, "duplicate-attribute")]
    [InlineData("features\n\tA {price 01}", 2, 11, "leading-zero")]
    [InlineData("features\n\tA {price 11111111111111111111111111111}", 2, 11, "long-number")]
    [InlineData("features\n\tA\n\t\toptional\n\t\t\tA", 4, 4, "duplicate-feature")]
    [InlineData("features\n\tA\nconstraints\n\tB", 4, 2, "unknown-name")]
    [InlineData("features\n\tA\nconstraints\n\tA.price > 1", 4, 2, "unknown-name")]
    [InlineData("features\n\tA\nconstraints\n\tsum(price) > 1", 4, 6, "unknown-name")]
    [InlineData("features\n\tA\nconstraints\n\tA = A", 4, 4, "unexpected")]
    [InlineData("features\n\tA\nconstraints\n\tA && A", 4, 5, "doubled-symbol")]
    [InlineData("features\n\tA\nconstraints\n\tA and A", 4, 4, "unexpected")]
    [InlineData("features\n\tA\nconstraints\n\tA =>", 4, 6, "missing-name")]
    [InlineData("features\n\tA\nconstraints\n\t3", 4, 2, "value-as-condition")]
    [InlineData("features\n\tA\nconstraints\n\t(A & A) > 3", 4, 3, "condition-as-value")]
    [InlineData("features\n\tA\nconstraints\n\t1 < 2 < 3", 4, 8, "chained-comparison")]
    [InlineData("features\n\tA\nconstraints\n\tmax(A) < 3", 4, 2, "unknown-function")]
    [InlineData("features\n\tA\nconstraints\n\tA > 3", 4, 2, "no-value")]
    [InlineData("features\n\tA {x 1}\nconstraints\n\tA.x", 4, 2, "not-a-condition")]
    [InlineData("features\n\tA {x 1}\nconstraints\n\tA.x == 'x'", 4, 2, "number-and-text")]
    [InlineData("features\n\tA {x 'y'}\nconstraints\n\tA.x < 'x'", 4, 2, "text-order")]
    [InlineData("features\n\tA {x 'y'}\nconstraints\n\tA.x + 1 < 2", 4, 2, "text-in-arithmetic")]
    [InlineData("features\n\tA {x 'y'}\nconstraints\n\tfloor(A.x) < 2", 4, 8, "wrong-argument")]
    [InlineData("features\n\tA {x 'y'}\nconstraints\n\tsum(x) < 2", 4, 6, "no-value")]
    [InlineData("include\n\tBoolean.everything\nfeatures\n\tA", 2, 10, "unknown-level")]
    [InlineData("include\n\tLogic\nfeatures\n\tA", 2, 2, "unknown-level")]
    [InlineData("include\n\tBoolean\nfeatures\n\tInteger A", 4, 2, "level-not-included")]
    [InlineData("include\n\tArithmetic\nfeatures\n\tA {x 1}\nconstraints\n\tsum(x) > 0", 6, 2, "level-not-included")]
    [InlineData("imports\n\tOther\nfeatures\n\tA", 2, 2, "import-missing")]
    [InlineData("features\n\tA\nconstraints\n\tA\n\t\tA", 5, 3, "indentation")]
    [InlineData("\tA", 1, 2, "no-section")]
    public void A_slip_is_told_where_it_is(string text, int line, int column, string rule)
    {
        UvlRead read = UvlReader.Read("m.uvl", text);
        Assert.Contains(read.Findings, f => f.Rule == rule && f.Place == new Place("m.uvl", line, $"column {column}"));
        Assert.All(read.Findings, static f => Assert.True(f.What.EndsWith('.') && f.Cure.EndsWith('.'), $"{f}"));
    }

    [Fact]
    public void All_errors_are_told_at_once_and_nothing_else()
    {
        UvlRead read = UvlReader.Read("bike.uvl", """
            features
                Bike {price 12x}
                    mandatory
                        Frame cardinality [2..1]
                        Brakes
                        mandatory
                            Lever
                    Bell
                    or
                        "Rack
                        Basket
            constraints
                Frame => Brake
                Basket && Bell
                Basket => Bell
                Lever.length > 3
                (Frame | Bell
                Bike.price > 'cheap'
            """);
        Assert.Equal([
            "bike.uvl:2 (column 19): Here must stand } to end the attributes, or , before the next, not 'x'. Write }. [missing-symbol]",
            "bike.uvl:4 (column 13): [2..1] asks for at least 2 and at most 1. Write the smaller number first. [cardinality-order]",
            "bike.uvl:6 (column 13): The group 'mandatory' stands below the group 'mandatory'. Put it below a feature, one step deeper. [group-in-group]",
            "bike.uvl:8 (column 9): 'Bell' stands right below 'Bike', without a group. Write mandatory, optional, or, alternative or [a..b] on a line between them. [feature-without-group]",
            "bike.uvl:10 (column 13): The name that starts here has no closing \" in its line. Write \" at its end. [quote-open]",
            "bike.uvl:13 (column 14): There is no feature Brake. Maybe Brakes is meant. [unknown-name]",
            "bike.uvl:14 (column 13): & stands here twice. Write & once. [doubled-symbol]",
            "bike.uvl:16 (column 5): There is no feature or attribute Lever.length. Add it to the features, or correct the name. [unknown-name]",
            "bike.uvl:17 (column 5): The bracket ( is never closed. Close it, or remove it. [bracket-open]",
            "bike.uvl:18 (column 5): Bike.price > 'cheap' compares a number with a text. Compare two numbers or two texts. [number-and-text]",
        ], read.Findings.Select(static f => f.ToString()));
    }

    [Fact]
    public void Nothing_and_too_much_are_told()
    {
        Assert.Equal(["no-features"], UvlReader.Read("m.uvl", "").Findings.Select(static f => f.Rule));
        Assert.Equal(["no-features"], UvlReader.Read("m.uvl", "namespace a").Findings.Select(static f => f.Rule));
        string deep = "features\n" + string.Concat(Enumerable.Range(0, 1200).Select(static d => new string(' ', d + 1) + (d % 2 == 0 ? $"A{d}\n" : "optional\n")));
        Assert.Contains(UvlReader.Read("m.uvl", deep).Findings, static f => f.Rule == "too-deep");
        Assert.Contains(UvlReader.Read("m.uvl", "features\n\tA\nconstraints\n\t" + new string('(', 5000) + "A" + new string(')', 5000)).Findings, static f => f.Rule == "too-deep");
        Assert.Contains(UvlReader.Read("m.uvl", "features\n\tA\nconstraints\n\t" + new string('!', 5000) + "A").Findings, static f => f.Rule == "too-deep");
        Assert.Contains(UvlReader.Read("m.uvl", "features\n\tA\nconstraints\n\tA" + string.Concat(Enumerable.Repeat(" & A", 5000))).Findings, static f => f.Rule == "too-long");
    }

    /// <summary>The longest constraints that are read are also compiled, and many slips are told in a moment.</summary>
    [Fact]
    public void Long_constraints_and_many_slips_are_no_burden()
    {
        string features = "features\n\tA\n\t\toptional\n" + string.Concat(Enumerable.Range(0, 1500).Select(static n => $"\t\t\tB{n}\n"));
        string any = string.Join(" | ", Enumerable.Range(0, 1500).Select(static n => $"B{n}"));
        UvlRead read = UvlReader.Read("m.uvl", $"{features}constraints\n\t{any}\n\t!({any.Replace('|', '&')})\n");
        Assert.Empty(read.Findings);
        Assert.Equal(System.Numerics.BigInteger.Pow(2, 1500) - 2, CompiledModel.Compile(read.Model!, "m.uvl", TestContext.Current.CancellationToken).Compiled!.Count);
        read = UvlReader.Read("m.uvl", features.Replace("\n\t\t\tB", " {x 1\n\t\t\tB", StringComparison.Ordinal) + "constraints\n" + string.Concat(Enumerable.Range(0, 1500).Select(static n => $"\tC{n} => (D\n")));
        Assert.True(read.Findings.Count > 2000);
        Assert.All(read.Findings, static f => Assert.True(f.Place.Line > 0));
    }

    /// <summary>Letters exchanged, removed, doubled: nothing is thrown, and whatever is not told to be wrong can be written and read again.</summary>
    [Fact]
    public void No_text_throws()
    {
        var random = new Random(5);
        string letters = "AB \t\n\"'{}[]().,=<>!&|*/-+019$\r";
        for (int round = 0; round < 5_000; round++)
        {
            char[] text = Everything.ToCharArray();
            for (int edit = random.Next(1, 6); edit > 0; edit--) text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            UvlRead read = UvlReader.Read("m.uvl", new string(text)[random.Next(20)..]);
            if (read.Findings.Count > 0 || read.Model is null) continue;
            string written = UvlWriter.Write(read.Model);
            Assert.Equal(written, UvlWriter.Write(UvlReader.Read("m.uvl", written).Model!));
        }
    }
}
