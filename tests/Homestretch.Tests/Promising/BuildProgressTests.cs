using Homestretch.Promising;
using Homestretch.Tests.Finishing.Floor;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

/// <summary>What is recorded on the floor says how much of a begun build is left, and so when those behind it are done. Figures by hand: 30 minutes a unit, four steps of 7.5, the line always open.</summary>
public sealed class BuildProgressTests
{
    private static readonly PlanPolicy s_policy = new() { Samples = 64 };
    private readonly FloorCompany _floor = new();

    private static Instant At(string time) => NodaTime.Text.InstantPattern.ExtendedIso.Parse($"2026-11-24T{time}Z").Value;

    /// <summary>S1 is two units of a US bike with a rack, its kit picked; S2 one unit behind it.</summary>
    public BuildProgressTests()
    {
        Pick("FRAME", "F1", 2, "F-01");
        Pick("MOTOR", "M1", 2, "A-01");
        Pick("CHG-US", "U1", 2, "A-01");
        Pick("RACK", "R1", 2, "A-02");
        Pick("BOLT", "B1", 8, "A-02");
        Do(FloorAct.Begin, "16:00:00");
        Step("010", "16:05:00", "FRAME", "F1");
        Step("020", "16:20:00", "MOTOR", "M1", "torque=24");
    }

    private void Pick(string item, string lot, decimal quantity, string bin) => _floor.Done(_floor.Said(FloorAct.Pick, item, lot, quantity, bin, build: "S1", happened: FloorCompany.T));
    private void Do(FloorAct act, string time, string reason = "", string unit = "SN-1", string from = "", string to = "") => _floor.Done(_floor.Said(act, from: from, to: to, build: "S1", unit: unit, reason: reason, happened: At(time)));
    private void Step(string step, string time, string item = "", string lot = "", string values = "") => _floor.Done(_floor.Said(FloorAct.Work, item, lot, item.Length > 0 ? 1 : null, unit: "SN-1", step: step, values: values, happened: At(time)));

    private Plan Plan(string time) => Homestretch.Promising.Plan.Make(_floor.World, At(time), s_policy);

    /// <summary>Both ends: of the build itself and of the one behind it, half an hour later.</summary>
    private void Ends(string time, string end)
    {
        Plan plan = Plan(time);
        Assert.Equal(At(end), plan.BuildEnd("S1", 0.5));
        Assert.Equal(At(end) + Duration.FromMinutes(30), plan.BuildEnd("S2", 0.5));
        plan.ProveEqualsFull();
    }

    /// <summary>3,600 s less two steps of 450, from 16:20 on: 17:05, as long as the third step may still be going on; when it should be over, at 16:27:30, the build waits for it.</summary>
    [Fact]
    public void Passed_steps_and_the_time_since_the_last_are_done()
    {
        Ends("16:22:00", "17:05:00");
        Ends("16:27:30", "17:05:00");
        Ends("16:40:00", "17:17:30");
        Ends("16:10:00", "17:05:00");           // seen from before the last record
        Step("030", "16:24:00");
        Ends("16:25:00", "17:01:30");           // quicker than its share: 2,250 s from 16:24
        Step("040", "16:30:00", values: "insulation=1");
        Ends("16:30:00", "17:07:30");           // failed: nothing is gained, 2,250 s from 16:30
        Step("040", "16:36:00", values: "insulation=3");
        Ends("16:36:00", "17:06:00");           // all steps of the first: one unit is left
        Do(FloorAct.Complete, "16:37:00");
        Ends("16:37:00", "17:07:00");
        Ends("16:50:00", "17:20:00");           // nobody has begun the second
        Do(FloorAct.Begin, "16:52:00", unit: "SN-2");
        Ends("16:55:00", "17:22:00");
    }

    [Fact]
    public void A_unit_that_rests_or_is_called_to_stands()
    {
        Do(FloorAct.Pause, "16:22:00");
        Ends("16:22:00", "17:05:00");
        Ends("16:40:00", "17:23:00");           // 2,580 s are left, of the third step 330
        Do(FloorAct.Resume, "16:45:00");
        Ends("16:46:00", "17:28:00");
        Ends("17:00:00", "17:37:30");           // the third step, over at 16:50:30, is late
        Do(FloorAct.Andon, "16:46:00", "No torque wrench");
        Ends("17:00:00", "17:42:00");
        Step("030", "17:05:00");                // work goes on whether or not the call was answered
        Ends("17:06:00", "17:42:30");
    }

    [Fact]
    public void Rework_makes_time_again_and_parts_that_are_in_are_not_looked_for()
    {
        Assert.IsType<Forecast.Dated>(Plan("16:22:00").Of((Key<OrderLine>)"S1"));
        Do(FloorAct.TakeOut, "16:22:00", "Noisy", from: "2", to: "A-01");
        Assert.Equal(["no-supply"], Assert.IsType<Forecast.Unknown>(Plan("16:22:00").Of((Key<OrderLine>)"S1")).Reasons.Select(static r => r.Rule));     // its motor lies in a bin and is not pegged again
        Pick("MOTOR", "M1", 1, "A-01");
        Ends("16:22:00", "17:14:30");           // one step of eight is done: 3,150 s
    }

    /// <summary>Given up with a frame and a motor in it: they are wanted again. The time is wanted again too.</summary>
    [Fact]
    public void A_unit_that_was_given_up_is_to_be_made_again()
    {
        Do(FloorAct.ScrapUnit, "16:22:00", "Bent");
        Assert.Equal(["no-supply", "no-supply"], Assert.IsType<Forecast.Unknown>(Plan("16:22:00").Of((Key<OrderLine>)"S1")).Reasons.Select(static r => r.Rule));
        Pick("FRAME", "F1", 1, "F-01");
        Pick("MOTOR", "M1", 1, "A-01");
        Ends("16:22:00", "17:22:00");
    }

    /// <summary>Told of what happens after its epoch a plan says the same ends as one of a later epoch.</summary>
    [Fact]
    public void A_plan_follows_what_is_recorded_after_its_epoch()
    {
        Plan plan = Plan("16:00:00");
        Step("030", "16:24:00");
        Applied applied = Snapshot.Empty.Apply([.. TableKind.All.SelectMany(_floor.World.Records).Select(static r => new WorldEvent.Put(r))]);
        Assert.Equal(At("17:01:30"), Homestretch.Promising.Plan.Make(applied.World, At("16:00:00"), s_policy).BuildEnd("S1", 0.5));
        Assert.Equal(At("17:05:00"), plan.BuildEnd("S1", 0.5));
    }

    [Fact]
    public void Where_units_are_not_followed_the_build_ends_when_it_was_said_to() =>
        Assert.Equal(_floor.World.Builds.Find("S1")!.End, Homestretch.Promising.Plan.Make(_floor.World, At("16:22:00"), s_policy with { FollowsUnits = false }).BuildEnd("S1", 0.5));
}
