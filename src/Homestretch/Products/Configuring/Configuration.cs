using System.Numerics;

namespace Homestretch.Products.Configuring;

/// <summary>Choices made one after another, of which none ever has to be taken back: what is no longer possible is known before it is chosen.</summary>
/// <remarks>Backtrack-free configuration (Amilhastre, Fargier and Marquis 2002).</remarks>
public sealed class Configuration
{
    private readonly CompiledModel _model;
    private readonly SelectState[] _states;

    internal Configuration(CompiledModel model, IReadOnlyList<Choice> choices)
    {
        (_model, Choices) = (model, choices);
        bool[] possible = model.Compiled.Possible(choices.Select(model.Literal));
        _states = new SelectState[model.Selectables.Count];
        for (int s = 0; s < _states.Length; s++)
        {
            int variable = model.Translated.Choosables[s].Variable;
            _states[s] = !possible[2 * variable] ? SelectState.Impossible : !possible[2 * variable + 1] ? SelectState.Forced : SelectState.Open;
        }
        foreach (Choice choice in choices) _states[choice.Of.Number] = choice.Taken ? SelectState.Taken : SelectState.Left;
    }

    /// <summary>In the order made.</summary>
    public IReadOnlyList<Choice> Choices { get; }

    public SelectState this[Selectable selectable] => _states[selectable.Number];

    /// <summary>Is everything decided?</summary>
    public bool Complete => Array.IndexOf(_states, SelectState.Open) < 0;

    /// <summary>Configurations that the choices leave.</summary>
    public BigInteger Count => _model.CountWith(Choices);

    /// <summary>The configuration after one more choice, or why it cannot be made. A choice about the same selectable is replaced.</summary>
    public Chosen Choose(Choice choice, CancellationToken cancel)
    {
        IReadOnlyList<Choice> others = [.. Choices.Where(c => c.Of != choice.Of)];
        return Conflicts.Of(_model, others, choice, false, cancel) is { } conflict ? new(null, conflict) : new(new(_model, [.. others, choice]), null);
    }

    /// <summary>The configuration without the choice about a selectable.</summary>
    public Configuration Without(Selectable selectable) => new(_model, [.. Choices.Where(c => c.Of != selectable)]);

    /// <summary>One way to finish that takes as few further features as can be.</summary>
    public IReadOnlyList<Selectable> Finished()
    {
        int[] costs = new int[2 * _model.Translated.Variables];
        foreach (Selectable s in _model.Selectables) costs[2 * _model.Translated.Choosables[s.Number].Variable] = 1;
        return _model.Of(_model.Compiled.Cheapest(Choices.Select(_model.Literal), costs)!);
    }
}

/// <summary>What came of a choice: the next configuration, or the conflict.</summary>
public sealed record Chosen(Configuration? Configuration, Conflict? Conflict);
