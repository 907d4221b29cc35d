using CsCheck;
using Homestretch.Arrivals.History;
using NodaTime;
using Xunit;

namespace Homestretch.Tests.Arrivals.History;

public sealed class DeliveryBookTests
{
    private static readonly LocalDate s_day = new(2026, 3, 2);

    private static Delivery Line(int n, int scheduled, int? delay, int shipment, int kind, int notice = 30) => new($"L{n}", $"S{shipment}", $"O{kind}", $"Q{kind % 2}", "", $"V{kind % 3}", "", $"D{kind % 2}",
        "air", "EXW", "", $"I{kind % 4}", "", "", 100 + n, 1000 + kind, s_day.PlusDays(scheduled - 90), s_day.PlusDays(scheduled - 20 - kind), s_day.PlusDays(scheduled),
        delay is { } d ? s_day.PlusDays(scheduled + d) : null, delay is { } k ? s_day.PlusDays(scheduled + k + kind % 3) : null, s_day.PlusDays(scheduled - notice));

    private static float[] Features(IEnumerable<Delivery> deliveries, string line)
    {
        var book = new DeliveryBook(deliveries);
        int at = book.Deliveries.Index().Single(d => d.Item.Line == line).Index;
        float[] row = new float[DeliveryFeatures.Names.Count];
        new DeliveryFeatures(book).Fill(at, row);
        return row;
    }

    private static double Feature(string name, IEnumerable<Delivery> deliveries, string line) => Features(deliveries, line)[DeliveryFeatures.Names.Index().Single(n => n.Item == name).Index];

    private static readonly Gen<Delivery[]> s_books = Gen.Select(Gen.Int[0, 300], Gen.Int[-40, 60], Gen.Int[0, 25], Gen.Int[0, 5], Gen.Int[0, 9]).Array[2, 60]
        .Select(static rows => rows.Select(static (r, i) => Line(i, r.Item1, r.Item5 == 0 ? null : r.Item2, r.Item3, r.Item4, r.Item5 == 1 ? 45 : 30)).ToArray());

    [Fact]
    public void Nothing_that_happens_after_the_forecasts_day_moves_a_feature() => Gen.Select(s_books, Gen.Int[0, 1000]).Sample((book, pick) =>
    {
        Delivery asked = book[pick % book.Length];
        LocalDate day = asked.AsOf;
        Delivery[] changed =
        [
            // deliveries known later end otherwise, or never; plans known later change whole, or are left out
            .. book.Where(d => d.AsOf <= day || pick % 2 == 0).Select(d => d.AsOf <= day
                ? d.Known <= day ? d : d with { Delivered = Later(d, day, pick), Known = Later(d, day, pick) }
                : d with { Order = "other", Supplier = "other", Quantity = 1, Scheduled = d.Scheduled.PlusDays(7), AsOf = d.AsOf.PlusDays(7), Delivered = null, Known = null }),
        ];
        Assert.Equal(Features(book, asked.Line), Features(changed, asked.Line));
    }, iter: 300);

    private static LocalDate? Later(Delivery d, LocalDate day, int pick) => pick % 3 == 0 ? null : LocalDate.Max(day.PlusDays(1 + pick % 50), d.Scheduled.PlusDays(-20));

    [Fact]
    public void A_book_does_not_depend_on_the_order_of_its_rows() => s_books.Sample(book =>
    {
        foreach (Delivery d in book.Take(5)) Assert.Equal(Features(book, d.Line), Features(book.Reverse(), d.Line));
    }, iter: 100);

    [Fact]
    public void The_lateness_of_an_order_is_that_of_its_settled_shipments_drawn_to_everything()
    {
        // a shipment of two lines counts once; one is overdue and out; the line's own shipment is not its history
        Delivery[] book = [Line(0, 0, 5, 1, 0), Line(1, 0, 5, 1, 0), Line(2, 1, 0, 2, 0), Line(3, 2, null, 3, 0), Line(4, 200, null, 4, 0), Line(5, 150, -60, 4, 0)];
        double recency(int age) => Math.Pow(2, -age / Past.HalfLifeDays);
        double weight = recency(170) + recency(169) + recency(168), late = recency(170) + recency(168);
        Assert.Equal(weight, Feature("order.weight", book, "L4"), 1e-6);
        double all = (late + Past.Pull * 0.1) / (weight + Past.Pull);
        Assert.Equal(all, Feature("all.late", book, "L4"), 1e-6);
        Assert.Equal((late + Past.Pull * all) / (weight + Past.Pull), Feature("order.late", book, "L4"), 1e-6);
        Assert.Equal(60, Feature("order.last", book, "L4")); // the overdue one: at least 168 days, held at 60
        Assert.Equal(168, Feature("order.age", book, "L4"));
    }

    [Fact]
    public void An_order_that_was_not_sent_a_month_before_has_no_lead_time_yet()
    {
        Assert.Equal(double.NaN, Feature("lead-ordered", [Line(0, 100, null, 1, 0)], "L0")); // sent 20 days before the schedule
        Assert.Equal(35, Feature("lead-ordered", [Line(0, 100, null, 1, 0) with { Ordered = s_day.PlusDays(65) }], "L0"));
    }

    [Fact]
    public void What_is_not_known_is_no_history()
    {
        Delivery[] book = [Line(0, 0, 5, 1, 0) with { Supplier = "" }, Line(1, 200, null, 2, 0) with { Supplier = "" }];
        Assert.Equal(0, Feature("supplier.weight", book, "L1"));
        Assert.Equal(double.NaN, Feature("supplier.delay", book, "L1"));
    }
}
