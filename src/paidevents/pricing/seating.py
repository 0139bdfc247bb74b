"""Places for a basket: which tier each gets, what it costs before any discount, and why it may not be had."""

from collections.abc import Iterable, Mapping

from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.catalog.ticket import Ticket
from paidevents.errors import SOLD_OUT, CurrencyMismatchError, InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.amount_rules import OFF_STEP
from paidevents.pricing.availability import Availability
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.counters import EVENT, capacity_counter, customer_counter, session_counter, ticket_counter
from paidevents.pricing.pipeline import Cart
from paidevents.pricing.reasons import (
    DONATION_TOO_SMALL,
    LEAST_PER_ORDER,
    MOST_PER_CUSTOMER,
    MOST_PER_ORDER,
    MOST_PLACES,
    SALE_ENDED,
    TICKET_HIDDEN,
)
from paidevents.pricing.season import Goods, Season
from paidevents.pricing.taxation import Taxation
from paidevents.pricing.terms import Terms
from paidevents.reason import Reason

SESSIONS_MISSING = Reason("sessions_missing", "Choose the sessions.")
SESSIONS_NOT_CHOSEN = Reason("sessions_not_chosen", "Sessions cannot be chosen here.")
AMOUNT_MISSING = Reason("amount_missing", "Choose the amount.")
AMOUNT_NOT_ASKED = Reason("amount_not_asked", "The price of this ticket is not the buyer's to choose.")


class Places:
    """
    The places of a basket.

    Attributes:
        cart: What is to be priced.
        sessions: By place, the session's id; empty where none is chosen.
        refusals: Why the basket cannot be had as it is.
        by_ticket: How many places each ticket has in it.
    """

    __slots__ = ("by_ticket", "cart", "refusals", "sessions")

    def __init__(self, cart: Cart, sessions: list[str], refusals: list[Reason], by_ticket: dict[str, int]) -> None:
        self.cart = cart
        self.sessions = sessions
        self.refusals = refusals
        self.by_ticket = by_ticket


