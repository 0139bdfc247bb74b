"""Recordings and the dates that they wait for."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from box_office.offices import ORGANIZER, Office, talk

from paidevents import Span
from paidevents.access import Recording
from paidevents.box_office import flows
from paidevents.catalog import EventSession, Listing
from paidevents.errors import InvalidValueError
from paidevents.ports import Commit, MessageKind, Stored

BEGINS = datetime(2026, 4, 14, 16, tzinfo=UTC)
ENDS = BEGINS + timedelta(minutes=90)
WEEK = timedelta(weeks=1)


def attach(office: Office, id: str = "film", session: str | None = None) -> Recording:
    return office.run(flows.attach_recording("talk", id=id, session=session, by=ORGANIZER))


def published(office: Office, *ids: str) -> list[datetime | None]:
    """When each of these recordings was published."""
    found = [office.world.store.get(Recording, id) for id in ids]
    return [None if one is None else one.record.published_at for one in found]


def at(office: Office, moment: datetime) -> None:
    """The clock shows that moment, and what has become due by then is done."""
    office.world.clock.set(moment)
    office.run(flows.reconcile())


def test_whoever_publishes_a_recording_looks_at_the_date_once_more() -> None:
    """The talk was moved in the same moment by somebody else, and nobody told the recording; one is withdrawn."""
    office = Office(at_once=False)
    office.publish()
    for id in ("film", "trailer"):
        attach(office, id)
    office.run(flows.withdraw_recording("trailer", by=ORGANIZER))
    stored = office.world.store.get(Listing, "talk")
    assert stored is not None
    moved = stored.record.rescheduled(talk(starts_at=BEGINS + WEEK), at=office.world.clock.now(), by=ORGANIZER)[1]
    office.world.store.commit(Commit(id="elsewhere", replaces=(Stored(moved, stored.version),)))
    for moment in (ENDS, ENDS + WEEK - timedelta(seconds=1)):
        at(office, moment)
        assert published(office, "film", "trailer") == [None, None]
    at(office, ENDS + WEEK)
    assert published(office, "film", "trailer") == [ENDS + WEEK, None]


def test_of_a_series_only_what_was_moved_is_published_at_another_time() -> None:
    """The second week is moved by a day, and by another once the first is over, whose recording is sent once, in time."""
    hour, day = Span.of("1 h"), timedelta(days=1)
    first, second = (EventSession(id=f"w{n}", starts_at=BEGINS + n * WEEK, duration=hour) for n in (1, 2))
    office = Office()
    office.publish(talk(sessions=[first, second]))
    office.sell()
    for id in ("w1", "w2"):
        attach(office, id, id)
    ends = [BEGINS + n * WEEK + timedelta(hours=1) for n in (1, 2)]
    for late in (day, 2 * day):
        later = evolve(second, starts_at=second.starts_at + late)
        office.run(flows.reschedule(talk(sessions=[first, later]), by=ORGANIZER))
        at(office, ends[0])
    for moment in (ends[1], ends[1] + day):
        at(office, moment)
        assert published(office, "w1", "w2") == [ends[0], None]
    at(office, ends[1] + 2 * day)
    assert published(office, "w1", "w2") == [ends[0], ends[1] + 2 * day]
    assert len(office.world.outbox.of(MessageKind.RECORDING)) == 2


def test_the_name_of_a_recording_fits_into_every_message_of_it() -> None:
    """What is too long is refused when it is attached, not when it is sent."""
    office = Office()
    office.publish()
    for id in ("x" * 65, "a film", "../x"):
        with pytest.raises(InvalidValueError, match=r"^id: "):
            attach(office, id)
    assert attach(office, "x" * 64).id == "x" * 64
    assert len(attach(office, "").id) == 8
