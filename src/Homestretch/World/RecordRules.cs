namespace Homestretch.World;

/// <summary>Rules a record must meet by itself. Every broken one is reported, not only the first.</summary>
internal static class RecordRules
{
    private sealed record Rule(Type Of, string Name, string Column, Func<IRecord, string?> Wrong, string Cure);

    private static readonly Rule[] s_rules =
    [
        For<Site>("latitude", "latitude", static s => s.Latitude is < -90 or > 90 ? $"A latitude of {s.Latitude}." : null, "Give -90 to 90 degrees, south negative."),
        For<Site>("longitude", "longitude", static s => s.Longitude is < -180 or > 180 ? $"A longitude of {s.Longitude}." : null, "Give -180 to 180 degrees, west negative."),
        For<Item>("step", "step", static i => i.Step <= 0 ? $"A step of {i.Step}." : null, "Give the smallest amount, above 0."),
        For<Item>("gtin", "gtin", static i => i.Gtin.Length == 0 ? null : Gtin.Wrong(i.Gtin), "Write its 8, 12, 13 or 14 digits as GS1 issued them, or leave it empty."),
        For<ItemRevision>("interval", "to", static r => Reversed(r.From, r.To), "End at or after the first day."),
        For<EngineeringChange>("revisions", "to_revision", static c => c.FromRevision.Trim().Length == 0 || c.ToRevision.Trim().Length == 0 || c.FromRevision == c.ToRevision ? $"From revision '{c.FromRevision}' to '{c.ToRevision}'." : null, "Name two revisions that differ."),
        For<EngineeringChange>("effectivity", "from_day", static c => Effects(c) is var n && n != 1 ? $"It takes effect in {n} ways." : null, "Give exactly one of from_day, from_lot, lots and from_serial."),
        For<EngineeringChange>("rework", "rework_minutes", static c => c.ReworkMinutes < 0 || c.ReworkCost?.Minor < 0 ? $"A rework of {c.ReworkMinutes} minutes for {c.ReworkCost}." : null, "Give 0 or more, or leave it empty: unknown."),
        For<EngineeringChange>("old-stock", "old_stock", static c => c.OldStock != OldStock.Rework && (c.ReworkMinutes is not null || c.ReworkCost is not null || c.ReworkStep.Length > 0) ? $"Old stock is for {Words.Of(c.OldStock)}, and there is a rework." : null, "Choose rework, or leave its minutes, cost and step empty."),
        For<EngineeringChange>("approval", "approved_by", static c => c.ApprovedBy.Trim().Length > 0 != c.ApprovedAt.HasValue || c.InForce != c.ApprovedAt.HasValue ? $"It is {Words.Of(c.State)}, approved by '{c.ApprovedBy}' {(c.ApprovedAt is { } at ? $"at {at}" : "at no moment")}." : null, "Name who approved it and when as it is released, and nobody while it is a draft."),
        For<ItemAlternate>("interval", "to", static a => Reversed(a.From, a.To), "End at or after the first day."),
        For<ItemAlternate>("priority", "priority", static a => Uncounted("Priority", a.Priority), "Count from 1."),
        For<BomLine>("interval", "to", static b => Reversed(b.From, b.To), "End at or after the first day."),
        For<Market>("quantiles", "outbound_p90_days", static m => Disordered(m.OutboundP50Days, m.OutboundP90Days, "days"), "0 <= P50 <= P90."),
        For<Market>("itself", "within", static m => m.Within == m.Key ? $"{m.Key} is within itself." : null, "Name the market around it, or leave it empty."),
        For<MarketRule>("interval", "to", static r => Reversed(r.From, r.To), "End at or after the first day."),
        For<MarketRule>("choice", "must", static r => (r.Kind == MarketRuleKind.Choice) == (r.Must is Condition.Constant) ? r.Kind == MarketRuleKind.Choice ? "A choice that asks for nothing." : $"A {Words.Of(r.Kind)} with '{r.Must}' to choose." : null,
            "Give a choice what must hold, and nothing else."),
        For<MarketRule>("value", "value", static r => r.Kind == MarketRuleKind.Choice != (r.Value.Trim().Length == 0) ? $"A {Words.Of(r.Kind)} with '{r.Value}'." : null, "Give every rule but a choice its value."),
        For<FirmwareImage>("interval", "to", static i => Reversed(i.From, i.To), "End at or after the first day."),
        For<FirmwareImage>("hash", "sha256", static i => i.Sha256.Length == 64 && i.Sha256.All(char.IsAsciiHexDigit) ? null : $"'{i.Sha256}' is no SHA-256.", "Write its 64 hexadecimal digits, as sha256sum prints them."),
        For<Document>("interval", "valid_until", static d => d.ValidUntil < d.ValidFrom ? $"It lapses {d.ValidFrom - d.ValidUntil} before it is in force." : null, "End it at or after its begin, or leave it empty."),
        For<Document>("renewal", "renewal_days", static d => d.RenewalDays <= 0 ? $"A renewal in {d.RenewalDays} days." : null, "Give days above 0, or leave it empty."),
        For<PassportData>("interval", "to", static d => Reversed(d.Since, d.To), "End at or after the first day."),
        For<PassportData>("field", "field", static d => PassportField.Named(d.Field) is null ? $"'{d.Field}' is no field of a passport." : null, $"Write one of: {string.Join(", ", PassportField.All.Select(static f => f.Key))}."),
        For<PassportData>("individual", "part_serial", static d => PassportField.Named(d.Field) is { } field && field.Individual != (d.PartSerial.Length > 0) ? $"'{d.Field}' is of {(field.Individual ? "one battery" : "a model")}." : null, "Name the battery's serial number in fields of one battery, and none in fields of a model."),
        For<ProductOption>("word", "option", static o => o.Feature == "market" ? "'market' is the order's market, no feature." : o.Option.IndexOfAny([';', '=', '&', '|', '(', ')', '!', ' ']) >= 0
            || o.Feature.IndexOfAny([';', '=', '&', '|', '(', ')', '!', ' ']) >= 0 ? $"'{o.Feature}={o.Option}' cannot be written in a condition." : null, "Use letters, digits and _ - . / + only."),
        For<Routing>("minutes", "minutes_per_unit", static r => r.MinutesPerUnit <= 0 ? $"{r.MinutesPerUnit} minutes per unit." : null, "Give minutes above 0."),
        For<Routing>("priority", "priority", static r => Uncounted("Priority", r.Priority), "Count from 1."),
        For<WorkPace>("units", "count", static p => Uncounted("Units", p.Count), "Give how many units it was learned from, 1 or more."),
        For<WorkPace>("interval", "until", static p => p.Until < p.From ? $"The last is done {p.From - p.Until} before the first is begun." : null, "End at or after the begin."),
        For<WorkPace>("own-share", "own_share", static p => p.OwnShare is < 0 or > 1 ? $"A share of {p.OwnShare}." : null, "Give 0 to 1."),
        For<WorkPace>("minutes", "minutes_per_unit", static p => p.MinutesPerUnit <= 0 || p.Stated <= 0 ? $"{p.MinutesPerUnit} minutes per unit, {p.Stated} stated." : null, "Give minutes above 0."),
        For<WorkPace>("quantiles", "measured", static p => Disordered(p.P10, p.Measured, "minutes") ?? Disordered(p.Measured, p.P90, "minutes"), "0 <= P10 <= median <= P90."),
        For<WorkPace>("steps", "steps", static p => p.StepMinutes() is null ? $"'{p.Steps}' is no list of minutes." : null, "Write step=minutes; step=minutes, each step once."),
        For<LaneStep>("quantiles", "p90_days", static s => Disordered(s.P50Days, s.P90Days, "days"), "0 <= P50 <= P90."),
        For<LaneStep>("departures", "every_days", static s => s.EveryDays <= 0 ? $"A departure every {s.EveryDays} days." : null, "Give days above 0, or leave it empty."),
        For<LaneStep>("on-time", "on_time", static s => s.OnTime is < 0 or > 1 ? $"A share of {s.OnTime}." : null, "Give 0 to 1, or leave it empty."),
        For<LaneStep>("sequence", "sequence", static s => s.Sequence is < 1 or > 99 ? $"Step {s.Sequence}." : null, "Number the steps of a lane 1 to 99."),
        For<Loading>("sequence", "sequence", static l => l.Sequence is < 0 or > 99 ? $"Step {l.Sequence}." : null, "Give 0 for making, or the step's number up to 99."),
        For<Loading>("loading", "weight", static l => l.Weight is < 0 or > 1 ? $"A loading of {l.Weight}." : null, "Give 0 to 1."),
        For<FreightRate>("rate", "per_unit", static r => r.PerUnit?.Minor < 0 || r.PerShipment < 0 ? $"{r.PerUnit} a unit and {r.PerShipment} a shipment." : null, "Give amounts of 0 or more."),
        For<LaneFit>("quantiles", "p90_days", static f => Disordered(f.P50Days, f.P90Days, "days"), "0 <= P50 <= P90."),
        For<LaneFit>("sequence", "sequence", static f => f.Sequence is < 1 or > 99 ? $"Step {f.Sequence}." : null, "Give the lane step's number, 1 to 99."),
        For<LaneFit>("executions", "count", static f => Uncounted("Executions", f.Count), "Give how many executions it was learned from, 1 or more."),
        For<LaneFit>("interval", "until", static f => f.Until < f.From ? $"The last ends {f.From - f.Until} before the first begins." : null, "End at or after the begin."),
        For<LaneFit>("own-share", "own_share", static f => f.OwnShare is < 0 or > 1 ? $"A share of {f.OwnShare}." : null, "Give 0 to 1."),
        For<PassageClosure>("interval", "until", static c => c.Until < c.From ? $"The passage opens {c.From - c.Until} before it closes." : null, "Open it at or after its closing, or leave it empty."),
        For<Milestone>("sequence", "sequence", static m => m.Sequence is < 1 or > 99 ? $"Step {m.Sequence}." : null, "Give the lane step's number, 1 to 99."),
        For<ItemSupplier>("sizes", "minimum", static s => s.Minimum < 0 || s.Multiple <= 0 || s.Maximum < s.Minimum
            ? $"Minimum {s.Minimum}, multiple {s.Multiple}, maximum {s.Maximum}." : null, "Minimum >= 0, multiple > 0, maximum >= minimum."),
        For<ItemSupplier>("lead-time", "lead_days", static s => s.LeadDays < 0 || s.HardSafetyDays < 0 || s.SoftSafetyDays < 0
            ? $"Lead {s.LeadDays}, safety {s.HardSafetyDays} and {s.SoftSafetyDays} days." : null, "Give days of 0 or more."),
        For<ItemSupplier>("interval", "to", static s => Reversed(s.From, s.To), "End at or after the first day."),
        For<ItemSupplier>("priority", "priority", static s => Uncounted("Priority", s.Priority), "Count from 1."),
        For<Lot>("received", "received", static l => l.Received < 0 ? $"{l.Received} has come in." : null, "Give 0 or more."),
        For<Stock>("document", "customs_document", static s => s.Customs != CustomsStanding.Unknown && s.CustomsDocument.Trim().Length == 0 ? $"{Words.Of(s.Customs)} by no document." : null, "Name the entry, bond or notice that says so."),
        For<Bin>("code", "bin", static b => b.Code.StartsWith(BinStock.Kit, StringComparison.Ordinal) ? $"'{b.Code}' is the kit of a build." : null, "Choose a code that does not begin with kit:."),
        For<Bin>("most", "most", static b => b.Most <= 0 ? $"At most {b.Most}." : null, "Give more than 0, or leave it empty."),
        For<Bin>("least", "least", static b => b.Least is { } least && (least <= 0 || least > b.Most || b.Item is null) ? $"At least {least} of {b.Item?.Value ?? "no item"}, at most {b.Most?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "any"}." : null, "Give more than 0, no more than the most, and the item; or leave it empty."),
        For<Bin>("count-days", "count_days", static b => b.CountDays <= 0 ? $"Counted again within {b.CountDays} days." : null, "Give 1 or more, or leave it empty."),
        For<FloorOperation>("quantity", "quantity", static o => o.Quantity < 0 ? $"An amount of {o.Quantity}." : null, "Give 0 or more."),
        For<FloorOperation>("answer", "rule", static o => (o.Answer == FloorAnswer.Refused) != (o.Rule.Length > 0) ? $"{Words.Of(o.Answer)} by rule '{o.Rule}'." : null, "Name the rule of what was refused, and none of what was accepted."),
        For<UnitPart>("number", "number", static p => p.Number is < 1 or > 999 ? $"Part {p.Number}." : null, "Number the parts of a unit 1 to 999."),
        For<UnitStep>("attempt", "attempt", static s => s.Attempt is < 1 or > 999 ? $"Attempt {s.Attempt}." : null, "Count attempts from 1, up to 999."),
        For<FirmwareRelease>("ordinal", "ordinal", static r => r.Ordinal < 1 || r.Ordinal > 99_999 || r.Number is < 1 or > 999 ? $"Release {r.Number} on place {r.Ordinal}." : null, "Count places and releases from 1."),
        For<FirmwareRelease>("again", "reason", static r => (r.Number > 1) != (r.Reason.Length > 0) ? $"Release {r.Number} for the reason '{r.Reason}'." : null, "Give a reason for every release but the first, and none for that."),
        For<WorkStep>("interval", "to", static s => Reversed(s.From, s.To), "End at or after the first day."),
        For<WorkStep>("item", "item", static s => s.Item is null && (s.Kind == WorkKind.Fit || s.Revision.Length > 0) ? $"{Words.Of(s.Kind)} of no item{(s.Revision.Length > 0 ? $", in revision {s.Revision}" : "")}." : null, "Name the item that goes in or whose revision decides."),
        For<WorkStep>("language", "language", static s => s.Language.Length == 0 || Listed.IsLanguage(s.Language) ? null : $"'{s.Language}' is no language.", "Write it as in BCP 47, such as en or zh-Hans, or leave it empty."),
        For<StepText>("language", "language", static t => Listed.IsLanguage(t.Language) ? null : $"'{t.Language}' is no language.", "Write it as in BCP 47, such as de or zh-Hans."),
        For<StepText>("measured", "measured", static t => StepText.AreNames(t.Measured) ? null : $"'{t.Measured}' names nothing that is measured.", "Write names of the tolerances and what they are called, such as torque=Drehmoment; gap=Spalt."),
        For<StockTarget>("level", "level", static t => t.Level < 0 ? $"A level of {t.Level}." : null, "Give 0 or more."),
        For<CustomsTerritory>("countries", "countries", static t => Listed.Of(t.Countries) is not { Length: > 0 } all || !all.All(Listed.IsCountry) ? $"'{t.Countries}' are no countries." : null, "Write ISO 3166-1 alpha-2 codes parted by ';', such as DE;NL."),
        For<CustomsTerritory>("currency", "currency", static t => Listed.IsCurrency(t.Currency) ? null : $"'{t.Currency}' is no currency.", "Write the ISO 4217 code, such as USD."),
        For<CustomsTerritory>("interval", "to", static t => Reversed(t.From, t.To), "End at or after the first day."),
        For<ExchangeRate>("currency", "into", static r => Listed.IsCurrency(r.Currency) && Listed.IsCurrency(r.Into) && r.Currency != r.Into ? null : $"'{r.Currency}' into '{r.Into}'.", "Write two ISO 4217 codes, such as EUR into USD."),
        For<ExchangeRate>("rate", "rate", static r => r.Rate <= 0 ? $"A rate of {r.Rate}." : null, "Give a rate above 0."),
        For<CustomsItem>("hs", "hs", static c => Listed.Digits(c.Hs) is { Length: >= 6 and <= 14 } ? null : $"'{c.Hs}' is no tariff code.", "Write 6 to 14 digits, with or without dots, such as 8714.91.30."),
        For<CustomsItem>("kilograms", "kilograms", static c => c.Kilograms <= 0 ? $"{c.Kilograms} kg." : null, "Give a weight above 0."),
        For<CustomsItem>("interval", "to", static c => Reversed(c.From, c.To), "End at or after the first day."),
        For<ItemOrigin>("country", "country", static o => o.Country.Length == 0 || Listed.IsCountry(o.Country) ? null : $"'{o.Country}' is no country.", "Write the ISO 3166-1 alpha-2 code, or nothing when it is undetermined."),
        For<ItemOrigin>("interval", "to", static o => Reversed(o.From, o.To), "End at or after the first day."),
        For<DutyMeasure>("hs", "hs", static m => m.Hs == Listed.All || Listed.Digits(m.Hs) is { Length: >= 2 } ? null : $"'{m.Hs}' begins no tariff code.", "Write two digits or more, with or without dots, or * for all."),
        For<DutyMeasure>("origins", "origins", static m => (m.Origins == Listed.All || Listed.Of(m.Origins) is { Length: > 0 } all && all.All(Listed.IsCountry)) && Listed.Of(m.ExceptOrigins).All(Listed.IsCountry) ? null
            : $"'{m.Origins}' without '{m.ExceptOrigins}'.", "Write ISO 3166-1 alpha-2 codes parted by ';', or * for all."),
        For<DutyMeasure>("interval", "to", static m => Reversed(m.From, m.To), "End at or after the first day."),
        For<DutyMeasure>("exemption", "entered_before", static m => m.EnteredBefore is not null && m.ExportedBefore is null ? "It exempts by the day of entry alone." : null, "Give the day before which exempt goods were exported, or begin the measure later."),
        For<DutyMeasure>("amount", "percent", static m => m.Percent < 0 || m.Specific < 0 || (m.Kind == DutyKind.Exclusion) == (m.Percent is not null || m.Specific is not null) ? $"{Words.Of(m.Kind)} with {m.Percent} % and {m.Specific}." : null,
            "State percent or specific, 0 where it is free, and neither for an exclusion."),
        For<DutyMeasure>("currency", "currency", static m => m.Specific is not null && !Listed.IsCurrency(m.Currency) ? $"'{m.Currency}' is no currency." : null, "Write the ISO 4217 code of the specific amount."),
        For<DutyMeasure>("claim", "claim", static m => m.Kind == DutyKind.Preference && m.Claim.Length == 0 ? "A preference that nobody need claim." : null, "Name what is claimed, or state a general rate for these origins."),
        For<DutyMeasure>("excludes", "excludes", static m => m.Kind == DutyKind.Exclusion && Listed.Of(m.Excludes).Length == 0 ? "It excludes nothing." : null, "Name the measures that it switches off."),
        For<CustomsFee>("amount", "most", static c => c.Percent < 0 || c.Least < 0 || c.Most < 0 || c.Most < c.Least ? $"{c.Percent} %, least {c.Least}, most {c.Most}." : null, "Give amounts of 0 or more, and the most not below the least."),
        For<CustomsFee>("interval", "to", static c => Reversed(c.From, c.To), "End at or after the first day."),
        For<InsuranceRate>("amount", "percent", static r => r.Percent < 0 || r.Insured <= 0 || r.Percent * r.Insured >= 10_000 ? $"{r.Percent} % of {r.Insured} %." : null, "Give a premium of 0 or more on a sum above 0, below the goods themselves."),
        For<InsuranceRate>("interval", "to", static r => Reversed(r.From, r.To), "End at or after the first day."),
        For<OriginRule>("hs", "hs", static r => r.Hs == Listed.All || Listed.Digits(r.Hs) is { Length: >= 2 } ? null : $"'{r.Hs}' begins no tariff code.", "Write two digits or more, with or without dots, or * for all."),
        For<OriginRule>("countries", "countries", static r => Listed.Of(r.Countries).All(Listed.IsCountry) && (r.Countries.Length > 0 || !OriginRule.NeedsCountries(r.Rule)) ? null : $"{Words.Of(r.Rule)} about '{r.Countries}'.", "Write ISO 3166-1 alpha-2 codes parted by ';', such as US;PR."),
        For<OriginRule>("figure", "figure", static r => OriginRule.HasFigure(r.Rule) ? r.Figure is >= 0 and <= 100 ? null : $"{Words.Of(r.Rule)} with a figure of {r.Figure}." : r.Figure is null ? null : $"{Words.Of(r.Rule)} with a figure of {r.Figure}.",
            "Give percent or years, 0 to 100, where a rule has a figure, and none where it is judged by facts."),
        For<OriginRule>("interval", "to", static r => Reversed(r.From, r.To), "End at or after the first day."),
        For<KnowHow>("weight", "weight", static k => k.Weight < 0 ? $"A weight of {k.Weight}." : null, "Give 0 or more."),
        For<ItemRelation>("itself", "other", static r => r.Item == r.Other ? $"{r.Item} stands in a relation to itself." : null, "Name two items; what lies in one is its own weight."),
        For<ItemRelation>("weight", "weight", static r => r.Weight < 0 ? $"A weight of {r.Weight}." : null, "Give 0 or more."),
        For<Inference>("itself", "from", static i => i.Item == i.From ? $"{i.Item} is inferred from itself." : null, "Name two items."),
        For<Disclosure>("agreement", "nda_until", static d => d.NdaUntil is not null && d.Nda.Trim().Length == 0 ? "An agreement ends that is not named." : null, "Name the agreement, or leave its end empty."),
        For<Study>("home", "home", static s => s.HomeCountries.All(Listed.IsCountry) ? null : $"'{s.Home}' are no countries.", "Write ISO 3166-1 alpha-2 codes parted by ',', such as US,GB."),
        For<Study>("currency", "currency", static s => Listed.IsCurrency(s.Currency) ? null : $"'{s.Currency}' is no currency.", "Write the ISO 4217 code, such as USD."),
        For<Study>("holding-rate", "holding_rate", static s => s.HoldingRate is <= 0 or > 10 ? $"A holding rate of {s.HoldingRate}." : null, "Give more than 0 and at most 10, such as 0.2 a year."),
        For<Study>("write-off", "write_off_years", static s => s.WriteOffYears is <= 0 or > 100 ? $"Written off over {s.WriteOffYears} years." : null, "Give more than 0 and at most 100."),
        For<Study>("obsolescence", "obsolescence", static s => s.Obsolescence is < 0 or > 1 ? $"A share of {s.Obsolescence} is lost in a year." : null, "Give 0 to 1, or leave it empty."),
        For<StudyStage>("amount", "cost", static s => Negative(s.Cost, s.Days, s.DaysSpread, s.Demand, s.DemandSpread, s.MostDays), "Give cost, days and demand of 0 or more, or leave them empty."),
        For<StudyStage>("service-level", "service_level", static s => s.ServiceLevel is < 0.5m or >= 1 ? $"A service level of {s.ServiceLevel}." : null, "Give 0.5 or more, below 1, or leave it empty."),
        For<StudyStage>("sources", "most_sources", static s => s.MostSources is < 1 or > 2 || s.LeastShare is <= 0 or > 0.5m ? $"{s.MostSources} sources with at least {s.LeastShare} each." : null, "Give 1 or 2, and a share above 0, at most 0.5."),
        For<StudyLink>("quantity", "quantity", static l => l.Quantity <= 0 ? $"{l.Quantity} of {l.From} in one {l.To}." : null, "Give more than 0."),
        For<StudyLink>("itself", "to", static l => l.From == l.To ? $"{l.From} goes into itself." : null, "Name two stages."),
        For<StudySource>("amount", "cost", static s => Negative(s.Cost, s.Days, s.DaysSpread, s.LeastPerDay, s.OneOff, s.Hours, s.Co2), "Give 0 or more, or leave them empty."),
        For<StudySource>("capacity", "most_per_day", static s => s.MostPerDay <= 0 || s.LeastPerDay > s.MostPerDay ? $"At least {s.LeastPerDay} and at most {s.MostPerDay} a day." : null, "Give a most above 0 and not below the least, or leave it empty."),
        For<StudySource>("country", "country", static s => s.Country.Length == 0 || Listed.IsCountry(s.Country) ? null : $"'{s.Country}' is no country.", "Write the ISO 3166-1 alpha-2 code, or nothing when it is unknown."),
        For<StudyLeg>("amount", "per_unit", static l => Negative(l.PerUnit, l.Rate, l.Days, l.Co2), "Give 0 or more, or leave them empty."),
        For<Design>("amount", "cost", static d => Negative(d.Cost, d.Bound), "Give 0 or more."),
        For<Design>("business-case", "note", static d => d.Adopted is not null && d.Note.Trim().Length == 0 ? "Adopted without a business case." : null, "Write down why it is worth it."),
        For<DesignSource>("share", "share", static s => s.Share is <= 0 or > 1 ? $"A share of {s.Share}." : null, "Give more than 0, at most 1."),
        For<Lot>("ready-spread", "ready_p90_days", static l => l.ReadyP90Days < 0 ? $"Ready {l.ReadyP90Days} days after ready." : null, "Give days of 0 or more."),
        For<LotDelay>("lot", "lot", static d => d.Lot.Length == 0 ? "No lot." : null, "Name the lot."),
        For<LotDelay>("quantiles", "p98_days", static d => Falling(d.Days), "Let them never fall: P25 <= P50 <= P80 <= P90 <= P95 <= P98."),
        For<LotDelay>("usual", "usual_p98_days", static d => Falling(d.Usual), "Let them never fall: P25 <= P50 <= P80 <= P90 <= P95 <= P98."),
        For<Machine>("rate", "rate_per_hour", static m => m.RatePerHour <= 0 ? $"{m.RatePerHour} pieces per hour." : null, "Give a rate above 0."),
        For<Machine>("quantiles", "repair_p90_hours", static m => Disordered(m.RepairP50Hours, m.RepairP90Hours, "hours"), "0 <= P50 <= P90."),
        For<Machine>("between-failures", "between_failures_hours", static m => m.BetweenFailuresHours <= 0 ? $"A failure every {m.BetweenFailuresHours} hours." : null, "Give hours above 0, or leave it empty."),
        For<MachineReport>("quantiles", "remaining_p50_hours", static r => r.RemainingP10Hours < 0 || r.RemainingP50Hours < r.RemainingP10Hours
            ? $"P10 {r.RemainingP10Hours} and P50 {r.RemainingP50Hours} hours are out of order." : null, "0 <= P10 <= P50."),
        For<ProductionRun>("produced", "produced", static r => r.Produced < 0 ? $"{r.Produced} made so far." : null, "Give 0 or more."),
        For<ProductionRun>("rejected", "rejected", static r => r.Rejected < 0 ? $"{r.Rejected} rejected so far." : null, "Give 0 or more, or leave it empty."),
        For<Maintenance>("interval", "to", static m => m.To < m.From ? $"The stop ends {m.From - m.To} before it begins." : null, "End it at or after its begin."),
        For<OrderLine>("quantity", "quantity", static o => o.Quantity <= 0 ? $"An order for {o.Quantity} units." : null, "Order at least one, or cancel the line by its status."),
        For<OrderLine>("class", "class", static o => Uncounted("Class", o.Class), "Count from 1."),
        For<Promise>("version", "version", static p => p.Version is < 1 or > 999 ? $"Version {p.Version}." : null, "Count versions from 1, to 999 at most."),
        For<OptionOffer>("rebate", "rebate", static o => o.Rebate?.Minor < 0 ? $"A rebate of {o.Rebate}." : null, "Give 0 or more, or leave it empty: nothing is agreed."),
        For<Build>("interval", "end", static b => b.End < b.Start ? $"The build ends {b.Start - b.End} before it starts." : null, "End it at or after its start."),
        For<Build>("quantity", "quantity", static b => b.Quantity <= 0 ? $"A build of {b.Quantity} units." : null, "Build at least one, or cancel the build by its status."),
        For<Peg>("supply", "supply", static p => IsSupply(p.Supply) || p.Supply == $"buy:{p.Item}" ? null : $"'{p.Supply}' names no supply of {p.Item}.", "Write lot:KEY, stock:KEY or buy:ITEM."),
        For<Pin>("pin", "value", static p => p.Kind switch
        {
            PinKind.Peg => IsSupply(p.Value) ? null : $"'{p.Value}' names no supply.",
            PinKind.Slot => p.Value.Length > 0 && p.At is not null ? null : "The slot has no line or no start.",
            PinKind.Date or PinKind.Supply => p.At is not null ? null : "The moment is missing.",
        }, "Peg: lot:KEY or stock:KEY as value. Slot: line as value, start as at. Date and supply: at."),
        For<Situation>("cause", "cause", static s => s.Cause.IndexOf(':', StringComparison.Ordinal) < 1 ? $"'{s.Cause}' is no cause." : null, "Write what it is about as kind:key, such as machine:KEY."),
        For<Situation>("interval", "changed", static s => s.Changed < s.Opened ? $"It changed {s.Opened - s.Changed} before it was opened." : null, "Change it at or after its opening."),
        For<StandingRule>("interval", "until", static r => r.Until < r.From ? $"The rule lapses {r.From - r.Until} before it begins to hold." : null, "End it at or after its begin, or leave it empty."),
        For<StandingRule>("least-promises", "least_promises", static r => r.LeastPromises <= 0 ? $"A least gain of {r.LeastPromises} promises." : null, "Give a gain above 0: a rule that wins nothing decides nothing."),
        For<ClassStrategy>("class", "class", static c => Uncounted("Class", c.Class), "Count from 1."),
    ];

