namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>How much of the product outside parties could reconstruct, each and together, at the hub's present; null for whose role does not have it or who is not the brand owner. Made anew when what was given or made has changed, else remembered.</summary>
    Task<ExposureView?> Exposure(CancellationToken cancel);

    /// <summary>What one outside party knows of each item, and what each further level would change; null when there is no such party outside or it is not this person's to see.</summary>
    Task<ExposedPartyView?> Exposed(string party, CancellationToken cancel);
}
