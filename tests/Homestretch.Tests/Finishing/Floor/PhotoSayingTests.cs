using Homestretch.Finishing.Floor;
using Xunit;

namespace Homestretch.Tests.Finishing.Floor;

public sealed class PhotoSayingTests
{
    private static readonly string s_a = new('a', 64), s_b = new('b', 64);

    [Fact]
    public void Photos_stand_among_the_values_beside_what_else_is_said()
    {
        string values = PhotoSaying.With(PhotoSaying.With("customs=bonded; document=IT-4711", s_a), s_b);
        Assert.Equal($"customs=bonded; document=IT-4711; photo={s_a}; photo={s_b}", values);
        Assert.Equal([s_a, s_b], PhotoSaying.Of(values));
        Assert.Equal("customs=bonded; document=IT-4711", PhotoSaying.Without(values));
        Assert.Equal([s_b], PhotoSaying.Of(PhotoSaying.Less(values, s_a)));
        Assert.Equal(values, PhotoSaying.With(values, s_a));
        Assert.Equal($"photo={s_a}", PhotoSaying.With("", s_a));
    }

    [Fact]
    public void What_is_no_hash_is_no_photo_and_there_are_never_more_than_the_most()
    {
        Assert.Empty(PhotoSaying.Of($"photo=; photo=ab; photo={s_a.ToUpperInvariant()}; photo={s_a}0"));
        string all = Enumerable.Range(0, 6).Aggregate("", static (v, i) => PhotoSaying.With(v, new((char)('0' + i), 64)));
        Assert.Equal(PhotoSaying.Most, PhotoSaying.Of(all).Count);
        Assert.True(all.Length <= 500);
    }

    [Fact]
    public void A_receipt_with_a_photo_is_a_receipt()
    {
        var floor = new FloorCompany();
        Assert.Equal($"photo={s_a}", floor.Done(floor.Said(Homestretch.World.FloorAct.Receive, "FRAME", "F9", 1, to: "DOCK", values: $"photo={s_a}")).Values);
    }
}
