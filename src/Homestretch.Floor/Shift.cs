using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Keeping;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Scanning;
using Homestretch.Floor.Speaking;
using Homestretch.Floor.Syncing;
using NodaTime;

namespace Homestretch.Floor;

/// <summary>Where the app stands before it can be worked with.</summary>
public enum Standing { Starting, NoStore, TwoWindows, NotEnrolled, Ready }

/// <summary>What is shown of the last scan or operation until the next.</summary>
public sealed record Remark(bool Right, string Text, bool Failed = false);

/// <summary>A shift of work on this device: what was done, what is to be done, and what the hub says. Screens show it and tell it what people do.</summary>
public sealed partial class Shift(Vault vault, Device device, Hub hub, IClock clock) : IDisposable
{
    private static readonly Kept s_new = new(null, "", false, "", "", "", null, 0, false);
    private Kept _kept = s_new;
    private KeptBoard? _board;

    public event Action? Changed;

    /// <summary>Takes what is scanned; null: the screen wants none.</summary>
    public Func<Label, Task>? Scans { get; set; }

    /// <summary>Takes what is scanned before it is read, such as badges and codes of enrolment.</summary>
    public Func<string, Task>? RawScans { get; set; }

    public Standing Standing { get; private set; }
    public Tongue Speak { get; private set; } = new(Language.English, 0);
    public Enrolment? Enrolment { get; private set; }
    public IReadOnlyList<Entry> Queue { get; private set; } = [];
    public Remark? Remark { get; private set; }
    public bool UpdateWaits { get; private set; }
    public string Who => _kept.Nick;
    public string Theme => _kept.Theme;
    public bool Silent => _kept.Silent;

    /// <summary>The board with what was done here since; null: none has come yet.</summary>
    public FloorBoard? Board { get; private set; }

    /// <summary>Whether this device is for the work of a warehouse, of assemblers, or both.</summary>
    public bool Stores => Enrolment?.Role != "assembler";
    public bool Builds => Enrolment?.Role != "warehouse";

    public int Waiting => Queue.Count(static e => e.State == EntryState.Waiting);
    public int Refused => Queue.Count(static e => e is { State: EntryState.Refused, Seen: false } || e.PhotoSaid.Length > 0 || e.Fault.Length > 0);
    public int Unclear => Queue.Count(static e => e.State == EntryState.Unclear);

    public async Task Start()
    {
        device.Updatable += Updatable; // first: a version that waits already is told as soon as the device is started
        Surroundings around = await device.Start();
        Online = around.Online;
        Speak = new(Tongue.Of(around.Languages), around.Minutes);
        try
        {
            await vault.Open();
        }
        catch (Microsoft.JSInterop.JSException)
        {
            Standing = Standing.NoStore;
            Tell();
            return;
        }
        _kept = await vault.Get("kept", FloorJson.Default.Kept) ?? s_new;
        if (_kept.Salt.Length == 0) await Keep(_kept with { Salt = await vault.Random(32) });
        Speak = Speak with { Language = _kept.Language ?? Speak.Language };
        Clock = _kept.AheadSeconds is { } ahead ? new(Duration.FromSeconds(ahead), Duration.FromSeconds(_kept.WithinSeconds)) : ServerClock.Unknown;
        LockedOut = _kept.Out;
        await device.Dress(Speak.Tag, Theme);
        if (!await device.Alone())
        {
            Standing = Standing.TwoWindows;
            Tell();
            return;
        }
        Enrolment = await vault.Get("enrolment", FloorJson.Default.Enrolment);
        _board = await vault.Get("board", FloorJson.Default.KeptBoard);
        (Queue, Unreadable) = await vault.Queue();
        Photos = (await vault.Photos()).ToHashSet(StringComparer.Ordinal);
        _drafted.UnionWith(PhotoSaying.Of((await Draft())?.So.Values ?? ""));
        Foresee();
        device.CodeScanned += Scanned;
        device.Network += NetworkChanged;
        device.WokeUp += Sync;
        Standing = Enrolment is null ? Standing.NotEnrolled : Standing.Ready;
        Tell();
        if (Code(around.Hash) is { } code)
        {
            await device.ForgetHash();
            await Enrol(code);
        }
        _ = Beat();
    }

