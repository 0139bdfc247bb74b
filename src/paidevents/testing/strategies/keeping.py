"""Strategies for what a store keeps besides: orders with their money and passes, what is to be done, and accounts."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.event import Event
from paidevents.lifecycle.registration import RegistrationState
from paidevents.payments.payment import Payment
from paidevents.payments.refund import NEVER_MADE, Refund
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Obligation, Task
from paidevents.pricing.plan import Plan
from paidevents.testing.strategies.admission import a_pass
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.orders import an_order
from paidevents.testing.strategies.paying import ACCOUNTS, ORDER, PROVIDERS, a_payment, a_refund
from paidevents.testing.strategies.whole import EVENT

OWNERS = ("42", "acct_7f3", "Étienne-42")
LOCALES = ("en", "fr", "en_GB")
SUBJECTS = ("p1", "r1", "A1-1", "film")
CURSORS = ("", "A1", "2026-01-01T00:00:00Z/A1")
KEYS = ("", "p1:1", "A1/1")
STATEMENTS, SHORT = ("", "THEATRE 42", "Théâtre de la Ville"), ("", "THTR")
SUPPORT = ("", "+33 1 23 45 67 89")
VALUES = (("amount", "20,00 €"), ("reason", "Too late.\nSorry."), ("ticket", "Karta – VIP"), ("until", ""))
TRIES, REFUNDS, MOST_STEPS = (0, 1, 2, 1, 3), (0, 1, 2, 1), 4

_OF_AN_ORDER = (Task.START, Task.CAPTURE, Task.VOID, Task.REFUND)
_TELLS = (Task.TELL, Task.TELL_ALL)
_CONFIRMED = RegistrationState.CONFIRMED.value


def dossiers(event: Event | None = None) -> st.SearchStrategy[Dossier]:
    """
    Orders of *event*, or of any, with up to three payments, what was given back of them, and the passes of its places.

    Example:
        >>> from paidevents.testing.strategies import dossiers
        >>> any_dossier = dossiers()
    """
    plan = None if event is None else Plan(event)
    return made(lambda dice: _a_dossier(dice, plan))


def _a_dossier(dice: Dice, plan: Plan | None) -> Dossier:
    order = an_order(dice, plan)
    tries = dice.choice(TRIES) if order.quotes else 0
    payments = tuple(
        dice.part(partial(a_payment, id=f"p{number}", bounds=order.currency)) for number in range(1, tries + 1)
    )
    had = [one.id for one in order.registrations if any(move.state == _CONFIRMED for move in one.history)]
    return Dossier(
        order=order,
        payments=payments,
        refunds=tuple(_refunds(dice, payments)),
        passes=tuple(dice.part(partial(a_pass, id=id, registration=id)) for id in had),
        **(_besides(dice.together()) if dice.one_in(2) else {}),
    )


def _refunds(dice: Dice, payments: Sequence[Payment]) -> Iterator[Refund]:
    """Of each payment that was received none, one or two, which are no more than it in all."""
    number = 0
    for payment in payments:
        left = payment.received
        for _ in range(dice.choice(REFUNDS)):
            if left:
                number += 1
                refund = dice.part(partial(a_refund, id=f"r{number}", payment=payment, most=left))
                left -= refund.amount
                yield refund


def _besides(dice: Dice) -> dict[str, Any]:
    return {
        "account": dice.choice(("", *OWNERS)),
        "locale": dice.choice(LOCALES),
        "entries": dice.below(10**4),
        "obligations": dice.below(10**4),
    }


def obligations() -> st.SearchStrategy[Obligation]:
    """What is to be done, of every kind: not begun, somebody at it, put off, on some page, stuck, or done."""
    return made(_an_obligation)


def _an_obligation(dice: Dice) -> Obligation:
    task, at = dice.choice(tuple(Task)), _a_moment(dice)
    needs_order = task in _OF_AN_ORDER
    due = Obligation(
        id=f"{ORDER}/{dice.below(100)}",
        task=task,
        event=EVENT,
        order=ORDER if needs_order or dice.one_in(2) else "",
        subject=dice.choice(SUBJECTS if needs_order else (*SUBJECTS, "")),
        key=dice.choice(KEYS),
        made_at=at,
        due_at=at + timedelta(minutes=dice.below(1000)),
        message=dice.choice(tuple(MessageKind)) if task in _TELLS else None,
        values=dice.some(VALUES, len(VALUES)),
    )
    for _ in range(dice.below(MOST_STEPS + 1)):
        at += timedelta(minutes=dice.below(1000))
        due = dice.choice(_TRIES)(due, at, dice)
    return due


_TRIES: tuple[Callable[[Obligation, datetime, Dice], Obligation], ...] = (
    *(lambda due, at, dice: due.claimed(at),) * 3,
    lambda due, at, dice: due.later(at),
    lambda due, at, dice: due.on_page(dice.choice(CURSORS)),
    lambda due, at, dice: due.left_to_a_person(NEVER_MADE),
    lambda due, at, dice: due.done(at),
)


def connections() -> st.SearchStrategy[Connection]:
    """Accounts that money goes to, and those that it went to once."""
    return made(_a_connection)


def _a_connection(dice: Dice) -> Connection:
    since = _a_moment(dice)
    connection = Connection(
        owner=dice.choice(OWNERS),
        provider=dice.choice(PROVIDERS),
        account=dice.choice(ACCOUNTS),
        statement=dice.choice(STATEMENTS),
        short_statement=dice.choice(SHORT),
        support=dice.choice(SUPPORT),
        connected_at=since,
    )
    return connection.disconnected(since + timedelta(days=dice.below(100))) if dice.one_in(3) else connection


def _a_moment(dice: Dice) -> datetime:
    return NEW_YEAR + timedelta(seconds=dice.below(10**7))
