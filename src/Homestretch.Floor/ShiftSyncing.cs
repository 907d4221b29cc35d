using Homestretch.Floor.Queueing;
using Homestretch.Floor.Speaking;
using Homestretch.Floor.Syncing;
using NodaTime;

namespace Homestretch.Floor;

/// <summary>The part that talks with the hub: the queue goes out in its order, answers and boards come in, and nothing leaves the device before it was answered.</summary>
public sealed partial class Shift
{
    private readonly PeriodicTimer _beat = new(TimeSpan.FromSeconds(10));
    private bool _busy, _again;

    public bool Online { get; private set; }
    public bool LockedOut { get; private set; }
    public int Sending { get; private set; }
    public int Unreadable { get; private set; }
    public string HubSays { get; private set; } = "";
    public Instant? LastHeard { get; private set; }
    public ServerClock Clock { get; private set; } = ServerClock.Unknown;

    /// <summary>Sends what waits and looks for a new board; one at a time.</summary>
    public async Task Sync()
    {
        if (Standing != Standing.Ready || Enrolment is not { } me || LockedOut) return;
        _again = true;
        if (_busy) return;
        _busy = true;
        try
        {
            while (_again)
            {
                _again = false;
                if (!await Send(me)) continue;
                await Look(me);
                await SendPhotos(me);
                await RenewCard(me);
            }
            await Clean();
        }
        catch (Microsoft.JSInterop.JSException e)
        {
            HubSays = e.Message;
        }
        finally
        {
            (_busy, Sending) = (false, 0);
            Tell();
        }
    }

    public async Task Enrol(string code)
    {
        Reply<Enrolment> reply = await hub.Enrol(code, _kept.Install);
        await Heard(reply);
        if (reply.Reached != Reached.Yes || reply.What is not { } me)
        {
            await Say(false, reply.Reached == Reached.NoNetwork ? Speak[Speaking.Say.EnrolNoNetwork] : Speak[Speaking.Say.EnrolRefused, reply.Said]);
            return;
        }
        if (Enrolment is { } old && old.Site != me.Site && Queue.Count(static e => e.Open) is > 0 and var left)
        {
            await Say(false, Speak[Speaking.Say.OtherSite, left]);
            return;
        }
        await Change(Outbox.Doubtful(Queue, me.Install), []);
        await vault.Put("enrolment", me, FloorJson.Default.Enrolment);
        if (Enrolment?.Site != me.Site) { await vault.Drop("board"); _board = null; Foresee(); }
        Enrolment = me;
        (LockedOut, _cardTold) = (false, "");
        await Keep(_kept with { Out = false, Install = me.Install });
        Standing = Standing.Ready;
        Hush();
        await Sync();
    }

    /// <summary>The device forgets its enrolment and board; only when nothing is open.</summary>
    public async Task Leave()
    {
        if (Queue.Any(static e => e.Open) || PhotosWaiting > 0) return;
        if (Card) await CardsOff();
        await vault.Drop("enrolment");
        await vault.Drop("board");
        await vault.Drop("draft");
        await Change([], [.. Queue.Select(static e => e.Number)]);
        _drafted.Clear();
        await ForgetStray();
        (Enrolment, _board, LockedOut) = (null, null, false);
        Foresee();
        await Keep(_kept with { Out = false, Who = "", Nick = "" });
        Standing = Standing.NotEnrolled;
        Tell();
    }

    /// <summary>Somebody has seen what was refused, or decides that what is unclear was done.</summary>
    public async Task Seen(Entry entry)
    {
        if (entry.PhotoSaid.Length > 0) await Forget([.. Unsent(entry)]);
        await Change([entry.State == EntryState.Unclear ? entry with { State = EntryState.Accepted, Answered = Now } : entry with { Seen = true, PhotoSaid = "" }], []);
    }

    /// <summary>Somebody decides that what is unclear was not done.</summary>
    public async Task SendAgain(Entry entry)
    {
        await Change([entry with { State = EntryState.Waiting, SentBy = "" }], []);
        _ = Sync();
    }

    /// <summary>Somebody decides that what the hub does not take was not done: it stays as refused, and the rest is sent.</summary>
    public async Task LeaveOut(long number)
    {
        await Change([.. Queue.Where(e => e.Number == number && e.Fault.Length > 0).Select(e => Outbox.LeftOut(e, Now))], []);
        _ = Sync();
    }

