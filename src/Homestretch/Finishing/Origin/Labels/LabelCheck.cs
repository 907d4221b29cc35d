using Homestretch.World;

namespace Homestretch.Finishing.Origin.Labels;

/// <summary>Holds a label's text against what the unit was made of.</summary>
/// <remarks>Sources: 16 CFR 323.2 (final assembly, all significant processing, and all or virtually all components in the United States); FTC, Enforcement Policy Statement on U.S. Origin Claims, 62 FR 63756 ('Assembled in USA' needs substantial assembly, for which a screwdriver operation is not enough; qualified claims);
/// Directive 2005/29/EC, article 6 (1) (b), and Digital Markets, Competition and Consumers Act 2024, part 4 chapter 1 (no misleading statement of origin).</remarks>
public static class LabelCheck
{
    /// <summary>The answer by the rules of the unit's day of delivery, or what is wrong with its content.</summary>
    public static (LabelAnswer? Answer, IReadOnlyList<Finding> Findings) Of(OriginRules rules, UnitContent unit, string text)
    {
        IReadOnlyList<Finding> findings = Checking.Of(unit);
        return findings.Count > 0 ? (null, findings) : (new Case(rules, unit, text).Answer(), []);
    }

    private sealed class Case(OriginRules rules, UnitContent unit, string text)
    {
        private readonly LabelReading? _reading = LabelReading.Of(text);
        private readonly List<string> _missing = [], _undetermined = [];
        private readonly List<OriginRule> _used = [];
        private Ratio? _share;

        private string Place => _reading!.Jurisdiction;

        public LabelAnswer Answer()
        {
            if (_reading is null) return new(text, null, LabelState.Unknown, "Unknown: needs review. This text is none of those that are recognised.", null, Reviewer(), ["a reading of the text"], [], _used);
            if (unit.MadeIn.Length == 0) _missing.Add("the country of the final assembly");
            return (_reading.Qualifier, _reading.Verb) switch
            {
                (not LabelQualifier.None, _) => Qualified(),
                (_, LabelVerb.Assembled) => Assembled(),
                _ => Made(),
            };
        }

        /// <summary>Unqualified 'made in': by share where the law says all or virtually all, by origin where there is a rule of that kind instead.</summary>
        private LabelAnswer Made()
        {
            if (Try(RuleOfOrigin.MadeInByOrigin) is { } byOrigin) return ByOrigin(byOrigin);
            if (Try(RuleOfOrigin.MadeInAll) is null && unit.Delivered is { } day) return Miss($"a row of origin_rules: made-in-all and made-in-review, or made-in-by-origin, of {Place} on {OriginRules.Day(day)}");
            OriginRule? all = Rule(RuleOfOrigin.MadeInAll), review = Rule(RuleOfOrigin.MadeInReview);
            long assembly = Known(unit.Assembly, "the cost of assembly"), parts = unit.Components.Sum(c => Known(c.Value, $"the value of {c.Name}"));
            if (all is null || review is null || _missing.Count > 0) return Done(LabelState.Unknown, "");
            Tell();
            if (!OriginRules.Own(all, unit.MadeIn)) return Elsewhere();
            if (parts + assembly <= 0) return Miss("a manufacturing cost above 0");
            long domestic = unit.Components.Where(c => OriginRules.Own(all, c.Origin)).Sum(static c => c.Value ?? 0) + assembly;
            _share = new Ratio(domestic, parts + assembly);
            string counted = $"{Amount(domestic)} of a manufacturing cost of {Amount(parts + assembly)} = {_share.Value.Beside(review.Figure!.Value)} is of {Place}";
            if (_share.Value.AtLeast(all.Figure!.Value) && unit.Components.All(c => OriginRules.Own(all, c.Origin))) return Done(LabelState.Allowed, $"Made in {unit.MadeIn}; {counted}, and {Draft.Percent(all.Figure.Value)} is asked for.");
            string foreign = Foreign(all);
            return !_share.Value.AtLeast(review.Figure.Value)
                ? Done(LabelState.Refused, $"Not all or virtually all of it is made in {Place}: {counted}; below {Draft.Percent(review.Figure.Value)} it is refused. {foreign}")
                : Done(LabelState.NeedsSignature, $"{counted}, at least {Draft.Percent(review.Figure.Value)}: whether that is virtually all is judged, with the processing of what is foreign. {foreign}", review.SignedBy);
        }

