"""
Sentences for people, from reasons.

English stands with each reason; other languages come from the catalogs beside
this file, by the reason's code. A language without a catalog, and a reason that
a catalog does not know (a host's own), is told in English, its amounts and
dates as the locale asked for writes them.
"""

from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

from paidevents import checks, pricing
from paidevents.errors import InvalidValueError, PaidEventsError
from paidevents.explain.state_words import phrase_of
from paidevents.explain.translated import sentences, translated
from paidevents.reason import Finding, Reason, Skipped

if TYPE_CHECKING:
    from paidevents.catalog.event import Event
    from paidevents.lifecycle.all_machines import AnyState, AnyTrigger
    from paidevents.pricing.parts import Line
    from paidevents.pricing.quote import Quote


def explain(
    subject: "Reason | Finding | Skipped | Line | Quote | PaidEventsError | AnyState | AnyTrigger",
    locale: str,
    *,
    event: "Event | None" = None,
) -> str:
    """
    What *subject* says, in the language of *locale*; several reasons make several sentences.

    A quote answers "why was that price?", a line of text for each step of it. Of
    a code that is not valid no more is told than that, whatever the reason. A
    state or a trigger of `paidevents.lifecycle` is told in a word or two, for a
    page that shows it.

    Args:
        subject: A reason, or anything that has reasons: an error, a finding, a
            skipped promotion, a line of a quote, a quote; or a state or a trigger.
        locale: Such as "fr" or "en-GB"; English where there is no catalog for its language.
        event: Of a quote, for its names and its time zone; without it, ids and UTC.

    Raises:
        InvalidValueError: *locale* is unknown, or *subject* is something else.

    Example:
        >>> from paidevents import Money, amount_rule, EUR
        >>> too_little, = amount_rule("stripe", EUR).refusals(Money.of("0.20", EUR))
        >>> explain(too_little, "fr")
        'Un paiement en ligne est d’au moins 0,50\\xa0€.'
        >>> from paidevents.lifecycle import OrderState, PaymentState, RegistrationTrigger
        >>> [explain(member, "fr") for member in (OrderState.PAID, PaymentState.PAID, RegistrationTrigger.CANCEL)]
        ['payée', 'payé', 'annuler']
    """
    return _told(subject, locale, event)


def _told(subject: object, locale: str, event: "Event | None") -> str:
    match subject:
        case Reason():
            return translated(subject, locale)
        case Finding():
            return translated(subject.reason, locale)
        case Skipped() | PaidEventsError():
            return sentences(subject.reasons, locale)
        case pricing.Line():
            return translated(subject.reason, locale)
        case pricing.Quote():
            prices = import_module("paidevents.explain.prices")  # heavy, and most of what is explained is no price
            return "\n".join(prices.story(subject, locale, prices.Names(event)))
        case Enum() if phrase := phrase_of(subject):
            return translated(phrase, locale)
    expected = "Reason, Finding, Skipped, Line, Quote, PaidEventsError, a state, a trigger"
    got = type(subject).__name__
    raise InvalidValueError("subject", checks.WRONG_TYPE.given(expected=expected, got=got))
