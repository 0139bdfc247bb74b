"""What GoToWebinar's page promises about the account that takes the money: checked, shared, tried, changed."""

import pytest
from acceptance.box.seminars import (
    RULES,
    balances,
    bring,
    buy,
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
    two_accounts,
)
from box_office.offices import ORGANIZER, Office, person

from paidevents import Rate
from paidevents.box_office import flows
from paidevents.catalog import Actor, Provider, Role
from paidevents.catalog.people import SYSTEM
from paidevents.errors import NotAllowedError, RefusedError
from paidevents.lifecycle import OrderState, RefundState, RegistrationState
from paidevents.ports import MessageKind, PaymentRequest

K, R = MessageKind, RegistrationState


def test_an_account_is_connected_once_stripe_has_verified_it(office: Office) -> None:
    """GT-01: "un compte Stripe confirmé et vérifié"; until then the answer says what is missing."""
    card = office.world.card
    card.breaks("charges_disabled")
    with pytest.raises(RefusedError, match="its provider has to confirm and verify it first"):
        office.run(flows.connect("42", "stripe:test", "main", by=ORGANIZER))
    card.breaks("payouts_disabled")
    connection, findings = office.run(flows.connect("42", "stripe:test", "main", by=ORGANIZER))
    assert connection.is_connected
    assert [finding.reason.code for finding in findings] == ["payouts_disabled"]


def test_stripe_is_the_only_provider(office: Office) -> None:
    """GT-01: an event with another is not put on sale, and no buyer pays elsewhere, although PayPal could take it."""
    both = (*RULES.providers(seminar().currency), Provider(name="paypal"))
    with pytest.raises(RefusedError) as refused:
        office.publish(seminar(providers=both))
    assert [reason.code for reason in refused.value.reasons] == ["provider_not_allowed"]
    order = register(on_sale(office)).id
    with pytest.raises(RefusedError, match="Nothing can be paid with paypal here"):
        office.run(flows.checkout(order, provider="paypal"))


def test_who_registers_needs_no_account_to_pay_by_card(office: Office) -> None:
    """GT-01: neither with us nor with Stripe: a name, an address, and the provider's page for cards."""
    sold = buy(on_sale(office), by=SYSTEM)
    assert (sold.account, states(sold), in_books(office.world.card)) == ("", [R.CONFIRMED], ["paid 100.00"])


def test_an_account_is_the_whole_companys_or_one_organizers(office: Office) -> None:
    """GT-02: the company's takes the money of all events that it owns, whoever of its organizers runs them."""
    two, company = two_accounts(office)
    boss = Actor(Role.ORGANIZER, "acme")
    with pytest.raises(NotAllowedError):
        two.run(flows.connect("acme", "stripe:test", "second", by=ORGANIZER))
    two.run(flows.connect("acme", "stripe:test", "second", by=boss))
    on_sale(two)
    for number in ("1", "2"):
        two.publish(seminar(id=f"acme-{number}"), by=SYSTEM, organizer="acme")
        two.run(flows.appoint(f"acme-{number}", Actor(Role.CO_ORGANIZER, number), by=boss))
        checkout = two.run(flows.checkout(register(two, event=f"acme-{number}").id))
        company.pay(checkout.url)
    assert bring(two, company) == [200] * 4
    buy(two)
    assert (in_books(two.world.card), in_books(company)) == (["paid 100.00"], ["paid 100.00", "paid 100.00"])


@pytest.mark.parametrize("where", ["here", "at Stripe"])
def test_the_organizer_tries_it_with_a_small_amount_and_has_it_back(office: Office, where: str) -> None:
    """GT-05: 0.50, the least that Stripe charges in dollars; refunded "depuis GoToWebinar ou Stripe"."""
    on_sale(office, tickets=[standard("0.50")])
    mine = buy(office, buyer=person("Olga"), by=ORGANIZER)
    if where == "here":
        office.run(flows.refund(mine.id, dollars("0.50"), by=ORGANIZER))
    else:
        office.world.card.refund_in_dashboard("cs_1", dollars("0.50"))
    office.deliver()
    assert in_books(office.world.card) == ["paid 0.50 -0.50"]
    assert (balances(office), office.run(flows.owed("seminar", by=ORGANIZER)).rows) == ({}, ())
    (back,) = office.dossier(mine.id).refunds
    assert (back.amount, back.state) == (dollars("0.50"), RefundState.SUCCEEDED)


