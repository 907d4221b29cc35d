using System.Text.Json;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Keeping;
using Homestretch.Floor.Speaking;
using Homestretch.Floor.Syncing;

namespace Homestretch.Floor;

/// <summary>The part that lets the hub tell what comes next by a notification: asked for by a person, told anew to the hub at each start, in another language, and after another enrolment.</summary>
public sealed partial class Shift
{
    /// <summary>Where and in which language the hub was last told, since the app started; empty: not yet.</summary>
    private string _cardTold = "";

    public bool Card => _kept.Card;

    /// <summary>Why it could not be turned on; empty: nothing is in the way.</summary>
    public string CardSays { get; private set; } = "";

    /// <summary>Pressed by a person: the browser asks them, and the hub is told.</summary>
    public async Task CardsOn()
    {
        string allowed = await device.AskNotify();
        CardSays = allowed switch { "none" => Speak[Speaking.Say.CardNone], "granted" => "", _ => Speak[Speaking.Say.CardDenied] };
        if (CardSays.Length == 0 && Enrolment is { } me)
        {
            _cardTold = "";
            await TellCard(me);
            if (CardSays.Length == 0) await Keep(_kept with { Card = true });
        }
        Tell();
    }

    /// <summary>No more from now on; without a network too, for the browser takes nothing then.</summary>
    public async Task CardsOff()
    {
        (CardSays, _cardTold) = ("", "");
        await Keep(_kept with { Card = false });
        try { await device.Unsubscribe(); }
        catch (Microsoft.JSInterop.JSException) { /* there was none */ }
        if (Enrolment is { } me && !LockedOut) await hub.NoCards(me.Token);
    }

    private async Task RenewCard(Enrolment me)
    {
        if (!Card || _cardTold == Speak.Tag) return;
        await TellCard(me);
        Tell();
    }

    private async Task TellCard(Enrolment me)
    {
        try
        {
            await device.KeepWords(JsonSerializer.Serialize(CardWords.Of(Speak), FloorJson.Default.CardWords));
            Reply<CardKey> key = await hub.CardKey(me.Token);
            string tag = Speak.Tag;
            if (key.What is not { } known)
            {
                CardSays = Why(key);
                return;
            }
            if (await device.Subscribe(known.PushKey) is not { } at)
            {
                (CardSays, _cardTold) = (Speak[Speaking.Say.CardDenied], tag);
                return;
            }
            Reply<string> told = await hub.TakeCards(me.Token, new(at.Endpoint, at.P256dh, at.Auth, tag));
            CardSays = told.Reached == Reached.Yes ? "" : Why(told);
            if (told.Reached != Reached.NoNetwork) _cardTold = tag; // what the hub refuses it would refuse again; the next start tries anew
        }
        catch (Microsoft.JSInterop.JSException e)
        {
            (CardSays, _cardTold) = (Speak[Speaking.Say.CardRefused, e.Message.Split('\n')[0]], Speak.Tag);
        }
    }

    private string Why<T>(Reply<T> reply) => reply.Reached == Reached.NoNetwork ? Speak[Speaking.Say.LabelNoNetwork] : Speak[Speaking.Say.CardRefused, reply.Said];
}
