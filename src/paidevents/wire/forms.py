"""
The values whose JSON form is another value: a moment with its zone, a reason with its values.

Each has a stand-in class that is written field by field.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from paidevents import checks
from paidevents.checks import UtcTime
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.rate import Rate
from paidevents.reason import Reason
from paidevents.timing.deadline import Deadline, Span
from paidevents.wire.leaves import HERE

Tagged = str | int | bool | Money | Rate | Currency | Span | Deadline | date | datetime

# The values of a reason, by the tag that tells them apart. Text, whole numbers, true and false need none.
TAGS: dict[str, type] = {
    "currency": Currency,
    "day": date,
    "deadline": Deadline,
    "instant": datetime,
    "money": Money,
    "rate": Rate,
    "span": Span,
}
UNTAGGED = (str, int, bool)


@frozen
class TaggedForm:
    """A reason's value with the name of its type."""

    tag: str
    value: Any


@frozen
class Moment:
    """An instant, and the zone it is to be shown in."""

    at: UtcTime
    tz: ZoneInfo


@frozen
class ReasonForm:
    """A reason. Its sentence travels with it, so that the other side needs no catalog."""

    code: str
    text: str
    retryable: bool
    values: dict[str, Tagged]


@frozen
class Form:
    """How a value and its stand-in are made of each other."""

    stand_in: type
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _moment(at: datetime) -> Moment:
    zone = at.tzinfo if isinstance(at.tzinfo, ZoneInfo) and at.tzinfo.key else ZoneInfo("UTC")
    return Moment(checks.instant(at, HERE), zone)


def _read_moment(moment: Moment) -> datetime:
    return moment.at if moment.tz.key == "UTC" else moment.at.astimezone(moment.tz)


def _reason_form(reason: Reason) -> ReasonForm:
    values: dict[str, Any] = dict(reason.values)
    return ReasonForm(reason.code, reason.text, reason.retryable, values)


def _read_reason(form: ReasonForm) -> Reason:
    try:
        return Reason(form.code, form.text, retryable=form.retryable, values=tuple(form.values.items()))
    except ValueError:
        raise checks.bad_format("code", "lower_snake_case") from None


FORMS: dict[type, Form] = {
    datetime: Form(Moment, _moment, _read_moment),
    Reason: Form(ReasonForm, _reason_form, _read_reason),
}


def tag_of(value: object) -> str | None:
    """The tag of a reason's value; None if it needs none."""
    if isinstance(value, UNTAGGED):
        return None
    for tag, kind in TAGS.items():
        if type(value) is kind:
            return tag
    raise InvalidValueError(
        HERE,
        checks.WRONG_TYPE.given(
            expected="str, int, bool, Money, Rate, Currency, Span, Deadline, date, datetime", got=type(value).__name__
        ),
    )
