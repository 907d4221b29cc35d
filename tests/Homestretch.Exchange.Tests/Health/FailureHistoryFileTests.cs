using System.Text;
using Homestretch.Exchange.Health;
using Xunit;

namespace Homestretch.Exchange.Tests.Health;

public sealed class FailureHistoryFileTests
{
    private const string Good = "unit,cycle,setting_speed,heat,flow\nA,1,10,1.5,\nA,2,10,1.6,3\nB,0.5,20,2,4\n";

    private static string[] Rules(string text) => [.. FailureHistoryFile.Read(Encoding.UTF8.GetBytes(text), "f.csv").Findings.Select(static f => f.Rule)];

    [Fact]
    public void Columns_named_setting_are_settings_and_an_empty_cell_is_unknown()
    {
        var (fleet, findings) = FailureHistoryFile.Read(Encoding.UTF8.GetBytes(Good), "f.csv");
        Assert.Empty(findings);
        Assert.Equal(["setting_speed"], fleet!.Names.Settings);
        Assert.Equal(["heat", "flow"], fleet.Names.Sensors);
        Assert.Equal(["A", "B"], fleet.Units.Select(static u => u.Unit));
        Assert.Equal([10, 1.5f, float.NaN], fleet.Units[0].Reading(0).ToArray());
        Assert.Equal(1, fleet.Units[0].Left(0));
        Assert.Equal(0.5, fleet.Units[1].Cycles[0]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var (fleet, _) = FailureHistoryFile.Read(Encoding.UTF8.GetBytes(Good), "f.csv");
        byte[] written = FailureHistoryFile.Write(fleet!);
        Assert.Equal(written, FailureHistoryFile.Write(FailureHistoryFile.Read(written, "g.csv").Fleet!));
    }

    [Fact]
    public void The_text_of_the_turbofan_sets_is_read_as_it_is()
    {
        string row = string.Join(' ', Enumerable.Range(1, 24).Select(static i => $"{i}.5"));
        var (fleet, findings) = FailureHistoryFile.Read(Encoding.UTF8.GetBytes($"1 1 {row}  \n1 2 {row}  \n2 1 {row}  \n"), "train.txt");
        Assert.Empty(findings);
        Assert.Equal((3, 21, 2), (fleet!.Names.Settings.Length, fleet.Names.Sensors.Length, fleet.Units.Length));
        Assert.Equal(4.5f, fleet.Units[0].Reading(1)[3]);
    }

    [Theory]
    [InlineData("unit,heat\nA,1\n", "health-columns")]
    [InlineData("unit,cycle,setting1\nA,1,2\n", "health-columns")]
    [InlineData("unit,cycle,heat,heat\nA,1,2,3\n", "health-columns")]
    [InlineData("unit,cycle,heat\n", "health-empty")]
    [InlineData("unit,cycle,heat\nA,1\n", "cells")]
    [InlineData("unit,cycle,heat\nA,1,warm\n", "number")]
    [InlineData("unit,cycle,heat\nA,one,1\n", "number")]
    [InlineData("unit,cycle,heat\nA,NaN,1\n", "number")]
    [InlineData("unit,cycle,heat\nA,-1,1\n", "number")]
    [InlineData("unit,cycle,heat\nA,1,1e99\n", "number")]
    [InlineData("unit,cycle,heat\nA,2,1\nB,1,1\nA,2,1\n", "health-order")]
    [InlineData("unit,cycle,heat\n,2,1\n", "required")]
    [InlineData("unit,cycle,heat\nA,2,\"1\n", "quote")]
    public void A_bad_history_is_refused_with_its_reason(string text, string rule) => Assert.Contains(rule, Rules(text));

    [Fact]
    public void Truths_are_read_by_name_or_in_the_order_of_units()
    {
        var (fleet, _) = FailureHistoryFile.Read(Encoding.UTF8.GetBytes(Good), "f.csv");
        Assert.Equal(7, FailureHistoryFile.ReadTruth("unit,remaining\nB,7\nA,3\n"u8, "t", fleet!).Left!["B"]);
        Assert.Equal(7, FailureHistoryFile.ReadTruth("3 \n7 \n"u8, "t", fleet!).Left!["B"]);
        foreach (string bad in new[] { "3\n", "3\n7\n9\n", "3\n-1\n", "3\nx\n", "unit,remaining\nA,3\nA,4\n", "unit,remaining\nA,3\nC,4\n", "" })
        {
            var (left, findings) = FailureHistoryFile.ReadTruth(Encoding.UTF8.GetBytes(bad), "t", fleet!);
            Assert.Null(left);
            Assert.NotEmpty(findings);
        }
    }
}
