using Homestretch.Learning;

namespace Homestretch.Web.Window;

public partial interface IWindow
{
    /// <summary>Trained models, those in use and those that could be; the brand owner's only.</summary>
    IReadOnlyList<ModelRow> Models();

    /// <summary>One of them with all its versions; null when it is not there or not this person's to see.</summary>
    ModelDetail? Model(ModelKind kind, string subject);

    /// <summary>Asks for a training now; what comes of it is told by <see cref="ModelRow.Training"/>.</summary>
    Task<Told> TrainModel(ModelKind kind, string subject, CancellationToken cancel);

    /// <summary>Puts a model file in, as a candidate; a bad one is refused and changes nothing.</summary>
    Task<Told> AddModel(string subject, string fileName, byte[] file, CancellationToken cancel);

    /// <summary>Puts a version in force; the one before is retired.</summary>
    Task<Told> PutModelInForce(ModelKind kind, string subject, int version, CancellationToken cancel);

    /// <summary>Puts the version in force that was before.</summary>
    Task<Told> RollModelBack(ModelKind kind, string subject, CancellationToken cancel);

    /// <summary>Gives an edge its first version of a model: the one in force, signed.</summary>
    /// <param name="edge">One of <see cref="ModelDetail.Takers"/>.</param>
    Task<Told> GiveModel(ModelKind kind, string subject, string edge, CancellationToken cancel);

    /// <summary>Takes the version in force out of it; nothing follows.</summary>
    Task<Told> RetireModel(ModelKind kind, string subject, CancellationToken cancel);
}
