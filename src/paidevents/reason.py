"""
Why something did not apply, is refused, or should worry the organizer.

A reason is data first: a code for programs, the values that matter, and an
English sentence that names those values. `paidevents.explain` says the same in
another language; `str` says it in plain English, without loading any catalog.
"""

import re
from collections.abc import Iterable
from enum import Enum
from typing import Self

from attrs import Attribute, field, frozen
from attrs.validators import deep_iterable, instance_of

_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_NAME_IN_TEXT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def names_in(text: str) -> frozenset[str]:
    """The value names that a sentence mentions, each written `{name}`."""
    return frozenset(_NAME_IN_TEXT.findall(text))


def filled(text: str, words: dict[str, str]) -> str:
    """*text* with every `{name}` replaced by its word. A name without one stays as it is."""
    return _NAME_IN_TEXT.sub(lambda match: words.get(match[1], match[0]), text)


def _is_code(_: object, attribute: "Attribute[str]", value: str) -> None:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError(f"{attribute.name}: not a lower_snake_case code: {value!r}")


def _in_order(values: Iterable[tuple[str, object]]) -> tuple[tuple[str, object], ...]:
    pairs = [(name, value) for name, value in values]
    if not all(isinstance(name, str) for name, _ in pairs):
        raise TypeError("values: every name is a str")
    return tuple(sorted(pairs, key=lambda pair: pair[0]))


@frozen
class Reason:
    """
    One thing that can be said about a refusal, in every language and to programs.

    A module defines its reasons as constants; where one applies it is given its
    values. The constant and what was made from it share the code.

    Attributes:
        code: What programs compare, lower_snake_case, unique in the library.
        text: English sentence; `{name}` stands for a value.
        retryable: The same request may succeed later, unchanged.
        values: Pairs of name and value, sorted by name. A value is a str, int,
            bool, Money, Rate, Currency, Span, date, or aware datetime.

    Raises:
        ValueError: *code* is not lower_snake_case, or *values* are no pairs.
        TypeError: *text* is no str, *retryable* no bool, or *values* have no names.

    Example:
        >>> TOO_LATE = Reason("too_late", "Sales ended on {day}.")
        >>> str(TOO_LATE.given(day="1 March"))
        'Sales ended on 1 March.'
    """

    code: str = field(validator=_is_code)
    text: str = field(validator=instance_of(str))
    retryable: bool = field(default=False, kw_only=True, validator=instance_of(bool))
    values: tuple[tuple[str, object], ...] = field(default=(), kw_only=True, converter=_in_order)

    def given(self, /, **values: object) -> Self:
        """
        The same reason with its values.

        Raises:
            TypeError: The sentence names a value that is missing.
        """
        known = {**dict(self.values), **values}
        missing = names_in(self.text) - known.keys()
        if missing:
            raise TypeError(f"reason {self.code!r} needs {', '.join(sorted(missing))}")
        return type(self)(self.code, self.text, retryable=self.retryable, values=tuple(known.items()))

    def __str__(self) -> str:
        return filled(self.text, {name: str(value) for name, value in self.values})


class Severity(Enum):
    """How much a finding should worry the organizer."""

    ERROR = "error"  # it will not work
    WARNING = "warning"  # it will work, but hardly as meant
    NOTE = "note"  # good to know


@frozen
class Finding:
    """
    Something a check wants the organizer to know, and where it was found.

    Attributes:
        severity: Error, warning or note.
        reason: What was found, with its values.
        where: Path of the declaration, such as `tickets[0].tiers[1].price`; empty for the whole.

    Raises:
        TypeError: An attribute is of another type.

    Example:
        >>> print(Finding(Severity.NOTE, Reason("no_codes", "No code was declared."), "promotions"))
        note: promotions: No code was declared.
    """

    severity: Severity = field(validator=instance_of(Severity))
    reason: Reason = field(validator=instance_of(Reason))
    where: str = field(default="", validator=instance_of(str))

    def __str__(self) -> str:
        return ": ".join(part for part in (self.severity.value, self.where, str(self.reason)) if part)


@frozen
class Skipped:
    """
    A promotion that did not apply, with all its reasons. It is part of a price, not an error.

    Attributes:
        reasons: Every reason that applies, in the order in which they are to be told.
        promotion: The promotion's id; empty where the code belongs to none.
        code: The code as it was typed; empty for an automatic promotion.

    Raises:
        TypeError: An attribute is of another type.

    Example:
        >>> print(Skipped((Reason("expired", "The code has ended."),), code="SAVE15"))
        SAVE15: The code has ended.
    """

    reasons: tuple[Reason, ...] = field(validator=deep_iterable(instance_of(Reason), instance_of(tuple)))
    promotion: str = field(default="", kw_only=True, validator=instance_of(str))
    code: str = field(default="", kw_only=True, validator=instance_of(str))

    def __str__(self) -> str:
        return f"{self.code or self.promotion}: {' '.join(str(reason) for reason in self.reasons)}"
