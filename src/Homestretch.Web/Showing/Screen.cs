using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;

namespace Homestretch.Web.Showing;

/// <summary>A page whose state is its URL and whose content follows the window: it asks again when either changes.</summary>
public abstract class Screen : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private string _asked = "";
    private string? _going;
    private int _due;
    private bool _away, _again;

    [Inject] protected IWindow Window { get; set; } = default!;
    [Inject] protected NavigationManager Nav { get; set; } = default!;
    [Inject] internal Pulse Pulse { get; set; } = default!;
    [Inject] internal Notices Notices { get; set; } = default!;

    /// <summary>What the last question showed and since when.</summary>
    protected Trail Trail { get; } = new();
    protected ClockView Clock { get; private set; } = default!;
    protected When When => new(Clock);
    protected long Version => Clock.Version;

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>Asks the window all that the page shows.</summary>
    protected abstract void Ask();

    /// <summary>Asks what is not answered at once, such as the archive or a count, each time after <see cref="Ask"/>. Never twice at a time: what is to be asked meanwhile is asked
    /// once more at the end, so the last answer is to the last question. Whether its answer still holds is the page's to say: it may come back without asking.</summary>
    protected virtual Task AskAway() => Task.CompletedTask;

    /// <summary>Whether the page shows anything a note is about.</summary>
    protected virtual bool Concerns(LiveNote note) => true;

    /// <summary>Whether the page shows what is known of situations.</summary>
    protected virtual bool Situated => false;

    protected bool May(Permission permission) => Window.Person.May.Contains(permission);

    protected override void OnInitialized()
    {
        Clock = Window.Clock;
        Pulse.Beat += Hear;
    }

    protected override void OnParametersSet()
    {
        if (_going is { } went && new Uri(Nav.Uri) == new Uri(went)) _going = null;
        string question = Address.Question(Nav);
        if (question != _asked) Trail.Calm();
        _asked = question;
        Refresh();
    }

    protected override Task OnParametersSetAsync() => Away();

    /// <summary>Puts a filter into the URL; an empty value takes it out. Paging starts again.</summary>
    protected void Filter(string name, object? value) => Go(replace: true, (name, value?.ToString() is { Length: > 0 } text ? text : null), ("from", null));

    /// <summary>The same page with some of its state changed. What was asked for a moment ago and has not come back from the browser yet stays asked for.</summary>
    protected void Go(bool replace, params ReadOnlySpan<(string Name, string? Value)> state)
    {
        var query = new Dictionary<string, object?>();
        foreach (var (name, value) in state) query[name] = value;
        string to = Nav.GetUriWithQueryParameters(_going ?? Nav.Uri, query);
        if (to == Nav.Uri && _going is null) return;
        Nav.NavigateTo(_going = to, replace: replace);
    }

    protected string Drawer(string kind, string key, string? part = null) => Address.Drawer(Nav, kind, key, part);

    protected void Refresh()
    {
        Clock = Window.Clock;
        Ask();
    }

    private async Task Away()
    {
        _again = _away;
        if (_away) return;
        _away = true;
        try
        {
            do
            {
                _again = false;
                Task asked = AskAway();
                bool shown = asked.IsCompletedSuccessfully;     // with what was asked at once
                await asked;
                if (!shown) StateHasChanged();
            }
            while (_again);
        }
        catch (Exception) when (_left.IsCancellationRequested) { }
        finally { _away = false; }
    }

    private void Hear(LiveNote note)
    {
        // what waits for its turn will see the newest anyway
        if ((note.Situations && !Situated) || !Concerns(note) || Interlocked.Exchange(ref _due, 1) == 1) return;
        _ = InvokeAsync(async () =>
        {
            Volatile.Write(ref _due, 0);
            try
            {
                Refresh();
                Task away = Away();
                StateHasChanged();
                await away;
            }
            catch (Exception e)
            {
                await DispatchExceptionAsync(e);
            }
        });
    }

    public void Dispose()
    {
        Pulse.Beat -= Hear;
        _left.Cancel();
        GC.SuppressFinalize(this);
    }
}
