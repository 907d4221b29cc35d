using NodaTime;

namespace Homestretch.Promising;

/// <summary>A plan at another epoch that is still to be evaluated, see <see cref="Plan.Next"/>.</summary>
public sealed class NextEpoch
{
    private readonly Func<Plan> _evaluate;

    internal NextEpoch(Instant t, Func<Plan> evaluate) => (Epoch, _evaluate) = (t, evaluate);

    public Instant Epoch { get; }

    /// <summary>Evaluates it: the long step. May run on another thread, beside the plan that it comes from; call it once.</summary>
    public Plan Evaluate() => _evaluate();
}
