"""Letters say what the documents promise, and always with a way out."""

from datetime import timedelta
from typing import Any

import pytest
from explain.post import LINKS, K, body, dossier, nobody, passes, plain, set_aside, sold, told, waits
from registration.desk import ORGANIZER, Desk, attendee, person
from worked.shop import AT, BEGINS, shop, ticket

from paidevents import Deadline, InvalidValueError, Span
from paidevents.access import Purpose, Recording
from paidevents.catalog import Cancellation, EventKind, Policy, Refunding, RegistrationForm
from paidevents.catalog.people import Role
from paidevents.ports import MessageKind
from paidevents.registration import called_off, invite

SETTINGS: dict[str, dict[str, Any]] = {
    "bare": {},
    "never refunded, never cancelled": {"cancellation": Cancellation(buyer_until=Deadline.of("30 days before start"))},
    "with words": {"cancellation": Cancellation(text="No refunds."), "form": RegistrationForm(remark="No way out.")},
    "free": {"tickets": (ticket("0.00"),)},
    "no transfers": {"policy": Policy(transferable=False, devices=1)},
    "without a date": {"kind": EventKind.ON_DEMAND},
    "platform": {"policy": Policy(refunds=Refunding.OWED, price_locked=True)},
}


@pytest.mark.parametrize("locale", ["en", "fr", "de", "xx"])
@pytest.mark.parametrize("kind", [K.CONFIRMATION, K.REMINDER])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_link_to_cancel_cannot_be_removed(settings: dict[str, Any], kind: MessageKind, locale: str) -> None:
    """GT-27: it is in every confirmation and reminder, whatever the organizer has decided."""
    desk = sold(**settings)
    message = told(desk, kind, locale)
    assert LINKS[Purpose.CANCEL] in message.body.splitlines()
    assert message.link(Purpose.CANCEL) == LINKS[Purpose.CANCEL]
    with pytest.raises(InvalidValueError, match=r"links\.cancel: A message of the kind \w+ is not written without it"):
        told(desk, kind, locale, links={Purpose.JOIN: LINKS[Purpose.JOIN]})


def test_the_link_to_cancel_is_there_after_the_event_too() -> None:
    after = sold(policy=Policy(sells_recording=True))
    for_recording = dossier(after, passes=passes(after, BEGINS + timedelta(days=1)))
    assert LINKS[Purpose.CANCEL] in body(after, K.CONFIRMATION, dossier=for_recording)


def test_the_confirmation_says_that_its_link_is_personal_and_adds_the_remark() -> None:
    """GT-26, GT-25: of devices nothing is said where they are not limited."""
    told_of = body(sold(form=RegistrationForm(remark="Be on time.")), K.CONFIRMATION)
    assert "This link was made for you alone: please do not pass it on.\n" in told_of
    assert "The organizer adds:\nBe on time.\n" in told_of
    assert "devices" not in told_of
    assert "The organizer adds" not in body(sold(), K.CONFIRMATION)


def test_who_pays_after_the_event_gets_the_recording() -> None:
    """GT-17, GT-18: the talk is over at 17:30 UTC; a pass of that moment is for the recording, one before is not."""
    desk = sold(policy=Policy(sells_recording=True))
    over = BEGINS + timedelta(minutes=90)
    message = told(desk, K.CONFIRMATION, dossier=dossier(desk, passes=passes(desk, over)))
    assert (
        "It has taken place already: see the recording here, as soon as it is published:\n"
        "https://tickets.example/recording/x7\n\nThis link was made for you alone"
    ) in message.body
    assert message.link(Purpose.RECORDING) and not message.link(Purpose.JOIN)
    before = told(desk, K.CONFIRMATION, dossier=dossier(desk, passes=passes(desk, over - timedelta(seconds=1))))
    assert before.link(Purpose.JOIN) and not before.link(Purpose.RECORDING)


def test_a_payment_that_arrived_and_one_that_is_set_aside_are_told_apart() -> None:
    """GT-22."""
    paid = body(waits(), K.AWAITING_APPROVAL)
    assert "The organizer looks at your registration now" in paid
    assert "Your payment of €24.00 has arrived. If your registration is not accepted, all of it is given back." in paid
    aside = body(set_aside(), K.AWAITING_APPROVAL)
    assert "€24.00 is set aside for it, and nothing has been taken yet." in aside
    free = body(waits(tickets=(ticket("0.00"),)), K.AWAITING_APPROVAL, links={})
    assert "Price: free of charge" in free and "payment" not in free and "set aside" not in free


def test_a_new_date_is_told_beside_the_old_one_and_the_place_stays() -> None:
    """CM-18: at 12:00 UTC it is 14:00 in Paris, in summer."""
    values = {"old_starts_at": "2026-04-10T14:00:00+02:00"}
    said = body(sold(), K.RESCHEDULED, values=values)
    assert "has a new date. Your place stays yours" in said
    assert "Before: April 10, 2026, 2:00 PM CEST\nWhen: April 14, 2026, 6:00 PM CEST\n" in said
    assert LINKS[Purpose.CANCEL] in said and LINKS[Purpose.JOIN] in said
    bare = body(waits(), K.RESCHEDULED, links={})
    assert bare.endswith("\n\nWhen: April 14, 2026, 6:00 PM CEST")


def test_a_recording_is_sent_with_its_end_where_it_has_one() -> None:
    """GT-20: published at noon UTC on March 1, for 30 days: until 14:00 in Paris, where summer has begun meanwhile."""
    film = Recording(id="film", event_id="shop", attached_at=AT, lasts=Span(minutes=30 * 24 * 60)).published(AT)
    message = told(sold(), K.RECORDING, recording=film)
    assert (
        "See the recording here:\nhttps://tickets.example/recording/x7\n\nIt can be seen until March 31" in message.body
    )
    assert dict(message.values)["until"] == "2026-03-31T12:00:00+00:00"
    assert plain(message.body).endswith("\n\nThis link was made for you alone: please do not pass it on.")
    assert "until" not in body(sold(), K.RECORDING)


def test_a_letter_about_places_that_cost_nothing_says_so_and_speaks_of_no_money() -> None:
    desk = Desk(shop(title="A talk"))
    desk.done(invite(desk.plan, id="A1", attendee=attendee(), role=Role.SPEAKER, at=AT, by=ORGANIZER))
    said = body(desk, K.CONFIRMATION)
    assert "CEST\nPrice: free of charge\nOrder: A1\n" in said and "given back" not in said
    desk.do(called_off)
    assert body(desk, K.CANCELLED).endswith("Order: A1")


def test_who_pays_for_several_sees_what_the_order_costs_and_the_others_do_not() -> None:
    """Two places of 24.00 are 48.00."""
    desk = sold(2)
    assert "Price: €24.00\nOrder: A1, €48.00 in all\n" in body(desk, K.CONFIRMATION)
    bo = told(desk, K.CONFIRMATION, registration="A1-2")
    assert bo.person == person("Bo") and "Price: €24.00\nOrder: A1\n" in bo.body and "48" not in bo.body
    erased = dossier(desk, order=desk.order.erased())
    assert nobody(desk, K.CONFIRMATION, dossier=erased)
