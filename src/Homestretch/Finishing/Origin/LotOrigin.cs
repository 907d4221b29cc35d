using Homestretch.Landing;

namespace Homestretch.Finishing.Origin;

/// <summary>What is known of where a lot comes from.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 country of origin; empty: undetermined.</param>
/// <param name="Originating">Agreements under which it originates; null: nobody has determined it.</param>
/// <param name="Price">Paid for one of its units, without the way; null: unknown.</param>
internal sealed record LotOrigin(string Country, IReadOnlyList<string>? Originating, Charge? Price)
{
    public static LotOrigin Unknown { get; } = new("", null, null);
}
