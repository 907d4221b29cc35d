namespace Homestretch.Exposure;

/// <summary>A bound on exposure. Closed: the cases are here.</summary>
public abstract record ExposureLimit
{
    private ExposureLimit() { }

    /// <summary>No outside party alone may reconstruct more.</summary>
    public sealed record Party(double Most) : ExposureLimit;

    /// <summary>The parties of a country together may not reconstruct more.</summary>
    /// <param name="Name">The country; null: each.</param>
    public sealed record Country(string? Name, double Most) : ExposureLimit;

    /// <summary>So much of the product must never leave home.</summary>
    public sealed record Home(double Least) : ExposureLimit;

    /// <summary>So many outside parties must have to come together to reconstruct the product.</summary>
    public sealed record Parties(int Least) : ExposureLimit;
}
