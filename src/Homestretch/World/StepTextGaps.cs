namespace Homestretch.World;

/// <summary>Work instructions that are there in one language and not in another.</summary>
public static class StepTextGaps
{
    /// <summary>A hint for each step and language that its family's other steps have and it has not, whole: title, text and what is measured. Nothing is wrong with them; people on the floor read the step's own language.</summary>
    public static IEnumerable<Finding> Of(Snapshot world)
    {
        foreach (var family in world.StepTexts.GroupBy(static t => t.Family))
        {
            string[] languages = [.. family.Select(static t => t.Language).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            foreach (WorkStep step in world.WorkSteps.StartingWith($"{family.Key}|"))
                foreach (string language in languages.Where(l => l != step.Language))
                    if (Lacking(step, world.StepTexts.Find($"{family.Key}|{step.Step}|{language}")) is { Length: > 0 } lacking)
                        yield return new(new("step_texts", 0, "language"), "not-translated", $"Step {step.Step} of {family.Key} ({step.Title}) has no {lacking} in {language}.", "Add it to step_texts, or let people read the step's own language.");
        }
    }

    private static string Lacking(WorkStep step, StepText? text) => string.Join(", ", ((string[])
    [
        string.IsNullOrEmpty(text?.Title) ? "title" : "", step.Text.Length > 0 && string.IsNullOrEmpty(text?.Text) ? "text" : "",
        .. step.Tolerances.All.Where(l => StepText.Named(text?.Measured ?? "", l.Name) is null).Select(static l => $"name of {l.Name}"),
    ]).Where(static s => s.Length > 0));
}
