namespace Homestretch.Web.Exposing;

/// <summary>One bar: what somebody could rebuild of the product.</summary>
/// <param name="Small">What is said below the name.</param>
/// <param name="Given">Share so far.</param>
/// <param name="Planned">Share with what is planned.</param>
/// <param name="Link">What opens; null: nothing does.</param>
public sealed record ExposureBar(string Key, string Name, string Small, double Given, double Planned, string? Link = null);
