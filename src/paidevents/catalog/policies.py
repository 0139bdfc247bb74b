"""Policies: what an organizer, or a platform for its organizers, has decided. Values, read by one engine."""

from attrs import frozen

from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.decisions import Approval, BelowMinimum, Capture, LatePayment, PercentMode, Selection
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.names import identifier
from paidevents.catalog.ticket import one_a_currency, price
from paidevents.checks import INT64_MAX, between, instance, of_kind, optional, settle, several
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.amount_rules import EMPTY_RANGE
from paidevents.money.currency import Currency
from paidevents.reason import Reason
from paidevents.timing.deadline import Span

QUOTE_LASTS_TOO_LONG = Reason("quote_lasts_too_long", "A quote lasts from 1 minute to 7 days.")
HOLD_TOO_LONG = Reason("hold_too_long", "Seats are held from 1 minute to 7 days.")
MONTHS_NOT_ALLOWED = Reason("months_not_allowed", "It is counted in days, hours and minutes, not in months.")
LONGEST_HOLD_TOO_SHORT = Reason("longest_hold_too_short", "No hold is shorter than {hold}.")
LASTS_NO_TIME = Reason("lasts_no_time", "It lasts no time at all.")

# What is searched for the best combination: 2^12 sets of promotions at most.
MOST_CANDIDATES = 12

_MINUTES_OF_A_WEEK = 7 * 24 * 60


@frozen
class ChargeMinimum:
    """
    The least charge with a provider, where a platform's is higher than the provider's own.

    Attributes:
        provider: Its name.
        amount: The least charge.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Source:
        CM-13.
    """

    provider: str
    amount: Money

    def __attrs_post_init__(self) -> None:
        settle(self, provider=identifier, amount=price)


@frozen
class ProviderCurrencies:
    """
    The currencies in which a platform offers a provider, where they are not all that the provider takes.

    Attributes:
        provider: Its name.
        currencies: The currencies.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Source:
        CM-14 ("with Stripe only"), CM-27.
    """

    provider: str
    currencies: tuple[Currency, ...]

    def __attrs_post_init__(self) -> None:
        settle(self, provider=identifier, currencies=several(of_kind(Currency)))