        private LabelAnswer ByOrigin(OriginRule rule)
        {
            if (_missing.Count > 0) return Done(LabelState.Unknown, "");
            if (!OriginRules.Own(rule, unit.MadeIn)) return Elsewhere();
            Claim origin = NonPreferential.Of(rules, unit, Place);
            _used.AddRange(origin.Rules);
            _undetermined.AddRange(origin.Undetermined);
            _missing.AddRange(origin.Missing);
            _share = origin.Share;
            return origin switch
            {
                { State: ClaimState.Unknown } => Done(LabelState.Unknown, ""),
                _ when origin.Answer != Place => Done(LabelState.Refused, $"Its origin is {origin.Answer}, not {Place}. {origin.Why}"),
                { State: ClaimState.Holds } => Done(LabelState.Allowed, $"Its origin is {Place}. {origin.Why}"),
                _ => Done(LabelState.NeedsSignature, $"Its origin may be {Place}. {origin.Why}", rule.SignedBy),
            };
        }

        private LabelAnswer Assembled()
        {
            OriginRule? rule = Try(RuleOfOrigin.AssembledThere) ?? Rule(RuleOfOrigin.AssembledSubstantially);
            if (rule is null || _missing.Count > 0) return Done(LabelState.Unknown, "");
            if (!OriginRules.Own(rule, unit.MadeIn)) return Elsewhere();
            Tell();
            if (rule.Rule == RuleOfOrigin.AssembledThere) return Done(LabelState.NeedsSignature, $"It was assembled in {unit.MadeIn}; whether the text misleads about the origin of its parts is judged. {Foreign(rule)}", rule.SignedBy);
            if (unit.Processing == Processing.Unknown) return Miss($"whether the assembly in {unit.MadeIn} is simple or substantial");
            if (unit.Processing == Processing.Simple) return Done(LabelState.Refused, $"Its parts are only put together in {unit.MadeIn} ('screwdriver' assembly){Worth()}, which is no substantial assembly. {Foreign(rule)}");
            if (unit.Evidence.Length == 0) return Miss("what shows that the assembly is substantial, such as a ruling");
            return Done(LabelState.NeedsSignature, $"Substantially assembled in {unit.MadeIn}, shown by {unit.Evidence}; whether that is its principal assembly and last substantial transformation is judged.", rule.SignedBy);
        }

        /// <summary>A qualified claim must be true in each of its words, and somebody signs it.</summary>
        private LabelAnswer Qualified()
        {
            OriginRule? rule = Rule(RuleOfOrigin.QualifiedClaim);
            if (rule is null || _missing.Count > 0) return Done(LabelState.Unknown, "");
            if (!OriginRules.Own(rule, unit.MadeIn)) return Elsewhere();
            if (unit.Components.All(c => OriginRules.Own(rule, c.Origin))) return Done(LabelState.Refused, "It names imported parts, and has none.");
            if (unit.Components.All(c => c.Origin.Length == 0 || OriginRules.Own(rule, c.Origin))) return Miss($"the origin of {string.Join(", ", unit.Components.Where(static c => c.Origin.Length == 0).Select(static c => c.Name))}, which the text calls imported");
            if (_reading!.Qualifier == LabelQualifier.MixedParts && !unit.Components.Any(c => OriginRules.Own(rule, c.Origin))) return Done(LabelState.Refused, $"It names parts of {Place}, and none is known to be. {Foreign(rule)}");
            if (_reading.Verb == LabelVerb.Made && unit.Processing != Processing.Substantial && !unit.Components.Any(c => OriginRules.Own(rule, c.Origin)))
                return unit.Processing == Processing.Simple ? Done(LabelState.Refused, $"Nothing of it is made in {Place}: no component is known to be, and they are only put together there. {Foreign(rule)}") : Miss($"whether the processing in {unit.MadeIn} is simple or substantial");
            Tell();
            string screwdriver = unit.Processing == Processing.Simple ? " Its parts are only put together there, so that customs may still ask for a foreign country on it." : unit.Processing == Processing.Unknown ? " Whether the processing is more than putting together is unknown." : "";
            return Done(LabelState.NeedsSignature, $"A qualified claim: that it says no more than is so is reviewed.{screwdriver} {Foreign(rule)}", rule.SignedBy);
        }

