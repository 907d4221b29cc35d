using Homestretch.Products;
using Homestretch.Products.Ordering;
using Homestretch.Promising;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.Promising;

public sealed class OrderOffersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Each_option_left_has_the_date_that_a_quote_of_its_whole_order_has(int seed)
    {
        var company = new RandomCompany(seed);
        Snapshot world = company.World.Put(new ProductOption("BIKE", "rack", "yes", "MC", "", false, new Money(4500, "USD")), new ProductOption("BIKE", "rack", "no", "MC", "", false, new Money(100, "USD"), true),
            new ProductOption("BIKE", "bell", "loud", "MC", "", false, new Money(900, "USD")), new ProductOption("BIKE", "bell", "soft", "MC", ""));
        Plan plan = Plan.Make(world, RandomCompany.T, RandomCompany.Policy);
        OrderLine order = company.Order("Q-1");
        OrderModel model = OrderModel.Of(world, "BIKE", order.Market, new(2026, 12, 1), TestContext.Current.CancellationToken).Model!;
        var (whole, options) = OrderOffers.Of(plan, model, model.Choose([], TestContext.Current.CancellationToken), order, TestContext.Current.CancellationToken);
        Assert.Equal("bell=loud; rack=no", whole!.Options.ToString());
        Assert.Equal(new Money(1000, "USD"), whole.Price);
        Assert.Equal(["bell=loud; rack=no", "bell=soft; rack=no", "bell=loud; rack=no", "bell=loud; rack=yes"], options.Select(static o => o.Offer.Options.ToString()));
        Assert.Equal([1000L, null, 1000, 5400], options.Select(static o => o.Offer.Price?.Minor));
        Assert.Equal("soft", Assert.Single(options[1].Offer.Unpriced).Option);
        foreach (OptionOutlook o in options) Assert.Equal(plan.Quote(order with { Options = o.Offer.Options }).Forecast.ToString(), o.Offer.Forecast.ToString());
    }

    [Fact]
    public void Domestic_content_counts_cost_by_stated_origin_and_unknown_origin_as_foreign()
    {
        Item frame = new("FRAME", "MC", "Frame", ItemKind.SubAssembly, "frame", "EA", 1, new Money(6000, "USD")), tyre = new("TYRE", "MC", "Tyre", ItemKind.SubAssembly, "tyre", "EA", 1, new Money(1000, "USD")),
            rack = new("RACK", "MC", "Rack", ItemKind.SubAssembly, "rack", "EA", 1, new Money(2000, "USD")), bell = new("BELL", "MC", "Bell", ItemKind.SubAssembly, "bell", "EA", 1, null);
        var hub = new Site("GVL", "MC", "Greenville", SiteKind.Hub, "USGVL", "US", "America/New_York", null, null);
        var day = new NodaTime.LocalDate(2026, 12, 1);
        Snapshot world = Snapshot.Of([frame, tyre, rack, bell, hub, Origin("FRAME", "S1", "TW"), Origin("RACK", "S1", "US"), Origin("RACK", "S2", "US"), Origin("TYRE", "S1", "US"), Origin("TYRE", "S2", "VN"), Origin("BELL", "S1", "US")]);
        var kit = new Kit([new(frame, "10", new(1, "EA")), new(tyre, "20", new(2, "EA")), new(rack, "30", new(1, "EA")), new(bell, "40", new(1, "EA"))], []);
        DomesticContent content = DomesticContent.Of(world, kit, hub, day);
        Assert.Equal(0.2, content.Share!.Value.Value, 12);
        Assert.Equal(["TYRE"], content.OriginUnknown.Select(static i => i.Id));
        Assert.Equal(["BELL"], content.CostUnknown.Select(static i => i.Id));

        static ItemOrigin Origin(string item, string supplier, string country) => new(item, supplier, null, null, "MC", country, "", DeliveryTerm.Fca, "said");
    }
}
