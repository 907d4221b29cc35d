using System.Text;
using Homestretch.Arrivals.History;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.History;

public sealed class DelayModelFileTests
{
    private static DelayModel Model()
    {
        Forest Grown(ForestOutput output, double value) => Forest.Of(new(DeliveryFeatures.Names, output,
            [new([new(3, double.PositiveInfinity, MissingRule.NaN, true, 1, ~0, 0.1), new(0, 0.1 + value, MissingRule.Zero, false, ~1, ~2, 0.2)], [value, 1 / 3.0, -1e-300]), new([], [0.5])]), new("here")).Forest!;
        return new(new(Grown(ForestOutput.Chance, 1), [.. DelayCurve.Knots.Select(k => Grown(ForestOutput.Value, k))]), [.. DelayModel.FirstLevels.Select(static l => l.After(false))],
            new(new(2026, 3, 2), new LocalDate(2020, 1, 1), new LocalDate(2026, 1, 1), 900, 400, 40, new(100, 60, 0.1, double.NaN, 0.7, 0.08, 3.5, [new(0.9, 0.91, 2.5)])));
    }

    private static byte[] Write(DelayModel model) => DelayModelFile.Write(model, DelayModelFile.CardOf(model, "a.csv"));

    private static DelayModel? Read(byte[] file, out IReadOnlyList<Finding> findings)
    {
        (DelayModel? model, _, findings) = DelayModelFile.Read(file, "model.json");
        return model;
    }

    [Fact]
    public void A_model_read_back_is_the_one_written_bit_for_bit()
    {
        DelayModel model = Model();
        byte[] file = Write(model);
        DelayModel read = Read(file, out var findings)!;
        Assert.Empty(findings);
        Assert.Equal(model.Levels, read.Levels);
        Assert.Equal(model.Card with { OutOfSample = null }, read.Card with { OutOfSample = null });
        Assert.Equal(model.Card.OutOfSample!.Levels, read.Card.OutOfSample!.Levels);
        Assert.Equal(double.NaN, read.Card.OutOfSample.Auc);
        Assert.Equal(model.Forests!.Late.Parts.Trees[0].Nodes, read.Forests!.Late.Parts.Trees[0].Nodes);
        Assert.Equal(model.Forests.Days[3].Parts.Trees[0].Leaves, read.Forests.Days[3].Parts.Trees[0].Leaves);
        Assert.Equal(file, Write(read));
        ModelCard card = DelayModelFile.Read(file, "model.json").Card!;
        Assert.Equal(("a.csv", 900, 0.91), (card.Data, card.Records, card.Figures.Single(static f => f.Name == "p90_coverage").Value));
    }

    [Fact]
    public void A_model_without_trees_is_a_model()
    {
        DelayModel model = Model() with { Forests = null };
        Assert.Null(Read(Write(model), out var findings)!.Forests);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("\"as_of\":\"2026", "\"as_of\":\"2025", "model-hash")]
    [InlineData("arrival-delay", "engine-life", "model-kind")]
    [InlineData("homestretch-model 1", "homestretch-model 2", "model-version")]
    [InlineData("homestretch-model", "homestretch-muddle", "model-frame")]
    public void A_file_that_is_not_as_it_was_written_is_refused(string from, string to, string rule)
    {
        byte[] file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Write(Model())).Replace(from, to, StringComparison.Ordinal));
        Assert.Null(Read(file, out var findings));
        Assert.Equal(rule, Assert.Single(findings).Rule);
    }

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "\"wanted\":[0.5,0.8,0.9", "\"wanted\":[0.5,0.8,0.7", "model-levels" },
        { "\"wanted\":[0.5,", "\"wanted\":[", "model-length" },
        { "\"rate\":", "\"rat\":", "model-field" },
        { "\"as_of\":\"2026-03-02", "\"as_of\":\"2026-03-92", "model-field" },
        { "\"counts\":[900", "\"counts\":[900.5", "model-number" },
        { "\"output\":\"chance\"", "\"output\":\"value\"", "model-shape" },
        { "\"output\":\"chance\"", "\"output\":\"guess\"", "forest-output" },
        { "\"quantity\"", "\"amount\"", "model-features" },
        { "\"left\":[1,", "\"left\":[0,", "tree-child" },
        { "\"left\":[1,", "\"left\":[1,1,", "model-length" },
        { "\"left\":[1,", "\"left\":[1.5,", "tree-number" },
        { "\"beyond\":[1", "\"beyond\":[9", "tree-number" },
        { "\"days_90\":", "\"days_91\":", "model-field" },
    };

    // signed anew, so that the content itself is looked at
    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_that_means_nothing_is_refused_though_its_hash_is_right(string from, string to, string rule)
    {
        string text = Encoding.UTF8.GetString(Write(Model())), content = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        Assert.Contains(from, content);
        byte[] changed = Encoding.UTF8.GetBytes(content.Replace(from, to, StringComparison.Ordinal));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(changed));
        Assert.Null(Read([.. Encoding.ASCII.GetBytes($"homestretch-model 1 arrival-delay sha256:{hash}\n"), .. changed], out var findings));
        Assert.Contains(findings, f => f.Rule == rule);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] file = Write(Model());
        for (int length = 0; length < file.Length; length += 701)
        {
            Assert.Null(Read(file[..length], out var findings));
            Assert.NotEmpty(findings);
        }
    }
}
