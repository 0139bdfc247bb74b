"""
Promotions: what they take off, of what, for whom, how often, and together with which others.

Effects, picks and limits are declared here and computed in `pricing`.
"""

from enum import Enum

from attrs import frozen

from paidevents.catalog.code import PromoCode
from paidevents.catalog.effects import Effect, effect_of
from paidevents.catalog.names import identifier
from paidevents.catalog.ticket import one_a_currency
from paidevents.checks import INT64_MAX, between, of_kind, optional, settle, several, text, text_or_nothing
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.reason import Reason
from paidevents.timing.window import Window

BAD_PICK = Reason("bad_pick", "Of every {every} places at most {every} can be picked.")
AUTOMATIC_OR_CODES = Reason("automatic_or_codes", "An automatic promotion has no codes.")
NOTHING_TO_GAIN = Reason("nothing_to_gain", "It takes nothing off and opens no ticket.")
CODE_TWICE = Reason("code_twice", "The code {code} reads like another one of this promotion.")

STANDARD = "standard"


class Scope(Enum):
    """What a promotion is taken off."""

    UNIT = "unit"  # each place by itself
    ORDER = "order"  # all of its places together, once


@frozen(kw_only=True)
class Match:
    """
    What a promotion can be taken off. Empty means everything.

    Attributes:
        tickets: Ids of tickets.
        tiers: Ids of tiers; a place at base price has none.
        events: Ids of events, for a promotion that an organizer shares among them.

    Raises:
        InvalidValueError: Something else than ids.
    """

    tickets: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        settle(self, tickets=several(identifier), tiers=several(identifier), events=several(identifier))


class Order(Enum):
    """Which places are picked first; those of one list price in the order of the basket."""

    DEAREST = "dearest"
    CHEAPEST = "cheapest"


@frozen(kw_only=True)
class Pick:
    """
    Some of the matching places of an order, by their list price.

    `Pick(count=1)` is the dearest one, `Pick(count=1, order=Order.CHEAPEST,
    every=3)` "buy three, the cheapest is free": one for each full three.

    Attributes:
        count: How many.
        order: Which ones.
        every: If given, that many for each full group of this size.

    Raises:
        InvalidValueError: Not positive, or more of a group than there are in it.
    """

    count: int
    order: Order = Order.DEAREST
    every: int | None = None

    def __attrs_post_init__(self) -> None:
        settle(self, count=between(1, 1000), order=of_kind(Order), every=optional(between(1, 1000)))
        if self.every is not None and self.count > self.every:
            raise InvalidValueError("count", BAD_PICK.given(every=self.every))


class LimitOf(Enum):
    """What a limit counts."""

    ORDERS = "orders"
    UNITS = "units"  # places that got a discount
    AMOUNT = "amount"  # minor units taken off, a budget


class LimitPer(Enum):
    """For whom it counts them."""

    PROMOTION = "promotion"
    CODE = "code"  # each code by itself
    CUSTOMER = "customer"  # each identity of a customer by itself


@frozen
class Limit:
    """
    How much of a promotion there is.

    Attributes:
        of: What is counted: orders, places, or minor units of the event's currency.
        most: How many. Nothing is granted in part.
        per: For the whole promotion, for each code, or for each customer.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Source:
        CM-09.
    """

    of: LimitOf
    most: int
    per: LimitPer = LimitPer.PROMOTION

    def __attrs_post_init__(self) -> None:
        settle(self, of=of_kind(LimitOf), most=between(0, INT64_MAX), per=of_kind(LimitPer))


class Restore(Enum):
    """When a use is given back after the order was paid."""

    NEVER = "never"
    ON_FULL_REFUND = "on_full_refund"
    ON_ANY_REFUND = "on_any_refund"


@frozen(kw_only=True)
class Promotion:
    """
    A rule that takes something off, or opens a hidden ticket, or both.

    Two promotions combine if each one's `combines_with` has the other's
    `stacking_class`; with none named there, it stands alone.

    Attributes:
        id: Unique in its event.
        version: Raised by whoever changes it; stored with every price it made.
        name: For people.
        effect: What it takes off; None if it only opens tickets.
        scope: Of each place by itself, or of all its places together.
        match: Of which places.
        pick: Of how many of those; None for all.
        window: When it holds.
        channels: Where the order must come from; empty for anywhere.
        currencies: In which currencies it holds; empty for all.
        least_units: How many places it must match.
        least_subtotal: What those must come to at list price, by currency.
        first_purchase: Only for a customer's first order.
        customers: Identity keys of those it is for; empty for everyone.
        automatic: It needs no code.
        enabled: Switched off, it is as if it were not there.
        codes: The codes it can be asked for with.
        limits: How much of it there is.
        opens: Ids of hidden tickets that can be bought with it.
        stacking_class: Its class.
        combines_with: The classes that it combines with.
        priority: Who is credited first; it never changes a price.
        restore: When a use is given back.

    Raises:
        InvalidValueError: Codes of an automatic one, neither effect nor opened
            ticket, codes that read alike, or an attribute that cannot be.
    """

    id: str
    effect: Effect | None = None
    version: int = 1
    name: str = ""
    scope: Scope = Scope.UNIT
    match: Match = Match()
    pick: Pick | None = None
    window: Window = Window()
    channels: tuple[str, ...] = ()
    currencies: tuple[Currency, ...] = ()
    least_units: int = 0
    least_subtotal: tuple[Money, ...] = ()
    first_purchase: bool = False
    customers: tuple[str, ...] = ()
    automatic: bool = False
    enabled: bool = True
    codes: tuple[PromoCode, ...] = ()
    limits: tuple[Limit, ...] = ()
    opens: tuple[str, ...] = ()
    stacking_class: str = STANDARD
    combines_with: tuple[str, ...] = (STANDARD,)
    priority: int = 0
    restore: Restore = Restore.ON_FULL_REFUND

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=identifier,
            effect=optional(effect_of),
            version=between(1, INT64_MAX),
            name=text_or_nothing,
            scope=of_kind(Scope),
            match=of_kind(Match),
            pick=optional(of_kind(Pick)),
            window=of_kind(Window),
            channels=several(identifier),
            currencies=several(of_kind(Currency)),
            least_units=between(0, 1000),
            least_subtotal=one_a_currency,
            first_purchase=of_kind(bool),
            customers=several(text, 100_000),
            automatic=of_kind(bool),
            enabled=of_kind(bool),
            codes=several(of_kind(PromoCode), 100_000),
            limits=several(of_kind(Limit), 20),
            opens=several(identifier),
            stacking_class=identifier,
            combines_with=several(identifier, 100),
            priority=between(-1000, 1000),
            restore=of_kind(Restore),
        )
        if self.automatic and self.codes:
            raise InvalidValueError("codes", AUTOMATIC_OR_CODES)
        if self.effect is None and not self.opens:
            raise InvalidValueError("effect", NOTHING_TO_GAIN)
        keys: set[str] = set()
        for place, code in enumerate(self.codes):
            if code.key in keys:
                raise InvalidValueError(f"codes[{place}]", CODE_TWICE.given(code=code.text))
            keys.add(code.key)
