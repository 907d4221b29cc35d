using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Homestretch.Floor.Keeping;

/// <summary>The device around the app: scanner, camera, sound, network, other windows, new versions.</summary>
public sealed class Device(IJSRuntime browser) : IDisposable
{
    private IJSObjectReference? _device;
    private DotNetObjectReference<Device>? _self;

    public event Func<string, Task>? CodeScanned;
    public event Func<bool, Task>? Network;
    public event Func<Task>? WokeUp;

    /// <summary>The app is not on the screen: another is, or none.</summary>
    public bool Resting { get; private set; }

    public event Action? Updatable;

    public async Task<Surroundings> Start()
    {
        _device = await browser.InvokeAsync<IJSObjectReference>("import", "./device.js");
        _self = DotNetObjectReference.Create(this);
        return await _device.InvokeAsync<Surroundings>("start", _self);
    }

    public ValueTask<bool> Alone() => Js.InvokeAsync<bool>("alone");
    public ValueTask Signal(bool right, bool loud) => Js.InvokeVoidAsync("signal", right, loud);
    public ValueTask Dress(string language, string theme) => Js.InvokeVoidAsync("dress", language, theme);
    public ValueTask Title(string text) => Js.InvokeVoidAsync("title", text);
    public ValueTask Focus(string id) => Js.InvokeVoidAsync("focus", id);
    public ValueTask ForgetHash() => Js.InvokeVoidAsync("forgetHash");
    public ValueTask Update() => Js.InvokeVoidAsync("update");

    public ValueTask Press(ElementReference input) => Js.InvokeVoidAsync("press", input);

    /// <summary>The picture in a field for files, as a JPEG of at most 1600 pixels a side with nothing but what is seen; null: there is none that can be read.</summary>
    public ValueTask<byte[]?> Picture(ElementReference input) => Js.InvokeAsync<byte[]?>("picture", input);

    /// <summary>Hands a file to the browser, which keeps or opens it as people have chosen.</summary>
    public ValueTask Save(byte[] file, string name, string media) => Js.InvokeVoidAsync("save", file, name, media);

    /// <returns>Empty when the camera runs; else why not: denied or none.</returns>
    public ValueTask<string> Look(ElementReference video) => Js.InvokeAsync<string>("look", video);
    public ValueTask LookAway() => _device is null ? ValueTask.CompletedTask : Js.InvokeVoidAsync("lookAway");

    [JSInvokable] public Task Scanned(string text) => CodeScanned?.Invoke(text) ?? Task.CompletedTask;
    [JSInvokable] public Task NetworkChanged(bool online) => Network?.Invoke(online) ?? Task.CompletedTask;
    /// <summary>Asks the person whether notifications may be shown: granted, denied or default; none: this browser takes no messages.</summary>
    public ValueTask<string> AskNotify() => Js.InvokeAsync<string>("askNotify");

    /// <summary>Where this browser takes messages; null: it may not show any.</summary>
    /// <param name="key">The hub's, by which push services know it.</param>
    public ValueTask<CardSubscription?> Subscribe(string key) => Js.InvokeAsync<CardSubscription?>("subscribe", key);
    public ValueTask Unsubscribe() => Js.InvokeVoidAsync("unsubscribe");
    public ValueTask KeepWords(string json) => Js.InvokeVoidAsync("keepWords", json);

    [JSInvokable]
    public Task Woke()
    {
        Resting = false;
        return WokeUp?.Invoke() ?? Task.CompletedTask;
    }

    [JSInvokable] public void Rested() => Resting = true;
    [JSInvokable] public void UpdateWaits() => Updatable?.Invoke();

    public void Dispose() => _self?.Dispose();

    private IJSObjectReference Js => _device ?? throw new InvalidOperationException("The device was not started.");
}

/// <param name="Minutes">By which the clock on the wall is ahead of UTC.</param>
/// <param name="Hash">Of the address the app was opened with.</param>
public sealed record Surroundings(bool Online, string[] Languages, int Minutes, string Hash, bool Touch, bool Secure);

/// <summary>Where a browser takes messages, and the keys that they are encrypted with, base64url.</summary>
public sealed record CardSubscription(string Endpoint, string P256dh, string Auth);
