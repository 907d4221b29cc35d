using System.CommandLine;
using System.Text.Json;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Health;
using Homestretch.Machines.Health;
using NodaTime;

namespace Homestretch.Cli.Health;

/// <summary>machines watch: anomalies of a machine without failure history (docs/anomalies.md).</summary>
internal static class WatchCommand
{
    private static readonly JsonSerializerOptions s_form = new() { WriteIndented = true };

    private sealed record Alarm(Instant From, Instant Until, string Sensor, double Score, double Threshold);

    public static Command Build(Option<bool> json)
    {
        var file = new Argument<string>("FILE") { Description = "Readings of one machine: a column of times, one a sensor; also .gz." };
        var alarms = new Option<double>("--false-alarms") { Description = "False alarms a month that are allowed.", DefaultValueFactory = static _ => 1 };
        var known = new Option<string>("--known") { Description = "Spans in which it was not well (from,to), to score alarms against." };
        var command = new Command("watch", "Say when a machine leaves what is normal for it; nothing is known of its failures.") { file, alarms, known, json };
        command.SetAction(r =>
        {
            if (r.GetValue(alarms) is not (> 0 and <= 1000))
            {
                Console.Error.WriteLine("--false-alarms is a number above 0, at most 1000.");
                return Folder.BadInput;
            }
            if (HealthFiles.Bytes(r.GetValue(file)!) is not { } bytes) return Folder.BadInput;
            var (series, findings) = SeriesFile.Read(bytes, r.GetValue(file)!);
            if (!HealthFiles.Said(findings)) return Folder.BadInput;
            IReadOnlyList<Interval>? spans = null;
            if (r.GetValue(known) is { } path)
            {
                if (HealthFiles.Bytes(path) is not { } text) return Folder.BadInput;
                (spans, findings) = SeriesFile.ReadSpans(text, path);
                if (!HealthFiles.Said(findings)) return Folder.BadInput;
            }
            double seconds = Spacing(series!);
            var options = new AnomalyOptions(AnomalyOptions.RiskOf(r.GetValue(alarms), seconds));
            Tell(series!, seconds, Watched(series!, options), spans, r.GetValue(json));
            return Folder.Ok;
        });
        return command;
    }

    private static List<Alarm> Watched(MachineSeries series, AnomalyOptions options)
    {
        var watch = new AnomalyWatch(series.Sensors.Length, options);
        var alarms = new List<Alarm>();
        for (int i = 0; i < series.Times.Length; i++)
        {
            AnomalySaid said = watch.Take(series.Reading(i));
            if (said.Begins) alarms.Add(new(series.Times[i], series.Times[i], series.Sensors[said.Sensor], said.Score, said.Threshold));
            else if (said.State == AnomalyState.Alarm) alarms[^1] = alarms[^1] with { Until = series.Times[i] };
        }
        return alarms;
    }

    private static void Tell(MachineSeries series, double seconds, List<Alarm> alarms, IReadOnlyList<Interval>? spans, bool json)
    {
        double months = (series.Times[^1] - series.Times[0]).TotalDays / 30;
        var found = spans?.Select(s => (Span: s, Alarm: alarms.Find(a => a.From < s.End && a.Until >= s.Start))).ToList();
        int wrong = spans is null ? 0 : alarms.Count(a => !spans.Any(s => a.From < s.End && a.Until >= s.Start));
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                readings = series.Times.Length,
                passed_over = series.PassedOver,
                seconds_per_reading = seconds,
                months = Math.Round(months, 3),
                alarms_per_month = Math.Round(alarms.Count / Math.Max(months, 1e-9), 3),
                alarms = alarms.Select(static a => new { from = a.From.ToString(), until = a.Until.ToString(), sensor = a.Sensor, score = Math.Round(a.Score, 2), threshold = Math.Round(a.Threshold, 2) }),
                known = found?.Select(static f => new { from = f.Span.Start.ToString(), to = f.Span.End.ToString(), found = f.Alarm is not null, hours_before_end = f.Alarm is { } a ? Math.Round((f.Span.End - a.From).TotalHours, 1) : (double?)null }),
                false_alarms_per_month = spans is null ? (double?)null : Math.Round(wrong / Math.Max(months, 1e-9), 3),
            }, s_form));
            return;
        }
        Console.Out.WriteLine($"{series.Times.Length} readings of {series.Sensors.Length} sensors in {months:0.00} months: {alarms.Count} alarms, {alarms.Count / Math.Max(months, 1e-9):0.00} a month{(series.PassedOver > 0 ? $"; {series.PassedOver} rows out of order passed over" : "")}");
        foreach (Alarm a in alarms) Console.Out.WriteLine($"  {a.From} to {a.Until}  {a.Sensor} is {a.Score:0.0} deviations off ({a.Threshold:0.0} begin an alarm)");
        if (found is null) return;
        Console.Out.WriteLine($"found {found.Count(static f => f.Alarm is not null)} of {found.Count} known spans; {wrong} false alarms, {wrong / Math.Max(months, 1e-9):0.00} a month");
        foreach (var (span, alarm) in found) Console.Out.WriteLine($"  {span.Start} to {span.End}  {(alarm is null ? "not found" : $"found {(span.End - alarm.From).TotalHours:0.0} h before its end")}");
    }

    /// <summary>Median seconds between two readings.</summary>
    private static double Spacing(MachineSeries series)
    {
        double[] apart = [.. series.Times.Zip(series.Times.Skip(1), static (a, b) => (b - a).TotalSeconds).Order()];
        return apart.Length == 0 ? 1 : Math.Max(1e-3, apart[apart.Length / 2]);
    }
}
