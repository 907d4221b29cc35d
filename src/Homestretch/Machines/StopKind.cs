using System.Globalization;
using Homestretch.World;

namespace Homestretch.Machines;

/// <summary>Why a machine stood.</summary>
public enum StopKind
{
    /// <summary>Service, inspection, cleaning: somebody meant it to stand.</summary>
    Planned,
    Changeover,

    /// <summary>Nothing was to be made.</summary>
    NoWork,

    /// <summary>What it works up was not there, or what it made was not taken away.</summary>
    Material,

    /// <summary>Something broke, jammed or gave an alarm.</summary>
    Breakdown,

    /// <summary>Power, air, water, network.</summary>
    Supply,
    Quality,

    /// <summary>Nobody was there to run it.</summary>
    People,

    /// <summary>A reason was told that no rule knows; the supplier's words stand.</summary>
    Other,

    /// <summary>No reason was told.</summary>
    Untold,
}

/// <summary>Rules from a machine's state and the supplier's words to a kind of stop: the first that holds, in the order written. Words are whole words or their beginnings ('fail*').</summary>
public static class StopRules
{
    private static readonly (StopKind Kind, string[] Words)[] s_rules =
    [
        (StopKind.Planned, ["planned", "scheduled", "service", "maintenance", "inspection", "cleaning", "lubricat*", "calibrat*"]),
        (StopKind.Supply, ["power", "voltage", "air", "pressure", "coolant supply", "water", "network"]),
        (StopKind.Breakdown, ["fault*", "fail*", "broke*", "break down", "breakdown", "breakage", "crack*", "seized", "jam*", "alarm", "overheat*", "leak*", "trip*", "error", "noise", "worn", "crash*", "stuck"]),
        (StopKind.Quality, ["quality", "scrap", "reject*", "tolerance", "rework"]),
        (StopKind.Material, ["material", "starved", "blocked", "parts", "empty", "full"]),
        (StopKind.NoWork, ["no work", "no order*", "no job", "no demand", "queue"]),
        (StopKind.People, ["operator", "break", "lunch", "meeting", "absent", "staff", "crew"]),
        (StopKind.Changeover, ["changeover", "set up", "setup", "tool change"]),
    ];

    /// <param name="state">Idle, down or changeover.</param>
    /// <param name="reason">As the supplier's device told it; empty when it told none.</param>
    public static StopKind Of(MachineState state, string reason)
    {
        if (state == MachineState.Changeover) return StopKind.Changeover;
        string[] words = [.. reason.ToLower(CultureInfo.InvariantCulture).Split(s_between, StringSplitOptions.RemoveEmptyEntries)];
        if (words.Length == 0) return StopKind.Untold;
        foreach (var (kind, known) in s_rules)
            if (known.Any(k => Holds(words, k.Split(' ')))) return kind;
        return StopKind.Other;
    }

    /// <summary>Whether words follow each other in a reason.</summary>
    private static bool Holds(string[] reason, string[] words)
    {
        for (int i = 0; i + words.Length <= reason.Length; i++)
        {
            int k = 0;
            while (k < words.Length && Is(reason[i + k], words[k])) k++;
            if (k == words.Length) return true;
        }
        return false;
    }

    private static bool Is(string word, string known) => known.EndsWith('*') ? word.StartsWith(known[..^1], StringComparison.Ordinal) : word == known;

    private static readonly char[] s_between = [.. " \t\r\n,.;:!?/()[]'\"-_"];
}
