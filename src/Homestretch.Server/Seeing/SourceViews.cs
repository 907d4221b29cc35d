using Homestretch.Arrivals;
using Homestretch.Promising;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Seeing;

/// <summary>How good the sources of estimates are, and what each says of one lot.</summary>
internal static class SourceViews
{
    private static readonly int[] s_bands = [0, .. EtaScoreboard.Bands];

    /// <summary>By source, all lanes first, then distance.</summary>
    public static IReadOnlyList<SourceRow> Of(Sight sight)
    {
        var weights = sight.Plan.Sources.ToLookup(static s => (s.Lane, s.HorizonDays), static s => 1 / (s.ErrorDays * s.ErrorDays));
        return [.. sight.Plan.Sources.Select(s => new SourceRow(s.Source, sight.NameOf(s.Source), RoleOf(sight, s.Source), s.Lane, s_bands[Array.IndexOf(s_bands, s.HorizonDays) - 1], s.HorizonDays, s.Count,
            s.MeanAbsoluteDays, s.BiasDays, s.ErrorDays, s.Covered?.Value, s.Lane.Length == 0 ? null : 1 / (s.ErrorDays * s.ErrorDays) / weights[(s.Lane, s.HorizonDays)].Order().Sum()))];
    }

    /// <summary>A lot's remaining way as a fan; null when it is here.</summary>
    public static FanView? Fan(Sight sight, Lot lot, IReadOnlyList<ExplainedStep> way)
    {
        if (sight.Plan.FanOf(lot.Key) is not { Count: > 0 } fan) return null;
        var steps = way.ToDictionary(static s => s.Sequence);
        return new([.. fan.Select(f => Step(sight, lot, f, steps[f.Sequence], way))], [.. way.Where(static s => s is { Done: false, Voyage: not null }).Select(static s => s.Voyage!.Said)]);
    }

    private static FanStepView Step(Sight sight, Lot lot, FanStep f, ExplainedStep step, IReadOnlyList<ExplainedStep> way) => new(f.Sequence, step.Step is { } s ? Words.Of(s.Kind) : "make",
        step.Step is { } x ? sight.World.Sites.Find(x.To)?.Name ?? x.To.Value : sight.NameOf(lot.Party), step.Step?.Mode ?? Mode.None, f.P10, f.P25, f.P50, f.P75, f.P90, f.P95, Voices(sight, f.Blend, step, way));

    private static IReadOnlyList<FanVoice> Voices(Sight sight, FanBlend? blend, ExplainedStep step, IReadOnlyList<ExplainedStep> way)
    {
        if (step.Estimates.Count == 0) return [];
        var shares = (blend?.Sources ?? []).ToDictionary(static s => s.Source, static s => s.Share.Value, StringComparer.Ordinal);
        var voices = new List<FanVoice>();
        foreach (EtaWeighed e in step.Estimates.GroupBy(static e => e.Eta.Source, StringComparer.Ordinal).Select(static g => g.MaxBy(static e => e.Eta.Reported)!))
        {
            double later = way.Where(w => w.Sequence <= step.Sequence && w.Voyage is { Stranded: false } v && e.Eta.Reported < v.Since).Select(static w => w.Voyage!.ExtraDays).Sum();
            Instant middle = e.Eta.Estimated + Duration.FromDays(later - e.Eta.BiasDays);
            Duration half = Duration.FromDays(e.Record.HalfWidthDays);
            voices.Add(new(sight.NameOf(e.Eta.Source), RoleOf(sight, e.Eta.Source), e.Eta.Estimated, e.Eta.Reported, middle - half, middle + half,
                shares.TryGetValue(e.Eta.Source, out double share) ? share : null, e.Record.Count, e.Record.BiasDays, e.Record.MeanAbsoluteDays, later));
        }
        if (blend is not null) voices.Add(new("Our forecast", "ours", blend.OwnP50, null, blend.OwnP10, blend.OwnP90, blend.OwnShare.Value, 0, 0, 0));
        return [.. voices.OrderByDescending(static v => v.Share ?? -1).ThenBy(static v => v.Source, StringComparer.Ordinal)];
    }

    private static string RoleOf(Sight sight, string party) => sight.World.Parties.Find(party)?.Kind switch
    {
        PartyKind.Carrier => "carrier",
        PartyKind.Logistics => "forwarder",
        PartyKind.Supplier => "supplier",
        PartyKind.Brand => "own",
        PartyKind.Forecaster => party == Milestone.DelayModel.Value ? "our model" : "forecaster",
        { } other => Words.Of(other),
        null => "unknown",
    };
}
