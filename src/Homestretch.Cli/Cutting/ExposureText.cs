using System.Globalization;
using System.Text.Json;
using Homestretch.Exposure;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Cutting;

/// <summary>What cut exposure found.</summary>
/// <param name="Given">What was given and made so far.</param>
/// <param name="Start">With what is planned.</param>
/// <param name="Then">With what was asked to be supposed; null: nothing was.</param>
/// <param name="Proposal">The smallest set of changes that meets the limits; null: no limits were given.</param>
/// <param name="Next">What each further level would change, for the parties asked about.</param>
/// <param name="Last">The case that limits and levels were asked of.</param>
internal sealed record ExposureAnswer(Instant Now, Exposures Told, ExposureReport Given, ExposureCase Start, ExposureReport Report, ExposureCase? Then, ExposureReport? ThenReport, IReadOnlyList<ExposureLimit> Limits, ChangeProposal? Proposal,
    IReadOnlyList<(string Party, IReadOnlyList<Marginal> Levels)> Next, ExposureCase Last);

/// <summary>Exposure as text for people and JSON for programs.</summary>
internal static class ExposureText
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static void Print(TextWriter to, ExposureAnswer a)
    {
        ExposureCase given = a.Start;
        var then = a.ThenReport?.Parties.ToDictionary(static p => p.Holder, static p => p.Reconstructed);
        var now = a.Given.Parties.ToDictionary(static p => p.Holder, static p => p.Reconstructed);
        to.WriteLine($"{"party",-12} {"country",-12} {"given",6} {"planned",7}{(then is null ? "" : $" {"then",6}")}  knows most of, as planned");
        foreach (PartyExposure p in a.Report.Parties)
        {
            Holder h = given.Holders[p.Holder];
            to.WriteLine($"{h.Party,-12} {Countries(h),-12} {N(now[p.Holder]),6} {N(p.Reconstructed),7}{(then is null ? "" : $" {N(then[p.Holder]),6}")}  {Most(given, p.Known)}".TrimEnd());
        }
        to.WriteLine();
        to.WriteLine($"{"together",-30} {"given",6} {"planned",7}{(then is null ? "" : $" {"then",6}")} {"best",6} {"sum",6}  members");
        foreach (CoalitionExposure c in a.Report.Coalitions)
        {
            string after = a.ThenReport is null ? "" : $" {N(Same(a.ThenReport, c)),6}";
            to.WriteLine($"{Named(c.Of),-30} {N(Same(a.Given, c)),6} {N(c.Reconstructed),7}{after} {N(c.Best),6} {N(c.Sum),6}  {string.Join(", ", c.Of.Members.Select(m => given.Holders[m].Party))}");
        }
        to.WriteLine();
        Whole(to, given, a.Given, "given:   ");
        Whole(to, given, a.Report, "planned: ");
        if (a is { Then: { } supposed, ThenReport: { } report }) Whole(to, supposed, report, "then:    ");
        foreach (var (party, levels) in a.Next) Levels(to, a.Last, party, levels);
        if (a.Proposal is { } proposal) Proposed(to, a, proposal);
        foreach (Finding f in a.Told.Findings) to.WriteLine(f);
    }

    private static void Whole(TextWriter to, ExposureCase given, ExposureReport r, string when)
    {
        to.WriteLine($"{when}{N(r.Home)} of the product stays at home: all outside parties together reconstruct {N(r.Outside)}.");
        to.WriteLine($"{when}{(r.Fewest is { } few ? $"{few.Count} parties suffice to reconstruct {N(r.Threshold)}: {string.Join(", ", few.Select(p => given.Holders[p].Party))}." : $"No set of outside parties reconstructs {N(r.Threshold)}.")}");
    }

    private static void Levels(TextWriter to, ExposureCase given, string party, IReadOnlyList<Marginal> levels)
    {
        to.WriteLine();
        to.WriteLine($"{$"if {party} had",-22} {"level",-9} {"party",7} {"owner",7} {"country",8} {"all",7}");
        foreach (Marginal m in levels.OrderByDescending(static m => m.Party).Where(static m => m.Party >= 0.0005).Take(20))
            to.WriteLine($"{given.Items[m.Item],-22} {Words.Of(m.Level),-9} {Signed(m.Party),7} {Signed(m.Owner),7} {Signed(m.Country),8} {Signed(m.Outside),7}");
        to.WriteLine();
    }

    private static void Proposed(TextWriter to, ExposureAnswer a, ChangeProposal p)
    {
        to.WriteLine();
        if (p.Changes is null)
        {
            to.WriteLine(p.Conflict.Count > 0 ? $"No changes of what is planned meet {string.Join(" and ", p.Conflict.Select(Said))}{(p.Conflict.Count > 1 ? " together" : "")}; what was given stays known."
                : p.Proven ? "No changes of what is planned meet all limits; which of them cannot be met was not settled." : $"No set of changes was found among {p.Nodes}; that there is none is not proven.");
            return;
        }
        to.WriteLine(p.Changes.Count == 0 ? "All limits are met as planned." : $"{(p.Proven ? "The smallest set of changes" : "A set of changes")} that meets {string.Join(", ", a.Limits.Select(Said))}:");
        foreach (ExposureChange c in p.Changes) to.WriteLine($"- {Said(a.Last, c)}");
        if (p.Changes.Count > 0) to.WriteLine(p.Proven ? $"cost {Text(p.Cost)}, proven least over {p.Nodes} sets." : $"cost {Text(p.Cost)}, not proven: none costs less than {Text(p.Bound)}; {p.Nodes} sets were looked at.");
    }

    public static void Json(TextWriter to, ExposureAnswer a) => to.WriteLine(JsonSerializer.Serialize(new
    {
        at = a.Now.ToString(),
        given = Report(a.Start, a.Given),
        planned = Report(a.Start, a.Report),
        then = a is { Then: { } t, ThenReport: { } r } ? Report(t, r) : null,
        next = a.Next.Select(n => new { n.Party, levels = n.Levels.Select(m => new { item = a.Last.Items[m.Item], level = Words.Of(m.Level), party = m.Party, owner = m.Owner, country = m.Country, outside = m.Outside }) }),
        changes = a.Proposal is { } p ? new
        {
            found = p.Changes is not null, cost = p.Changes is null ? (double?)null : p.Cost, bound = double.IsFinite(p.Bound) ? p.Bound : (double?)null, p.Proven, sets = p.Nodes, conflict = p.Conflict.Select(Said),
            list = (p.Changes ?? []).Select(c => c switch
            {
                ExposureChange.Moved m => new { kind = "move", item = a.Last.Items[m.Item], party = a.Last.Holders[m.From].Party, to = m.To is { } h ? a.Last.Holders[h].Party : "home", from = "" },
                ExposureChange.Lowered l => new { kind = "lower", item = a.Last.Items[l.Item], party = a.Last.Holders[l.Holder].Party, to = Words.Of(l.To), from = Words.Of(l.From) },
                _ => throw new InvalidOperationException(),
            }),
        } : null,
        findings = a.Told.Findings.Select(static f => new { place = f.Place.ToString(), f.Rule, f.What, f.Cure }),
    }, s_json));

    private static object Report(ExposureCase given, ExposureReport r) => new
    {
        parties = r.Parties.Select(p => new
        {
            party = given.Holders[p.Holder].Party, countries = given.Holders[p.Holder].Countries, owner = given.Holders[p.Holder].Owner, reconstructed = p.Reconstructed,
            items = p.Known.Select((k, i) => (Item: given.Items[i], K: k)).Where(static x => x.K > 0).OrderByDescending(static x => x.K).ThenBy(static x => x.Item, StringComparer.Ordinal).Select(static x => new { item = x.Item, known = x.K }),
        }),
        coalitions = r.Coalitions.Select(c => new { kind = Words.Of(c.Of.Kind), name = c.Of.Name, members = c.Of.Members.Select(m => given.Holders[m].Party), reconstructed = c.Reconstructed, best = c.Best, sum = c.Sum }),
        outside = r.Outside, home = r.Home, threshold = r.Threshold, fewest = r.Fewest?.Select(p => given.Holders[p].Party),
    };

    private static string Said(ExposureCase given, ExposureChange change) => change switch
    {
        ExposureChange.Moved m => $"{given.Items[m.Item]} is made {(m.To is { } h ? $"by {given.Holders[h].Party}" : "at home")}, not by {given.Holders[m.From].Party}",
        ExposureChange.Lowered l => $"{given.Holders[l.Holder].Party} is given {given.Items[l.Item]} as {Words.Of(l.To)}, not {Words.Of(l.From)}",
        _ => throw new InvalidOperationException($"{change.GetType().Name} is no case of {nameof(ExposureChange)}."),
    };

    private static string Said(ExposureLimit limit) => limit switch
    {
        ExposureLimit.Party p => $"at most {Text(p.Most)} a party",
        ExposureLimit.Country c => $"at most {Text(c.Most)} {(c.Name is null ? "a country" : $"in {c.Name}")}",
        ExposureLimit.Home h => $"at least {Text(h.Least)} at home",
        ExposureLimit.Parties n => $"at least {n.Least} parties",
        _ => throw new InvalidOperationException($"{limit.GetType().Name} is no case of {nameof(ExposureLimit)}."),
    };

    private static string Named(Coalition c) => c.Kind switch
    {
        CoalitionKind.Owner => $"owner {c.Name}",
        CoalitionKind.Country => $"country {(c.Name.Length == 0 ? "unknown" : c.Name)}",
        CoalitionKind.SubSupplier => $"sub-supplier {c.Name}",
    };

    private static double Same(ExposureReport report, CoalitionExposure c) => report.Coalitions.FirstOrDefault(x => (x.Of.Kind, x.Of.Name) == (c.Of.Kind, c.Of.Name))?.Reconstructed ?? 0;

    private static string Countries(Holder h) => h.Countries.Count == 0 ? "unknown" : string.Join(' ', h.Countries);

    private static string Most(ExposureCase given, IReadOnlyList<double> known) => string.Join(", ", known.Select((k, i) => (K: k, Item: given.Items[i])).Where(static x => x.K >= 0.3).OrderByDescending(static x => x.K).ThenBy(static x => x.Item, StringComparer.Ordinal).Take(5).Select(static x => $"{x.Item} {N(x.K)}"));

    private static string N(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
    private static string Signed(double share) => share < 0.0005 ? "0" : share.ToString("+0.000", CultureInfo.InvariantCulture);
    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
