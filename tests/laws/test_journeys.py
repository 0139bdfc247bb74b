"""Whatever happens to a box office, in whatever order, and whatever goes wrong: what was promised is kept."""

from datetime import timedelta

from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, person
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from laws.journeys import METHODS, TICKETS, Town, euros, event

from paidevents import Deadline, Rate
from paidevents.access import Purpose
from paidevents.box_office import flows
from paidevents.catalog import (
    Approval,
    Cancellation,
    Capture,
    Fee,
    FeeTaker,
    LatePayment,
    Policy,
    Refunding,
    RefundStep,
)
from paidevents.payments import RefundStatus, Status
from paidevents.providers.fake_script import Fault
from paidevents.registration import Attendee
from paidevents.testing.crashes import CrashPoint, Side

CURVES = (
    Cancellation.none(),
    Cancellation.full(Deadline.of("1 day before start")),
    Cancellation.limited(
        RefundStep(Deadline.of("7 days before start"), Rate.of("80 %")), RefundStep(None, Rate.of("30 %"))
    ),
    Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True),
)
FEE = Fee(
    id="service",
    name="Service",
    taker=FeeTaker.PLATFORM,
    rate=Rate.of("5 %"),
    per_order=euros("0.30"),
    buyer_share=Rate(1, 1),
)

numbers = st.integers(0, 11)


