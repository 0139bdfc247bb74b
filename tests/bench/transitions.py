"""A frozen registration that moves once, against the best-known package of state machines."""

from datetime import UTC, datetime
from typing import Any

from transitions import Machine as TheirMachine

from bench.harness import Row
from paidevents.catalog import SYSTEM
from paidevents.lifecycle import REGISTRATION, RegistrationFacts, RegistrationState, RegistrationTrigger
from paidevents.registration.person import Attendee, Person
from paidevents.registration.registration import Registration

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
FACTS = RegistrationFacts(needs_approval=True)
SETTLE = RegistrationTrigger.SETTLE


# A registration that is reserved: the same one moves each time, for it never changes.
RESERVED = Registration(
    id="r-1", attendee=Attendee(person=Person(name="Ana Lima", email="ana@example.com")), units=(0,)
)


def ours() -> Registration:
    return RESERVED.moved(SETTLE, FACTS, at=AT, by=SYSTEM)[1]


class Theirs:
    """The same life with `transitions`, which changes the thing itself and keeps no moves."""

    state: str
    trigger: Any

    def __init__(self) -> None:
        self.needs_approval = True
        self.messages = 0

    def approval_is_needed(self) -> bool:
        return self.needs_approval

    def tell_awaiting(self) -> None:
        self.messages += 1

    def let_in(self) -> None:
        self.messages += 1


THEIRS = Theirs()
THEIR_MACHINE = TheirMachine(
    THEIRS,
    states=[state.value for state in RegistrationState],
    initial="reserved",
    auto_transitions=False,
    transitions=[
        {
            "trigger": "settle",
            "source": "reserved",
            "dest": "awaiting_approval",
            "conditions": "approval_is_needed",
            "after": "tell_awaiting",
        },
        {"trigger": "settle", "source": "reserved", "dest": "confirmed", "after": "let_in"},
        {"trigger": "approve", "source": "awaiting_approval", "dest": "confirmed", "after": "let_in"},
        {"trigger": "refuse", "source": "awaiting_approval", "dest": "refused"},
    ],
)


def theirs() -> str:
    """One transition; the state is put back by hand, which costs next to nothing."""
    THEIRS.state = "reserved"
    THEIRS.trigger("settle")
    return THEIRS.state


def fired() -> object:
    return REGISTRATION.fire(RegistrationState.RESERVED, SETTLE, FACTS)


assert ours().state.value == theirs() == "awaiting_approval"

ROWS = (
    Row(
        "one transition of a registration: settled, and to be approved",
        {
            "transitions 0.9.3, which changes it": theirs,
            "paidevents, a new one with its history": ours,
            "paidevents, only which row answers": fired,
        },
        goal="≤ 0.3, aim 0.12",
    ),
)
