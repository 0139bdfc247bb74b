"""ClickMeeting's rules about payment providers, through the box office."""

import attrs
import pytest
from acceptance.box.webinars import RULES, asked, balances, letters, owed, ref_of, seat, webinar
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office

from paidevents import Currency, Money, RefusedError, Ticket
from paidevents.box_office import flows
from paidevents.catalog import Actor, EventKind, Provider, Role
from paidevents.errors import NotAllowedError, NotFoundError, ProviderUnavailableError
from paidevents.payments import Status
from paidevents.ports import Connection, PaymentRequest
from paidevents.providers import FakeProvider
from paidevents.testing.world import VirtualClock

# What can be missing, as whoever enters the key is told it.
ERRORS = {
    "key_invalid": "The key is not valid, or was revoked.",
    "mode_differs": "The key is of another mode: what is only a test never pays for a place.",
    "charges_disabled": "The account cannot take payments yet: its provider has to confirm and verify it first.",
    "may_not_start": "The key has no permission to start payments.",
}
WARNINGS = {
    "may_not_refund": "The key has no permission for refunds: they are made in the provider’s own pages.",
    "payouts_disabled": "Money can be taken, but is not paid out to a bank account yet.",
    "not_notified": "No notifications come from there: what is paid is seen only when it is asked.",
}


def connect(office: Office, name: str = "stripe:test", **more: str) -> tuple[Connection, list[str]]:
    """The organizer's connection, and what the organizer is told about the account."""
    made, findings = office.run(flows.connect("42", name, "main", **more, by=ORGANIZER))
    return made, [str(finding.reason) for finding in findings]


def till(office: Office, name: str) -> FakeProvider:
    return next(one for one in office.fakes if one.name == name)


@pytest.mark.parametrize("name", ["stripe:test", "paypal:test"])
def test_a_host_connects_paypal_or_stripe_once_and_is_paid_through_it(office: Office, name: str) -> None:
    """CM-01: all is well with the account, so nothing is said about it, and the next event uses it."""
    made, said = connect(office, name)
    assert (made.is_connected, said) == (True, [])
    office.publish(webinar())
    paid = office.pay(seat(office).id, provider=name)
    assert [(one.provider, one.account, str(one.received)) for one in paid.payments] == [(name, "main", "49.00 EUR")]


@pytest.mark.parametrize("trouble", ERRORS)
def test_what_is_missing_is_said_when_the_key_is_entered(office: Office, trouble: str) -> None:
    """CM-01: "Valider" refuses with one clear sentence, and nothing is connected."""
    office.world.card.breaks(trouble)
    with pytest.raises(RefusedError) as refused:
        connect(office)
    assert str(refused.value) == ERRORS[trouble]
    with pytest.raises(NotFoundError):
        office.run(flows.disconnect("42", "stripe", by=ORGANIZER))
    office.world.card.breaks()
    assert connect(office)[1] == []


def test_all_that_is_missing_is_said_at_once_and_what_only_has_to_be_known_does_not_refuse(office: Office) -> None:
    """CM-01: two errors are told together; three warnings are told, and the account is connected."""
    office.world.card.breaks("may_not_start", "key_invalid", "not_notified")
    with pytest.raises(RefusedError) as refused:
        connect(office)
    assert [str(reason) for reason in refused.value.reasons] == [ERRORS["key_invalid"], ERRORS["may_not_start"]]
    office.world.card.breaks(*WARNINGS)
    made, said = connect(office)
    assert (made.is_connected, said) == (True, list(WARNINGS.values()))


def test_nobody_connects_an_account_for_somebody_else_nor_one_that_is_not_there(office: Office) -> None:
    """CM-01: the money of an organizer's events is the organizer's."""
    for stranger in (BUYER, Actor(Role.ORGANIZER, "43"), Actor(Role.CO_ORGANIZER, "42")):
        with pytest.raises(NotAllowedError):
            office.run(flows.connect("42", "stripe:test", "main", by=stranger))
    with pytest.raises(ProviderUnavailableError):
        office.run(flows.connect("42", "stripe:test", "nobody", by=ORGANIZER))


