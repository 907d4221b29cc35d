using Homestretch.Cutting;
using Homestretch.Cutting.Sourcing;
using Homestretch.Cutting.Sourcing.Limits;
using Homestretch.Cutting.Studying;
using Homestretch.Exchange.Cutting;
using Homestretch.Papers;
using Homestretch.Server.Training;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>What people take away or fill in: designs of studies as files, and the template of a study.</summary>
internal sealed partial class PersonWindow
{
    private static readonly TimeSpan s_search = TimeSpan.FromSeconds(30);

    /// <summary>One at a time: each takes a core for as long as it searches.</summary>
    private static readonly SemaphoreSlim s_taken = new(1);

    /// <summary>What to fill in for a study, for this company; null for whose role may not import.</summary>
    public byte[]? StudyTemplate() => May(Permission.Import) ? Workbook.Template(Look(static s => s.World.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Brand))?.Key) : null;

    /// <summary>A design of a study as a file: a kept one by the records of now, or the best within the study's own limits, with what they cost. Findings when there is none; null for who may not see supply and money or is not the brand owner.</summary>
    /// <param name="design">Key of a kept design; null: the study is solved.</param>
    /// <param name="within">Limits in place of the study's own, as studies write them; null: its own.</param>
    public async Task<(byte[] Bytes, IReadOnlyList<Finding> Findings)?> DesignPaper(string study, string? design, IReadOnlyList<string>? within, DesignForm form, CancellationToken cancel)
    {
        if (!Cuts) return null;
        var (world, now) = Look(static s => (s.World, s.Now));
        await s_taken.WaitAsync(cancel);
        try
        {
            return await Quietly.Run<(byte[], IReadOnlyList<Finding>)?>(() =>
            {
                var (solved, findings) = design is null ? Solved() : Opened(design);
                return solved is null ? ([], findings) : (DesignFile.Of(solved with { Parties = SolvedDesign.Named(world) }, form), []);
            }, "design");
        }
        finally
        {
            s_taken.Release();
        }

        (SolvedDesign?, IReadOnlyList<Finding>) Opened(string key)
        {
            if (world.Designs.Find(key) is { } kept && kept.Study != study) return (null, [new(new("designs"), "unknown-key", $"'{key}' is a design of another study.", $"Ask for it under {kept.Study}.")]);
            var (opened, findings) = Designs.Open(world, key, now, cancel);
            return opened is null ? (null, findings) : (new(opened.Study, opened.Now, opened.Limits, [], now, opened.Design), []);
        }

        (SolvedDesign?, IReadOnlyList<Finding>) Solved()
        {
            var (solvable, findings) = _cutting.Cases.Of(world, study, now);
            if (solvable is null) return (null, findings);
            var unread = new List<Finding>();
            IReadOnlyList<Limit> limits = within is null ? solvable.Limits : [.. within.Where(static l => l.Length > 0).Select(l => LimitWords.Limit(l, unread)).OfType<Limit>()];
            if (unread.Count > 0) return (null, unread);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            stop.CancelAfter(s_search);
            var (found, unmet) = Configuring.Of(solvable.Sourcing, solvable.Policy, limits, new PlacementBudget { Passes = int.MaxValue }, null, stop.Token);
            cancel.ThrowIfCancellationRequested();
            if (found is null) return (null, unmet);
            using var priced = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            priced.CancelAfter(s_search);
            var prices = new List<LimitPrice>();
            Fronts.Prices(solvable.Sourcing, limits, found, solvable.Policy, null, prices.Add, priced.Token);
            cancel.ThrowIfCancellationRequested();
            return (new(solvable, found, limits, prices, now), []);
        }
    }
}
