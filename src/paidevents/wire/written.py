"""Values as people write them in a file: amounts as text, days and local times without a zone."""

from datetime import datetime
from typing import Any

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.timing.deadline import Deadline, Span
from paidevents.timing.local import Side, end_of_day, instant_of, start_of_day, zone_of
from paidevents.timing.window import Window
from paidevents.wire.keys import Ground, Shape, by_name, either, leaf, meant, table
from paidevents.wire.leaves import HERE
from paidevents.wire.toml_text import AMOUNT_IS_TEXT

_TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LENGTH = "[0-9]+ ?[a-z]+( [0-9]+ ?[a-z]+)*"


def _text(pattern: str, *examples: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^({pattern})$", "examples": list(examples)}


_AMOUNT = _text(r"-?[0-9]+([.][0-9]+)?", "79.00")
_WALL = _text(f"{_DAY}[T ]{_TIME}", "2026-04-14T18:00:00")
_MOMENT = _text(f"{_DAY}[T ]{_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?", "2026-04-14T18:00:00")
_BOUND = _text(f"{_DAY}([T ]{_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?", "2026-02-28")


def _as_text(form: object) -> str:
    """*form* if it is text; a number could be meant in major or in minor units."""
    if isinstance(form, int):
        raise InvalidValueError(HERE, AMOUNT_IS_TEXT)
    return checks.instance(form, HERE, str)


def _moment(form: object, ground: Ground, side: Side = Side.START) -> datetime:
    """A time with an offset is an instant; without one it is shown by the clocks of the file's zone."""
    moment = checks.instance(form, HERE, datetime)
    return checks.instant(moment, HERE) if moment.tzinfo else instant_of(moment, ground.zone, side)


def _begins(form: object, ground: Ground) -> datetime:
    if isinstance(form, datetime):
        return _moment(form, ground)
    return start_of_day(checks.day(form, HERE), ground.zone)


def _ends(form: object, ground: Ground) -> datetime:
    if isinstance(form, datetime):
        return _moment(form, ground, Side.END)
    return end_of_day(checks.day(form, HERE), ground.zone)


words = leaf(lambda form: checks.instance(form, HERE, str), {"type": "string"})
number = leaf(lambda form: checks.integer(form, HERE), {"type": "integer"})
flag = leaf(lambda form: checks.instance(form, HERE, bool), {"type": "boolean"})
rate = leaf(lambda form: Rate.of(_as_text(form)), _text(r"[0-9]+([.][0-9]+)? ?%|[0-9]+[./][0-9]+", "15 %", "1/3"))
span = leaf(Span.of, _text(_LENGTH, "90 min", "2 days 12 h"))
deadline = leaf(
    Deadline.of,
    _text(f"({_LENGTH} (before|after)|at) (start|end)", "7 days before start", "at end"),
)
zone = leaf(zone_of, {"type": "string", "examples": ["Europe/Paris"]})
currency = leaf(Currency, _text("[A-Z]{3}", "EUR"))
day = leaf(lambda form: checks.day(form, HERE), _text(_DAY, "2026-02-28"))
wall_time = leaf(lambda form: checks.wall_time(form, HERE), _WALL)
moment = meant(_moment, _MOMENT)

# The two ends of a window. A day is meant with all of it.
begins = meant(_begins, {"description": "When it begins; a day from its first moment on.", **_BOUND}).to("starts_at")
ends = meant(_ends, {"description": "When it ends; a day with all of it.", **_BOUND}).to("ends_at")
WINDOW = Shape({"from": begins, "until": ends}, lambda values, _: Window(**values))
window = table(WINDOW)

amount = meant(lambda form, ground: Money.of(_as_text(form), ground.currency), _AMOUNT)
# "10.00" in the event's currency, or { EUR = "10.00", USD = "12.00" }.
amounts = either(
    dict,
    by_name(lambda code: leaf(lambda form: Money.of(_as_text(form), code), _AMOUNT), _AMOUNT),
    amount.then(lambda one: (one,)),
)