        private LabelAnswer Elsewhere() => Done(LabelState.Refused, $"It is made in {unit.MadeIn}, not in {Place}.");

        private string Worth() => unit.Assembly is { } assembly && unit.Components.All(static c => c.Value is not null) && unit.Components.Sum(static c => c.Value!.Value) + assembly is > 0 and var cost
            ? $": {Amount(assembly)} of {Amount(cost)} = {new Ratio(assembly, cost)} of the manufacturing cost" : "";

        /// <summary>What is foreign, by country, the most first.</summary>
        private string Foreign(OriginRule rule)
        {
            var by = unit.Components.Where(c => !OriginRules.Own(rule, c.Origin)).GroupBy(static c => c.Origin).Select(static g => (Country: g.Key, Value: g.Any(static c => c.Value is null) ? (long?)null : g.Sum(static c => c.Value))).OrderByDescending(static g => g.Value ?? long.MaxValue).ThenBy(static g => g.Country, StringComparer.Ordinal);
            string told = string.Join(", ", by.Select(g => $"{(g.Country.Length > 0 ? g.Country : "unknown origin")} {(g.Value is { } v ? Amount(v) : "of unknown value")}"));
            return told.Length > 0 ? $"Foreign: {told}." : "Nothing in it is foreign.";
        }

        private void Tell()
        {
            UnitComponent[] unknown = [.. unit.Components.Where(static c => c.Origin.Length == 0)];
            if (unknown.Length > 0) _undetermined.Add($"the origin of {string.Join(", ", unknown.Select(static c => c.Name))} is undetermined: it counts as foreign");
        }

        private OriginRule? Rule(RuleOfOrigin kind)
        {
            OriginRule? found = rules.Find(kind, Place, unit.Hs, unit.Delivered, _missing);
            if (found is not null && !_used.Contains(found)) _used.Add(found);
            return found;
        }

        /// <summary>A rule that another may stand in for.</summary>
        private OriginRule? Try(RuleOfOrigin kind)
        {
            OriginRule? found = rules.Find(kind, Place, unit.Hs, unit.Delivered, []);
            if (found is not null && !_used.Contains(found)) _used.Add(found);
            return found;
        }

        /// <summary>Who would review a text that nobody understands: who signs qualified claims of the market.</summary>
        private string Reviewer()
        {
            OriginRule? rule = rules.Find(RuleOfOrigin.QualifiedClaim, unit.Market, unit.Hs, unit.Delivered, []);
            if (rule is not null) _used.Add(rule);
            return rule?.SignedBy ?? "";
        }

        private long Known(long? amount, string what)
        {
            if (amount is null) _missing.Add(what);
            return amount ?? 0;
        }

        private LabelAnswer Miss(string what)
        {
            _missing.Add(what);
            return Done(LabelState.Unknown, "");
        }

        private LabelAnswer Done(LabelState state, string why, string signedBy = "") => state == LabelState.Unknown
            ? new(text, _reading, state, $"Unknown: {string.Join("; ", _missing)} {(_missing.Count == 1 ? "is" : "are")} missing.", null, Reviewer(), _missing, _undetermined, _used)
            : new(text, _reading, state, why, _share, signedBy, [], _undetermined, _used);

        private string Amount(long minor) => new Money(minor, unit.Currency).ToString();
    }
}
