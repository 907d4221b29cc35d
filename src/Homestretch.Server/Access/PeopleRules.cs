using Homestretch.Web.Window;
using Homestretch.World;

namespace Homestretch.Server.Access;

/// <summary>What makes a login, a password and a person's role acceptable.</summary>
internal static class PeopleRules
{
    private const int LeastPassword = 12, MostPassword = 200, LeastDifferent = 5;

    /// <summary>The password rule as people read it.</summary>
    public const string PasswordRule = "12 to 200 characters, at least 5 different ones, without your login in it. A few words you can remember are best.";

    /// <summary>The login rule as people read it.</summary>
    public const string LoginRule = "2 to 64 of the characters a-z, 0-9, '.', '-', '_' and '@', beginning with a letter or digit.";

    /// <summary>A login as it is kept and compared.</summary>
    public static string Normal(string login) => login.Trim().ToLowerInvariant();

    public static bool IsLogin(string login) => login.Length is >= 2 and <= 64 && char.IsAsciiLetterOrDigit(login[0])
        && login.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_' or '@');

    public static bool IsPassword(string login, string password) => password.Length is >= LeastPassword and <= MostPassword
        && password.Distinct().Count() >= LeastDifferent && !(login.Length > 0 && password.Contains(login, StringComparison.OrdinalIgnoreCase));

    /// <summary>The roles a party's people may have: the brand owner's all but the supplier's, everyone else's only that one.</summary>
    public static bool MayHave(PartyKind party, Role role) => (party == PartyKind.Brand) != (role == Role.Supplier);
}
