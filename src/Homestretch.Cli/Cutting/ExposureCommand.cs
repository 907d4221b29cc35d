using System.CommandLine;
using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Exposure;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Cutting;

/// <summary>cut exposure: how much of the product each outside party could reconstruct, what would change it, and the smallest set of changes that meets limits.</summary>
internal static class ExposureCommand
{
    private static readonly Argument<string> s_folder = new("FOLDER") { Description = "Company folder: one CSV a table." };
    private static readonly Option<string?> s_at = new("--at") { Description = "Present, ISO 8601 with offset; what is given later is planned. Default: now." };
    private static readonly Option<string[]> s_whatIf = Many("--what-if", "ITEM=PARTY: what if the party made the item; ITEM=home: if nobody outside were planned to.");
    private static readonly Option<string[]> s_give = Many("--give", "ITEM:PARTY:LEVEL: what if the party were given the item at that level (sealed, envelope, drawing, package, process).");
    private static readonly Option<string[]> s_next = Many("--next", "PARTY: what each further level of each item would change.");
    private static readonly Option<bool> s_afresh = new("--afresh") { Description = "As if nothing had been given or made yet: all may change, as for the next generation." };
    private static readonly Option<double?> s_party = new("--limit-party") { Description = "Most that any one party may reconstruct, 0 to 1." };
    private static readonly Option<string[]> s_country = Many("--limit-country", "CN=0.4, or 0.4 for each country: most that its parties may reconstruct together.");
    private static readonly Option<double?> s_home = new("--least-home") { Description = "Least share that never leaves home, 0 to 1." };
    private static readonly Option<int?> s_parties = new("--least-parties") { Description = "Fewest parties that it may take to reconstruct the product." };
    private static readonly Option<double> s_threshold = new("--threshold") { Description = "Share from which on the product counts as reconstructed.", DefaultValueFactory = static _ => ExposureReport.Reached };
    private static readonly Option<string[]> s_mayMake = Many("--may-make", "ITEM=PARTY: who else the item may move to, beside home and those who make an item of its group.");
    private static readonly Option<double> s_lower = new("--cost-lower") { Description = "Cost of planning one level less for one item and party.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> s_move = new("--cost-move") { Description = "Cost of moving an item to another party.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<double> s_bring = new("--cost-home") { Description = "Cost of bringing an item home.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<int> s_sets = new("--sets") { Description = "Most sets of changes that are looked at.", DefaultValueFactory = static _ => 100_000 };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("exposure", "How much of the product each outside party could reconstruct from what it was given.")
        {
            s_folder, s_at, s_whatIf, s_give, s_next, s_afresh, s_party, s_country, s_home, s_parties, s_threshold, s_mayMake, s_lower, s_move, s_bring, s_sets, s_json,
        };
        command.SetAction((r, cancel) => Task.FromResult(Run(r, Console.Out, Console.Error, cancel)));
        return command;
    }

    /// <summary>Answers, or says all that is wrong with what was asked.</summary>
    internal static int Run(ParseResult r, TextWriter to, TextWriter error, CancellationToken cancel)
    {
        if (Folder.Time(r.GetValue(s_at)) is not { } now || Folder.Read(r.GetValue(s_folder)!) is not { } world) return Folder.BadInput;
        var wrong = new List<string>();
        var made = Pairs(r, s_whatIf, world, wrong);
        var may = Pairs(r, s_mayMake, world, wrong);
        var given = Givings(r, world, wrong);
        foreach (string party in r.GetValue(s_next)!)
            if (!world.Parties.Contains(party)) wrong.Add($"--next {party}: parties has no '{party}'.");
        ExposureLimit[] limits = [.. Limits(r, wrong)];
        if (r.GetValue(s_threshold) is not (> 0 and <= 1)) wrong.Add("--threshold: give a share above 0 and at most 1, such as 0.8.");
        foreach (Option<double> cost in (Option<double>[])[s_lower, s_move, s_bring])
            if (r.GetValue(cost) is not (> 0 and <= 1e9)) wrong.Add($"{cost.Name}: give more than 0.");
        if (r.GetValue(s_sets) is not (>= 1 and <= 100_000_000)) wrong.Add("--sets: give 1 to 100000000.");
        foreach (var (option, pairs) in ((string, List<(string Item, string Party)>)[])[("--what-if", made), ("--may-make", may), ("--give", [.. given.Select(static g => (g.Item, g.Party))])])
            foreach (var (what, party) in pairs.Where(p => p.Party != "home" && Inside(world, p.Party))) wrong.Add($"{option} {what}, {party}: {party} is no outside party; what it knows has not left home.");
        if (wrong.Count > 0)
        {
            foreach (string what in wrong) error.WriteLine(what);
            return Folder.BadInput;
        }
        Exposures told = Exposures.Of(world, now, [.. made.Concat(may).Select(static m => m.Party), .. given.Select(static g => g.Party), .. r.GetValue(s_next)!]);
        ExposureCase start = r.GetValue(s_afresh) ? told.Given.Afresh() : told.Given, then = start;
        var item = start.Items.Select(static (x, k) => (x, k)).ToDictionary(static x => x.x, static x => x.k);
        var holder = start.Holders.Select(static (h, k) => (h.Party, k)).ToDictionary(static h => h.Party, static h => h.k);
        foreach (var (what, party) in made)
            then = party == "home" ? ChangeProposal.Applied(then, [.. then.Makings.Where(m => !m.Done && m.Item == item[what]).Select(static m => new ExposureChange.Moved(m.Item, m.Holder, null))]) : then.Made(item[what], holder[party]);
        foreach (var (what, party, level) in given) then = then.Given(item[what], holder[party], level);
        foreach (var (what, _) in made.Where(m => m.Party == "home" && start.Makings.Any(k => k.Done && k.Item == item[m.Item])))
            error.WriteLine($"{what} is made outside already; what its makers know stays known. --afresh plans it anew.");
        foreach (ExposureLimit.Country c in limits.OfType<ExposureLimit.Country>().Where(c => c.Name is not null && !start.Holders.Any(h => h.Countries.Contains(c.Name))))
            error.WriteLine($"No outside party that knows anything is in {c.Name}.");
        double threshold = r.GetValue(s_threshold);
        var answer = new ExposureAnswer(now, told, ExposureReport.Of(start.Done(), threshold), start, ExposureReport.Of(start, threshold), made.Count + given.Count > 0 ? then : null, made.Count + given.Count > 0 ? ExposureReport.Of(then, threshold) : null, limits,
            limits.Length == 0 ? null : ChangeSearch.Of(then, limits, Costs(r, world, then, may), threshold, r.GetValue(s_sets), cancel), [.. r.GetValue(s_next)!.Where(holder.ContainsKey).Select(p => (p, Marginal.Of(then, holder[p])))], then);
        if (r.GetValue(s_json)) ExposureText.Json(to, answer);
        else ExposureText.Print(to, answer);
        return answer.Proposal is { Changes: null } ? Folder.No : Folder.Ok;
    }

    /// <summary>An item may come home, go to who makes an item of its group, or where it was said that it may.</summary>
    private static ChangeCosts Costs(ParseResult r, Snapshot world, ExposureCase given, List<(string Item, string Party)> may)
    {
        string[] groups = [.. given.Items.Select(i => world.Items[i].Group)];
        HashSet<(string, int)> able = [.. given.Makings.Where(m => groups[m.Item].Length > 0).Select(m => (groups[m.Item], m.Holder))];
        HashSet<(string, string)> said = [.. may.Select(static m => (m.Item, m.Party))];
        double lower = r.GetValue(s_lower), move = r.GetValue(s_move), home = r.GetValue(s_bring);
        return new()
        {
            Lower = (_, _) => lower,
            Move = (item, _, to) => to is not { } p ? home : able.Contains((groups[item], p)) || said.Contains((given.Items[item], given.Holders[p].Party)) ? move : null,
        };
    }

    private static bool Inside(Snapshot world, string party)
    {
        var way = new HashSet<string>(StringComparer.Ordinal);
        for (string at = party; way.Add(at) && world.Parties.Find(at) is { } p; at = p.Owner.Trim())
            if (p.Kind == PartyKind.Brand) return true;
        return false;
    }

    private static List<(string Item, string Party)> Pairs(ParseResult r, Option<string[]> option, Snapshot world, List<string> wrong)
    {
        var pairs = new List<(string, string)>();
        foreach (string text in r.GetValue(option)!)
        {
            int equals = text.LastIndexOf('=');
            string item = text[..Math.Max(0, equals)], party = text[(equals + 1)..];
            int before = wrong.Count;
            if (equals < 1) wrong.Add($"{option.Name} {text}: write ITEM=PARTY, such as BAT-500=MIHO.");
            else Named(world, $"{option.Name} {text}", item, option == s_whatIf && party == "home" ? null : party, wrong);
            if (wrong.Count == before) pairs.Add((item, party));
        }
        return pairs;
    }

    private static List<(string Item, string Party, DisclosureLevel Level)> Givings(ParseResult r, Snapshot world, List<string> wrong)
    {
        var givings = new List<(string, string, DisclosureLevel)>();
        foreach (string text in r.GetValue(s_give)!)
        {
            int last = text.LastIndexOf(':'), first = last > 0 ? text.LastIndexOf(':', last - 1) : -1;
            if (first < 1)
            {
                wrong.Add($"--give {text}: write ITEM:PARTY:LEVEL, such as BAT-500:LINGDING:drawing.");
                continue;
            }
            int before = wrong.Count;
            Named(world, $"--give {text}", text[..first], text[(first + 1)..last], wrong);
            if (Words.Find<DisclosureLevel>(text[(last + 1)..]) is not { } level) wrong.Add($"--give {text}: '{text[(last + 1)..]}' is no level. Write one of: {string.Join(", ", Words.Of<DisclosureLevel>())}.");
            else if (wrong.Count == before) givings.Add((text[..first], text[(first + 1)..last], level));
        }
        return givings;
    }

    private static void Named(Snapshot world, string where, string item, string? party, List<string> wrong)
    {
        if (!world.Items.Contains(item)) wrong.Add($"{where}: items has no '{item}'.");
        if (party is not null && !world.Parties.Contains(party)) wrong.Add($"{where}: parties has no '{party}'.");
    }

    private static List<ExposureLimit> Limits(ParseResult r, List<string> wrong)
    {
        var limits = new List<ExposureLimit>();
        if (r.GetValue(s_party) is { } party && Share(party, $"--limit-party {Text(party)}")) limits.Add(new ExposureLimit.Party(party));
        foreach (string text in r.GetValue(s_country)!)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string country = text[..Math.Max(0, equals)].Trim();
            if (equals == 0 || equals > 0 && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))) wrong.Add($"--limit-country {text}: '{country}' is no country. Write the ISO 3166-1 code, such as CN=0.4, or only 0.4 for each.");
            else if (!double.TryParse(text[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double most)) wrong.Add($"--limit-country {text}: '{text[(equals + 1)..]}' is no number. Write CN=0.4, or only 0.4 for each.");
            else if (Share(most, $"--limit-country {text}")) limits.Add(new ExposureLimit.Country(equals < 0 ? null : country, most));
        }
        if (r.GetValue(s_home) is { } home && Share(home, $"--least-home {Text(home)}")) limits.Add(new ExposureLimit.Home(home));
        if (r.GetValue(s_parties) is { } least)
        {
            if (least is < 1 or > 1000) wrong.Add($"--least-parties {least}: give 1 to 1000.");
            else limits.Add(new ExposureLimit.Parties(least));
        }
        return limits;

        bool Share(double value, string where)
        {
            if (value is >= 0 and <= 1) return true;
            wrong.Add($"{where}: give a share from 0 to 1, such as 0.3.");
            return false;
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
}
