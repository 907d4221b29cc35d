using System.CommandLine;
using System.CommandLine.Parsing;
using Homestretch.Cli.Demo.Checking;
using Homestretch.Cli.Demo.Gateways;
using Homestretch.Cli.Demo.Mending;
using Homestretch.Cli.Demo.Playing;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Demo;

/// <summary>The <c>demo</c> commands: make the demonstration company, or play it against a server.</summary>
public static class DemoCommands
{
    private static readonly Option<string> s_at = new("--at") { Description = "Simulated present to begin with, ISO 8601 with offset. Default: where the server's world left off, else now." };
    private static readonly Option<int> s_seed = new("--seed") { Description = "The same seed and time give the same company.", DefaultValueFactory = static _ => DemoCompany.DefaultSeed };

    /// <summary><c>demo</c> runs the simulator, <c>demo company</c> writes the company folder.</summary>
    public static Command Build()
    {
        var server = new Option<string>("--server") { Description = "Address of the server, such as http://127.0.0.1:8080. Without it nothing is told over HTTP." };
        var mqtt = new Option<string>("--mqtt") { Description = "Broker as host:port. Without it no telemetry is sent." };
        var speed = new Option<double>("--speed") { Description = "Simulated seconds to one real second; 720 is an hour in five seconds.", DefaultValueFactory = static _ => 720 };
        var control = new Option<int?>("--control") { Description = "Loopback port that takes control lines: POST /control, GET /status." };
        var token = new Option<string>("--token") { Description = "Bearer token for the server." };
        var tokenFile = new Option<FileInfo>("--token-file") { Description = "File that holds the bearer token; waited for." };
        var user = new Option<string>("--user") { Description = "Name for the server and the broker." };
        var password = new Option<string>("--password") { Description = "Password for the server and the broker." };
        var edges = new Option<string>("--edges") { Description = "Folder of the suppliers' edges and hour meters. Default: one among temporary files for each server." };
        var demo = new Command("demo", "Plays the demonstration company Meridian Cycles (fictional): its machines, its suppliers' gateways, its trade.")
        {
            server, mqtt, speed, s_seed, s_at, control, token, tokenFile, user, password, edges,
        };
        demo.Subcommands.Add(Company());
        demo.Subcommands.Add(PlayWeeks());
        demo.Subcommands.Add(ReadyCommand.Build(s_at, s_seed));
        demo.Subcommands.Add(DelaysCommand.Build(s_at));
        demo.Subcommands.Add(ContestCommand.Build(s_at));
        demo.Subcommands.Add(MendingCommand.Build(s_at));
        demo.Subcommands.Add(FitModels());
        demo.SetAction(async (parsed, cancel) =>
        {
            if (!Begin(parsed, out Instant? at)) return 2;
            Uri? address = null;
            if (parsed.GetValue(server) is { } site && !Uri.TryCreate(site, UriKind.Absolute, out address)) return Bad($"'{site}' is no address of a server, such as http://127.0.0.1:8080.");
            BrokerAddress? broker = null;
            if (parsed.GetValue(mqtt) is { } post && (broker = Broker(post, parsed.GetValue(user), parsed.GetValue(password))) is null) return Bad($"'{post}' is no broker address, such as 127.0.0.1:1883.");
            if (parsed.GetValue(speed) is not (> 0 and <= 86400)) return Bad("Give a speed above 0 and at most 86400.");
            string? bearer = parsed.GetValue(tokenFile) is { } file ? await Waited(file, cancel) : parsed.GetValue(token);
            var options = new SimulatorOptions(address, broker, bearer, parsed.GetValue(user), parsed.GetValue(password), at,
                parsed.GetValue(s_seed), parsed.GetValue(speed), TimeSpan.FromSeconds(1), parsed.GetValue(edges));
            return await Run(options, parsed.GetValue(control), cancel);
        });
        return demo;
    }

