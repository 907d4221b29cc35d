using Homestretch.Exchange.Models;
using Homestretch.Machines.Health;

namespace Homestretch.Edge.Judge;

/// <summary>The health model in force: the same file, and by the core's one evaluator the same bits, as at the hub.</summary>
internal sealed class Model
{
    private volatile LifeModel? _life;

    /// <summary>The model; null: none is in force.</summary>
    public LifeModel? Life => _life;

    /// <summary>Looks whether a model can be used here, and says why not.</summary>
    public static void Check(byte[] payload, string name, List<Finding> findings) => findings.AddRange(LifeModelFile.Read(payload, name).Findings);

    /// <summary>Puts a model in force that was checked; null: none.</summary>
    public void Load(byte[]? payload) => _life = payload is null ? null : LifeModelFile.Read(payload, "model").Model;
}
