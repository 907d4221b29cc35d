using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Finishing.Tracing;
using Homestretch.Papers;
using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>What may be claimed of a unit: for the brand owner's people who see its lines and money.</summary>
internal sealed partial class PersonWindow
{
    public async Task<UnitClaims?> UnitClaims(string serial, UnitGiven given, CancellationToken cancel)
    {
        if (!Traces || !May(Permission.SeeMoney) || await Unit(serial, cancel) is not { } unit) return null;
        Snapshot world = Look(static s => s.World);
        return await Task.Run(() => Claimed(world, unit, given), cancel);
    }

    /// <summary>The evidence of a unit's claims; null as the claims.</summary>
    public async Task<(EvidencePack? Pack, IReadOnlyList<Finding> Findings)?> Evidence(string serial, UnitGiven given, CancellationToken cancel)
    {
        if (await UnitClaims(serial, given, cancel) is not { } told) return null;
        return told.Findings.Count > 0 ? (null, told.Findings) : (new(told.Content, told.Claims, told.Label is { } answer ? [answer] : [], Look(static s => s.Now)), []);
    }

    private static UnitClaims Claimed(Snapshot world, UnitRecord unit, UnitGiven given)
    {
        UnitContent content = AsBuilt.Content(world, unit) with { Delivered = given.Delivered, Assembly = Minor(given.Assembly), InlandFreight = Minor(given.InlandFreight), InternationalFreight = Minor(given.InternationalFreight), Processing = given.Processing };
        var (claims, findings) = Claims.Of(world, content);
        return new(content, claims, string.IsNullOrWhiteSpace(given.Label) ? null : LabelCheck.Of(OriginRules.Of(world), content, given.Label.Trim()).Answer, findings);
    }

    private static long? Minor(decimal? major) => major is { } amount ? (long)decimal.Round(amount * 100m) : null;
}
