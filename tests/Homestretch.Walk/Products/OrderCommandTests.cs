using System.Text.Json;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Products;
using Homestretch.Exchange.Csv;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Products;

/// <summary>products order as typed, on the demonstration company.</summary>
public sealed class OrderCommandTests : IDisposable
{
    private const string At = "2026-11-24T09:00:00Z";
    private static readonly Lazy<KeyValuePair<string, byte[]>[]> s_company = new(static () => [.. CompanyFolder.Write(Snapshot.Of(DemoCompany.Make(Instant.FromUtc(2026, 11, 24, 9, 0), DemoCompany.DefaultSeed)))]);
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-order-").FullName;

    public OrderCommandTests()
    {
        foreach (var (name, bytes) in s_company.Value) File.WriteAllBytes(Path.Combine(_folder, name), bytes);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_page_of_markets_is_what_the_command_prints()
    {
        var (code, text, _) = Run("order", _folder, "--market", "NY", "--choose", "throttle=28mph", "--choose", "assist=25kmh", "--at", At);
        Assert.Equal(1, code);
        Assert.Contains($"```text\n{text.TrimEnd()}\n```", File.ReadAllText(Path.Combine(Running.Program.Root(), "docs", "markets.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_left_has_its_price_its_dates_and_its_domestic_content()
    {
        JsonElement json = JsonDocument.Parse(Run("order", _folder, "--market", "NYC", "--hub", "GVL", "--choose", "throttle=20mph", "--at", At, "--json").Text).RootElement;
        JsonElement[] options = [.. json.GetProperty("features").EnumerateArray().SelectMany(static f => f.GetProperty("options").EnumerateArray())];
        Assert.Equal(21, options.Length);
        foreach (JsonElement option in options)
        {
            bool can = option.GetProperty("state").GetString() != "impossible";
            Assert.Equal(can ? JsonValueKind.Object : JsonValueKind.Null, option.GetProperty("offer").ValueKind);
            Assert.Equal(can ? JsonValueKind.Null : JsonValueKind.Object, option.GetProperty("why").ValueKind);
            if (!can) continue;
            Assert.InRange(option.GetProperty("offer").GetProperty("price").GetDecimal(), 2499, 3500);
            Assert.InRange(option.GetProperty("offer").GetProperty("domestic_share").GetDouble(), 0.01, 0.06);
            Assert.Equal(JsonValueKind.String, option.GetProperty("offer").GetProperty("forecast").GetProperty("p95").ValueKind);
        }
        Assert.Equal("missing", json.GetProperty("documents").EnumerateArray().Single(static d => d.GetProperty("requirement").GetString() == "UL 2849").GetProperty("state").GetString());
    }

    [Fact]
    public void What_can_be_ordered_is_a_feature_model_that_can_be_counted_and_given_back()
    {
        string model = Path.Combine(_folder, "ny.uvl");
        Assert.Equal(0, Run("order", _folder, "--market", "NY", "--at", At, "--uvl", model).Code);
        // 192 variants of the parts; assistance to 20 mph with or without a throttle to 20 mph, or to 25 km/h without
        Assert.Equal($"{192 * 3}\n", Run("count", model).Text);
        Assert.Equal(0, Run("order", _folder, "--market", "NY", "--at", At, "--model", model, "--choose", "throttle=20mph").Code);
        Assert.Equal(2, Run("order", _folder, "--market", "NY", "--at", At, "--choose", "throttle=fast").Code);
        Assert.Equal(2, Run("order", _folder, "--market", "MOON", "--at", At).Code);
    }

    private static (int Code, string Text, string Error) Run(params string[] args)
    {
        using var to = new StringWriter();
        using var error = new StringWriter();
        int code = ProductsCommands.Build().Parse(args).Invoke(new() { Output = to, Error = error, EnableDefaultExceptionHandler = false });
        return (code, to.ToString(), error.ToString());
    }
}
