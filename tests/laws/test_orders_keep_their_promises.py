"""Whatever happens to an order, in whatever order: the table of laws holds, and not a cent nor a place is lost."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from registration.desk import Desk, attendee
from worked.shop import code, euros, percent, shop, taxes, ticket

from paidevents import IllegalTransitionError, Money, Rate, RefusedError, Window
from paidevents.catalog import (
    Approval,
    Cancellation,
    Event,
    Fee,
    FeeTaker,
    LatePayment,
    Limit,
    LimitOf,
    LimitPer,
    Policy,
    Promotion,
    RefundStep,
    Restore,
    Tier,
)
from paidevents.lifecycle.order import OrderState
from paidevents.registration import (
    approved,
    called_off,
    cancelled,
    changed,
    declined,
    expired,
    given_back,
    honoured,
    payment_lost,
    refused,
    taken_without,
    transferred,
)
from paidevents.timing import Deadline

CURVES = (
    Cancellation.none(),
    Cancellation.full(),
    Cancellation.limited(
        RefundStep(Deadline.of("7 days before start"), Rate.of("80 %")), RefundStep(None, Rate.of("30 %"))
    ),
    Cancellation(steps=(RefundStep(None, Rate(1, 1)),), clawback=True),
    Cancellation(steps=(RefundStep(None, Rate(2, 3)),), kept=euros("1.50"), tax=False),
)
PROMOTIONS = (
    Promotion(id="group", effect=percent("25 %"), automatic=True, least_units=3),
    code(
        "ten",
        percent("10 %"),
        limits=(Limit(LimitOf.UNITS, 100, LimitPer.PROMOTION), Limit(LimitOf.ORDERS, 10, LimitPer.PROMOTION)),
    ),
)


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    event: Event = shop(
        ticket("19.95", tiers=(Tier(id="early", price=euros("14.90"), quantity=2, window=Window()),)),
        ticket("35.00", id="vip", quantity=40),
        capacity=draw(st.sampled_from((None, 60))),
        promotions=tuple(
            Promotion(
                **{
                    **{
                        name: getattr(one, name)
                        for name in ("id", "effect", "automatic", "least_units", "limits", "codes")
                    },
                    "restore": draw(st.sampled_from(Restore)),
                }
            )
            for one in PROMOTIONS
        ),
        fees=(
            Fee(
                id="service",
                name="Service",
                taker=FeeTaker.PLATFORM,
                rate=Rate.of("5 %"),
                per_order=euros("0.30"),
                buyer_share=Rate(1, 1),
                refundable=draw(st.booleans()),
            ),
        ),
        tax=draw(st.sampled_from((None, taxes(("20 %", "standard"))))),
        cancellation=draw(st.sampled_from(CURVES)),
        policy=Policy(
            approval=draw(st.sampled_from(Approval)),
            late_payments=draw(st.sampled_from(LatePayment)),
            one_per_person=draw(st.booleans()),
        ),
    )
    return Desk(event)


def some(desk: Desk, number: int) -> list[str]:
    """One attendee, or several, or all."""
    ids = [one.id for one in desk.order.active] or ["A1-1"]
    return ids if number % 4 == 0 else ids[number % len(ids) :][: 1 + number % 2]


def pay_late(desk: Desk, _: list[str], number: int) -> None:
    lapsed = desk.order.charge(desk.order.registrations)
    desk.pay(max(lapsed - desk.received, Money.zero(lapsed.currency)), has_room=number % 3 > 0)


def wait(desk: Desk, _: list[str], number: int) -> None:
    desk.at += timedelta(minutes=7 * number)


def give_back(desk: Desk, _: list[str], number: int) -> None:
    amount = euros(f"{number % 7}.{number % 10}0")
    desk.done(given_back(desk.order, amount, received=desk.received, quote=number % len(desk.order.quotes)))


def change(desk: Desk, ids: list[str], number: int) -> None:
    taken = taken_without(desk.order, desk.plan, ids[0], +desk.taken)
    wanted = {("standard", "vip")[number % 2]: 1}
    desk.do(changed, ids[0], desk.plan.quote(wanted, ("ten",) * (number % 3 == 0), at=desk.at, taken=taken))


def lose(desk: Desk, _: list[str], __: int) -> None:
    desk.received = Money.zero(desk.received.currency)
    desk.do(payment_lost, received=desk.received)


def decide_on_late(desk: Desk, _: list[str], number: int) -> None:
    desk.received += desk.order.charge(desk.order.registrations)
    if number % 2:
        desk.do(honoured, received=desk.received, has_room=True)
    else:
        desk.do(declined, received=desk.received)


ACTS: dict[str, Callable[[Desk, list[str], int], object]] = {
    "pay": lambda desk, _, number: desk.pay(has_room=number % 3 > 0),
    "pay late": pay_late,
    "wait": wait,
    "expire": lambda desk, _, __: desk.do(expired),
    "approve": lambda desk, ids, _: desk.do(approved, ids, received=desk.received),
    "refuse": lambda desk, ids, _: desk.do(refused, ids),
    "cancel": lambda desk, ids, _: desk.do(cancelled, ids),
    "call off": lambda desk, ids, _: desk.do(called_off, ids),
    "goodwill": give_back,
    "transfer": lambda desk, ids, number: desk.do(transferred, ids[0], attendee(f"Gus{number}")),
    "change": change,
    "lose": lose,
    "decide on late": decide_on_late,
}


@given(
    desk=desks(),
    places=st.integers(1, 5),
    codes=st.sampled_from(((), ("ten",))),
    acts=st.lists(st.tuples(st.sampled_from(("pay", *ACTS)), st.integers(0, 30)), max_size=14),
)
def test_the_laws_hold_after_every_step(
    desk: Desk, places: int, codes: tuple[str, ...], acts: list[tuple[str, int]]
) -> None:
    desk.reserve({"standard": places, **({"vip": 1} if places > 2 else {})}, *codes)
    for what, number in acts:
        before, received = desk.order, desk.received
        try:
            ACTS[what](desk, some(desk, number), number)
        except (IllegalTransitionError, RefusedError):
            assert desk.order is before, "a refusal changes nothing"
            desk.received = received
    if desk.state is not OrderState.EXPIRED and desk.order.active:
        if desk.order.change is not None:
            desk.at += timedelta(days=8)
            desk.do(expired)
        if desk.state is not OrderState.PAID or desk.order.active:
            desk.do(called_off)
    if desk.state is OrderState.EXPIRED:
        desk.do(declined, received=desk.received)
    # Nobody is left: not a place stays taken, and what is kept is what was promised (the laws), never more than came.
    assert not desk.order.active
    assert desk.received == desk.order.due
