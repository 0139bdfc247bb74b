"""The languages in which people are written to."""

import re

from paidevents.checks import written

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language(value: object, field: str) -> str:
    """*value* if it names a language: "fr", "en_GB". One that has no texts is written to in English."""
    return written(value, field, _LANGUAGE, "fr", 35)[0]
