using System.Text;
using Homestretch.Exchange.Health;
using Homestretch.Machines.Health;
using Xunit;

namespace Homestretch.Exchange.Tests.Health;

public sealed class MachineLogFileTests
{
    private const string Good = "machine,hours,what,name,value\nA,0,sensor,heat,1.5\nB,3,error,door,\nA,2.5,maintenance,pump,\nA,4,failure,spindle,\nA,9,end,,\n";

    [Fact]
    public void Lines_are_put_to_their_machines_and_an_end_says_until_when()
    {
        var (logs, findings) = MachineLogFile.Read(Encoding.UTF8.GetBytes(Good), "l.csv");
        Assert.Empty(findings);
        Assert.Equal([("A", 3, 9.0), ("B", 1, 3.0)], logs!.Select(static l => (l.Machine, l.Lines.Length, l.Until)));
        Assert.Equal(new(2.5, LogKind.Maintenance, "pump", float.NaN), logs![0].Lines[1]);
        Assert.Equal(["heat"], LogNames.Of(logs).Sensors);
        byte[] written = MachineLogFile.Write(logs);
        Assert.Equal(written, MachineLogFile.Write(MachineLogFile.Read(written, "m.csv").Logs!));
    }

    [Theory]
    [InlineData("machine,hours,what,name\n", "log-columns")]
    [InlineData("machine,hours,what,name,value\n", "log-empty")]
    [InlineData("machine,hours,what,name,value\nA,1,error,door\n", "cells")]
    [InlineData("machine,hours,what,name,value\nA,one,error,door,\n", "number")]
    [InlineData("machine,hours,what,name,value\nA,1,sensor,heat,warm\n", "number")]
    [InlineData("machine,hours,what,name,value\nA,1,alarm,door,\n", "log-what")]
    [InlineData("machine,hours,what,name,value\n,1,error,door,\n", "required")]
    [InlineData("machine,hours,what,name,value\nA,2,error,door,\nA,1,error,door,\n", "log-order")]
    [InlineData("machine,hours,what,name,value\nA,2,end,,\nA,1,error,door,\n", "log-order")]
    public void A_bad_log_is_refused_with_its_reason(string text, string rule)
    {
        var (logs, findings) = MachineLogFile.Read(Encoding.UTF8.GetBytes(text), "l.csv");
        Assert.Null(logs);
        Assert.Contains(findings, f => f.Rule == rule);
    }
}
