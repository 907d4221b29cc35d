using Homestretch.Finishing.Jobs;
using NodaTime;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>What was finished on days of its hub from the first to before the other, together and month by month; null for who may not see lines and money.</summary>
    Task<JobsView?> Jobs(LocalDate first, LocalDate until, CancellationToken cancel);
}

/// <summary>Work at home and dependence over some days, from what was really built.</summary>
/// <param name="From">First day.</param>
/// <param name="To">First day after.</param>
/// <param name="TooMany">More units than this were begun since then, so that nothing was counted; 0: all were counted.</param>
public sealed record JobsView(LocalDate From, LocalDate To, IReadOnlyList<HomeWork> Together, IReadOnlyList<HomeWork> Months, int TooMany = 0);
