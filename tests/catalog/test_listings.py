"""What becomes of an event: on sale, moved, held, cancelled."""

from datetime import timedelta

import pytest
from attrs import evolve
from catalog.declared import START, euros, session, talk, ticket

from paidevents import IllegalTransitionError, RefusedError
from paidevents.catalog import EventKind, Listing, Policy
from paidevents.catalog.people import Actor, Role
from paidevents.lifecycle.event import EventEffect, EventState

BY = Actor(Role.ORGANIZER, "42")
BEFORE = START - timedelta(days=30)


def listed(**changed: object) -> Listing:
    draft = Listing(event=talk(**changed), organizer="42")
    return draft.scheduled(at=BEFORE, by=BY, is_sound=True)[1]


def test_a_draft_goes_on_sale_if_nothing_is_wrong_with_it() -> None:
    draft = Listing(event=talk(), organizer="42")
    assert draft.state is EventState.DRAFT
    with pytest.raises(IllegalTransitionError) as refused:
        draft.scheduled(at=BEFORE, by=BY, is_sound=False)
    assert [reason.code for reason in refused.value.refused_by] == ["is_sound"]
    scheduled = draft.scheduled(at=BEFORE, by=BY, is_sound=True)[1]
    assert (scheduled.state, scheduled.history[-1].by) == (EventState.SCHEDULED, "organizer:42")


def test_a_draft_can_be_declared_as_its_organizer_likes() -> None:
    draft = Listing(event=talk(), organizer="42")
    other = talk(id="other", tickets=[ticket(price=euros("99.00"))])
    assert draft.declared(other).event is other


def test_once_it_is_on_sale_what_is_locked_stays_and_dates_are_moved() -> None:
    """CM-17."""
    locked = listed(policy=Policy(price_locked=True))
    dearer = evolve(locked.event, tickets=(ticket(price=euros("21.00")),))
    with pytest.raises(RefusedError) as refused:
        locked.declared(evolve(dearer, starts_at=START + timedelta(days=1)))
    assert [reason.code for reason in refused.value.reasons] == ["price_stays", "dates_are_moved"]
    assert locked.declared(evolve(locked.event, title="Another title")).event.title == "Another title"


def test_a_new_date_is_told_at_once() -> None:
    """CM-18."""
    listing = listed()
    later = evolve(listing.event, starts_at=START + timedelta(days=1))
    row, moved = listing.rescheduled(later, at=BEFORE, by=BY)
    assert (row.then, moved.state, moved.event) == ((EventEffect.TELL_NEW_DATE,), EventState.SCHEDULED, later)
    with pytest.raises(RefusedError) as same:
        listing.rescheduled(listing.event, at=BEFORE, by=BY)
    assert [reason.code for reason in same.value.reasons] == ["same_dates"]
    with pytest.raises(IllegalTransitionError) as past:
        listing.rescheduled(later, at=START + timedelta(days=1), by=BY)
    assert [reason.code for reason in past.value.refused_by] == ["lies_ahead"]


def test_of_a_series_that_goes_on_a_later_session_is_moved() -> None:
    first, second = session("first"), session("second", START + timedelta(days=7))
    live = listed(sessions=(first, second)).started(at=START)[1]
    moved = evolve(live.event, sessions=(first, session("second", START + timedelta(days=8))))
    row, after = live.rescheduled(moved, at=START + timedelta(hours=2), by=BY)
    assert (row.target, after.state) == (EventState.LIVE, EventState.LIVE)


def test_it_begins_and_ends_when_its_time_has_come() -> None:
    listing = listed()
    with pytest.raises(IllegalTransitionError):
        listing.started(at=START - timedelta(seconds=1))
    live = listing.started(at=START)[1]
    with pytest.raises(IllegalTransitionError):
        live.ended(at=START + timedelta(minutes=59))
    row, ended = live.ended(at=START + timedelta(hours=1))
    assert (ended.state, EventEffect.ATTACH_RECORDINGS in row.then) == (EventState.ENDED, True)


def test_what_has_no_date_begins_at_once_and_ends_when_it_is_withdrawn() -> None:
    """CM-15."""
    live = listed(kind=EventKind.PERMANENT).started(at=BEFORE)[1]
    assert live.ended(at=BEFORE, by=BY)[1].state is EventState.ENDED


def test_a_permanent_event_with_sessions_has_no_date_either() -> None:
    """CM-15: it is withdrawn before its only session as well, and gets another one when that is long over."""
    first, second = session("first"), session("second", START + timedelta(days=7))
    permanent = listed(kind=EventKind.PERMANENT, sessions=(first,))
    assert permanent.ended(at=BEFORE, by=BY)[1].state is EventState.ENDED
    longer = evolve(permanent.event, sessions=(first, second))
    assert permanent.rescheduled(longer, at=START + timedelta(days=3), by=BY)[1].state is EventState.SCHEDULED


def test_what_is_cancelled_calls_its_orders_off_and_stays_cancelled() -> None:
    """CM-21."""
    row, gone = listed().cancelled(at=BEFORE, by=BY)
    assert row.then == (EventEffect.CLOSE_WAITING_LIST, EventEffect.CALL_OFF_ORDERS)
    with pytest.raises(IllegalTransitionError):
        gone.cancelled(at=BEFORE, by=BY)
    with pytest.raises(IllegalTransitionError):
        gone.scheduled(at=BEFORE, by=BY, is_sound=True)


def test_what_has_taken_place_is_not_cancelled_any_more() -> None:
    ended = listed().ended(at=START + timedelta(hours=1))[1]
    with pytest.raises(IllegalTransitionError):
        ended.cancelled(at=START + timedelta(days=1), by=BY)
    assert ended.cancelled(at=START + timedelta(days=1), by=BY, took_place=False)[1].state is EventState.CANCELLED
