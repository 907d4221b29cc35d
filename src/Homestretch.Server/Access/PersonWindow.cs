using System.Globalization;
using Homestretch.Exchange.Csv;
using Homestretch.Exchange.Epcis;
using Homestretch.Promising;
using Homestretch.Protection;
using Homestretch.Server.Archiving;
using Homestretch.Server.Live;
using Homestretch.Server.Notifying;
using Homestretch.Server.Seeing;
using Homestretch.Server.Situating;
using Homestretch.Server.Twins;
using Homestretch.Web.Window;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Server.Access;

/// <summary>One signed-in person's window: every question is answered from their party's slice, every word of theirs checked against it.</summary>
internal sealed partial class PersonWindow : IWindow, IDisposable
{
    /// <summary>Changes that are kept at least; fewer than these are all there were.</summary>
    private const int KeptAtLeast = 200;

    /// <summary>Rows of a list that is kept for others who ask the same.</summary>
    private const int MostShared = 100;
    private readonly Planner _planner;
    private readonly Slices _slices;
    private readonly TwinBoard _twins;
    private readonly Proposals _proposals;
    private readonly UpkeepBoard _upkeep;
    private readonly BufferBoard _buffers;
    private readonly BranchSight _branches;
    private readonly ClearStudio _clearing;
    private readonly CutStudio _cutting;
    private readonly TrialStudio _trials;
    private readonly SituationSight _situations;
    private readonly HubClock _clock;
    private readonly Administration _administration;
    private readonly EdgeSight _edges;
    private readonly ModelSight _models;
    private readonly NotifySight _notify;
    private readonly WebhookSight _webhooks;
    private readonly UnitArchive _archive;
    private readonly LedgerArchive _ledger;
    private readonly Floor.FloorPhotos _photos;
    private readonly Passports.PassportSight _passports;
    private readonly bool _demo;
    private readonly Sessions _sessions;
    private readonly string _login;
    private readonly string? _token;
    private long _heard;

    /// <param name="token">Id of the token or session it was opened with.</param>
    /// <param name="asOf">Count of <see cref="Sessions.Endings"/> at which the person had the right to it.</param>
    public PersonWindow(Person person, string? token, Sessions sessions, long asOf, Planner planner, Slices slices, TwinBoard twins, Proposals proposals, UpkeepBoard upkeep, BufferBoard buffers, BranchSight branches, ClearStudio clearing, CutStudio cutting, TrialStudio trials, SituationSight situations, HubClock clock, Administration administration, EdgeSight edges, ModelSight models, NotifySight notify, WebhookSight webhooks, UnitArchive archive, LedgerArchive ledger, Floor.FloorPhotos photos, Passports.PassportSight passports, ServerOptions options)
    {
        (Person, _planner, _slices, _twins, _proposals, _upkeep, _buffers, _branches, _clearing, _cutting, _trials, _situations, _clock, _administration, _edges, _models, _notify, _webhooks, _archive, _ledger, _photos, _passports, _demo) = (person, planner, slices, twins, proposals, upkeep, buffers, branches, clearing, cutting, trials, situations, clock, administration, edges, models, notify, webhooks, archive, ledger, photos, passports, options.Demo);
        _heard = Look(static s => s.World.Version);
        _planner.Happened += Hear;
        _upkeep.Priced += Hear;
        _buffers.Reckoned += HearBuffers;
        _photos.Came += HearPhoto;
        _situations.Board.Changed += HearSituations;
        (_login, _token, _sessions) = (person.Login, token, sessions);
        _sessions.Ended += End;
        if (_sessions.IsOver(_login, _token, asOf)) Person = SignIn.Nobody;
    }

    /// <summary>Nobody from the moment on at which the session is over.</summary>
    public Person Person { get; private set; }
    public event Action<LiveNote>? Changed;

    private bool Brand => _slices.Look(Party, false, s => s.World.Parties.Find(Party)?.Kind == PartyKind.Brand);
    private Key<Party> Party => Person.Party;

    public ClockView Clock => Look(s => new ClockView(s.Plan.Epoch, s.Now, s.Zone, _demo, _clock.Speed, s.World.Version));

