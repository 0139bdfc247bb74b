"""What reports are made of, as a host hands it over: any number of things, none of them with an id twice."""

from collections.abc import Iterable
from typing import TypeVar

from paidevents.catalog.names import HasId, listed
from paidevents.checks import of_kind, several
from paidevents.errors import CurrencyMismatchError
from paidevents.money.amount import Money

T = TypeVar("T")
Named = TypeVar("Named", bound=HasId)

MOST = 1_000_000


def named(things: object, field: str, kind: type[Named]) -> tuple[Named, ...]:
    """*things*, if they are of *kind*, and no id comes twice."""
    return listed(kind, MOST)(_in_a_list(things), field)


def things_of(things: object, field: str, kind: type[T]) -> tuple[T, ...]:
    """*things*, if they are of *kind*."""
    return several(of_kind(kind), MOST)(_in_a_list(things), field)


def one_currency(*amounts: Money) -> None:
    """
    Make sure that all *amounts* are in the currency of the first.

    Raises:
        CurrencyMismatchError: One is not.
    """
    for amount in amounts:
        if amount.currency != amounts[0].currency:
            raise CurrencyMismatchError(amounts[0].currency.code, amount.currency.code)


def _in_a_list(things: object) -> object:
    return list(things) if isinstance(things, Iterable) else things
