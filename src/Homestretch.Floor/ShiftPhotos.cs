using System.Security.Cryptography;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Syncing;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Floor;

/// <summary>The part that keeps photos: sealed on the device from the moment they are taken until the hub has them. A photo goes after the operation that names it.</summary>
public sealed partial class Shift
{
    private readonly HashSet<string> _drafted = new(StringComparer.Ordinal);

    /// <summary>Photos on this device that the hub does not have, by the SHA-256 of the file.</summary>
    public IReadOnlySet<string> Photos { get; private set; } = new HashSet<string>();

    /// <summary>Photos of what was recorded that wait for the network.</summary>
    public int PhotosWaiting => Queue.Where(static e => e.PhotoSaid.Length == 0 && e.State is EntryState.Waiting or EntryState.Unclear or EntryState.Accepted).Sum(e => Unsent(e).Count());

    /// <summary>Takes what a person photographed or chose: made smaller, and sealed on the disk when this returns.</summary>
    /// <returns>Its hash; null when it was no picture or could not be kept.</returns>
    public async Task<string?> Photograph(ElementReference input)
    {
        try
        {
            if (await device.Picture(input) is not { Length: > 0 } picture)
            {
                await Say(false, Speak[Speaking.Say.NoPicture]);
                return null;
            }
            string hash = Convert.ToHexStringLower(SHA256.HashData(picture));
            _drafted.Add(hash);
            await vault.PutPhoto(hash, picture);
            Photos = new HashSet<string>(Photos, StringComparer.Ordinal) { hash };
            return hash;
        }
        catch (Microsoft.JSInterop.JSException)
        {
            await Say(false, Speak[Speaking.Say.NoStore]);
            return null;
        }
    }

    public Task<byte[]?> Photo(string hash) => vault.Photo(hash);

    /// <summary>Photos of an operation that the hub does not have yet.</summary>
    public IEnumerable<string> Unsent(Entry entry) => PhotoSaying.Of(entry.Did.Values).Where(Photos.Contains);

    /// <summary>Sends photos of operations that were done; one at a time, so that a weak network gets somewhere.</summary>
    private async Task SendPhotos(Enrolment me)
    {
        foreach (Entry entry in Queue.Where(static e => e.State == EntryState.Accepted && e.PhotoSaid.Length == 0))
        {
            foreach (string hash in Unsent(entry).ToArray())
            {
                if (await vault.Photo(hash) is not { } picture)
                {
                    await Change([entry with { PhotoSaid = Speak[Speaking.Say.PhotoUnreadable] }], []);
                    break;
                }
                Reply<string> reply = await hub.Photo(me.Token, entry.Number, hash, picture);
                bool kept = await Heard(reply);
                if (kept) await Forget([hash]);
                else if (reply.Reached == Reached.Refused) await Change([entry with { PhotoSaid = reply.Said }], []);
                else return;
                if (!kept) break;
            }
        }
    }

    private async Task Forget(IReadOnlyCollection<string> hashes)
    {
        if (hashes.Count == 0) return;
        await vault.DropPhotos(hashes);
        Photos = Photos.Except(hashes).ToHashSet(StringComparer.Ordinal);
        Tell();
    }

    /// <summary>Photos that no operation names and no draft.</summary>
    private Task ForgetStray() => Forget([.. Photos.Where(p => !_drafted.Contains(p)).Except(Queue.SelectMany(static e => PhotoSaying.Of(e.Did.Values)))]);
}
