namespace Homestretch.Floor.Speaking;

/// <summary>One text of the app in every language it speaks; {0}, {1} stand for what is put in.</summary>
public sealed record Text(string En, string Es, string De, string Fr, string Vi, string Zh)
{
    public string In(Language language) => language switch { Language.English => En, Language.Spanish => Es, Language.German => De, Language.French => Fr, Language.Vietnamese => Vi, Language.Chinese => Zh };
}

public enum Language { English, Spanish, German, French, Vietnamese, Chinese }
