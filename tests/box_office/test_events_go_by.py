"""An event begins, ends, is moved and is cancelled, whoever looks and when."""

from datetime import timedelta

import pytest
from attrs import evolve
from box_office.both_sides import quick, refunds, wrong
from box_office.offices import ORGANIZER, Office, talk

from paidevents import IllegalTransitionError
from paidevents.access import Purpose, token
from paidevents.box_office import flows
from paidevents.lifecycle import EventState
from paidevents.testing.world import KEY


def test_an_event_begins_and_ends_once_and_only_when_it_does() -> None:
    office = quick()
    begins = talk().starts_at
    assert begins is not None
    assert not office.run(flows.tick("talk"))
    with pytest.raises(IllegalTransitionError):
        office.run(flows.end("talk", by=ORGANIZER))
    office.world.clock.set(begins)
    assert office.run(flows.tick("talk"))
    assert not office.run(flows.tick("talk"))
    office.world.clock.advance(minutes=90)
    assert office.run(flows.reconcile()).moved == 1
    assert (office.run(flows.listing("talk")).state, office.run(flows.tick("talk"))) == (EventState.ENDED, False)


def test_a_sweep_that_comes_when_all_is_over_ends_what_it_never_saw_begin() -> None:
    office = quick()
    office.world.clock.advance(days=365)
    assert office.run(flows.tick("talk"))
    assert office.run(flows.listing("talk")).state is EventState.ENDED


def test_an_event_nobody_came_to_is_cancelled_afterwards_and_one_that_took_place_is_not() -> None:
    for came in (False, True):
        office = quick()
        order = office.sell().id
        begins = talk().starts_at
        assert begins is not None
        office.world.clock.set(begins)
        if came:
            secret = token(KEY, Purpose.JOIN, f"{order}-1", 0)
            office.run(flows.join("talk", f"{order}-1", secret, device="phone"))
        office.world.clock.advance(days=1)
        office.run(flows.reconcile())
        if came:
            with pytest.raises(IllegalTransitionError):
                office.run(flows.cancel_event("talk", by=ORGANIZER))
            continue
        assert office.run(flows.cancel_event("talk", by=ORGANIZER)).state is EventState.CANCELLED
        assert refunds(office, order) == ["p1 -20.00 places succeeded"]
        assert wrong(office) == []


def test_an_event_that_nobody_has_a_place_of_is_cancelled_afterwards() -> None:
    office = quick()
    office.world.clock.advance(days=365)
    office.run(flows.reconcile())
    assert office.run(flows.cancel_event("talk", by=ORGANIZER)).state is EventState.CANCELLED


def test_a_draft_is_moved_and_nobody_is_told() -> None:
    office = Office()
    office.run(flows.draft(talk(), by=ORGANIZER))
    begins = talk().starts_at
    assert begins is not None
    later = evolve(talk(), starts_at=begins + timedelta(days=1))
    assert office.run(flows.declare(later, by=ORGANIZER)).event.starts_at == begins + timedelta(days=1)
    assert office.told() == []
    with pytest.raises(IllegalTransitionError):
        office.run(flows.reschedule(talk(), by=ORGANIZER))
