"""An order as a machine, small enough to read at a glance. The library's own machines come with what they describe."""

from enum import Enum

from attrs import frozen

from paidevents import Guard, Machine, Reason, Row


class State(Enum):
    HELD = "held"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Trigger(Enum):
    PAY = "pay"
    EXPIRE = "expire"
    CANCEL = "cancel"


class Effect(Enum):
    CONFIRM = "confirm"
    RETAKE = "retake"
    GIVE_BACK = "give_back"
    REFUND = "refund"


@frozen
class Facts:
    hold_is_over: bool
    seats_remain: bool


HOLD_IS_OVER = Guard[Facts](lambda facts: facts.hold_is_over, Reason("hold_is_over", "The seats are still held."))
SEATS_REMAIN = Guard[Facts](lambda facts: facts.seats_remain, Reason("seats_remain", "The seats are gone."))

ORDER: Machine[State, Trigger, Facts, Effect] = Machine(
    name="order",
    initial=State.HELD,
    triggers=Trigger,
    rows=(
        Row(State.HELD, Trigger.PAY, State.PAID, then=(Effect.CONFIRM,)),
        Row(State.HELD, Trigger.EXPIRE, State.EXPIRED, HOLD_IS_OVER, (Effect.GIVE_BACK,)),
        Row(State.HELD, Trigger.CANCEL, State.CANCELLED, then=(Effect.GIVE_BACK,)),
        Row(State.EXPIRED, Trigger.PAY, State.PAID, SEATS_REMAIN, (Effect.RETAKE, Effect.CONFIRM)),
        Row(State.EXPIRED, Trigger.PAY, State.EXPIRED, then=(Effect.REFUND,)),
        Row(State.PAID, Trigger.CANCEL, State.CANCELLED, then=(Effect.GIVE_BACK, Effect.REFUND)),
    ),
)

DIAGRAM = """\
stateDiagram-v2
    [*] --> held
    held --> paid: pay / confirm
    held --> expired: expire [hold_is_over] / give_back
    held --> cancelled: cancel / give_back
    expired --> paid: pay [seats_remain] / retake, confirm
    expired --> expired: pay / refund
    paid --> cancelled: cancel / give_back, refund
    cancelled --> [*]
"""

GRAPH = """\
digraph "order" {
    node [shape=box, style=rounded]
    start [shape=point]
    start -> "held"
    "cancelled" [peripheries=2]
    "held" -> "paid" [label="pay / confirm"]
    "held" -> "expired" [label="expire [hold_is_over] / give_back"]
    "held" -> "cancelled" [label="cancel / give_back"]
    "expired" -> "paid" [label="pay [seats_remain] / retake, confirm"]
    "expired" -> "expired" [label="pay / refund"]
    "paid" -> "cancelled" [label="cancel / give_back, refund"]
}
"""
