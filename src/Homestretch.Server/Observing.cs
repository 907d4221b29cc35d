using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Homestretch.Server;

/// <summary>Metrics for Prometheus; both metrics and traces by OTLP when OpenTelemetry's own variables say where to.</summary>
internal static class Observing
{
    public static void Observe(this WebApplicationBuilder builder)
    {
        bool all = Given("OTEL_EXPORTER_OTLP_ENDPOINT"), traces = all || Given("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), metrics = all || Given("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        string version = typeof(Observing).Assembly.GetName().Version!.ToString(3);
        OpenTelemetry.OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("homestretch", serviceVersion: version).AddEnvironmentVariableDetector())
            .WithMetrics(m =>
            {
                m.AddMeter(Counters.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (metrics) m.AddOtlpExporter();
            });
        // without anyone to send to, nothing listens and a step costs nothing
        if (traces) telemetry.WithTracing(static t => t.AddSource(Traces.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());

        bool Given(string name) => !string.IsNullOrEmpty(builder.Configuration[name]);
    }
}
