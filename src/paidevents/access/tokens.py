"""
Tokens: what stands in a personal link.

A token is derived, not stored: from the host's key, what it is for, whom it is
for, and a generation. Sent again it is the same; one generation on, every
earlier one is dead. A store keeps the generation and a fingerprint, so nobody
who reads the store can make a link of it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from enum import Enum

from paidevents.access.secret import Secret
from paidevents.checks import WRONG_TYPE, instance, integer, text
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

TOKEN_NOT_VALID = Reason("token_not_valid", "This link is not valid.")
KEY_LENGTH = Reason("key_length", "A key has from {low} to {high} bytes.")
TOO_MANY_KEYS = Reason("too_many_keys", "No more than {most} keys are in use at once.")

SHORTEST_KEY, LONGEST_KEY = 32, 1024
MOST_KEYS = 10

# 32 bytes in base64url without padding. That the two spare bits of the last letter are zero need not be
# asked: a text is compared with the one text that is right, and never decoded.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
# What is compared in place of a text that is no token: as long, and of letters that no token has.
_NO_TOKEN = b"." * 43


class Purpose(Enum):
    """What a link lets its holder do. A token for one is good for no other."""

    JOIN = "join"
    CANCEL = "cancel"
    OFFER = "offer"  # take the place that was offered to somebody waiting
    RECORDING = "recording"


class HostKey(Secret[tuple[bytes, ...]]):
    """
    The secret that all tokens are made with, and those it was before.

    New tokens are made with the current key; those of older keys stay good until
    the host leaves the key out. Nothing shows a key once it is in here.

    Args:
        current: 32 bytes at least, from a source of randomness fit for keys.
        older: Keys that links still in use were made with, the newest first; nine at most.

    Raises:
        InvalidValueError: A key that is shorter, longer than 1024 bytes, or not of bytes; too many keys.

    Example:
        >>> HostKey(b"0123456789abcdef0123456789abcdef")
        HostKey(…)
    """

    __slots__ = ()

    def __init__(self, current: bytes, older: Sequence[bytes] = ()) -> None:
        refused = _refused(current, older)
        if refused is not None:
            # Whoever reports the error may show what stands in this frame.
            del current, older
            raise refused
        self._hide((current, *older))

    @property
    def count(self) -> int:
        """How many keys it has, the current one included."""
        return len(self._hidden)

    def signatures(self, message: bytes) -> tuple[bytes, ...]:
        """
        HMAC-SHA256 of *message* under each key, the current one's first.

        Raises:
            InvalidValueError: *message* is not of bytes.
        """
        signed = instance(message, "message", bytes)
        return tuple(hmac.digest(key, signed, "sha256") for key in self._hidden)


class Token(Secret[str]):
    """
    The text that stands in a link: 43 letters, digits, `-` and `_`. Nothing shows it but `reveal`.

    Args:
        text: As it was derived.

    Raises:
        InvalidValueError: It cannot be a token.

    Example:
        >>> link = token(HostKey(b"0123456789abcdef0123456789abcdef"), Purpose.JOIN, "pass-1", 0)
        >>> link, len(link.reveal())
        (Token(…), 43)
    """

    __slots__ = ()

    def __init__(self, text: str) -> None:
        if not isinstance(text, str) or _TOKEN.fullmatch(text) is None:
            del text
            raise InvalidValueError("token", TOKEN_NOT_VALID)
        self._hide(text)

    def reveal(self) -> str:
        """The text, for the link and nowhere else."""
        return self._hidden

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Token):
            return NotImplemented
        return hmac.compare_digest(self._hidden.encode(), other._hidden.encode())

    def __hash__(self) -> int:
        return hash(fingerprint(self))


def token(key: HostKey, purpose: Purpose, pass_id: str, generation: int) -> Token:
    """
    The token to be sent: base64url, without padding, of HMAC-SHA256 under the current key.

    Args:
        key: The host's.
        purpose: What the link is for.
        pass_id: Of the pass; for an offer, of who is waiting.
        generation: The pass's; 0 for the first.

    Raises:
        InvalidValueError: An argument that cannot be.

    Example:
        >>> key = HostKey(b"0123456789abcdef0123456789abcdef")
        >>> token(key, Purpose.JOIN, "pass-1", 0) == token(key, Purpose.JOIN, "pass-1", 0)
        True
        >>> token(key, Purpose.JOIN, "pass-1", 0) == token(key, Purpose.CANCEL, "pass-1", 0)
        False
    """
    return tokens_in_use(key, purpose, pass_id, generation)[0]


def tokens_in_use(key: HostKey, purpose: Purpose, pass_id: str, generation: int) -> tuple[Token, ...]:
    """
    Every token that is good: one for each of the host's keys, the current one's first.

    To send the same link again although the key was changed meanwhile, take the
    one whose `fingerprint` was kept.

    Raises:
        InvalidValueError: An argument that cannot be.
    """
    message = _message(purpose, pass_id, generation)
    return tuple(
        Token(base64.urlsafe_b64encode(signature).rstrip(b"=").decode())
        for signature in instance(key, "key", HostKey).signatures(message)
    )


def fingerprint(presented: Token | str) -> str:
    """
    What a store keeps of a token, to find its pass: SHA-256, 64 hexadecimal digits.

    Text that is no token has one too, which is no token's, so that looking it up is the same work.

    Raises:
        InvalidValueError: It is no text.

    Example:
        >>> fingerprint("x") == fingerprint("../../")
        True
    """
    return hashlib.sha256(_candidate(presented)).hexdigest()


def verify(key: HostKey, purpose: Purpose, pass_id: str, generation: int, presented: Token | str) -> bool:
    """
    Whether *presented* is the token of this pass, by any of the host's keys.

    The work is the same whatever is presented: every key is tried, and as many
    bytes are compared. No other text than the token itself passes, neither with
    padding nor with white space.

    Raises:
        InvalidValueError: An argument that cannot be; *presented* is no text.

    Example:
        >>> key = HostKey(b"0123456789abcdef0123456789abcdef")
        >>> link = token(key, Purpose.JOIN, "pass-1", 0).reveal()
        >>> verify(key, Purpose.JOIN, "pass-1", 0, link), verify(key, Purpose.JOIN, "pass-1", 1, link)
        (True, False)
    """
    candidate = _candidate(presented)
    good = False
    for right in tokens_in_use(key, purpose, pass_id, generation):
        good |= hmac.compare_digest(right.reveal().encode(), candidate)
    return good


def _message(purpose: Purpose, pass_id: str, generation: int) -> bytes:
    """What is signed: each part behind its length, so that no two lists of parts are one message."""
    parts = (
        instance(purpose, "purpose", Purpose).value,
        text(pass_id, "pass_id"),
        str(integer(generation, "generation", 0)),
    )
    return b"".join(len(part).to_bytes(4, "big") + part for part in (each.encode() for each in parts))


def _candidate(presented: Token | str) -> bytes:
    """The bytes of what was presented, or as many of what cannot be a token."""
    shown = presented.reveal() if isinstance(presented, Token) else instance(presented, "token", str)
    match = _TOKEN.fullmatch(shown)
    return _NO_TOKEN if match is None else match[0].encode()


def _refused(current: object, older: object) -> InvalidValueError | None:
    """Why these keys cannot be, which tells nothing of them."""
    if not isinstance(older, list | tuple):
        return InvalidValueError("older", WRONG_TYPE.given(expected="list, tuple", got=type(older).__name__))
    if len(older) >= MOST_KEYS:
        return InvalidValueError("older", TOO_MANY_KEYS.given(most=MOST_KEYS))
    names = ["current", *(f"older[{place}]" for place in range(len(older)))]
    for name, each in zip(names, (current, *older), strict=True):
        if type(each) is not bytes:
            return InvalidValueError(name, WRONG_TYPE.given(expected="bytes", got=type(each).__name__))
        if not SHORTEST_KEY <= len(each) <= LONGEST_KEY:
            return InvalidValueError(name, KEY_LENGTH.given(low=SHORTEST_KEY, high=LONGEST_KEY))
    return None
