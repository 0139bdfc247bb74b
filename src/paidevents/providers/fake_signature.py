"""
How the fake provider signs what it sends, and how that is looked at.

What is signed is the moment and the raw body. Until the signature is found to
be good, nothing of a body is read.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from paidevents.access.tokens import HostKey
from paidevents.checks import WRONG_TYPE, instance, mapping
from paidevents.errors import ForgedNotificationError, InvalidValueError
from paidevents.wire.document import LARGEST, read

SIGNATURE, TIMESTAMP = "fake-signature", "fake-timestamp"
TOLERANCE = 300  # seconds, as Stripe’s libraries have it; here the future is not trusted either

# Everybody can read it: it signs for tests.
TEST_SECRET = b"whsec_of_the_fake_provider_which_is_no_secret"

_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_SECONDS = re.compile(r"-?[0-9]{1,12}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Signer:
    """
    What signs, and knows its own signature again.

    Args:
        provider: Whom errors name.
        secrets: The current one first, then those before it, whose signatures are good as well; 32 bytes each at least.

    Raises:
        InvalidValueError: No secret, or one that is too short or too long.
    """

    def __init__(self, provider: str, secrets: Sequence[bytes]) -> None:
        if not isinstance(secrets, list | tuple):
            raise InvalidValueError("secrets", WRONG_TYPE.given(expected="list, tuple", got=type(secrets).__name__))
        self._provider = provider
        self._key = HostKey(secrets[0] if secrets else b"", secrets[1:])

    def signed(self, body: bytes, at: datetime) -> dict[str, str]:
        """The headers that *body* is sent with."""
        seconds = str(_seconds(at))
        return {TIMESTAMP: seconds, SIGNATURE: self._key.signatures(_message(seconds, body))[0].hex()}

    def checked(self, headers: Mapping[str, str], body: bytes, at: datetime) -> dict[str, object]:
        """
        What *body* says, if its signature is good.

        Raises:
            ForgedNotificationError: It is too large; the signature is missing, wrong, too old or of a
                moment to come; or what was signed cannot be read.
            InvalidValueError: The headers are no mapping, or the body is not of bytes.
        """
        mapping(headers, "headers")
        if len(instance(body, "body", bytes)) > LARGEST:
            raise self._forged("too_large")
        seconds, found = _only(headers, TIMESTAMP, _SECONDS), _only(headers, SIGNATURE, _SIGNATURE)
        if not seconds or not found:
            raise self._forged("signature_missing")
        is_good = False
        for right in self._key.signatures(_message(seconds, body)):
            is_good |= hmac.compare_digest(right, bytes.fromhex(found))
        if not is_good:
            raise self._forged("signature_wrong")
        if abs(int(seconds) - _seconds(at)) > TOLERANCE:
            raise self._forged("signature_too_old")
        try:
            return _said(body)
        except InvalidValueError:
            raise self._forged("unreadable") from None

    def _forged(self, code: str) -> ForgedNotificationError:
        return ForgedNotificationError(self._provider, code)


def _seconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(seconds=1)


def _message(seconds: str, body: bytes) -> bytes:
    return seconds.encode() + b"." + body


def _only(headers: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    """The one value of a header, however its name is written; empty if there is none, several, or another form."""
    found = [value for key, value in headers.items() if isinstance(key, str) and key.lower() == name]
    if len(found) != 1 or not isinstance(found[0], str) or not pattern.fullmatch(found[0]):
        return ""
    return found[0]


def _said(body: bytes) -> dict[str, object]:
    said: dict[str, object] = instance(read(body), "body", dict)
    return said
