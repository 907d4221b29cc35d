using Homestretch.Promising.Kernel;

namespace Homestretch.Tests.Promising.Kernel;

/// <summary>Random small plans for properties: a few lines, calendars, pegs that share supplies, some confirmed builds.</summary>
internal sealed record RandomPlan(EvaluationProblem Problem, Futures Futures)
{
    public static RandomPlan Of(int seed, int builds = 40, int lines = 3, int supplies = 25, int samples = 16, int window = 86_400, bool confirmed = true)
    {
        var random = new Random(seed);
        var futures = new Futures(supplies, samples);
        for (int supply = 0; supply < supplies; supply++) Draw(futures, supply, random);
        int[] first = [.. Enumerable.Range(0, lines + 1).Select(l => l * builds / lines)];
        int[] planned = new int[builds];
        for (int l = 0; l < lines; l++)
        {
            int at = 0;
            for (int b = first[l]; b < first[l + 1]; b++) planned[b] = at += random.Next(60_000);
        }
        var pegs = Enumerable.Range(0, builds).Select(_ => Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(supplies)).Distinct().ToArray()).ToArray();
        int[] pegFirst = [0, .. pegs.Select((_, b) => pegs.Take(b + 1).Sum(static p => p.Length))];
        int[] outbound = [.. Enumerable.Range(0, samples).Select(_ => random.Next(400_000))];
        return new(new EvaluationProblem
        {
            Lines = [.. Enumerable.Range(0, lines).Select(l => l == 0 ? LineCalendar.AlwaysOpen : Shifts(8 + l))],
            LineFirst = first,
            WorkSeconds = [.. planned.Select(_ => random.Next(600, 30_000))],
            PlannedStart = planned,
            Confirmed = [.. planned.Select(_ => confirmed && random.Next(5) == 0)],
            Release = [.. planned.Select(_ => random.Next(6) == 0 ? random.Next(1_000_000) : 0)],
            PegFirst = pegFirst,
            PegSupply = [.. pegs.SelectMany(static p => p)],
            Outbound = [.. planned.Select(_ => random.Next(2) - 1)],
            OutboundSeconds = [outbound],
            Window = window,
        }, futures);
    }

    public static void Draw(Futures futures, int supply, Random random)
    {
        int median = random.Next(1_500_000);
        foreach (ref int at in futures[supply]) at = median + random.Next(500_000);
    }

    private static LineCalendar Shifts(int hours)
    {
        int[] opens = [.. Enumerable.Range(0, 300).Select(static d => d * 86_400 + 6 * 3600)];
        return new(opens, [.. opens.Select(o => o + hours * 3600)]);
    }
}
