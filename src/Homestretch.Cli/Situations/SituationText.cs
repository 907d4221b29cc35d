using System.Globalization;
using Homestretch.Cli.Planning;
using Homestretch.Promising;
using Homestretch.Situations;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Situations;

/// <summary>Situations and their remedies as text and as JSON (docs/command-line.md has the shape).</summary>
internal static class SituationText
{
    private const int MostShown = 12;

    public static void Print(TextWriter o, Plan plan, IReadOnlyList<Assessment> all, IReadOnlyList<RemedyList> remedies)
    {
        o.WriteLine(string.Create(CultureInfo.InvariantCulture, $"As of {PlanText.Text(plan.Epoch)}, {all.Sum(static a => a.Promises):0.0} promises lost since they were given"));
        o.WriteLine($"{"cause",-32} {"lost",7} {"at risk",8} {"orders",7} {"customers",10} {"only this",10}  money");
        foreach (Assessment a in all) o.WriteLine($"{a.Cause,-32} {Number(a.Promises),7} {a.AtRisk,8} {a.Lost.Count,7} {a.Customers,10} {a.ShortOfThisAlone,10}  {string.Join(", ", a.Money)}");
        foreach (RemedyList list in remedies)
        {
            o.WriteLine();
            o.WriteLine($"{list.Assessment.Cause}: {(list.PointOfNoReturn is { } last ? $"can be mended until {PlanText.Text(last)}" : "no remedy was found that saves a promise")}");
            foreach (Sign sign in Signs.Of(plan, list.Assessment.Cause)) o.WriteLine($"    {SignText.Of(plan.World, sign, ZoneOf(plan.World, list.Assessment))}");
            foreach (PricedRemedy p in list.Remedies.Take(MostShown))
                o.WriteLine($"  {(p.Dominated ? " " : "*")} {Signed(p.Promises),6} (+{Number(p.Won)} -{Number(p.Lost)}) risk {Percent(p.Risk),5} cost {Cost(p.Remedy),-18} by {PlanText.Text(p.Remedy.ActBy)}  {Words.Of(p.Remedy.Kind)}: {p.Remedy.What}");
            if (list.Remedies.Count > MostShown) o.WriteLine($"    and {list.Remedies.Count - MostShown} more");
        }
    }

    public static void Json(TextWriter o, Plan plan, IReadOnlyList<Assessment> all, IReadOnlyList<RemedyList> remedies) => PlanText.Write(o, new
    {
        epoch = PlanText.Text(plan.Epoch),
        world = plan.World.Version,
        situations = all.Select(a => new
        {
            cause = a.Cause.ToString(),
            confirmed = a.Confirmed,
            promises_lost = Round(a.Promises),
            at_risk = a.AtRisk,
            customers = a.Customers,
            short_of_this_alone = a.ShortOfThisAlone,
            money = a.Money.Select(Shape),
            signs = Signs.Of(plan, a.Cause).Select(x => new { kind = Words.Of(x.Kind), subject = x.Subject, text = SignText.Of(plan.World, x, ZoneOf(plan.World, a)), at = PlanText.Text(x.At), hours = x.Hours is { } h ? Round(h) : (double?)null }),
            order_lines = a.Lost.Select(static l => new { order_line = l.OrderLine.Value, customer = l.Customer.Value, @class = l.Class, lost = Round(l.Share), kept = Round(l.Kept), at_risk = l.AtRisk, days_late_p90 = l.DaysLate is { } d ? Round(d) : (double?)null, supply = l.Supply, only_this = l.OnlyThis }),
            remedies = remedies.FirstOrDefault(r => r.Assessment.Cause == a.Cause) is { } list ? new
            {
                point_of_no_return = PlanText.Text(list.PointOfNoReturn),
                priced = list.Priced,
                complete = list.Complete,
                list = list.Remedies.Select(Shape),
            } : null,
        }),
    });

    private static object Shape(PricedRemedy p) => new
    {
        kind = Words.Of(p.Remedy.Kind),
        what = p.Remedy.What,
        promises = Round(p.Promises),
        won = Round(p.Won),
        lost = Round(p.Lost),
        kits = Round(p.Kits),
        risk = Round(p.Risk),
        dominated = p.Dominated,
        costs = p.Remedy.Costs.Select(static c => new { what = c.What, amount = c.Amount is { } a ? Shape(a) : null }),
        value = p.Value.Select(Shape),
        net_major = p.Net,
        act_by = PlanText.Text(p.Remedy.ActBy),
        confidences = p.Confidences.Select(static c => new { confidence = c.Confidence, regained = c.Regained, lost = c.Lost }),
        order_lines = p.Effects.Where(static e => e.Promise is not null && e.Gain != 0).Select(static e => new { order_line = e.OrderLine.Value, customer = e.Customer.Value, @class = e.Class, before = Round(e.Before), after = Round(e.After) }),
        work = p.Remedy.Work.Select(static w => new { kind = Words.Of(w.Kind), party = w.Party.Value, text = w.Text, due = PlanText.Text(w.Due) }),
    };

    /// <summary>Of the hub that builds what loses most.</summary>
    private static DateTimeZone ZoneOf(Snapshot world, Assessment a) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(world.Sites[world.OrderLines[a.Lost[0].OrderLine].Hub].TimeZone) ?? DateTimeZone.Utc;

    private static object Shape(Money m) => new { minor = m.Minor, currency = m.Currency };
    private static string Cost(Remedy r) => r.Total switch { null => "unknown", [] => "none", var total => string.Join(" + ", total) };
    private static string Number(double x) => x.ToString("0.00", CultureInfo.InvariantCulture);
    private static string Signed(double x) => x.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
    private static string Percent(double x) => (x * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
    private static double Round(double x) => Math.Round(x, 6);
}
