"""
What people call the states, the triggers, and the things that have them.

Each has a phrase of its own, also where two are called the same in English: a
paid order is “payée” in French, a paid payment “payé”. A trigger is told as
what somebody does.
"""

from collections.abc import Mapping
from enum import Enum

from paidevents import lifecycle
from paidevents.reason import Reason


def _phrases(what: str, words: Mapping[str, Mapping[str, str]]) -> dict[tuple[str, str], Reason]:
    """The phrases of *words*, which are given by table and code."""
    return {
        (machine, code): Reason(f"phrase_{what}_{machine}_{code}", word)
        for machine, of_machine in words.items()
        for code, word in of_machine.items()
    }


THINGS = {
    name: Reason(f"phrase_thing_{name}", word)
    for name, word in {
        "event": "event",
        "order": "order",
        "registration": "registration",
        "payment": "payment",
        "refund": "refund",
        "waiting_list": "place in the waiting list",
    }.items()
}

STATES = _phrases(
    "state",
    {
        "event": {
            "draft": "draft",
            "scheduled": "scheduled",
            "live": "live",
            "ended": "ended",
            "cancelled": "cancelled",
        },
        "order": {
            "held": "held",
            "authorized": "authorized",
            "paid": "paid",
            "expired": "expired",
            "cancelled": "cancelled",
        },
        "registration": {
            "reserved": "reserved",
            "awaiting_approval": "awaiting approval",
            "confirmed": "confirmed",
            "refused": "refused",
            "cancelled": "cancelled",
            "lapsed": "lapsed",
        },
        "payment": {
            "starting": "starting",
            "open": "open",
            "authorized": "authorized",
            "pending": "pending",
            "paid": "paid",
            "review": "under review",
            "failed": "failed",
            "expired": "expired",
            "lost": "lost",
        },
        "refund": {
            "owed": "owed",
            "requested": "requested",
            "pending": "pending",
            "succeeded": "made",
            "failed": "failed",
            "dropped": "dropped",
        },
        "waiting_list": {
            "waiting": "waiting",
            "offered": "offered",
            "taken": "taken",
            "lapsed": "lapsed",
            "left": "given up",
            "closed": "closed",
        },
    },
)

TRIGGERS = _phrases(
    "trigger",
    {
        "event": {
            "schedule": "schedule",
            "reschedule": "change the date",
            "start": "start",
            "end": "end",
            "cancel": "cancel",
        },
        "order": {
            "extend": "hold longer",
            "authorize": "authorize",
            "approve": "approve",
            "pay": "pay",
            "waive": "waive what is unpaid",
            "honour": "accept the late payment",
            "decline": "give the late payment back",
            "change": "change",
            "expire": "let expire",
            "cancel": "cancel",
            "lose_payment": "lose the payment",
        },
        "registration": {
            "authorize": "authorize",
            "settle": "settle",
            "approve": "approve",
            "refuse": "refuse",
            "cancel": "cancel",
            "call_off": "call off",
            "lapse": "let lapse",
            "lose_payment": "lose the payment",
            "change": "change",
            "transfer": "transfer",
            "resend": "send the confirmation again",
        },
        "payment": {
            "open": "open",
            "authorize": "authorize",
            "pend": "wait for the money",
            "receive": "receive the money",
            "mismatch": "receive another amount",
            "fail": "fail",
            "expire": "let expire",
            "lose": "lose the money",
            "accept": "accept",
            "decline": "give all of it back",
        },
        "refund": {
            "request": "request",
            "pend": "wait for the provider",
            "succeed": "make",
            "fail": "fail",
            "settle_elsewhere": "settle elsewhere",
            "drop": "drop",
        },
        "waiting_list": {
            "offer": "offer",
            "take": "take",
            "expire": "let lapse",
            "leave": "give up",
            "close": "close",
        },
    },
)


def phrase_of(member: Enum) -> Reason | None:
    """The phrase of a state or a trigger of one of the six tables; None for any other enum."""
    for machine in lifecycle.MACHINES.values():
        if isinstance(member, type(machine.initial)):
            return STATES[machine.name, member.value]
        if isinstance(member, machine.triggers):
            return TRIGGERS[machine.name, member.value]
    return None


def phrases_for(machine: object, state: object, trigger: object) -> dict[str, Reason]:
    """The phrases of these three codes, by what each is; those of a host's own table have none."""
    name = str(machine)
    found = {
        "machine": THINGS.get(name),
        "state": STATES.get((name, str(state))),
        "trigger": TRIGGERS.get((name, str(trigger))),
    }
    return {what: phrase for what, phrase in found.items() if phrase}
