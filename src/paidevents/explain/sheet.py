"""A letter while it is written: its paragraphs in the reader's language, and what it says as values for programs."""

import re
from collections.abc import Iterable
from datetime import datetime

from paidevents.access.tokens import Purpose
from paidevents.checks import bad_format, instant, written
from paidevents.errors import InvalidValueError
from paidevents.explain import letter_phrases as say
from paidevents.explain.telling import Telling
from paidevents.explain.translated import translated
from paidevents.money.amount import Money
from paidevents.ports.message import LONGEST_VALUE
from paidevents.reason import Reason
from paidevents.registration.order import Order

LONGEST_SUBJECT = 200
LONGEST_LINE = 200
LONGEST_NAME = 60
MOST_LINES = 10

# Who decided something is for the records, not for who is told of it.
_NOT_TOLD = ("by",)

_WHOLE = re.compile(r"[0-9]{1,18}")
# Whoever registers somebody else could write to them through us: a name that leads anywhere is not repeated.
_NO_NAME = re.compile(r"[0-9:/\\@<>]|\.\w|\bwww\b", re.IGNORECASE)


def cut(text: str, longest: int) -> str:
    """*text*, its end replaced by an ellipsis if it is too long."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


class Sheet:
    """
    A letter while it is written.

    Args:
        telling: What it may speak of.
        locale: The reader's; known.
    """

    def __init__(self, telling: Telling, locale: str) -> None:
        self.telling, self.locale = telling, locale
        self.event = telling.listing.event
        self.values = {name: value for name, value in telling.values if name not in _NOT_TOLD}
        self.links: dict[Purpose, str] = {}
        self._paragraphs: list[str] = []
        self.note(title=self.event.title, zone=str(self.event.zone))
        if telling.dossier is not None:
            self.note(order=telling.dossier.id)

    @property
    def order(self) -> Order:
        """The order; an InvalidValueError if there is no dossier."""
        return self.telling.known_dossier.order

    @property
    def body(self) -> str:
        """All that was said."""
        return "\n\n".join(self._paragraphs)

    @property
    def subject(self) -> str:
        """The one line that stands above it."""
        return cut(self.told(say.SUBJECTS[self.telling.kind]), LONGEST_SUBJECT)

    def told(self, reason: Reason, **values: object) -> str:
        """A sentence in the reader's language. Of the title and the order, every sentence knows."""
        dossier = self.telling.dossier
        order = "" if dossier is None else dossier.id
        return translated(reason.given(title=self.event.title, order=order, **values), self.locale)

    def greet(self) -> None:
        """Say hello, by name where that is a name."""
        person = self.telling.person
        name = "" if person is None or len(person.name) > LONGEST_NAME else person.name
        self.say(say.GREETING_ALONE if not name or _NO_NAME.search(name) else say.GREETING, name=name)

    def say(self, *reasons: Reason | None, **values: object) -> None:
        """A paragraph of sentences, if any stands there, with the values of all."""
        told = [self.told(reason, **values) for reason in reasons if reason is not None]
        self._add(" ".join(told))

    def list(self, lines: Iterable[Reason]) -> None:
        """A paragraph with a line each."""
        self._add("\n".join(cut(self.told(line), LONGEST_LINE) for line in lines))

    def _add(self, paragraph: str) -> None:
        if paragraph:
            self._paragraphs.append(paragraph)

    def quote(self, heading: Reason, prose: str) -> None:
        """What somebody wrote, if anything, under a heading."""
        if prose:
            self._add(f"{self.told(heading)}\n{prose}")

    def link(self, purpose: Purpose, heading: Reason, *, needed: bool = True, **values: object) -> bool:
        """
        The personal address for *purpose* under a heading; whether there is one.

        Raises:
            InvalidValueError: There is none, and it is *needed*.
        """
        address = self.telling.address(purpose, needed=needed)
        if address:
            self.links[purpose] = address
            self._add(f"{self.told(heading, **values)}\n{address}")
        return bool(address)

    def note(self, **values: str | Money | datetime) -> None:
        """What a program can read: amounts as `str` writes them, moments in ISO 8601."""
        for name, value in values.items():
            self.values[name] = value.isoformat() if isinstance(value, datetime) else cut(str(value), LONGEST_VALUE)

    def local(self, at: datetime) -> datetime:
        """That moment in the event's zone, for people."""
        return at.astimezone(self.event.zone)

    def amount(self, name: str) -> Money | None:
        """
        The amount among the values; None without one.

        Raises:
            AmountError: It is written in another way.
            UnknownCurrencyError: Its currency is not in use.
        """
        value = self.telling.value(name)
        number, _, code = value.rpartition(" ")
        return Money.of(number, code) if value else None

    def count(self, name: str) -> int:
        """
        The whole number among the values.

        Raises:
            InvalidValueError: It is written in another way, or there is none.
        """
        return int(written(self.telling.value(name), f"values.{name}", _WHOLE, "200")[0])

    def moment(self, name: str) -> datetime | None:
        """
        The moment among the values; None without one.

        Raises:
            InvalidValueError: It is written in another way; a NaiveDatetimeError if it has no zone.
        """
        value, field = self.telling.value(name), f"values.{name}"
        try:
            return instant(datetime.fromisoformat(value), field) if value else None
        except ValueError as error:
            if isinstance(error, InvalidValueError):
                raise
            raise bad_format(field, "2026-04-14T16:00:00+00:00") from None