@pytest.mark.parametrize("is_connected", [True, False])
def test_what_is_only_a_test_never_pays_for_a_place(office: Office, is_connected: bool) -> None:
    """GT-05: a provider's name carries its mode. Whatever comes in test mode, a place on sale live stays unpaid."""
    two, test = two_accounts(office, card="stripe:live")
    if is_connected:
        two.run(flows.connect("42", "stripe:live", "main", by=ORGANIZER))
    two.publish(seminar())
    order = register(two).id
    if not is_connected:
        with pytest.raises(RefusedError, match="Nothing can be paid with stripe here"):
            two.run(flows.checkout(order, provider="stripe:test"))
    asked = PaymentRequest(reference=order, payment=f"{order}-p1", amount=dollars("100.00"), description="A seminar")
    test.pay(test.start(asked, key="elsewhere"))
    assert bring(two, test) == [200, 200]
    assert (two.dossier(order).order.state, two.dossier(order).payments, two.told()) == (OrderState.HELD, (), [])
    assert two.run(flows.checkout(order, provider="stripe:live")).url == "https://pay.example/stripe:live/cs_1"
    assert bring(two, test) == [200, 200]
    assert two.dossier(order).order.state is OrderState.HELD


def test_disconnected_running_events_turn_free_and_who_holds_places_has_them_for_nothing(office: Office) -> None:
    """GT-06: "ils deviendront automatiquement gratuits"; the page where Ana could have paid is closed."""
    on_sale(office)
    held, beginning = register(office), register(office, buyer=person("Bo"))
    office.run(flows.checkout(beginning.id))
    office.run(flows.disconnect("42", "stripe", by=ORGANIZER))
    for order in (held.id, beginning.id):
        dossier = office.dossier(order)
        assert (dossier.order.state, dossier.order.due, states(dossier)) == (
            OrderState.PAID,
            dollars("0"),
            [R.CONFIRMED],
        )
    assert in_books(office.world.card) == ["expired"]
    free = register(office)
    assert (free.state, free.due) == (OrderState.PAID, dollars("0"))
    assert plain(letters(office, K.CONFIRMATION)[-1].body).count("Price: free of charge") == 1
    assert office.run(flows.reconcile()).changes == 0


def test_who_pays_in_the_moment_in_which_it_turns_free_has_the_place_and_the_money(office: Office) -> None:
    """GT-06: Ana paid 100.00 before anybody knew; all of it goes back."""
    order = register(on_sale(office)).id
    office.world.card.pay(office.run(flows.checkout(order)).url)
    office.run(flows.disconnect("42", "stripe", by=ORGANIZER))
    office.deliver()
    assert (states(office.dossier(order)), in_books(office.world.card)) == ([R.CONFIRMED], ["paid 100.00 -100.00"])
    assert "more was paid than was needed" in letter(office, K.MONEY_RETURNED, "Ana").body
    assert balances(office) == {}


def test_what_was_paid_before_is_still_given_back_through_the_account_that_took_it(office: Office) -> None:
    """GT-06: Ana paid into the first account; the second is connected, and 40.00 of her 100.00 go back from the first."""
    two, second = two_accounts(office)
    first = two.world.card
    sold = buy(on_sale(two))
    two.run(flows.connect("42", "stripe:test", "second", by=ORGANIZER))
    assert register(two).due == dollars("0"), "another account turns running events free"
    two.run(flows.cancel(sold.id, share=Rate.of("40 %"), by=ORGANIZER))
    assert (in_books(first), in_books(second)) == (["paid 100.00 -40.00"], [])
    assert "$40.00 was given back" in plain(letter(two, K.REFUNDED, "Ana").body)
    assert balances(two, sold.id) == {"provider": "60.00", "organizer": "-60.00"}


def test_charged_again_the_money_goes_to_the_account_that_is_connected_now(office: Office) -> None:
    """GT-06: until the organizer switches payment on again, at the same price."""
    two, second = two_accounts(office)
    on_sale(two)
    two.run(flows.connect("42", "stripe:test", "second", by=ORGANIZER))
    two.run(flows.switch_payment("seminar", on=True, by=ORGANIZER))
    order = register(two)
    assert order.due == dollars("100.00")
    second.pay(two.run(flows.checkout(order.id)).url)
    bring(two, second)
    assert (in_books(two.world.card), in_books(second)) == ([], ["paid 100.00"])


def test_the_same_account_connected_once_more_changes_nothing(office: Office) -> None:
    """GT-06: only another account turns events free."""
    on_sale(office)
    office.run(flows.connect("42", "stripe:test", "main", statement="ACME", by=ORGANIZER))
    assert register(office).due == dollars("100.00")
