using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Tests.Archiving;

/// <summary>Operations of the floor from weeks ago.</summary>
internal static class DoneOperations
{
    public static FloorOperation Operation(int n) => Of("aaaaaaaaaaaaaaaa", n, Instant.FromUtc(2026, 9, 1, 8, 0) + Duration.FromHours(n));

    public static FloorOperation Of(string install, int n, Instant happened) => new($"{install}/{n + 1}", "MERIDIAN", n % 5 == 0 ? "ALM" : "GVL", n % 3 == 0 ? FloorAct.Pick : FloorAct.Move, "GVL-07", "worker-1", happened, happened + Duration.FromMinutes(n), n % 2 == 0 ? "TYR-1" : "SAD-1", "A",
        $"OLD-{n % 4}", n + 0.5m, n % 2 == 0 ? "A-01" : "A-02", n % 2 == 0 ? "A-03" : "A-01", "", n % 6 == 1 ? "C1-OLD-1" : "", "", "", "note=ü; \"x\"", "", n % 4 == 3 ? FloorAnswer.Refused : FloorAnswer.Accepted, n % 4 == 3 ? 0 : 1.25m, n % 4 == 3 ? "not-there" : "", n % 4 == 3 ? "A-02 does not have so many." : "");
}
