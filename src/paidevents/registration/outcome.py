"""What a decision about an order comes to: the order after it, and everything that has to happen with it."""

from collections.abc import Iterable

from attrs import frozen

from paidevents.checks import WRONG_TYPE, of_kind, settle, several, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.lifecycle.order import OrderEffect
from paidevents.lifecycle.registration import RegistrationEffect
from paidevents.money.amount import Money
from paidevents.pricing.counters import Take
from paidevents.registration.order import Order
from paidevents.registration.parts import Given

MOST_MEANT = 100_000


def _effect(value: object, field: str) -> OrderEffect | RegistrationEffect:
    if isinstance(value, OrderEffect | RegistrationEffect):
        return value
    expected, got = "OrderEffect, RegistrationEffect", type(value).__name__
    raise InvalidValueError(field, WRONG_TYPE.given(expected=expected, got=got))


@frozen
class Meant:
    """
    What a move means, and for whom.

    Attributes:
        effect: Of the order's table or a registration's.
        registration: Whose; empty for the whole order.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    effect: OrderEffect | RegistrationEffect
    registration: str = ""

    def __attrs_post_init__(self) -> None:
        settle(self, effect=_effect, registration=text_or_nothing)


@frozen(kw_only=True)
class Outcome:
    """
    A decision about an order. It is stored whole, or not at all.

    Attributes:
        order: The order after it.
        meant: What its moves mean, in order.
        takes: What is taken, by counter.
        gives: What is given back, by counter.
        given: What was decided to be given back for places; the order has it too.
        in_vain: What was received and buys nothing: it goes back.
        forgiven: What was due and is not asked for any more.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    order: Order
    meant: tuple[Meant, ...] = ()
    takes: tuple[Take, ...] = ()
    gives: tuple[Take, ...] = ()
    given: tuple[Given, ...] = ()
    in_vain: Money
    forgiven: Money

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            order=of_kind(Order),
            meant=several(of_kind(Meant), MOST_MEANT),
            takes=several(of_kind(Take), MOST_MEANT),
            gives=several(of_kind(Take), MOST_MEANT),
            given=several(of_kind(Given)),
            in_vain=of_kind(Money),
            forgiven=of_kind(Money),
        )

    def means(self, effect: OrderEffect | RegistrationEffect) -> tuple[str, ...]:
        """Whom *effect* is meant for: ids of registrations, or an empty one for the whole order."""
        return tuple(meant.registration for meant in self.meant if meant.effect is effect)


def outcome(
    order: Order,
    meant: Iterable[Meant],
    *,
    takes: Iterable[Take] = (),
    gives: Iterable[Take] = (),
    given: tuple[Given, ...] = (),
    in_vain: Money | None = None,
    forgiven: Money | None = None,
) -> Outcome:
    """An outcome, its counters added up by name: what is both taken and given back is neither."""
    taken, returned = netted(takes, gives)
    nothing = Money.zero(order.currency)
    return Outcome(
        order=order,
        meant=tuple(meant),
        takes=taken,
        gives=returned,
        given=given,
        in_vain=in_vain or nothing,
        forgiven=forgiven or nothing,
    )


def netted(takes: Iterable[Take], gives: Iterable[Take]) -> tuple[tuple[Take, ...], tuple[Take, ...]]:
    """What is taken and what is given back when both are added up by counter."""
    wanted, returned = tuple(takes), tuple(gives)
    if not returned and len({take.counter for take in wanted}) == len(wanted):
        return tuple(sorted(wanted)), ()  # as a reservation: nothing is to be added up
    counts: dict[str, int] = {}
    limits: dict[str, int | None] = {}
    for sign, counted in ((1, wanted), (-1, returned)):
        for take in counted:
            counts[take.counter] = counts.get(take.counter, 0) + sign * take.count
            limits.setdefault(take.counter, take.limit)
    return (
        tuple(Take(name, count, limits[name]) for name, count in sorted(counts.items()) if count > 0),
        tuple(Take(name, -count, limits[name]) for name, count in sorted(counts.items()) if count < 0),
    )
