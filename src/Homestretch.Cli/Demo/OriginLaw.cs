using Homestretch.World;
using NodaTime;

namespace Homestretch.Cli.Demo;

/// <summary>Rules of origin of the three markets, with the legal text of each. Samples all: what was read says where; what was only known says so, and is to be checked.</summary>
internal static class OriginLaw
{
    private const string Us = "US;PR;GU;VI;AS;MP", Eu = "AT;BE;BG;CY;CZ;DE;DK;EE;ES;FI;FR;GR;HR;HU;IE;IT;LT;LU;LV;MT;NL;PL;PT;RO;SE;SI;SK", Uk = "GB", Read = "; read 28 November 2026", Unread = "; the text itself was not read";
    private const string UsCounsel = "Counsel for advertising law (US)", Customs = "Customs compliance officer", EuCounsel = "Counsel for consumer law (EU)", UkCounsel = "Counsel for consumer law (UK)";
    private const string Far = "FAR 25.101 (a)(2) and 52.225-1, as amended by 87 FR 12780 (FAC 2022-05)", Ftc = "16 CFR 323.2 (86 FR 37022)", Policy = "FTC, Enforcement Policy Statement on U.S. Origin Claims, 62 FR 63756 (2 December 1997)";

    public static IEnumerable<IRecord> Records()
    {
        LocalDate usmca = new(2020, 7, 1), ucc = new(2016, 5, 1), uk = new(2021, 1, 1), ftc = new(2021, 8, 13), policy = new(1997, 12, 2), dumping = new(2016, 7, 20), consumers = new(2025, 4, 6), unfair = new(2007, 12, 12), drawback = new(2019, 2, 24);
        const string rvc = "USMCA article 4.5 and annex 4-B; 19 CFR 182 appendix A, section 7. 60 and 50 % are what annex 4-B asks for in most of its rules with a content (GN 11 HTSUS, pages 98 to 137 read 28 November 2026); the rule of heading 8711 was not read";
        yield return Rule("USMCA-RVC-TV", RuleOfOrigin.RvcTransaction, "USMCA", "US;MX;CA", 60, usmca, null, rvc) with { Hs = "8711" };
        yield return Rule("USMCA-RVC-NC", RuleOfOrigin.RvcNetCost, "USMCA", "US;MX;CA", 50, usmca, null, rvc) with { Hs = "8711" };
        yield return Rule("US-DC-2021", RuleOfOrigin.DomesticContent, "US", Us, 55, new(2021, 1, 21), new LocalDate(2022, 10, 25), "FAR 25.101 (a)(2) by 86 FR 6180 (FAC 2021-04): more than 55 %" + Unread);
        yield return Rule("US-DC-2022", RuleOfOrigin.DomesticContent, "US", Us, 60, new(2022, 10, 25), new LocalDate(2024, 1, 1), Far + ": more than 60 %" + Read);
        yield return Rule("US-DC-2024", RuleOfOrigin.DomesticContent, "US", Us, 65, new(2024, 1, 1), new LocalDate(2029, 1, 1), Far + ": more than 65 % for delivery in 2024 to 2028" + Read);
        yield return Rule("US-DC-2029", RuleOfOrigin.DomesticContent, "US", Us, 75, new(2029, 1, 1), null, Far + ": more than 75 % for delivery from 2029" + Read);
        yield return Rule("US-MADE-ALL", RuleOfOrigin.MadeInAll, "US", Us, 100, ftc, null, Ftc + ": all or virtually all; it names no figure, so that only all needs nobody's judgement" + Read, UsCounsel);
        yield return Rule("US-MADE-REVIEW", RuleOfOrigin.MadeInReview, "US", Us, 95, ftc, null, "Meridian's own limit, not law: below it nobody is asked whether a product is virtually all made in the United States under " + Ftc, UsCounsel);
        yield return Rule("US-ASSEMBLED", RuleOfOrigin.AssembledSubstantially, "US", Us, null, policy, null, Policy + ": principal and substantial assembly and last substantial transformation there; a screwdriver operation is not enough" + Read, UsCounsel);
        yield return Rule("US-QUALIFIED", RuleOfOrigin.QualifiedClaim, "US", Us, null, policy, null, Policy + ": qualified claims" + Read, UsCounsel);
        yield return Rule("EU-ORIGIN", RuleOfOrigin.LastProcessing, "EU", Eu, null, ucc, null, "Regulation (EU) 952/2013, article 60; Delegated Regulation (EU) 2015/2446, articles 31 to 34" + Unread, Customs);
        yield return Rule("UK-ORIGIN", RuleOfOrigin.LastProcessing, "UK", Uk, null, uk, null, "Taxation (Cross-border Trade) Act 2018, section 17" + Unread, Customs);
        const string euConsumers = "Directive 2005/29/EC, article 6 (1) (b): no misleading origin; there is no rule of its own for 'made in' on goods such as these" + Unread, ukConsumers = "Digital Markets, Competition and Consumers Act 2024, part 4 chapter 1, in force 6 April 2025: misleading actions (commentaries read 28 November 2026)";
        yield return Rule("EU-MADE", RuleOfOrigin.MadeInByOrigin, "EU", Eu, null, unfair, null, euConsumers, EuCounsel);
        yield return Rule("UK-MADE", RuleOfOrigin.MadeInByOrigin, "UK", Uk, null, consumers, null, ukConsumers, UkCounsel);
        yield return Rule("EU-ASSEMBLED", RuleOfOrigin.AssembledThere, "EU", Eu, null, unfair, null, euConsumers, EuCounsel);
        yield return Rule("UK-ASSEMBLED", RuleOfOrigin.AssembledThere, "UK", Uk, null, consumers, null, ukConsumers, UkCounsel);
        yield return Rule("EU-QUALIFIED", RuleOfOrigin.QualifiedClaim, "EU", Eu, null, unfair, null, euConsumers, EuCounsel);
        yield return Rule("UK-QUALIFIED", RuleOfOrigin.QualifiedClaim, "UK", Uk, null, consumers, null, ukConsumers, UkCounsel);
        const string circumvention = "Regulation (EU) 2016/1036, article 13 (2) (b), as Regulation (EU) 2023/611 and findings on bicycles tell it";
        yield return Rule("EU-CIRC-PARTS", RuleOfOrigin.CircumventionParts, "EU", "", 60, dumping, null, circumvention + Read);
        yield return Rule("EU-CIRC-VALUE", RuleOfOrigin.CircumventionValueAdded, "EU", "", 25, dumping, null, circumvention + Read);
        yield return Rule("US-DRAWBACK", RuleOfOrigin.Drawback, "US", "US;PR", 99, drawback, null, "19 U.S.C. 1313 (a), (j); 19 CFR 190.21, 190.31" + Read);
        yield return Rule("US-DRAWBACK-YEARS", RuleOfOrigin.DrawbackYears, "US", "", 5, drawback, null, "19 U.S.C. 1313 (r)(1); 19 CFR 190.31 (b)" + Read);
        yield return Rule("US-DRAWBACK-LESSER", RuleOfOrigin.DrawbackLesser, "US", "CA;MX", null, usmca, null, "19 U.S.C. 1313 (n); 19 CFR 182.44: the lesser of what was paid here and what was paid there (USMCA article 2.5); headings and 182.41 to 182.43 read 28 November 2026");
        yield return Rule("EU-IP-INPUTS", RuleOfOrigin.InwardOnInputs, "EU", Eu, 100, ucc, null, "Regulation (EU) 952/2013, article 86 (3): at the declarant's request on what was brought in (customs4trade.com" + Read + ")");
        yield return Rule("EU-IP-PRODUCT", RuleOfOrigin.InwardOnProduct, "EU", Eu, 100, ucc, null, "Regulation (EU) 952/2013, article 85 (1): on the processed product (customs4trade.com" + Read + ")");
        const string ukInward = "Customs (Special Procedures and Outward Processing) (EU Exit) Regulations 2018 (SI 2018/1249), regulation 23; gov.uk, Special procedures, inward processing: on the goods at import or on the final product";
        yield return Rule("UK-IP-INPUTS", RuleOfOrigin.InwardOnInputs, "UK", Uk, 100, uk, null, ukInward + Read);
        yield return Rule("UK-IP-PRODUCT", RuleOfOrigin.InwardOnProduct, "UK", Uk, 100, uk, null, ukInward + Read);
    }

    private static OriginRule Rule(string key, RuleOfOrigin rule, string jurisdiction, string countries, decimal? figure, LocalDate from, LocalDate? to, string source, string signedBy = "") =>
        new(key, Cast.Brand, rule, jurisdiction, countries, "*", figure, from, to, signedBy, source, true);
}
