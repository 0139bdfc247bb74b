"""Arguments that every flow takes, so that each can be tried with one of them spoiled."""

from typing import Any

from box_office.offices import BUYER, ORGANIZER, person, talk

from paidevents import EUR, Money, Rate
from paidevents.access import Attachment
from paidevents.catalog import Actor, Cause, Role
from paidevents.reports import SalesBy

EUROS = Money.of("5.00", EUR)


def good(order: str, payment: str) -> dict[str, dict[str, Any]]:
    """Arguments that every flow takes; what it makes of them does not matter here."""
    of_order: dict[str, Any] = {"order": order, "by": ORGANIZER}
    of_event: dict[str, Any] = {"event": "talk", "by": ORGANIZER}
    place = f"{order}-1"
    return {
        "accept_payment": {**of_order, "payment": payment},
        "appoint": {**of_event, "helper": Actor(Role.SPEAKER, "46")},
        "approve": {**of_order, "registrations": [place]},
        "attach_recording": {
            **of_event,
            "session": None,
            "attachment": Attachment.BY_HAND,
            "included": True,
            "lasts": None,
            "id": "film",
        },
        "book": {**of_event, "order": order},
        "cancel": {**of_order, "registrations": [place], "share": Rate.of("50 %")},
        "cancel_by_link": {"pass_id": place, "token": "x" * 43},
        "cancel_event": of_event,
        "change_ticket": {**of_order, "registration": place, "wanted": {"standard": 1}, "codes": [], "shown": EUROS},
        "checkout": {**of_order, "provider": "card", "return_url": "", "cancel_url": ""},
        "connect": {
            "owner": "42",
            "provider": "card:test",
            "account": "main",
            "statement": "",
            "short_statement": "",
            "support": "",
            "by": ORGANIZER,
        },
        "conservation": of_event,
        "declare": {"event": talk(), "by": ORGANIZER},
        "decline_payment": {**of_order, "payment": payment},
        "disconnect": {"owner": "42", "provider": "card", "by": ORGANIZER},
        "dismiss": {**of_event, "helper": Actor(Role.SPEAKER, "46")},
        "dossier": of_order,
        "dossiers": {**of_event, "after": "", "limit": 5},
        "draft": {"event": talk(id="new"), "by": ORGANIZER, "organizer": "42", "locale": "en"},
        "drop_refund": {**of_order, "refund": f"{order}-r1"},
        "end": of_event,
        "end_offer": {"entry": "nobody"},
        "entries": {**of_event, "order": order, "after": "", "limit": 5},
        "erase": of_order,
        "expire": {"order": order},
        "fees": {**of_event, "during": None},
        "honour": of_order,
        "invite": {**of_event, "attendee": person("Dai"), "role": Role.SPEAKER, "locale": "en"},
        "join": {"event": "talk", "pass_id": place, "token": "x", "device": "a", "session": None, "present": 0},
        "join_list": {"event": "talk", "ticket": "standard", "person": person("Zoe"), "locale": "en"},
        "leave_list": {"entry": "nobody", "by": ORGANIZER},
        "listing": of_event,
        "look": {"order": order},
        "owed": of_event,
        "participants": {**of_event, "after": "", "limit": 5},
        "perform": {"id": f"{order}/1"},
        "preview": {**of_order, "registrations": [place], "share": None, "cause": Cause.BUYER},
        "publish": {"event": talk(id="new"), "by": ORGANIZER, "organizer": "42", "locale": "en"},
        "publish_recording": {"recording": "nowhere", "by": ORGANIZER},
        "quote": {
            "event": "talk",
            "wanted": {"standard": 1},
            "codes": [],
            "buyer": None,
            "person": person(),
            "channel": None,
            "provider": "card",
        },
        "receive": {"provider": "card:test", "headers": {}, "body": b"", "account": "main"},
        "reconcile": {},
        "reconciliation": {**of_event, "notes": True},
        "record_payment": {**of_order, "payment": payment, "received": EUROS, "fee": EUROS},
        "record_refund": {**of_order, "refund": f"{order}-r1"},
        "refund": {**of_order, "amount": EUROS},
        "refuse": {**of_order, "registrations": [place]},
        "release_device": {**of_order, "registration": place, "device": "phone"},
        "remind": {**of_event, "session": None, "id": "soon"},
        "reopen_sales": {**of_event, "until": None},
        "reschedule": {"event": talk(), "by": ORGANIZER},
        "resend": {**of_order, "registration": place},
        "reserve": {
            "event": "talk",
            "wanted": {"standard": 1},
            "codes": [],
            "buyer": person(),
            "attendees": [person()],
            "places": [[0]],
            "shown": Money.of("20.00", EUR),
            "facts": None,
            "channel": None,
            "provider": "card",
            "locale": "en",
            "id": "A9",
            "by": BUYER,
        },
        "sales": {**of_event, "grouped": SalesBy.DAY},
        "stop_sales": of_event,
        "switch_payment": {**of_event, "on": True},
        "take_back": {**of_order, "registrations": [place]},
        "take_offer": {"entry": "nobody", "token": "x" * 43},
        "taxes": {**of_event, "during": None},
        "tick": {"event": "talk"},
        "transfer": {**of_order, "registration": place, "attendee": person("Eve")},
        "turn_down": of_order,
        "watch": {
            "event": "talk",
            "recording": "nowhere",
            "pass_id": place,
            "token": "x",
            "account_active": True,
            "viewers": 0,
        },
        "withdraw_recording": {"recording": "nowhere", "by": ORGANIZER},
    }
