using System.Text;
using Homestretch.Exchange.Health;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Health;

public sealed class SeriesFileTests
{
    [Fact]
    public void Times_without_offset_are_UTC_and_an_empty_cell_is_unknown()
    {
        var (series, findings) = SeriesFile.Read("time,a,b\n2013-12-02 21:15:00,1.5,\n2013-12-02T22:20:00+01:00,2,3\n"u8, "s.csv");
        Assert.Empty(findings);
        Assert.Equal(["a", "b"], series!.Sensors);
        Assert.Equal(Instant.FromUtc(2013, 12, 2, 21, 20), series.Times[1]);
        Assert.Equal([1.5f, float.NaN], series.Reading(0).ToArray());
    }

    [Theory]
    [InlineData("", "series-columns")]
    [InlineData("time,a\n", "series-columns")]
    [InlineData("time\n2013-12-02 21:15:00\n", "series-columns")]
    [InlineData("time,a\nyesterday,1\n", "time")]
    [InlineData("time,a\n2013-12-02 21:15:00\n", "cells")]
    [InlineData("time,a\n2013-12-02 21:15:00,warm\n", "number")]
    [InlineData("time,a\n2013-12-02 21:15:00,1\n2013-12-02 21:10:00,1\n", "series-order")]
    public void A_bad_series_is_refused_with_its_reason(string text, string rule)
    {
        var (series, findings) = SeriesFile.Read(Encoding.UTF8.GetBytes(text), "s.csv");
        Assert.Null(series);
        Assert.Contains(findings, f => f.Rule == rule);
    }

    [Fact]
    public void An_hour_told_twice_is_passed_over_and_counted()
    {
        string rows = string.Concat(Enumerable.Range(0, 300).Select(static i => $"2013-12-02 {i / 60:00}:{i % 60:00}:00,{i}\n"));
        var (series, findings) = SeriesFile.Read(Encoding.UTF8.GetBytes($"time,a\n{rows}2013-12-02 04:00:00,7\n2013-12-02 05:00:00,8\n"), "s.csv");
        Assert.Empty(findings);
        Assert.Equal((301, 1), (series!.Times.Length, series.PassedOver));
        Assert.Equal(8, series.Reading(300)[0]);
    }

    [Fact]
    public void Spans_are_read_and_reversed_ones_refused()
    {
        var (spans, _) = SeriesFile.ReadSpans("from,to\n2013-12-10 06:25,2013-12-12 05:35:00.000000\n"u8, "k.csv");
        Assert.Equal(new(Instant.FromUtc(2013, 12, 10, 6, 25), Instant.FromUtc(2013, 12, 12, 5, 35)), spans![0]);
        Assert.Equal("series-span", Assert.Single(SeriesFile.ReadSpans("from,to\n2013-12-12 06:25,2013-12-11 05:35\n"u8, "k.csv").Findings).Rule);
    }
}