    /// <summary>Which plan the forecasts come from; equal identities mean equal forecasts.</summary>
    public object Plan => Look(static s => new { identity = s.Plan.Identity, epoch = s.Plan.Epoch, world_version = s.World.Version, samples = s.Plan.Policy.Samples,
        seed = s.Plan.Policy.Seed, allocation_quantile = s.Plan.Policy.AllocationQuantile, promise_confidence = s.Plan.Policy.PromiseConfidence });

    public TodayView Today() => Shared(("today", May(Permission.SeeOrders)), s => TodayViews.Of(Allowed(s)));
    public KitGridView Kits(KitQuery query) => !May(Permission.SeeOrders) && !May(Permission.SeeLines) ? Empty.Kits : Listed(query, query.Take, s => KitViews.Grid(s, query));
    public Page<OrderRow> Orders(OrderQuery query) => !May(Permission.SeeOrders) ? Empty.Page<OrderRow>() : Listed(query, query.Take, s => OrderViews.Page(s, query));
    public OrderView? Order(string orderLine) => Asked(Permission.SeeOrders, Permission.SeeLines, s => Allowed(OrderViews.One(s, orderLine)), null);
    public Page<LotRow> Lots(LotQuery query) => !May(Permission.SeeSupply) ? Empty.Page<LotRow>() : Listed(query, query.Take, s => SupplyViews.Page(s, query));
    public LotView? Lot(string lot) => Asked(Permission.SeeSupply, s => Allowed(SupplyViews.One(s, lot, _twins)), null);
    public IReadOnlyList<EdgeRow> Edges() => May(Permission.SeeMachines) ? _edges.Rows(Brand ? null : Person.Party) : [];
    public EdgeDetail? Edge(string edge) => May(Permission.SeeMachines) ? _edges.One(edge, Person, Brand ? null : Person.Party) : null;
    public async Task<IReadOnlyList<Finding>?> RevokeContract(string edge, CancellationToken cancel) => May(Permission.SeeMachines) ? await _edges.Revoke(edge, Person, Brand ? null : Person.Party, cancel) : null;
    public Page<MachineRow> Machines(MachineQuery query) => Asked(Permission.SeeMachines, s => MachineViews.Page(s, query, _twins.Machines, Priced), Empty.Page<MachineRow>());
    public MachineView? Machine(string machine) => Asked(Permission.SeeMachines, s => MachineViews.One(s, machine, _twins.Machines, Priced, _edges.Judge), null);
    public IReadOnlyList<LineView> Lines(Instant from, Instant to) => Asked(Permission.SeeLines, s => LineViews.Of(s, from, to), []);
    public MapView Map() => May(Permission.SeeSupply) ? Shared("map", SupplyViews.Map) : new([], [], []);
    public IReadOnlyList<ChangeView> Changes(int most) => Look<IReadOnlyList<ChangeView>>(s => [.. ChangeViews.Of(Allowed(s), Math.Clamp(most, 1, 500))]);

    public async Task<MachineHistory> History(string machine, Instant from, Instant to, int points, CancellationToken cancel) =>
        Asked(Permission.SeeMachines, s => s.World.Machines.Find(machine), null) is { } mine ? await _twins.Machines.History(mine, from, to, Math.Clamp(points, 2, 2000), cancel) : new([], []);

    public async Task<IReadOnlyList<MachinePeriod>> Spent(string machine, Instant from, Instant to, Bucket by, CancellationToken cancel) => Plant(machine) is not { } mine ? []
        : [.. (await _twins.Machines.Spent(mine.Machine, from, to, by, mine.Zone, mine.Shifts, cancel)).Select(p => MachineViews.Period(p, mine.Zone))];

    public async Task<StopsView?> Stops(string machine, Instant from, Instant to, Duration micro, CancellationToken cancel) =>
        Plant(machine) is { } mine ? MachineViews.Stops(await _twins.Machines.Stops(mine.Machine, from, to, micro, cancel), mine.Shifts, micro) : null;

    /// <summary>A machine of this person's with the clock of its plant; null when there is none.</summary>
    private (World.Machine Machine, DateTimeZone Zone, Homestretch.Machines.ShiftClock Shifts)? Plant(string machine) => Asked<(World.Machine, DateTimeZone, Homestretch.Machines.ShiftClock)?>(Permission.SeeMachines,
        s => s.World.Machines.Find(machine) is { } m ? (m, s.ZoneOf(m.Site), Homestretch.Machines.ShiftClock.Of(s.World, m.Party, m.Site, s.ZoneOf(m.Site))) : null, null);

