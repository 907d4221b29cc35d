using Homestretch.Server.Storage;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>What a fresh start needs: the demo's persons, or a one-time link for the first administrator.</summary>
internal static partial class FirstStart
{
    public static async Task Prepare(WebApplication app)
    {
        await app.Services.GetRequiredService<Database>().Migrate(CancellationToken.None);
        Accounts accounts = app.Services.GetRequiredService<Accounts>();
        People people = app.Services.GetRequiredService<People>();
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Homestretch.Start");
        ServerOptions options = app.Services.GetRequiredService<ServerOptions>();
        if (options.Demo)
        {
            foreach (DemoPerson person in DemoPersons.All) await accounts.Put(person.Login, person.Name, person.Role, DemoPersons.PartyOf(person), null, CancellationToken.None);
            Account admin = (await accounts.Find("admin", CancellationToken.None))!;
            var (token, _) = await app.Services.GetRequiredService<Tokens>().Issue(TokenPurpose.Api, admin.Login, admin.Party, admin.Role.ToString(), "demonstration", People.LongestToken, CancellationToken.None);
            Directory.CreateDirectory(options.DataFolder);
            string file = Path.Combine(options.DataFolder, "demo-token");
            await File.WriteAllTextAsync(file, token);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        else
        {
            await accounts.RemoveDemonstration(CancellationToken.None);
            if ((await accounts.All(CancellationToken.None)).Count == 0) LogFirst(log, await people.First(CancellationToken.None));
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "No account exists yet. Open this path once, within a day, to make the first administrator: {Path}")]
    private static partial void LogFirst(ILogger log, string path);
}
