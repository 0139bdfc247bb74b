"""How an order comes to be paid: the one payment that is shown, and everything that speaks against it."""

from datetime import timedelta

import pytest
from attrs import evolve
from box_office.both_sides import balances, books, on_sale, payments, quick, resend, taken, with_till, wrong
from box_office.offices import BUYER, ORGANIZER, Office

from paidevents import EUR, Money, Rate, Span, Ticket
from paidevents.box_office import flows
from paidevents.catalog import Actor, Fee, FeeTaker, Policy, Provider, Role
from paidevents.errors import (
    IllegalTransitionError,
    InvalidValueError,
    NotFoundError,
    RefusedError,
    SaleClosedError,
)
from paidevents.lifecycle import OrderState
from paidevents.payments import Snapshot
from paidevents.ports import PaymentRequest
from paidevents.providers import Fault, ManualProvider
from paidevents.testing.world import VirtualClock

TWO = [
    Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),
    Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR)),
]


def test_of_what_is_not_there_nothing_is_paid() -> None:
    with pytest.raises(NotFoundError):
        quick().run(flows.checkout("nowhere"))


def test_what_has_run_out_cannot_be_paid_any_more() -> None:
    office = quick()
    order = office.reserve().id
    office.world.clock.advance(minutes=15)
    with pytest.raises(SaleClosedError, match="no longer held"):
        office.run(flows.checkout(order))
    office.run(flows.reconcile())
    with pytest.raises(SaleClosedError, match="no longer held"):
        office.run(flows.checkout(order))


def test_what_costs_nothing_is_paid() -> None:
    office = quick(tickets=[Ticket(id="standard", name="Standard", price=Money.of("0.00", EUR))])
    order = office.reserve()
    assert order.state is OrderState.PAID
    shown = office.run(flows.checkout(order.id))
    assert (shown.is_paid, shown.payment, shown.url) == (True, "", "")


def test_a_page_that_nobody_can_be_shown_long_enough_is_not_opened() -> None:
    """The places are held for 20 minutes at the longest, and a page stays open for 30."""
    office = quick(policy=Policy(longest_hold=Span(minutes=20)))
    order = office.reserve().id
    with pytest.raises(IllegalTransitionError, match="cannot be held that long"):
        office.run(flows.checkout(order))
    assert (books(office), office.dossier(order).payments) == ([], ())


def test_a_page_closes_a_minute_before_the_longest_hold_is_over() -> None:
    office = quick(policy=Policy(hold=Span(days=7)))
    order = office.reserve()
    shown = office.run(flows.checkout(order.id))
    assert shown.expires_at == order.hold.latest - timedelta(minutes=1)


@pytest.mark.parametrize("provider", ["cash", "card:live", "paypal"])
def test_a_way_to_pay_that_is_not_there_is_refused(provider: str) -> None:
    office = quick()
    order = office.reserve().id
    with pytest.raises(RefusedError, match="Nothing can be paid with"):
        office.run(flows.checkout(order, provider=provider))


def test_a_way_to_pay_that_does_not_take_the_currency_is_refused() -> None:
    desk = ManualProvider.cash(currencies=["CHF"])
    office = on_sale(Office(providers=[desk]), providers=[Provider(name="cash")])
    order = office.reserve().id
    with pytest.raises(RefusedError, match="Nothing can be paid with cash here"):
        office.run(flows.checkout(order))


def test_a_way_to_pay_that_was_disconnected_is_refused() -> None:
    office = on_sale()
    office.run(flows.connect("42", "card:test", "main", by=ORGANIZER))
    order = office.reserve().id
    office.run(flows.disconnect("42", "card", by=ORGANIZER))
    with pytest.raises(RefusedError, match="Nothing can be paid with card here"):
        office.run(flows.checkout(order, provider="card"))


def test_a_provider_whose_fee_the_buyer_bears_has_another_price() -> None:
    """With the card 0.50 more are to be paid; the price that was shown was for the bank."""
    fee = Fee(
        id="card", taker=FeeTaker.PROVIDER, provider="card", per_order=Money.of("0.50", EUR), buyer_share=Rate(1, 1)
    )
    office = on_sale(fees=[fee])
    order = office.reserve(1, provider="bank_transfer").id
    with pytest.raises(RefusedError, match="another one"):
        office.run(flows.checkout(order, provider="card"))
    assert office.run(flows.checkout(order)).amount == Money.of("20.00", EUR)


@pytest.mark.parametrize("address", ["ftp://example.com", "javascript:alert(1)", "https://example.com/\n", "x" * 5000])
def test_an_address_that_no_browser_should_go_to_is_refused(address: str) -> None:
    office = quick()
    order = office.reserve().id
    with pytest.raises(InvalidValueError, match="return_url"):
        office.run(flows.checkout(order, return_url=address))
    with pytest.raises(InvalidValueError, match="cancel_url"):
        office.run(flows.checkout(order, cancel_url=address))


def test_the_provider_is_told_all_that_it_needs() -> None:
    office = on_sale()
    office.run(
        flows.connect(
            "42", "card:test", "main", statement="A TALK", short_statement="TALK", support="+33100000000", by=ORGANIZER
        )
    )
    order = office.reserve(locale="fr").id
    office.run(flows.checkout(order, return_url="https://a.example/ok", cancel_url="https://a.example/no", by=BUYER))
    asked = office.world.card.request("cs_1")
    assert (asked.reference, asked.payment, asked.amount) == (order, f"{order}-p1", Money.of("20.00", EUR))
    assert (asked.description, asked.statement, asked.short_statement) == ("A talk", "A TALK", "TALK")
    assert (asked.support, asked.email, asked.locale) == ("+33100000000", "ana@example.com", "fr")
    assert (asked.return_url, asked.cancel_url) == ("https://a.example/ok", "https://a.example/no")
    assert not asked.capture_later


