"""The codes of a quote: what was typed, and what it is."""

import unicodedata
from collections.abc import Sequence

from paidevents.catalog.code import PromoCode, code_key
from paidevents.errors import InvalidValueError
from paidevents.pricing.member import BoundPromotion
from paidevents.pricing.reasons import CODE_UNKNOWN, MIXED_SCRIPT
from paidevents.reason import Reason, Skipped

MOST_TYPED = 100

# Alphabets with letters that look like one another's.
_ALPHABETS = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"))

Found = tuple[BoundPromotion, PromoCode]


class CodeBook:
    """The codes of an event, by key."""

    def __init__(self, promotions: Sequence[BoundPromotion]) -> None:
        self._by_key = {code.key: (bound, code) for bound in promotions for code in bound.promotion.codes}

    def look_up(self, typed: Sequence[str]) -> tuple[list[Found], list[Skipped]]:
        """
        What the *typed* codes are, each once, in the order of their keys.

        Returns:
            Those that are known, and those that are not.
        """
        found: dict[str, Found] = {}
        unknown: dict[str, Skipped] = {}
        for text in typed:
            try:
                key = code_key(text)
            except InvalidValueError as error:
                unknown[f" {shown(text)} {error.reason.code}"] = Skipped((error.reason,), code=shown(text))
                continue
            known = self._by_key.get(key)
            if known is None:
                before = unknown.get(key)
                # As it was typed. Typed in two ways, in the one that sorts first: their order is no input.
                code = shown(text) if before is None else min(shown(text), before.code)
                unknown[key] = Skipped(_reasons(key), code=code)
            else:
                found[key] = known
        return [found[key] for key in sorted(found)], [unknown[key] for key in sorted(unknown)]


def shown(raw: str) -> str:
    """What can be shown of a text that is no code."""
    plain = "".join(char for char in raw[:64] if unicodedata.category(char)[0] not in "CZ" or char == " ")
    return unicodedata.normalize("NFC", plain)


def _reasons(key: str) -> tuple[Reason, ...]:
    alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in key if char.isalpha()} & _ALPHABETS
    return (CODE_UNKNOWN, MIXED_SCRIPT) if len(alphabets) > 1 else (CODE_UNKNOWN,)
