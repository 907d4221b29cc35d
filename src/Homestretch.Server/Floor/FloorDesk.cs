using System.Security.Cryptography;
using System.Text.Json;
using Homestretch.Finishing.Floor;
using Homestretch.Products;
using Homestretch.Server.Archiving;
using Homestretch.Server.Live;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Homestretch.Server.Floor;

/// <summary>What a device tells of one operation.</summary>
/// <param name="Number">Its own running number, from 1: told again, the operation is done once.</param>
public sealed record FloorSaying(int Number, FloorAct Act, string? Operator, Instant Happened, string? Item, string? Revision, string? LotNumber, decimal? Quantity, string? From, string? To, string? Build, string? Unit, string? Step,
    string? PartSerial, string? Values, string? Reason);

/// <summary>What a device is answered.</summary>
/// <param name="Said">Why it was refused and what to do, or what differs; empty: nothing but that it is done.</param>
public sealed record FloorSaid(int Number, FloorAnswer Answer, string Rule, string Said, decimal Change, Instant Heard);

/// <summary>The floor's side of the planner: the board of a site, and operations decided one after the other on the world as it is when their turn comes.</summary>
internal sealed class FloorDesk(Planner planner, LiveWorld live, HubClock clock, ReleaseKey key, UnitArchive archive, LedgerArchive ledger, IOptions<JsonOptions> json)
{
    public const int MostAtOnce = 100, MostText = 500;
    private static readonly Duration s_ahead = Duration.FromDays(3);
    private static readonly HashSet<FloorAct> s_stores = [FloorAct.Receive, FloorAct.CloseLot, FloorAct.Move, FloorAct.Hold, FloorAct.Release, FloorAct.Count, FloorAct.Scrap, FloorAct.Pick, FloorAct.Return, FloorAct.Andon];
    private static readonly HashSet<FloorAct> s_builds = [FloorAct.Pick, FloorAct.Return, FloorAct.Begin, FloorAct.Work, FloorAct.TakeOut, FloorAct.Pause, FloorAct.Resume, FloorAct.Andon, FloorAct.Complete, FloorAct.ScrapUnit, FloorAct.ReleaseFirmware];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Snapshot World, FloorBoard Board, byte[] Bytes, string Tag)> _boards = new(StringComparer.Ordinal);

    /// <summary>The board of a site as JSON, with a tag that stays while nothing on it changes.</summary>
    public (byte[] Bytes, string Tag) Board(string site)
    {
        var (_, _, bytes, tag) = Made(site);
        return (bytes, tag);
    }

    /// <summary>What stands on the floor of a site, for finding what is new on it.</summary>
    public FloorState State(string site)
    {
        var (world, board, _, _) = Made(site);
        return FloorState.Of(world, board);
    }

    private (Snapshot World, FloorBoard Board, byte[] Bytes, string Tag) Made(string site)
    {
        Snapshot world;
        lock (live.Gate) world = live.World;
        lock (_gate)
            if (_boards.TryGetValue(site, out var made) && ReferenceEquals(made.World, world)) return made;
        FloorBoard board = FloorBoards.Of(world, new Variants(world), site, clock.Now, s_ahead);
        string tag = Convert.ToHexStringLower(SHA256.HashData(Bytes(board with { Version = 0, Made = default })).AsSpan(0, 12));
        byte[] bytes = Bytes(board);
        lock (_gate) return _boards[site] = (world, board, bytes, tag);
    }

    /// <summary>Does what a device says, in its order; each is done or refused, and kept with its answer.</summary>
    /// <returns>The answers in the same order, or findings and nothing done.</returns>
    public async Task<(IReadOnlyList<FloorSaid> Answers, IReadOnlyList<Finding> Findings)> Tell(FloorDevice device, IReadOnlyList<FloorSaying> said, CancellationToken cancel)
    {
        Finding[] wrong = [.. said.Select(static (s, i) => (Wrong: Broken(s), i)).Where(static x => x.Wrong is not null).Select(x => new Finding(new("operations", x.i + 1, x.Wrong!), "operation", $"The {x.Wrong} of operation {said[x.i].Number} cannot be taken.", "Number from 1; keep texts below 500 characters."))];
        if (said.Count > MostAtOnce) wrong = [new(new("operations"), "too-many", $"{said.Count} operations at once.", $"Send at most {MostAtOnce}.")];
        if (wrong.Length > 0) return ([], wrong);
        IReadOnlySet<string> archived = await archive.Taken([.. said.Where(static s => s.Act == FloorAct.Begin).Select(static s => Text(s.Unit)).Distinct()], cancel);
        List<FloorOperation> answers = [];
        Finding? broken = null;
        Answer told = await Decide([.. said.Select(s => Key(device, s))], device.Party, (world, before) =>
        {
            answers.Clear();
            broken = null;
            var variants = new Variants(world);
            var events = new List<WorldEvent>();
            foreach (FloorSaying s in said)
            {
                FloorDecision decision = !world.FloorOperations.Contains(Key(device, s)) && before.TryGetValue(Key(device, s), out FloorOperation? then) ? new(then, []) : Decided(world, variants, device, Operation(device, s), archived);
                answers.Add(decision.Operation);
                if (decision.Events.Count == 0) continue;
                IReadOnlyList<WorldEvent> signed = key.Signed(decision.Events);
                Applied applied = world.Apply(signed, "floor");
                if (!applied.Accepted)
                {
                    broken = new(new("operations", answers.Count), "does-not-apply", $"Operation {s.Number} was decided, but what it does cannot be: {applied.Findings[0]}", "Leave it out and tell who runs the hub.");
                    return [];
                }
                world = applied.World;
                events.AddRange(signed);
            }
            return events;
        }, cancel);
        if (broken is not null) return ([], [broken]);
        return told.Accepted ? ([.. answers.Zip(said, static (a, s) => new FloorSaid(s.Number, a.Answer, a.Rule, a.Said, a.Change, a.Heard))], []) : ([], told.Findings);
    }

    /// <summary>Decides in a turn of the planner, with those of the operations that have left the world before: none is done twice.</summary>
    private async Task<Answer> Decide(IReadOnlyCollection<string> keys, string party, Func<Snapshot, IReadOnlyDictionary<string, FloorOperation>, IReadOnlyList<WorldEvent>> decide, CancellationToken cancel)
    {
        while (true)
        {
            long left = ledger.Left;
            IReadOnlyDictionary<string, FloorOperation> before = await ledger.Find(keys, cancel);
            bool older = false;
            Answer told = await planner.Decide(world => (older = ledger.Left != left) ? [] : decide(world, before), party, cancel);
            if (!older) return told;      // else some have left since the archive was asked
        }
    }

    /// <summary>The office says where a lot stands with customs: kept among the floor's operations like anything else, and done once under its own name.</summary>
    /// <param name="operation">Name that the caller gives it; told again it is done once.</param>
    public async Task<FloorSaid> SetCustoms(string party, string site, string operation, string lot, string item, CustomsStanding standing, string document, string reason, CancellationToken cancel)
    {
        string key = $"office/{operation}";
        FloorOperation? answer = null;
        Answer told = await Decide([key], party, (world, before) =>
        {
            FloorDecision decision = before.TryGetValue(key, out FloorOperation? then) ? new(then, []) : FloorDeciding.Decide(world, new Variants(world), new(key, party, site, FloorAct.SetCustoms, "office", "", clock.Now, default, item, "", lot, null, "", "", "", "", "", "", $"customs={Words.Of(standing)}; document={document}", reason, FloorAnswer.Accepted, 0, "", ""), clock.Now);
            answer = decision.Operation;
            return decision.Events;
        }, cancel);
        if (!told.Accepted) throw new InvalidOperationException($"What the office said does not apply: {told.Findings[0]}");
        return new(0, answer!.Answer, answer.Rule, answer.Said, answer.Change, answer.Heard);
    }

    /// <summary>What a device's role does not do, and a serial number of a unit that has left the world, is refused and kept like anything else.</summary>
    private FloorDecision Decided(Snapshot world, Variants variants, FloorDevice device, FloorOperation operation, IReadOnlySet<string> archived)
    {
        Instant now = clock.Now;
        bool may = device.Role == Role.Administrator || (device.Role == Role.Warehouse ? s_stores : s_builds).Contains(operation.Act);
        bool used = operation.Act == FloorAct.Begin && archived.Contains(operation.Unit) && !world.Units.Contains(operation.Unit);
        if ((may && !used) || world.FloorOperations.Contains(operation.Id)) return FloorDeciding.Decide(world, variants, operation, now);
        FloorOperation refused = operation with { Heard = now, Happened = Instant.Min(operation.Happened, now), Answer = FloorAnswer.Refused, Rule = may ? "serial-used" : "role",
            Said = may ? $"{operation.Unit} was built before and is in the archive. Scan the serial number of the unit that you begin." : $"This device is not for that: {Words.Of(operation.Act)}. Use one of the {(device.Role == Role.Warehouse ? "line" : "warehouse")}." };
        return new(refused, [new WorldEvent.Put(refused)]);
    }

    private static string Key(FloorDevice device, FloorSaying s) => $"{device.Install}/{s.Number}";

    private static FloorOperation Operation(FloorDevice device, FloorSaying s) =>
        new(Key(device, s), device.Party, device.Site, s.Act, device.Name, Text(s.Operator), s.Happened, default, Text(s.Item), Text(s.Revision), Text(s.LotNumber), s.Quantity, Text(s.From), Text(s.To), Text(s.Build), Text(s.Unit),
            Text(s.Step), Text(s.PartSerial), Text(s.Values), Text(s.Reason), FloorAnswer.Accepted, 0, "", "");

    private static string Text(string? text) => text?.Trim() ?? "";

    /// <summary>The column that cannot be kept; null when all can.</summary>
    private static string? Broken(FloorSaying s) => s.Number < 1 ? "number" : s.Quantity is < 0 or > 1_000_000_000 ? "quantity"
        : new[] { ("operator", s.Operator), ("item", s.Item), ("revision", s.Revision), ("lot_number", s.LotNumber), ("from", s.From), ("to", s.To), ("build", s.Build), ("unit", s.Unit), ("step", s.Step), ("part_serial", s.PartSerial), ("values", s.Values), ("reason", s.Reason) }
            .Where(static t => t.Item2?.Length > MostText).Select(static t => t.Item1).FirstOrDefault();

    private byte[] Bytes(FloorBoard board) => JsonSerializer.SerializeToUtf8Bytes(board, json.Value.SerializerOptions);
}
