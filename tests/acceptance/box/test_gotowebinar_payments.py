"""What GoToWebinar's page promises about money: who takes it, at which price, and how it goes back."""

from typing import Any

import pytest
from acceptance.box.seminars import (
    RULES,
    balances,
    bring,
    buy,
    code,
    dollars,
    in_books,
    letter,
    letters,
    on_sale,
    plain,
    register,
    seminar,
    standard,
    states,
    taken,
    two_accounts,
)
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Money, Rate, Ticket
from paidevents.box_office import flows
from paidevents.catalog import Actor, Cancellation, RefundStep, Role
from paidevents.errors import DuplicateError, NotAllowedError, RefusedError
from paidevents.lifecycle import RegistrationState
from paidevents.ports import MessageKind
from paidevents.providers import FakeProvider

K, R = MessageKind, RegistrationState


def test_nothing_is_taken_but_the_providers_own_fee(office: Office) -> None:
    """GT-03: no fee of the platform's. Stripe took 2.9 % of 100.00, so 2.90; the organizer has 97.10 left."""
    sold = _sold_with_a_fee(office)[2]
    assert sold.payments[0].snapshot.fee == dollars("2.90")
    assert sold.order.quotes[0].totals.platform_fees == dollars("0.00")


def _sold_with_a_fee(office: Office, **changed: Any) -> tuple[Office, FakeProvider, Any]:
    """One place at 100.00, of which the provider took 2.9 %."""
    two, till = two_accounts(office, fee=Rate.of("2.9 %"))
    two.run(flows.connect("42", "stripe:test", "second", by=ORGANIZER))
    two.publish(seminar(**changed))
    order = register(two).id
    till.pay(two.run(flows.checkout(order)).url)
    bring(two, till)
    return two, till, two.dossier(order)


def test_the_providers_fee_is_not_returned_with_a_refund(office: Office) -> None:
    """GT-04: all 100.00 go back to the buyer; the 2.90 that Stripe took are the organizer's loss."""
    two, till, sold = _sold_with_a_fee(office)
    assert balances(two) == {"provider": "100.00", "organizer": "-97.10", "provider_fees": "-2.90"}
    two.run(flows.cancel(sold.id, share=Rate.of("100 %"), by=ORGANIZER))
    assert in_books(till) == ["paid 100.00 -100.00"]
    assert balances(two) == {"organizer": "2.90", "provider_fees": "-2.90"}


def test_there_are_any_number_of_codes_and_each_sets_the_price(office: Office) -> None:
    """GT-09: "autant de codes promotionnels que vous le souhaitez", 100 here; the last sets 60.00, whatever the price."""
    codes = [code(f"CODE{number}", "80.00") for number in range(99)]
    on_sale(office, promotions=[*codes, code("LAST", "60.00")])
    assert buy(office, 1, "last").payments[0].amount == dollars("60.00")
    assert [buy(office, 1, f"CODE{number}").received for number in (0, 98)] == [dollars("80.00")] * 2
    office.run(flows.declare(seminar(tickets=[standard("300.00")], promotions=[code("LAST", "60.00")]), by=ORGANIZER))
    assert register(office, 1, "LAST").due == dollars("60.00")


def test_the_code_gratuit_is_a_free_registration(office: Office) -> None:
    """GT-10: at 0 nothing is asked of Stripe, and the place is confirmed at once."""
    on_sale(office, promotions=[code("GRATUIT", "0.00")])
    order = register(office, 1, "gratuit").id
    dossier = office.dossier(order)
    assert (states(dossier), dossier.payments, in_books(office.world.card)) == ([R.CONFIRMED], (), [])
    assert office.run(flows.checkout(order)).is_paid
    assert "Price: free of charge" in letter(office, K.CONFIRMATION).body
    assert balances(office) == {}


def test_payment_is_switched_off_for_a_while_and_a_price_added_again(office: Office) -> None:
    """GT-11: free while it is off, also for who was about to pay; 80.00 afterwards. Who paid 100.00 has paid it."""
    on_sale(office)
    paid, held = buy(office), register(office)
    office.run(flows.switch_payment("seminar", on=False, by=ORGANIZER))
    assert (states(office.dossier(held.id)), register(office).due) == ([R.CONFIRMED], dollars("0"))
    again = seminar(tickets=[standard("80.00")])
    office.run(flows.declare(again, by=ORGANIZER))
    assert register(office).due == dollars("80.00")
    assert office.dossier(paid.id).received == dollars("100.00")
    assert balances(office) == {"provider": "100.00", "organizer": "-100.00"}


