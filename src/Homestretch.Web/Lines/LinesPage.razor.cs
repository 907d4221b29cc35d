using Homestretch.Web.Showing;
using Homestretch.Web.Window;
using Microsoft.AspNetCore.Components;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Web.Lines;

public sealed partial class LinesPage : Screen
{
    private IReadOnlyList<LineView> _lines = [];
    private Scale _scale;

    /// <summary>First day shown, ISO; absent: the hub's today.</summary>
    [SupplyParameterFromQuery(Name = "day")] private string? Day { get; set; }
    [SupplyParameterFromQuery(Name = "days")] private int? DaysShown { get; set; }

    private int Days => Math.Clamp(DaysShown ?? 7, 1, 31);
    private LocalDate First => LocalDatePattern.Iso.Parse(Day ?? "") is { Success: true } day ? day.Value : When.Local(Clock.Now).Date;

    private string Export => $"/export/lines.csv?from={When.Iso(_scale.From)}&to={When.Iso(_scale.To)}";

    protected override void Ask()
    {
        _scale = new(First.AtStartOfDayInZone(Clock.Zone).ToInstant(), First.PlusDays(Days).AtStartOfDayInZone(Clock.Zone).ToInstant());
        _lines = Window.Lines(_scale.From, _scale.To);
    }

    private string To(int days) => Nav.GetUriWithQueryParameter("day", LocalDatePattern.Iso.Format(First.PlusDays(days)));
}