class Journeys(RuleBasedStateMachine):
    """One event, and all that people, providers and chance do to it."""

    town: Town

    @initialize(
        approval=st.sampled_from(Approval),
        capture=st.sampled_from(Capture),
        late=st.sampled_from(LatePayment),
        refunds=st.sampled_from((Refunding.AUTOMATIC, Refunding.AUTOMATIC, Refunding.OWED)),
        capacity=st.sampled_from((None, 2, 3, 5)),
        curve=st.sampled_from(CURVES),
        fee=st.booleans(),
        at_once=st.sampled_from((True, True, True, False)),
    )
    def open(
        self,
        approval: Approval,
        capture: Capture,
        late: LatePayment,
        refunds: Refunding,
        capacity: int | None,
        curve: Cancellation,
        fee: bool,
        at_once: bool,
    ) -> None:
        policy = Policy(approval=approval, capture=capture, late_payments=late, refunds=refunds)
        declared = event(policy, capacity, cancellation=curve, fees=(FEE,) if fee else ())
        self.town = Town(declared, at_once=at_once)

    @rule(places=st.integers(1, 3), ticket=st.integers(0, 2), code=st.booleans(), who=numbers)
    def reserve(self, places: int, ticket: int, code: bool, who: int) -> None:
        if len(self.town.orders) < 6:
            self.town.reserve(places, ticket, code, who)

    @rule(number=numbers, provider=st.sampled_from(("", "card", "card", "bank_transfer")))
    def check_out(self, number: int, provider: str) -> None:
        order = self.town.of(self.town.orders, number)
        if order is not None:
            self.town.do(flows.checkout(order, provider=provider))

    @rule(number=numbers, is_told=st.booleans())
    def buy(self, number: int, is_told: bool) -> None:
        """What mostly happens."""
        town, order = self.town, self.town.of(self.town.orders, number)
        checkout = None if order is None else town.do(flows.checkout(order, provider="card"))
        if checkout is not None and checkout.url:
            town.there(lambda: town.world.card.pay(checkout.url))
            if is_told:
                town.bring_all()

    @rule(number=numbers, how=st.sampled_from(("pay", "authorize", "pend", "settle", "fail", "expire", "less", "more")))
    def pay(self, number: int, how: str) -> None:
        card = self.town.world.card
        seen = self.town.of(self.town.payments(Status.OPEN, Status.PENDING, Status.AUTHORIZED), number)
        if seen is None:
            return
        if how in ("less", "more"):
            amount = (
                seen.requested + euros("3.00") if how == "more" else max(seen.requested - euros("1.00"), euros("0.10"))
            )
            self.town.there(lambda: card.pay_another_amount(seen, amount))
        else:
            self.town.there(lambda: getattr(card, how)(seen))

    @rule(number=numbers, kind=st.sampled_from((0, 1, 1, 1, 2)))
    def record(self, number: int, kind: int) -> None:
        self.town.record(number, kind)

    @rule(number=numbers)
    def bring(self, number: int) -> None:
        self.town.bring(number)

    @rule()
    def bring_all(self) -> None:
        self.town.bring_all()

    @rule(method=st.sampled_from(METHODS), fault=st.sampled_from(Fault))
    def go_wrong(self, method: str, fault: Fault) -> None:
        # Who refuses to end what can be paid cannot be made to.
        if method in fault.methods and (method, fault) != ("void", Fault.REJECT):
            self.town.world.card.script(method, fault)

    @rule()
    def lose_a_letter(self) -> None:
        self.town.world.outbox.fails += 1

    @rule(number=st.integers(1, 8), side=st.sampled_from(Side))
    def crash_soon(self, number: int, side: Side) -> None:
        self.town.watch(CrashPoint(number, side))

    @rule(number=numbers, by_organizer=st.booleans(), share=st.sampled_from((None, None, Rate.of("50 %"), Rate(1, 1))))
    def cancel(self, number: int, by_organizer: bool, share: Rate | None) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None and dossier.order.active:
            by = ORGANIZER if by_organizer else BUYER
            self.town.do(
                flows.cancel(dossier.id, self.town.some(dossier, number), share=share if by_organizer else None, by=by)
            )

    @rule(number=numbers, what=st.sampled_from((flows.approve, flows.approve, flows.refuse, flows.take_back)))
    def decide(self, number: int, what: object) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None and dossier.order.active and callable(what):
            self.town.do(what(dossier.id, self.town.some(dossier, number), by=ORGANIZER))

    @rule(number=numbers, who=st.sampled_from(("Gus", "Hal", "Ida")))
    def transfer(self, number: int, who: str) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None:
            one = dossier.order.registrations[number % len(dossier.order.registrations)]
            self.town.do(flows.transfer(dossier.id, one.id, Attendee(person=person(who)), by=BUYER))

    @rule(number=numbers, ticket=st.sampled_from(TICKETS), code=st.booleans())
    def change(self, number: int, ticket: str, code: bool) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None:
            one = dossier.order.registrations[number % len(dossier.order.registrations)]
            codes = ["ten"] if code else []
            self.town.do(flows.change_ticket(dossier.id, one.id, {ticket: 1}, codes, by=BUYER))

    @rule(number=numbers, amount=st.sampled_from((None, None, "0.50", "3.00", "25.00")))
    def give_back(self, number: int, amount: str | None) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None:
            money = None if amount is None else euros(amount)
            self.town.do(flows.refund(dossier.id, money, by=ORGANIZER))

    @rule(number=numbers, amount=st.sampled_from(("1.00", "20.00", "all")))
    def give_back_in_the_dashboard(self, number: int, amount: str) -> None:
        card, seen = self.town.world.card, self.town.of(self.town.payments(Status.PAID), number)
        if seen is not None and seen.received is not None:
            money = seen.received if amount == "all" else euros(amount)
            self.town.there(lambda: card.refund_in_dashboard(seen, money))

    @rule(number=numbers, how=st.sampled_from(("dispute", "dispute", "win_dispute", "lose_dispute", "fail")))
    def dispute(self, number: int, how: str) -> None:
        card, seen = self.town.world.card, self.town.of(self.town.payments(Status.PAID), number)
        if seen is not None:
            self.town.there(lambda: getattr(card, how)(seen))

    @rule(number=numbers, works=st.booleans())
    def end_refund(self, number: int, works: bool) -> None:
        card = self.town.world.card
        made = [one for seen in card.payments() for one in seen.refunds if one.status is not RefundStatus.FAILED]
        refund = self.town.of(made, number)
        if refund is not None:
            self.town.there(lambda: (card.complete_refund if works else card.fail_refund)(refund))

    @rule(number=numbers, is_accepted=st.booleans())
    def review(self, number: int, is_accepted: bool) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None and dossier.payments:
            payment = dossier.payments[number % len(dossier.payments)]
            decided = flows.accept_payment if is_accepted else flows.decline_payment
            self.town.do(decided(dossier.id, payment.id, by=ORGANIZER))

    @rule(number=numbers, what=st.sampled_from((flows.honour, flows.turn_down)))
    def decide_on_late(self, number: int, what: object) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None and callable(what):
            self.town.do(what(dossier.id, by=ORGANIZER))

    @rule(number=numbers, is_dropped=st.booleans())
    def settle_refund(self, number: int, is_dropped: bool) -> None:
        dossier = self.town.dossier(number)
        refund = None if dossier is None else self.town.of(dossier.refunds, number)
        if dossier is not None and refund is not None:
            act = flows.drop_refund if is_dropped else flows.record_refund
            self.town.do(act(dossier.id, refund.id, by=ORGANIZER))

    @rule(days=st.integers(1, 3))
    def reschedule(self, days: int) -> None:
        town = self.town
        declared = town.do(flows.listing("talk"))
        if declared is not None and declared.event.starts_at is not None:
            moved = evolve(declared.event, starts_at=declared.event.starts_at + timedelta(days=days))
            town.do(flows.reschedule(moved, by=ORGANIZER))

    @rule(is_sure=st.integers(0, 5))
    def cancel_the_event(self, is_sure: int) -> None:
        if not is_sure:
            self.town.do(flows.cancel_event("talk", by=ORGANIZER))

    @rule(what=st.sampled_from(("stop", "reopen", "free", "charge")))
    def steer(self, what: str) -> None:
        recipes = {
            "stop": flows.stop_sales("talk", by=ORGANIZER),
            "reopen": flows.reopen_sales("talk", by=ORGANIZER),
            "free": flows.switch_payment("talk", on=False, by=ORGANIZER),
            "charge": flows.switch_payment("talk", on=True, by=ORGANIZER),
        }
        self.town.do(recipes[what])

    @rule(more=st.integers(1, 2))
    def open_more_places(self, more: int) -> None:
        listing = self.town.do(flows.listing("talk"))
        if listing is not None and listing.event.capacity is not None and listing.event.capacity < 9:
            larger = evolve(listing.event, capacity=listing.event.capacity + more)
            self.town.do(flows.declare(larger, by=ORGANIZER))

    @rule(number=numbers)
    def forget(self, number: int) -> None:
        dossier = self.town.dossier(number)
        if dossier is not None:
            self.town.do(flows.erase(dossier.id, by=ORGANIZER))

    @rule(ticket=st.sampled_from(TICKETS), who=st.sampled_from(("Zoe", "Yan")))
    def wait(self, ticket: str, who: str) -> None:
        if len(self.town.waiting()) < 3:
            self.town.do(flows.join_list("talk", ticket, person(who)))

    @rule(number=numbers)
    def take_offer(self, number: int) -> None:
        self.town.take_offer(number)

    @rule(number=numbers)
    def leave(self, number: int) -> None:
        entry = self.town.of(self.town.waiting(), number)
        if entry is not None:
            self.town.do(flows.leave_list(entry.id, by=ORGANIZER))

    @rule(number=numbers, purpose=st.sampled_from((Purpose.JOIN, Purpose.CANCEL)))
    def follow_a_link(self, number: int, purpose: Purpose) -> None:
        town = self.town
        letter = town.of([one for one in town.world.outbox.messages if one.link(purpose)], number)
        if letter is not None:
            _, _, id, token = letter.link(purpose).split("/")
            if purpose is Purpose.CANCEL:
                town.do(flows.cancel_by_link(id, token))
            else:
                town.do(flows.join("talk", id, token, device="phone"))

    @rule(minutes=st.sampled_from((1, 10, 31, 60, 24 * 60, 3 * 24 * 60, 8 * 24 * 60)))
    def go_on(self, minutes: int) -> None:
        self.town.world.clock.advance(minutes=minutes)

    @rule()
    def reconcile(self) -> None:
        self.town.do(flows.reconcile())

    @invariant()
    def what_holds_at_every_moment(self) -> None:
        if hasattr(self, "town"):
            self.town.look()

    def teardown(self) -> None:
        if hasattr(self, "town"):
            self.town.calm_down()


TestJourneys = Journeys.TestCase
