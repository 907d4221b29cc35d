using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>What the passports of the demonstration's batteries say: made up, of batteries that do not exist. Two fields are left open on purpose, so that a passport is seen to say what it lacks.</summary>
internal static class Batteries
{
    /// <summary>Watt-hours of each battery by part number, with its weight in kilograms.</summary>
    private static readonly (string Item, int WattHours, decimal Weight)[] s_batteries = [("BAT-400", 400, 2.4m), ("BAT-500", 500, 2.9m), ("BAT-625", 625, 3.5m)];

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        foreach (var (item, wattHours, weight) in s_batteries)
        {
            foreach (var (field, value, unit) in Said(item, wattHours, weight))
                yield return new PassportData(item, field, "", today.PlusYears(-1), Cast.Brand, value, unit, null, null, "Sample: made up for the demonstration", true);
        }
    }

    private static IEnumerable<(string Field, string Value, string Unit)> Said(string item, int wattHours, decimal weight) =>
    [
        ("manufacturer", "Meridian Cycles, Greenville, US", ""),
        ("category", "Battery of light means of transport", ""),
        ("place_of_manufacture", "South Korea", ""),
        ("weight", N(weight), "kg"),
        ("chemistry", "Lithium-ion, nickel manganese cobalt oxide (NMC)", ""),
        ("hazardous_substances", "Lithium hexafluorophosphate in the electrolyte", ""),
        ("extinguishing_agent", "Water, in large amounts", ""),
        ("critical_raw_materials", "Cobalt, lithium, natural graphite, nickel, manganese", ""),
        ("renewable_content", "0", "%"),
        ("rated_capacity", N(decimal.Round(wattHours / 36m, 1)), "Ah"),
        ("voltage_minimum", "27", "V"), ("voltage_nominal", "36", "V"), ("voltage_maximum", "42", "V"),
        ("power", "500", "W"),
        ("expected_lifetime", "800 cycles, sample test at 25 °C", ""),
        ("idle_temperatures", "-20 to 45 °C", ""),
        ("warranty", "24", "months"),
        ("efficiency_new", "95", "%"), ("efficiency_half", "92", "%"),
        ("resistance", "90 mOhm the pack, 22 mOhm a cell", ""),
        ("c_rate", "0.5 C", ""),
        ("markings", "Separate collection", ""),
        ("waste", "Take it back to any shop that sells bicycles", ""),
        ("composition", "Cathode NMC 622, anode graphite, electrolyte LiPF6 in carbonates", ""),
        ("part_numbers", $"{item}-CELL, {item}-BMS, {item}-CASE", ""),
        ("spare_sources", "Meridian Cycles, parts desk", ""),
        ("dismantling", "8 screws TX20, then the lid; 40 cells in 4 rows; cut no busbar under charge", ""),
        ("safety", "Discharge to 30 % before opening; insulated gloves", ""),
    ];

    private static string N(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
