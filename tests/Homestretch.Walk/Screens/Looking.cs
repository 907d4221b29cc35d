using Microsoft.Playwright;

namespace Homestretch.Walk.Screens;

/// <summary>The looks of Looking.js on a page.</summary>
internal static class Looking
{
    private const int MostStops = 90, Pictures = 3;

    /// <summary>What is drawn and says something: bars, their parts, marks of time, dots and lines of the map.</summary>
    private static readonly string[] s_marks =
    [
        ".meter b", ".meter i", ".bars i", ".mark", ".spreadbar .s50", ".spreadbar .s80", ".spreadbar .s90", ".spreadbar b", ".spreadbar .mid", ".step .actual", ".step .estimated", ".step .tail", ".step .now", ".step .planned",
        ".strip i", ".parts i", ".gantt li", ".gantt .open i", ".gantt .now", ".key i", ".key-open", ".key-confirmed", ".dot", ".lanemap .site", ".lanemap .lot > g", ".trend .line",
    ];

    private static readonly Lazy<string> s_script = new(static () =>
    {
        using var reader = new StreamReader(typeof(Looking).Assembly.GetManifestResourceStream("Looking.js")!);
        return reader.ReadToEnd();
    });

    extension(Walker walker)
    {
        /// <summary>What one look finds wrong.</summary>
        public async Task<string[]> Look(string look, object? argument = null)
        {
            await walker.Page.EvaluateAsync("script => window.look ?? void (0, eval)(script)", s_script.Value);
            return await walker.Page.EvaluateAsync<string[]>($"argument => window.look.{look}(...argument ?? [])", argument);
        }

        /// <summary>Marks that do not stand out in a picture of the window. On a busy machine a picture can be older than the last change of size or theme, so what it finds is looked for in the next.</summary>
        public async Task<string[]> Marks()
        {
            string[] wrong = [];
            for (int picture = 0; picture < Pictures; picture++)
            {
                if (picture > 0) await walker.Page.WaitForTimeoutAsync(300);
                wrong = await walker.Look("marks", new object[] { Convert.ToBase64String(await walker.Page.ScreenshotAsync(new() { Caret = ScreenshotCaret.Initial })), s_marks });
                if (wrong.Length == 0) break;
            }
            return wrong;
        }

        /// <summary>A new size, laid out and painted.</summary>
        public async Task Sized(int width, int height)
        {
            await walker.Page.SetViewportSizeAsync(width, height);
            await walker.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }

        /// <summary>Presses Tab from the first stop on until it comes around: how many stops there are and what is wrong with how they are seen.</summary>
        public async Task<(int Stops, List<string> Wrong)> Tabbed()
        {
            await walker.Look("begin");
            var wrong = new List<string>();
            for (int stops = 0; ; stops++)
            {
                string[] stop = await walker.Page.EvaluateAsync<string[]>("() => window.look.stop()");
                if (stop is ["end", ..] || stops == MostStops) return (stops, wrong);
                wrong.AddRange(stop);
                await walker.Page.Keyboard.PressAsync("Tab");
            }
        }
    }
}
