"""
Sentences for people, from reasons.

English stands with each reason; other languages come from the catalogs beside
this file, by the reason's code. A language without a catalog, and a reason that
a catalog does not know (a host's own), is told in English, its amounts and
dates as the locale asked for writes them.
"""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from paidevents import checks
from paidevents.errors import InvalidValueError, PaidEventsError
from paidevents.explain.words import word
from paidevents.money.format import locale_of
from paidevents.reason import Finding, Reason, Skipped, filled


def explain(subject: Reason | Finding | Skipped | PaidEventsError, locale: str) -> str:
    """
    What *subject* says, in the language of *locale*; several reasons make several sentences.

    Args:
        subject: A reason, or anything that has reasons: an error, a finding, a skipped promotion.
        locale: Such as "fr" or "en-GB"; English where there is no catalog for its language.

    Raises:
        InvalidValueError: *locale* is unknown, or *subject* is something else.

    Example:
        >>> from paidevents import Money, amount_rule, EUR
        >>> too_little, = amount_rule("stripe", EUR).refusals(Money.of("0.20", EUR))
        >>> explain(too_little, "fr")
        'Un paiement en ligne est d’au moins 0,50\\xa0€.'
    """
    return " ".join(_sentence(reason, locale) for reason in _reasons(subject))


def _reasons(subject: object) -> tuple[Reason, ...]:
    match subject:
        case Reason():
            return (subject,)
        case Finding():
            return (subject.reason,)
        case Skipped() | PaidEventsError():
            return subject.reasons
    got = type(subject).__name__
    raise InvalidValueError(
        "subject", checks.WRONG_TYPE.given(expected="Reason, Finding, Skipped, PaidEventsError", got=got)
    )


def _sentence(reason: Reason, locale: str) -> str:
    text = _catalog(locale_of(locale).language).gettext(reason.code)
    # gettext answers with the key itself where it has no translation.
    known = reason.text if text == reason.code else text
    return filled(known, {name: word(value, locale) for name, value in reason.values})


@lru_cache
def _catalog(language: str) -> NullTranslations:
    compiled = files("paidevents.explain") / "catalogs" / f"{language}.mo"
    if not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)
