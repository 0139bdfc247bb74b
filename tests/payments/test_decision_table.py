"""
Every status meets every order: what is decided, written by hand.

A payment of 100.00 is open. The provider is asked, and says one of nine things
of it: five statuses, and four amounts of what is paid. The order stands in one
of five states, needs the money or not, could have its places again or not, and
its event has one of three policies for what comes late: 540 cells, each of which
is in exactly one row.
"""

from itertools import product

import pytest
from payments.till import AT, SOON, due, eur, seen, standing, usd

from paidevents.catalog import Capture, LatePayment
from paidevents.lifecycle import ORDER, OrderFacts, OrderState, OrderTrigger, PaymentState
from paidevents.payments import Decision, Due, Snapshot, Status, decide

TOLD: dict[str, Snapshot] = {
    "open": seen(Status.OPEN),
    "authorized": seen(Status.AUTHORIZED),
    "pending": seen(Status.PENDING),
    "failed": seen(Status.FAILED),
    "expired": seen(Status.EXPIRED),
    "less": seen(received=eur(99)),
    "exact": seen(),
    "more": seen(received=eur(101)),
    "foreign": seen(received=usd(100)),
}
ORDERS = tuple(state.value for state in OrderState)
NEEDS = {"needs": eur(0), "paid by another": eur(100)}  # what others have brought of the 100.00 that are asked for
ROOM = {"room": True, "full": False}
LATE = tuple(policy.value for policy in LatePayment)

# `*` is anything. The order's own table then says where the order goes (`=`: it is not told anything) and what that means.
TABLE = """
told       | order                | needs           | room | late           | payment    | order then | it means                            | actions        | surplus

open       | *                    | *               | *    | *              | open       | =          | -                                   | -              | 0
pending    | held, paid           | needs           | *    | *              | pending    | =          | -                                   | extend_hold    | 0
pending    | held, paid           | paid by another | *    | *              | pending    | =          | -                                   | -              | 0
pending    | authorized           | *               | *    | *              | pending    | =          | -                                   | -              | 0
pending    | expired, cancelled   | *               | *    | *              | pending    | =          | -                                   | -              | 0
failed     | *                    | *               | *    | *              | failed     | =          | -                                   | -              | 0
expired    | *                    | *               | *    | *              | expired    | =          | -                                   | -              | 0

authorized | held, paid           | needs           | *    | *              | authorized | =          | -                                   | capture        | 0
authorized | held, paid           | paid by another | *    | *              | authorized | =          | -                                   | void           | 0
authorized | authorized           | needs           | *    | *              | authorized | =          | -                                   | -              | 0
authorized | authorized           | paid by another | *    | *              | authorized | =          | -                                   | void           | 0
authorized | expired              | *               | room | accept_if_room | authorized | =          | -                                   | capture        | 0
authorized | expired              | *               | full | accept_if_room | authorized | =          | -                                   | void           | 0
authorized | expired              | *               | *    | refund         | authorized | =          | -                                   | void           | 0
authorized | expired              | *               | *    | review         | authorized | =          | -                                   | ask_organizer  | 0
authorized | cancelled            | *               | *    | *              | authorized | =          | -                                   | void           | 0

less       | *                    | *               | *    | *              | review     | =          | -                                   | ask_organizer  | 0
more       | *                    | *               | *    | *              | review     | =          | -                                   | ask_organizer  | 0
foreign    | *                    | *               | *    | *              | review     | =          | -                                   | ask_organizer  | 0

exact      | held, authorized     | needs           | *    | *              | paid       | paid       | settle_registrations                | -              | 0
exact      | held, authorized     | paid by another | *    | *              | paid       | =          | -                                   | refund_surplus | 100
exact      | paid                 | needs           | *    | *              | paid       | paid       | apply_change                        | -              | 0
exact      | paid                 | paid by another | *    | *              | paid       | =          | -                                   | refund_surplus | 100
exact      | expired              | *               | room | accept_if_room | paid       | paid       | retake_places, settle_registrations | -              | 0
exact      | expired              | *               | full | accept_if_room | paid       | expired    | refund_in_full                      | -              | 0
exact      | expired              | *               | *    | refund         | paid       | expired    | refund_in_full                      | -              | 0
exact      | expired              | *               | *    | review         | paid       | expired    | ask_organizer                       | -              | 0
exact      | cancelled            | *               | *    | *              | paid       | cancelled  | refund_in_full                      | -              | 0
"""

Row = tuple[str, ...]


def read(table: str) -> list[Row]:
    lines = [line for line in table.strip().splitlines()[1:] if line]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


def row_of(rows: list[Row], cell: Row) -> Row:
    """The one row that speaks of *cell*."""
    found = [
        row
        for row in rows
        if all(told == "*" or part in told.split(", ") for part, told in zip(cell, row, strict=False))
    ]
    assert len(found) == 1, f"{cell}: {len(found)} rows"
    return found[0]


ROWS = read(TABLE)
CELLS = list(product(TOLD, ORDERS, NEEDS, ROOM, LATE))


def order_then(order: Due, decision: Decision) -> tuple[str, str]:
    """Where the order goes by its own table, with the facts that go with what is due, and what that means."""
    if decision.order is None:
        return "=", "-"
    facts = OrderFacts(
        at=AT,
        hold_until=SOON,
        is_settled=order.received + decision.payment.received >= order.asked,
        change_is_open=order.order is OrderState.PAID and bool(order.needs),
        has_room=order.has_room,
        late_is_reviewed=order.late is LatePayment.REVIEW,
        late_is_accepted=order.late is LatePayment.ACCEPT_IF_ROOM,
    )
    row = ORDER.fire(order.order, decision.order, facts)
    return row.target.value, ", ".join(effect.value for effect in row.then) or "-"


