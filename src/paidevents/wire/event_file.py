"""
Events that people write, as TOML.

    v = 1

    [event]
    id = "masterclass"
    title = "Masterclass: pricing a paid event"
    zone = "Europe/Paris"
    starts_at = 2026-04-14T18:00:00
    duration = "90 min"
    currency = "EUR"

    [[tickets]]
    id = "standard"
    name = "Standard"
    price = "120.00"

Amounts are text, in the event's currency; days and times without an offset are
meant in its zone. A day that something begins or ends on is meant with all of it.
"""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from paidevents import checks
from paidevents.catalog.event import Charging, Event
from paidevents.catalog.kinds import Attendance, EventKind
from paidevents.catalog.places import Capacity, EventSession
from paidevents.errors import InvalidValueError
from paidevents.money.currency import EUR
from paidevents.reason import Reason
from paidevents.timing.local import instant_of
from paidevents.timing.recurrence import MOST_OCCURRENCES, Recurrence
from paidevents.wire import toml_text
from paidevents.wire.json_schema import DIALECT
from paidevents.wire.keys import Ground, Schema, Shape, leaf, made, many, meant, needed, one_of, table, under
from paidevents.wire.leaves import HERE
from paidevents.wire.offer_keys import PROMOTION, TICKET, names
from paidevents.wire.refusals import MISSING, WRONG_VERSION
from paidevents.wire.registration_keys import CANCELLATION, FORM
from paidevents.wire.term_keys import FEE, POLICY, PROVIDER, TAX, Rules
from paidevents.wire.written import currency, moment, number, span, wall_time, window, words, zone

SERIES_LENGTH = Reason("series_length", "A series has from 1 to {most} dates; the rule gives none, or more than that.")

VERSION = 1


def _declared_wall_time(form: object, ground: Ground) -> datetime:
    """A local time that clocks in the event's zone do show."""
    wall = checks.wall_time(form, HERE)
    instant_of(wall, ground.zone)
    return wall


def _series(values: dict[str, Any], ground: Ground) -> tuple[EventSession, ...]:
    duration, capacity = values.pop("duration"), values.pop("capacity", None)
    dates = Recurrence(zone=ground.zone, **values).occurrences()
    if not 1 <= len(dates) < MOST_OCCURRENCES:
        raise InvalidValueError("rule", SERIES_LENGTH.given(most=MOST_OCCURRENCES - 1))
    of_a_day = Counter(at.date() for at in dates)
    return tuple(
        EventSession(id=_session_id(at, of_a_day[at.date()]), starts_at=at, duration=duration, capacity=capacity)
        for at in dates
    )


def _session_id(at: datetime, of_a_day: int) -> str:
    """Its day, and where there are several of one day its time."""
    if of_a_day == 1:
        return at.date().isoformat()
    return f"{at.date()}-{at:%H%M%S}" if at.second else f"{at.date()}-{at:%H%M}"


def _version(form: object) -> None:
    if checks.integer(form, HERE) != VERSION:
        raise InvalidValueError(HERE, WRONG_VERSION.given(expected=VERSION))


def _event(values: dict[str, Any], ground: Ground) -> Event:
    own: dict[str, Any] = values.pop("event")
    rules: Rules = values.pop("policy", Rules())
    values.pop("v")
    try:
        for name in ("fees", "providers"):
            if rules.preset is not None and name not in values:
                values[name] = getattr(rules.preset, name)(ground.currency)
        return Event(policy=rules.policy, **own, **values)
    except InvalidValueError as error:
        first = error.field.partition(".")[0].partition("[")[0]
        path = f"event.{error.field}" if first in EVENT.keys else error.field.replace(".match.", ".")
        raise InvalidValueError(path, error.reason) from None


EVENT = Shape(
    {
        "id": needed(words),
        "title": needed(words),
        "kind": one_of(EventKind),
        "zone": needed(zone),
        "starts_at": moment,
        "duration": span,
        "currency": needed(currency),
        "capacity": number,
        "attendance": one_of(Attendance),
        "charging": one_of(Charging),
        "on_sale": window,
    },
    lambda values, _: values,
    Event,
)
# What the rest of the file is meant in.
GROUND = Shape({key: EVENT.keys[key] for key in ("zone", "currency")}, made(Ground))

NOWHERE = Ground(ZoneInfo("UTC"), EUR)  # for these two, which are meant in nothing

SESSION = Shape(
    {"id": needed(words), "starts_at": needed(moment), "duration": needed(span), "capacity": number},
    made(EventSession),
    EventSession,
)

RECURRENCE = Shape(
    {
        "rule": needed(words),
        "starts_at": needed(meant(_declared_wall_time, wall_time.schema)),
        "duration": needed(span),
        "exclude": many(wall_time).to("excluded"),
        "extra": many(meant(_declared_wall_time, wall_time.schema)),
        "capacity": number,
    },
    _series,
    EventSession,
)

CAPACITY = Shape({"id": needed(words), "places": needed(number), "tickets": needed(names)}, made(Capacity), Capacity)

FILE = Shape(
    {
        "v": needed(leaf(_version, {"const": VERSION})),
        "event": needed(table(EVENT)),
        "policy": table(POLICY),
        "tickets": needed(many(table(TICKET))),
        "capacities": many(table(CAPACITY)),
        "sessions": many(table(SESSION)),
        "recurrence": table(RECURRENCE).to("sessions"),
        "promotions": many(table(PROMOTION)),
        "fees": many(table(FEE)),
        "providers": many(table(PROVIDER)),
        "tax": table(TAX),
        "cancellation": table(CANCELLATION),
        "form": table(FORM),
    },
    _event,
    Event,
)


def read_event(text: str | bytes) -> Event:
    """
    The event that a person has written down as TOML.

    Raises:
        InvalidValueError: Larger than a mebibyte, not TOML, a key that is
            unknown, missing or twice, or a value that cannot be; `field` is
            the path to it, such as `tickets[0].tiers[1].price`.

    Example:
        >>> talk = read_event('''
        ... v = 1
        ... event = { id = "talk", title = "A talk", kind = "on_demand", zone = "Europe/Paris", currency = "EUR" }
        ... tickets = [{ id = "standard", name = "Standard", price = "20.00" }]
        ... ''')
        >>> talk.tickets[0].price
        Money.of('20.00', 'EUR')
    """
    return event_of(toml_text.read(text))


def event_of(document: dict[str, object]) -> Event:
    """
    The event that a file's plain values stand for.

    Raises:
        InvalidValueError: As `read_event`.
    """
    for key in ("v", "event"):
        if key not in document:
            raise InvalidValueError(key, MISSING)
    with under("v"):
        _version(document["v"])
    with under("event"):
        own = checks.instance(document["event"], HERE, dict)
        ground = GROUND.read({key: own[key] for key in GROUND.keys if key in own}, NOWHERE)
    event: Event = FILE.read(document, ground)
    return event


def event_file_schema() -> Schema:
    """
    The JSON Schema of what `read_event` reads, for editors. To a schema a day and a time are text.

    Example:
        >>> event_file_schema()["required"]
        ['v', 'event', 'tickets']
    """
    return {"$schema": DIALECT, "title": "An event of paidevents", **FILE.schema}
