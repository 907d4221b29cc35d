using System.Diagnostics;

namespace Homestretch.Server;

/// <summary>The steps from what reached the server to the moved promise, as one trace. A step that runs on another thread joins by the context
/// that came with its work; docs/operating/metrics.md names the steps.</summary>
internal static class Traces
{
    public const string Name = "Homestretch";
    private static readonly ActivitySource s_source = new(Name);

    /// <summary>Begins a trace, or a step of the one this thread is in; null when nobody listens.</summary>
    public static Activity? Begin(string step, ActivityKind kind = ActivityKind.Internal) => s_source.StartActivity(step, kind);

    /// <summary>A step of a trace that came with the work; null without one.</summary>
    public static Activity? Join(string step, ActivityContext trace) => trace == default ? null : s_source.StartActivity(step, ActivityKind.Internal, trace);
}