    private static readonly ILookup<Type, Rule> s_rulesOf = s_rules.ToLookup(static r => r.Of);

    /// <summary>A finding for each rule the record breaks.</summary>
    public static IEnumerable<Finding> Broken(IRecord record, Place place)
    {
        foreach (Rule rule in s_rulesOf[record.GetType()])
        {
            if (rule.Wrong(record) is { } what)
                yield return new(place with { Column = rule.Column }, rule.Name, what, rule.Cure);
        }
    }

    /// <summary>Table and name of every rule, in order, for tests and documentation.</summary>
    internal static IEnumerable<(Type Of, string Name, string Column)> All => s_rules.Select(static r => (r.Of, r.Name, r.Column));

    private static Rule For<T>(string name, string column, Func<T, string?> wrong, string cure) where T : class, IRecord<T> =>
        new(typeof(T), name, column, r => wrong((T)r), cure);

    private static string? Reversed(NodaTime.LocalDate? from, NodaTime.LocalDate? to) =>
        to < from ? $"{to:uuuu'-'MM'-'dd} comes before {from:uuuu'-'MM'-'dd}." : null;

    private static string? Disordered(decimal p50, decimal p90, string unit) =>
        p50 < 0 || p90 < p50 ? $"P50 {p50} and P90 {p90} {unit} are out of order." : null;

    private static string? Falling(IReadOnlyList<decimal> days)
    {
        for (int k = 1; k < days.Count; k++)
            if (days[k] < days[k - 1]) return $"{days[k]} days follow {days[k - 1]}.";
        return null;
    }

    private static string? Negative(params ReadOnlySpan<decimal?> amounts)
    {
        foreach (decimal? amount in amounts)
            if (amount < 0) return $"{amount} is below 0.";
        return null;
    }

    private static int Effects(EngineeringChange c) => (c.FromDay is null ? 0 : 1) + (c.FromLot.Length > 0 ? 1 : 0) + (Listed.Of(c.Lots).Length > 0 ? 1 : 0) + (c.FromSerial.Length > 0 ? 1 : 0);

    private static string? Uncounted(string what, int value) => value < 1 ? $"{what} {value}." : null;

    private static bool IsSupply(string text) =>
        text.StartsWith("lot:", StringComparison.Ordinal) || text.StartsWith("stock:", StringComparison.Ordinal);
}
