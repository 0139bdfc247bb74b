"""
Codes: what people type, and the key that it comes down to.

Typed by hand, pasted from a mail, or read out on the phone, a code arrives in
any case, width and dash, with spaces and invisible characters in between. All
of that is folded away. What merely looks alike, a Cyrillic letter for a Latin
one, is another code.
"""

import re
import unicodedata

from attrs import field, frozen

from paidevents import checks
from paidevents.checks import INT64_MAX, between, of_kind, optional, settle
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.timing.window import Window

CODE_EMPTY = Reason("code_empty", "No code was entered.")
CODE_MALFORMED = Reason("code_malformed", "This cannot be a code.")
NOT_PRINTABLE = Reason("not_printable", "The code has characters that cannot be seen.")

LONGEST_TYPED = 256
LONGEST = 64
ROUNDS = 6

_PUNCTUATION = frozenset("-_.")
_ASCII = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_DOTTED_I = "i\u0307"
# Soft hyphens and other format characters are known by their category. These are called letters and marks: variation
# selectors, the grapheme joiner, and the fillers of Hangul and Khmer (Unicode, Default_Ignorable_Code_Point).
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0").union(
    map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0))
)


def code_key(raw: str) -> str:
    """
    What *raw* comes down to: two texts are the same code if their keys are equal.

    Folded to a fixed point: compatibility forms (NFKC), case, dashes, the
    Turkish i's; white space and what cannot be seen is left out.

    Returns:
        1 to 64 characters; `code_key` of it is itself.

    Raises:
        InvalidValueError: Empty (`code_empty`); or longer than 256 characters,
            with control characters, or with anything but letters, marks,
            digits, `-`, `_` and `.` (`code_malformed`).

    Example:
        >>> code_key(" Save\\u201310 "), code_key("SAVE-10")
        ('save-10', 'save-10')
    """
    typed = checks.instance(raw, "code", str)
    if _ASCII.fullmatch(typed):
        return typed.lower()
    if len(typed) > LONGEST_TYPED:
        raise InvalidValueError("code", CODE_MALFORMED)
    key, before = typed, ""
    for _ in range(ROUNDS):
        if key == before:
            break
        key, before = _folded(key), key
    if not key:
        raise InvalidValueError("code", CODE_EMPTY)
    if len(key) > LONGEST or key != before or not all(map(_is_allowed, key)):
        raise InvalidValueError("code", CODE_MALFORMED)
    return key


def _is_allowed(char: str) -> bool:
    return char in _PUNCTUATION or unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def _folded(text: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if not _is_unseen(char))
    folded = unicodedata.normalize("NFKC", plain.casefold()).replace(_DOTTED_I, "i").replace("\u0131", "i")
    return "".join("-" if _is_dash(char) else char for char in folded if not char.isspace())


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or char in _UNSEEN


def _is_dash(char: str) -> bool:
    return unicodedata.category(char) == "Pd" or char == "\u2212"


# Made once, for an organizer may declare a hundred thousand codes.
_FLAG, _WINDOW, _USES = of_kind(bool), of_kind(Window), optional(between(0, INT64_MAX))


@frozen
class PromoCode:
    """
    A code that a promotion can be asked for with.

    Attributes:
        text: As the organizer wrote it and as it is shown.
        enabled: Switched off, it is refused.
        window: When it holds, within its promotion's own window.
        uses: How many orders can have it; None for no limit of its own.
        key: What `text` comes down to; unique in its event.

    Raises:
        InvalidValueError: It cannot be a code, or has characters that cannot be seen.

    Example:
        >>> PromoCode("Save10").key
        'save10'
    """

    text: str
    enabled: bool = True
    window: Window = Window()
    uses: int | None = None
    key: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        settle(self, text=checks.text, enabled=_FLAG, window=_WINDOW, uses=_USES)
        if not self.text.isascii() and any(map(_is_unseen, self.text)):
            raise InvalidValueError("text", NOT_PRINTABLE)
        try:
            key = code_key(self.text)
        except InvalidValueError as error:
            raise InvalidValueError("text", error.reason) from None
        object.__setattr__(self, "key", self.text if key == self.text else key)
