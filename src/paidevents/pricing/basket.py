"""What a buyer asks for."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from paidevents import checks
from paidevents.catalog.names import identifier
from paidevents.catalog.ticket import price
from paidevents.checks import between, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.reason import Reason

TOO_MANY_LINES = Reason("too_many_lines", "A basket has at most {most} lines.")
TOO_MANY_PLACES = Reason("too_many_places", "A basket has at most {most} places.")
EMPTY_BASKET = Reason("empty_basket", "Nothing was chosen.")
SESSION_TWICE = Reason("session_twice", "A session was chosen twice: {id}.")

MOST_LINES = 100
MOST_PLACES = 1000


@frozen(cache_hash=True)
class Item:
    """
    So many places with one ticket.

    Attributes:
        ticket: Its id.
        count: How many, from 1.
        sessions: Ids of the chosen sessions, where sessions are chosen: a place and a price in each.
        amount: What the buyer gives for each, where the ticket is a donation.

    Raises:
        InvalidValueError: An attribute that cannot be. There is no price here: it comes from the event.
    """

    ticket: str
    count: int = 1
    sessions: tuple[str, ...] = ()
    amount: Money | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            ticket=identifier,
            count=between(1, MOST_PLACES),
            sessions=several(identifier, MOST_PLACES),
            amount=optional(price),
        )
        for place, session in enumerate(self.sessions):
            if session in self.sessions[:place]:
                raise InvalidValueError(f"sessions[{place}]", SESSION_TWICE.given(id=session))

    @property
    def places(self) -> int:
        """Places in all, each session counted."""
        return self.count * max(len(self.sessions), 1)


@frozen(cache_hash=True)
class Basket:
    """
    All that is asked for in one order, checked once and quoted as often as you like.

    Attributes:
        items: At least one line, at most 100; together at most 1000 places.

    Raises:
        InvalidValueError: No line, too many, or something else than items.

    Example:
        >>> Basket.of({"standard": 2, "vip": 1}).places
        3
    """

    items: tuple[Item, ...]

    def __attrs_post_init__(self) -> None:
        if isinstance(self.items, list | tuple) and len(self.items) > MOST_LINES:
            raise InvalidValueError("items", TOO_MANY_LINES.given(most=MOST_LINES))
        settle(self, items=several(of_kind(Item)))
        if not self.items:
            raise InvalidValueError("items", EMPTY_BASKET)
        if self.places > MOST_PLACES:
            raise InvalidValueError("items", TOO_MANY_PLACES.given(most=MOST_PLACES))

    @property
    def places(self) -> int:
        """Places in all."""
        return sum(item.places for item in self.items)

    @classmethod
    def of(cls, wanted: "Basket | Mapping[str, int] | Sequence[Item]") -> "Basket":
        """
        A basket of what people write: counts by ticket id, or items.

        Raises:
            InvalidValueError: Neither of these, or as the class.
        """
        if isinstance(wanted, Basket):
            return wanted
        if isinstance(wanted, Mapping):
            if len(wanted) > MOST_LINES:
                raise InvalidValueError("items", TOO_MANY_LINES.given(most=MOST_LINES))
            return cls(tuple(_item(place, *line) for place, line in enumerate(wanted.items())))
        if isinstance(wanted, list | tuple):
            return cls(tuple(wanted))
        got = type(wanted).__name__
        raise InvalidValueError("basket", checks.WRONG_TYPE.given(expected="Basket, dict, list", got=got))


def _item(place: int, ticket: str, count: int) -> Item:
    try:
        return Item(ticket, count)
    except InvalidValueError as error:
        raise InvalidValueError(f"items[{place}].{error.field}", error.reason) from None
