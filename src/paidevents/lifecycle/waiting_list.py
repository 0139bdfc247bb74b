"""
What becomes of an entry in a waiting list.

Joining reserves and prices nothing. An offer is a hold with a price of its own
moment, good for a while; what is not taken up is offered to the next.
"""

from datetime import datetime
from enum import Enum

from attrs import frozen

from paidevents.machine import Guard, Machine, Row
from paidevents.reason import Reason


class WaitingState(Enum):
    """Where an entry stands."""

    WAITING = "waiting"
    OFFERED = "offered"  # a place is held for it
    TAKEN = "taken"
    LAPSED = "lapsed"  # the offer was not taken up
    LEFT = "left"  # the person no longer wants a place
    CLOSED = "closed"  # there will be none any more


class WaitingTrigger(Enum):
    """What happens to an entry."""

    OFFER = "offer"
    TAKE = "take"
    EXPIRE = "expire"
    LEAVE = "leave"
    CLOSE = "close"


class WaitingEffect(Enum):
    """What a move of an entry means."""

    HOLD_PLACE = "hold_place"
    SEND_OFFER = "send_offer"
    GIVE_BACK = "give_back"
    OFFER_NEXT = "offer_next"
    TELL_CLOSED = "tell_closed"


@frozen(kw_only=True)
class WaitingFacts:
    """
    What a guard may look at.

    Attributes:
        at: The moment.
        offer_until: When its offer ends; None if it has none.
        place_is_free: A place can be held for it.
    """

    at: datetime
    offer_until: datetime | None = None
    place_is_free: bool = True


PLACE_IS_FREE = Guard[WaitingFacts](lambda f: f.place_is_free, Reason("place_is_free", "No place is free."))
OFFER_IS_GOOD = Guard[WaitingFacts](
    lambda f: f.offer_until is not None and f.at < f.offer_until, Reason("offer_is_good", "The offer has ended.")
)
OFFER_IS_OVER = Guard[WaitingFacts](
    lambda f: f.offer_until is not None and f.at >= f.offer_until, Reason("offer_is_over", "The offer is still good.")
)

S, T, E = WaitingState, WaitingTrigger, WaitingEffect

WAITING_LIST: Machine[WaitingState, WaitingTrigger, WaitingFacts, WaitingEffect] = Machine(
    name="waiting_list",
    initial=S.WAITING,
    triggers=T,
    rows=(
        Row(S.WAITING, T.OFFER, S.OFFERED, PLACE_IS_FREE, (E.HOLD_PLACE, E.SEND_OFFER)),
        Row(S.WAITING, T.LEAVE, S.LEFT),
        Row(S.WAITING, T.CLOSE, S.CLOSED, then=(E.TELL_CLOSED,)),
        Row(S.OFFERED, T.TAKE, S.TAKEN, OFFER_IS_GOOD),
        Row(S.OFFERED, T.EXPIRE, S.LAPSED, OFFER_IS_OVER, (E.GIVE_BACK, E.OFFER_NEXT)),
        Row(S.OFFERED, T.LEAVE, S.LEFT, then=(E.GIVE_BACK, E.OFFER_NEXT)),
        Row(S.OFFERED, T.CLOSE, S.CLOSED, then=(E.GIVE_BACK, E.TELL_CLOSED)),
    ),
)
