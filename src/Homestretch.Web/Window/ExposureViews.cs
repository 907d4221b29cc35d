using Homestretch.Exposure;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>How much of the product outside parties could reconstruct; shares are of all know-how.</summary>
/// <param name="At">The hub's present: what is given or made later is planned.</param>
/// <param name="Weighed">False: nothing says what there is to know, so every share is 0.</param>
/// <param name="Threshold">Share from which on the product counts as copied.</param>
/// <param name="Home">The keystone: share that never leaves home, with what was given so far.</param>
/// <param name="HomePlanned">The same with what is planned.</param>
/// <param name="Fewest">The fewest parties who together reach the threshold, by code, with what was given so far; null: all together do not, or it was not settled.</param>
/// <param name="FewestPlanned">The same with what is planned.</param>
/// <param name="Settled">False: the search for the fewest was ended before it was through.</param>
/// <param name="Parties">Most exposed first, as planned.</param>
/// <param name="Groups">Owners of several parties, countries, and sub-suppliers of several, each kind most exposed first.</param>
/// <param name="Findings">What a person should look at, such as an agreement of secrecy that ended.</param>
public sealed record ExposureView(Instant At, bool Weighed, double Threshold, double Home, double HomePlanned, IReadOnlyList<string>? Fewest, IReadOnlyList<string>? FewestPlanned, bool Settled,
    IReadOnlyList<ExposedParty> Parties, IReadOnlyList<ExposedGroup> Groups, IReadOnlyList<Finding> Findings);

/// <summary>What one party could reconstruct.</summary>
/// <param name="Countries">Where it is registered and has sites.</param>
/// <param name="Owner">Who controls it in the end: its own code, that of another, or a name.</param>
/// <param name="OwnerName">As people call it.</param>
/// <param name="Given">With what was given and made so far.</param>
/// <param name="Planned">With what is planned.</param>
public sealed record ExposedParty(string Party, string Name, IReadOnlyList<string> Countries, string Owner, string OwnerName, double Given, double Planned);

/// <summary>What parties that may put together what they have could reconstruct.</summary>
/// <param name="Name">Owner, country (empty: unknown) or sub-supplier.</param>
/// <param name="Title">As people call it.</param>
/// <param name="Best">The most that any one member could alone, as planned.</param>
/// <param name="Sum">What they could each, added up, as planned.</param>
/// <param name="Members">Codes of parties.</param>
public sealed record ExposedGroup(CoalitionKind Kind, string Name, string Title, double Given, double Planned, double Best, double Sum, IReadOnlyList<string> Members);

/// <summary>What one party knows, item by item.</summary>
/// <param name="Items">All items that it knows something of, or would with one more level; most known first.</param>
/// <param name="Most">The one further document that would raise its share most; null: none would.</param>
public sealed record ExposedPartyView(ExposedParty Of, IReadOnlyList<ExposedItem> Items, ExposedNext? Most);

/// <summary>What a party knows of an item.</summary>
/// <param name="Weight">Share of all know-how that lies in the item itself.</param>
/// <param name="Level">Disclosed so far, by documents or by making and receiving it.</param>
/// <param name="Known">Share of the item that it knows so far, disclosed or inferred.</param>
/// <param name="Makes">It makes the item.</param>
/// <param name="Receives">It makes something that the item goes into.</param>
/// <param name="Documents">What it was given or is to be given, with levels.</param>
/// <param name="Next">What each further level would change, beyond what is planned.</param>
public sealed record ExposedItem(string Item, string Name, double Weight, DisclosureLevel Level, DisclosureLevel LevelPlanned, double Known, double KnownPlanned, bool Makes, bool Receives, IReadOnlyList<ExposedDocument> Documents, IReadOnlyList<ExposedNext> Next);

/// <param name="Given">When; later than the present: planned.</param>
/// <param name="NdaUntil">First moment at which the agreement no longer binds; null: open.</param>
public sealed record ExposedDocument(string Document, DisclosureLevel Level, Instant Given, string Nda, Instant? NdaUntil);

/// <summary>What one more level of an item would change: by how much the share grows of the party, of all its owner controls, of the country where it grows most, and of all outside parties together.</summary>
public sealed record ExposedNext(string Item, string Name, DisclosureLevel Level, double Party, double Owner, double Country, double Outside);
