using Homestretch.Products.Ordering;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Web.Window;

/// <summary>An order while it is chosen. What is not given is taken from the company: the first family, market and hub, 60 days from now.</summary>
/// <param name="Choices">Choices as feature=option, in the order made.</param>
public sealed record ConfigureQuery(string? Family, string? Market, string? Hub, LocalDate? Requested, IReadOnlyList<string> Choices);

/// <param name="Refused">Choices that could not be made.</param>
/// <param name="Void">Rules that together leave no order at all.</param>
/// <param name="Proposed">The whole order: what is chosen, the rest as proposed; null when there is none.</param>
/// <param name="Offer">Its price, dates and domestic content.</param>
/// <param name="Asks">What else market and product ask for.</param>
/// <param name="Firmware">The image it is finished with; null: none is on record.</param>
/// <param name="PapersKnown">False: nothing is recorded of what the market asks for.</param>
/// <param name="Findings">Why nothing can be chosen; empty otherwise.</param>
public sealed record ConfigureView(string Family, string Market, string MarketName, string Hub, LocalDate Requested, IReadOnlyList<Named> Families, IReadOnlyList<Named> Markets, IReadOnlyList<Named> Hubs,
    IReadOnlyList<string> Chosen, IReadOnlyList<ConfigureFeature> Features, IReadOnlyList<ConfigureRefusal> Refused, IReadOnlyList<ToldRule> Void, Choices? Proposed, bool Complete, ConfigureOffer? Offer,
    IReadOnlyList<ConfigureAsk> Asks, ConfigureFirmware? Firmware, bool PapersKnown, IReadOnlyList<ConfigurePaper> Papers, IReadOnlyList<Finding> Findings);

/// <param name="Taken">Name of the option that is chosen or forced; empty: open.</param>
public sealed record ConfigureFeature(string Feature, string Taken, IReadOnlyList<ConfigureOption> Options);

/// <param name="Proposed">Is it in the proposed order?</param>
/// <param name="Why">Only of an impossible one.</param>
/// <param name="Offer">The order with it, all else as chosen or proposed; null of an impossible one.</param>
public sealed record ConfigureOption(string Option, string Name, OptionState State, bool Proposed, ConfigureRefusal? Why, ConfigureOffer? Offer);

/// <param name="Name">The option as people say it.</param>
/// <param name="Reasons">Each a line.</param>
/// <param name="Cure">What would allow it, in words.</param>
/// <param name="Change">Choices that allow it, as feature=option, that option included; null: none do.</param>
public sealed record ConfigureRefusal(string Feature, string Option, string Name, IReadOnlyList<string> Reasons, string Cure, IReadOnlyList<string>? Change);

/// <param name="Refusal">Why there is no date; empty when there is one.</param>
/// <param name="Price">List price of one unit; null: unknown, or not to be seen.</param>
/// <param name="Domestic">Share of what its parts cost that is made in <paramref name="Country"/>; null: unknown.</param>
/// <param name="OriginUnknown">Parts of unknown origin, which count as foreign.</param>
/// <param name="CostUnknown">Parts without a cost, which are left out.</param>
public sealed record ConfigureOffer(DatesView? Dates, string Refusal, Money? Price, double? Domestic, string Country, int OriginUnknown, int CostUnknown);

public sealed record ConfigureAsk(MarketRuleKind Kind, string Where, string Value, string Text, string Source, bool Sample);

public sealed record ConfigureFirmware(string Version, string Sha256, string Source);

public sealed record ConfigurePaper(string Requirement, string Title, PaperState State, string Document, string Source);
