using System.Text.Json;
using Homestretch.Cli.Products;
using Xunit;

namespace Homestretch.Walk.Products;

/// <summary>products as typed: what it prints, and how it ends.</summary>
public sealed class ProductsCommandTests : IDisposable
{
    private static readonly string s_bike = Path.Combine(Running.Program.Root(), "samples", "models", "ebike.uvl");
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-products-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Text, string Error) Run(params string[] args)
    {
        using var to = new StringWriter();
        using var error = new StringWriter();
        int code = ProductsCommands.Build().Parse(args).Invoke(new() { Output = to, Error = error, EnableDefaultExceptionHandler = false });
        return (code, to.ToString(), error.ToString());
    }

    private static JsonElement Json(params string[] args) => JsonDocument.Parse(Run([.. args, "--json"]).Text).RootElement;

    [Fact]
    public void The_page_of_products_is_what_the_commands_print()
    {
        string page = File.ReadAllText(Path.Combine(Running.Program.Root(), "docs", "products.md"));
        foreach (string[] asked in (string[][])[
            ["configure", s_bike, "--take", "EU", "--take", "Throttle"],
            ["explain", s_bike, "Assist limit=30", "--take", "Throttle", "--take", "250 W"],
            ["check", s_bike]])
            Assert.Contains($"```text\n{Run(asked).Text.TrimEnd()}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_is_exact_and_keeps_to_choices()
    {
        Assert.Equal((0, "170\n"), (Run("count", s_bike).Code, Run("count", s_bike).Text));
        JsonElement europe = Json("count", s_bike, "--take", "EU", "--leave", "Rack");
        Assert.Equal("12", europe.GetProperty("count").GetString());
        Assert.Equal(2, europe.GetProperty("choices").GetArrayLength());
        Assert.Equal((1, "0\n"), (Run("count", s_bike, "--take", "EU", "--take", "US").Code, Run("count", s_bike, "--take", "EU", "--take", "US").Text));
    }

    [Fact]
    public void A_choice_that_is_not_possible_is_refused_with_its_reason()
    {
        var (code, text, _) = Run("configure", s_bike, "--take", "Rack", "--take", "EU", "--take", "Throttle");
        Assert.Equal(1, code);
        Assert.StartsWith("Throttle cannot be taken with EU taken, because:\n- EU | UK => \"250 W\" & !Throttle (line 41)\nTo allow it, leave out EU instead.\nconfigurations left: ", text, StringComparison.Ordinal);
        JsonElement json = Json("configure", s_bike, "--take", "EU", "--take", "Throttle", "--finish");
        Assert.Equal(["EU"], json.GetProperty("choices").EnumerateArray().Select(static c => c.GetProperty("name").GetString()));
        Assert.Equal("impossible", json.GetProperty("features").EnumerateArray().Single(static f => f.GetProperty("name").GetString() == "Throttle").GetProperty("state").GetString());
        Assert.Equal(41, json.GetProperty("conflict").GetProperty("rules")[0].GetProperty("line").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("finished").ValueKind);
        Assert.Contains("EU", Json("configure", s_bike, "--take", "EU", "--finish").GetProperty("finished").EnumerateArray().Select(static f => f.GetString()));
    }

    [Fact]
    public void Samples_keep_to_the_seed()
    {
        string[] first = Run("sample", s_bike, "--number", "5", "--seed", "3").Text.Split('\n');
        Assert.Equal(6, first.Length);
        Assert.Equal(first, Run("sample", s_bike, "--number", "5", "--seed", "3").Text.Split('\n'));
        Assert.Equal(5, Json("sample", s_bike, "--number", "5").GetProperty("configurations").GetArrayLength());
        Assert.Equal((2, "--number: give 1 to 1000000.\n"), (Run("sample", s_bike, "--number", "0").Code, Run("sample", s_bike, "--number", "0").Error.Split('\n')[^2] + "\n"));
    }

    [Fact]
    public void Errors_are_told_with_line_and_column_and_names_with_what_is_near()
    {
        File.WriteAllText(Path.Combine(_folder, "bad.uvl"), "features\n\tA\n\t\toptional\n\t\t\tB C\n\t\t\tD {x y}\nconstraints\n\tE\n");
        var (code, text, error) = Run("check", Path.Combine(_folder, "bad.uvl"));
        Assert.Equal((2, ""), (code, text));
        Assert.Equal(["bad.uvl:4 (column 6)", "bad.uvl:5 (column 9)", "bad.uvl:7 (column 2)"], error.Split('\n')[..3].Select(static l => l[..(l.IndexOf(')', StringComparison.Ordinal) + 1)]));
        Assert.Equal("3 errors; nothing was done.", error.Split('\n')[3]);
        Assert.Equal(2, Run("check", Path.Combine(_folder, "none.uvl")).Code);
        (code, _, error) = Run("count", s_bike, "--take", "seat", "--leave", "Fork", "--take", "Assist limit='x'");
        Assert.Equal(2, code);
        Assert.Contains("ebike.uvl has no feature 'seat'. Maybe: Child seat.", error, StringComparison.Ordinal);
        Assert.Contains("ebike.uvl has no feature 'Fork'.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_configuration_says_why()
    {
        File.WriteAllText(Path.Combine(_folder, "void.uvl"), "features\n\tA\n\t\tmandatory\n\t\t\tB\n\t\toptional\n\t\t\tC\nconstraints\n\tB => C\n\tA => !C\n");
        var (code, text, _) = Run("check", Path.Combine(_folder, "void.uvl"));
        Assert.Equal(1, code);
        Assert.StartsWith("configurations: 0\nA cannot be taken in any configuration, because:\n- B is mandatory in A (line 4)\n- B => C (line 8)\n- A => !C (line 9)\n", text, StringComparison.Ordinal);
        Assert.Equal(1, Run("sample", Path.Combine(_folder, "void.uvl")).Code);
        Assert.Equal(1, Run("configure", Path.Combine(_folder, "void.uvl")).Code);
    }

    [Fact]
    public void Imports_lie_beside_the_model()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        File.WriteAllText(Path.Combine(_folder, "parts", "motor.uvl"), "features\n\tMotor\n\t\talternative\n\t\t\tHub\n\t\t\tMid\n");
        File.WriteAllText(Path.Combine(_folder, "bike.uvl"), "imports\n\tparts.motor as m\nfeatures\n\tBike\n\t\toptional\n\t\t\tm.Motor\nconstraints\n\tm.Motor => m.Mid\n");
        Assert.Equal("2\n", Run("count", Path.Combine(_folder, "bike.uvl")).Text);
    }
}
