using System.Globalization;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Situations;

/// <summary>Says a sign in a plain sentence.</summary>
public static class SignText
{
    /// <param name="zone">Time zone that moments are said in.</param>
    public static string Of(Snapshot world, Sign sign, DateTimeZone zone) => new Saying(world, zone).Of(sign);

    private readonly record struct Saying(Snapshot World, DateTimeZone Zone)
    {
        public string Of(Sign sign) => sign switch
        {
            Sign.Down d => $"{Machine(d.Machine)} is down since {Moment(d.Since)}, for {Long(d.Lasted)}: {(d.Reason.Length > 0 ? d.Reason : "it gave no reason")}.",
            Sign.PredictedStop p => $"{Machine(p.Machine)} {Life(p)} {Hours(p.FirstHours)} of work until lot {p.Lot} is made{(p.AllHours > p.FirstHours ? $", {Hours(p.AllHours)} in all" : "")}: it fails before in {Percent(p.Fails)} of futures.",
            Sign.Closed c => $"{Title(Passages.NameOf(c.Passage))} is closed since {Moment(c.Since)}, {(c.Until is { } until ? $"until {Moment(until)}" : "nobody says until when")}{Told(c)}.",
            Sign.Overdue { Step: null } o => $"{Subject(o.Of)} was to be made by {Moment(o.Planned)} and is not: {Long(o.By)} overdue.",
            Sign.Overdue o => $"{Title(Step(o.Step!))} was planned to {Words.Of(o.Edge)} on {Moment(o.Planned)} and nobody has said that it did: {Long(o.By)} overdue.",
            Sign.Outlasted o => $"{Title(Step(o.Step))} has lasted since {Moment(o.Begun)}, {Long(o.Lasted)}: longer than nine times in ten.",
            Sign.Silent { LastWord: { } word } s => $"{Subject(s.Of)} has been silent for {Long(s.Lasted)}, {Usual(s)}; the last word is of {Moment(word)}.",
            Sign.Silent s => $"Nothing was heard of {Lower(Subject(s.Of))} in the {Long(s.Lasted)} since it left, {Usual(s)}.",
            Sign.Contradiction c => $"{Party(c.First.Source)} expects {Step(c.Step)} to end on {Moment(c.First.At)}, {Party(c.Last.Source)} on {Moment(c.Last.At)}: {Long(c.Last.At - c.First.At)} apart.",
            Sign.StockOut s => $"{Amount(s.OnHand)} of {Item(s.Item)} {(s.OnHand.Value == 1 ? "lies" : "lie")} at {Site(s.Hub)}{(s.Before.Value > 0 ? $", {Amount(s.Before)} that {(s.Before.Value == 1 ? "was" : "were")} bought come in time" : "")}: the first build that they do not cover begins on {Moment(s.From)}. {(s.Next is { } next ? $"Lot {next} comes next, by {Moment(s.NextP90!.Value)} nine times in ten." : "Nothing more is bought.")}",
            Sign.Lapse l when World.Documents.Find(l.Document) is { } d => $"{d.Title} ({d.Requirement}), which {World.Markets.Find(d.Market)?.Name ?? d.Market.Value} asks for, {(d.ValidFrom > l.From ? "is not yet in force" : l.Ahead > Duration.Zero ? "lapses" : "has lapsed")}: {(d.ValidFrom > l.From ? "" : $"from {Moment(l.From)} ")}units stay at the hub, {(l.Until is { } open ? $"until {Moment(open)}" : Renewal(d))}.",
            Sign.Lapse l => $"Document {l.Document} is not in force from {Moment(l.From)}.",
            _ => throw new InvalidOperationException($"{sign.GetType().Name} is no case of {nameof(Sign)}."),
        };

        private string Subject(string of)
        {
            string key = of[(of.IndexOf(':', StringComparison.Ordinal) + 1)..];
            return of.StartsWith("machine:", StringComparison.Ordinal) ? Machine(key) : of.StartsWith("shipment:", StringComparison.Ordinal) ? $"Shipment {key}" : World.Lots.Find(key) is { } lot ? $"Lot {key} ({Item(lot.Item)})" : $"Lot {key}";
        }

        private string Step(LaneStep step) => step.Kind switch
        {
            StepKind.Leg => $"the leg by {Words.Of(step.Mode)} to {Site(step.To)}",
            StepKind.Wait => $"the wait for departure at {Site(step.To)}",
            StepKind.Customs => $"customs at {Site(step.To)}",
            _ => $"receiving at {Site(step.To)}",
        };

        private string Renewal(Document d) => (d.RenewalExpected, d.RenewalDays) switch
        {
            ({ } expected, _) => $"and the renewal that was expected by {Moment(expected)} has not come",
            (null, { } days) => $"and no renewal was asked for: it takes {Counted((double)days, "day")}",
            _ => "and nobody knows until when",
        };

        private static string Life(Sign.PredictedStop p) => p is { P50Hours: { } p50, P10Hours: { } p10 } ? $"runs for about {Hours(p50)} more ({Hours(p10)} nine times in ten) and has" : "says nothing of its remaining life, so its time between failures counts, and has";

        private static string Told(Sign.Closed c) => (c.Source, c.Note) switch
        {
            ("", "") => "",
            ({ Length: > 0 } who, "") => $" ({who})",
            ("", var note) => $" ({note})",
            (var who, var note) => $" ({who}: {note})",
        };

        private static string Usual(Sign.Silent s) => $"longer than {Long(s.Usual)}";

        private string Machine(Key<Machine> key) => World.Machines.Find(key)?.Name ?? $"Machine {key}";
        private string Site(Key<Site> key) => World.Sites.Find(key)?.Name ?? key.Value;
        private string Item(Key<Item> key) => World.Items.Find(key)?.Name ?? key.Value;
        private string Party(Key<Party> key) => World.Parties.Find(key)?.Name ?? key.Value;
        private string Moment(Instant at) => at.InZone(Zone).LocalDateTime.ToString("ddd d MMM HH':'mm", CultureInfo.InvariantCulture);
        private static string Amount(Quantity q) => $"{q.Value.ToString("0.###", CultureInfo.InvariantCulture)} {q.Unit}";
        private static string Hours(double hours) => Counted(Math.Round(hours, hours < 9.5 ? 1 : 0), "hour");
        private static string Long(Duration d) => d < Duration.FromHours(48) ? Counted(Math.Floor(d.TotalHours), "hour") : Counted(Math.Floor(d.TotalDays), "day");
        private static string Counted(double n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n:0.#} {what}{(n == 1 ? "" : "s")}");
        private static string Percent(Share share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share.Value:0} %");
        private static string Title(string text) => char.ToUpperInvariant(text[0]) + text[1..];
        private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
    }
}
