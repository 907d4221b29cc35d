using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Where a unit's passport is and who was given more of it; null where there is no such unit, or it is not this person's to see.</summary>
    Task<UnitPassport?> UnitPassport(string serial, CancellationToken cancel);

    /// <summary>Gives somebody outside a link to a restricted part of a unit's passport.</summary>
    /// <param name="to">Whom it is for, and why.</param>
    /// <param name="days">How long it works.</param>
    Task<PassportLinkView> SharePassport(string serial, PassportTier tier, string to, int days, CancellationToken cancel);

    /// <summary>Ends a link at once.</summary>
    Task<Told> EndPassportLink(string id, CancellationToken cancel);
}

/// <param name="Address">Address of the public part; null: passports are not turned on.</param>
/// <param name="Finished">Whether the unit is complete: before, the address leads to nothing.</param>
/// <param name="Missing">Fields that the law needs and nobody has said.</param>
/// <param name="Gives">Whether the person may give links and end them.</param>
/// <param name="Links">Those that work today, for who may give them.</param>
public sealed record UnitPassport(string? Address, bool Finished, IReadOnlyList<string> Missing, bool Gives, IReadOnlyList<PassportLinkRow> Links);

/// <param name="Id">Names it without its secret.</param>
/// <param name="To">Whom it was given to, and why.</param>
/// <param name="By">Login of who gave it.</param>
public sealed record PassportLinkRow(string Id, PassportTier Tier, string To, string By, Instant Made, Instant Until);

/// <param name="Address">The link, told this once; null: there is none, for the reasons in <paramref name="Findings"/>.</param>
public sealed record PassportLinkView(string? Address, IReadOnlyList<Finding> Findings);