def actions(decision: Decision) -> str:
    return ", ".join(action.value for action in decision.actions) or "-"


def test_the_table_covers_every_cell_once_and_has_no_idle_row() -> None:
    """9 things that are told × 5 orders × 2 needs × 2 rooms × 3 policies = 540."""
    used = {row_of(ROWS, cell) for cell in CELLS}
    assert len(CELLS) == 540
    assert used == set(ROWS)


@pytest.mark.parametrize("told", TOLD)
def test_what_is_decided_is_what_the_table_says(told: str) -> None:
    for cell in CELLS:
        if cell[0] == told:
            _, state, needs, room, late = cell
            order = due(
                OrderState(state),
                received=NEEDS[needs],
                has_room=ROOM[room],
                late=LatePayment(late),
                capture=Capture.AT_ONCE,
            )
            decision = decide(standing(PaymentState.OPEN), TOLD[told], order, at=AT)
            found = (
                decision.payment.state.value,
                *order_then(order, decision),
                actions(decision),
                str(decision.surplus.minor // 100),
            )
            assert found == row_of(ROWS, cell)[5:], cell


# Money that is set aside, and who decides: when it is taken, and whether the order was approved.
SET_ASIDE = """
order              | capture     | approved | others have       | order is told | action

held               | at_once     | *        | nothing           | -             | capture
held               | on_approval | no       | nothing           | authorize     | -
held               | on_approval | yes      | nothing           | authorize     | capture
authorized         | *           | no       | nothing           | -             | -
authorized         | *           | yes      | nothing           | -             | capture
paid               | *           | *        | nothing           | -             | capture
held, authorized   | *           | *        | paid it           | -             | void
held, authorized   | *           | *        | set as much aside | -             | void
paid               | *           | *        | paid it           | -             | void
paid               | *           | *        | set as much aside | -             | void
expired, cancelled | *           | *        | *                 | -             | void
"""
OTHERS = {"nothing": (eur(0), None), "paid it": (eur(100), eur(0)), "set as much aside": (eur(0), eur(100))}


def test_money_that_is_set_aside_is_taken_only_where_it_can_stay() -> None:
    """5 orders × 2 × 2 × 3 = 60 cells; late money is refunded here."""
    rows = read(SET_ASIDE)
    cells = list(product(ORDERS, [each.value for each in Capture], ("yes", "no"), OTHERS))
    assert {row_of(rows, cell) for cell in cells} == set(rows)
    assert len(cells) == 60
    for cell in cells:
        state, capture, approved, others = cell
        received, aside = OTHERS[others]
        order = due(
            OrderState(state),
            capture=Capture(capture),
            approved=approved == "yes",
            received=received,
            set_aside=aside,
            late=LatePayment.REFUND,
        )
        decision = decide(standing(PaymentState.OPEN), TOLD["authorized"], order, at=AT)
        told = decision.order.value if decision.order else "-"
        assert (told, actions(decision)) == row_of(rows, cell)[4:], cell
        assert decision.order in (None, OrderTrigger.AUTHORIZE)


# Where a payment stands, and what is told of it next: where it stands then. `.` is the same payment, untouched.
# Its order goes with it: held while it is not paid, authorized with it, paid by it, cancelled when it was lost.
NEXT = """
           | open    | authorized | pending | failed | expired | less   | exact | more   | foreign

starting   | open    | authorized | pending | failed | expired | review | paid  | review | review
open       | .       | authorized | pending | failed | expired | review | paid  | review | review
authorized | .       | .          | pending | failed | expired | review | paid  | review | review
pending    | .       | .          | .       | failed | expired | review | paid  | review | review
paid       | .       | .          | .       | lost   | .       | review | .     | review | review
review     | .       | .          | .       | lost   | .       | review | paid  | review | review
failed     | open    | authorized | pending | .      | expired | review | paid  | review | review
expired    | .       | authorized | pending | .      | .       | review | paid  | review | review
lost       | .       | .          | .       | .      | .       | review | paid  | review | review
"""
GOES_WITH = {
    PaymentState.AUTHORIZED: OrderState.AUTHORIZED,
    PaymentState.PAID: OrderState.PAID,
    PaymentState.LOST: OrderState.CANCELLED,
}


def test_from_every_state_every_status_leads_where_the_table_says() -> None:
    """9 states × 9 things that are told = 81."""
    header, *_ = NEXT.strip().splitlines()
    told = [cell.strip() for cell in header.split("|")][1:]
    assert told == list(TOLD)
    rows = read("\n" + NEXT)
    assert [row[0] for row in rows] == [state.value for state in PaymentState]
    for start, *ends in rows:
        state = PaymentState(start)
        order = due(GOES_WITH.get(state, OrderState.HELD))
        for name, end in zip(told, ends, strict=True):
            payment = standing(state)
            decision = decide(payment, TOLD[name], order, at=AT)
            if end == ".":
                assert decision.payment is payment and not decision.is_news, (start, name)
            else:
                assert decision.payment.state.value == end and decision.is_news, (start, name)
                assert decision.payment.snapshot == TOLD[name]
