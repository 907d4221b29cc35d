namespace Homestretch.Web.Cutting;

/// <summary>A bar with its value in words, and perhaps another design's below it.</summary>
/// <param name="Small">What is said below the name; empty: nothing.</param>
/// <param name="Other">The other design's; null: there is none.</param>
public sealed record ShareBar(string Key, string Name, string Small, double Value, string Said, double? Other = null, string OtherSaid = "");
