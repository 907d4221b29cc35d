namespace Homestretch.Server;

/// <summary>How this server reaches people outside it.</summary>
/// <param name="MailFolder">Every mail is written here as a file; null: none is.</param>
/// <param name="Smtp">Mail server, smtp://USER:PASSWORD@HOST:PORT with STARTTLS or smtps://; null: none.</param>
/// <param name="MailFrom">Address that mails come from, and by which push services reach who runs this server.</param>
/// <param name="PublicUrl">Address at which people open this server, for links; null: the first that it listens on.</param>
public sealed record ReachOptions(string? MailFolder, Uri? Smtp, string MailFrom, Uri? PublicUrl)
{
    public static ReachOptions None { get; } = new(null, null, "homestretch@localhost.localdomain", null);

    public bool MayMail => MailFolder is not null || Smtp is not null;
}
