using Homestretch.Exchange.Edges;

namespace Homestretch.Edge.Listen;

/// <summary>A broker inside the plant.</summary>
internal sealed record BrokerSettings(string Host, int Port, string User, string Password)
{
    public static BrokerSettings Read(JsonPart part, string folder)
    {
        string address = part.Text("broker");
        int colon = address.LastIndexOf(':'), port = 0;
        if (address.Length > 0 && !(colon > 0 && int.TryParse(address.AsSpan(colon + 1), out port) && port is > 0 and <= 65535)) part.Wrong("broker", "address", $"'{address}' is no address.", "Write HOST:PORT.");
        string file = part.Text("password_file", ""), password = "";
        if (file.Length > 0)
        {
            try
            {
                password = File.ReadAllText(Path.GetFullPath(file, folder)).Trim();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                part.Wrong("password_file", "unreadable", $"The file cannot be read: {e.Message}", "Give a path as seen from the folder of the configuration.");
            }
        }
        return new(colon > 0 ? address[..colon] : address, port, part.Text("user", ""), password);
    }
}

/// <summary>Where in a JSON message the machine, its time, its number and its values are.</summary>
/// <param name="Machine">Pointer (RFC 6901) to the machine's name in the message; empty: the topic has it.</param>
/// <param name="TopicLevel">Level of the topic, from 0, that names the machine; -1: none does.</param>
/// <param name="Machines">Names as they come, with our codes; a name that is not listed is its own code.</param>
/// <param name="Time">Pointer to an ISO 8601 text or milliseconds since 1970; empty: the moment of receipt.</param>
/// <param name="Sequence">Pointer to a rising whole number by which repeats are told; empty: there is none.</param>
/// <param name="Values">Metric to pointer.</param>
internal sealed record JsonMapping(string Machine, int TopicLevel, IReadOnlyDictionary<string, string> Machines, string Time, string Sequence, IReadOnlyList<(string Metric, string Pointer)> Values)
{
    public static JsonMapping Read(JsonPart part, bool topics)
    {
        string machine = part.Text("machine_at", "");
        int level = topics ? (int)part.Whole("machine_topic_level", -1, 20, -1) : -1;
        var machines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, code) in part.Map("machines", false)) machines[name] = code;
        string time = part.Text("time_at", ""), sequence = part.Text("sequence_at", "");
        IReadOnlyList<(string Metric, string Pointer)> values = part.Map("values", true);
        if (machine.Length == 0 && level < 0) part.Wrong("machine_at", "no-machine", "Nothing says which machine a message is about.", topics ? "Give machine_at, a pointer such as \"/machine\", or machine_topic_level." : "Give machine_at, a pointer such as \"/machine\".");
        foreach (var (name, pointer) in values.Append(("machine_at", machine)).Append(("time_at", time)).Append(("sequence_at", sequence)))
        {
            if (pointer.Length > 0 && pointer[0] != '/') part.Wrong("values", "pointer", $"'{pointer}' of {name} is no pointer.", "Write it such as \"/data/temp\" (RFC 6901).");
        }
        return new(machine, level, machines, time, sequence, values);
    }

    public string CodeOf(string name) => Machines.GetValueOrDefault(name, name);
}

/// <summary>One register of a Modbus device.</summary>
/// <param name="Form">int16, uint16, int32, uint32, float32 or bit.</param>
/// <param name="States">Of a metric that is text: the word of each number.</param>
internal sealed record ModbusRegister(string Metric, string Table, int Address, string Form, bool WordsSwapped, double Scale, double Offset, IReadOnlyDictionary<string, string> States)
{
    public int Words => Form is "int32" or "uint32" or "float32" ? 2 : 1;

    public static ModbusRegister Read(JsonPart part)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (number, word) in part.Map("words", false)) states[number] = word;
        var register = new ModbusRegister(part.Text("metric", most: 100), part.Choice("table", false, "holding", "input", "coil", "discrete"), (int)part.Whole("address", 0, 65535),
            part.Choice("form", false, "uint16", "int16", "int32", "uint32", "float32", "bit"), part.Flag("words_swapped", false), part.Number("scale", -1e12, 1e12, 1), part.Number("offset", -1e12, 1e12, 0), states);
        if (register.Form == "bit" != register.Table is "coil" or "discrete") part.Wrong("form", "form", $"A {register.Table} cannot be read as {register.Form}.", "Coils and discrete inputs are bits; registers are numbers.");
        part.End();
        return register;
    }
}

/// <summary>One way in. Closed: <see cref="Read"/> names every kind.</summary>
internal abstract record InputSettings
{
    private InputSettings(string name) => Name = name;

    /// <summary>By which how far it was read is kept.</summary>
    public string Name { get; }

    /// <summary>A CSV file that grows; its header names the columns.</summary>
    internal sealed record CsvTail(string Input, string Path, string MachineColumn, string Machine, string TimeColumn, IReadOnlyList<(string Metric, string Column)> Values) : InputSettings(Input);

