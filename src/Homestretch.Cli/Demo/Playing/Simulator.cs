using System.Globalization;
using System.Threading.Channels;
using Homestretch.Cli.Demo.Gateways;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>How a simulator is to run.</summary>
/// <param name="Server">The server's address; null: tell nobody over HTTP and play the company as it is made.</param>
/// <param name="Mqtt">Broker address; null: no telemetry.</param>
/// <param name="At">Simulated present to begin with; null: where the server's world left off.</param>
/// <param name="Speed">Simulated seconds to one real second.</param>
/// <param name="Tick">Real time between two steps.</param>
/// <param name="Edges">Folder of the suppliers' edges and of the machines' hour meters; null: one among temporary files that belongs to this server.</param>
internal sealed record SimulatorOptions(Uri? Server, BrokerAddress? Mqtt, string? Token, string? User, string? Password, Instant? At, int Seed, double Speed, TimeSpan Tick, string? Edges = null);

/// <summary>The demonstration as a process: takes the company from the server (or gives it to an empty one), then plays it forward and
/// tells what happens over Sparkplug and the public API.</summary>
internal sealed class Simulator(SimulatorOptions options, Controls controls, TimeProvider real, Action<string> say)
{
    private const int MostWaiting = 50, LearnEvery = 10;
    private static readonly Duration s_longestStep = Duration.FromHours(6);
    private static readonly TableKind[] s_learned = [.. new[] { "parties", "purchase_order_lines", "lots", "order_lines", "builds", "pegs", "maintenance", "passage_closures" }.Select(static n => TableKind.Named(n)!)];

    public async Task Run(CancellationToken cancel)
    {
        using ServerLink? server = options.Server is null ? null
            : new(options.Server, options.Token, options.User, options.Password, $"demo-{options.Seed}-{real.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}", say);
        (Snapshot world, Instant now) = await Begin(server, cancel);
        using Commissioning? commissioning = server is null ? null : new(options.Server!, server.Administrator);
        string? folder = commissioning is null ? null : options.Edges ?? await SupplierGateways.FolderOf(commissioning, cancel);
        if (folder is not null) Directory.CreateDirectory(folder);
        else say("No edges can be set up here: only suppliers whose gateways speak Sparkplug are heard.");
        HourMeters? meters = folder is null ? null : new(Path.Combine(folder, "hour-meters.csv"));
        var play = new Play(world, now, options.Seed, meters?.Read());
        var pace = new Pace(now, options.Speed, real);
        if (server is not null) await server.Clock(now, pace.TimesReal, cancel);
        await using SupplierGateways gateways = folder is null ? new(options.Mqtt, play.Machines.Select(static m => m.Machine), now, say) : new(options.Mqtt, commissioning!, folder, play.Machines, now, say);
        say($"Playing {Catalogue.Family} (fictional) from {now}, {options.Speed:0} times real time. {play.Status}");
        using var timer = new PeriodicTimer(options.Tick, real);
        for (long tick = 1; !cancel.IsCancellationRequested; tick++)
        {
            await Obey(play, pace, gateways, cancel);
            await Step(play, pace, server, gateways, meters, tick, cancel);
            if (tick % 30 == 0) say($"{play.Status}{(server is null ? "" : $", {server.Waiting} batches waiting, {server.Refused} refused")}");
            if (!await timer.WaitForNextTickAsync(cancel)) return;
        }
    }

