"""Who is buying, as far as a price may ask: where from, for a business, and whether seen before."""

import hashlib
import re
import unicodedata

from attrs import frozen

from paidevents import checks
from paidevents.catalog.taxes import country
from paidevents.checks import INT64_MAX, between, optional, settle, several, text
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

BAD_EMAIL = Reason("bad_email", "This is not an e-mail address.")

_LOCAL_PART = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets


def email_key(address: str) -> str:
    """
    What an e-mail address comes down to, to tell whether two are the same person's.

    Trimmed, NFKC, case folded, the domain in ASCII. What follows a plus stays: whether it
    counts is the mail server's affair.

    Raises:
        InvalidValueError: It is not an address, is too long, or contains control characters.

    Example:
        >>> email_key(" Ana@B\\u00dcCHER.example ")
        'ana@xn--bcher-kva.example'
    """
    typed = checks.instance(address, "email", str).strip(" ")
    if len(typed) > _LONGEST or any(unicodedata.category(char)[0] == "C" for char in typed):
        raise InvalidValueError("email", BAD_EMAIL)
    local, _, domain = unicodedata.normalize("NFKC", typed).casefold().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        raise InvalidValueError("email", BAD_EMAIL) from None
    if not _LOCAL_PART.fullmatch(local) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise InvalidValueError("email", BAD_EMAIL)
    if not _DOMAIN.fullmatch(ascii_domain):
        raise InvalidValueError("email", BAD_EMAIL)
    return f"{local}@{ascii_domain}"


@frozen(kw_only=True)
class Buyer:
    """
    What is known of a buyer when a price is asked for. Nothing of it is needed.

    Attributes:
        country: ISO 3166, two letters; None if unknown.
        business_number: A valid VAT number, checked by the host; None for a consumer.
        identities: Keys under which the customer is known: an account's id, an `email_key`. A
            limit per customer holds for each.
        orders_before: How many orders the customer has placed before.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    country: str | None = None
    business_number: str | None = None
    identities: tuple[str, ...] = ()
    orders_before: int = 0

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            country=optional(country),
            business_number=optional(text),
            identities=several(text, 20),
            orders_before=between(0, INT64_MAX),
        )

    @property
    def marks(self) -> tuple[str, ...]:
        """The identities as counters know them: one mark each that tells nothing of a person."""
        return tuple(hashlib.sha256(identity.encode()).hexdigest()[:32] for identity in self.identities)
