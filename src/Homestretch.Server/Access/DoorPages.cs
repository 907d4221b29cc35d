using System.Net;

namespace Homestretch.Server.Access;

/// <summary>The plain pages behind a one-time link: they work before anybody can sign in.</summary>
internal static class DoorPages
{
    public static IResult Form(Link link, Finding? wrong = null, string login = "", string name = "", string party = "")
    {
        string title = link.Purpose switch { LinkPurpose.First => "First administrator", LinkPurpose.Invitation => "Welcome", _ => "A new password" };
        string about = link.Purpose == LinkPurpose.First ? "" : $"<p>Login: <b>{Text(link.Login)}</b>, for {Text(link.Party)}.</p>";
        string fields = link.Purpose == LinkPurpose.First ? $"""
            <label>Login<input name="login" value="{Text(login)}" autocomplete="username" required></label>
            <label>Your name<input name="name" value="{Text(name)}" autocomplete="name" required></label>
            <label>Party code of the brand owner<input name="party" value="{Text(party)}" required></label>
            """ : link.Purpose == LinkPurpose.Invitation ? $"""<label>Your name<input name="name" value="{Text(name)}" autocomplete="name" required></label>""" : "";
        string refused = wrong is null ? "" : $"""<p class="bad" role="alert"><b>{Text(wrong.What)}</b> {Text(wrong.Cure)}</p>""";
        return Page(wrong is null ? 200 : 400, title, $"""
            {about}<p>This link works once.</p>{refused}<form method="post" class="fields">{fields}
            <label>Password<input name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" required aria-describedby="rule"></label>
            <p id="rule" class="hint">{Text(PeopleRules.PasswordRule)}</p><button class="primary">Done</button></form>
            """);
    }

    public static IResult Gone() => Page(410, "This link does not work", "<p>It was used, has expired, or was never given. Ask an administrator for a new one; without any account yet, start the server again and look at what it says.</p>");

    /// <summary>Asks before it ends mail: programs that look at links ahead of people open them, and may end nothing.</summary>
    public static IResult Leave() => Page(200, "No more mail?", """<p>You will get no digest and no mail of critical notices any more. Devices that you added go on.</p><form method="post" class="fields"><button class="primary">No more mail</button></form>""");

    public static IResult Left() => Page(200, "No more mail", "<p>It is done. Sign in and open 'Notify me' in your menu to get mail again.</p>");

    private static IResult Page(int status, string title, string body) => Results.Content($$"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{{title}} - Homestretch</title>
        <link rel="stylesheet" href="/_content/Homestretch.Web/tower.css"><link rel="icon" type="image/svg+xml" href="/_content/Homestretch.Web/mark.svg"></head>
        <body><main class="door"><section class="panel"><h1>{{title}}</h1>{{body}}</section></main></body></html>
        """, "text/html; charset=utf-8", statusCode: status);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
