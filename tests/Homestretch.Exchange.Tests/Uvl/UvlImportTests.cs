using Homestretch.Exchange.Uvl;
using Homestretch.Products.Configuring;
using Homestretch.Products.Features;
using Xunit;

namespace Homestretch.Exchange.Tests.Uvl;

public sealed class UvlImportTests
{
    private static readonly Dictionary<string, string> s_files = new(StringComparer.Ordinal)
    {
        ["drive.Motor"] = "imports\n\tSensor as s\nfeatures\n\tMotor {price 100}\n\t\talternative\n\t\t\tHub {price 5}\n\t\t\tMid {price 50}\n\t\toptional\n\t\t\ts.Sensor\nconstraints\n\tMid => s.Torque\n\tsum(price) < 160",
        ["Sensor"] = "features\n\tSensor\n\t\toptional\n\t\t\tTorque {price 9}",
        ["Loop"] = "imports\n\tLoop\nfeatures\n\tL\n\t\toptional\n\t\t\tLoop.L",
        ["Bad"] = "features\n\tB\n\t\toptional\n\t\t\tC D",
    };

    private static UvlRead Read(string text) => UvlReader.Read("bike.uvl", text, s_files.GetValueOrDefault);

    [Fact]
    public void Imported_models_are_taken_in_with_their_names_and_rules()
    {
        UvlRead read = Read("imports\n\tdrive.Motor as m\nfeatures\n\tBike {price 1000}\n\t\tmandatory\n\t\t\tm.Motor\n\t\toptional\n\t\t\tRack\nconstraints\n\tRack => m.Mid\n\tm.s.Torque => Rack");
        Assert.Empty(read.Findings);
        Assert.Equal(["Bike", "m.Motor", "m.Hub", "m.Mid", "m.s.Sensor", "m.s.Torque", "Rack"], read.Model!.Features().Select(static f => f.Name));
        Assert.Equal(["Rack => m.Mid", "m.s.Torque => Rack", "m.Mid => m.s.Torque", "sum(price, m.Motor) < 160"], read.Model.Rules.Select(static r => r.Constraint.ToString()));
        Assert.Equal(new Written(11, 2, "drive/Motor.uvl"), read.Model.Rules[2].At);
        // Hub with or without a sensor; Mid with Torque and Rack
        CompiledModel model = CompiledModel.Compile(read.Model, "bike.uvl", TestContext.Current.CancellationToken).Compiled!;
        Assert.Equal(3, model.Count);
        Assert.Equal(["m.Mid cannot be taken with m.s.Torque left out, because:", "- m.Mid => m.s.Torque (drive/Motor.uvl, line 11)", "To allow it, take m.s.Torque instead."],
            model.Explain([new(model.Find("m.s.Torque")!, false)], new(model.Find("m.Mid")!, true), TestContext.Current.CancellationToken)!.Words());
    }

    [Fact]
    public void What_is_wrong_with_imports_is_told()
    {
        Assert.Equal(["bike.uvl:2 (column 2): There is no model Nowhere to import. Put the file Nowhere.uvl beside this model. [import-missing]"],
            Read("imports\n\tNowhere\nfeatures\n\tA\nconstraints\n\tA => Nowhere.B").Findings.Select(static f => f.ToString()));
        Assert.Contains(Read("imports\n\tLoop\nfeatures\n\tA\n\t\toptional\n\t\t\tLoop.L").Findings, static f => f.Rule == "import-cycle");
        Assert.Contains(Read("imports\n\tSensor\nfeatures\n\tA").Findings, static f => f.Rule == "import-unused");
        Assert.Contains(Read("imports\n\tBad\nfeatures\n\tA\n\t\toptional\n\t\t\tBad.B").Findings, static f => f is { Rule: "unexpected", Place: { Source: "Bad.uvl", Line: 4, Column: "column 6" } });
    }
}
