"""What an order keeps besides its places: what was given back, priced anew, or waits to be changed."""

from attrs import frozen

from paidevents.checks import between, of_kind, optional, settle, several, text
from paidevents.pricing.counters import Take
from paidevents.pricing.given_back import RefundDue
from paidevents.pricing.quote import Quote
from paidevents.registration.hold import Hold
from paidevents.registration.registration import MOST_QUOTES, MOST_UNITS


@frozen(kw_only=True)
class Given:
    """
    Money that was decided to be given back for places of an order.

    Attributes:
        quote: In which of its quotes the places are.
        refund: How much of each.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    quote: int
    refund: RefundDue

    def __attrs_post_init__(self) -> None:
        settle(self, quote=between(0, MOST_QUOTES - 1), refund=of_kind(RefundDue))


@frozen(kw_only=True)
class Change:
    """
    A change of ticket that waits for the payment of the difference.

    Attributes:
        registration: Whose.
        quote: The price of what it will have instead.
        hold: How long the new places are held.
        takes: What was taken for it, by counter, besides what the order had; it comes back if nothing comes of it.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    registration: str
    quote: Quote
    hold: Hold
    takes: tuple[Take, ...] = ()

    def __attrs_post_init__(self) -> None:
        takes = several(of_kind(Take))
        settle(self, registration=text, quote=of_kind(Quote), hold=of_kind(Hold), takes=takes)


@frozen(kw_only=True)
class Repriced:
    """
    A quote that priced places anew which somebody keeps. They are the same places: nothing was taken for them again.

    Attributes:
        quote: Which of the order's quotes it is.
        of: In which the places had been before.
        units: Their positions there, in the order of the new quote.
        unpaid: What of the fresh price there was no money for: it counts as given back. None for nothing.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    quote: int
    of: int
    units: tuple[int, ...]
    unpaid: RefundDue | None = None

    def __attrs_post_init__(self) -> None:
        number = between(0, MOST_QUOTES - 1)
        units = several(between(0, MOST_UNITS - 1), MOST_UNITS)
        settle(self, quote=number, of=number, units=units, unpaid=optional(of_kind(RefundDue)))