class Seating:
    """An event's tickets, ready to give places."""

    def __init__(self, event: Event, goods: Goods) -> None:
        self._event = event
        self._goods = goods
        self._tickets = {ticket.id: ticket for ticket in event.tickets}
        self._counters = {ticket.id: ticket_counter(ticket.id) for ticket in event.tickets}
        self._shared = [(capacity_counter(each.id), each.places, frozenset(each.tickets)) for each in event.capacities]
        self._session_limits = {session.id: session.capacity for session in event.sessions}
        self._is_limited = bool(
            event.capacity is not None
            or self._shared
            or any(ticket.quantity is not None for ticket in event.tickets)
            or any(limit is not None for limit in self._session_limits.values())
        )
        self._takes_all_sessions = bool(event.sessions) and not event.chooses_sessions

    def place(
        self, basket: Basket, season: Season, terms: Terms, taxation: Taxation, available: Availability
    ) -> Places:
        """
        The places of *basket*: from each open tier what is left of it, then at base price.

        Raises:
            InvalidValueError: A ticket or session that the event has not, sessions or an amount
                missing or not asked for.
            CurrencyMismatchError: An amount in another currency.
        """
        goods: list[int] = []
        prices: list[int] = []
        sessions: list[str] = []
        refusals: list[Reason] = []
        by_ticket: dict[str, int] = {}
        used: dict[str, int] = {}
        for line, item in enumerate(basket.items):
            ticket = self._tickets.get(item.ticket)
            if ticket is None:
                raise InvalidValueError(f"items[{line}].ticket", UNKNOWN_ID.given(id=item.ticket))
            if item.sessions or self._event.chooses_sessions:
                self._check_sessions(item, line, ticket, season, refusals)
            if ticket.donation is not None or item.amount is not None:
                count = item.places
                goods += [self._goods.base[ticket.id]] * count
                prices += [self._donated(item, line, ticket, terms, refusals)] * count
            else:
                count = self._descend(item.places, ticket, season, available, used, goods, prices)
            by_ticket[ticket.id] = by_ticket.get(ticket.id, 0) + count
            # Session by session, as the basket names them: a place keeps its neighbours of one session.
            sessions += [session for session in item.sessions or ("",) for _ in range(item.count)]
        if season.closed:
            refusals += [season.closed[ticket] for ticket in by_ticket if ticket in season.closed]
        refusals += self._beyond_order(by_ticket)
        if self._is_limited:
            refusals += self._beyond_limits(by_ticket, sessions, available)
        rates = (
            [taxation.key_of[self._tickets[self._goods.names[good][0]].tax_category] for good in goods]
            if (taxation.key_of)
            else [0] * len(goods)
        )
        if taxation.factors:
            prices = [self._kept_net(price, good, taxation, terms) for price, good in zip(prices, goods, strict=True)]
        return Places(Cart(goods, prices, rates, taxation), sessions, refusals, by_ticket)

    def under(self, cart: Cart, terms: Terms) -> Cart:
        """The same places at the list prices that they have under other terms."""
        if not cart.taxation.factors:
            return cart
        goods = self._goods
        prices = [
            before if good in goods.donations else self._kept_net(goods.prices[good], good, cart.taxation, terms)
            for before, good in zip(cart.list_prices, cart.goods, strict=True)
        ]
        return Cart(cart.goods, prices, cart.rates, cart.taxation)

    def named(self, places: Places) -> tuple[tuple[str, str, str], ...]:
        """Ids of ticket, tier and session, by place; empty where there is none."""
        names, cart = self._goods.names, places.cart
        return tuple((*names[good], session) for good, session in zip(cart.goods, places.sessions, strict=True))

    def hidden(self, places: Places, opened: frozenset[str]) -> Iterable[Reason]:
        """A reason for each ticket that needs a code which was not given."""
        for id in places.by_ticket:
            if self._tickets[id].hidden and id not in opened:
                yield TICKET_HIDDEN.given(ticket=self._tickets[id].name)

    def beyond_customer(self, places: Places, marks: tuple[str, ...], available: Availability) -> Iterable[Reason]:
        """A reason for each ticket of which the customer would have too many."""
        for id, count in places.by_ticket.items():
            most = self._tickets[id].most_per_customer
            if most is not None:
                counters = [customer_counter(id, mark) for mark in marks]
                if count > most or any(available.left(counter, most, count) < count for counter in counters):
                    yield MOST_PER_CUSTOMER.given(ticket=self._tickets[id].name, most=most)

    def _descend(
        self,
        wanted: int,
        ticket: Ticket,
        season: Season,
        available: Availability,
        used: dict[str, int],
        goods: list[int],
        prices: list[int],
    ) -> int:
        """Take places from the open tiers, one after the other, and the rest at base price."""
        listed = self._goods.prices
        left = wanted
        for good, counter, quantity in season.ladders[ticket.id]:
            here = left
            if quantity is not None:
                before = used.get(counter, 0)
                here = available.left(counter, quantity - before, left)
                used[counter] = before + here
            goods += [good] * here
            prices += [listed[good]] * here
            left -= here
            if not left:
                return wanted
        base = self._goods.base[ticket.id]
        goods += [base] * left
        prices += [listed[base]] * left
        return wanted

    def _check_sessions(self, item: Item, line: int, ticket: Ticket, season: Season, refusals: list[Reason]) -> None:
        if not self._event.chooses_sessions:
            raise InvalidValueError(f"items[{line}].sessions", SESSIONS_NOT_CHOSEN)
        if not item.sessions:
            raise InvalidValueError(f"items[{line}].sessions", SESSIONS_MISSING)
        for place, session in enumerate(item.sessions):
            if session not in self._session_limits:
                raise InvalidValueError(f"items[{line}].sessions[{place}]", UNKNOWN_ID.given(id=session))
            if session in season.past_sessions and ticket.id not in season.closed:
                refusals.append(SALE_ENDED.given(ticket=f"{ticket.name} ({session})"))

    def _donated(self, item: Item, line: int, ticket: Ticket, terms: Terms, refusals: list[Reason]) -> int:
        path = f"items[{line}].amount"
        if ticket.donation is None:
            raise InvalidValueError(path, AMOUNT_NOT_ASKED)
        if item.amount is None:
            raise InvalidValueError(path, AMOUNT_MISSING)
        if item.amount.currency != terms.currency:
            raise CurrencyMismatchError(terms.currency.code, item.amount.currency.code)
        if item.amount.minor % terms.quantum:
            step = Money(terms.quantum, terms.currency)
            raise InvalidValueError(path, OFF_STEP.given(step=step))
        is_nothing = item.amount.minor == 0 and ticket.donation.may_be_nothing
        if item.amount < ticket.donation.minimum and not is_nothing:
            refusals.append(DONATION_TOO_SMALL.given(ticket=ticket.name, minimum=ticket.donation.minimum))
        return item.amount.minor

    def _kept_net(self, price: int, good: int, taxation: Taxation, terms: Terms) -> int:
        """The price at another rate of tax, where what the organizer keeps of it stays."""
        ticket = self._tickets[self._goods.names[good][0]]
        factor = taxation.factors.get(ticket.tax_category)
        if factor is None or ticket.donation is not None:
            return price
        return terms.rounded(price * factor.numerator, factor.denominator)

    def _beyond_order(self, by_ticket: dict[str, int]) -> Iterable[Reason]:
        most = self._event.policy.most_per_order
        if sum(by_ticket.values()) > most:
            yield MOST_PLACES.given(most=most)
        for id, count in by_ticket.items():
            ticket = self._tickets[id]
            if count < ticket.least_per_order:
                yield LEAST_PER_ORDER.given(ticket=ticket.name, least=ticket.least_per_order)
            if ticket.most_per_order is not None and count > ticket.most_per_order:
                yield MOST_PER_ORDER.given(ticket=ticket.name, most=ticket.most_per_order)

    def _beyond_limits(
        self, by_ticket: dict[str, int], sessions: list[str], available: Availability
    ) -> Iterable[Reason]:
        for counter, wanted, limit in self.wanted(by_ticket, sessions):
            if limit is not None:
                left = available.left(counter, limit, wanted)
                if wanted > left:
                    yield SOLD_OUT.given(wanted=wanted, left=left, of=counter)

    def wanted(self, by_ticket: Mapping[str, int], sessions: Iterable[str]) -> Iterable[tuple[str, int, int | None]]:
        """The counters of places: name, how many are wanted, and the limit."""
        places = sum(by_ticket.values())
        yield EVENT, places, self._event.capacity
        for counter, limit, tickets in self._shared:
            count = sum(count for id, count in by_ticket.items() if id in tickets)
            if count:
                yield counter, count, limit
        if self._takes_all_sessions:
            for id, limit_of_session in self._session_limits.items():
                yield session_counter(id), places, limit_of_session
        else:
            chosen: dict[str, int] = {}
            for session in sessions:
                if session:
                    chosen[session] = chosen.get(session, 0) + 1
            for id, count in chosen.items():
                yield session_counter(id), count, self._session_limits[id]
        for id, count in by_ticket.items():
            yield self._counters[id], count, self._tickets[id].quantity
