using System.Text;
using CsCheck;
using Homestretch.Arrivals.History;
using Homestretch.Exchange.History;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.History;

public sealed class DeliveryFileTests
{
    private static (IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Finding> Findings) Read(string text) => DeliveryFile.Read(Encoding.UTF8.GetBytes(text), "a.csv");

    [Fact]
    public void What_is_left_out_is_unknown_and_days_have_their_defaults()
    {
        var (deliveries, findings) = Read("scheduled,line,destination,delivered,value\n2026-03-31,L1,Ghana,2026-04-02,\n2026-03-31,L2,Ghana,,12.5\n");
        Assert.Empty(findings);
        Assert.Equal(new LocalDate(2026, 4, 2), deliveries[0].Known);
        Assert.Equal(new LocalDate(2026, 3, 1), deliveries[0].AsOf);
        Assert.Equal(2, deliveries[0].Delay);
        Assert.Null(deliveries[0].Value);
        Assert.Null(deliveries[1].Delay);
        Assert.Null(deliveries[1].Known);
        Assert.Equal(12.5, deliveries[1].Value);
    }

    [Theory]
    [InlineData("line,destination,scheduled\nL1,G,31/03/2026", "day", "scheduled")]
    [InlineData("line,destination,scheduled\nL1,G,", "value-missing", "scheduled")]
    [InlineData("line,destination,scheduled\nL1,,2026-03-31", "value-missing", "destination")]
    [InlineData("line,destination,scheduled\nL1,G,2026-02-30", "day", "scheduled")]
    [InlineData("line,destination,scheduled\nL1,G,1820-02-03", "day", "scheduled")]
    [InlineData("line,destination,scheduled,quantity\nL1,G,2026-03-31,1e400", "number", "quantity")]
    [InlineData("line,destination,scheduled,quantity\nL1,G,2026-03-31,-1", "number", "quantity")]
    [InlineData("line,destination,scheduled,value\nL1,G,2026-03-31,NaN", "number", "value")]
    [InlineData("line,destination,scheduled,delivered,known\nL1,G,2026-03-31,2026-03-31,2026-03-30", "known-before-delivery", "known")]
    [InlineData("line,destination,scheduled,known\nL1,G,2026-03-31,2026-03-30", "known-without-delivery", "known")]
    [InlineData("line,destination,scheduled,as_of\nL1,G,2026-03-31,2026-03-31", "as-of-before-schedule", "as_of")]
    [InlineData("line,destination,scheduled\nL1,G,2026-03-31\nL1,G,2026-03-31", "duplicate-key", "line")]
    [InlineData("line,destination,scheduled\nL1,G,2026-03-31,x", "cells", "")]
    [InlineData("line,destination,scheduled,colour\nL1,G,2026-03-31,red", "unknown-column", "colour")]
    [InlineData("line,destination\nL1,G", "column-missing", "scheduled")]
    [InlineData("line,destination,scheduled,line\nL1,G,2026-03-31,L1", "column-twice", "line")]
    [InlineData("line,destination,scheduled", "no-rows", "")]
    [InlineData("line,destination,scheduled\n\"L1,G,2026-03-31", "quote", "")]
    public void Each_fault_of_a_row_is_found_and_nothing_is_read(string text, string rule, string column)
    {
        var (deliveries, findings) = Read(text);
        Assert.Empty(deliveries);
        Assert.Equal((rule, column), (Assert.Single(findings).Rule, findings[0].Place.Column));
    }

    [Fact]
    public void What_is_written_is_read_back() => Gen.Select(Gen.String[Gen.Char["abc ,\"é\n"], 1, 6], Gen.Int[0, 4000], Gen.Int[-50, 80], Gen.Double[0, 1e6]).Array[1, 10].Sample(rows =>
    {
        Delivery[] deliveries = [.. rows.Select((r, i) =>
        {
            LocalDate scheduled = new LocalDate(2020, 1, 1).PlusDays(r.Item2), delivered = scheduled.PlusDays(r.Item3);
            return new Delivery($"{i}", r.Item1, r.Item1, "", "c", "s", "", "d" + r.Item1, "", "", "", r.Item1, "", "", r.Item4, null, null, scheduled.PlusDays(-9), scheduled, delivered, delivered.PlusDays(1), scheduled.PlusDays(-31));
        })];
        var (read, findings) = DeliveryFile.Read(DeliveryFile.Write(deliveries), "a.csv");
        Assert.Empty(findings);
        Assert.Equal(deliveries, read);
    });
}