def test_each_missing_permission_is_named_with_the_feature_that_needs_it(office: Office) -> None:
    """CM-02: without the one to start payments nothing is sold; refunds need one more; no others are asked for."""
    office.world.card.breaks(*ERRORS, *WARNINGS)
    about_key = {one.reason.code for one in office.world.card.verify() if one.where == "key.permissions"}
    assert about_key == {"may_not_start", "may_not_refund"}
    office.world.card.breaks("may_not_start", "may_not_refund")
    with pytest.raises(RefusedError, match=r"^The key has no permission to start payments\.$"):
        connect(office)
    office.world.card.breaks("may_not_refund")
    said = ["The key has no permission for refunds: they are made in the provider’s own pages."]
    assert connect(office)[1] == said


def test_a_key_without_the_permission_for_refunds_sells_and_its_refunds_are_made_at_the_provider(
    office: Office,
) -> None:
    """CM-02: as it was said when it was connected: what we cannot give back stays owed, until it was given back there."""
    office.world.card.breaks("may_not_refund")
    assert connect(office)[1] == [WARNINGS["may_not_refund"]]
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.run(flows.refund(paid.id, by=ORGANIZER))
    assert owed(office) == [("refund_failed", "49.00 EUR")]
    (told,) = letters(office, "refund_failed")
    assert (told.account, told.subject) == ("42", "A refund failed: Webinar")
    assert "make it yourself in your account with the payment provider" in told.body
    office.world.card.refund_in_dashboard(ref_of(paid), Money.of("49.00", "EUR"))
    assert (office.deliver(), owed(office)) == ([200], [])


def test_a_key_without_the_webhooks_permission_sells_and_is_asked_what_was_paid(office: Office) -> None:
    """CM-02: no notification comes; the next time that everything is looked at, the payment is seen."""
    office.world.card.breaks("not_notified")
    assert connect(office)[1] == [WARNINGS["not_notified"]]
    office.publish(webinar())
    held = seat(office)
    office.world.card.pay(office.run(flows.checkout(held.id)).url)
    office.run(flows.reconcile())
    assert office.dossier(held.id).order.state.value == "paid"


def test_the_money_goes_to_the_organizers_own_account(office: Office) -> None:
    """CM-22: two organizers, two accounts at Stripe; each is paid 49.00 in full, and owes the platform its 5 %, 2.45."""
    clock = VirtualClock()
    other = FakeProvider("stripe:test", "acct_43", clock=clock)
    ours = Office(
        is_async=office.is_async, store=office.world.store, clock=clock, card="stripe:test", providers=[other]
    )
    second = Actor(Role.ORGANIZER, "43")
    connect(ours)
    ours.run(flows.connect("43", "stripe:test", "acct_43", by=second))
    ours.publish(webinar())
    ours.publish(webinar(id="other"), by=second)
    first, of_second = ours.sell(event="webinar"), ours.sell(event="other")
    assert [one.account for one in (*first.payments, *of_second.payments)] == ["main", "acct_43"]
    for account, paid in ((ours.world.card, first), (other, of_second)):
        seen = account.fetch(ref_of(paid))
        assert (seen.status, str(seen.received), seen.reference) == (Status.PAID, "49.00 EUR", paid.id)
        assert len(account.notifications()) == 2, "opened and paid, and nothing of the other's"
    assert balances(ours) == {"provider": "49.00 EUR", "organizer": "-46.55 EUR", "platform": "-2.45 EUR"}


def test_an_event_says_which_provider_does_not_take_its_currency(office: Office) -> None:
    """CM-27: it is refused when it is published, and is on sale with the provider that does."""
    for code, why in (
        ("HUF", "paypal is not offered in HUF here."),
        ("RUB", "paypal takes RUB only from accounts that have been given it."),
    ):
        price = Ticket(id="standard", name="Standard", price=Money.of("5000", code))
        both = [Provider(name="stripe"), Provider(name="paypal")]
        with pytest.raises(RefusedError) as refused:
            office.publish(webinar(price, currency=Currency(code), id=code.lower(), providers=both))
        assert str(refused.value) == why
        office.publish(webinar(price, currency=Currency(code), id=code.lower()))
        paid = office.sell(event=code.lower())
        assert [(one.provider, str(one.received)) for one in paid.payments] == [("stripe:test", f"5000.00 {code}")]


def test_an_account_that_cannot_be_used_in_its_country_is_not_connected(office: Office) -> None:
    """CM-27: PayPal does not do the same everywhere; the organizer hears it from the account, and has Stripe left."""
    till(office, "paypal:test").breaks("charges_disabled")
    with pytest.raises(RefusedError, match="cannot take payments yet"):
        connect(office, "paypal:test")
    assert connect(office)[1] == []


