namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>An order while it is chosen, by the rules of its market; null for who may not promise dates or is not the brand owner's. Moves nothing.</summary>
    ConfigureView? Configure(ConfigureQuery query, CancellationToken cancel);
}
