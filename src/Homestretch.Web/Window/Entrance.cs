namespace Homestretch.Web.Window;

/// <summary>What the sign-in page may know before anyone has signed in. The host registers it; a start that is no demo
/// lists nobody.</summary>
/// <param name="Demo">True when one click signs a demonstration person in; loopback only.</param>
/// <param name="Persons">Whom the demo can be seen as; empty outside it.</param>
public sealed record Entrance(bool Demo, IReadOnlyList<DemoPerson> Persons);

/// <param name="Sees">What this person's slice shows, in a few words.</param>
public sealed record DemoPerson(string Login, string Name, Role Role, string PartyName, string Sees);
