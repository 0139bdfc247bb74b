"""How long a page stays open, and amounts that a provider does not take (traps 7, 14 and 15)."""

from datetime import timedelta

import pytest
from box_office.both_sides import books, on_sale, payments, taken, wrong
from box_office.offices import Office

from paidevents import EUR, Money
from paidevents.box_office import flows
from paidevents.catalog import AmountOff, BelowMinimum, Policy, PromoCode, Promotion, Provider, Ticket
from paidevents.errors import AmountRefusedError, PaymentDeclinedError, RefusedError
from paidevents.lifecycle import OrderState
from paidevents.providers import Fault, ManualProvider


def test_the_hold_lasts_as_long_as_the_shortest_page_and_two_minutes() -> None:
    office = on_sale()
    order = office.reserve()
    begun = office.world.clock.now()
    assert order.hold.until == begun + timedelta(minutes=15)
    shown = office.run(flows.checkout(order.id))
    assert shown.expires_at == begun + timedelta(minutes=31)
    assert office.dossier(order.id).order.hold.until == begun + timedelta(minutes=32)
    assert office.run(flows.checkout(order.id)) == shown, "asked again, nothing changes"
    assert office.dossier(order.id).order.hold.until == begun + timedelta(minutes=32)


def test_a_page_never_closes_sooner_than_the_provider_allows_whatever_the_clock_shows() -> None:
    office = on_sale()
    order = office.reserve().id
    office.world.clock.set(office.world.clock.now() + timedelta(microseconds=999_999))
    shown = office.run(flows.checkout(order))
    assert shown.expires_at is not None and shown.expires_at.microsecond == 0
    assert shown.expires_at - office.world.clock.now() > timedelta(minutes=30)


def test_an_amount_that_is_refused_lets_go_of_the_places() -> None:
    """Trap 15: what the provider converts is below its minimum, and only the provider knows."""
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.REJECT)
    with pytest.raises(RefusedError) as refused:
        office.run(flows.checkout(order))
    assert [reason.code for reason in refused.value.reasons] == ["provider_refuses"]
    assert (books(office), payments(office, order)) == ([], ["p1 failed"])
    assert (taken(office), office.dossier(order).order.state) == (0, OrderState.CANCELLED)
    assert wrong(office) == []


def test_a_payment_that_is_declined_as_it_is_begun_keeps_the_places_for_another_try() -> None:
    office = on_sale()
    order = office.reserve().id
    office.world.card.script("start", Fault.DECLINE)
    with pytest.raises(PaymentDeclinedError):
        office.run(flows.checkout(order))
    assert (books(office), taken(office)) == ([], 1)
    office.pay(order)
    assert (books(office), payments(office, order)) == (["paid 20.00"], ["p1 failed", "p2 paid"])
    assert wrong(office) == []


def test_an_amount_off_the_step_is_refused_and_never_rounded() -> None:
    """Trap 14: with coins of 0.05 nobody pays 20.03."""
    office = on_sale(
        Office(providers=[ManualProvider.cash(step=5)]),
        providers=[Provider(name="cash"), Provider(name="card")],
        tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.03", EUR))],
    )
    order = office.reserve().id
    with pytest.raises(AmountRefusedError):
        office.run(flows.checkout(order, provider="cash"))
    assert (office.dossier(order).payments, taken(office)) == ((), 1)
    assert office.pay(order, provider="card").order.state is OrderState.PAID
    assert wrong(office) == []


def test_a_price_below_the_minimum_is_waived_raised_or_refused_as_the_event_says() -> None:
    """Trap 15: 20.00 less 19.80 is 0.20, where a card is charged with 0.50 at least."""
    for below, charged in ((BelowMinimum.FREE, "0.00"), (BelowMinimum.RAISE, "0.50"), (BelowMinimum.REJECT, "")):
        office = on_sale(
            Office(card="stripe:test"),
            providers=[Provider(name="stripe")],
            policy=Policy(below_minimum=below),
            promotions=[Promotion(id="most", effect=AmountOff((Money.of("19.80", EUR),)), codes=(PromoCode("most"),))],
        )
        if not charged:
            with pytest.raises(RefusedError):
                office.reserve(1, "most")
            continue
        order = office.reserve(1, "most")
        shown = office.run(flows.checkout(order.id))
        assert (shown.amount, shown.is_paid) == (Money.of(charged, EUR), charged == "0.00")
        assert books(office) == ([] if shown.is_paid else ["open"])
        assert wrong(office) == []
