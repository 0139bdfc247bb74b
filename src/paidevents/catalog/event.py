"""The paid event: what is sold, when, for how much, and by which rules."""

from datetime import datetime
from enum import Enum
from itertools import chain
from zoneinfo import ZoneInfo

from attrs import field, frozen

from paidevents.catalog.cancellation import Cancellation
from paidevents.catalog.fees import Fee
from paidevents.catalog.form import RegistrationForm
from paidevents.catalog.kinds import KINDS, Attendance, EventKind, KindRules, SaleEnd
from paidevents.catalog.names import identifier, known, listed
from paidevents.catalog.places import Capacity, EventSession, lasting
from paidevents.catalog.policies import Policy
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.provider import Provider
from paidevents.catalog.taxes import TaxTable
from paidevents.catalog.ticket import Ticket, seats
from paidevents.checks import instant, of_kind, optional, settle, text
from paidevents.errors import CurrencyMismatchError, InvalidValueError
from paidevents.money.currency import Currency
from paidevents.reason import Reason
from paidevents.timing.deadline import Span
from paidevents.timing.local import checked_zone
from paidevents.timing.window import Window

NO_TICKETS = Reason("no_tickets", "There is nothing to buy.")
TIERS_NOT_ALLOWED = Reason("tiers_not_allowed", "An event of the kind {kind} has no reduced tiers.")
DATES_MISSING = Reason("dates_missing", "An event of the kind {kind} needs a start or sessions.")
DURATION_MISSING = Reason("duration_missing", "It is not said how long it lasts.")
DATES_NOT_ALLOWED = Reason("dates_not_allowed", "An event of the kind {kind} has no dates.")
START_AND_SESSIONS = Reason("start_and_sessions", "A series begins and ends with its sessions.")
NOTHING_TO_CHOOSE = Reason("nothing_to_choose", "Sessions can be chosen only of a dated series.")
CODE_OF_TWO = Reason("code_of_two", "The code {code} reads like one of the promotion {promotion}.")
SESSIONS_OUT_OF_ORDER = Reason("sessions_out_of_order", "Sessions stand in the order in which they begin.")


class Charging(Enum):
    """Whether the event takes money just now."""

    ON = "on"
    SWITCHED_OFF = "switched_off"  # by the organizer, for a while: GT-11
    DISCONNECTED = "disconnected"  # the provider's account is gone or was changed: GT-06