@pytest.mark.parametrize("chosen", ["stripe", "paypal"])
def test_the_buyer_chooses_whom_to_pay_with(office: Office, chosen: str) -> None:
    """CM-28: the page is that provider's, where a card is one of the ways; the other hears nothing of it."""
    connect(office)
    connect(office, "paypal:test")
    office.publish(webinar())
    held = seat(office, provider=chosen)
    shown = office.run(flows.checkout(held.id, provider=chosen, return_url="https://shop.example/thanks"))
    assert shown.url == f"https://pay.example/{chosen}:test/cs_1"
    assert office.pay(held.id).order.state.value == "paid"
    assert {one.name: len(one.notifications()) for one in office.fakes} == {
        "stripe:test": 2 if chosen == "stripe" else 0,
        "paypal:test": 2 if chosen == "paypal" else 0,
    }


def test_a_buyer_who_changes_the_provider_pays_once(office: Office) -> None:
    """CM-28: the first page is closed when the second was paid on."""
    office.publish(webinar())
    held = seat(office)
    office.run(flows.checkout(held.id, provider="stripe"))
    paid = office.pay(held.id, provider="paypal")
    assert [(one.provider, one.state.value) for one in paid.payments] == [
        ("stripe:test", "expired"),
        ("paypal:test", "paid"),
    ]
    first = paid.payments[0].ref
    assert first is not None
    assert office.world.card.fetch(first).status is Status.EXPIRED


def test_nothing_else_than_paypal_and_stripe_can_be_paid_with(office: Office) -> None:
    """CM-28: a bank transfer, which others offer, is refused when it is declared and when it is asked for."""
    with pytest.raises(RefusedError, match=r"^bank_transfer cannot be used here, only paypal, stripe\.$"):
        office.publish(webinar(providers=[Provider(name="bank_transfer")]))
    office.publish(webinar())
    with pytest.raises(RefusedError, match=r"^Nothing can be paid with bank_transfer here\.$"):
        office.run(flows.checkout(seat(office).id, provider="bank_transfer"))


def test_the_bank_statement_its_short_form_and_a_support_number_are_the_organizers(office: Office) -> None:
    """CM-29: as they were given when the account was connected; the buyer's bank and the provider's page have them."""
    connect(office, statement="ACME WEBINARS", short_statement="ACME", support="+33 1 23 45 67 89")
    office.publish(webinar())
    request = asked(office, office.sell(event="webinar").id)
    shown = (request.statement, request.short_statement, request.support)
    assert shown == ("ACME WEBINARS", "ACME", "+33 1 23 45 67 89")
    connect(office, statement="ACME 2")
    request = asked(office, office.sell(event="webinar").id)
    assert (request.statement, request.short_statement, request.support) == ("ACME 2", "", "")


def test_which_ways_to_pay_are_offered_is_the_provider_accounts(office: Office) -> None:
    """CM-30: the request has an amount, texts and addresses; nothing in it says how to pay."""
    office.publish(webinar())
    request = asked(office, office.sell(event="webinar").id)
    assert {field.name for field in attrs.fields(PaymentRequest)} == {
        *("reference", "payment", "amount", "description", "statement", "short_statement", "support"),
        *("return_url", "cancel_url", "expires_at", "email", "locale", "capture_later"),
    }
    assert (request.amount, request.description) == (Money.of("49.00", "EUR"), "Webinar")


def test_paid_events_and_providers_are_those_of_the_organizers_plan(office: Office) -> None:
    """CM-31: a plan without PayPal, and for live events only: the reason says what it lacks."""
    small = evolve(RULES.policy, kinds=(EventKind.LIVE,), providers=("stripe",))
    only_stripe = [Provider(name="stripe")]
    for event, why in (
        (webinar(policy=small), "paypal cannot be used here, only stripe."),
        (
            webinar(policy=small, kind=EventKind.PERMANENT, providers=only_stripe),
            "Events of the kind permanent are not allowed here, only live.",
        ),
    ):
        with pytest.raises(RefusedError) as refused:
            office.publish(event)
        assert str(refused.value) == why
    office.publish(webinar(policy=small, providers=only_stripe))
    held = seat(office)
    with pytest.raises(RefusedError, match=r"^Nothing can be paid with paypal here\.$"):
        office.run(flows.checkout(held.id, provider="paypal"))
    assert office.pay(held.id).order.state.value == "paid"
