using Homestretch.Promising.Kernel;

namespace Homestretch.Promising;

/// <summary>What holds an order line in the samples that miss its promise.</summary>
/// <param name="Supply">'lot:KEY' or 'stock:KEY' that came last in them, after the build's planned start. Otherwise the kit was whole by then: 'document:KEY' when it would be in time had it left at once, 'line' when its work ended
/// later than planned, 'delivery' when only the way to the customer took too long.</param>
/// <param name="Share">Share of all samples. The shares of one order line add up to those that miss the promise.</param>
public readonly record struct MissedBy(string Supply, Share Share)
{
    /// <summary>What holds an order line when its kit is whole in time.</summary>
    public const string Line = "line", Delivery = "delivery";

    /// <summary>Before the key of a document that keeps units at the hub.</summary>
    public const string Document = "document:";

    /// <summary>The greatest first, then by name; empty when no sample misses it.</summary>
    internal static IReadOnlyList<MissedBy> Of(PlanLayout layout, Evaluation evaluation, int build, int due, int plannedEnd)
    {
        int samples = evaluation.Samples;
        Span<int> dates = stackalloc int[samples], ready = stackalloc int[samples];
        evaluation.CopyDates(build, dates);
        evaluation.CopyReady(build, ready);
        PlannedBuild row = layout.Planned[build];
        ReadOnlySpan<int> pegs = layout.Planned.Pegs(build);
        Span<int> missed = stackalloc int[pegs.Length];
        missed.Clear();
        ReadOnlySpan<int> ends = evaluation.EndsOf(build);
        int line = 0, delivery = 0;
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        ReadOnlySpan<Shut> shut = evaluation.Shut is { } ways ? ways[row.OutboundRow] : default;
        for (int s = 0; s < samples; s++)
        {
            if (dates[s] <= due) continue;
            if (OutboundWays.Holding(shut, ends[s]) is >= 0 and var barred && (long)ends[s] + row.Outbound + evaluation.Outbounds[row.OutboundRow][s] <= due)
            {
                string document = Document + layout.Ways.BarsOf(row.OutboundRow)[barred].Document;
                found[document] = found.GetValueOrDefault(document) + 1;
                continue;
            }
            int last = ready[s] > row.PlannedStart ? 0 : pegs.Length;
            while (last < pegs.Length && layout.Supplies.Arrivals[pegs[last]][s] != ready[s]) last++;
            if (last < pegs.Length) missed[last]++;
            else if (ends[s] > plannedEnd) line++;
            else delivery++;
        }
        if (line > 0) found[Line] = line;
        if (delivery > 0) found[Delivery] = delivery;
        for (int p = 0; p < pegs.Length; p++)
            if (missed[p] > 0) found[layout.Supplies.NameAt(pegs[p])] = found.GetValueOrDefault(layout.Supplies.NameAt(pegs[p])) + missed[p];
        return [.. found.OrderByDescending(static f => f.Value).ThenBy(static f => f.Key, StringComparer.Ordinal).Select(f => new MissedBy(f.Key, new(f.Value / (double)samples)))];
    }
}