    /// <summary>Sends what waits, also what the hub did not take the last time.</summary>
    public async Task SendNow()
    {
        await Change([.. Queue.Where(static e => e.Fault.Length > 0).Select(static e => e with { Fault = "" })], []);
        await Sync();
    }

    /// <summary>Puts a new version in; only when nothing is on its way.</summary>
    public async Task Update()
    {
        if (Waiting == 0 && !_busy) await device.Update();
    }

    private async Task<bool> Send(Enrolment me)
    {
        int most = Outbox.Most;
        while (Outbox.Next(Queue, me.Install, Clock.OrZero, most) is { Count: > 0 } next)
        {
            Sending = next.Count;
            // first it is on the disk under whose name they go out
            await Change([.. next.Where(n => !Queue.Contains(n))], []);
            Reply<ToldAnswer[]> reply = await hub.Tell(me.Token, [.. next.Select(Told.Of)]);
            bool heard = await Heard(reply);
            if (reply.Content)
            {
                (IReadOnlyList<Entry> faulty, most) = Outbox.Blamed(next, reply.Named ?? [], reply.Said);
                await Change(faulty, []);
                if (faulty.Count == 0) continue;
                HubSays = "";
                await Say(false, $"{Guiding.Naming.Of(Speak, faulty[0].Did.Act, faulty[0].Did.Step)}: {faulty[0].Fault}");
                continue;
            }
            if (!heard || reply.What is not { } answers) return false;
            IReadOnlyList<Entry> answered = Outbox.Answered(Queue, answers.Select(static a => new Answer(a.Number, a.Answer, a.Rule ?? "", a.Said ?? "", a.Heard)), Now);
            await Change(answered, []);
            if (answered.LastOrDefault(static e => e.State == EntryState.Refused) is { } refused) await Say(false, Why(refused));
            if (answered.Count == 0) return false;
        }
        Sending = 0;
        return true;
    }

    /// <summary>Why the hub refused, in the language of the device where the rule is known.</summary>
    public string Why(Entry refused) => $"{Guiding.Naming.Of(Speak, refused.Did.Act, refused.Did.Step)}: {(Speak.Language != Language.English && Refusals.Of(refused.Rule) is { } text ? Speak[text] : refused.Said)}";

    private async Task Look(Enrolment me)
    {
        long seen = Queue.Where(static e => e.State == EntryState.Accepted).Select(static e => e.Number).DefaultIfEmpty().Max();
        var reply = await hub.Board(me.Token, _board?.Etag ?? "", device.Resting);
        if (!await Heard(reply)) return;
        KeptBoard? next = reply.What is { } board ? new(reply.Etag, board, seen) : _board is { } same && same.Seen != seen ? same with { Seen = seen } : null;
        if (next is null) return;
        _board = next;
        await vault.Put("board", _board, FloorJson.Default.KeptBoard);
        Foresee();
        Tell();
    }

    private async Task<bool> Heard<T>(Reply<T> reply)
    {
        Online = reply.Reached != Reached.NoNetwork;
        HubSays = reply.Reached == Reached.Refused ? reply.Said : "";
        if (reply.Date is { } date)
        {
            LastHeard = date;
            ServerClock better = Clock.Heard(reply.Asked, reply.Answered, date);
            if (better != Clock)
            {
                Clock = better;
                await Keep(_kept with { AheadSeconds = better.OrZero.TotalSeconds, WithinSeconds = better.Within.TotalSeconds });
            }
        }
        if (reply.Reached == Reached.LockedOut && Enrolment is not null)
        {
            LockedOut = true;
            await Keep(_kept with { Out = true });
        }
        Tell();
        return reply.Reached == Reached.Yes;
    }

    private async Task Change(IReadOnlyList<Entry> changed, IReadOnlyList<long> gone)
    {
        if (changed.Count + gone.Count == 0) return;
        await vault.Change(changed, gone);
        Queue = Outbox.With(Queue, changed, gone);
        Foresee();
        Tell();
    }

    /// <summary>What has been here long enough leaves, but nothing whose photo the hub does not have.</summary>
    private async Task Clean()
    {
        await Change([], [.. Outbox.Outlived(Queue, Now).Except(Queue.Where(e => e.State == EntryState.Accepted && Unsent(e).Any()).Select(static e => e.Number))]);
        await ForgetStray();
    }

    private Task NetworkChanged(bool online)
    {
        Online = online;
        Tell();
        return online ? Sync() : Task.CompletedTask;
    }

    private async Task Beat()
    {
        await Sync();
        while (await _beat.WaitForNextTickAsync()) await Sync();
    }
}