    public QuoteView Quote(QuoteRequest request) => Asked(Permission.Promise, s => QuoteViews.Of(s, request, "QUOTE"), QuoteViews.Refused("Your role may not quote dates."));

    public async Task<Told> Place(QuoteRequest request, CancellationToken cancel)
    {
        if (!May(Permission.Promise)) return Refused("place orders");
        var (events, key, findings) = Look(s =>
        {
            string number = QuoteViews.NextNumber(s.World);
            Quote quote = QuoteViews.Make(s, request, number);
            return (quote.Possible ? QuoteViews.WithPromise(s, quote, Person.Login) : [], number, quote.Forecast is Forecast.Unknown u ? u.Reasons : []);
        });
        return findings.Count > 0 ? new(false, _planner.Sequence, findings) : await Tell(events, cancel, key);
    }

    public async Task<Told> GivePromise(string orderLine, Instant date, string reason, CancellationToken cancel)
    {
        if (!May(Permission.Promise)) return Refused("give promises");
        Promise? promise = Look(s => QuoteViews.NextPromise(s, orderLine, date, reason, Person.Login));
        return promise is null ? Wrong("order_line", "unknown-key", $"There is no open order line '{orderLine}'.", "Check the number.") : await Tell([new WorldEvent.Put(promise)], cancel, promise.Id);
    }

    public async Task<Told> Hold(Pin pin, CancellationToken cancel) => !May(Permission.Pin) ? Refused("pin")
        : await Tell([new WorldEvent.Put(pin with { By = Person.Login, Party = Party })], cancel, pin.Id);

    public async Task<Told> Release(string pin, CancellationToken cancel) => !May(Permission.Pin) ? Refused("release pins")
        : await Tell([new WorldEvent.Removed(TableKind.Named("pins")!, pin, $"released by {Person.Login}")], cancel, pin);

    public async Task<Told> ReportLot(string lot, Instant ready, CancellationToken cancel)
    {
        if (!May(Permission.ReportSupply)) return Refused("report lots");
        WorldEvent[]? told = Look(s => s.World.Lots.Find(lot) is { } known ? Ready(s.World, known, ready) : null);
        return told is null ? Wrong("lot", "unknown-key", $"There is no lot '{lot}'.", "Check the number.") : await Tell(told, cancel, lot);
    }

    /// <summary>A lot's new ready date moves what its machine has not begun of it by as much; of what it has begun the machine itself reports.</summary>
    private static WorldEvent[] Ready(Snapshot world, Lot lot, Instant ready) => [new WorldEvent.Put(lot with { Ready = ready }),
        .. world.ProductionRuns.Where(r => r.Lot == lot.Key && r.Status == OrderStatus.Approved).Select(r => new WorldEvent.Put(r with { Start = r.Start + (ready - lot.Ready) }))];

    public async Task<Told> ReportMilestone(Milestone milestone, CancellationToken cancel) => !May(Permission.ReportSupply) ? Refused("report milestones")
        : await Tell([new WorldEvent.Put(milestone with { Reported = _clock.Now })], cancel, milestone.Id);

    /// <summary>Reads EPCIS 2.0 events against this party's slice and tells what they come to: all of the document or nothing.</summary>
    public async Task<(Told Told, Captured Captured)> Capture(byte[] json, CancellationToken cancel, string? idempotencyKey = null)
    {
        if (!May(Permission.ReportSupply)) return (Refused("report milestones"), new([], [], [], 0));
        Captured captured = Look(s => EpcisCapture.Read(json, s.World, Party, _clock.Now));
        return captured switch
        {
            { Findings.Count: > 0 } => (new(false, Clock.Version, captured.Findings), captured),
            { Events.Count: 0 } => (new(true, Clock.Version, []), captured),
            _ => (await Tell(captured.Events, cancel, idempotencyKey: idempotencyKey), captured),
        };
    }

    public Task<ProposalView> Propose(CancellationToken cancel) => Task.Run(() => May(Permission.Replan) ? _proposals.Make() : throw new InvalidOperationException("Your role may not re-plan."), cancel);

