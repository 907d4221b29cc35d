namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Buffers in force and advised for a target, hub by hub, as they were last reckoned; nothing for who may not see supply or is not the brand owner.</summary>
    BuffersView Buffers(double target);

    /// <summary>Sets buffers by decision, with the reason, which is noted with the old and the new days.</summary>
    Task<Told> SetBuffers(BufferOrder order, CancellationToken cancel);

    /// <summary>Decisions on a hub's buffers, newest first.</summary>
    Task<IReadOnlyList<BufferDecision>> BufferDecisions(string hub, CancellationToken cancel);
}
