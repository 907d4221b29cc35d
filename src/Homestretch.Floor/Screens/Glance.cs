using Homestretch.Finishing.Floor;
using Homestretch.Floor.Guiding;
using Homestretch.Floor.Speaking;

namespace Homestretch.Floor.Screens;

/// <summary>The card that tells at a glance what comes next: title, value, state, and where to go.</summary>
/// <param name="Way">Screen of the next action; empty: there is none.</param>
public sealed record Glance(string Title, string Value, string State, string Way, string Mood)
{
    internal static Glance Of(Shift shift)
    {
        Tongue speak = shift.Speak;
        if (shift.Refused + shift.Unclear > 0) return new(speak[Say.LookAtRefused], speak.Number(shift.Refused + shift.Unclear), "", "queue", "bad");
        if (shift.Board is not { } board) return new(speak[Say.NoBoard], "–", "", "", "quiet");
        NextAction next = NextAction.Of(board, shift.Stores, shift.Builds);
        if (next.Step is { } step) next = next with { Text = StepWording.Of(board, next.Family, step, speak).Title };
        CardText words = CardWords.TextOf(next.Kind, speak);
        return new(CardWords.Fill(words.Title, next, speak), CardWords.Fill(words.Value, next, speak), CardWords.Fill(words.State, next, speak), CardWords.Way(words, next), next.Kind == NextKind.Nothing ? "quiet" : "now");
    }
}
