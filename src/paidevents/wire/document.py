"""
JSON text to plain values, strictly.

Everything a lenient reader forgives is refused here, with the path to it:
the same key twice, a number with a fraction, NaN, nesting without end. Size is
measured before anything is parsed.
"""

import json
from typing import NoReturn

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

NOT_JSON = Reason("not_json", "It is not JSON; see character {position}.")
NOT_UTF8 = Reason("not_utf8", "It is not UTF-8.")
TOO_LARGE = Reason("too_large", "The document is larger than {limit} bytes.")
TOO_DEEP = Reason("too_deep", "It is nested more than {limit} levels deep.")
DUPLICATE_KEY = Reason("duplicate_key", "The key stands there twice.")
FRACTION_NOT_ALLOWED = Reason("fraction_not_allowed", "Numbers are whole here; a rate is text such as 71/800.")

LARGEST = 1024 * 1024
DEEPEST = 32
ROOT = "$"


class _Pairs(list[tuple[str, object]]):
    """An object as it stood in the text, with its keys still repeated."""


class _Fraction(str):
    """A number that is not whole: 1.5, 1e5, NaN."""

    __slots__ = ()


def read(text: str | bytes) -> object:
    """
    The plain value of a JSON document: dicts, lists, str, int, bool, None.

    Raises:
        InvalidValueError: Too large, not UTF-8, not JSON, too deep, a key
            twice, or a number that is not a 64-bit whole one; `field` is the
            path, such as `$.value.minor`.
    """
    if not isinstance(text, str | bytes):
        raise InvalidValueError(ROOT, checks.WRONG_TYPE.given(expected="str, bytes", got=type(text).__name__))
    if len(text) > LARGEST or (isinstance(text, str) and len(text.encode("utf-8", "surrogatepass")) > LARGEST):
        raise InvalidValueError(ROOT, TOO_LARGE.given(limit=LARGEST))
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        raw = json.loads(
            decoded,
            object_pairs_hook=_Pairs,
            parse_float=_Fraction,
            parse_constant=_Fraction,
            parse_int=_whole,
        )
    except UnicodeDecodeError:
        raise InvalidValueError(ROOT, NOT_UTF8) from None
    except json.JSONDecodeError as error:
        raise InvalidValueError(ROOT, NOT_JSON.given(position=error.pos)) from None
    except RecursionError:
        _too_deep(ROOT)
    return _plain(raw, ROOT, 1)


def _whole(digits: str) -> object:
    """The number, unless it has so many digits that reading it would take its time."""
    return int(digits) if len(digits) <= len(str(checks.INT64_MIN)) else _TooLong(digits[:20])


class _TooLong(str):
    """A number of more digits than 64 bits can hold."""

    __slots__ = ()


def _plain(raw: object, path: str, depth: int) -> object:
    if isinstance(raw, _Pairs | list) and depth > DEEPEST:
        _too_deep(path)
    if isinstance(raw, _Pairs):
        value: dict[str, object] = {}
        for key, inner in raw:
            where = f"{path}.{shown(key)}"
            if key in value:
                raise InvalidValueError(where, DUPLICATE_KEY)
            value[key] = _plain(inner, where, depth + 1)
        return value
    if isinstance(raw, list):
        return [_plain(inner, f"{path}[{place}]", depth + 1) for place, inner in enumerate(raw)]
    if isinstance(raw, _Fraction):
        raise InvalidValueError(path, FRACTION_NOT_ALLOWED)
    if isinstance(raw, _TooLong):
        raise InvalidValueError(path, checks.OUT_OF_RANGE.given(low=checks.INT64_MIN, high=checks.INT64_MAX))
    return checks.integer(raw, path) if type(raw) is int else raw


def shown(key: str) -> str:
    """A key as a path shows it: short, and without anything that could steer a terminal or a log."""
    return ascii(key[:40])[1:-1]


def _too_deep(path: str) -> NoReturn:
    raise InvalidValueError(path, TOO_DEEP.given(limit=DEEPEST))
