using Homestretch.Edge.Forward;

namespace Homestretch.Edge.Listen;

/// <summary>What every input has at hand.</summary>
internal sealed record InputRoom(Ear Ear, EdgeLog Log, EdgeClock Clock, EdgeCounts Counts, string Edge);

/// <summary>A way in; runs until it is stopped and comes back from every loss by itself.</summary>
internal abstract class Input
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(250), s_longestWait = TimeSpan.FromSeconds(10);

    /// <summary>The input of a setting.</summary>
    public static Input Of(InputSettings settings, InputRoom room) => settings switch
    {
        InputSettings.CsvTail csv => new CsvTailInput(csv, room),
        InputSettings.Http http => new HttpInput(http, room),
        InputSettings.MqttJson json => new MqttJsonInput(json, room),
        InputSettings.OpcUa opc => new OpcUaInput(opc, room),
        InputSettings.Sparkplug sparkplug => new SparkplugInput(sparkplug, room),
        InputSettings.Modbus modbus => new ModbusInput(modbus, room),
        InputSettings.Simulator simulator => new SimulatorInput(simulator, room),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings, "Unknown kind of input."),
    };

    public abstract Task Run(CancellationToken stop);

    /// <summary>Does a thing that ends only by failing, again and again with longer and longer rests.</summary>
    protected static async Task Again(Func<CancellationToken, Task> once, Action<Exception> failed, CancellationToken stop)
    {
        TimeSpan wait = s_shortestWait;
        while (!stop.IsCancellationRequested)
        {
            long began = TimeProvider.System.GetTimestamp();
            try
            {
                await once(stop);
            }
            catch (Exception e)
            {
                // what ends because we stop ends in its own way
                stop.ThrowIfCancellationRequested();
                failed(e);
            }
            wait = TimeProvider.System.GetElapsedTime(began) > s_longestWait ? s_shortestWait : wait * 2 < s_longestWait ? wait * 2 : s_longestWait;
            await Task.Delay(wait, stop);
        }
    }
}
