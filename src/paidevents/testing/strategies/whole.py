"""Strategies for whole events, in which everything fits together."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from math import lcm
from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.event import Charging, Event
from paidevents.catalog.kinds import KINDS, Attendance, EventKind
from paidevents.catalog.places import Capacity, EventSession
from paidevents.catalog.policies import Policy
from paidevents.catalog.promotion import Promotion
from paidevents.catalog.provider import Provider
from paidevents.catalog.ticket import Ticket
from paidevents.money.currency import Currency
from paidevents.testing.strategies.amounts import Dice, Prices, made
from paidevents.testing.strategies.discounts import a_match, a_promotion
from paidevents.testing.strategies.offers import NEW_YEAR, a_ticket
from paidevents.testing.strategies.registering import a_cancellation, a_registration_form
from paidevents.testing.strategies.terms import NAMES, a_fee, a_policy, a_provider, a_tax_table
from paidevents.testing.strategies.values import ZONES
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

EVENT = "masterclass"
TICKETS = ("standard", "vip", "student", "replay")
PROMOTIONS = ("save", "friend", "group", "members", "press")
FEES = ("service", "payment")
DURATIONS = tuple(map(Span.of, ("90 min", "1 h", "1 day", "2 days 30 min")))


def event_sessions() -> st.SearchStrategy[EventSession]:
    """Sessions, some with places of their own."""
    return made(lambda dice: a_session(dice, "first", NEW_YEAR))


def a_session(dice: Dice, id: str, after: datetime) -> EventSession:
    """A session within ten days after *after*."""
    return EventSession(
        id=id,
        starts_at=after + dice.below(20) * timedelta(hours=12),
        duration=dice.choice(DURATIONS),
        capacity=dice.below(100) if dice.one_in(3) else None,
    )


def capacities() -> st.SearchStrategy[Capacity]:
    """Places that some tickets share."""
    return made(lambda dice: a_capacity(dice, TICKETS))


def a_capacity(dice: Dice, tickets: Sequence[str]) -> Capacity:
    """Places that one to three of *tickets* share."""
    return Capacity(id="room", places=dice.below(200), tickets=dice.some(tickets, 3, 1))


def events(
    *,
    currency: Currency | None = None,
    kinds: Sequence[EventKind] = tuple(EventKind),
    chargeable: bool = True,
) -> st.SearchStrategy[Event]:
    """
    Events of every kind with tickets, tiers, promotions, codes, fees, taxes, sessions and policies.

    Args:
        currency: Their currency; any by default.
        kinds: Their kinds.
        chargeable: Every price is nothing or what each of the event's
            providers charges under its policy, and every amount a multiple of
            the step. If not, prices may fall between, and be off the step.

    Example:
        >>> from paidevents.money import EUR
        >>> webinars = events(currency=EUR, kinds=[EventKind.LIVE])
    """
    return made(lambda dice: an_event(dice, currency, kinds, chargeable))


def an_event(dice: Dice, currency: Currency | None, kinds: Sequence[EventKind], chargeable: bool) -> Event:
    """An event, its parts from the outside in, for each must fit to those before."""
    kind, unit = dice.choice(kinds), dice.prices(currency).currency
    ways = [a_provider(dice.together(), unit, name) for name in dice.together().some(NAMES, 3)]
    ways = [way for way in ways if way.rule(unit, Policy()) is not None]
    names = [way.name for way in ways]
    policy = dice.part(lambda dice: a_policy(dice, unit, kind, names))
    prices = _prices_under(policy, ways, unit) if chargeable else Prices(unit)
    starts_at = NEW_YEAR + dice.below(365 * 24 * 4) * timedelta(minutes=15)
    on_sale = _tickets(dice, prices, kind, starts_at)
    return Event(
        id=EVENT,
        title="Pricing a paid event",
        zone=dice.choice(ZONES),
        currency=unit,
        tickets=on_sale,
        kind=kind,
        promotions=_promotions(dice, prices, on_sale, starts_at),
        fees=tuple(a_fee(dice.together(), prices, id, names) for id in FEES[: dice.below(3)]),
        tax=a_tax_table(dice.together()) if dice.one_in(2) else None,
        providers=tuple(ways),
        policy=policy,
        **(_registering(dice.together(), prices) if dice.one_in(3) else {}),
        **_dates(dice, kind, starts_at),
        **(_limits(dice.together(), on_sale, starts_at) if dice.one_in(2) else {}),
    )


def _registering(dice: Dice, prices: Prices) -> dict[str, Any]:
    """What a registration asks for, and what is given back when it is cancelled."""
    return {"cancellation": a_cancellation(dice, prices), "form": a_registration_form(dice)}


def _limits(dice: Dice, on_sale: Sequence[Ticket], starts_at: datetime) -> dict[str, Any]:
    """How an event is not like most of them."""
    return {
        "capacity": dice.below(1000) if dice.one_in(2) else None,
        "capacities": (a_capacity(dice, [ticket.id for ticket in on_sale]),) if dice.one_in(2) else (),
        "on_sale": Window(NEW_YEAR - timedelta(days=200), starts_at) if dice.one_in(2) else Window(),
        "charging": dice.choice((Charging.ON, *Charging)),
    }


def _prices_under(policy: Policy, ways: Sequence[Provider], currency: Currency) -> Prices:
    """Where every amount can be charged with each of *ways*, and declared under *policy*."""
    rules = [rule for rule in (way.rule(currency, policy) for way in ways) if rule is not None]
    minimums = [amount.minor for amount in policy.list_minimums if amount.currency == currency]
    minimums += [rule.minimum.minor for rule in rules if rule.minimum is not None]
    return Prices(currency, lcm(policy.step, *(rule.step for rule in rules)), max(minimums, default=1))


def _tickets(dice: Dice, prices: Prices, kind: EventKind, starts_at: datetime) -> tuple[Ticket, ...]:
    """One to four; the first is never hidden."""
    tiers = KINDS[kind].tiers
    return tuple(
        dice.part(partial(a_ticket, bounds=prices, id=id, starts_at=starts_at, has_tiers=tiers, may_hide=place > 0))
        for place, id in enumerate(TICKETS[: dice.between(1, len(TICKETS))])
    )


def _promotions(dice: Dice, prices: Prices, on_sale: Sequence[Ticket], starts_at: datetime) -> tuple[Promotion, ...]:
    """Up to five; the last opens the hidden tickets, so that there is one if there are any."""
    ids = [ticket.id for ticket in on_sale]
    hidden = [ticket.id for ticket in on_sale if ticket.hidden]
    tiers = sorted({tier.id for ticket in on_sale for tier in ticket.tiers})
    count = dice.between(1 if hidden else 0, len(PROMOTIONS))

    def made(dice: Dice, place: int) -> Promotion:
        return a_promotion(
            dice,
            prices,
            PROMOTIONS[place],
            starts_at,
            match=a_match(dice.together(), ids, tiers, (EVENT, "another")),
            opens=hidden if place == count - 1 else (),
            number=10 * place,
        )

    return tuple(dice.part(partial(made, place=place)) for place in range(count))


def _dates(dice: Dice, kind: EventKind, starts_at: datetime) -> dict[str, Any]:
    """A start or a series, as the kind allows; of a dated series sessions may be chosen."""
    rules = KINDS[kind]
    if rules.has_dates and dice.one_in(2):
        return {"starts_at": starts_at, "duration": dice.choice(DURATIONS)}
    count = dice.between(int(rules.has_dates), 4) if rules.may_be_series else 0
    sessions: list[EventSession] = []
    for place in range(count):
        after = sessions[-1].starts_at if sessions else starts_at
        sessions.append(a_session(dice, f"session-{place + 1}", after))
    attendance = dice.choice(tuple(Attendance)) if rules.has_dates else Attendance.ALL_SESSIONS
    return {"sessions": sessions, "attendance": attendance}
