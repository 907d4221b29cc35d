using NodaTime;

namespace Homestretch.World;

/// <summary>What duties are counted on: the goods at the border with their freight and insurance, or without.</summary>
public enum ValuationBasis { Cif, Fob }

/// <summary>Countries with one tariff and no customs among them.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2 codes, parted by ';'.</param>
/// <param name="Currency">Currency in which duties and fees are counted.</param>
public sealed record CustomsTerritory(Key<CustomsTerritory> Key, Key<Party> Party, string Name, string Countries, string Currency, ValuationBasis Valuation, LocalDate? From, LocalDate? To, string Source, bool Sample)
    : IRecord<CustomsTerritory>
{
    public static string TableName => "customs_territories";
    public static string TableDoc => "Countries with one tariff: in which currency and on which value their customs counts.";
    public string Id => Key.Value;

    public static CustomsTerritory Shape(Fields f, CustomsTerritory? x) => new(
        f.Own("customs_territory", x?.Key, "Short code of the territory, unique, such as EU."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("name", x?.Name, "Name as people write it."),
        f.Text("countries", x?.Countries, "ISO 3166-1 alpha-2 codes of its countries, parted by ';'."),
        f.Text("currency", x?.Currency, "ISO 4217 currency in which duties and fees are counted."),
        f.Choice("valuation", x?.Valuation, "What duties are counted on: cif, with freight and insurance to the border; fob, without."),
        f.OptionalDate("from", x?.From, "First day it is so; empty: always."),
        f.OptionalDate("to", x?.To, "First day it is no longer so; empty: open."),
        f.Text("source", x?.Source, "The law that says so."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}

/// <summary>What customs knows an item by.</summary>
/// <param name="Territory">Territory whose tariff the code is of; empty: every one without a row of its own.</param>
/// <param name="Hs">Tariff code: six digits of the Harmonized System and those of the territory.</param>
/// <param name="Kilograms">Weight of one unit of the item.</param>
public sealed record CustomsItem(Key<Item> Item, string Territory, LocalDate? From, LocalDate? To, Key<Party> Party, string Hs, decimal Kilograms, string Source, bool Sample) : IRecord<CustomsItem>
{
    public static string TableName => "customs_items";
    public static string TableDoc => "What customs knows an item by: its tariff code, by territory where they differ, and its weight.";
    public string Id => $"{Item}|{Territory}|{(From is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : "")}";

    public static CustomsItem Shape(Fields f, CustomsItem? x) => new(
        f.Ref("item", x?.Item, "Item."),
        f.Part("territory", x?.Territory, "Key of customs_territories whose tariff the code is of; empty: every one without a row of its own.", ""),
        f.OptionalDate("from", x?.From, "First day it is so; empty: always."),
        f.OptionalDate("to", x?.To, "First day it is no longer so; empty: open."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("hs", x?.Hs, "Tariff code: six digits of the Harmonized System and those of the territory, with or without dots."),
        f.Number("kilograms", x?.Kilograms, "Weight of one unit of the item."),
        f.Text("source", x?.Source, "Who classified it: a ruling, a broker, your own."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}

/// <summary>What a price includes of the way: nothing, the carriage to the destination, or carriage and insurance (Incoterms 2020).</summary>
public enum DeliveryTerm { Fca, Cpt, Cip }

/// <summary>Where an item comes from when a supplier sells it. Nothing of it follows from the supplier's address.</summary>
/// <param name="Country">Country of origin; empty: it was asked, and is undetermined.</param>
/// <param name="Claims">Preferences and exclusions that may be claimed with it, parted by ';'.</param>
public sealed record ItemOrigin(Key<Item> Item, Key<Party> Supplier, LocalDate? From, LocalDate? To, Key<Party> Party, string Country, string Claims, DeliveryTerm Terms, string Evidence) : IRecord<ItemOrigin>
{
    public static string TableName => "item_origins";
    public static string TableDoc => "Country of origin of an item as a supplier sells it, what may be claimed with it, and the evidence. It never follows from the supplier's address.";
    public string Id => $"{Item}|{Supplier}|{(From is { } day ? NodaTime.Text.LocalDatePattern.Iso.Format(day) : "")}";

    public static ItemOrigin Shape(Fields f, ItemOrigin? x) => new(
        f.Ref("item", x?.Item, "Item."),
        f.Ref("supplier", x?.Supplier, "Party that sells it."),
        f.OptionalDate("from", x?.From, "First day it is so; empty: always."),
        f.OptionalDate("to", x?.To, "First day it is no longer so; empty: open."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Text("country", x?.Country, "ISO 3166-1 alpha-2 country of origin; empty: undetermined.", ""),
        f.Text("claims", x?.Claims, "What may be claimed with it, as duty_measures and customs_fees call it, parted by ';'; empty: nothing.", ""),
        f.Choice<DeliveryTerm>("terms", x?.Terms, "What the price includes of the way: fca nothing, cpt the carriage to the destination, cip carriage and insurance.", DeliveryTerm.Fca),
        f.Text("evidence", x?.Evidence, "What shows it: a supplier's declaration, a certificate, a ruling."));
}

/// <summary>What customs asks for its own work.</summary>
/// <param name="Percent">Of the customs value.</param>
/// <param name="Least">Smallest amount an entry, in the territory's currency; null: none.</param>
/// <param name="Most">Largest amount an entry; null: none.</param>
/// <param name="Mode">Mode it is limited to; none: any.</param>
/// <param name="ExemptClaims">Goods for which one of these is claimed are exempt, parted by ';'.</param>
public sealed record CustomsFee(Key<CustomsFee> Key, Key<Party> Party, Key<CustomsTerritory> Territory, string Kind, LocalDate From, LocalDate? To, decimal Percent, decimal? Least, decimal? Most, Mode Mode,
    string ExemptClaims, string Source, bool Sample) : IRecord<CustomsFee>
{
    public static string TableName => "customs_fees";
    public static string TableDoc => "A fee of customs on an entry: a share of its value between a least and a most amount, by mode where it is limited to one.";
    public string Id => Key.Value;

    public static CustomsFee Shape(Fields f, CustomsFee? x) => new(
        f.Own("customs_fee", x?.Key, "Short code of the fee, unique."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.Ref("territory", x?.Territory, "Customs territory that asks for it."),
        f.Text("kind", x?.Kind, "What it is, such as merchandise processing."),
        f.Date("from", x?.From, "First day of entry it is due."),
        f.OptionalDate("to", x?.To, "First day it is no longer due; empty: open."),
        f.Number("percent", x?.Percent, "Percent of the customs value; 0: only the least amount."),
        f.OptionalNumber("least", x?.Least, "Smallest amount an entry, in the territory's currency; empty: none."),
        f.OptionalNumber("most", x?.Most, "Largest amount an entry; empty: none."),
        f.Choice<Mode>("mode", x?.Mode, "Mode of the main leg it is limited to; none: any.", Mode.None),
        f.Text("exempt_claims", x?.ExemptClaims, "Goods for which one of these is claimed are exempt, parted by ';'.", ""),
        f.Text("source", x?.Source, "The law that asks for it, and when it was read."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}

/// <summary>What it costs to insure goods on their way.</summary>
/// <param name="Percent">Premium, percent of the sum insured.</param>
/// <param name="Insured">Sum insured, percent of price, freight and insurance together; 110 is usual.</param>
public sealed record InsuranceRate(Mode Mode, LocalDate From, Key<Party> Party, LocalDate? To, decimal Percent, decimal Insured, string Source, bool Sample) : IRecord<InsuranceRate>
{
    public static string TableName => "insurance_rates";
    public static string TableDoc => "Premium of insuring goods on their way, by the mode of the main leg. Uninsured is a premium of 0.";
    public string Id => $"{Words.Of(Mode)}|{NodaTime.Text.LocalDatePattern.Iso.Format(From)}";

    public static InsuranceRate Shape(Fields f, InsuranceRate? x) => new(
        f.Choice("mode", x?.Mode, "Mode of the main leg."),
        f.Date("from", x?.From, "First day it is so."),
        f.Ref("party", x?.Party, "Party that owns the record."),
        f.OptionalDate("to", x?.To, "First day it is no longer so; empty: open."),
        f.Number("percent", x?.Percent, "Premium, percent of the sum insured; 0: uninsured."),
        f.Number("insured", x?.Insured, "Sum insured, percent of price, freight and insurance together, such as 110."),
        f.Text("source", x?.Source, "Who offers it."),
        f.Choice<YesNo>("sample", x is null ? null : x.Sample ? YesNo.Yes : YesNo.No, "Whether it is a sample, not to be relied on.") == YesNo.Yes);
}
