using Homestretch.World;
using NodaTime;
using SeaPassage = Homestretch.World.Passage;

namespace Homestretch.Cli.Demo.Playing;

/// <summary>What came of one step: what is told to the server, and what the machines read.</summary>
internal sealed record Step(Instant Now, IReadOnlyList<WorldEvent> Told, IReadOnlyList<MachineReading> Readings);

/// <summary>The whole demonstration played forward in time, without sockets or clocks: the same world, seed and steps give the same
/// events and readings.</summary>
internal sealed class Play
{
    /// <summary>Longest span the players take in one go.</summary>
    private static readonly Duration s_stride = Duration.FromMinutes(15);

    private readonly Stage _stage;
    private readonly Forwarder _forwarder;
    private readonly Customers _customers;
    private readonly Buyers _buyers;
    private readonly Hub[] _hubs;
    private readonly MachinePlayer[] _machines;

    /// <param name="parts">What hour meters show; a machine that is not among them begins the demonstration's life of its part.</param>
    public Play(Snapshot world, Instant now, int seed, IReadOnlyDictionary<string, PartLife>? parts = null)
    {
        _stage = new(world, now, new Draw(seed));
        _forwarder = new(_stage);
        _customers = new(_stage);
        _buyers = new(_stage);
        _hubs = [.. world.AssemblyLines.Select(l => new Hub(_stage, l))];
        _machines = [.. Plants.Machines.Where(m => world.Machines.Contains(m.Key)).Select(m => new MachinePlayer(m, _stage, parts?.GetValueOrDefault(m.Key) ?? default))];
    }

    public Instant Now => _stage.Now;
    public Snapshot World => _stage.World;
    public IReadOnlyList<Finding> Refused => _stage.Refused;
    public IReadOnlyList<MachinePlayer> Machines => _machines;

    /// <summary>Plays on to a moment, in strides of at most a quarter of an hour. Readings are those of every stride, in order.</summary>
    public Step To(Instant to)
    {
        List<MachineReading> readings = [];
        while (_stage.Now < to)
        {
            _stage.Advance(Instant.Min(to, _stage.Now + s_stride));
            readings.AddRange(_machines.Select(static m => m.Play()));
            _forwarder.Play();
            foreach (Hub hub in _hubs) hub.Play();
            _customers.Play();
            _buyers.Play();
        }
        return new(_stage.Now, _stage.Told(), readings);
    }

    /// <summary>Takes in whole tables as the server has them; findings when they do not fit.</summary>
    public IReadOnlyList<Finding> Learn(IReadOnlyDictionary<TableKind, IReadOnlyCollection<IRecord>> tables) => _stage.Learn(tables);

    /// <summary>One line of a demonstrator: down, up, delay, storm, close, open. The other words belong to the clock.</summary>
    public string Obey(string[] words) => words switch
    {
        ["down", var machine, .. var reason] => On(machine, m => m.Down(reason.Length > 0 ? string.Join(' ', reason) : "stopped by a demonstrator"), "is down"),
        ["up", var machine] => On(machine, static m => m.Up(), "runs again"),
        ["delay", var shipment, var days] when double.TryParse(days, out double d) && d > 0 => _forwarder.Delay(shipment, d),
        ["storm", var site, var days] when double.TryParse(days, out double d) && d > 0 => _forwarder.Storm(site, d),
        ["close", var name, .. var note] when Words.Find<SeaPassage>(name) is { } passage => Close(passage, string.Join(' ', note)),
        ["open", var name] when Words.Find<SeaPassage>(name) is { } passage => Open(passage),
        ["close" or "open", ..] => $"Say which passage: {string.Join(", ", Words.Of<SeaPassage>())}.",
        _ => $"'{string.Join(' ', words)}' is no order. Say: down MACHINE [REASON], up MACHINE, delay SHIPMENT DAYS, storm SITE DAYS, close PASSAGE [NOTE], open PASSAGE, sign SUPPLIER, unplug SUPPLIER, plug SUPPLIER, speed N, pause, resume, status.",
    };

    /// <summary>What stands and moves, for the status line.</summary>
    public string Status => $"{Now:uuuu-MM-dd HH:mm}Z, machines {string.Join(", ", _machines.GroupBy(static m => m.State).OrderBy(static g => g.Key).Select(static g => $"{g.Count()} {Words.Of(g.Key)}"))}, "
        + $"{_forwarder.UnderWay.Count()} shipments under way, {World.OrderLines.Count(static o => o.Status is OrderStatus.Approved or OrderStatus.Confirmed)} open order lines";

    /// <summary>Nobody knows when it opens again; ships that would pass it turn at once.</summary>
    private string Close(SeaPassage passage, string note)
    {
        string name = Wording(passage);
        if (World.PassageClosures.Any(c => c.Passage == passage && c.Holds(Now))) return $"{name} is closed already.";
        _stage.Put(new PassageClosure(passage, Voyage.Whole(Now), Cast.Brand, null, "Demonstrator", note));
        return $"{name} is closed. Say 'open {Words.Of(passage)}' to open it.";
    }

    private string Open(SeaPassage passage)
    {
        PassageClosure[] closed = [.. World.PassageClosures.Where(c => c.Passage == passage && !(c.Until <= Now))];
        foreach (PassageClosure c in closed) _stage.Put(c with { Until = Instant.Max(c.From, Voyage.Whole(Now)) });
        return $"{Wording(passage)} is open{(closed.Length == 0 ? " already" : "")}.";
    }

    private static string Wording(SeaPassage passage) => Passages.NameOf(passage) is var name ? char.ToUpperInvariant(name[0]) + name[1..] : "";

    private string On(string machine, Action<MachinePlayer> act, string now)
    {
        if (_machines.FirstOrDefault(m => m.Machine.Key == machine) is not { } player) return $"There is no machine '{machine}'. There are: {string.Join(", ", _machines.Select(static m => m.Machine.Key))}.";
        act(player);
        return $"{machine} {now}.";
    }
}
