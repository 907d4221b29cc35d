using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

/// <summary>Engineering changes on the floor: what they forbid is refused with the change's number and what to do instead.</summary>
public sealed class RevisionsTests
{
    private static readonly LocalDate s_today = new(2026, 11, 24);
    private static readonly EngineeringChange s_change = new("ECO-7", "MC", "FRAME", "A", "B", "Wider dropouts", "", ChangeState.Released, s_today, "", "", "", OldStock.Scrap, null, null, "", YesNo.No, YesNo.No, "", "", "olga", FloorCompany.T);

    private readonly FloorCompany _floor = new();

    private FloorOperation Pick(EngineeringChange change, string revision = "A")
    {
        _floor.Put(change);
        return _floor.Do(_floor.Said(FloorAct.Pick, "FRAME", revision == "A" ? "F1" : "F2", 1, "F-01", build: "S1", revision: revision));
    }

    [Theory]
    [InlineData(OldStock.Scrap, "revision-changed", "it is scrapped. Take revision B.")]
    [InlineData(OldStock.Return, "revision-changed", "it goes back to its supplier. Take revision B.")]
    [InlineData(OldStock.UseUp, "revision-changed", "Put it back. Take revision B.")]
    [InlineData(OldStock.Rework, "rework-first", "Put it into a hold bin for rework. Take revision B.")]
    public void An_old_revision_is_refused_with_the_number_of_the_change_and_what_to_do(OldStock old, string rule, string cure)
    {
        FloorOperation answer = Pick(s_change with { OldStock = old });
        Assert.Equal(rule, answer.Rule);
        Assert.StartsWith("ECO-7 (Wider dropouts): FRAME of revision A", answer.Said, StringComparison.Ordinal);
        Assert.EndsWith(cure, answer.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_change_does_not_speak_of_or_allows_is_picked()
    {
        Assert.Equal("", Pick(s_change with { State = ChangeState.Draft, ApprovedBy = "", ApprovedAt = null }).Rule);
        Assert.Equal("", new RevisionsTests().Pick(s_change with { FromDay = s_today.PlusDays(1) }).Rule);
        Assert.Equal("", new RevisionsTests().Pick(s_change with { OldInNew = YesNo.Yes }).Rule);
        Assert.Equal("", new RevisionsTests().Pick(s_change with { Markets = "EU" }).Rule);
        Assert.Equal("", new RevisionsTests().Pick(s_change with { FromDay = null, Lots = "F2" }).Rule);
        Assert.Equal("revision-changed", new RevisionsTests().Pick(s_change with { FromDay = null, Lots = "F1" }).Rule);
        Assert.Equal("revision-too-new", new RevisionsTests().Pick(s_change with { FromDay = s_today.PlusDays(1) }, "B").Rule);
    }

    [Fact]
    public void What_is_reworked_on_the_unit_is_picked_and_fitted_once_its_step_has_passed()
    {
        EngineeringChange rework = s_change with { OldStock = OldStock.Rework, ReworkStep = "005", ReworkMinutes = 4 };
        Assert.Equal("rework-first", Pick(rework).Rule);                                       // there is no such step
        _floor.Put(new WorkStep("BIKE", "012", "MC", WorkKind.Check, "Widen the dropouts", "", Condition.Always, null, "", Tolerances.None, null, null));
        Assert.Equal("", Pick(rework with { ReworkStep = "012" }).Rule);
        Kit("S1");
        _floor.Done(_floor.Said(FloorAct.Begin, build: "S1", unit: "SN-1"));
        FloorOperation early = _floor.Do(_floor.Said(FloorAct.Work, "FRAME", "F1", unit: "SN-1", step: "010"));
        Assert.Equal("rework-first", early.Rule);
        Assert.Contains("step 012", early.Said, StringComparison.Ordinal);
        _floor.Put(new UnitStep("SN-1", "012", 1, "MC", YesNo.Yes, "", "op-1", FloorCompany.T, "x"));
        _floor.Done(_floor.Said(FloorAct.Work, "FRAME", "F1", unit: "SN-1", step: "010"));
    }

    [Fact]
    public void By_serial_number_a_unit_is_judged_when_the_part_goes_in()
    {
        Assert.Equal("", Pick(s_change with { FromDay = null, FromSerial = "SN-100" }).Rule);
        Kit("S1");
        _floor.Done(_floor.Said(FloorAct.Begin, build: "S1", unit: "SN-100"));
        Assert.Equal("revision-changed", _floor.Do(_floor.Said(FloorAct.Work, "FRAME", "F1", unit: "SN-100", step: "010")).Rule);
    }

    private void Kit(string build)
    {
        foreach (var (item, lot, bin, amount) in new[] { ("MOTOR", "M1", "A-01", 1m), ("CHG-US", "U1", "A-01", 1m), ("RACK", "R1", "A-02", 1m), ("BOLT", "B1", "A-02", 4m) })
            _floor.Done(_floor.Said(FloorAct.Pick, item, lot, amount, bin, build: build));
    }
}
