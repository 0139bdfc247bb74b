"""What an organizer, or a platform for its organizers, decides between."""

from enum import Enum


class PercentMode(Enum):
    """How percentages of one stage come together."""

    COMPOUND = "compound"  # 10 % and 20 % are 28 %
    ADD = "add"  # 30 %, at most 100 %


class BelowMinimum(Enum):
    """What happens to a discounted total between nothing and what a provider charges at least."""

    RAISE = "raise"  # it is raised to that
    FREE = "free"  # it is waived
    REJECT = "reject"  # the order is refused


class Selection(Enum):
    """Which promotions are taken, of those that apply."""

    EXPLICIT = "explicit"  # all that were asked for; if they do not combine, the best of them for the buyer
    BEST = "best"  # the best for the buyer, and no code is spent in vain


class Approval(Enum):
    """Who lets a buyer in."""

    AUTOMATIC = "automatic"  # the payment does
    MANUAL = "manual"  # the organizer does, after the payment


class Capture(Enum):
    """When money is taken, where the organizer approves."""

    AT_ONCE = "at_once"
    ON_APPROVAL = "on_approval"  # authorized at once, captured when approved


class LatePayment(Enum):
    """What happens to money that arrives after its places were given up."""

    ACCEPT_IF_ROOM = "accept_if_room"  # the buyer gets places while there are any, else the money back
    REFUND = "refund"
    REVIEW = "review"  # the organizer decides
