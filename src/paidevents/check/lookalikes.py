"""
Codes that look like one another.

What merely looks alike is another code: a buyer who reads SAVE1O as SAVE10 gets
the wrong discount. Two codes are told if they look alike as they are written or
in capitals. What looks alike is taken from the Unicode data for that purpose,
cut down to what a code can be mistaken for: digits, and letters of Greek and
Cyrillic that look like a Latin one.

Source:
    Unicode Technical Standard 39, confusables.txt.
"""

import unicodedata
from collections.abc import Iterator

from paidevents.catalog.code import PromoCode
from paidevents.catalog.event import Event
from paidevents.check.findings import warning
from paidevents.check.goods import in_use
from paidevents.reason import Finding, Reason

CODES_LOOK_ALIKE = Reason("codes_look_alike", "{code} looks like {other}, a code of {promotion}.")

# Each letter of a left side looks like the one below it, as confusables.txt has it.
_PAIRS = (
    ("01I", "Oll"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορσυ", "ABEZHlKMNOPTYXayivopou"),
    ("АВЕЅІЈКМНОРСТУХҮӀагеорсухѕіјһԁԛԝү", "ABESlJKMHOPCTYXYlareopcyxsijhdqwy"),
)
_LOOKS_LIKE = str.maketrans({seen: taken for left, right in _PAIRS for seen, taken in zip(left, right, strict=True)})


def skeleton(text: str) -> str:
    """
    What *text* looks like: texts that can be mistaken for each other have one skeleton.

    Example:
        >>> skeleton("SAVE10") == skeleton("SАVEIO"), skeleton("modem") == skeleton("modern")
        (True, True)
    """
    return text.translate(_LOOKS_LIKE).replace("m", "rn")


def check_lookalikes(event: Event) -> Iterator[Finding]:
    """Codes of one promotion that look like one of another."""
    seen: dict[str, tuple[int, PromoCode]] = {}
    for place, promotion in in_use(event):
        for number, code in enumerate(promotion.codes):
            if not code.enabled:
                continue
            written = "".join(unicodedata.normalize("NFKC", code.text).split())
            looks = {skeleton(written), skeleton(code.key.upper())}
            found = [seen[look] for look in sorted(looks) if look in seen]
            others = [(owner, other) for owner, other in found if owner != place]
            if others:
                owner, other = others[0]
                values = {"code": code.text, "other": other.text, "promotion": event.promotions[owner].id}
                yield warning(f"promotions[{place}].codes[{number}]", CODES_LOOK_ALIKE.given(**values))
            for look in looks:
                seen.setdefault(look, (place, code))
