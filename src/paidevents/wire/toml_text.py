"""
TOML text to plain values, strictly.

Written by people, so a refusal names the line or the path. Numbers with a
fraction are refused: an amount is text, which has not been through binary.
"""

import re
import tomllib

from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.wire.document import DEEPEST, TOO_DEEP, measured, shown

NOT_TOML = Reason("not_toml", "From line {line} on it is not TOML, or a key stands there a second time.")
AMOUNT_IS_TEXT = Reason(
    "amount_is_text", 'Numbers are whole here; amounts and rates are text, such as "12.50" or "15 %".'
)
NUMBER_TOO_LONG = Reason("number_too_long", "A number has more digits than any number here.")

FILE = "file"  # what an error about the whole calls it

# What is in quotes or behind a #, even if it never ends; the parser takes the square of the dots in a key.
_TEXTS = re.compile(
    r"""
    \"\"\" (?: [^"\\]++ | \\. | "(?!"") )*+ (?: "{3,5} | \Z )
    | ''' (?: [^']++ | '(?!'') )*+ (?: '{3,5} | \Z )
    | " (?: [^"\\\n]++ | \\[^\n] )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")


# Stands for a number with a fraction. It is refused when its path is known.
_FRACTION = object()


def read(text: str | bytes) -> dict[str, object]:
    """
    The plain values of a TOML document: dicts, lists, str, int, bool, dates and times.

    Raises:
        InvalidValueError: Too large, not UTF-8, not TOML, too deep, or a number
            with a fraction; `field` is the path, such as `tickets[0].price`.
    """
    content = measured(text, FILE, ",=[").removeprefix("\ufeff")
    if any(line.count(".") > DEEPEST for line in _TEXTS.sub("", content).split("\n")):
        raise InvalidValueError(FILE, TOO_DEEP.given(limit=DEEPEST))
    try:
        document = tomllib.loads(content, parse_float=lambda _: _FRACTION)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else content.count("\n") + 1
        raise InvalidValueError(FILE, NOT_TOML.given(line=line)) from None
    except RecursionError:
        raise InvalidValueError(FILE, TOO_DEEP.given(limit=DEEPEST)) from None
    except ValueError:  # so many digits that Python does not read them
        raise InvalidValueError(FILE, NUMBER_TOO_LONG) from None
    _check(document, "", DEEPEST)
    return document


def _check(value: object, path: str, levels: int) -> None:
    """Refuse a fraction, and more *levels* than there may be."""
    if value is _FRACTION:
        raise InvalidValueError(path, AMOUNT_IS_TEXT)
    if not isinstance(value, dict | list):
        return
    if not levels:
        raise InvalidValueError(path, TOO_DEEP.given(limit=DEEPEST))
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(inner, f"{path}.{shown(key)}" if path else shown(key), levels - 1)
    else:
        for place, inner in enumerate(value):
            _check(inner, f"{path}[{place}]", levels - 1)
