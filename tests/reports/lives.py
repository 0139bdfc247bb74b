"""Orders to which things have happened, drawn: what reports have to add up whatever it was."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from registration.desk import BUYER, Desk
from worked.shop import code, euros, percent, shop, taxes, ticket

from paidevents import IllegalTransitionError, RefusedError
from paidevents.catalog import Approval, Cancellation, Event, Fee, FeeTaker, Policy, Promotion, RefundStep, Tier
from paidevents.money import Rate
from paidevents.registration import (
    Order,
    approved,
    called_off,
    cancelled,
    changed,
    expired,
    given_back,
    payment_lost,
    refused,
    taken_without,
)

TERMS = (
    Cancellation.none(),
    Cancellation.full(),
    Cancellation(steps=(RefundStep(None, Rate(2, 3)),)),
    Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True),
    Cancellation(steps=(RefundStep(None, Rate(1, 2)),), kept=euros("1.50"), tax=False),
)
CARD = Fee(id="card", rate=Rate.of("1.5 %"), taker=FeeTaker.PROVIDER, tax_category=None)


def event(*, with_service: bool, refundable: bool, taxed: bool, terms: Cancellation, policy: Policy) -> Event:
    service = Fee(
        id="service",
        rate=Rate.of("5 %"),
        per_order=euros("0.31"),
        buyer_share=Rate(1, 1),
        refundable=refundable,
    )
    group = Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=3)
    return shop(
        ticket("19.95", tiers=(Tier(id="early", name="Early", price=euros("14.90"), quantity=2),)),
        ticket("35.00", id="vip"),
        promotions=(group, code("ten", percent("10 %"))),
        fees=(service, CARD) if with_service else (CARD,),
        tax=taxes(("20 %", "standard")) if taxed else None,
        cancellation=terms,
        policy=policy,
    )


def wait(desk: Desk, number: int) -> None:
    desk.at += timedelta(minutes=number)


def change(desk: Desk, number: int) -> None:
    id = one_of(desk, number)[0]
    taken = taken_without(desk.order, desk.plan, id, +desk.taken)
    desk.do(changed, id, desk.plan.quote({("standard", "vip")[number % 2]: 1}, at=desk.at, taken=taken))


def lose(desk: Desk, _: int) -> None:
    before, desk.received = desk.received, euros("0.00")
    try:
        desk.do(payment_lost, received=desk.received)
    except IllegalTransitionError:
        desk.received = before
        raise


def one_of(desk: Desk, number: int) -> list[str]:
    ids = [one.id for one in desk.order.active] or [f"{desk.order.id}-1"]
    return ids[number % len(ids) :][: 1 + number % 3]


KEEPS: dict[str, Callable[[Desk, int], Any]] = {
    "wait": wait,
    "expire": lambda desk, _: desk.do(expired),
    "pay": lambda desk, _: desk.pay(),
    "approve": lambda desk, number: desk.do(approved, one_of(desk, number), received=desk.received),
    "refuse": lambda desk, number: desk.do(refused, one_of(desk, number)),
    "call off": lambda desk, number: desk.do(called_off, one_of(desk, number)),
    "cancel": lambda desk, number: desk.do(cancelled, one_of(desk, number), by=BUYER),
    "goodwill": lambda desk, number: desk.done(
        given_back(desk.order, euros(f"{number % 5}.{number % 10}0"), received=desk.received)
    ),
}
ACTS = {**KEEPS, "change": change, "lose": lose}


@st.composite
def lives(draw: st.DrawFn, *, clawback: bool = True, acts: dict[str, Callable[[Desk, int], Any]] = ACTS) -> Order:
    """An order after up to eight things that happened to it; those that could not happen did not."""
    terms = draw(st.sampled_from([one for one in TERMS if clawback or not one.clawback]))
    made = event(
        with_service=draw(st.booleans()),
        refundable=draw(st.booleans()),
        taxed=draw(st.booleans()),
        terms=terms,
        policy=Policy(approval=draw(st.sampled_from(Approval))),
    )
    desk = Desk(made)
    wanted = draw(st.sampled_from(({"standard": 1}, {"standard": 3}, {"standard": 4, "vip": 1}, {"vip": 2})))
    desk.reserve(wanted, *draw(st.sampled_from(((), ("ten",)))), id=draw(st.sampled_from(("A1", "B2"))))
    for what, number in draw(st.lists(st.tuples(st.sampled_from(("pay", *acts)), st.integers(0, 30)), max_size=8)):
        with suppress(IllegalTransitionError, RefusedError):
            acts[what](desk, number)
    return desk.order
