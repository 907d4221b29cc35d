namespace Homestretch.Edge.Judge;

/// <summary>The health model in force.</summary>
internal sealed class Model
{
    /// <summary>Looks whether a model can be used here, and says why not.</summary>
    public void Check(byte[] payload, string name, List<Finding> findings) =>
        findings.Add(new(new(name), "no-evaluator", $"This edge cannot evaluate models; {payload.Length} bytes were not taken.", "Use a release whose edge evaluates the model."));

    /// <summary>Puts a model in force; null: none.</summary>
    public void Load(byte[]? payload)
    {
        if (payload is not null) throw new InvalidOperationException("A model that was refused is loaded.\nMaybe its file was written by another release.");
    }
}
