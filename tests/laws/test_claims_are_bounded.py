"""What a quote takes fits into what is left, and what is taken and given back leaves what there was."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paidevents import EUR, Money, Rate, Span
from paidevents.catalog import (
    AmountOff,
    Attendance,
    Capacity,
    Event,
    EventKind,
    EventSession,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Percent,
    PromoCode,
    Promotion,
    Ticket,
    Tier,
)
from paidevents.pricing import Buyer, Item, Plan, Quote, Take

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEN, FIVE = Percent(Rate.of("10 %")), AmountOff((Money(500, EUR),))
PROMOTIONS = (
    Promotion(id="orders", effect=TEN, codes=(PromoCode("ORDERS"),), limits=(Limit(LimitOf.ORDERS, 3),)),
    Promotion(id="units", effect=FIVE, codes=(PromoCode("UNITS"),), limits=(Limit(LimitOf.UNITS, 5),)),
    Promotion(id="budget", effect=FIVE, codes=(PromoCode("BUDGET"),), limits=(Limit(LimitOf.AMOUNT, 2000),)),
    Promotion(id="code", effect=TEN, codes=(PromoCode("ONE", uses=1), PromoCode("TWO", uses=2))),
    Promotion(
        id="each",
        effect=FIVE,
        automatic=True,
        match=Match(tickets=("vip",)),
        limits=(Limit(LimitOf.UNITS, 2, LimitPer.CUSTOMER), Limit(LimitOf.AMOUNT, 5000)),
    ),
    Promotion(id="first", effect=TEN, codes=(PromoCode("FIRST"),), first_purchase=True),
)
TICKETS = (
    Ticket(
        id="standard",
        name="Standard",
        price=Money(2000, EUR),
        tiers=(
            Tier(id="early", price=Money(1500, EUR), quantity=3),
            Tier(id="late", price=Money(1800, EUR), quantity=2),
        ),
        quantity=9,
    ),
    Ticket(id="vip", name="VIP", price=Money(5000, EUR), most_per_customer=3),
)
SESSIONS = tuple(
    EventSession(id=f"s{day}", starts_at=datetime(2026, 4, day, 16, tzinfo=UTC), duration=Span.of("1 h"), capacity=6)
    for day in (1, 2)
)


def plan(**changed: Any) -> Plan:
    plain = {
        "id": "talk",
        "title": "Talk",
        "zone": "UTC",
        "currency": EUR,
        "tickets": TICKETS,
        "promotions": PROMOTIONS,
        "capacity": 12,
        "capacities": (Capacity(id="room", places=8, tickets=("standard", "vip")),),
    }
    return Plan(Event(**{**plain, **changed}))


PLANS = (
    plan(kind=EventKind.LIVE, starts_at=SESSIONS[0].starts_at, duration=Span.of("1 h")),
    plan(sessions=SESSIONS),
    plan(sessions=SESSIONS, attendance=Attendance.CHOSEN_SESSIONS),
)
BUYERS = (
    None,
    Buyer(identities=("ana",)),
    Buyer(identities=("bob", "bob@example.com")),
    Buyer(identities=("ana", "bob")),
)
CODES = ("ORDERS", "UNITS", "BUDGET", "ONE", "TWO", "FIRST")
orders = st.fixed_dictionaries(
    {
        "counts": st.dictionaries(st.sampled_from(("standard", "vip")), st.integers(1, 3), min_size=1),
        "codes": st.sets(st.sampled_from(CODES), max_size=4).map(sorted),
        "buyer": st.sampled_from(BUYERS),
        "sessions": st.sampled_from((("s1",), ("s2",), ("s1", "s2"))),
    }
)


def ask(plan: Plan, order: dict[str, Any], taken: Counter[str]) -> Quote:
    sessions = order["sessions"] if plan.event.chooses_sessions else ()
    basket = [Item(id, count, sessions) for id, count in order["counts"].items()]
    return plan.quote(basket, order["codes"], at=AT, buyer=order["buyer"], taken=taken)


def counted(takes: tuple[Take, ...]) -> Counter[str]:
    return Counter({take.counter: take.count for take in takes})


@given(plan=st.sampled_from(PLANS), some=st.lists(st.tuples(orders, st.integers(0, 4)), min_size=1, max_size=12))
def test_what_may_be_reserved_fits_into_every_limit(plan: Plan, some: list[tuple[dict[str, Any], int]]) -> None:
    """
    Law 22, limits: held + consumed <= limit after any interleaving.

    Orders are taken one after the other, some given back: what a quote without refusals
    claims is always there, and none of its counters exceeds its limit.
    """
    taken: Counter[str] = Counter()
    held: list[Counter[str]] = []
    limits: dict[str, int] = {}
    for order, given_back in some:
        quote = ask(plan, order, taken)
        if quote.refusals:
            continue
        takes = plan.claims(quote)
        assert [take.counter for take in takes] == sorted({take.counter for take in takes})
        for take in takes:
            assert take.limit is None or taken[take.counter] + take.count <= take.limit, take
            if take.limit is not None:
                assert limits.setdefault(take.counter, take.limit) == take.limit
        taken += counted(takes)
        held.append(counted(takes))
        if given_back < len(held):
            taken -= held.pop(given_back)
    assert all(taken[counter] <= limit for counter, limit in limits.items())
    for order_taken in held:
        taken -= order_taken
    assert not +taken


@given(plan=st.sampled_from(PLANS), order=orders, before=orders)
def test_a_release_restores_what_there_was(plan: Plan, order: dict[str, Any], before: dict[str, Any]) -> None:
    """Law 22: release after hold restores the previous availability: the same is quoted as before."""
    taken: Counter[str] = Counter()
    first = ask(plan, order, taken)
    between = counted(plan.claims(ask(plan, before, taken)))
    ask(plan, order, taken + between)
    assert ask(plan, order, taken + between - between) == first


@given(plan=st.sampled_from(PLANS), order=orders)
def test_claims_are_what_is_bought_and_credited(plan: Plan, order: dict[str, Any]) -> None:
    """§10: places of the event, of each ticket, tier and session; uses, places and cents of each credited promotion."""
    quote = ask(plan, order, Counter())
    claims = counted(plan.claims(quote))
    units = quote.units
    assert claims["event"] == claims["capacity/room"] == len(units)
    for ticket in ("standard", "vip"):
        assert claims[f"ticket/{ticket}"] == sum(unit.ticket == ticket for unit in units)
    for tier in ("early", "late"):
        assert claims[f"tier/standard/{tier}"] == sum(unit.tier == tier for unit in units)
    for session in plan.event.sessions:
        every = not plan.event.chooses_sessions
        assert claims[f"session/{session.id}"] == sum(every or unit.session == session.id for unit in units)
    credited = {line.promotion: line for line in quote.lines if line.promotion}
    assert claims["promotion/orders/orders"] == ("orders" in credited)
    if "units" in credited:
        assert claims["promotion/units/units"] == sum(minor < 0 for minor in credited["units"].per_unit)
    if "budget" in credited:
        assert claims["promotion/budget/amount"] == -credited["budget"].amount.minor
    if "code" in credited:
        assert claims[f"promotion/code/code/{credited['code'].code.lower()}/orders"] == 1
    marks = () if order["buyer"] is None else order["buyer"].marks
    for mark in marks:
        assert claims[f"first_purchase/{mark}"] == ("first" in credited)
        assert claims[f"ticket/vip/customer/{mark}"] == sum(unit.ticket == "vip" for unit in units)
    assert {counter.split("/")[1] for counter in claims if counter.startswith("promotion/")} <= credited.keys()