    /// <summary>Fits the models of the machines' wearing parts anew, from the simulated history.</summary>
    private static Command FitModels()
    {
        var folder = new Option<string>("--out") { Description = "Folder to write.", Required = true };
        var command = new Command("models", "Fits the models that the demonstration's edges judge their parts with, from a simulated failure history.") { folder };
        command.SetAction((parsed, cancel) =>
        {
            Directory.CreateDirectory(parsed.GetValue(folder)!);
            foreach (var (kind, file, _) in PartModels.Kinds)
            {
                var (fitted, bytes) = PartModels.Fit(kind, PartModels.Made, cancel);
                File.WriteAllBytes(Path.Combine(parsed.GetValue(folder)!, file), bytes);
                Console.Out.WriteLine($"{file}: {fitted.Units} simulated parts; held out: RMSE {fitted.HeldOut.Rmse:0.0} h, mean error {fitted.HeldOut.MeanAbsolute:0.0} h, the 90 % interval held {100 * fitted.HeldOut.Coverage:0.0} %");
            }
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>The token in a file that the server writes when it starts.</summary>
    private static async Task<string> Waited(FileInfo file, CancellationToken cancel)
    {
        if (!file.Exists) Console.Error.WriteLine($"Waiting for {file.FullName}.");
        for (; !file.Exists; file.Refresh()) await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
        return (await File.ReadAllTextAsync(file.FullName, cancel)).Trim();
    }

    private static async Task<int> Run(SimulatorOptions options, int? port, CancellationToken cancel)
    {
        using var controls = new Controls();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // The console's own ReadLineAsync blocks its caller.
        Task reading = Task.Run(() => controls.Read(Console.In, Console.Out, stop.Token), stop.Token), listening = port is { } p ? controls.Listen(p, stop.Token) : Task.CompletedTask;
        try
        {
            await new Simulator(options, controls, TimeProvider.System, static line => Console.Error.WriteLine(line)).Run(stop.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
        }
        await stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(reading, listening), Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        return 0;
    }

    private static Command Company()
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write the CSV files to; made when missing.", Required = true };
        var past = new Option<int>("--past-days") { Description = $"Days of executed deliveries before the last weeks; a server's demonstration has {Past.Remembered}." };
        var company = new Command("company", "Writes Meridian Cycles as a company folder, relative to a moment.") { s_at, s_seed, folder, past };
        company.SetAction(parsed =>
        {
            if (!Begin(parsed, out Instant? at)) return 2;
            Instant start = Voyage.Whole(at ?? SystemClock.Instance.GetCurrentInstant());
            DirectoryInfo to = parsed.GetValue(folder)!;
            Snapshot world = Snapshot.Of(DemoCompany.Make(start, parsed.GetValue(s_seed), pastDays: parsed.GetValue(past)));
            Write(world, to);
            Console.Error.WriteLine($"Meridian Cycles (fictional) as of {start}: {world.OrderLines.Count} order lines, {world.Lots.Count} lots, {world.Machines.Count} machines in {to.FullName}");
            return 0;
        });
        return company;
    }

    private static Command PlayWeeks()
    {
        var count = new Option<int>("--weeks") { Description = "How many weeks to play.", DefaultValueFactory = static _ => 5 };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write the company to as it stands at the end; made when missing." };
        var command = new Command("weeks", "Plays Meridian Cycles beside the planner for weeks, without a server, and says what became of it.") { s_at, s_seed, count, folder };
        command.SetAction(parsed =>
        {
            if (!Begin(parsed, out Instant? at)) return 2;
            if (parsed.GetValue(count) is not (> 0 and <= 104)) return Bad("Give at least 1 week and at most 104.");
            var weeks = new Weeks(at ?? SystemClock.Instance.GetCurrentInstant(), parsed.GetValue(s_seed));
            Console.WriteLine(Week.Head);
            for (int n = 1; n <= parsed.GetValue(count); n++)
            {
                Week week = weeks.Next();
                Console.WriteLine(week.Row(n));
                foreach (string stuck in week.Stuck) Console.Error.WriteLine(stuck);
            }
            if (parsed.GetValue(folder) is { } to) Write(weeks.World, to);
            foreach (Finding refused in weeks.Refused) Console.Error.WriteLine($"Refused: {refused}");
            return weeks.Refused.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Write(Snapshot world, DirectoryInfo to)
    {
        to.Create();
        foreach (var (name, bytes) in CompanyFolder.Write(world)) File.WriteAllBytes(Path.Combine(to.FullName, name), bytes);
    }

    /// <summary>A moment as ISO 8601 with offset; null when the text is none.</summary>
    internal static Instant? Moment(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } dated ? dated.Value.ToInstant() : null;

    /// <summary>host:port; null when it is not.</summary>
    internal static BrokerAddress? Broker(string address, string? user, string? password) =>
        address.LastIndexOf(':') is var colon and > 0 && ushort.TryParse(address.AsSpan(colon + 1), out ushort port) ? new(address[..colon], port, user, password) : null;

    private static bool Begin(ParseResult parsed, out Instant? at)
    {
        at = parsed.GetValue(s_at) is { } text ? Moment(text) : null;
        bool good = at is not null || parsed.GetValue(s_at) is null;
        if (!good) Bad($"'{parsed.GetValue(s_at)}' is no date and time with offset, such as 2026-11-24T09:00:00Z.");
        return good;
    }

    private static int Bad(string what)
    {
        Console.Error.WriteLine(what);
        return 2;
    }
}
