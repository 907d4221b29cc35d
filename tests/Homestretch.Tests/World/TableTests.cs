using System.Reflection;
using CsCheck;
using Homestretch.World;
using Xunit;

namespace Homestretch.Tests.World;

public sealed class TableTests
{
    private static readonly Gen<string> s_key = Gen.OneOf(
        Gen.Int[0, 4000].Select(static n => n.ToString("x", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Char["Aaß|0"], Gen.Int[0, 300], static (c, n) => $"{c}{n}"));

    [Fact]
    public void A_table_is_a_sorted_dictionary_that_remembers() =>
        Gen.Select(s_key.Array[0, 900], Gen.Select(Gen.Int[0, 3], s_key).Array[0, 400]).Sample((first, acts) =>
        {
            var model = new SortedDictionary<string, Party>(StringComparer.Ordinal);
            foreach (string key in first) model[key] = Named(key, "first");
            Table<Party> table = Table<Party>.Of(first.Select(static k => Named(k, "first")));
            int n = 0;
            foreach (var (act, key) in acts)
            {
                if (act == 0)
                {
                    model.Remove(key);
                    table = table.Without(key);
                }
                else if (act < 3) table = table.With(model[key] = Named(key, $"{n++}"));
                else Assert.Equal(model.GetValueOrDefault(key), table.Find(key));
            }
            Assert.Equal(model.Values, table);
            Assert.Equal(model.Count, table.Count);
            Assert.All(model.Keys, k => Assert.Equal(model[k], table.Find(k)));
            foreach (string prefix in new[] { "", "1", "a", "A2", "ß", "zz" })
                Assert.Equal(model.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(static e => e.Value), table.StartingWith(prefix));
        }, iter: 60);

    [Fact]
    public void Many_changes_in_one_stroke_equal_the_same_one_by_one() =>
        Gen.Select(s_key.Array[0, 3000], s_key.Array[0, 600], Gen.Int[1, 5]).Sample((first, keys, removeEvery) =>
        {
            Table<Party> table = Table<Party>.Of(first.Select(static k => Named(k, "first")));
            (string, Party?)[] changes = [.. keys.Distinct().Order(StringComparer.Ordinal).Select((k, i) => (k, i % removeEvery == 0 ? null : Named(k, "new")))];
            Table<Party> oneByOne = table;
            foreach (var (key, party) in changes) oneByOne = party is null ? oneByOne.Without(key) : oneByOne.With(party);
            Table<Party> atOnce = table.WithAll(changes);
            Assert.Equal(oneByOne, atOnce);
            Assert.Equal(oneByOne.Count, atOnce.Count);
            Assert.All(keys, k => Assert.Same(oneByOne.Find(k), atOnce.Find(k)));
        }, iter: 60);

    [Fact]
    public void An_old_table_keeps_what_it_had()
    {
        Table<Party> before = Table<Party>.Of(Enumerable.Range(0, 1000).Select(static n => Named($"{n:0000}", "old")));
        Table<Party> after = before.With(Named("0500", "new")).Without("0100").With(Named("9999", "new"));
        Assert.Equal("old", before.Find("0500")!.Name);
        Assert.NotNull(before.Find("0100"));
        Assert.Equal((1000, 1000), (before.Count, after.Count));
        Assert.Equal("new", after.Find("0500")!.Name);
    }

    [Fact]
    public void A_change_copies_one_page_and_shares_the_rest()
    {
        Table<Party> before = Table<Party>.Of(Enumerable.Range(0, 10_000).Select(static n => Named($"{n:00000}", "old")));
        Array[] old = Pages(before), next = Pages(before.With(Named("05000", "new")));
        Assert.Equal(old.Length, next.Length);
        Assert.Equal(1, old.Zip(next).Count(static p => !ReferenceEquals(p.First, p.Second)));
    }

    [Fact]
    public void Of_two_with_one_key_the_later_wins() =>
        Assert.Equal(["b"], Table<Party>.Of([Named("k", "a"), Named("k", "b")]).Select(static p => p.Name));

    [Fact]
    public void What_must_exist_and_does_not_is_our_mistake_and_says_so()
    {
        var e = Assert.Throws<KeyNotFoundException>(static () => Table<Party>.Empty[new Key<Party>("X")]);
        Assert.Contains("parties has no 'X'", e.Message, StringComparison.Ordinal);
        Assert.Null(Table<Party>.Empty.Find("X"));
        Assert.Null(Table<Party>.Empty.Find((Key<Party>?)null));
        Assert.Same(Table<Party>.Empty, Table<Party>.Empty.Without("X"));
    }

    private static Party Named(string key, string name) => new(key, name, PartyKind.Supplier, "");

    private static Array[] Pages(Table<Party> table) =>
        (Array[])typeof(Table<Party>).GetField("_pages", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(table)!;
}
