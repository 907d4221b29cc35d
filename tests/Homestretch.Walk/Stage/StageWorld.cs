using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Walk.Stage;

/// <summary>A scripted, fictional world for looking at the screens: a lot's arrival is one normal curve, everything else follows
/// from it. No figure here comes from the planner.</summary>
internal sealed class StageWorld
{
    private static readonly Duration s_day = Duration.FromDays(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StageLot> _lots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<PromiseView>> _promises = new(StringComparer.Ordinal);
    private readonly List<Pin> _pins = [];
    private readonly List<ChangeView> _changes = [];

    public StageWorld()
    {
        for (int k = 0; k < 64; k++) Kits.Add(Kit(k));
        foreach (var part in StageSeed.Parts.Where(static p => p.Lane.Length > 0))
        {
            for (int j = 0; j < 7; j++) Add(part.Item, part.Lane, j);
        }
        foreach (StageKit kit in Kits.Where(static k => k.Number % 9 != 4))
        {
            Instant asked = kit.Start + Duration.FromDays(4.2 + StageSeed.Draw($"p{kit.Number}") * 4);
            _promises[kit.OrderLine] = [new(1, asked, 0.9, StageSeed.Start - Duration.FromDays(40), "dana", "first promise at P90")];
        }
        Shift("TW-WH-L2", 2.6, "Wheel lacing cell lost a shift", "TW-LACE-03");
        Shift("KR-L3", 5.5, "Busan: container rolled to the next sailing", null);
        Shift("VN-TY-L2", 2, "Customs hold at Savannah, tariff papers asked for", null);
        Shift("HU-L6", 4, "Winder HU-WIND-05 down: spindle bearing", "HU-WIND-05");
        Shift("CNE-L2", -1.5, "Vessel Ever Glint arrived a day and a half early", null);
    }

    public long Version { get; private set; } = 4200;
    public Instant Now { get; set; } = StageSeed.Start;
    public List<StageKit> Kits { get; } = [];
    public IReadOnlyCollection<StageLot> Lots => _lots.Values;
    public IReadOnlyList<ChangeView> Changes { get { lock (_gate) return [.. _changes]; } }
    public event Action<LiveNote>? Changed;

    public StageLot? Lot(string key) => _lots.GetValueOrDefault(key);
    public IReadOnlyList<PromiseView> Promises(string orderLine) => _promises.GetValueOrDefault(orderLine) ?? [];
    public IReadOnlyList<Pin> Pins(string orderLine) => [.. _pins.Where(p => p.Target == orderLine)];

    /// <summary>Moves a lot's arrival by days and tells everyone, as a message from its supplier would.</summary>
    public void Shift(string lot, double days, string cause, string? machine)
    {
        LiveNote note;
        lock (_gate)
        {
            StageLot moved = _lots[lot];
            _lots[lot] = moved with { P50 = moved.P50 + s_day * days, AsOf = Now };
            string[] held = [.. Kits.Where(k => k.Pegs.Values.Contains(lot)).Select(static k => k.OrderLine)];
            string consequence = held.Length == 0 ? "" : $"{held[0]} for {Kits.First(k => k.OrderLine == held[0]).Customer} moves {Homestretch.Web.Showing.When.Days(Math.Max(0, days - 1.2))} at P90";
            Version++;
            _changes.Insert(0, new(Version, Now - Duration.FromMinutes(7 * _changes.Count), Now, "milestones", lot, cause, days > 0 ? consequence : "", days, days > 0 ? held.Length : 0, days > 3 ? 2 : 0, days, days > 0 ? held.FirstOrDefault() : null, lot, machine));
            note = new(Version, held, [lot], machine is null ? [] : [machine], Duration.FromMilliseconds(12));
        }
        Changed?.Invoke(note);
    }

    public Told Give(string orderLine, PromiseView promise)
    {
        if (!_promises.TryGetValue(orderLine, out var given)) _promises[orderLine] = given = [];
        given.Add(promise with { Version = given.Count + 1 });
        return Tell(orderLine);
    }

    public Told Hold(Pin pin) { _pins.Add(pin); return Tell(pin.Target); }
    public Told Release(string pin) { _pins.RemoveAll(p => p.Key.Value == pin); return Tell(null); }

    private Told Tell(string? orderLine)
    {
        Version++;
        Changed?.Invoke(new(Version, orderLine is null ? [] : [orderLine], [], [], null));
        return new(true, Version, []);
    }

    private static StageKit Kit(int k)
    {
        LocalDate day = new(2026, 11, 24);
        for (int work = k / 6; work > 0;) { day = day.PlusDays(1); if (day.DayOfWeek < IsoDayOfWeek.Saturday) work--; }
        Instant start = day.At(new LocalTime(6, 30).PlusMinutes(k % 6 / 2 * 170)).InZoneLeniently(StageSeed.Zone).ToInstant();
        var pegs = StageSeed.Parts.Where(static p => p.Lane.Length > 0).Select((p, g) => (p.Item, Lot: Name(p.Item, p.Lane, Math.Min(6, (k + g * 2) / 12))));
        return new(k, $"SO-{7700 + k * 3}/1", StageSeed.Customers[k * 5 % 8], StageSeed.Markets[k * 5 % 8], k % 2 == 0 ? "G1" : "G2", start, 2 + k * 7 % 9, 1 + k * 3 % 4,
            pegs.ToDictionary(static p => p.Item, static p => p.Lot));
    }

    private static string Name(string item, string lane, int j) => lane is "KR" or "HU" or "CNE" or "JP" or "MX" ? $"{lane}-L{j}" : $"{lane}-{item[..2]}-L{j}";

    private void Add(string item, string lane, int j)
    {
        string key = Name(item, lane, j);
        var (_, _, _, p50, p90) = StageSeed.Lanes.First(l => l.Lane == lane);
        var first = Kits.Where(k => k.Pegs[item] == key).Select(static k => k.Start).DefaultIfEmpty(StageSeed.Start + Duration.FromDays(14)).Min();
        double sigma = (0.35 + 0.42 * j) * (p90 - p50) / 11, slack = sigma * (1.3 + 2.2 * StageSeed.Draw(key));
        Instant arrival = first - s_day * slack;
        var asOf = j == 6 && lane == "CNS" ? (Instant?)null : StageSeed.Start - Duration.FromMinutes(4 + 600 * StageSeed.Draw($"a{key}"));
        double days = j < 5 ? p50 : (arrival - StageSeed.Start).TotalDays / (j == 6 ? 0.97 : 0.92);
        _lots[key] = new(key, item, lane, arrival, sigma, arrival + s_day, asOf, 60 + 20 * j, days);
    }
}

/// <param name="Pegs">Lot by item.</param>
internal sealed record StageKit(int Number, string OrderLine, string Customer, string Market, string Line, Instant Start, int Quantity, int Class, IReadOnlyDictionary<string, string> Pegs);

/// <param name="Sigma">Days.</param>
/// <param name="AsOf">Null: never reported, so nothing is known.</param>
internal sealed record StageLot(string Key, string Item, string Lane, Instant P50, double Sigma, Instant Due, Instant? AsOf, int Quantity, double LaneDays)
{
    public Instant P90 => P50 + Duration.FromDays(1.28 * Sigma);
    public double Gone(Instant now) => 1 - (P50 - now).TotalDays / LaneDays;
    public LotState State(Instant now) => P50 < now - Duration.FromDays(0.5) ? LotState.Received : Gone(now) > 0.12 ? LotState.Shipped : Gone(now) > 0.05 ? LotState.Made : Gone(now) > -0.3 ? LotState.Making : LotState.Planned;
    public double? OnTime(Instant by, Instant now) => AsOf is null ? null : State(now) == LotState.Received ? 1 : StageSeed.Phi((by - P50).TotalDays / Sigma);
    public bool Overdue(Instant now) => State(now) != LotState.Received && P50 > Due + Duration.FromDays(1.5);
}
