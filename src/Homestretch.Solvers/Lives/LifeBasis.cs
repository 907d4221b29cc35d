using Homestretch.Machines.Health;

namespace Homestretch.Solvers.Lives;

/// <summary>What features stand on, fitted to one set of units: conditions, directions, curves.</summary>
internal sealed record LifeBasis(OperatingConditions Conditions, WearDirections Directions, WearCurves Levels, WearCurves Drifts, int[] CurveOfUnit)
{
    public static LifeBasis Fit(FailureHistory fleet, double cycleLength)
    {
        var (conditions, directions) = DirectionsFit.Fit(fleet);
        int[] chosen = CurvesFit.Chosen(fleet), curveOf = [.. Enumerable.Repeat(-1, fleet.Units.Length)];
        for (int c = 0; c < chosen.Length; c++) curveOf[chosen[c]] = c;
        return new(conditions, directions, CurvesFit.Fit(fleet, chosen, conditions, directions, false, cycleLength), CurvesFit.Fit(fleet, chosen, conditions, directions, true, cycleLength), curveOf);
    }

    public int Width => LifeRow.Width(Conditions.Sensors.Length + Directions.Count);

    public IReadOnlyList<string> Features(SensorNames names) => LifeRow.Names([.. Conditions.Sensors.Select(s => names.Sensors[s])], Directions.Count);

    /// <summary>Rows of a unit at the readings that are wanted, appended.</summary>
    /// <param name="curve">The unit's own curve; -1 when it has none.</param>
    public void Rows(UnitHistory unit, int curve, Func<int, bool> wanted, List<float> rows, List<int> at)
    {
        var track = new HealthTrack(Conditions, Directions);
        float[] row = new float[Width];
        for (int r = 0; r < unit.Count; r++)
        {
            track.Add(unit.Cycles[r], unit.Reading(r));
            if (!track.Known || !wanted(r)) continue;
            LifeRow.Write(track, Levels, Drifts, curve, row);
            rows.AddRange(row);
            at.Add(r);
        }
    }
}
