using System.Security.Cryptography;
using System.Text;
using Homestretch.Exchange.Models;
using Homestretch.Learning;
using Homestretch.Machines.Health;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Models;

public sealed class LifeModelFileTests
{
    private static readonly ModelCard s_card = new("remaining life", Instant.FromUtc(2026, 11, 27, 7, 0), "fleet.csv: 12 units", "A", "L", 1234, 1, [new("rmse", 9.5), new("coverage", 0.9)]);
    private static readonly LifeModel s_model = Make();
    private static readonly byte[] s_file = LifeModelFile.Write(s_model, s_card);

    private static LifeModel Make()
    {
        var draws = new Draws(1);
        float[] Random(int count, ulong key) => [.. Enumerable.Range(0, count).Select(i => (float)(0.5 + 0.1 * draws.Normal(key, i)))];
        int statistics = WearCurves.StatisticsOf(1);
        var features = LifeModel.Features(["heat", "flow"], 1);
        Forest Of(IReadOnlyList<string> names) => Forest.Of(new(names, ForestOutput.Value, [new([new(0, 50.5, MissingRule.NaN, true, ~0, ~1)], [0.1, 0.3]), new([], [0.2])]), new("x")).Forest!;
        return new(new(["setting"], ["heat", "fixed", "flow"]), new([1], [0, 9], [1, 2, 3, 4], [1, 1, 2, 2], [0, 2]), new([0.7f, 0.3f], 1),
            new([.. Random(3 * statistics * WearCurves.Places, 1)], [.. Random(statistics * statistics, 2)], statistics, false), new([.. Random(3 * statistics * WearCurves.Places, 3)], [.. Random(statistics * statistics, 4)], statistics, true),
            125, 1, Of(features), [new([.. Random(features.Length, 5)], [.. Random(features.Length, 6)], 16, 16, [.. Random(Network.Size(features.Length, 16, 16), 7)])], 0.4, Of(LifeModel.SpreadFeatures),
            new([0.2, 0.9], [.. Enumerable.Range(0, 2 * LifeErrors.Width).Select(static i => i - 8.0)]));
    }

    private static LifeLeft Judged(LifeModel model)
    {
        HealthTrack track = model.Track();
        for (int r = 0; r < 40; r++) track.Add(r, [r % 2 * 9, r * 0.1f, 3, r * 0.2f]);
        return model.Judge(track)!;
    }

    /// <summary>The file with some text changed and its hash made right again.</summary>
    private static byte[] Changed(string from, string to)
    {
        string text = Encoding.UTF8.GetString(s_file);
        Assert.Contains(from, text);
        int end = text.IndexOf('\n');
        byte[] body = Encoding.UTF8.GetBytes(text[(end + 1)..].Replace(from, to, StringComparison.Ordinal));
        return [.. Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, text.IndexOf("sha256:", StringComparison.Ordinal)), "sha256:", Convert.ToHexStringLower(SHA256.HashData(body)), "\n")), .. body];
    }

    [Fact]
    public void A_model_read_again_says_the_same_bits_and_keeps_its_card()
    {
        var (model, card, findings) = LifeModelFile.Read(s_file, "m");
        Assert.Empty(findings);
        Assert.Equal(s_file, LifeModelFile.Write(model!, card!));
        LifeLeft was = Judged(s_model), now = Judged(model!);
        Assert.Equal(was.Quantiles, now.Quantiles);
        Assert.Equal((was.Expected, was.Low, was.High), (now.Expected, now.Low, now.High));
        Assert.Equal(0.9, card!.Figures[1].Value);
    }

    [Fact]
    public void A_file_cut_off_or_changed_anywhere_is_refused()
    {
        for (int length = 0; length < s_file.Length; length += 1 + s_file.Length / 60) Refused(s_file[..length]);
        for (int at = 0; at < s_file.Length; at += 1 + s_file.Length / 60)
        {
            byte[] bad = [.. s_file];
            bad[at] ^= 1;
            Refused(bad);
        }

        static void Refused(byte[] file)
        {
            var (model, card, findings) = LifeModelFile.Read(file, "m");
            Assert.Null(model);
            Assert.Null(card);
            Assert.NotEmpty(findings);
        }
    }

    [Theory]
    [InlineData("\"cap\":125", "\"cap\":-1", "model-field")]
    [InlineData("\"cap\":125", "\"cup\":125", "model-field")]
    [InlineData("\"used\":[0,2]", "\"used\":[0,3]", "life-sensors")]
    [InlineData("\"used\":[0,2]", "\"used\":[0]", "model-length")]
    [InlineData("\"network_share\":0.4", "\"network_share\":1.4", "model-field")]
    [InlineData("\"expected\":[0.2,0.9]", "\"expected\":[0.9,0.2]", "life-errors")]
    [InlineData("\"heat_mean5\"", "\"heat_mean6\"", "life-features")]
    [InlineData("\"sensors\":[\"heat\"", "\"sensors\":[\"cold\"", "life-features")]
    [InlineData("\"first\":16", "\"first\":17", "network-width")]
    [InlineData("\"first\":16", "\"first\":32", "model-length")]
    [InlineData("\"left\":[-1]", "\"left\":[0]", "tree-child")]
    [InlineData("\"feature\":[0]", "\"feature\":[0.5]", "tree-number")]
    [InlineData("\"curves\":3", "\"curves\":4", "model-length")]
    [InlineData("2026-11-27T07:00:00Z", "yesterday", "card-made")]
    public void A_model_that_does_not_fit_together_is_refused_with_its_reason(string from, string to, string rule)
    {
        var (model, _, findings) = LifeModelFile.Read(Changed(from, to), "m");
        Assert.Null(model);
        Assert.Contains(findings, f => f.Rule == rule);
    }

    [Fact]
    public void Another_version_or_kind_says_so()
    {
        string text = Encoding.UTF8.GetString(s_file);
        Assert.Contains(LifeModelFile.Read(Encoding.UTF8.GetBytes(text.Replace("model 1 ", "model 2 ", StringComparison.Ordinal)), "m").Findings, static f => f.Rule == "model-version");
        Assert.Contains(LifeModelFile.Read(Encoding.UTF8.GetBytes(text.Replace(" remaining-life ", " arrival ", StringComparison.Ordinal)), "m").Findings, static f => f.Rule == "model-kind");
    }
}
