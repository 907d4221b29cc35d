using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components.Forms;

namespace Homestretch.Web.Importing;

/// <summary>A file is kept in memory between dry run and applying; nothing of it is stored.</summary>
public sealed partial class ImportPage : Screen
{
    private const long Most = 50_000_000;
    private byte[] _bytes = [];
    private string _wrong = "";
    private bool _busy, _reading;
    private ImportView? _view;

    /// <summary>Where the file stands, read out as it changes.</summary>
    private string Standing => _reading ? "Reading and checking…" : _view switch
    {
        null => "",
        { Findings.Count: > 0 and var n } => $"{Wording.Count(n, "finding")}. Nothing was applied.",
        { Applied: true } => "The rows are in the world now.",
        { } v => $"Dry run: {Wording.Count(v.Added + v.Changed, "row")} to apply.",
    };

    protected override void Ask() { }

    protected override bool Concerns(LiveNote note) => false;

    private async Task Chosen(InputFileChangeEventArgs e)
    {
        (_view, _wrong) = (null, "");
        if (e.File.Size > Most)
        {
            _wrong = $"{e.File.Name} has {Wording.Number(e.File.Size / 1e6, 1)} MB. Split it, or use the command line.";
            return;
        }
        _reading = true;
        StateHasChanged();
        using var memory = new MemoryStream();
        await e.File.OpenReadStream(Most).CopyToAsync(memory);
        _bytes = memory.ToArray();
        _view = Window.DryRun(e.File.Name, _bytes);
        _reading = false;
    }

    /// <summary>Of many findings the kinds that come again and again: mending one of them mends many rows.</summary>
    private static List<(string What, string Cure, int Count)> Often(ImportView view) => [.. view.Findings.GroupBy(static f => (f.What, f.Cure)).Where(static g => g.Count() > 1)
        .OrderByDescending(static g => g.Count()).Take(3).Select(static g => (g.Key.What, g.Key.Cure, g.Count()))];

    private async Task Apply()
    {
        _busy = true;
        _view = await Window.Import(_view!.FileName, _bytes, default);
        _busy = false;
    }
}
