using System.Security.Cryptography;
using System.Text;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>What the demonstration's markets ask of the C1. Laws are real and named; those marked as samples were not read at their source. No legal advice.</summary>
internal static class Laws
{
    private const string Federal = "15 U.S.C. 2085(b); 16 CFR 1512.2(a)(2)", State = "N.Y. Vehicle and Traffic Law § 102-c", City = "NYC Administrative Code, title 20, chapter 4, subchapter 2; Local Law 39 of 2023",
        Union = "Regulation (EU) No 168/2013, article 2(2)(h)", Kingdom = "Electrically Assisted Pedal Cycles Regulations 1983 (SI 1983/1168), regulation 4, as amended by SI 2015/24",
        Sheet = "Department for Transport, EAPCs in Great Britain: information sheet, 22 June 2015";

    private static readonly LocalDate s_act = new(2002, 12, 4), s_city = new(2023, 9, 16), s_union = new(2016, 1, 1), s_kingdom = new(2015, 4, 6), s_machines = new(2027, 1, 20), s_passports = new(2027, 2, 18);

    public static IEnumerable<IRecord> Records(LocalDate today)
    {
        yield return new Market("NY", Cast.Brand, "New York", "US", 120, "B", "en-US", 3, 5, (Key<Market>)"US");
        yield return new Market("NYC", Cast.Brand, "New York City", "US", 120, "B", "en-US", 3, 5, (Key<Market>)"NY");

        yield return Choice("C1-THROTTLE", null, "!throttle=none", "throttle=20mph & !assist=25kmh | throttle=28mph & assist=28mph", "The throttle drives no faster than the motor assists: one to 20 mph needs assistance to 20 or 28 mph, one to 28 mph needs 28 mph",
            null, "Meridian Cycles, design rule of the C1");

        yield return Choice("US-MOTOR-ALONE", "US", "", "!throttle=28mph", "Driven by its motor alone, a low-speed electric bicycle stays below 20 mph", s_act, Federal);
        yield return Fact("US-POWER", MarketRuleKind.Power, "US", "below 750 W", "Its motor has less than 750 watts", s_act, null, Federal);
        yield return Fact("US-COC", MarketRuleKind.Document, "US", "16 CFR 1512", "A general certificate of conformity goes with it", null, null, "15 U.S.C. 2063(a)(1); 16 CFR parts 1110 and 1512", sample: true);

        yield return Choice("NY-CLASSES", "NY", "", "!assist=28mph", "The motor stops helping at 20 mph: New York has no class of bicycle with pedal assistance beyond", null, $"{State}(a), (b)");
        yield return Choice("NY-THROTTLE", "NY", "", "!throttle=28mph", "A throttle drives it up to 20 mph (class two), and up to 25 mph only within a city of a million or more (class three)", null, $"{State}(b), (c)");
        yield return Fact("NY-POWER", MarketRuleKind.Power, "NY", "below 750 W", "Its motor has less than 750 watts", null, null, State);

        yield return Fact("NYC-UL", MarketRuleKind.Document, "NYC", "UL 2849", "An accredited laboratory has certified its electrical system to UL 2849", s_city, null, City);
        yield return Fact("NYC-LABEL", MarketRuleKind.Label, "NYC", "Name or mark of the laboratory that certified it to UL 2849", "The certification or the laboratory's name or mark stands on the bicycle, its battery, its packaging or its papers", s_city, null, City);

        yield return Choice("EU-PEDAL", "EU", "", "throttle=none", "The motor stops when the rider stops pedalling, so there is no throttle", s_union, Union, sample: true);
        yield return Choice("EU-ASSIST", "EU", "", "assist=25kmh", "The motor's help ends before 25 km/h", s_union, Union, sample: true);
        yield return Fact("EU-SPEED", MarketRuleKind.Speed, "EU", "25 km/h", "The motor's help ends before 25 km/h", s_union, null, Union, sample: true);
        yield return Fact("EU-POWER", MarketRuleKind.Power, "EU", "at most 250 W", "Its motor has a maximum continuous rated power of 250 watts at most", s_union, null, Union, sample: true);
        yield return Fact("EU-MACHINE", MarketRuleKind.Document, "EU", "EN 15194", "An EU declaration of conformity as a machine goes with it", null, s_machines, "Directive 2006/42/EC; EN 15194");
        yield return Fact("EU-MACHINE-2027", MarketRuleKind.Document, "EU", "EN 15194", "An EU declaration of conformity as a machine goes with it", s_machines, null, "Regulation (EU) 2023/1230, which applies from 20 January 2027; EN 15194");
        yield return Fact("EU-BATTERY", MarketRuleKind.Label, "EU", "QR code to the battery's passport", "Each battery of light means of transport carries the code of its passport", s_passports, null, "Regulation (EU) 2023/1542, article 77(1)");

        yield return Fact("EU-PASSPORT", MarketRuleKind.Passport, "EU", "battery", "Each battery of light means of transport has a passport, which its code leads to", s_passports, null, "Regulation (EU) 2023/1542, articles 77 and 78 and Annex XIII", sample: true);

        yield return Choice("UK-PEDAL", "UK", "", "throttle=none", "A throttle that drives it without pedalling needs a type approval, which the C1 does not have", s_union, Sheet);
        yield return Choice("UK-ASSIST", "UK", "", "assist=25kmh", "The motor's help is cut off at 15.5 mph, which is 25 km/h", s_kingdom, $"{Kingdom} ((c)(ii))");
        yield return Fact("UK-SPEED", MarketRuleKind.Speed, "UK", "15.5 mph", "The motor's help is cut off at 15.5 mph", s_kingdom, null, $"{Kingdom} ((c)(ii))");
        yield return Fact("UK-POWER", MarketRuleKind.Power, "UK", "at most 250 W", "Its motor has a maximum continuous rated power of 250 watts at most", s_kingdom, null, $"{Kingdom} ((c)(i))");
        yield return Fact("UK-BRAKE", MarketRuleKind.Brake, "UK", "right lever: front brake", "The lever on the right works the front brake", null, null, "Pedal Bicycles (Safety) Regulations 2010 (SI 2010/198)", sample: true);
        yield return Fact("UK-MACHINE", MarketRuleKind.Document, "UK", "SI 2008/1597", "A UK declaration of conformity as a machine goes with it", null, null, "Supply of Machinery (Safety) Regulations 2008", sample: true);

        // of New York's each writing is released one by one: nobody builds more of them than were ordered without being seen
        foreach (string market in (string[])["US", "EU", "UK", "NY"])
        {
            string words = $"{Catalogue.Family} {market} 4.2.1";
            yield return new FirmwareImage(Catalogue.Family, market, "4.2.1", Cast.Brand, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))), today.PlusDays(-60), null, $"Sample: the hash of the words '{words}', not of a firmware", Released: market == "NY");
        }
    }

    private static MarketRule Choice(string key, string? market, string when, string must, string text, LocalDate? from, string source, bool sample = false) =>
        new(key, Cast.Brand, MarketRuleKind.Choice, market is null ? (Key<Market>?)null : (Key<Market>)market, (Key<Item>)Catalogue.Family, Condition.Parse(when).Value!, Condition.Parse(must).Value!, "", text, from, null, source, sample);

    private static MarketRule Fact(string key, MarketRuleKind kind, string market, string value, string text, LocalDate? from, LocalDate? to, string source, bool sample = false) =>
        new(key, Cast.Brand, kind, (Key<Market>)market, (Key<Item>)Catalogue.Family, Condition.Always, Condition.Always, value, text, from, to, source, sample);
}