    public async Task<Told> Accept(string proposal, CancellationToken cancel)
    {
        if (!May(Permission.Replan)) return Refused("re-plan");
        return await Task.Run(() => _proposals.Take(proposal), cancel) is { } events ? await Tell(events, cancel, proposal)
            : Wrong("proposal", "stale-proposal", "The world has moved on: this proposal would no longer do what it says.", "Read the new one.");
    }

    /// <summary>What would come of events that have not happened; changes nothing. Works beside the live plan.</summary>
    public Task<WhatIfView> If(IReadOnlyList<WorldEvent> events, CancellationToken cancel) =>
        May(Permission.Replan) ? Branch(events, cancel) : Task.FromResult(new WhatIfView([], 0, 0, Refused("ask what would be").Findings));

    private Task<WhatIfView> Branch(IReadOnlyList<WorldEvent> events, CancellationToken cancel) => Task.Run(() =>
    {
        var (world, plan, forecasts) = Look(static s => (s.World, (s.Plan.Epoch, s.Plan.Policy), s.Plan.Forecasts.ToList()));
        return MovedViews.Of(world, WhatIf.Of(world, plan.Epoch, plan.Policy, forecasts, events));
    }, cancel);

    public async Task<WhatIfView> IfImported(string fileName, byte[] bytes, CancellationToken cancel)
    {
        var (view, events) = Dry(fileName, bytes);
        return view.Findings.Count > 0 ? new([], 0, 0, view.Findings) : await If(events, cancel);
    }

    public ImportView DryRun(string fileName, byte[] bytes) => Dry(fileName, bytes).View;

    public async Task<ImportView> Import(string fileName, byte[] bytes, CancellationToken cancel)
    {
        var (view, events) = Dry(fileName, bytes);
        if (view.Findings.Count > 0) return view;
        if (view.Added + view.Changed == 0) return view with { Applied = true };
        Told told = await Tell(events, cancel, fileName);
        return view with { Applied = told.Accepted, Findings = told.Findings };
    }

    public IEnumerable<IRecord> Records(TableKind kind) => Look(s => s.World.Records(kind).Where(r => Visible(r)).ToList());
    public AdministrationView? Administration() => May(Permission.Administer) ? _administration.View(_planner.Sequence, Look<IReadOnlyList<PartyRow>>(static s => [.. s.World.Parties.Select(static p => new PartyRow(p.Id, p.Name, p.Kind == PartyKind.Brand))])) : null;

    public Task<LinkView> Invite(string login, string party, Role role, CancellationToken cancel) =>
        May(Permission.Administer) ? _administration.Invite(Person, login, party, role, cancel) : Task.FromResult(new LinkView(null, Refused("invite people").Findings));

    public Task<LinkView> Renew(string login, CancellationToken cancel) =>
        May(Permission.Administer) ? _administration.Renew(Person, login, cancel) : Task.FromResult(new LinkView(null, Refused("give new passwords").Findings));

    public async Task<Told> Let(string login, bool allowed, CancellationToken cancel)
    {
        if (!May(Permission.Administer)) return Refused("let people in or out");
        return await _administration.Let(Person, login, allowed, cancel) is { } wrong ? new(false, Clock.Version, [wrong]) : new(true, Clock.Version, []);
    }

    public Task<Page<AuditRow>> Audit(string? text, int skip, int take, CancellationToken cancel) =>
        May(Permission.SeeAudit) && (Brand || _planner.Empty) ? _administration.Audit(text, skip, take, cancel) : Task.FromResult(Empty.Page<AuditRow>());

    /// <summary>Tells the world what this person's party may tell; anything else is refused without a hint of what lies outside the slice.</summary>
    public async Task<Told> Tell(IReadOnlyList<WorldEvent> events, CancellationToken cancel, string? key = null, string? idempotencyKey = null)
    {
        if (Forbidden(events) is { } refused) return refused;
        Instant now = _clock.Now;
        Answer answer = await _planner.Tell(events, Person.Login, idempotencyKey is null ? null : $"{Person.Party}/{idempotencyKey}", cancel);
        if (answer.Accepted) await _administration.NotePassages(Person, events, now);
        long version = Look(static s => s.World.Version);
        return new(answer.Accepted, Brand ? answer.Version : version, answer.Findings, key);
    }

