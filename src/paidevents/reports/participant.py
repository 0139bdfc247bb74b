"""One attendee as the organizer sees them: what was paid for the places, by whom, and under which conditions."""

from datetime import datetime
from enum import Enum

from attrs import frozen

from paidevents.catalog.names import identifier
from paidevents.catalog.people import Role
from paidevents.checks import instant, integer, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationState
from paidevents.money.amount import Money
from paidevents.reports.asked import one_currency


class PaymentStatus(Enum):
    """What was paid for the places of an attendee, and what has become of it."""

    UNPAID = "unpaid"  # it is due
    SET_ASIDE = "set_aside"  # and not yet taken: the organizer decides first
    PAID = "paid"
    WAIVED = "waived"  # the organizer confirmed it unpaid
    FREE = "free"  # there was nothing to pay
    COMPLIMENTARY = "complimentary"  # a speaker's or co-organizer's: nobody ever pays for it
    PARTLY_GIVEN_BACK = "partly_given_back"  # and the rest is kept
    GIVEN_BACK = "given_back"  # nothing of it is kept
    REFUND_OWED = "refund_owed"  # decided, and not made yet
    LOST = "lost"  # paid, and then the payment failed or was lost in a dispute
    VOID = "void"  # never paid, and no longer due: the places are gone


@frozen
class Discount:
    """
    What a promotion took off.

    Attributes:
        promotion: Its id.
        code: The code, as the organizer wrote it; empty if it needed none.
        amount: What it took off; below zero if it made something dearer.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Example:
        >>> print(Discount("spring", "SAVE20", Money.of("4.00", "EUR")))
        spring (SAVE20): 4.00 EUR
    """

    promotion: str
    code: str
    amount: Money

    def __attrs_post_init__(self) -> None:
        settle(self, promotion=identifier, code=of_kind(str), amount=of_kind(Money))

    def __str__(self) -> str:
        return f"{self.promotion} ({self.code}): {self.amount}" if self.code else f"{self.promotion}: {self.amount}"


@frozen(kw_only=True, repr=False)
class Participant:
    """
    An attendee and what was paid (CM-19).

    `charged - given_back + adjusted`, over all whose places were sold, is what
    is kept of their orders.

    Attributes:
        event: Id of the event.
        order: Id of the order.
        registration: Id of the registration.
        name: None once the person was erased.
        email: The same.
        role: Attendee, speaker or co-organizer.
        state: Where the registration stands.
        order_state: Where its order stands.
        payment: What was paid, in a word.
        tickets: Ids of the tickets, one for each place; none for places that nobody pays for.
        tiers: Ids of their tiers, in the same order; empty at base price.
        sessions: Ids of their sessions, in the same order; empty where none is chosen.
        list_price: Of the places, before any discount.
        discounts: What promotions took off.
        charged: What the buyer pays, or was to pay, for them: fees and tax included; nothing where it was waived.
        before_tax: The same without tax.
        tax: The tax in it.
        given_back: What of it was decided to be given back.
        refund_owed: What of that is not on its way yet.
        adjusted: What changes of price came to: above zero by what the places cost more before they were changed;
            below zero by what was paid for them and pays for others of the order, which were priced anew.
        buyer_name: Who pays; None once the person was erased.
        buyer_email: The same.
        answers: Pairs of a question's id and the answer.
        placed_at: When it was ordered, in UTC.
        approved_by: Who approved it, as the history names them; empty if nobody had to.
        waived_by: Who confirmed it unpaid (CM-20).

    Raises:
        InvalidValueError: An attribute that cannot be.
        CurrencyMismatchError: Two currencies.
        NaiveDatetimeError: The moment has no zone.
    """

    event: str
    order: str
    registration: str
    name: str | None
    email: str | None
    role: Role
    state: RegistrationState
    order_state: OrderState
    payment: PaymentStatus
    tickets: tuple[str, ...]
    tiers: tuple[str, ...]
    sessions: tuple[str, ...]
    list_price: Money
    discounts: tuple[Discount, ...]
    charged: Money
    before_tax: Money
    tax: Money
    given_back: Money
    refund_owed: Money
    adjusted: Money
    buyer_name: str | None
    buyer_email: str | None
    answers: tuple[tuple[str, str], ...]
    placed_at: datetime
    approved_by: str
    waived_by: str

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            event=identifier,
            order=text,
            registration=text,
            name=optional(text),
            email=optional(text),
            role=of_kind(Role),
            state=of_kind(RegistrationState),
            order_state=of_kind(OrderState),
            payment=of_kind(PaymentStatus),
            tickets=_texts,
            tiers=_texts,
            sessions=_texts,
            discounts=several(of_kind(Discount)),
            answers=several(_answer),
            buyer_name=optional(text),
            buyer_email=optional(text),
            placed_at=instant,
            approved_by=text_or_nothing,
            waived_by=text_or_nothing,
            **dict.fromkeys(_AMOUNTS, of_kind(Money)),
        )
        amounts: list[Money] = [getattr(self, name) for name in _AMOUNTS]
        one_currency(*amounts, *(discount.amount for discount in self.discounts))

    def __repr__(self) -> str:
        return f"Participant({self.registration!r}, …)"


_AMOUNTS = ("list_price", "charged", "before_tax", "tax", "given_back", "refund_owed", "adjusted")
_texts = several(of_kind(str))


def _answer(value: object, field: str) -> tuple[str, str]:
    """A pair of a question's id and what was answered."""
    pair = _texts(value, field)
    integer(len(pair), field, 2, 2)
    return pair[0], pair[1]
