using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Uvl;
using Homestretch.Products.Features;
using Homestretch.Products.Ordering;
using Homestretch.Promising;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Products;

/// <summary>products order: an order of a company's family chosen option by option, by the rules of its market.</summary>
internal static class OrderCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_family = new("--family") { Description = "Product family; default: the first with options." };
    private static readonly Option<string> s_market = new("--market") { Required = true, Description = "Market it is for, such as EU." };
    private static readonly Option<string?> s_hub = new("--hub") { Description = "Hub that builds it; without one neither dates nor domestic content are told." };
    private static readonly Option<string[]> s_choose = new("--choose") { Description = "A choice as feature=option; choices are made in the order given.", AllowMultipleArgumentsPerToken = false, DefaultValueFactory = static _ => [] };
    private static readonly Option<string?> s_wanted = new("--wanted") { Description = "When it is wanted, ISO 8601 with offset: the rules of that day count; default: 60 days from --at." };
    private static readonly Option<string?> s_model = new("--model") { Description = "Feature model of the family in UVL that names each option feature=option; its rules hold beside those on record." };
    private static readonly Option<string?> s_write = new("--uvl") { Description = "Write what can be ordered to this file as a feature model." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Epoch, ISO 8601 with offset; default: now." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("order", "An order chosen option by option: what is possible, forced and impossible by the rules of product and market, why, and what would allow it; price, dates and domestic content of each option left.") { s_folder, s_family, s_market, s_hub, s_choose, s_wanted, s_model, s_write, s_at, s_json };
        command.SetAction(static (r, cancel) => Task.FromResult(Run(r, r.InvocationConfiguration.Output, r.InvocationConfiguration.Error, cancel)));
        return command;
    }

    private static int Run(ParseResult r, TextWriter to, TextWriter error, CancellationToken cancel)
    {
        if (Folder.Time(r.GetValue(s_at)) is not { } t || (r.GetValue(s_wanted) is { } text ? Folder.Time(text) : t + Duration.FromDays(60)) is not { } wanted || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        FeatureModel? given = null;
        if (r.GetValue(s_model) is { } path && (given = Given(path, error)) is null) return Folder.BadInput;
        Key<Item> family = r.GetValue(s_family) ?? world.ProductOptions.FirstOrDefault()?.Family.Value ?? "";
        long start = Stopwatch.GetTimestamp();
        var (model, findings) = OrderModel.Of(world, family, r.GetValue(s_market)!, Day(world, r.GetValue(s_hub), wanted), cancel, given);
        foreach (Finding finding in findings) error.WriteLine(finding);
        if (model is null || Choices(model, r.GetValue(s_choose)!, error) is not { } choices) return Folder.BadInput;
        OrderConfiguration state = model.Choose(choices, cancel);
        error.WriteLine(FormattableString.Invariant($"{model.Features.Count} features, {model.Rules.Count(static x => x.Kind == MarketRuleKind.Choice)} rules of choice: compiled and chosen in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s"));
        if (r.GetValue(s_write) is { } file) File.WriteAllText(file, UvlWriter.Write(model.Model), new UTF8Encoding(false));
        var order = new OrderLine("QUOTE", world.Items.Find(family)?.Party ?? "", world.Parties.FirstOrDefault(static p => p.Kind == PartyKind.Customer)?.Key ?? "", family, 1, model.Market, state.Proposed ?? World.Choices.None, r.GetValue(s_hub) ?? "", t, wanted, 3, null, ShipComplete.Whole, OrderStatus.Proposed);
        var (whole, outlooks) = r.GetValue(s_hub) is { Length: > 0 } hub ? Offers(world, hub, t, model, state, order, error, cancel) : (null, []);
        var answer = new OrderAnswer(world, model, state, order, whole, outlooks.ToDictionary(static o => o.Option, static o => o.Offer), world.Papers(order, wanted));
        if (r.GetValue(s_json)) OrderText.Json(to, answer);
        else OrderText.Print(to, answer);
        return state.Refused.Count == 0 && state.Proposed is not null ? Folder.Ok : Folder.No;
    }

    private static (WholeOffer? Whole, IReadOnlyList<OptionOutlook> Options) Offers(Snapshot world, string hub, Instant t, OrderModel model, OrderConfiguration state, OrderLine order, TextWriter error, CancellationToken cancel)
    {
        if (world.Sites.Find(hub) is null)
        {
            error.WriteLine($"There is no site '{hub}'. Name a hub: {string.Join(", ", world.Sites.Where(static s => s.Kind == SiteKind.Hub).Select(static s => s.Id))}.");
            return (null, []);
        }
        var policy = new PlanPolicy { Sea = Exchange.Sea.SeaAtlas.World };
        Applied planned = world.Apply(Plan.Allocate(world, t, policy, Scope.Unpegged), "plan");
        if (!planned.Accepted) throw new InvalidOperationException($"The plan's own events do not apply: {planned.Findings[0]}");
        Plan plan = Plan.Make(planned.World, t, policy);
        // the first quote reads what is left of the plan, which the next ones share
        plan.Quote(order);
        long start = Stopwatch.GetTimestamp();
        var offers = OrderOffers.Of(plan, model, state, order, cancel);
        error.WriteLine(FormattableString.Invariant($"{offers.Options.Count} options priced and dated in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s"));
        return offers;
    }

    /// <summary>The day at the hub; in UTC without one.</summary>
    private static LocalDate Day(Snapshot world, string? hub, Instant at) => at.InZone(hub is not null && world.Sites.Find(hub) is { } site ? DateTimeZoneProviders.Tzdb[site.TimeZone] : DateTimeZone.Utc).Date;

    private static FeatureModel? Given(string path, TextWriter error)
    {
        if (!File.Exists(path))
        {
            error.WriteLine($"There is no file '{path}'. Give a feature model in UVL.");
            return null;
        }
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        UvlRead read = UvlReader.Read(Path.GetFileName(path), File.ReadAllText(path, Encoding.UTF8), name => Path.Combine(folder, name.Replace('.', '/') + ".uvl") is var file && File.Exists(file) ? File.ReadAllText(file, Encoding.UTF8) : null);
        foreach (Finding finding in read.Findings) error.WriteLine(finding);
        return read.Findings.Count == 0 ? read.Model : null;
    }

    /// <summary>Null after saying which are none.</summary>
    private static List<ProductOption>? Choices(OrderModel model, string[] texts, TextWriter error)
    {
        var found = new List<ProductOption>();
        bool known = true;
        foreach (string text in texts)
        {
            string[] sides = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length == 2 && model.Find(sides[0], sides[1]) is { } option)
            {
                found.Add(option);
                continue;
            }
            known = false;
            OrderFeature? feature = model.Features.FirstOrDefault(f => f.Name == sides[0]);
            error.WriteLine(feature is null ? $"'{text}' names no feature of {model.Family}. Write one as feature=option: {string.Join(", ", model.Features.Select(static f => f.Name))}."
                : $"{feature.Name} has no option '{(sides.Length == 2 ? sides[1] : "")}'. Write one of: {string.Join(", ", feature.Options.Select(static o => $"{o.Feature}={o.Option}"))}.");
        }
        return known ? found : null;
    }
}
