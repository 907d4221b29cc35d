using CsCheck;
using Homestretch.Machines;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Machines;

public sealed class StopReportTests
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly Duration s_five = Duration.FromMinutes(5);

    private static StateStretch Stretch(MachineState state, double from, double to, string reason = "") => new(state, s_t + Duration.FromMinutes(from), s_t + Duration.FromMinutes(to), reason);
    private static StopReport Report(double minutes, params StateStretch[] stretches) => StopReport.Of(stretches, s_t, s_t + Duration.FromMinutes(minutes), s_five);

    [Theory]
    [InlineData("tool breakage", StopKind.Breakdown), InlineData("sensor fault", StopKind.Breakdown), InlineData("material jam", StopKind.Breakdown), InlineData("spindle bearing failed", StopKind.Breakdown), InlineData("Drive-Fault!", StopKind.Breakdown)]
    [InlineData("planned service", StopKind.Planned), InlineData("service", StopKind.Planned), InlineData("power dip", StopKind.Supply), InlineData("no work", StopKind.NoWork), InlineData("waiting for material", StopKind.Material)]
    [InlineData("lunch break", StopKind.People), InlineData("set up for LOT-7", StopKind.Changeover), InlineData("Vollmond", StopKind.Other), InlineData("", StopKind.Untold), InlineData(" - ", StopKind.Untold), InlineData("breakfast", StopKind.Other)]
    public void A_suppliers_words_say_what_kind_of_stop_it_was(string reason, StopKind kind) => Assert.Equal(kind, StopRules.Of(MachineState.Down, reason));

    [Fact]
    public void A_changeover_is_one_whatever_is_said() => Assert.Equal(StopKind.Changeover, StopRules.Of(MachineState.Changeover, "sensor fault"));

    [Fact]
    public void Short_stops_are_counted_apart_but_not_those_that_were_meant_or_are_cut()
    {
        StopReport report = Report(200, Stretch(MachineState.Down, 0, 3, "jam"), Stretch(MachineState.Running, 3, 50), Stretch(MachineState.Idle, 50, 52), Stretch(MachineState.Running, 52, 60),
            Stretch(MachineState.Changeover, 60, 64), Stretch(MachineState.Running, 64, 100), Stretch(MachineState.Down, 100, 105, "jam"), Stretch(MachineState.Running, 105, 198), Stretch(MachineState.Idle, 198, 200));
        Assert.Equal((1, 2.0), (report.MicroStops, report.MicroTime.TotalMinutes));
        Assert.Equal([(StopKind.Breakdown, 2, 8.0), (StopKind.Changeover, 1, 4.0), (StopKind.Untold, 1, 2.0)], report.Sums.Select(static s => (s.Kind, s.Count, s.Time.TotalMinutes)));
        Assert.Equal(1, report.Sums.Sum(static s => s.Share), 9);
    }

    [Fact]
    public void What_nobody_knows_of_is_neither_idle_nor_running()
    {
        StopReport report = Report(120, Stretch(MachineState.Running, 0, 30), Stretch(MachineState.NoData, 30, 60, "connection lost"), Stretch(MachineState.Idle, 60, 80, "no work"));
        Assert.Equal((30.0, 70.0), (report.Running.TotalMinutes, report.NoData.TotalMinutes));
        Assert.Equal([(StopKind.NoWork, 20.0)], report.Sums.Select(static s => (s.Kind, s.Time.TotalMinutes)));
    }

    [Fact]
    public void One_reason_in_two_spellings_is_one_row_with_the_first_spelling()
    {
        StopReport report = Report(200, Stretch(MachineState.Down, 10, 20, "Jam"), Stretch(MachineState.Running, 20, 30), Stretch(MachineState.Down, 30, 50, "JAM"));
        Assert.Equal(("Jam", 2, 30.0), report.Sums.Select(static s => (s.Reason, s.Count, s.Time.TotalMinutes)).Single());
    }

    [Fact]
    public void All_the_time_is_accounted_for_once() => Gen.Select(Gen.Int[0, 4], Gen.Int[1, 400], Gen.Int[0, 2]).Array[1, 30].Sample(parts =>
    {
        var stretches = new List<StateStretch>();
        Instant at = s_t;
        foreach (var (state, seconds, reason) in parts)
        {
            stretches.Add(new((MachineState)state, at, at + Duration.FromSeconds(seconds), reason == 0 ? "" : reason == 1 ? "jam" : "service"));
            at += Duration.FromSeconds(seconds);
        }
        StopReport report = StopReport.Of(stretches, s_t - Duration.FromSeconds(50), at + Duration.FromSeconds(70), Duration.FromSeconds(100));
        Assert.Equal((report.To - report.From).TotalSeconds, (report.Running + report.NoData + report.MicroTime).TotalSeconds + report.Sums.Sum(static s => s.Time.TotalSeconds), 6);
        Assert.Equal(report.Sums.Sum(static s => s.Count) + report.MicroStops, report.Stops.Count);
        Assert.Equal(report.Sums.Select(static s => s.Time).OrderDescending(), report.Sums.Select(static s => s.Time));
    });
}
