using Homestretch.Maintaining;
using Homestretch.Promising;
using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>Tries remedies on a branch beside the plan in force and prices what they do, on the same samples.</summary>
internal sealed class Trial
{
    private static readonly double[] s_confidences = [0.5, 0.8, 0.9, 0.95];
    private readonly Plan _inForce;
    private readonly Branch _branch;
    private readonly Dictionary<RemedyKind, double> _reliability;
    private readonly SortedSet<string> _settled = new(StringComparer.Ordinal);      // order lines that what was settled moves

    /// <param name="inForce">Only read: remedies are tried on a copy.</param>
    public Trial(Plan inForce) : this(inForce, inForce.Copy())
    {
    }

    /// <param name="inForce">Only read.</param>
    /// <param name="branch">A plan of the same world, epoch and policy that is nobody else's: it is advanced.</param>
    public Trial(Plan inForce, Plan branch)
    {
        (_inForce, _branch) = (inForce, new Branch(branch));
        _reliability = Outcomes.ByKind(inForce.World, inForce.Epoch).ToDictionary(static s => s.Kind, static s => s.Reliability);
    }

    /// <summary>The plan as things stand.</summary>
    public Plan InForce => _inForce;

    /// <summary>The plan on which the next remedy is tried: as things stand, with what was settled.</summary>
    public Plan Plan => _branch.Plan;

    /// <summary>How many remedies have been priced.</summary>
    public int Priced { get; private set; }

    /// <summary>What a remedy does on top of what was settled, against the plan in force; null when the world refuses it.</summary>
    public PricedRemedy? Price(Remedy remedy) => Price(remedy, remedy.Events);

    /// <summary>The same of a remedy of which all but the last step was settled.</summary>
    public PricedRemedy? Price(Remedy remedy, IReadOnlyList<WorldEvent> step)
    {
        Priced++;
        if (_branch.TryIf(step, out _) is not { } moved) return null;
        PricedRemedy priced = Read(remedy, [.. new SortedSet<string>(moved.Select(static m => m.OrderLine.Value).Concat(_settled), StringComparer.Ordinal)]);
        _branch.Return();
        return priced;
    }

    /// <summary>What is tried from here on comes on top of this one.</summary>
    public void Settle(Remedy remedy)
    {
        _settled.UnionWith(_branch.Try(remedy.Events).Select(static m => m.OrderLine.Value));
        _branch.Settle();
    }

    /// <summary>Nothing is settled any more.</summary>
    public void Restart()
    {
        _branch.Restart();
        _settled.Clear();
    }

    private PricedRemedy Read(Remedy remedy, string[] moved)
    {
        Snapshot world = _inForce.World;
        int samples = _inForce.Policy.Samples;
        int[] before = new int[samples], after = new int[samples], net = new int[samples];
        double won = 0, lost = 0, kits = 0;
        int[] regained = new int[s_confidences.Length], fallen = new int[s_confidences.Length];
        var effects = new List<OrderEffect>();
        var value = new SortedDictionary<string, Money>(StringComparer.Ordinal);
        foreach (string key in moved)
        {
            if (_inForce.Of(new Key<OrderLine>(key)) is not { } was || _branch.Plan.Of(was.OrderLine) is not { } now) continue;
            OrderLine order = world.OrderLines[was.OrderLine];
            Promise? promise = Detecting.Promised(_inForce, was);
            double kept = 0, keeps = 0;
            if (promise is not null)
            {
                int due = Seconds.Of(promise.Date, _inForce.Epoch);
                (kept, keeps) = (Count(_inForce, key, before, due, net, -1), Count(_branch.Plan, key, after, due, net, 1));
                for (int c = 0; c < s_confidences.Length; c++)
                {
                    if (kept < s_confidences[c] && keeps >= s_confidences[c]) regained[c]++;
                    if (kept >= s_confidences[c] && keeps < s_confidences[c]) fallen[c]++;
                }
                if (keeps > kept) won += keeps - kept; else lost += kept - keeps;
                if (Worth.Of(order, keeps - kept) is { } worth) value[worth.Currency] = value.TryGetValue(worth.Currency, out Money sum) ? sum + worth : worth;
            }
            kits += (now.AsDated?.Whole.Value ?? 0) - (was.AsDated?.Whole.Value ?? 0);
            effects.Add(new(order.Key, order.Customer, order.Class, promise, kept, keeps, was.AsDated?.Dates, now.AsDated?.Dates));
        }
        return new(remedy, [.. effects.OrderByDescending(static e => e.Gain).ThenBy(static e => e.OrderLine.Value, StringComparer.Ordinal)], won, lost, kits,
            [.. s_confidences.Select((c, k) => new AtConfidence(c, regained[k], fallen[k]))], [.. value.Values], net.Count(static n => n <= 0) / (double)samples, Dominated: false) { Reliability = _reliability.GetValueOrDefault(remedy.Kind, 1) };
    }

    /// <summary>Share of samples that keep a promise; 0 without a date. Adds each sample's to a sum.</summary>
    private static double Count(Plan plan, string order, int[] dates, int due, int[] net, int sign)
    {
        if (!plan.CopyDates(order, dates)) return 0;
        int kept = 0;
        for (int s = 0; s < dates.Length; s++)
        {
            if (dates[s] > due) continue;
            net[s] += sign;
            kept++;
        }
        return kept / (double)dates.Length;
    }
}
