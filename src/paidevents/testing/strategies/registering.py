"""Strategies for what stands around a registration: people, forms, and what is given back when it is cancelled."""

from typing import Any

from hypothesis import strategies as st

from paidevents.catalog.cancellation import Cancellation, FeesBack, RefundStep
from paidevents.catalog.form import Disclaimer, Question, RegistrationForm
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.money.rate import Rate
from paidevents.testing.strategies.amounts import Bounds, Dice, made
from paidevents.timing.deadline import Deadline

# From early to late, some counted from the end, some in days and some in hours.
DEADLINES = tuple(
    map(
        Deadline.of,
        ("1 month before start", "7 days before start", "24 h before start", "at start", "at end", "14 days after end"),
    )
)
SHARES = tuple(map(Rate.of, ("100 %", "50 %", "1/3", "12.5 %", "0 %")))
PROSE = ("Who cancels in time is refunded.", "Who cancels in time is refunded.\n\nElse not.", "À l’heure :\n– oui.", "")
ACCOUNTS = ("1", "42", "acct_7f3", "Étienne-42")
QUESTIONS = ("company", "level", "diet")
CHOICES = ("Nothing", "A little", "Everything", "À peu près tout")


def actors() -> st.SearchStrategy[Actor]:
    """Who does something, in every role; now and then what happens by itself."""
    return made(_an_actor)


def _an_actor(dice: Dice) -> Actor:
    if dice.one_in(6):
        return SYSTEM
    return Actor(dice.choice(tuple(Role)), dice.choice(ACCOUNTS))


def refund_steps() -> st.SearchStrategy[RefundStep]:
    """Steps with a deadline, or for the rest of time."""
    return made(lambda dice: RefundStep(dice.choice((*DEADLINES, None)), dice.choice(SHARES)))


def cancellations(bounds: Bounds = None) -> st.SearchStrategy[Cancellation]:
    """Nothing, everything, or in up to four steps; some keep an amount in the currency of *bounds*."""
    return made(lambda dice: a_cancellation(dice, bounds))


def a_cancellation(dice: Dice, bounds: Bounds) -> Cancellation:
    """What is given back, in the order in which deadlines pass, with shares that fall or rise."""
    some = set(dice.some(DEADLINES, 3))
    deadlines: list[Deadline | None] = [deadline for deadline in DEADLINES if deadline in some]
    if dice.one_in(3):
        deadlines.append(None)
    return Cancellation(
        steps=tuple(RefundStep(deadline, dice.choice(SHARES)) for deadline in deadlines),
        text=dice.choice(tuple(reversed(PROSE))),
        **(_exceptions(dice.together(), bounds) if dice.one_in(2) else {}),
    )


def _exceptions(dice: Dice, bounds: Bounds) -> dict[str, Any]:
    """How a cancellation is not like most of them."""
    prices = dice.prices(bounds)
    return {
        "kept": dice.amount(prices, prices.step, 5 * prices.coin) if dice.one_in(2) else None,
        "fees": dice.choice(tuple(FeesBack)),
        "tax": not dice.one_in(4),
        "clawback": dice.one_in(2),
        "pro_rata": dice.one_in(2),
        "buyer_until": dice.choice((Cancellation().buyer_until, None, *DEADLINES)),
    }


def questions() -> st.SearchStrategy[Question]:
    """Questions with choices or for own words."""
    return made(lambda dice: a_question(dice, dice.choice(QUESTIONS)))


def a_question(dice: Dice, id: str) -> Question:
    """The question *id*."""
    return Question(
        id=id,
        text=f"{id.capitalize()}?",
        required=dice.one_in(2),
        choices=dice.some(CHOICES, len(CHOICES)),
        longest=dice.choice((500, 1, 5000)),
    )


def disclaimers() -> st.SearchStrategy[Disclaimer]:
    """Disclaimers of one line and of several."""
    return made(a_disclaimer)


def a_disclaimer(dice: Dice) -> Disclaimer:
    """What must be accepted, in some version."""
    return Disclaimer(text=dice.choice(PROSE[:-1]), version=dice.between(1, 5))


def registration_forms() -> st.SearchStrategy[RegistrationForm]:
    """Forms with up to three questions, with a disclaimer or without."""
    return made(a_registration_form)


def a_registration_form(dice: Dice) -> RegistrationForm:
    """What a registration asks for."""
    return RegistrationForm(
        questions=tuple(a_question(dice, id) for id in QUESTIONS[: dice.below(len(QUESTIONS) + 1)]),
        disclaimer=a_disclaimer(dice) if dice.one_in(2) else None,
        remark=dice.choice(tuple(reversed(PROSE))),
    )
