using Homestretch.Web.Window;

namespace Homestretch.Web.Showing;

/// <summary>What came of telling something, read out politely at the foot of the page.</summary>
internal sealed class Notices(Pulse pulse)
{
    private readonly List<(int Number, bool Good, string Text)> _shown = [];
    private int _number;

    public event Action? Changed;
    public IReadOnlyList<(int Number, bool Good, string Text)> Shown => _shown;

    /// <summary>Says what came of a form, when it was accepted. What was refused is given back: the form says it beside its fields.</summary>
    public IReadOnlyList<Finding> Tell(Told told, string done)
    {
        if (told.Accepted) Say(told, done);
        return told.Accepted ? [] : told.Findings is { Count: > 0 } all ? all : [new(new("form"), "refused", "Refused.", "Try again.")];
    }

    /// <summary>Says what came of an act without a form. Refusals stay until dismissed.</summary>
    public void Say(Told told, string done)
    {
        if (told.Accepted) pulse.Look();
        if (told.Accepted) _shown.RemoveAll(static n => n.Good);
        foreach (string text in told.Accepted ? [done] : told.Findings.Select(static f => $"Refused: {f.What} {f.Cure}").DefaultIfEmpty("Refused."))
            _shown.Add((++_number, told.Accepted, text));
        Changed?.Invoke();
    }

    public void Dismiss(int number)
    {
        _shown.RemoveAll(n => n.Number == number);
        Changed?.Invoke();
    }
}
