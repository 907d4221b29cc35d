using System.Text.Json;
using Homestretch.Cli.Cutting;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Planning;
using Homestretch.Exposure;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Walk.Demo;

public sealed class DemoExposureTests : IDisposable
{
    private static readonly Instant s_start = Instant.FromUtc(2026, 11, 24, 9, 0);
    private static readonly Snapshot s_world = Snapshot.Of(DemoCompany.Make(s_start, DemoCompany.DefaultSeed));
    private readonly string _folder = Directory.CreateTempSubdirectory("homestretch-exposure-").FullName;

    public DemoExposureTests() => Folder.Write(s_world, _folder);
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The software stays at the hubs, one supplier could copy the pack, and two in different countries belong together.</summary>
    [Fact]
    public void The_demonstration_has_something_to_look_at()
    {
        Exposures told = Exposures.Of(s_world, s_start);
        ExposureReport report = ExposureReport.Of(told.Given);
        int bike = told.Given.Items.ToList().IndexOf(Catalogue.Family), pack = told.Given.Items.ToList().IndexOf("BAT-500");
        Assert.All(report.Parties, p => Assert.True(p.Known[bike] < 0.1));
        Assert.Equal(["MIHO"], report.Parties.Where(p => p.Known[pack] > 0.95).Select(p => told.Given.Holders[p.Holder].Party));
        CoalitionExposure house = Assert.Single(report.Coalitions, static c => c.Of.Kind == CoalitionKind.Owner);
        Assert.Equal(["BUKK", "TAIHU"], house.Of.Members.Select(p => told.Given.Holders[p].Party));
        Assert.NotEqual(told.Given.Holders[house.Of.Members[0]].Countries, told.Given.Holders[house.Of.Members[1]].Countries);
        Assert.Null(report.Fewest);
        Assert.InRange(report.Home, 0.3, 0.5);
        // each item of the bike was weighed, and of what to look at there is an agreement that ended and something given without one
        Assert.Equal(["agreement-ended", "no-agreement"], told.Findings.Select(static f => f.Rule));
    }

    /// <summary>The page shows what the command says.</summary>
    [Fact]
    public void The_page_of_exposure_is_what_the_command_prints()
    {
        var (code, text, _) = Run("--limit-party 0.2 --limit-country CN=0.3");
        Assert.Equal(0, code);
        string page = File.ReadAllText(Path.Combine(Running.Program.Root(), "docs", "exposure.md"));
        Assert.Contains($"```text\n{text.TrimEnd()}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var (code, text, error) = Run("--what-if BAT-9=LIN C1=MERIDIAN BAT-500 --give MOT-1:CERRO:all MOT-1 --next WHO --limit-party 3 --limit-country c=2 CN=x --least-home -1 --least-parties 0 --threshold 0 --cost-move 0 --sets 0");
        Assert.Equal((2, ""), (code, text));
        Assert.Equal(
        [
            "--what-if BAT-9=LIN: items has no 'BAT-9'.", "--what-if BAT-9=LIN: parties has no 'LIN'.", "--what-if BAT-500: write ITEM=PARTY, such as BAT-500=MIHO.",
            "--give MOT-1:CERRO:all: 'all' is no level. Write one of: sealed, envelope, drawing, package, process.", "--give MOT-1: write ITEM:PARTY:LEVEL, such as BAT-500:LINGDING:drawing.",
            "--next WHO: parties has no 'WHO'.", "--limit-party 3: give a share from 0 to 1, such as 0.3.", "--limit-country c=2: 'c' is no country. Write the ISO 3166-1 code, such as CN=0.4, or only 0.4 for each.",
            "--limit-country CN=x: 'x' is no number. Write CN=0.4, or only 0.4 for each.", "--least-home -1: give a share from 0 to 1, such as 0.3.", "--least-parties 0: give 1 to 1000.",
            "--threshold: give a share above 0 and at most 1, such as 0.8.", "--cost-move: give more than 0.", "--sets: give 1 to 100000000.", "--what-if C1, MERIDIAN: MERIDIAN is no outside party; what it knows has not left home.",
        ], error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_is_supposed_is_told_beside_what_stands_also_as_JSON()
    {
        var (code, text, error) = Run("--what-if MOT-1=TAIHU BAT-400=home --give BAT-500:CERRO:process --next CERRO --limit-country KR=0.1 --json");
        Assert.Equal(1, code);
        Assert.Equal("BAT-400 is made outside already; what its makers know stays known. --afresh plans it anew.", error.Trim());
        JsonElement said = JsonElement.Parse(text);
        double R(string when, string party) => said.GetProperty(when).GetProperty("parties").EnumerateArray().Single(p => p.GetProperty("party").GetString() == party).GetProperty("reconstructed").GetDouble();
        Assert.True(R("given", "TAIHU") < R("planned", "TAIHU"));
        Assert.Equal(R("planned", "TAIHU"), R("then", "TAIHU"));        // a drawing was planned for it anyway
        Assert.True(R("planned", "CERRO") + 0.1 < R("then", "CERRO"));
        Assert.False(said.GetProperty("changes").GetProperty("found").GetBoolean());
        Assert.Equal(["at most 0.1 in KR"], said.GetProperty("changes").GetProperty("conflict").EnumerateArray().Select(static c => c.GetString()));
        Assert.DoesNotContain(said.GetProperty("next")[0].GetProperty("levels").EnumerateArray(), static l => l.GetProperty("item").GetString() == "BAT-500");
        (code, text, _) = Run("--afresh --threshold 0.5 --least-parties 5 --cost-home 3");
        Assert.Equal(0, code);
        Assert.Contains("4 parties suffice to reconstruct 0.500: BUKK, MIHO, SONGBE, TAIHU.", text, StringComparison.Ordinal);
        Assert.Contains("proven least", text, StringComparison.Ordinal);
    }

    private (int Code, string Text, string Error) Run(string options)
    {
        using StringWriter to = new(), error = new();
        int code = ExposureCommand.Run(ExposureCommand.Build().Parse([_folder, "--at", "2026-11-24T09:00:00Z", .. options.Split(' ')]), to, error, TestContext.Current.CancellationToken);
        return (code, to.ToString(), error.ToString());
    }
}