    /// <summary>Records an operation: when this returns it is on the disk, and the board foresees it.</summary>
    /// <returns>False when the device could not keep it; then it was not done.</returns>
    /// <param name="failed">What was recorded is that something failed: said so, not cheered.</param>
    public async Task<bool> Do(Operation operation, string said, bool failed = false)
    {
        Operation did = operation with { Operator = _kept.Who, Happened = Now };
        try
        {
            // the queue is read after the entry is on the disk: answers may have come meanwhile
            Entry entry = await vault.Append(new(0, did, ClockKnown: Clock.Ahead is not null));
            Queue = [.. Queue, entry];
        }
        catch (Microsoft.JSInterop.JSException)
        {
            await Say(false, Speak[Speaking.Say.NoStore]);
            return false;
        }
        Foresee();
        await Say(true, said, failed);
        _ = Sync();
        return true;
    }

    /// <summary>The present by the server's clock, as far as it is known.</summary>
    public Instant Now => clock.GetCurrentInstant() + Clock.OrZero;

    public Task Wrong(Wrong wrong) => Say(false, Speak[wrong.Text, wrong.With]);

    /// <summary>Shows and sounds what is right or wrong.</summary>
    public async Task Say(bool right, string text, bool failed = false)
    {
        Remark = new(right, text, failed);
        Tell();
        await device.Signal(right, !Silent);
    }

    public void Hush()
    {
        if (Remark is null) return;
        Remark = null;
        Tell();
    }

    public Label Read(string scanned) => Board is { } board ? Labels.Read(scanned, board) : new(scanned);

    public async Task Scanned(string text)
    {
        if (RawScans is { } raw) await raw(text);
        else if (Code(text) is not null) await Enrol(Code(text)!);
        else if (Scans is { } take) await take(Read(text));
    }

    // ---- people and settings

    public async Task SignIn(string badge)
    {
        string nick = badge.Trim();
        if (nick.Length == 0) return;
        string who = Badge.Pseudonym(nick, _kept.Salt);
        // a badge's number is not shown again; a nickname of letters is
        await Keep(_kept with { Who = who, Nick = nick.Any(char.IsDigit) ? who : nick });
    }

    public Task SignOut() => Keep(_kept with { Who = "", Nick = "" });
    public Task Quiet(bool silent) => Keep(_kept with { Silent = silent });

    public async Task Choose(Language language)
    {
        Speak = Speak with { Language = language };
        await Keep(_kept with { Language = language });
        await device.Dress(Speak.Tag, Theme);
    }

    public async Task Appear(string theme)
    {
        await Keep(_kept with { Theme = theme });
        await device.Dress(Speak.Tag, theme);
    }

    // ---- drafts

    public async Task Keep(Draft draft)
    {
        _drafted.UnionWith(PhotoSaying.Of(draft.So.Values));
        await vault.Put("draft", draft, FloorJson.Default.Draft);
        _drafted.IntersectWith(PhotoSaying.Of(draft.So.Values));
    }

    public Task<Draft?> Draft() => vault.Get("draft", FloorJson.Default.Draft);

    public ValueTask DropDraft()
    {
        _drafted.Clear();
        return vault.Drop("draft");
    }

    public void Dispose() => _beat.Dispose();

    private async Task Keep(Kept kept)
    {
        await vault.Put("kept", kept, FloorJson.Default.Kept);
        _kept = kept;
        Tell();
    }

    private void Foresee() => Board = _board is { } known ? Foreseeing.On(known.Board, known.Seen, Queue) : null;
    private void Tell() => Changed?.Invoke();

    private void Updatable()
    {
        UpdateWaits = true;
        Tell();
    }

    /// <summary>Code of enrolment in a link; null when there is none.</summary>
    internal static string? Code(string link) => link.IndexOf("#enrol=", StringComparison.Ordinal) is >= 0 and var at ? Uri.UnescapeDataString(link[(at + 7)..].Split('&')[0]) : null;
}