@frozen(kw_only=True)
class Policy:
    """
    The rules that are not the event's own. The defaults allow everything.

    Attributes:
        codes_enabled: Promotions with codes are in use.
        tiers_enabled: Reduced tiers are in use.
        max_codes: The most codes in one order; None for as many as combine.
        percent_mode: How percentages come together.
        below_minimum: What happens below a provider's minimum.
        selection: Which promotions are taken.
        step: Every amount is a multiple of so many minor units: 5 for Swiss cash.
        list_minimums: The least declared price, by currency.
        list_maximums: The most, by currency.
        charge_minimums: Least charges above a provider's own.
        currencies: The currencies that events may have; empty for all.
        kinds: The kinds that they may be of; empty for all.
        providers: The providers that they may have; empty for all.
        provider_currencies: Where a provider is offered in some of its currencies only.
        max_capacity: The most places an event may offer; None for no limit.
        attendance_limit: How many can be present at once; None for all. More may be sold.
        most_per_order: The most places in one order.
        price_locked: Prices, currency, fees and tax mode stay as they were when the event was scheduled.
        sells_recording: A dated event stays on sale after it has taken place.
        approval: Who lets a buyer in.
        capture: When money is taken.
        decide_within: How long the organizer takes to approve.
        quote_lasts: How long a quote is good for, if no price changes before.
        hold: How long seats are held for an order, from 1 minute to 7 days.
        longest_hold: No hold is extended beyond this, counted from its beginning.
        late_payments: What happens to money that arrives after its hold is over.
        refunds: Who makes the refunds that are due.
        devices: From how many devices one pass may join; None for as many as there are.
        one_per_person: An e-mail address holds at most one place of an event.
        transferable: A place may be handed on to somebody else.
        offer_lasts: How long the offer of a place from the waiting list is good for.
        absentees_see_recording: Who paid and was absent sees the recording too.
        recording_lasts: How long a recording can be seen after it was published; None for as long as it is published.

    Raises:
        InvalidValueError: Two bounds of one currency, a minimum above its maximum, or an attribute that cannot be.

    Example:
        >>> from paidevents import EUR
        >>> Policy(price_locked=True, list_minimums=[Money.of("1.00", EUR)]).list_minimums
        (Money.of('1.00', 'EUR'),)
    """

    codes_enabled: bool = True
    tiers_enabled: bool = True
    max_codes: int | None = None
    percent_mode: PercentMode = PercentMode.COMPOUND
    below_minimum: BelowMinimum = BelowMinimum.RAISE
    selection: Selection = Selection.EXPLICIT
    step: int = 1
    list_minimums: tuple[Money, ...] = ()
    list_maximums: tuple[Money, ...] = ()
    charge_minimums: tuple[ChargeMinimum, ...] = ()
    currencies: tuple[Currency, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    providers: tuple[str, ...] = ()
    provider_currencies: tuple[ProviderCurrencies, ...] = ()
    max_capacity: int | None = None
    attendance_limit: int | None = None
    most_per_order: int = 100
    price_locked: bool = False
    sells_recording: bool = False
    approval: Approval = Approval.AUTOMATIC
    capture: Capture = Capture.AT_ONCE
    decide_within: Span | None = None
    quote_lasts: Span = Span(minutes=15)
    hold: Span = Span(minutes=15)
    longest_hold: Span = Span(days=7)
    late_payments: LatePayment = LatePayment.ACCEPT_IF_ROOM
    refunds: Refunding = Refunding.AUTOMATIC
    devices: int | None = None
    one_per_person: bool = False
    transferable: bool = True
    offer_lasts: Span = Span(days=1)
    absentees_see_recording: bool = True
    recording_lasts: Span | None = None

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            codes_enabled=of_kind(bool),
            tiers_enabled=of_kind(bool),
            max_codes=optional(between(0, MOST_CANDIDATES)),
            percent_mode=of_kind(PercentMode),
            below_minimum=of_kind(BelowMinimum),
            selection=of_kind(Selection),
            step=between(1, 10**6),
            list_minimums=one_a_currency,
            list_maximums=one_a_currency,
            charge_minimums=several(of_kind(ChargeMinimum)),
            currencies=several(of_kind(Currency)),
            kinds=several(of_kind(EventKind)),
            providers=several(identifier),
            provider_currencies=several(of_kind(ProviderCurrencies)),
            max_capacity=optional(between(0, INT64_MAX)),
            attendance_limit=optional(between(0, INT64_MAX)),
            most_per_order=between(1, 1000),
            price_locked=of_kind(bool),
            sells_recording=of_kind(bool),
            approval=of_kind(Approval),
            capture=of_kind(Capture),
            decide_within=optional(of_kind(Span)),
            quote_lasts=of_kind(Span),
            hold=of_kind(Span),
            longest_hold=of_kind(Span),
            late_payments=of_kind(LatePayment),
            refunds=of_kind(Refunding),
            devices=optional(between(1, 1000)),
            one_per_person=of_kind(bool),
            transferable=of_kind(bool),
            offer_lasts=of_kind(Span),
            absentees_see_recording=of_kind(bool),
            recording_lasts=optional(of_kind(Span)),
        )
        self._check_lengths()
        least = {amount.currency: amount for amount in self.list_minimums}
        for place, most in enumerate(self.list_maximums):
            if most < least.get(most.currency, most):
                raise InvalidValueError(f"list_maximums[{place}]", EMPTY_RANGE)

    def _check_lengths(self) -> None:
        for name, reason in (("quote_lasts", QUOTE_LASTS_TOO_LONG), ("hold", HOLD_TOO_LONG)):
            span = getattr(self, name)
            if span.months or not 1 <= _minutes(span) <= _MINUTES_OF_A_WEEK:
                raise InvalidValueError(name, reason)
        if self.longest_hold.months:
            raise InvalidValueError("longest_hold", MONTHS_NOT_ALLOWED)
        if _minutes(self.longest_hold) < _minutes(self.hold):
            raise InvalidValueError("longest_hold", LONGEST_HOLD_TOO_SHORT.given(hold=self.hold))
        for name in ("offer_lasts", "recording_lasts"):
            if getattr(self, name) == Span():
                raise InvalidValueError(name, LASTS_NO_TIME)

    def offers(self, provider: str, currency: Currency) -> bool:
        """
        Whether events in *currency* may be paid with *provider*. Whether it takes the currency is another matter.

        Raises:
            InvalidValueError: An argument is of the wrong kind.

        Example:
            >>> from paidevents import EUR, USD
            >>> policy = Policy(provider_currencies=[ProviderCurrencies("paypal", [EUR])])
            >>> policy.offers("paypal", EUR), policy.offers("paypal", USD), policy.offers("stripe", USD)
            (True, False, True)
        """
        instance(provider, "provider", str)
        instance(currency, "currency", Currency)
        if self.providers and provider not in self.providers:
            return False
        some = [each.currencies for each in self.provider_currencies if each.provider == provider]
        return not some or any(currency in each for each in some)


def _minutes(span: Span) -> int:
    """How long *span* lasts, months aside."""
    return span.days * 24 * 60 + span.minutes