@frozen(kw_only=True)
class Event:
    """
    A paid event, as its organizer declares it.

    Attributes:
        id: Unique in the host application: orders and passes refer to it.
        title: For people.
        zone: Where its days are counted.
        currency: Of every amount in it.
        tickets: What is on sale, at least one.
        kind: What it is; decides what may be declared.
        starts_at: When it begins; None for a series and for what has no date.
        duration: How long it lasts from there. A day of it is 24 hours, whatever the clocks do meanwhile.
        sessions: The dates of a series, in order.
        attendance: What a place in a series gives access to.
        capacity: How many places there are in all; None for no limit.
        capacities: Places that some tickets share.
        promotions: What is taken off, and the codes for it.
        fees: What platform and provider take.
        tax: How it is taxed; None for not at all.
        providers: Who can be paid with; a quote that names none goes by the first.
        policy: The organizer's decisions.
        on_sale: When it is on sale, besides what its kind says.
        charging: Whether it takes money just now.
        cancellation: What is given back to a buyer who cancels; nothing if nothing is declared.
        form: What a registration asks for, and what the confirmation adds.

    Raises:
        InvalidValueError: Something that the kind does not allow, an id or a
            code twice, a name that nothing has, a provider that could charge
            nothing, or an attribute that cannot be.
        CurrencyMismatchError: An amount in another currency.
        NaiveDatetimeError: Its beginning has no zone.

    Example:
        >>> from datetime import UTC
        >>> from paidevents import EUR, Money
        >>> from paidevents.catalog.ticket import Ticket
        >>> talk = Event(
        ...     id="talk", title="A talk", zone="Europe/Paris", currency=EUR,
        ...     starts_at=datetime(2026, 4, 14, 16, tzinfo=UTC), duration=Span.of("90 min"),
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... )
        >>> talk.window.ends_at.isoformat()
        '2026-04-14T17:30:00+00:00'
    """

    id: str
    title: str
    zone: ZoneInfo = field(converter=checked_zone)
    currency: Currency
    tickets: tuple[Ticket, ...]
    kind: EventKind = EventKind.LIVE
    starts_at: datetime | None = None
    duration: Span | None = None
    sessions: tuple[EventSession, ...] = ()
    attendance: Attendance = Attendance.ALL_SESSIONS
    capacity: int | None = None
    capacities: tuple[Capacity, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    fees: tuple[Fee, ...] = ()
    tax: TaxTable | None = None
    providers: tuple[Provider, ...] = ()
    policy: Policy = Policy()
    on_sale: Window = Window()
    charging: Charging = Charging.ON
    cancellation: Cancellation = Cancellation()
    form: RegistrationForm = RegistrationForm()

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=identifier,
            title=text,
            currency=of_kind(Currency),
            tickets=listed(Ticket, 100),
            kind=of_kind(EventKind),
            starts_at=optional(instant),
            duration=optional(of_kind(Span)),
            sessions=listed(EventSession),
            attendance=of_kind(Attendance),
            capacity=optional(seats),
            capacities=listed(Capacity, 100),
            promotions=listed(Promotion),
            fees=listed(Fee, 20),
            tax=optional(of_kind(TaxTable)),
            providers=listed(Provider, 20),
            policy=of_kind(Policy),
            on_sale=of_kind(Window),
            charging=of_kind(Charging),
            cancellation=of_kind(Cancellation),
            form=of_kind(RegistrationForm),
        )
        if not self.tickets:
            raise InvalidValueError("tickets", NO_TICKETS)
        self._check_kind()
        self._check_dates()
        self._check_currency()
        self._check_references()
        self._check_codes()

    @property
    def rules(self) -> KindRules:
        """What its kind allows."""
        return KINDS[self.kind]

    @property
    def window(self) -> Window:
        """From its beginning to its end, a series' first to its last; always open for what has no date."""
        if self.starts_at is not None and self.duration is not None:
            return lasting(self.starts_at, self.duration)
        if not self.sessions:
            return Window()
        ends = [session.window.ends_at for session in self.sessions]
        return Window(self.sessions[0].starts_at, max(end for end in ends if end is not None))

    @property
    def chooses_sessions(self) -> bool:
        """Whether a buyer chooses sessions, each with a price of its own."""
        return self.attendance is Attendance.CHOSEN_SESSIONS

    @property
    def sale_ends_with_it(self) -> bool:
        """Whether nothing is on sale any more once it has taken place."""
        return self.rules.sale_ends is SaleEnd.WITH_THE_EVENT and not self.policy.sells_recording

    def _check_kind(self) -> None:
        kind = self.kind.value
        for place, ticket in enumerate(self.tickets):
            if ticket.tiers and not self.rules.tiers:
                raise InvalidValueError(f"tickets[{place}].tiers", TIERS_NOT_ALLOWED.given(kind=kind))
        if self.rules.has_dates and self.starts_at is None and not self.sessions:
            raise InvalidValueError("starts_at", DATES_MISSING.given(kind=kind))
        for name in ("starts_at", "duration"):
            if not self.rules.has_dates and getattr(self, name) is not None:
                raise InvalidValueError(name, DATES_NOT_ALLOWED.given(kind=kind))
        if not self.rules.may_be_series and self.sessions:
            raise InvalidValueError("sessions", DATES_NOT_ALLOWED.given(kind=kind))

    def _check_dates(self) -> None:
        for name in ("starts_at", "duration"):
            if self.sessions and getattr(self, name) is not None:
                raise InvalidValueError(name, START_AND_SESSIONS)
        if self.starts_at is not None:
            if self.duration is None:
                raise InvalidValueError("duration", DURATION_MISSING)
            lasting(self.starts_at, self.duration)
        starts = [session.starts_at for session in self.sessions]
        if starts != sorted(starts):
            raise InvalidValueError("sessions", SESSIONS_OUT_OF_ORDER)
        if self.chooses_sessions and not (self.sessions and self.rules.has_dates):
            raise InvalidValueError("attendance", NOTHING_TO_CHOOSE)

    def _check_currency(self) -> None:
        used = [ticket.currency for ticket in self.tickets]
        used += [amount.currency for fee in self.fees for amount in fee.amounts]
        used += [provider.minimum.currency for provider in self.providers if provider.minimum is not None]
        used += [self.cancellation.kept.currency] if self.cancellation.kept is not None else []
        for currency in used:
            if currency != self.currency:
                raise CurrencyMismatchError(self.currency.code, currency.code)
        for place, provider in enumerate(self.providers):
            try:
                provider.rule(self.currency, self.policy)
            except InvalidValueError as error:
                raise InvalidValueError(f"providers[{place}].minimum", error.reason) from None

    def _check_references(self) -> None:
        tiers = tuple(chain.from_iterable(ticket.tiers for ticket in self.tickets))
        for place, shared in enumerate(self.capacities):
            known(shared.tickets, self.tickets, f"capacities[{place}].tickets")
        for place, promotion in enumerate(self.promotions):
            path = f"promotions[{place}]"
            known(promotion.opens, self.tickets, f"{path}.opens")
            known(promotion.match.tickets, self.tickets, f"{path}.match.tickets")
            known(promotion.match.tiers, tiers, f"{path}.match.tiers")
        for place, fee in enumerate(self.fees):
            if fee.provider is not None:
                known([fee.provider], self.providers, f"fees[{place}].provider")

    def _check_codes(self) -> None:
        owners: dict[str, str] = {}
        for place, promotion in enumerate(self.promotions):
            for number, code in enumerate(promotion.codes):
                other = owners.setdefault(code.key, promotion.id)
                if other != promotion.id:
                    reason = CODE_OF_TWO.given(code=code.text, promotion=other)
                    raise InvalidValueError(f"promotions[{place}].codes[{number}]", reason)