    /// <summary>The refusal of what is not this person's to tell; null when it is.</summary>
    private Told? Forbidden(IReadOnlyList<WorldEvent> events)
    {
        if (!May(Permission.Decide) && events.Any(static e => e.Kind.Name is "situations" or "decisions" or "expectations" or "standing_rules")) return Refused("decide on situations");
        if (!May(Permission.ClosePassages) && events.Any(static e => e.Kind.Name == PassageClosure.TableName)) return Refused("close or open passages of the sea");
        if (_planner.Empty && May(Permission.Import) && !FirstLoad())
            return Wrong("", "first-load", "Nothing is here yet, and the first load is an administrator's to do.", "Ask an administrator to import the company.");
        if (FirstLoad()) return events.Any(e => e is WorldEvent.Put { Record: Party { Kind: PartyKind.Brand } p } && p.Key == Party) ? null
            : Wrong("", "not-your-company", $"The first load must hold your own party, '{Person.Party}', as the brand owner: otherwise nobody could sign in to it.", "Add it to the parties table, kind brand.");
        return _slices.Look(Party, false, s => events.All(e => Slice.MayTell(s.World, Party, e))) ? null : Wrong("", "not-yours", "This is not your party's to say.", "Report only what is in your own slice.");
    }

    /// <summary>What this person may hear of the changes after a version, as one note; not known when it reaches back further than is kept.</summary>
    public (bool Known, LiveNote Note) Missed(long version) => Look(s =>
    {
        List<Change> after = [.. s.Changes.Where(c => c.Version > version)];
        Touch[] touched = [.. after.SelectMany(static c => c.Touched)];
        return (after.Count < s.Changes.Count || after.Count < KeptAtLeast, new LiveNote(s.Changes is [.., var newest] ? newest.Version : 0, Orders(after), Lots(touched), Machines(touched), null));
    });

    public void Dispose()
    {
        _planner.Happened -= Hear;
        _upkeep.Priced -= Hear;
        _buffers.Reckoned -= HearBuffers;
        _photos.Came -= HearPhoto;
        _situations.Board.Changed -= HearSituations;
        _sessions.Ended -= End;
    }

    private void End(string login, string? token)
    {
        if (!Sessions.IsMeant(login, token, _login, _token)) return;
        Person = SignIn.Nobody;
        Changed?.Invoke(new LiveNote(0, [], [], [], null));
    }

    private void Hear(Change change, long received)
    {
        if (Changed is not { } listeners || _slices.Heard(Party, change, ref _heard) is not { } heard) return;
        var note = new LiveNote(heard.Version, Orders([heard]), Lots(heard.Touched), Machines(heard.Touched),
            received == 0 ? null : Duration.FromTimeSpan(System.Diagnostics.Stopwatch.GetElapsedTime(received)));
        listeners(note);
    }

    private IReadOnlyList<string> Orders(IEnumerable<Change> changes) => May(Permission.SeeOrders) ? [.. changes.SelectMany(static c => c.Moved).Select(static m => m.OrderLine.Value).Distinct()] : [];
    private static IReadOnlyList<string> Lots(IEnumerable<Touch> touched) => [.. touched.Where(static t => t.Kind.Name == "lots").Select(static t => t.Key).Distinct()];
    private static IReadOnlyList<string> Machines(IEnumerable<Touch> touched) => [.. touched.Select(static t => (t.After as MachineReport)?.Machine.Value ?? (t.After as Maintenance)?.Machine.Value).OfType<string>().Distinct()];

    /// <summary>An empty world has no parties yet: an administrator brings the first.</summary>
    private bool FirstLoad() => May(Permission.Administer) && _planner.Empty;

    private bool May(Permission permission) => Person.May.Contains(permission);
    private T Look<T>(Func<Sight, T> look) => _slices.Look(Party, May(Permission.SeeMoney), look);
    private T Shared<T>(object question, Func<Sight, T> look) where T : class => _slices.Shared(Party, May(Permission.SeeMoney), question, look);

    /// <summary>A page of a list is shared; a whole list for a file is not worth keeping.</summary>
    private T Listed<T>(object query, int take, Func<Sight, T> look) where T : class => take <= MostShared ? Shared(query, look) : Look(look);
    private T Asked<T>(Permission permission, Func<Sight, T> look, T refused) => May(permission) ? Look(look) : refused;
    private T Asked<T>(Permission one, Permission other, Func<Sight, T> look, T refused) => May(one) || May(other) ? Look(look) : refused;

