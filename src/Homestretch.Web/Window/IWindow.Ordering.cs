namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>An order while it is chosen, by the rules of its market; null for who may not promise dates or is not the brand owner's. Moves nothing.</summary>
    ConfigureView? Configure(ConfigureQuery query, CancellationToken cancel);

    /// <summary>Confirms an approved order line, or says which document is not in force at its promised date and which rule its options break.</summary>
    Task<Told> Confirm(string orderLine, CancellationToken cancel);
}