    /// <summary>JSON by POST on loopback or the plant's network.</summary>
    internal sealed record Http(string Input, string Prefix, JsonMapping Mapping) : InputSettings(Input)
    {
        /// <summary>Null where the prefix is no address.</summary>
        public int? Port => Uri.TryCreate(Prefix, UriKind.Absolute, out Uri? uri) ? uri.Port : null;
    }

    /// <summary>JSON messages by MQTT.</summary>
    internal sealed record MqttJson(string Input, BrokerSettings Broker, string Filter, JsonMapping Mapping) : InputSettings(Input);

    /// <summary>OPC UA PubSub, JSON messages over MQTT (OPC 10000-14, 7.2.5).</summary>
    /// <param name="Machines">Dataset writer names or ids with our codes.</param>
    internal sealed record OpcUa(string Input, BrokerSettings Broker, string Filter, IReadOnlyDictionary<string, string> Machines, IReadOnlyList<(string Metric, string Field)> Values) : InputSettings(Input);

    /// <summary>Sparkplug B from a broker inside the plant.</summary>
    /// <param name="Machines">Addresses group/node/device with our codes.</param>
    internal sealed record Sparkplug(string Input, BrokerSettings Broker, string Group, IReadOnlyDictionary<string, string> Machines) : InputSettings(Input);

    /// <summary>A Modbus TCP device that is asked again and again.</summary>
    internal sealed record Modbus(string Input, string Host, int Port, int Unit, string Machine, double EverySeconds, IReadOnlyList<ModbusRegister> Registers) : InputSettings(Input);

    /// <summary>Machines that do not exist.</summary>
    internal sealed record Simulator(string Input, int Machines, string Prefix, double EverySeconds, int Seed) : InputSettings(Input);

    /// <summary>Reads an input; null when its kind is unknown.</summary>
    public static InputSettings? Read(JsonPart part, string folder)
    {
        string name = part.Text("name", most: 60);
        string kind = part.Choice("kind", true, "simulator", "csv", "http", "mqtt-json", "opcua-pubsub", "sparkplug", "modbus");
        InputSettings? input = kind switch
        {
            "csv" => ReadCsv(part, name, folder),
            "http" => new Http(name, ReadPrefix(part), JsonMapping.Read(part, topics: false)),
            "mqtt-json" => new MqttJson(name, BrokerSettings.Read(part, folder), part.Text("topics"), JsonMapping.Read(part, topics: true)),
            "opcua-pubsub" => new OpcUa(name, BrokerSettings.Read(part, folder), part.Text("topics"), ReadMachines(part), part.Map("values", true)),
            "sparkplug" => new Sparkplug(name, BrokerSettings.Read(part, folder), part.Text("group", "+"), ReadMachines(part)),
            "modbus" => ReadModbus(part, name),
            "simulator" => new Simulator(name, (int)part.Whole("machines", 1, 10_000, 1), part.Text("prefix", "SIM-"), part.Number("every_seconds", 0.001, 3600, 1), (int)part.Whole("seed", 0, int.MaxValue, 1)),
            _ => null,
        };
        part.End();
        return input;
    }

    private static string ReadPrefix(JsonPart part)
    {
        string prefix = part.Text("listen");
        if (prefix.Length > 0 && !(Uri.TryCreate(prefix, UriKind.Absolute, out Uri? uri) && uri.Scheme == "http")) part.Wrong("listen", "url", $"'{prefix}' is no address to listen on.", "Write http://127.0.0.1:PORT/.");
        return prefix.EndsWith('/') ? prefix : prefix + "/";
    }

    private static CsvTail ReadCsv(JsonPart part, string name, string folder)
    {
        var csv = new CsvTail(name, System.IO.Path.GetFullPath(part.Text("path"), folder), part.Text("machine_column", ""), part.Text("machine", ""), part.Text("time_column", ""), part.Map("values", true));
        if (csv.MachineColumn.Length > 0 == csv.Machine.Length > 0) part.Wrong("machine", "no-machine", "Which machine the rows are about is said twice or not at all.", "Give either machine, a code, or machine_column.");
        return csv;
    }

    private static Modbus ReadModbus(JsonPart part, string name)
    {
        var modbus = new Modbus(name, part.Text("host"), (int)part.Whole("port", 1, 65535, 502), (int)part.Whole("unit", 0, 255, 1), part.Text("machine"), part.Number("every_seconds", 0.01, 3600, 1), [.. part.Parts("registers", true).Select(ModbusRegister.Read)]);
        if (modbus.Registers.Count == 0) part.Wrong("registers", "count", "No register is listed.", "List at least one.");
        return modbus;
    }

    private static Dictionary<string, string> ReadMachines(JsonPart part)
    {
        var machines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, code) in part.Map("machines", true)) machines[name] = code;
        return machines;
    }
}
