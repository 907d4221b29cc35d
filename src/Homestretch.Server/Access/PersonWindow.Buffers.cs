using Homestretch.Server.Seeing;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Buffers: advised to the brand owner's people, set by whom the role lets re-plan.</summary>
internal sealed partial class PersonWindow
{
    /// <summary>The advice comes from the whole order book; no other party learns of it.</summary>
    private bool Advised => Brand && May(Permission.SeeSupply);

    public BuffersView Buffers(double target) => Advised ? Look(s => BufferViews.Of(s, _buffers, target)) : BuffersView.None;

    public async Task<Told> SetBuffers(BufferOrder order, CancellationToken cancel)
    {
        if (!Advised || !May(Permission.Replan)) return Refused("set buffers");
        var (events, before, wrong) = Look(s => BufferViews.Meant(s, order));
        if (wrong.Count > 0) return new(false, Clock.Version, wrong);
        return await Noted(await Tell(events, cancel, order.Hub), AuditAction.BuffersSet, order.Hub, BufferViews.Note(order, before));
    }

    public async Task<IReadOnlyList<BufferDecision>> BufferDecisions(string hub, CancellationToken cancel) => Advised ? await _administration.Buffers(hub, cancel) : [];

    private void HearBuffers()
    {
        if (Changed is { } listeners && Advised) listeners(new LiveNote(_planner.Sequence, [], [], [], null));
    }
}
