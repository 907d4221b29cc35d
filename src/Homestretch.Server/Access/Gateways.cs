using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>The credentials of suppliers' gateways at the broker inside: made by an administrator, told once, kept hashed, with an end.</summary>
internal sealed class Gateways(Tokens tokens)
{
    /// <summary>Raised when a credential was ended: its connections are to be closed.</summary>
    public event Action? Ended;

    public Task<(string Secret, string Id)> Issue(GatewayPass pass, string label, Duration valid, CancellationToken cancel) =>
        tokens.Issue(TokenPurpose.Gateway, pass.User, pass.Party, "", label, valid, cancel);

    public Task<IReadOnlyList<Token>> All(CancellationToken cancel) => tokens.All(TokenPurpose.Gateway, cancel);

    /// <summary>Ids of the credentials that let somebody in now.</summary>
    public Task<IReadOnlySet<string>> Valid(CancellationToken cancel) => tokens.Valid(TokenPurpose.Gateway, cancel);

    /// <summary>The pass behind a user name and its secret, and the credential's id; null for anyone else.</summary>
    public async Task<(GatewayPass Pass, string Credential)?> Admit(string? user, string? secret, CancellationToken cancel) =>
        user is { Length: > 0 } && secret is { Length: > 0 } && await tokens.AccountOf(TokenPurpose.Gateway, secret, cancel) == user
        && GatewayPass.Of(user) is { } pass ? (pass, Secrets.Id(Secrets.Hash(secret))) : null;

    public async Task End(Token token, CancellationToken cancel)
    {
        await tokens.Revoke(token, TokenPurpose.Gateway, cancel);
        Ended?.Invoke();
    }
}
