using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>Tells the audit log who did what, and from where.</summary>
internal delegate Task Noting(AuditAction action, string subject, string detail);

/// <summary>Lets people in and out: invitations, new passwords, the first administrator, gateways. Checked against the parties of the world; what an
/// administrator does is noted.</summary>
internal sealed class People(Accounts accounts, Joining joining, Gateways gateways, Planner planner, LiveWorld live)
{
    private static readonly Duration s_linkValid = Duration.FromHours(72);
    public static readonly Duration LongestToken = Duration.FromDays(366);

    /// <summary>A one-time path for a new person of a party, valid three days.</summary>
    public async Task<(string? Path, Finding? Wrong)> Invite(Noting note, string login, string party, Role role, CancellationToken cancel)
    {
        login = PeopleRules.Normal(login);
        if (!PeopleRules.IsLogin(login)) return (null, Wrong("login", "login", $"'{login}' is no login.", $"Use {PeopleRules.LoginRule}"));
        if (await KindOf(party) is not { } kind) return (null, Wrong("party", "unknown-key", $"There is no party '{party}'.", "Load the company first, or check the code."));
        if (!PeopleRules.MayHave(kind, role)) return (null, Wrong("role", "role-of-party", $"People of {party} may not be {Words.Of(role)}.",
            kind == PartyKind.Brand ? "The brand owner's people have any role but supplier." : "People of other parties have the role supplier."));
        if (await accounts.Any(login, cancel) is not null) return (null, Wrong("login", "login-taken", $"There is an account '{login}' already.", "Choose another login, or give that person a new password."));
        string secret = await joining.Issue(new(LinkPurpose.Invitation, login, party, role), s_linkValid, cancel);
        await note(AuditAction.Invited, login, $"{Words.Of(role)} of {party}");
        return ($"/join/{secret}", null);
    }

    /// <summary>A one-time path to choose a new password with, valid three days; null: there is no such account that may sign in.</summary>
    public async Task<string?> Renew(Noting note, string login, CancellationToken cancel)
    {
        if (await accounts.Find(PeopleRules.Normal(login), cancel) is not { } a) return null;
        string secret = await joining.Issue(new(LinkPurpose.Password, a.Login, a.Party, a.Role), s_linkValid, cancel);
        await note(AuditAction.PasswordLinkMade, a.Login, "");
        return $"/join/{secret}";
    }

    /// <summary>Shuts a person out, which ends their sessions and tokens, or lets them in again. Null: done.</summary>
    /// <param name="by">Who does it, and cannot shut themselves out.</param>
    public async Task<Finding?> Let(Noting note, string by, string login, bool allowed, CancellationToken cancel)
    {
        login = PeopleRules.Normal(login);
        if (!allowed && login == by) return Wrong("login", "yourself", "Nobody can shut themselves out.", "Ask another administrator.");
        if (!await accounts.Disable(login, !allowed, cancel)) return Wrong("login", "unknown-key", $"There is no account '{login}'.", "Choose one of the list.");
        await note(allowed ? AuditAction.Enabled : AuditAction.Disabled, login, "");
        return null;
    }

    /// <summary>The one-time path for the first administrator, valid a day.</summary>
    public async Task<string> First(CancellationToken cancel) => $"/join/{await joining.Issue(new(LinkPurpose.First, "", "", Role.Administrator), Duration.FromHours(24), cancel)}";

    /// <summary>Takes a one-time link up. Null: done.</summary>
    /// <param name="login">Chosen by the first administrator only, as is <paramref name="party"/>.</param>
    public async Task<Finding?> Join(string secret, Link link, string login, string name, string party, string password, CancellationToken cancel)
    {
        Account account = link.Purpose switch
        {
            LinkPurpose.First => new(PeopleRules.Normal(login), name.Trim(), Role.Administrator, party.Trim(), null, false),
            LinkPurpose.Invitation => new(link.Login, name.Trim(), link.Role, link.Party, null, false),
            _ => await accounts.Find(link.Login, cancel) is { } known ? known with { Password = "" } : new(link.Login, "", link.Role, link.Party, "", false),
        };
        if (!PeopleRules.IsLogin(account.Login)) return Wrong("login", "login", $"'{account.Login}' is no login.", $"Use {PeopleRules.LoginRule}");
        if (account.Name.Length is 0 or > 100) return Wrong("name", "name", "The name is missing or too long.", "Write your name, up to 100 characters.");
        if (link.Purpose == LinkPurpose.First && await WrongBrand(account.Party) is { } wrong) return wrong;
        if (!PeopleRules.IsPassword(account.Login, password)) return Wrong("password", "password", "That password will not do.", PeopleRules.PasswordRule);
        return await joining.Use(secret, account, password, cancel) ? null
            : Wrong("link", "link-used", "This link was used or has expired.", "Ask an administrator for a new one.");
    }

    /// <summary>A new credential for a party's gateway.</summary>
    public async Task<(GatewayPass? Pass, string Secret, string Id, Finding? Wrong)> Connect(string party, string node, string label, Duration valid, CancellationToken cancel)
    {
        if (await KindOf(party) is null) return (null, "", "", Wrong("party", "unknown-key", $"There is no party '{party}'.", "Load the company first, or check the code."));
        if (GatewayPass.Of($"{party}/{node}") is not { } pass) return (null, "", "", Wrong("node", "topic-id", $"'{node}' is no edge node id.", "Use 1 to 256 characters without + # / and NUL."));
        var (secret, id) = await gateways.Issue(pass, label, valid, cancel);
        return (pass, secret, id, null);
    }

    /// <summary>Before the company is loaded any code will do: the first load must then bring that party as the brand owner.</summary>
    private async Task<Finding?> WrongBrand(string party)
    {
        if (party.Length is 0 or > 64 || party.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))) return Wrong("party", "key", $"'{party}' is no party code.", "Use letters, digits, '-', '_' and '.', as in the parties table.");
        PartyKind? kind = await KindOf(party);
        return planner.Empty || kind == PartyKind.Brand ? null : Wrong("party", "not-brand", "The first administrator belongs to the brand owner.", "Give the code of the brand owner, as in the parties table.");
    }

    private async Task<PartyKind?> KindOf(Key<Party> party)
    {
        await planner.Started;
        lock (live.Gate) return live.World.Parties.Find(party)?.Kind;
    }

    private static Finding Wrong(string field, string rule, string what, string cure) => new(new("request", 0, field), rule, what, cure);
}
