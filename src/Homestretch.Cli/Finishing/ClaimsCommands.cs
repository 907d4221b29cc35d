using System.CommandLine;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Finishing;
using Homestretch.Finishing.Origin;
using Homestretch.Finishing.Origin.Labels;
using Homestretch.Finishing.Origin.Ledgers;
using Homestretch.Papers;
using Homestretch.World;
using NodaTime;
using NodaTime.Text;

namespace Homestretch.Cli.Finishing;

/// <summary>claims: what may be said of the origin of one unit, with evidence; ledgers of duty; the rules themselves.</summary>
public static class ClaimsCommands
{
    private static readonly Argument<string?> s_folder = new("FOLDER") { Description = "Company folder, with its origin_rules and duty_measures. None: those of the demonstration company.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON (see docs/command-line.md)." };

    public static Command Build()
    {
        var command = new Command("claims", "Origin and claims of single units: content by agreement, Buy American, non-preferential origin, circumvention, labels, drawback and inward processing.");
        command.Subcommands.Add(Check());
        command.Subcommands.Add(Content());
        command.Subcommands.Add(Ledger());
        command.Subcommands.Add(Rules());
        return command;
    }

    private static Command Check()
    {
        var content = new Option<string?>("--content") { Description = "What the units were made of: a .json or .csv file (docs/claims.md). None: the as-built record of --serial in the company folder." };
        var serial = new Option<string?>("--serial") { Description = "Only this unit." };
        var delivered = new Option<string?>("--delivered") { Description = "Day of delivery instead of the file's." };
        var made = new Option<string?>("--made-in") { Description = "Country of the final assembly instead of the file's." };
        var only = Many("--claim", "Only claims whose key begins so, such as buy-american.");
        var labels = Many("--label", "A label's text to check.");
        var countries = Many("--measure-country", "Country whose parts are weighed for circumvention, instead of those of duty_measures.");
        var agreement = new Option<string>("--agreement") { Description = "Agreement whose content is counted.", DefaultValueFactory = static _ => "USMCA" };
        var evidence = Many("--evidence", "Also write the evidence of the unit to this .json or .pdf file.");
        var at = new Option<string?>("--at") { Description = "Moment written into the evidence; default: now." };
        var why = new Option<bool>("--why") { Description = "Print inputs, formula, rules and sources." };
        var command = new Command("check", "Every claim of a unit: what holds, what fails, what is unknown; and whether it may carry a label's text.") { s_folder, content, serial, delivered, made, only, labels, countries, agreement, evidence, at, why, s_json };
        command.SetAction(r =>
        {
            TextWriter to = r.InvocationConfiguration.Output, error = r.InvocationConfiguration.Error;
            if (Folder.Time(r.GetValue(at)) is not { } now) return Folder.BadInput;
            if (r.GetValue(content) is null && (r.GetValue(s_folder) is null || r.GetValue(serial) is null)) return Bad(error, "Give --content FILE, or a company folder and --serial.");
            if (World(r.GetValue(s_folder), now) is not { } world) return Folder.BadInput;
            if ((r.GetValue(content) is { } path ? Read(path, error) : AsBuilt.Content(world, r.GetValue(serial)!) is { } built ? [built] : []) is not { } units) return Folder.BadInput;
            units = [.. units.Where(u => r.GetValue(serial) is not { } s || u.Serial == s)];
            if (units.Count == 0) return Bad(error, $"--serial: there is no unit {r.GetValue(serial)}.");
            if (r.GetValue(delivered) is { } text)
            {
                if (LocalDatePattern.Iso.Parse(text) is not { Success: true } day) return Bad(error, $"--delivered: '{text}' is no day. Write it like 2026-11-24.");
                units = [.. units.Select(u => u with { Delivered = day.Value })];
            }
            if (r.GetValue(made) is { } country) units = [.. units.Select(u => u with { MadeIn = country })];
            string[] files = r.GetValue(evidence) ?? [];
            if (files.FirstOrDefault(static f => Path.GetExtension(f).ToLowerInvariant() is not (".json" or ".pdf")) is { } other) return Bad(error, $"--evidence: '{other}' ends neither in .json nor in .pdf.");
            if (files.Length > 0 && units.Count > 1) return Bad(error, $"--evidence: the file has {units.Count} units. Choose one with --serial.");
            var packs = new List<EvidencePack>();
            foreach (UnitContent unit in units)
            {
                var (claims, findings) = Claims.Of(world, unit, r.GetValue(agreement)!, r.GetValue(countries) is { Length: > 0 } named ? named : null);
                if (!Fine(findings, error)) return Folder.BadInput;
                if (r.GetValue(only) is { Length: > 0 } keys) claims = [.. claims.Where(c => keys.Any(k => c.Key.StartsWith(k, StringComparison.Ordinal)))];
                packs.Add(new(unit, claims, [.. (r.GetValue(labels) ?? []).Select(l => LabelCheck.Of(OriginRules.Of(world), unit, l).Answer!)], now));
            }
            if (packs.All(static p => p.Claims.Count + p.Labels.Count == 0)) return Bad(error, $"--claim: no claim is called {string.Join(" or ", r.GetValue(only) ?? [])}.");
            foreach (string file in files) File.WriteAllBytes(file, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? packs[0].Json() : EvidenceDocument.Of(packs[0]));
            if (r.GetValue(s_json)) ClaimsText.Json(to, packs);
            else foreach (EvidencePack pack in packs) ClaimsText.Print(to, pack, r.GetValue(why));
            return packs.All(static p => p.Claims.All(static c => c.State is ClaimState.Holds or ClaimState.DoesNotApply) && p.Labels.All(static l => l.State == LabelState.Allowed)) ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static Command Content()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Company folder with units and unit_parts." };
        var serial = new Argument<string>("SERIAL") { Description = "Serial number of the unit." };
        var command = new Command("content", "What a unit was made of by its as-built record, as JSON to be completed and given to claims check. What no record says is null.") { folder, serial };
        command.SetAction(r =>
        {
            TextWriter error = r.InvocationConfiguration.Error;
            if (Folder.Read(r.GetValue(folder)!) is not { } world) return Folder.BadInput;
            if (AsBuilt.Content(world, r.GetValue(serial)!) is not { } unit) return Bad(error, $"There is no unit {r.GetValue(serial)} in {r.GetValue(folder)}.");
            r.InvocationConfiguration.Output.WriteLine(EvidencePack.Text(EvidencePack.Shape(unit)));
            return Folder.Ok;
        });
        return command;
    }

    private static Command Ledger()
    {
        var entries = new Option<string>("--entries") { Description = "CSV file, a row an entry in the order in which it happened (docs/claims.md).", Required = true };
        var regime = new Option<string>("--regime") { Description = $"One of: {string.Join(", ", Words.Of<LedgerRegime>())}.", Required = true };
        var jurisdiction = new Option<string>("--jurisdiction") { Description = "Whose duty it is: US, EU or UK.", Required = true };
        var currency = new Option<string>("--currency") { Description = "Currency of all amounts.", DefaultValueFactory = static _ => "USD" };
        var command = new Command("ledger", "A ledger of duty, balanced to the lot: drawback claimed, or what units under inward processing owe.") { s_folder, entries, regime, jurisdiction, currency, s_json };
        command.SetAction(r =>
        {
            TextWriter to = r.InvocationConfiguration.Output, error = r.InvocationConfiguration.Error;
            if (Words.Find<LedgerRegime>(r.GetValue(regime)!) is not { } kind) return Bad(error, $"--regime: '{r.GetValue(regime)}' is none. Write one of: {string.Join(", ", Words.Of<LedgerRegime>())}.");
            if (r.GetValue(currency) is not { Length: 3 } money || !money.All(char.IsAsciiLetterUpper)) return Bad(error, $"--currency: '{r.GetValue(currency)}' is no currency. Write the ISO 4217 code, such as USD.");
            if (Files(r.GetValue(entries)!, error) is not { } bytes) return Folder.BadInput;
            var (all, wrong) = LedgerFile.Read(Path.GetFileName(r.GetValue(entries)!), bytes);
            if (!Fine(wrong, error) || World(r.GetValue(s_folder), SystemClock.Instance.GetCurrentInstant()) is not { } world) return Folder.BadInput;
            DutyLedger ledger = DutyLedger.Of(OriginRules.Of(world), kind, r.GetValue(jurisdiction)!, r.GetValue(currency)!, all);
            if (r.GetValue(s_json)) ClaimsText.Json(to, ledger);
            else ClaimsText.Print(to, ledger);
            foreach (Finding f in ledger.Findings) error.WriteLine(f);
            return ledger.Findings.Count == 0 && ledger.Settlements.All(static s => s.Due is not null) ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static Command Rules()
    {
        var on = new Option<string?>("--on") { Description = "Only rules in force on this day." };
        var command = new Command("rules", "The rules of origin: figure, dates and source of each.") { s_folder, on, s_json };
        command.SetAction(r =>
        {
            TextWriter to = r.InvocationConfiguration.Output, error = r.InvocationConfiguration.Error;
            ParseResult<LocalDate>? day = r.GetValue(on) is { } text ? LocalDatePattern.Iso.Parse(text) : null;
            if (day is { Success: false }) return Bad(error, $"--on: '{r.GetValue(on)}' is no day. Write it like 2026-11-24.");
            if (World(r.GetValue(s_folder), SystemClock.Instance.GetCurrentInstant()) is not { } world) return Folder.BadInput;
            OriginRule[] rules = [.. world.OriginRules.Where(x => day is null || x.From <= day.Value && !(day.Value >= x.To))];
            if (r.GetValue(s_json)) ClaimsText.Json(to, rules);
            else ClaimsText.Print(to, rules);
            return rules.Length > 0 ? Folder.Ok : Folder.No;
        });
        return command;
    }

    private static Option<string[]> Many(string name, string what) => new(name) { Description = what + " May be given more than once.", AllowMultipleArgumentsPerToken = false };

    /// <summary>The world of a folder, or what the demonstration company says of origin and duty.</summary>
    private static Snapshot? World(string? folder, Instant now) => folder is { } path ? Folder.Read(path) : Snapshot.Of([.. Tariffs.Records(now.InUtc().Date), .. OriginLaw.Records()]);

    private static IReadOnlyList<UnitContent>? Read(string path, TextWriter error)
    {
        if (Files(path, error) is not { } bytes) return null;
        var (units, wrong) = UnitContentFile.Read(Path.GetFileName(path), bytes);
        return Fine(wrong, error) ? units : null;
    }

    private static byte[]? Files(string path, TextWriter error)
    {
        if (File.Exists(path)) return File.ReadAllBytes(path);
        error.WriteLine($"There is no file '{path}'.");
        return null;
    }

    private static bool Fine(IReadOnlyList<Finding> findings, TextWriter error)
    {
        foreach (Finding f in findings) error.WriteLine(f);
        return findings.Count == 0;
    }

    private static int Bad(TextWriter error, string what)
    {
        error.WriteLine(what);
        return Folder.BadInput;
    }
}