@pytest.mark.parametrize("currency", ["USD", "AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "MXN", "NOK", "SEK"])
def test_it_is_sold_in_ten_currencies(office: Office, currency: str) -> None:
    """GT-15: 100.00 of each."""
    price = Money.of("100.00", currency)
    ticket = Ticket(id="standard", name="Standard", price=price)
    on_sale(office, currency=price.currency, tickets=[ticket], providers=RULES.providers(price.currency))
    assert buy(office).received == price


def test_it_is_sold_in_no_other_currency(office: Office) -> None:
    """GT-15: zloty are Stripe's, but not on the list."""
    zloty = Money.of("100.00", "PLN")
    event = seminar(currency=zloty.currency, tickets=[Ticket(id="standard", name="Standard", price=zloty)])
    with pytest.raises(RefusedError) as refused:
        office.publish(event)
    assert "currency_not_allowed" in [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize(
    ("share", "back", "kept"), [("100 %", "100.00", "0.00"), ("35 %", "35.00", "65.00"), (None, "", "100.00")]
)
def test_refunding_is_the_organizers_choice(office: Office, share: str | None, back: str, kept: str) -> None:
    """GT-28: full, limited or none, where nothing was promised: 35 % of 100.00 are 35.00."""
    sold = buy(on_sale(office, cancellation=Cancellation.none()))
    office.run(flows.cancel(sold.id, share=None if share is None else Rate.of(share), by=ORGANIZER))
    after = office.dossier(sold.id)
    assert (states(after), after.received, taken(office)) == ([R.CANCELLED], dollars(kept), 0)
    assert in_books(office.world.card) == [f"paid 100.00 -{back}" if back else "paid 100.00"]
    told = plain(letter(office, K.CANCELLED, "Ana").body)
    assert (f"${back} is given back, the way it was paid." if back else "nothing is given back.") in told
    assert len(letters(office, K.REFUNDED)) == bool(back)


def test_an_attendee_does_not_choose_the_share(office: Office) -> None:
    """GT-28: asking for all of it is refused and changes nothing; without that, the terms hold: nothing."""
    sold = buy(on_sale(office, cancellation=Cancellation.none()))
    for role, name in ((Role.ATTENDEE, BUYER.id), (Role.ATTENDEE, "9"), (Role.SPEAKER, "9")):
        with pytest.raises(NotAllowedError):
            office.run(flows.cancel(sold.id, share=Rate.of("100 %"), by=Actor(role, name)))
    assert office.dossier(sold.id) == sold
    office.run(flows.cancel(sold.id, by=BUYER))
    assert (office.dossier(sold.id).received, in_books(office.world.card)) == (dollars("100.00"), ["paid 100.00"])


def test_what_was_promised_is_the_least_that_goes_back(office: Office) -> None:
    """GT-28: the organizer may give more than the 50 % that the terms promise, but not less."""
    half = Cancellation.limited(RefundStep(None, Rate.of("50 %")))
    on_sale(office, cancellation=half)
    for share, back in (("0 %", "50.00"), ("80 %", "80.00")):
        sold = buy(office)
        (due,) = office.run(flows.preview(sold.id, share=Rate.of(share), by=ORGANIZER))
        office.run(flows.cancel(sold.id, share=Rate.of(share), by=ORGANIZER))
        assert due.refund.amount == dollars(back)
        assert in_books(office.world.card)[-1] == f"paid 100.00 -{back}"


def test_three_calls_register_and_take_the_payment(office: Office) -> None:
    """GT-29: "utiliser les API d'inscription en parallèle des paiements": reserve, check out, take the notification in."""
    on_sale(office)
    run, card = office.run, office.world.card
    order = run(flows.reserve("seminar", {"standard": 1}, buyer=person("Ana"), shown=dollars("100.00"), id="api-1"))
    checkout = run(flows.checkout(order.id, return_url="https://shop.example/thanks"))
    assert (checkout.amount, checkout.url) == (dollars("100.00"), "https://pay.example/stripe:test/cs_1")
    card.pay(checkout.url)
    headers, body = card.notifications()[-1]
    assert run(flows.receive("stripe:test", headers, body, account="main")) == 200
    assert states(office.dossier("api-1")) == [R.CONFIRMED]
    assert letter(office, K.CONFIRMATION, "Ana").subject == "Your place: A seminar"


def test_a_call_that_is_made_twice_registers_and_charges_once(office: Office) -> None:
    """GT-29: a double click, a notification told twice: one order, one payment, one letter."""
    on_sale(office)
    order = register(office, id="api-1")
    with pytest.raises(DuplicateError):
        register(office, id="api-1")
    first, again = (office.run(flows.checkout(order.id)) for _ in range(2))
    assert first == again
    office.world.card.pay(first.url)
    for _ in range(2):
        assert set(bring(office, office.world.card)) == {200}
    assert (taken(office), in_books(office.world.card), office.told()) == (1, ["paid 100.00"], ["confirmation"])
