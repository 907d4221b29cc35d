using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class PlanProofTests
{
    private static readonly Instant s_t = RandomCompany.T;
    private static readonly PlanPolicy s_policy = RandomCompany.Policy;

    [Fact]
    public void Records_in_any_order_give_the_same_plan() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Snapshot shuffled = Snapshot.Of(company.Shuffled(), company.World.Version);
        Assert.Equal(Bytes(Plan.Make(company.World, s_t, s_policy)), Bytes(Plan.Make(shuffled, s_t, s_policy)));
        Assert.Equal(Plan.Allocate(company.World, s_t, s_policy, Scope.Everything), Plan.Allocate(shuffled, s_t, s_policy, Scope.Everything));
    }, iter: 20);

    [Fact]
    public void A_placed_quote_keeps_the_quoted_date() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, s_t, s_policy);
        for (int n = 0; n < 6; n++)
        {
            Quote quote = plan.Quote(company.Order($"Q{n}"));
            if (!quote.Possible) continue;
            Applied applied = company.World.Apply(quote.Events);
            Assert.Empty(applied.Findings);
            plan.Advance(company.World = applied.World, applied.Touched);
            Assert.Equal(quote.Forecast, plan.Of(quote.Order.Key));
        }
    }, iter: 40);

    [Fact]
    public void A_quote_places_an_order_as_the_whole_allocation_would() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        if (Plan.Make(company.World, s_t, s_policy).Forecasts.Any(static f => f is Forecast.Unknown)) return;
        OrderLine order = company.Order("Q");
        Quote quote = Plan.Make(company.World, s_t, s_policy).Quote(order);
        Snapshot asked = company.World.Apply([new WorldEvent.Put(order)]).World;
        Assert.Equal(Plan.Allocate(asked, s_t, s_policy, Scope.Unpegged).OrderBy(static e => (e.Kind.Index, e.Key)), quote.Events.Skip(1).OrderBy(static e => (e.Kind.Index, e.Key)));
    }, iter: 60);

    [Fact]
    public void An_inserted_lot_redraws_no_other() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, s_t, s_policy);
        Lot lot = company.World.Lots.First();
        Snapshot more = company.World.Apply([new WorldEvent.Put(lot with { Key = "AAA", Shipment = null, State = LotState.Planned })]).World;
        Plan with = Plan.Make(more, s_t, s_policy);
        Assert.All(company.World.Lots, l => Assert.Equal(plan.Of(l.Key), with.Of(l.Key)));
        Assert.Equal(plan.Forecasts, with.Forecasts);
    }, iter: 20);

    [Fact]
    public void Changes_of_one_batch_may_come_in_any_order() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Plan one = Plan.Make(company.World, s_t, s_policy), other = Plan.Make(company.World, s_t, s_policy);
        WorldEvent[] events = [.. Enumerable.Range(0, 6).SelectMany(_ => company.Change(one)).DistinctBy(static e => (e.Kind.Index, e.Key))];
        Applied forward = company.World.Apply(events), backward = company.World.Apply([.. events.Reverse()]);
        Assert.Equal(forward.Accepted, backward.Accepted);
        one.Advance(forward.World, forward.Touched);
        other.Advance(backward.World, [.. backward.Touched.Reverse()]);
        Assert.Equal(Bytes(one), Bytes(other));
    }, iter: 40);

    [Fact]
    public void In_strict_sequence_an_earlier_arrival_makes_no_forecast_later() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        PlanPolicy strict = s_policy with { OvertakingWindow = Duration.Zero };
        Plan before = Plan.Make(company.World, s_t, strict);
        Lot lot = company.World.Lots.ElementAt((int)((uint)seed % company.World.Lots.Count));
        Applied here = company.World.Apply([new WorldEvent.Put(new Pin("HERE", "MC", PinKind.Supply, lot.Id, "", s_t, "It is here", "ada", null))]);
        Plan after = Plan.Make(here.World, s_t, strict);
        foreach (OrderLine order in company.World.OrderLines)
            Assert.All(before.DateSamples(order.Key).Zip(after.DateSamples(order.Key)), static d => Assert.True(d.Second <= d.First));
    }, iter: 60);

    [Fact]
    public void No_supply_is_pegged_beyond_what_there_is() => Gen.Int.Sample(static seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, s_t, s_policy);
        for (int n = 0; n < 5; n++)
        {
            Snapshot asked = company.World.Apply([.. Enumerable.Range(0, 3).Select(k => new WorldEvent.Put(company.Order($"W{n}{k}")))]).World;
            plan = Plan.Make(company.World = asked.Apply(n % 2 == 0 ? Plan.Make(asked, s_t, s_policy).Place() : Plan.Allocate(asked, s_t, s_policy, Scope.Everything)).World, s_t, s_policy);
            foreach (var pegs in company.World.Pegs.GroupBy(static p => p.Supply))
            {
                decimal there = pegs.Key.StartsWith("lot:", StringComparison.Ordinal) ? company.World.Lots.Find(pegs.Key[4..])!.Quantity.Value : company.World.Stock.Find(pegs.Key[6..])!.Quantity.Value;
                Assert.True(pegs.Sum(static p => p.Quantity.Value) <= there, $"{pegs.Key} has {there}");
            }
        }
    }, iter: 30);

    [Theory, InlineData("DOTNET_EnableAVX2"), InlineData("DOTNET_EnableHWIntrinsic")]
    public void A_plan_has_the_same_bytes_on_lesser_hardware(string switchedOff)
    {
        string file = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noLogo", "-method", $"{typeof(PlanProofTests).FullName}.{nameof(The_hash_of_some_plans_goes_where_it_is_asked_for)}"]) { RedirectStandardOutput = true };
        (start.Environment[HashFile], start.Environment[switchedOff]) = (file, "0");
        using Process child = Process.Start(start)!;
        string said = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string[] told = File.ReadAllLines(file);
        File.Delete(file);
        Assert.True(told.Length == 2, said);
        Assert.Equal(HashOfSome(), told[0]);
        Assert.True(int.Parse(told[1]) < 32, "The child still had its wide vectors.");
    }

    [Fact]
    public void The_hash_of_some_plans_goes_where_it_is_asked_for()
    {
        string hash = HashOfSome();
        Assert.Equal(64, hash.Length);
        if (Environment.GetEnvironmentVariable(HashFile) is { Length: > 0 } file)
            File.WriteAllLines(file, [hash, System.Numerics.Vector<byte>.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
    }

    private const string HashFile = "HOMESTRETCH_PLAN_HASH_FILE";

    private static string HashOfSome() => Convert.ToHexString(SHA256.HashData([.. Enumerable.Range(1, 6).SelectMany(static seed =>
    {
        var company = new RandomCompany(seed);
        Plan plan = Plan.Make(company.World, s_t, s_policy);
        Applied applied = company.World.Apply(company.Change(plan));
        plan.Advance(applied.World, applied.Touched);
        return Bytes(plan);
    })]));

    /// <summary>Everything a plan says, as bytes.</summary>
    private static byte[] Bytes(Plan plan)
    {
        var text = new StringBuilder();
        foreach (OrderLine order in plan.World.OrderLines)
        {
            text.Append(plan.Of(order.Key)).AppendJoin(',', plan.DateSamples(order.Key));
            text.AppendJoin('\n', plan.Explain(order.Key)?.Reasons ?? []);
        }
        foreach (Lot lot in plan.World.Lots) text.Append(plan.Of(lot.Key));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
