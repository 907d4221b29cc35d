using Homestretch.Learning;
using Homestretch.Server.Training;
using Homestretch.Web.Window;

namespace Homestretch.Server.Access;

/// <summary>Trained models: made from what all parties have told, so the brand owner's alone.</summary>
internal sealed partial class PersonWindow
{
    private bool SeesModels => Brand && (May(Permission.SeeMachines) || May(Permission.SeeSupply));
    private bool MayTrain => Brand && May(Permission.TrainModels);

    public IReadOnlyList<ModelRow> Models() => SeesModels ? _models.Rows() : [];

    public ModelDetail? Model(ModelKind kind, string subject) => SeesModels ? _models.One(new(kind, subject)) : null;

    /// <summary>The file of a version; null when it is not there or not this person's to see.</summary>
    public async Task<byte[]?> ModelFile(ModelKind kind, string subject, int version, CancellationToken cancel) => SeesModels ? await _models.File(new(kind, subject), version, cancel) : null;

    public Task<Told> TrainModel(ModelKind kind, string subject, CancellationToken cancel) => Done(new(kind, subject), key => _models.Train(Person, key, cancel));

    public async Task<Told> AddModel(string subject, string fileName, byte[] file, CancellationToken cancel)
    {
        if (!MayTrain) return Refused("put models in");
        var (version, findings) = await _models.Add(Person, subject, fileName, file, cancel);
        return new(findings.Count == 0, Clock.Version, findings, findings.Count == 0 ? $"{version}" : null);
    }

    public Task<Told> PutModelInForce(ModelKind kind, string subject, int version, CancellationToken cancel) => Done(new(kind, subject), key => _models.PutInForce(Person, key, version, cancel));

    public Task<Told> RollModelBack(ModelKind kind, string subject, CancellationToken cancel) => Done(new(kind, subject), key => _models.RollBack(Person, key, cancel));

    public Task<Told> RetireModel(ModelKind kind, string subject, CancellationToken cancel) => Done(new(kind, subject), key => _models.Retire(Person, key, cancel));

    public Task<Told> GiveModel(ModelKind kind, string subject, string edge, CancellationToken cancel) => Done(new(kind, subject), key => _models.Give(Person, key, edge, cancel));

    private async Task<Told> Done(ModelKey key, Func<ModelKey, Task<IReadOnlyList<Finding>>> act)
    {
        if (!MayTrain) return Refused("train models or put them in force");
        IReadOnlyList<Finding> findings = await act(key);
        return new(findings.Count == 0, Clock.Version, findings);
    }
}
