using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>The credentials of suppliers' gateways at the broker inside: made by an administrator, told once, kept hashed, with an end.</summary>
internal sealed class Gateways(Tokens tokens)
{
    /// <summary>Raised with the user name when a credential was ended: its connection is to be closed.</summary>
    public event Action<string>? Ended;

    public Task<(string Secret, string Id)> Issue(GatewayPass pass, string label, Duration valid, CancellationToken cancel) =>
        tokens.Issue(TokenPurpose.Gateway, pass.User, pass.Party, "", label, valid, cancel);

    public Task<IReadOnlyList<Token>> All(CancellationToken cancel) => tokens.All(TokenPurpose.Gateway, cancel);

    /// <summary>The pass behind a user name and its secret; null for anyone else.</summary>
    public async Task<GatewayPass?> Admit(string? user, string? secret, CancellationToken cancel) =>
        user is { Length: > 0 } && secret is { Length: > 0 } && await tokens.AccountOf(TokenPurpose.Gateway, secret, cancel) == user ? GatewayPass.Of(user) : null;

    public async Task End(Token token, CancellationToken cancel)
    {
        await tokens.Revoke(token, TokenPurpose.Gateway, cancel);
        Ended?.Invoke(token.Account);
    }
}
