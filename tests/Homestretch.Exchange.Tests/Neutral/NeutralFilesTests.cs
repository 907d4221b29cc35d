using System.Text;
using Homestretch.Exchange.Neutral;
using Homestretch.Promising.Kernel;
using Xunit;

namespace Homestretch.Exchange.Tests.Neutral;

public sealed class NeutralFilesTests
{
    internal static NeutralInstance Small { get; } = NeutralGenerator.Make(new(Orders: 300, Products: 20, Components: 40, PartsPerProduct: 6, Lines: 2));

    [Fact]
    public void An_instance_written_reads_back_the_same()
    {
        var findings = new List<Finding>();
        NeutralInstance read = NeutralReader.Read(NeutralWriter.Write(Small), findings)!;
        Assert.Empty(findings);
        Assert.Equal(NeutralWriter.Write(Small).Select(f => (f.Key, Text(f.Value))), NeutralWriter.Write(read).Select(f => (f.Key, Text(f.Value))));
    }

    [Fact]
    public void The_same_shape_makes_the_same_instance_and_another_seed_another()
    {
        string Orders(ulong seed) => Text(NeutralWriter.Write(NeutralGenerator.Make(new(Orders: 50, Seed: seed)))["orders.csv"]);
        Assert.Equal(Orders(1), Orders(1));
        Assert.NotEqual(Orders(1), Orders(2));
    }

    [Theory]
    [InlineData(AllocationEffort.Fast)]
    [InlineData(AllocationEffort.Best)]
    public void Shuffled_rows_give_the_same_plan(AllocationEffort effort)
    {
        byte[] Plan(NeutralInstance instance) => NeutralPlan.Write(instance, Allocation.Plan(instance.ToProblem(out _), new() { Effort = effort }, TestContext.Current.CancellationToken));
        byte[] plan = Plan(Small);
        for (int seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var files = NeutralWriter.Write(Small).ToDictionary(f => f.Key, f => Shuffled(Text(f.Value), random));
            Assert.Equal(plan, Plan(NeutralReader.Read(files, [])!));
        }
    }

    [Fact]
    public void Every_bad_cell_is_named_and_nothing_is_read()
    {
        var files = NeutralWriter.Write(Small).ToDictionary();
        files["orders.csv"] = Encoding.UTF8.GetBytes("order,product,qty,due_min,priority\nA,P9999,0,x,1\nA,P0001,1,5,300\n");
        files.Remove("lines.csv");
        var findings = new List<Finding>();
        Assert.Null(NeutralReader.Read(files, findings));
        string[] orders = [.. findings.Where(f => f.Place.Source == "orders.csv").Select(f => f.Rule)];
        Assert.Equal(["unknown-key", "whole-number", "duration", "duplicate-key"], orders);
        Assert.Contains(findings, f => f.Rule == "missing-file" && f.Place.Source == "lines.csv");
    }

    [Fact]
    public void A_plan_file_reads_back_and_names_its_starts()
    {
        AllocationResult result = Allocation.Plan(Small.ToProblem(out _), new(), TestContext.Current.CancellationToken);
        var findings = new List<Finding>();
        IReadOnlyList<NeutralPlanRow> rows = NeutralPlan.Read(NeutralPlan.Write(Small, result), "plan.csv", findings)!;
        Assert.Equal(result.StartSecond, NeutralPlan.Starts(Small, rows, "plan.csv", findings));
        Assert.Empty(findings);
    }

    private static byte[] Shuffled(string text, Random random)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        random.Shuffle(lines.AsSpan(1));
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
