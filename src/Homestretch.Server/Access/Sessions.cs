namespace Homestretch.Server.Access;

/// <summary>Tells open screens and streams that they are over: each asked who the person is when it began, and would go on for as long as it stays open.</summary>
internal sealed class Sessions
{
    /// <summary>Raised with the login, and the id of the token when only what came with that token is over.</summary>
    public event Action<string, string?>? Ended;

    public void End(string login, string? token = null) => Ended?.Invoke(login, token);
}