    /// <summary>A person without orders in their role sees what happened, not whom it hurts.</summary>
    private Sight Allowed(Sight s) => May(Permission.SeeOrders) ? s
        : s with { Changes = [.. s.Changes.Select(c => c with { Told = null, Moved = [], Touched = [.. c.Touched.Where(t => Visible((t.After ?? t.Before)!))] })] };

    /// <summary>Who builds a kit sees its parts and its date, not what was said to the customer.</summary>
    private OrderView? Allowed(OrderView? order) => May(Permission.SeeOrders) || order is null ? order : order with { Promises = [], Pins = [] };

    private LotView? Allowed(LotView? lot) => lot is null ? null : lot with { HoldsUp = May(Permission.SeeOrders) ? lot.HoldsUp : [], Twin = May(Permission.SeeMachines) ? lot.Twin : null };

    private bool Visible(IRecord record) => record switch
    {
        OrderLine or Promise or OptionOffer => May(Permission.SeeOrders),
        Build or Peg or Pin => May(Permission.SeeOrders) || May(Permission.SeeLines),
        World.Machine or MachineReport or ProductionRun or Maintenance => May(Permission.SeeMachines),
        EngineeringChange => May(Permission.SeeLines) || May(Permission.SeeSupply),
        World.Unit or UnitPart or UnitStep or FloorOperation or WorkStep or StepText or WorkPace or Bin or BinStock => May(Permission.SeeLines),
        PassportData => May(Permission.SeeLines) || May(Permission.SeeSupply) || May(Permission.SeeExposure),
        FirmwareRelease => May(Permission.SeeLines) || May(Permission.SeeExposure),
        PurchaseOrderLine or ItemSupplier or StockTarget or FreightRate or CustomsTerritory or ExchangeRate or CustomsItem or ItemOrigin or DutyMeasure or CustomsFee or InsuranceRate or OriginRule => May(Permission.SeeSupply),
        World.Study or StudyStage or StudyLink or StudySource or StudyLeg or StudyLimit or Design or DesignSource => May(Permission.SeeSupply) && May(Permission.SeeMoney),
        KnowHow or ItemRelation or Inference or Disclosure => May(Permission.SeeExposure),
        World.Situation or Decision or Expectation or StandingRule => May(Permission.SeeOrders),
        _ => true,
    };

    private Told Refused(string what) => Wrong("", "role", $"Your role may not {what}.", "Ask an administrator for the permission.");
    private Told Wrong(string column, string rule, string what, string cure) => new(false, Clock.Version, [new(new("request", 0, column), rule, what, cure)]);

    /// <summary>What is worth knowing of what was imported and stops nothing: work instructions without a translation.</summary>
    private IReadOnlyList<Finding> Hints(Applied applied) => applied.Accepted && May(Permission.SeeLines) && applied.Touched.Any(static t => t.Kind.Name is "work_steps" or "step_texts") ? [.. StepTextGaps.Of(applied.World).Take(100)] : [];

    /// <summary>What a file would do to the world as it is, with the events that do it.</summary>
    private (ImportView View, IReadOnlyList<WorldEvent> Events) Dry(string fileName, byte[] bytes)
    {
        if (!May(Permission.Import)) return (Empty.Import(fileName), []);
        var (tables, wrong) = ImportFiles.Of(fileName, bytes);
        if (wrong.Count > 0) return (new(fileName, false, 0, 0, 0, [], wrong), []);
        var (applied, events) = Look(s => CompanyFolder.DryRun(s.World, tables));
        if (applied.Accepted && Forbidden(events) is { } refused) return (new(fileName, false, 0, 0, 0, [], refused.Findings), []);
        int added = applied.Touched.Count(static t => t.Before is null), changed = applied.Touched.Count(static t => t is { Before: not null, After: not null });
        string[] sample = [.. applied.Touched.Take(20).Select(static t => string.Create(CultureInfo.InvariantCulture, $"{(t.Before is null ? "add" : "change")} {t.Kind.Name} {t.Key}"))];
        return (new(fileName, false, added, changed, applied.Accepted ? events.Count - applied.Touched.Count : 0, sample, applied.Findings, Hints(applied)), events);
    }
}
