"""One reason in the language of a locale, and which of several are told to a person."""

from collections.abc import Iterable
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from paidevents.errors import ILLEGAL_TRANSITION
from paidevents.explain.state_words import phrases_for
from paidevents.explain.words import word
from paidevents.machine import NOT_A_HISTORY
from paidevents.money.format import locale_of
from paidevents.pricing.reasons import CONCEALED, MIXED_SCRIPT
from paidevents.reason import Reason, filled

_ABOUT_TABLES = {ILLEGAL_TRANSITION.code, NOT_A_HISTORY.code}


def translated(reason: Reason, locale: str) -> str:
    """
    What *reason* says in the language of *locale*, its values as that locale writes them.

    What is said of a table, such as that a transition is not possible, names its
    states and triggers in words, not by their codes.

    Raises:
        InvalidValueError: *locale* is unknown.
    """
    text = _catalog(locale_of(locale).language).gettext(reason.code)
    # gettext answers with the key itself where it has no translation.
    known = reason.text if text == reason.code else text
    words = {name: word(value, locale) for name, value in reason.values}
    if reason.code in _ABOUT_TABLES:
        phrases = phrases_for(*(words.get(name) for name in ("machine", "state", "trigger")))
        words |= {name: translated(phrase, locale) for name, phrase in phrases.items()}
    return filled(known, words)


def sentences(reasons: Iterable[Reason], locale: str) -> str:
    """What *reasons* say to a person, one sentence after the other, none twice."""
    return " ".join(dict.fromkeys(translated(reason, locale) for reason in told(reasons)))


def told(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """
    Those of *reasons* that a person is told.

    Where one says that a code is not valid, only that is said, and at most that
    its letters are of several alphabets: who tries codes learns nothing more.
    """
    given = tuple(reasons)
    concealed = [reason for reason in given if reason.code in CONCEALED]
    return (concealed[0], *(one for one in given if one.code == MIXED_SCRIPT.code)) if concealed else given


@lru_cache
def _catalog(language: str) -> NullTranslations:
    compiled = files("paidevents.explain") / "catalogs" / f"{language}.mo"
    if not compiled.is_file():
        return NullTranslations()
    with compiled.open("rb") as file:
        return GNUTranslations(file)
