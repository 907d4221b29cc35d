using Homestretch.Edge.Contract;
using Homestretch.Edge.Feature;
using Homestretch.Exchange.Edges;
using NodaTime;
using Xunit;

namespace Homestretch.Edge.Tests.Feature;

public sealed class TellingTests : IDisposable
{
    private static readonly Instant s_t = Instant.FromUtc(2026, 3, 2, 6, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-telling-").FullName;
    private readonly Telling _telling;
    private readonly List<ToTell> _out = [];
    private ReportRules _rules = ReportRules.Default;

    public TellingTests() => _telling = new(new(_folder, static _ => { }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Only_news_is_told_and_everything_again_after_the_heartbeat()
    {
        _rules = new(60, [new("Vibration", 0.5, 0)], []);
        Hear(0, "Vibration", 1.0);
        Hear(1, "Vibration", 1.4);
        Hear(2, "Vibration", 1.6);
        Hear(3, "Vibration", 1.2);
        Hear(70, "Vibration", 1.2);
        Hear(0, "State", "Running");
        Hear(1, "State", "Running");
        Hear(2, "State", "Down");
        Assert.Equal(["Vibration 1 @0", "Vibration 1.6 @2", "Vibration 1.2 @70", "State Running @0", "State Down @2"], Said());
    }

    [Fact]
    public void What_the_contract_does_not_list_is_never_told_and_nothing_finer_than_it_says()
    {
        Hear(0, "Secret", 1);
        Hear(0, "Temperature", 36.64);
        Hear(1, "Temperature", 36.61);
        Hear(2, "Temperature", 36.7);
        Assert.Equal(["Temperature 36.6 @0", "Temperature 36.7 @2"], Said());
    }

    [Fact]
    public void A_change_that_comes_too_soon_waits_and_the_newest_is_told_when_its_time_has_come()
    {
        Hear(0, "Pressure", 1);
        Hear(1, "Pressure", 2);
        Hear(4, "Pressure", 3);
        Due(9);
        Assert.Equal(["Pressure 1 @0"], Said());
        Due(10);
        Assert.Equal(["Pressure 1 @0", "Pressure 3 @4"], Said());
        // undone before its time: nothing is told
        Hear(11, "Pressure", 4);
        Hear(12, "Pressure", 3);
        Due(60);
        Assert.Equal(2, Said().Length);
    }

    [Fact]
    public void Late_values_are_told_at_their_own_time_and_are_no_news_of_now()
    {
        Hear(100, "State", "Running");
        Hear(50, "State", "Down");
        Hear(101, "State", "Running");
        Assert.Equal(["State Running @100", "State Down @50"], Said());
        _out.Clear();
        _telling.Restate(s_t + Duration.FromSeconds(200), s_contract, _out);
        Assert.Equal(["State Running @200"], Said());
    }

    private static readonly DataContract s_contract = new("S", "R", "p", Instant.MinValue, null, [new("M1", "Vibration"), new("M1", "State"), new("M1", "Temperature", 0, 0.1), new("*", "Pressure", 10)]);

    private void Hear(int second, string metric, double value) => Hear(second, new EdgeValue(metric, value));

    private void Hear(int second, string metric, string text) => Hear(second, new EdgeValue(metric, double.NaN, text));

    private void Hear(int second, EdgeValue value) => _telling.Take("M1", s_t + Duration.FromSeconds(second), [value], s_contract, _rules, s_t + Duration.FromSeconds(second), _out);

    private void Due(int second) => _telling.Due(s_t + Duration.FromSeconds(second), s_contract, _out);

    private string[] Said() => [.. _out.Select(static o => FormattableString.Invariant($"{o.Value.Metric} {o.Value.Text ?? Math.Round(o.Value.Number, 9).ToString(System.Globalization.CultureInfo.InvariantCulture)} @{(o.At - s_t).TotalSeconds}"))];
}