def test_another_way_is_chosen_while_nobody_knows_what_became_of_the_first() -> None:
    """Its answer was lost, so there is no page to be closed; nobody was shown it."""
    office = quick()
    order = office.reserve().id
    office.world.card.script("start", Fault.LOST_ANSWER)
    office.run(flows.checkout(order))
    shown = office.run(flows.checkout(order, provider="bank_transfer"))
    assert (shown.payment, payments(office, order)) == (f"{order}-p2", ["p1 starting", "p2 open"])
    assert resend(office) == 200
    assert payments(office, order) == ["p1 open", "p2 open"]
    office.run(flows.cancel(order, by=BUYER))
    assert (books(office), payments(office, order)) == (["expired"], ["p1 expired", "p2 expired"])
    assert wrong(office) == []


def test_an_unanswered_payment_is_found_among_other_things_that_are_to_be_done() -> None:
    office = quick()
    order = office.reserve(2).id
    office.world.outbox.fails = 1
    office.run(flows.approve(order, [f"{order}-1"], by=ORGANIZER))  # the confirmation gets lost
    office.world.card.script("start", Fault.LOST_ANSWER)
    assert office.run(flows.checkout(order)).retry_after
    assert office.run(flows.checkout(order)).url
    assert books(office) == ["open"]


def test_while_somebody_else_is_at_it_the_buyer_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id
    card, seen = office.world.card, list[timedelta | None]()
    start = card.start

    def slow(request: PaymentRequest, *, key: str) -> Snapshot:
        seen.append(office.run(flows.checkout(order)).retry_after)
        return start(request, key=key)

    monkeypatch.setattr(card, "start", slow)
    assert office.run(flows.checkout(order)).url
    assert (seen, books(office)) == ([timedelta(minutes=1)], ["open"])


def test_a_payment_that_has_failed_as_it_is_begun_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that answers with a payment that has failed, and not with an error."""
    office = quick()
    order = office.reserve().id
    card = office.world.card
    start = card.start

    def failing(request: PaymentRequest, *, key: str) -> Snapshot:
        return card.fail(start(request, key=key))

    with monkeypatch.context() as patch:
        patch.setattr(card, "start", failing)
        shown = office.run(flows.checkout(order))
    assert (shown.url, shown.retry_after, payments(office, order)) == ("", None, ["p1 failed"])
    assert office.pay(order).order.state is OrderState.PAID
    assert wrong(office) == []


def test_an_answer_about_another_account_is_nobodys_payment(monkeypatch: pytest.MonkeyPatch) -> None:
    office = quick()
    order = office.reserve().id
    other = Office(clock=VirtualClock()).world.card
    monkeypatch.setattr(other, "_account", "elsewhere")
    monkeypatch.setattr(office.world.card, "start", other.start)
    with pytest.raises(InvalidValueError):
        office.run(flows.checkout(order))
    assert office.run(flows.checkout(order)).url == ""
    assert payments(office, order) == ["p1 starting"]


def test_a_difference_that_the_provider_refuses_leaves_what_was_paid() -> None:
    """The places of the change are kept until its hold is over; the old one is nobody else's."""
    office = quick(tickets=TWO)
    order = office.sell().id
    office.run(flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER))
    office.world.card.script("start", Fault.REJECT)
    with pytest.raises(RefusedError, match="does not take this payment"):
        office.run(flows.checkout(order))
    after = office.dossier(order)
    assert (after.order.state, after.order.change is not None) == (OrderState.PAID, True)
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    assert (office.dossier(order).order.change, taken(office)) == (None, 1)
    assert balances(office, order) == {"provider": "20.00", "organizer": "-20.00"}
    assert wrong(office) == []


def test_a_provider_that_sets_no_shortest_time_keeps_its_page_as_long_as_the_places() -> None:
    office = on_sale(Office(card="paypal:test"), providers=[Provider(name="paypal")])
    order = office.reserve()
    shown = office.run(flows.checkout(order.id))
    assert shown.expires_at == order.hold.until + timedelta(minutes=1)
    assert office.dossier(order.id).order.hold.until == order.hold.until + timedelta(minutes=2)


@pytest.mark.parametrize(("minutes", "held"), [(45, 46), (None, 32)])
def test_a_page_of_the_providers_own_length_is_what_the_places_are_held_for(
    minutes: int | None, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever we ask, it closes after 45 minutes; or when it likes, and says nothing of it."""
    office = quick()
    order = office.reserve().id
    card = office.world.card
    start, begun = card.start, office.world.clock.now()

    def own(request: PaymentRequest, *, key: str) -> Snapshot:
        closes_at = None if minutes is None else begun + timedelta(minutes=minutes)
        return evolve(start(request, key=key), expires_at=closes_at)

    monkeypatch.setattr(card, "start", own)
    office.run(flows.checkout(order))
    assert office.dossier(order).order.hold.until == begun + timedelta(minutes=held)


def test_nobody_else_begins_the_payment_of_an_order() -> None:
    office, _ = with_till()
    order = office.reserve().id
    with pytest.raises(RefusedError):
        office.run(flows.checkout(order, by=Actor(Role.ATTENDEE, "8")))
