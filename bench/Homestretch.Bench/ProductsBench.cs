using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Homestretch.Exchange.Uvl;
using Homestretch.Products.Configuring;

namespace Homestretch.Bench;

/// <summary>Feature models from files or folders: reading, compiling, choices, conflicts, samples. The first time of a model in a process that has
/// read none holds the compilation of the code itself; the others are the median of five.</summary>
internal static class ProductsBench
{
    private const int Choices = 400;

    public static int Run(string[] args)
    {
        Console.WriteLine("| model | features | constraints | count | read, ms | compile, ms (first) | nodes / parts | a choice, ms, median / p99 / most | a conflict, ms, median / most | unproven | dead, core, false-optional, ms | a sample, us |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (string file in args.SelectMany(static a => Directory.Exists(a) ? Directory.EnumerateFiles(a, "*.uvl").Order(StringComparer.Ordinal) : (IEnumerable<string>)[a])) One(file);
        return 0;
    }

    private static void One(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file), text = File.ReadAllText(file);
        double[] reading = new double[6], compiling = new double[6];
        CompiledModel? model = null;
        for (int round = 0; round < 6; round++)
        {
            long start = Stopwatch.GetTimestamp();
            UvlRead read = UvlReader.Read(name, text);
            reading[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            if (read.Findings.Count > 0 || (model = CompiledModel.Compile(read.Model!, name, CancellationToken.None).Compiled) is null)
            {
                Console.WriteLine($"| {name} | has errors: products check tells them |");
                return;
            }
            compiling[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        var (choosing, clashing, unproven) = Play(model!);
        double asked = Once(() => model!.Anomalies());
        double drawn = Once(() => { foreach (var one in model!.Sample(1, 1000)) GC.KeepAlive(one); });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {model!.Model.Features().Count()} | {model.Model.Rules.Count} | {Short(model.Count)} | {Median(reading[1..]):0.0} | {Median(compiling[1..]):0} ({compiling[0]:0}) | {model.Nodes} / {model.Parts} | {Median(choosing):0.00} / {At(choosing, 0.99):0.00} / {At(choosing, 1):0.00} | {Median(clashing):0.0} / {At(clashing, 1):0} | {unproven} | {asked:0} | {drawn:0} |"));
    }

    /// <summary>Takes or leaves features at random until all is decided, again and again; the first hundred are not counted.</summary>
    private static (List<double> Choosing, List<double> Clashing, int Unproven) Play(CompiledModel model)
    {
        var random = new Random(1);
        var choosing = new List<double>();
        var clashing = new List<double>();
        int unproven = 0;
        Configuration configuration = model.Start()!;
        for (int n = 0, done = 0; n < 4 * Choices && done < Choices + 100; n++)
        {
            if (configuration.Complete) configuration = model.Start()!;
            var choice = new Choice(model.Selectables[random.Next(model.Selectables.Count)], random.Next(2) == 0);
            long start = Stopwatch.GetTimestamp();
            Chosen chosen = configuration.Choose(choice, CancellationToken.None);
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            done++;
            if (chosen.Conflict is { Fewest: false }) unproven++;
            configuration = chosen.Configuration ?? configuration;
            if (done > 100) (chosen.Conflict is null ? choosing : clashing).Add(time);
        }
        return (choosing, clashing, unproven);
    }

    private static double Once(Action action)
    {
        action();
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IReadOnlyList<double> times) => At(times, 0.5);

    private static double At(IReadOnlyList<double> times, double share) => times.Count == 0 ? 0 : times.Order().ElementAt((int)(share * (times.Count - 1)));

    private static string Short(BigInteger count) => count.ToString(CultureInfo.InvariantCulture) is { Length: > 15 } digits ? $"{digits[0]}.{digits[1..4]}e{digits.Length - 1}" : count.ToString(CultureInfo.InvariantCulture);
}
