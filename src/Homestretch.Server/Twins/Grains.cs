using Homestretch.Machines;
using NodaTime;

namespace Homestretch.Server.Twins;

/// <summary>The mailbox of one machine's twin; the key is the machine's.</summary>
internal interface IMachineGrain : IGrainWithStringKey
{
    /// <summary>Takes what a round of messages said of the machine; done when its twin, and that of the lot at work, are on the board.</summary>
    Task Take(MachineBatch batch);

    /// <summary>Takes hours told again with what came late.</summary>
    Task Correct(HoursAgain hours);
}

/// <summary>Past hours of a machine. Stays in the process.</summary>
[Immutable]
internal sealed record HoursAgain(MachineFacts Facts, IReadOnlyList<HourSpent> Hours);

/// <summary>The mailbox of one lot's twin; the key is the lot's.</summary>
internal interface ILotGrain : IGrainWithStringKey
{
    /// <summary>Takes how far its machine has come; done when its twin is on the board.</summary>
    Task Take(LotProgress progress);
}

/// <summary>How the machine at work on a lot stands. Stays in the process.</summary>
/// <param name="Quantity">Good pieces the lot is to have; 0: not known.</param>
[Immutable]
internal sealed record LotProgress(MachineTwin Twin, MachineFacts Facts, double Quantity);

/// <summary>One machine's part of a round of messages. Stays in the process.</summary>
/// <param name="Readings">In the order sent.</param>
/// <param name="Heard">Latest time in those messages, be it of metrics that say nothing to the twin.</param>
[Immutable]
internal sealed record MachineBatch(MachineFacts Facts, IReadOnlyList<MachineReading> Readings, Instant Heard)
{
    /// <summary>The batch in parts, each about one lot: a message that names the next lot begins a part, with all it says. Readings do not tell where a message
    /// begins; but a message speaks of one moment, and of each kind once.</summary>
    /// <param name="lot">The lot at work before.</param>
    public IEnumerable<MachineBatch> ByLot(string lot)
    {
        int begin = 0;
        for (int i = 0; i < Readings.Count; i++)
        {
            if (Readings[i].Kind != ReadingKind.Lot || Readings[i].Text == lot) continue;
            lot = Readings[i].Text;
            int end = i;
            var said = new HashSet<ReadingKind>();
            for (int k = i; k < Readings.Count && Readings[k].At == Readings[i].At && said.Add(Readings[k].Kind); k++) { }
            while (end > begin && Readings[end - 1].At == Readings[i].At && said.Add(Readings[end - 1].Kind)) end--;
            if (end > begin) yield return new(Facts, [.. Readings.Skip(begin).Take(end - begin)], Readings[end - 1].At);
            begin = end;
        }
        yield return begin == 0 ? this : new(Facts, [.. Readings.Skip(begin)], Heard);
    }
}
