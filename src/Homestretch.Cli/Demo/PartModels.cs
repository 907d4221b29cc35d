using System.Collections.Concurrent;
using System.Reflection;
using Homestretch.Exchange.Models;
using Homestretch.Machines.Health;
using Homestretch.Solvers.Lives;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>A shipped model as a file, and the kind of machine that it is for.</summary>
internal sealed record PartModel(string Kind, byte[] File);

/// <summary>The trained models that the demonstration's edges judge their parts with, once the hub has given them. They were fitted to <see cref="SimulatedParts"/> by `demo models` and are
/// resources of this program; their cards say that the history is simulated.</summary>
internal static class PartModels
{
    private static readonly ConcurrentDictionary<WearKind, (LifeModel Model, ModelCard Card)> s_read = [];

    /// <summary>Kinds that a model is shipped for, and the life in hours beyond which nothing is told apart.</summary>
    public static IReadOnlyList<(WearKind Kind, string File, double CapHours)> Kinds { get; } =
        [(WearKind.CoolantPump, "coolant-pump.model", 200), (WearKind.SpindleBearing, "spindle-bearing.model", 140)];

    /// <summary>When the shipped models were fitted: fitting them again gives the same bytes.</summary>
    public static readonly Instant Made = Instant.FromUtc(2026, 11, 27, 0, 0);

    /// <summary>The shipped model of a kind; null for one that has none.</summary>
    public static (LifeModel Model, ModelCard Card)? Of(WearKind kind) => Kinds.Any(k => k.Kind == kind) ? s_read.GetOrAdd(kind, Read) : null;

    /// <summary>Fits the model of a kind.</summary>
    public static (LifeFitted Fitted, byte[] File) Fit(WearKind kind, Instant made, CancellationToken stop)
    {
        FailureHistory history = SimulatedParts.Make(kind);
        LifeFitted fitted = LifeFit.Fit(history, new(Kinds.First(k => k.Kind == kind).CapHours, Networks: 3, Trees: 120), stop: stop);
        ModelCard card = LifeModelFile.CardOf(fitted.Model, history, fitted.HeldOut, $"SIMULATED failure history of the demonstration ({kind})", made, 1, new ModelFigure("fit_seconds", 0));
        return (fitted, LifeModelFile.Write(fitted.Model, card));
    }

    /// <summary>The shipped model of a kind as a file; null for one that has none.</summary>
    public static byte[]? FileOf(WearKind kind)
    {
        if (Kinds.FirstOrDefault(k => k.Kind == kind).File is not { } file) return null;
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Homestretch.Cli.Demo.Models.{file}")
            ?? throw new InvalidOperationException($"The resource {file} is missing.\nMaybe it is no longer listed in the project file.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static (LifeModel, ModelCard) Read(WearKind kind)
    {
        var (model, card, findings) = LifeModelFile.Read(FileOf(kind)!, Kinds.First(k => k.Kind == kind).File);
        return model is null ? throw new InvalidOperationException($"{findings[0]}\nMaybe the model was made by another version: run demo models.") : (model, card!);
    }
}
