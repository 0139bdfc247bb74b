"""One talk in April, its passes, and the links to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from catalog.declared import START as STARTS_AT
from catalog.declared import session, talk

from paidevents.access import HostKey, Pass, Purpose, Token, admit, token
from paidevents.catalog import Attendance, Event
from paidevents.errors import NotAllowedError

START = STARTS_AT
END = START + timedelta(hours=1)
DOORS = START - timedelta(minutes=30)
WEEK = timedelta(weeks=1)
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
KEY = HostKey(b"0123456789abcdef0123456789abcdef")


def series(**changed: Any) -> Event:
    """Four sessions of an hour, a week apart, of which some are chosen."""
    sessions = [session(f"week_{week}", START + week * WEEK) for week in range(4)]
    return talk(**{"sessions": sessions, "attendance": Attendance.CHOSEN_SESSIONS, **changed})


def place(event: Event | None = None, **changed: Any) -> Pass:
    """A pass issued in March, for three devices."""
    plain = {"id": "p1", "registration_id": "r1", "event_id": (event or talk()).id, "issued_at": BEFORE}
    return Pass(**{**plain, "most_devices": 3, **changed})


def link(holder: Pass, purpose: Purpose = Purpose.JOIN, key: HostKey = KEY) -> str:
    return token(key, purpose, holder.id, holder.generation).reveal()


def come(holder: Pass | None, presented: Token | str, **changed: Any) -> Pass:
    """Somebody comes from a phone as the talk begins."""
    return admit(holder, KEY, presented, **{"event": talk(), "device": "phone", "at": START, **changed})


def refusals(ask: Callable[[], object]) -> list[str]:
    """The codes of the reasons for which *ask* is not allowed."""
    with pytest.raises(NotAllowedError) as refused:
        ask()
    return [reason.code for reason in refused.value.reasons]
