"""What things are called: ids, lists in which no id comes twice, and languages."""

import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

UNKNOWN_ID = Reason("unknown_id", "Nothing here has the id {id}.")
DUPLICATE_ID = Reason("duplicate_id", "The id {id} is used twice.")

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


class HasId(Protocol):
    """A declared thing with an id of its own."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=HasId)


def identifier(value: object, field: str) -> str:
    """*value* if it is an id: 1 to 64 small letters, digits, `_` and `-`, beginning with a letter or digit."""
    return checks.written(value, field, _ID, "early_bird")[0]


def language(value: object, field: str) -> str:
    """*value* if it names a language: "fr", "en_GB". Where nothing is written in it, English is."""
    return checks.written(value, field, _LANGUAGE, "fr", 35)[0]


def listed(kind: type[T], limit: int = 1000) -> Callable[[object, str], tuple[T, ...]]:
    """The check for a list of *kind* in which no id comes twice."""
    each = checks.several(checks.of_kind(kind), limit)

    def check(values: object, field: str) -> tuple[T, ...]:
        things = each(values, field)
        known: set[str] = set()
        for place, thing in enumerate(things):
            if thing.id in known:
                raise InvalidValueError(f"{field}[{place}].id", DUPLICATE_ID.given(id=thing.id))
            known.add(thing.id)
        return things

    return check


def known(names: Sequence[str], things: Sequence[HasId], field: str) -> None:
    """
    Make sure that each of *names* is the id of one of *things*.

    Raises:
        InvalidValueError: One is not.
    """
    if not names:
        return
    ids = {thing.id for thing in things}
    for place, name in enumerate(names):
        if name not in ids:
            raise InvalidValueError(f"{field}[{place}]", UNKNOWN_ID.given(id=name))
