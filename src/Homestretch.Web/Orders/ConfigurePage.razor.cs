using System.Globalization;
using Homestretch.Products.Ordering;
using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Homestretch.World;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Web.Orders;

/// <summary>An order chosen option by option. All that is chosen stands in the URL.</summary>
public sealed partial class ConfigurePage : Screen
{
    private ConfigureView? _view;
    private ElementReference _refusal;
    private bool _wentWrong;

    /// <summary>Counts refusals: the browser has marked what was refused, so its signs are made anew.</summary>
    private int _round;

    [SupplyParameterFromQuery(Name = "family")] private string? Family { get; set; }
    [SupplyParameterFromQuery(Name = "market")] private string? Market { get; set; }
    [SupplyParameterFromQuery(Name = "hub")] private string? Hub { get; set; }
    [SupplyParameterFromQuery(Name = "on")] private string? On { get; set; }
    [SupplyParameterFromQuery(Name = "choose")] private string? Chosen { get; set; }

    /// <summary>A form is not redrawn under its writer's hands.</summary>
    protected override bool Concerns(LiveNote note) => false;

    protected override void Ask()
    {
        LocalDate? on = On is { } text && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;
        _view = Window.Configure(new(Family, Market, Hub, on, [.. (Chosen ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]), Left);
        if (_view is not { Refused.Count: > 0 }) return;
        _round++;
        _wentWrong = RendererInfo.IsInteractive;
    }

    /// <summary>Whoever chose what cannot be is brought to the reasons, which stand above the options.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_wentWrong) return;
        _wentWrong = false;
        await _refusal.FocusAsync();
    }

    /// <summary>A choice is added last, so that it is the one refused when it cannot be made.</summary>
    private void Choose(string feature, ConfigureOption option) => Go([.. _view!.Chosen.Where(c => !c.StartsWith($"{feature}=", StringComparison.Ordinal)), .. option.State == OptionState.Impossible ? _view.Chosen.Where(c => c.StartsWith($"{feature}=", StringComparison.Ordinal)) : [], $"{feature}={option.Option}"]);

    private void Go(IReadOnlyList<string> choices) => Nav.NavigateTo(Nav.GetUriWithQueryParameter("choose", choices.Count > 0 ? string.Join(';', choices) : null), replace: true);

    /// <summary>Another market has another usual hub; choices stay and are judged by its rules.</summary>
    private void Other(string name, object? value) => Nav.NavigateTo(Nav.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [name] = value?.ToString() is { Length: > 0 } text ? text : null,
        [name == "market" ? "hub" : ""] = null,
        [name == "family" ? "choose" : ""] = null,
    }.Where(static p => p.Key.Length > 0).ToDictionary()), replace: true);

    private static IReadOnlyList<string> Whole(ConfigureView view) => [.. view.Proposed!.Taken.Select(static t => $"{t.Feature}={t.Option}")];

    private static string Quoted(ConfigureView view) => string.Join('|', view.Family, view.Market, view.Hub, Iso(view.Requested), view.Proposed);

    private static string Said(ConfigureOption o) => o.State switch
    {
        OptionState.Chosen => "chosen",
        OptionState.Forced => "the only one left",
        OptionState.Impossible => "cannot be chosen",
        _ => o.Proposed ? "proposed" : "can be chosen",
    };

    /// <summary>What it costs more or less than the order as it stands.</summary>
    private static string Beside(ConfigureOffer offer, ConfigureOffer? whole) => offer.Price is { } p && whole?.Price is { } w && p.Currency == w.Currency && p.Minor != w.Minor
        ? $"{(p.Minor > w.Minor ? "+" : "−")}{Math.Abs(p.Major - w.Major).ToString("#,0.00", CultureInfo.InvariantCulture)}" : "";

    private static string Made(ConfigureOffer offer) => (offer.Domestic is { } share ? $"{share.ToString("P1", CultureInfo.InvariantCulture)} of parts, by cost, made in {Countries.NameOf(offer.Country)}" : "unknown")
        + (offer.OriginUnknown > 0 ? $"; {Wording.Count(offer.OriginUnknown, "part")} of unknown origin {(offer.OriginUnknown == 1 ? "counts" : "count")} as foreign" : "") + (offer.CostUnknown > 0 ? $"; {Wording.Count(offer.CostUnknown, "part")} without a cost left out" : "");

    private static string Paper(ConfigurePaper p) => p.State switch
    {
        PaperState.InForce => $"in force then ({p.Document})",
        PaperState.Lapsed => $"lapsed by then ({p.Document}); it cannot be confirmed",
        PaperState.NotYet => $"not yet in force then ({p.Document}); it cannot be confirmed",
        _ => "missing; it cannot be confirmed",
    };

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
