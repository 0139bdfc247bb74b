"""Strategies for who gets in: passes in use, lost and taken back, and recordings."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st

from paidevents.access.parts import Device, Revocation, Visit
from paidevents.access.pass_ import Pass
from paidevents.access.recording import Attachment, Recording
from paidevents.errors import NotAllowedError
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.whole import EVENT
from paidevents.timing.deadline import Span
from paidevents.timing.window import Window

DEVICES = ("phone", "laptop", "téléviseur", "7f3c0a")
SESSIONS = ("session-1", "session-2", "session-3")
WINDOWS = (Window(), Window(NEW_YEAR), Window(NEW_YEAR, NEW_YEAR + timedelta(days=7)))
MOST_STEPS = 6


def devices() -> st.SearchStrategy[Device]:
    """Devices that were joined from."""
    return made(lambda dice: Device(dice.choice(DEVICES), _a_moment(dice)))


def visits() -> st.SearchStrategy[Visit]:
    """That somebody was there, in a session or in what has none."""
    return made(lambda dice: Visit(dice.choice((*SESSIONS, None)), _a_moment(dice)))


def _a_moment(dice: Dice) -> datetime:
    return NEW_YEAR + timedelta(seconds=dice.below(10**7))


def passes() -> st.SearchStrategy[Pass]:
    """Passes for all or some sessions, with a limit of devices or without, to which up to six things have happened."""
    return made(lambda dice: a_pass(dice, f"P{dice.below(100)}", f"A1-{dice.between(1, 9)}"))


def a_pass(dice: Dice, id: str, registration: str) -> Pass:
    """The pass *id* for the place of a registration."""
    at = _a_moment(dice)
    held = Pass(
        id=id,
        registration_id=registration,
        event_id=EVENT,
        issued_at=at,
        sessions=dice.some(SESSIONS, len(SESSIONS)),
        window=dice.choice(WINDOWS),
        most_devices=dice.choice((None, 1, 3)),
    )
    for _ in range(dice.below(MOST_STEPS + 1)):
        at += timedelta(minutes=dice.below(3000))
        try:
            held = dice.choice(_ACTS)(held, at, dice)
        except NotAllowedError:
            continue
    return held


def _used(held: Pass, at: datetime, dice: Dice) -> Pass:
    return held.admitted(dice.choice(DEVICES), at, dice.choice(held.sessions or (None, *SESSIONS)))


_ACTS: tuple[Callable[[Pass, datetime, Dice], Pass], ...] = (
    *(_used,) * 6,
    lambda held, at, dice: held.released(dice.choice(DEVICES)),
    lambda held, at, dice: held.renewed(),
    lambda held, at, dice: held.suspended(at),
    lambda held, at, dice: held.restored(),
    lambda held, at, dice: held.revoked(at, dice.choice(tuple(Revocation))),
)


def recordings() -> st.SearchStrategy[Recording]:
    """Recordings of an event or a session, attached, published, withdrawn, or there again."""
    return made(_a_recording)


def _a_recording(dice: Dice) -> Recording:
    at = _a_moment(dice)
    film = Recording(
        id=f"R{dice.below(100)}",
        event_id=EVENT,
        attached_at=at,
        session=dice.choice((None, *SESSIONS)),
        attachment=dice.choice(tuple(Attachment)),
        included=not dice.one_in(3),
        lasts=dice.choice((None, Span.of("30 days"), Span.of("1 month"))),
    )
    for _ in range(dice.below(4)):
        at += timedelta(minutes=dice.below(3000))
        film = film.withdrawn(at) if dice.one_in(3) else film.published(at)
    return film
