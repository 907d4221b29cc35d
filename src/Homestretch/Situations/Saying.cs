using Homestretch.World;

namespace Homestretch.Situations;

/// <summary>Remedies that are words to customers.</summary>
public static class Saying
{
    /// <summary>Whether it only tells customers something or asks them: it keeps no promise by itself, is shown behind what does, and no standing rule decides it.</summary>
    public static bool OnlySays(this RemedyKind kind) => kind is RemedyKind.NewDate or RemedyKind.AskOption;
}
