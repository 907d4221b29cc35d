using Homestretch.Finishing.Floor;
using Homestretch.Floor.Speaking;

namespace Homestretch.Floor.Guiding;

/// <summary>Texts of what comes next, with places in braces for the fields of <see cref="NextAction"/>, and the screen of it.</summary>
public sealed record CardText(string Title, string Value, string State, string Way);

/// <summary>The words of the card that tells what comes next, in one language. The app fills them for its first screen; the service worker keeps them for cards that the hub sends, which hold names and numbers only.</summary>
/// <param name="Next">Texts by <see cref="NextKind"/>, as a word.</param>
/// <param name="News">Texts by <see cref="FloorNewsKind"/>, as a word.</param>
/// <param name="Then">Stands before what comes next where news stand first.</param>
public sealed record CardWords(string Language, string Then, string GoOn, IReadOnlyDictionary<string, CardText> Next, IReadOnlyDictionary<string, string> News)
{
    private const string Name = "{name}", Place = "{place}", Count = "{count}";

    public static CardWords Of(Tongue speak) => new(speak.Tag, speak[Say.Next], speak[Say.GoOn], Enum.GetValues<NextKind>().ToDictionary(Word, k => TextOf(k, speak), StringComparer.Ordinal), Enum.GetValues<FloorNewsKind>().ToDictionary(Word, k => speak[TextOf(k), Name], StringComparer.Ordinal));

    public static CardText TextOf(NextKind kind, Tongue speak) => kind switch
    {
        NextKind.Nothing => new(speak[Say.NothingToDo], "✓", "", ""),
        NextKind.Work => new(speak[Say.UnitWord, Name], speak[Say.StepOf, Count, "{steps}"], "{text}", "unit?serial={name}"),
        NextKind.Complete => new(speak[Say.UnitWord, Name], speak[Say.Complete], speak[Say.AllSteps], "unit?serial={name}"),
        NextKind.Pick => new($"{speak[Say.Kit]} {Name}", Place, speak[Say.PartsToPick, Count], "pick?build={name}"),
        NextKind.Begin => new($"{speak[Say.Kit]} {Name}", speak[Say.WholeKit], "{text}", "do/begin?build={name}"),
        NextKind.Receive => new(speak[Say.LotComes, Name], $"{Count} {{measure}}", "{text}", "do/receive?lot={name}"),
        NextKind.Count => new(speak[Say.CountDue], Place, speak[Say.RowsToCount, Count], "store"),
    };

    private static Text TextOf(FloorNewsKind kind) => kind switch
    {
        FloorNewsKind.AndonAnswered => Say.NewsAnswered,
        FloorNewsKind.KitWhole => Say.NewsWhole,
        FloorNewsKind.PartArrived => Say.NewsArrived,
        FloorNewsKind.BinCalls => Say.NewsCalls,
        FloorNewsKind.KitReleased => Say.NewsReleased,
    };

    /// <summary>The screen of what comes next; empty: there is none.</summary>
    public static string Way(CardText text, NextAction next) => text.Way.Replace(Name, Uri.EscapeDataString(next.Name), StringComparison.Ordinal);

    /// <summary>A text with its places filled, each once: what is put in is not looked through again.</summary>
    public static string Fill(string text, NextAction next, Tongue speak) => System.Text.RegularExpressions.Regex.Replace(text, @"\{(\w+)\}", place => place.Groups[1].Value switch
    {
        "name" => next.Name,
        "place" => next.Place,
        "count" => speak.Number(next.Count),
        "steps" => speak.Number(next.Steps),
        "measure" => next.Measure,
        "text" => next.Text,
        _ => place.Value,
    });

    private static string Word<T>(T kind) where T : struct, Enum => World.Words.Of(kind);
}
