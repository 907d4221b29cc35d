using Homestretch.Simulating;
using Homestretch.Web.Cutting;
using Homestretch.Web.Window;

namespace Homestretch.Walk.Screens;

/// <summary>What is said of a trial: a figure that is the same for a person is confirmed, and any other is told as better or worse with its reason.</summary>
public sealed class TrialWordsTests
{
    private static readonly StudyView s_study = new(new("S", "Study", "", [], 0, 0, [], []), "USD", "", 365, 0.2, null, null, [], new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, StudyPlace>());
    private static readonly TrialModel s_model = new(0.25, 0, 34, 800_000, 0.2, 22_000_000);

    [Fact]
    public void A_figure_is_confirmed_better_or_worse_with_its_reason_and_the_cost_is_corrected_by_what_stock_costs_more()
    {
        IReadOnlyList<TrialLine> lines = TrialWords.Lines(s_study, s_model, new("", "", Figures(0.6, 67, 28, 990_000), Figures(0.9, 51, 31, 1_700_000)));
        Assert.Equal([("kits", Verdict.Better), ("days", Verdict.Worse), ("units", Verdict.Worse), ("stock", Verdict.Worse), ("cost", Verdict.Worse)], lines.Select(static l => (l.Key, l.Verdict)));
        Assert.Contains("2.1 times what the model keeps", lines[3].Why, StringComparison.Ordinal);
        Assert.Contains("USD 180,000 more", lines[4].Why, StringComparison.Ordinal);
        Assert.Equal("USD 22,180,000", lines[4].Design);
        Assert.All(lines, static l => Assert.NotEqual("", l.Why));

        TrialFigures none = Figures(0, 51, 31, 1_700_000) with { KitsWhole = null };
        Assert.Equal((Verdict.Unknown, "none"), TrialWords.Lines(s_study, s_model, new("", "", none, none))[0] is var kits ? (kits.Verdict, kits.Design) : default);

        IReadOnlyList<TrialLine> same = TrialWords.Lines(s_study, s_model, new("", "", Figures(0.6, 67, 28, 990_000), Figures(0.27, 0.5, 33, 760_000)));
        Assert.All(same, static l => Assert.Equal(Verdict.Confirmed, l.Verdict));
    }

    [Fact]
    public void A_case_is_told_against_the_usual_course_and_against_the_company_as_it_is()
    {
        TrialRow usual = new("", "", Figures(0.6, 67, 28, 1), Figures(0.9, 51, 30, 1)), lost = new("", "Miho", Figures(0.7, 53, 13, 1, kept: 0.8), Figures(0.85, 49, 21, 1, kept: 0.9));
        Assert.Equal("Miho lost", TrialWords.Case(lost));
        Assert.Equal("With the design 30 % fewer units a day are delivered than usual, 61.5 % more than the company as it is would; 10.0 points more of first promises are kept.", TrialWords.Against(usual, lost));
        Assert.Equal("With the design as many units are delivered as usual, as many as the company as it is would; promises are kept as often.", TrialWords.Against(usual, new("Suez", "", Figures(1, 1, 30, 1), Figures(1, 1, 30, 1))));
    }

    [Fact]
    public void An_interval_is_told_where_there_is_one()
    {
        Assert.Equal("85 to 92 %", TrialWords.Range(new Estimate(0.9, 0.85, 0.92)).Replace(".0", "", StringComparison.Ordinal));
        Assert.Equal(("", "", "none"), (TrialWords.Range(new Estimate(0.9, null, null)), TrialWords.Range(null), TrialWords.Said(null)));
    }

    private static TrialFigures Figures(double kits, double days, double units, double stock, double kept = 0.9) => new(new Estimate(kits, null, null), new Estimate(kept, null, null), null, days, units, stock, []);
}
