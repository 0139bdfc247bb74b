"""
JSON text to plain values, strictly.

Everything a lenient reader forgives is refused here, with the path to it:
the same key twice, a number with a fraction, NaN, nesting without end. Size is
measured before anything is parsed.
"""

import json

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

NOT_JSON = Reason("not_json", "It is not JSON; see character {position}.")
NOT_UTF8 = Reason("not_utf8", "It is not UTF-8.")
TOO_LARGE = Reason("too_large", "The document is larger than {limit} bytes.")
TOO_MANY_VALUES = Reason("too_many_values", "The document has more than {limit} values.")
TOO_DEEP = Reason("too_deep", "It is nested more than {limit} levels deep.")
DUPLICATE_KEY = Reason("duplicate_key", "The key stands there twice.")
FRACTION_NOT_ALLOWED = Reason("fraction_not_allowed", "Numbers are whole here; a rate is text such as 71/800.")

LARGEST = 1024 * 1024
MOST_VALUES = 50_000
DEEPEST = 32
ROOT = "$"

# Where a value stands: its container's trail, and its key or index there. Written out only for a refusal.
Trail = tuple["Trail", str | int] | None

_MOST_DIGITS = len(str(checks.INT64_MIN))


class _Pairs(list[tuple[str, object]]):
    """An object as it stood in the text, its keys still repeated."""


class _Refused:
    """A number that is none here, and why. It is refused when its path is known."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason


def read(text: str | bytes) -> object:
    """
    The plain value of a JSON document: dicts, lists, str, int, bool, None.

    Raises:
        InvalidValueError: Too large, not UTF-8, not JSON, too deep, a key
            twice, or a number that is not a 64-bit whole one; `field` is the
            path, such as `$.value.minor`.
    """
    try:
        raw = json.loads(
            measured(text, ROOT, ",[{"),
            object_pairs_hook=_Pairs,
            parse_int=_whole,
            parse_float=lambda _: _Refused(FRACTION_NOT_ALLOWED),
            parse_constant=lambda _: _Refused(FRACTION_NOT_ALLOWED),
        )
    except json.JSONDecodeError as error:
        raise InvalidValueError(ROOT, NOT_JSON.given(position=error.pos)) from None
    except RecursionError:
        raise InvalidValueError(ROOT, TOO_DEEP.given(limit=DEEPEST)) from None
    return _plain(raw, None, 1)


def measured(text: str | bytes, root: str, marks: str) -> str:
    """
    *text* as str, if it is small enough to be parsed.

    Args:
        text: The document.
        root: What an error calls it.
        marks: Characters of which there is at least one for each value in it.

    Raises:
        InvalidValueError: Too large, not UTF-8, or too many values.
    """
    if not isinstance(text, str | bytes):
        raise InvalidValueError(root, checks.WRONG_TYPE.given(expected="str, bytes", got=type(text).__name__))
    if len(text) > LARGEST:
        raise InvalidValueError(root, TOO_LARGE.given(limit=LARGEST))
    try:
        encoded = text if isinstance(text, bytes) else text.encode()
        decoded = encoded.decode()
    except UnicodeError:
        raise InvalidValueError(root, NOT_UTF8) from None
    if len(encoded) > LARGEST:
        raise InvalidValueError(root, TOO_LARGE.given(limit=LARGEST))
    # At least as many as there are: marks in texts count too. It is the count that costs time, not the size.
    if sum(map(decoded.count, marks)) > MOST_VALUES:
        raise InvalidValueError(root, TOO_MANY_VALUES.given(limit=MOST_VALUES))
    return decoded


def _whole(digits: str) -> object:
    """The number, if 64 bits hold it. So many digits that reading them would take its time are not read."""
    if len(digits) <= _MOST_DIGITS and checks.INT64_MIN <= int(digits) <= checks.INT64_MAX:
        return int(digits)
    return _Refused(checks.OUT_OF_RANGE.given(low=checks.INT64_MIN, high=checks.INT64_MAX))


def _plain(raw: object, trail: Trail, depth: int) -> object:
    if isinstance(raw, _Refused):
        raise InvalidValueError(_path(trail), raw.reason)
    if not isinstance(raw, list):
        return raw
    if depth > DEEPEST:
        raise InvalidValueError(_path(trail), TOO_DEEP.given(limit=DEEPEST))
    if not isinstance(raw, _Pairs):
        return [_plain(inner, (trail, place), depth + 1) for place, inner in enumerate(raw)]
    value: dict[str, object] = {}
    for key, inner in raw:
        if key in value:
            raise InvalidValueError(_path((trail, key)), DUPLICATE_KEY)
        value[key] = _plain(inner, (trail, key), depth + 1)
    return value


def _path(trail: Trail) -> str:
    if trail is None:
        return ROOT
    container, step = trail
    return _path(container) + (f"[{step}]" if isinstance(step, int) else f".{shown(step)}")


def shown(key: str) -> str:
    """A key as a path shows it: short, and without anything that could steer a terminal or a log."""
    return ascii(key[:40])[1:-1]
