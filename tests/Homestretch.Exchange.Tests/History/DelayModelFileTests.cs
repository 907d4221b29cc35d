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

    private static DelayModel? Read(byte[] file, out IReadOnlyList<Finding> findings)
    {
        (DelayModel? model, findings) = DelayModelFile.Read(file, "model.json");
        return model;
    }

    [Fact]
    public void A_model_read_back_is_the_one_written_bit_for_bit()
    {
        DelayModel model = Model();
        byte[] file = DelayModelFile.Write(model);
        DelayModel read = Read(file, out var findings)!;
        Assert.Empty(findings);
        Assert.Equal(model.Levels, read.Levels);
        Assert.Equal(model.Card with { OutOfSample = null }, read.Card with { OutOfSample = null });
        Assert.Equal(model.Card.OutOfSample!.Levels, read.Card.OutOfSample!.Levels);
        Assert.Equal(double.NaN, read.Card.OutOfSample.Auc);
        Assert.Equal(model.Forests!.Late.Parts.Trees[0].Nodes, read.Forests!.Late.Parts.Trees[0].Nodes);
        Assert.Equal(model.Forests.Days[3].Parts.Trees[0].Leaves, read.Forests.Days[3].Parts.Trees[0].Leaves);
        Assert.Equal(file, DelayModelFile.Write(read));
    }

    [Fact]
    public void A_model_without_trees_is_a_model()
    {
        DelayModel model = Model() with { Forests = null };
        Assert.Null(Read(DelayModelFile.Write(model), out var findings)!.Forests);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("\"as_of\":\"2026", "\"as_of\":\"2025", "model-hash")]
    [InlineData("arrival-delay", "engine-life", "model-kind")]
    [InlineData("\"homestretch_model\":1", "\"homestretch_model\":2", "model-version")]
    [InlineData("\"body\":", "\"corpus\":", "model-form")]
    [InlineData("{\"homestretch", "{{\"homestretch", "model-json")]
    public void A_file_that_is_not_as_it_was_written_is_refused(string from, string to, string rule)
    {
        byte[] file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DelayModelFile.Write(Model())).Replace(from, to, StringComparison.Ordinal));
        Assert.Null(Read(file, out var findings));
        Assert.Equal(rule, Assert.Single(findings).Rule);
    }

    public static TheoryData<string, string, string> Bodies => new()
    {
        { "\"wanted\":0.9,", "\"wanted\":0.7,", "model-levels" },
        { "\"wanted\":0.9,", "\"wanted\":\"much\",", "model-value" },
        { "\"rate\":0.01", "\"rat\":0.01", "model-value" },
        { "\"output\":\"chance\"", "\"output\":\"value\"", "model-shape" },
        { "\"output\":\"chance\"", "\"output\":\"guess\"", "model-value" },
        { "\"quantity\"", "\"amount\"", "model-features" },
        { "\"left\":[1,", "\"left\":[0,", "tree-child" },
        { "\"left\":[1,", "\"left\":[1,1,", "tree-shape" },
        { "\"left\":[1,", "\"left\":[1.5,", "model-value" },
        { "\"trees\":[", "\"bushes\":[", "model-value" },
        { "\"card\":{", "\"cart\":{", "model-value" },
    };

    // signed anew, so that the content itself is looked at
    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_that_means_nothing_is_refused_though_its_hash_is_right(string from, string to, string rule)
    {
        string text = Encoding.UTF8.GetString(DelayModelFile.Write(Model())), body = text[(text.IndexOf("\"body\":", StringComparison.Ordinal) + 7)..^1];
        Assert.Contains(from, body);
        byte[] file = DelayFrame.Write(DelayModelFile.Kind, w => w.WriteRawValue(body.Replace(from, to, StringComparison.Ordinal)));
        Assert.Null(Read(file, out var findings));
        Assert.Contains(findings, f => f.Rule == rule);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] file = DelayModelFile.Write(Model());
        for (int length = 0; length < file.Length; length += 701)
        {
            Assert.Null(Read(file[..length], out var findings));
            Assert.NotEmpty(findings);
        }
    }
}