    /// <summary>The world and the simulated present to begin with.</summary>
    private async Task<(Snapshot World, Instant Now)> Begin(ServerLink? server, CancellationToken cancel)
    {
        Instant wall = Instant.FromDateTimeOffset(real.GetUtcNow());
        if (server is null) return (Snapshot.Of(DemoCompany.Make(options.At ?? wall, options.Seed)), Voyage.Whole(options.At ?? wall));
        Snapshot? world = await server.World(cancel);
        if (world is null) say($"Waiting for {options.Server}.");
        while (world is null)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), real, cancel);
            world = await server.World(cancel);
        }
        if (world.Parties.Count == 0)
        {
            Instant start = Voyage.Whole(options.At ?? wall);
            IRecord[] company = [.. DemoCompany.Make(start, options.Seed, pastDays: Past.Remembered)];
            server.Tell([.. company.Select(static r => new WorldEvent.Put(r))]);
            while (!await server.Send(cancel)) await Task.Delay(TimeSpan.FromSeconds(1), real, cancel);
            say($"The server was empty; it now has Meridian Cycles as of {start}.");
            await server.Clock(start, options.Speed, cancel);
            if (await server.TrainDelays(cancel)) say("It learns from the deliveries that it now remembers how late the next ones are.");
            return (Snapshot.Of(company), start);
        }
        return (world, options.At ?? await server.Clock(cancel) ?? LastWord(world) ?? wall);
    }

    private async Task Step(Play play, Pace pace, ServerLink? server, SupplierGateways gateways, HourMeters? meters, long tick, CancellationToken cancel)
    {
        Instant before = play.Now;
        if (server is null || server.Waiting < MostWaiting)
        {
            Instant to = Instant.Min(pace.Now, play.Now + s_longestStep);
            if (to > play.Now)
            {
                Step step = play.To(to);
                server?.Tell(step.Told);
                // a machine is never heard to be older than its meter shows
                meters?.Write(play.Machines);
                await gateways.Publish(step.Now, pace.TimesReal, step.Readings, cancel);
            }
        }
        if (server is null) return;
        await server.Clock(play.Now, pace.TimesReal, cancel);
        if (!await server.Send(cancel)) return;
        if (Duty.Looks(before, play.Now) && await server.Promises(cancel) is { } p && Duty.StepsIn(p.AtRisk, p.Broken, p.Promises)) say(await server.RePlan(cancel));
        if (tick % LearnEvery == 0) await Learn(play, server, cancel);
    }

    /// <summary>Takes in what planners and others changed; only when the server has heard all we had to tell.</summary>
    private async Task Learn(Play play, ServerLink server, CancellationToken cancel)
    {
        var tables = new Dictionary<TableKind, IReadOnlyCollection<IRecord>>();
        foreach (TableKind kind in s_learned)
        {
            if (await server.Rows(kind, cancel) is not { } rows) return;
            tables.Add(kind, rows);
        }
        if (play.Learn(tables) is [var first, ..]) say($"What the server has does not fit: {first}");
    }

    private async Task Obey(Play play, Pace pace, SupplierGateways gateways, CancellationToken cancel)
    {
        ChannelReader<(string Line, TaskCompletionSource<string> Answer)> lines = controls.Lines;
        while (lines.TryRead(out var asked))
        {
            string[] words = asked.Line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            asked.Answer.SetResult(await gateways.Obey(words, cancel) ?? Obey(play, pace, words));
        }
    }

    private static string Obey(Play play, Pace pace, string[] words)
    {
        switch (words)
        {
            case ["pause"]: pace.Pause(); return $"Paused at {play.Now}.";
            case ["resume"]: pace.Resume(); return "Goes on.";
            case ["speed", var n] when double.TryParse(n, CultureInfo.InvariantCulture, out double speed) && speed is > 0 and <= 86400:
                pace.SetSpeed(speed);
                return $"{speed} times real time.";
            case ["status"]: return $"{play.Status}, {pace.TimesReal:0} times real time";
            default: return play.Obey(words);
        }
    }

    /// <summary>The latest moment anybody in the world has spoken of the past: where play left off.</summary>
    private static Instant? LastWord(Snapshot world) => world.Milestones.Select(static m => (Instant?)m.Reported)
        .Concat(world.MachineReports.Select(static r => (Instant?)r.AsOf)).Concat(world.OrderLines.Select(static o => (Instant?)o.Ordered)).Max();
}
