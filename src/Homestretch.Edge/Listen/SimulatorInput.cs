using Homestretch.Edge.Feature;
using Homestretch.Exchange.Edges;
using Homestretch.World;

namespace Homestretch.Edge.Listen;

/// <summary>Machines that do not exist, for trying an edge out: states, pieces, vibration that grows with wear, temperature and current. Seeded.</summary>
internal sealed class SimulatorInput(InputSettings.Simulator settings, InputRoom room) : Input
{
    public override async Task Run(CancellationToken stop)
    {
        Play[] machines = [.. Enumerable.Range(1, settings.Machines).Select(n => new Play($"{settings.Prefix}{n:D3}", (ulong)(settings.Seed * 100_003 + n)))];
        using var every = new PeriodicTimer(TimeSpan.FromSeconds(settings.EverySeconds));
        while (await every.WaitForNextTickAsync(stop))
        {
            var now = room.Clock.Now;
            await room.Ear.Tell([.. machines.Select(m => new Observation(m.Code, now, m.Step(settings.EverySeconds)))], stop);
        }
    }

    private sealed class Play(string code, ulong seed)
    {
        private ulong _state = seed * 0x9E3779B97F4A7C15 + 1;
        private MachineState _is = MachineState.Running;
        private double _left = 600, _wear, _pieces;

        public string Code => code;

        public List<EdgeValue> Step(double seconds)
        {
            if ((_left -= seconds) <= 0)
            {
                (_is, _left) = _is == MachineState.Running ? (Next() < 0.7 ? MachineState.Idle : MachineState.Down, 30 + 300 * Next()) : (MachineState.Running, 600 + 3000 * Next());
                if (_is == MachineState.Running && Next() < 0.2) _wear = 0;
            }
            bool runs = _is == MachineState.Running;
            if (runs) (_wear, _pieces) = (_wear + seconds * 2e-5, _pieces + seconds / 60);
            return
            [
                new(Metrics.State, double.NaN, Words.Of(_is)), new("Produced", Math.Floor(_pieces)), new("Vibration", runs ? 1.2 + _wear + 0.1 * (Next() - 0.5) : 0.05),
                new("Temperature", 22 + (runs ? 28 : 4) + Next()), new("Current", runs ? 11 + _wear + 0.4 * Next() : 0.6),
            ];
        }

        /// <summary>In [0, 1): xorshift64* (Vigna 2016).</summary>
        private double Next()
        {
            _state ^= _state >> 12;
            _state ^= _state << 25;
            _state ^= _state >> 27;
            return (_state * 0x2545F4914F6CDD1D >> 11) * (1.0 / (1UL << 53));
        }
    }
}
