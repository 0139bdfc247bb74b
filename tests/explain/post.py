"""Letters about an order of the box office of one order: what the tests change one thing of."""

from datetime import datetime
from typing import Any

from registration.desk import Desk, attendee
from worked.shop import shop, ticket

from paidevents.access import Pass, Purpose
from paidevents.catalog import Listing
from paidevents.explain import Telling, letter
from paidevents.lifecycle import RegistrationState
from paidevents.ports import Dossier, Message, MessageKind

LINKS = {purpose: f"https://tickets.example/{purpose.value}/x7" for purpose in Purpose}


def plain(text: str) -> str:
    """The text with ordinary spaces for those that do not break."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def sold(places: int = 1, *, paid: bool = True, **changed: Any) -> Desk:
    """An order of so many places of a talk, by Ana; she has the first of them."""
    tickets = changed.pop("tickets", (ticket("24.00"),))
    desk = Desk(shop(*tickets, **{"title": "A talk", **changed}))
    desk.reserve(places)
    if paid:
        desk.pay()
    return desk


def passes(desk: Desk, at: datetime | None = None, **changed: Any) -> tuple[Pass, ...]:
    """A pass for each place that is confirmed."""
    return tuple(
        Pass.issued(desk.plan.event, id=one.id, registration_id=one.id, at=at or desk.at, **changed)
        for one in desk.order.registrations
        if one.state is RegistrationState.CONFIRMED
    )


def dossier(desk: Desk, **changed: Any) -> Dossier:
    return Dossier(**{"order": desk.order, "passes": passes(desk), **changed})


def listing(desk: Desk, **changed: Any) -> Listing:
    return Listing(**{"event": desk.plan.event, "organizer": "42", **changed})


def telling(desk: Desk, kind: MessageKind, **changed: Any) -> Telling:
    """What a letter to Ana, or to the organizer, may speak of, with every link there is."""
    plain: dict[str, Any] = {"listing": listing(desk), "dossier": dossier(desk), "registration": "A1-1", "links": LINKS}
    return Telling(kind=kind, **{**plain, **changed})


def told(desk: Desk, kind: MessageKind, locale: str = "en", **changed: Any) -> Message:
    """The letter, which there is."""
    message = letter(telling(desk, kind, **changed), locale)
    assert message is not None
    return message


def body(desk: Desk, kind: MessageKind, locale: str = "en", **changed: Any) -> str:
    """What it says."""
    return plain(told(desk, kind, locale, **changed).body)


def nobody(desk: Desk, kind: MessageKind, **changed: Any) -> bool:
    """Whether nobody is told."""
    return letter(telling(desk, kind, **changed), "en") is None


__all__ = ["LINKS", "attendee", "body", "dossier", "listing", "nobody", "passes", "plain", "sold", "telling", "told"]
