"""Who waits, who comes next, and what an offer is good for."""

from datetime import timedelta

import pytest
from registration.desk import BUYER, person
from worked.shop import AT

from paidevents import IllegalTransitionError, InvalidValueError, Span
from paidevents.catalog import Policy
from paidevents.lifecycle.waiting_list import WaitingEffect, WaitingState
from paidevents.registration import WaitingEntry, next_in_line

DAY = Policy(offer_lasts=Span(days=1))


def entry(id: str, minutes: int = 0, ticket: str = "standard") -> WaitingEntry:
    return WaitingEntry(id=id, event="shop", ticket=ticket, person=person(), joined_at=AT + timedelta(minutes=minutes))


def test_who_joined_first_is_offered_first() -> None:
    late, first, other, same = entry("a", 9), entry("b"), entry("c", ticket="vip"), entry("d", 9)
    line = [late, first, other, same]
    assert [one.id for one in next_in_line(line, "standard", 2)] == ["b", "a"]
    assert [one.id for one in next_in_line(reversed(line), "standard", 9)] == ["b", "a", "d"]
    assert next_in_line(line, "standard", 0) == next_in_line(line, "none", 1) == ()


def test_one_place_is_offered_once() -> None:
    """Hostile: reservation-014. What is held for an offer is not free, and who has one waits no more."""
    first, second = entry("a"), entry("b", 1)
    (chosen,) = next_in_line([first, second], "standard", 1)
    row, offered = chosen.offered("A2", DAY, at=AT)
    assert row.then == (WaitingEffect.HOLD_PLACE, WaitingEffect.SEND_OFFER)
    assert next_in_line([offered, second], "standard", 0) == ()
    assert [one.id for one in next_in_line([offered, second], "standard", 1)] == ["b"]
    with pytest.raises(IllegalTransitionError):
        offered.offered("A3", DAY, at=AT)


def test_an_offer_is_good_until_it_ends() -> None:
    _, offered = entry("a").offered("A2", DAY, at=AT)
    end = AT + timedelta(days=1)
    assert offered.offer is not None and offered.offer.until == end
    taken = offered.taken(at=end - timedelta(seconds=1))[1]
    assert taken.state is WaitingState.TAKEN
    with pytest.raises(IllegalTransitionError, match="is not possible") as late:
        offered.taken(at=end)
    assert [reason.code for reason in late.value.refused_by] == ["offer_is_good"]
    with pytest.raises(IllegalTransitionError):
        offered.expired(at=end - timedelta(seconds=1))
    row, lapsed = offered.expired(at=end)
    assert (lapsed.state, row.then) == (WaitingState.LAPSED, (WaitingEffect.GIVE_BACK, WaitingEffect.OFFER_NEXT))


def test_who_no_longer_wants_it_makes_room_for_the_next() -> None:
    row, gone = entry("a").offered("A2", DAY, at=AT)[1].left(at=AT, by=BUYER)
    assert (gone.state, WaitingEffect.OFFER_NEXT in row.then, gone.history[-1].by) == (
        WaitingState.LEFT,
        True,
        "attendee:7",
    )
    assert entry("b").left(at=AT, by=BUYER)[0].then == ()


def test_when_there_is_no_event_nobody_waits() -> None:
    row, closed = entry("a").closed(at=AT)
    assert (closed.state, row.then) == (WaitingState.CLOSED, (WaitingEffect.TELL_CLOSED,))
    with pytest.raises(IllegalTransitionError):
        closed.offered("A2", DAY, at=AT)


def test_a_line_is_made_of_entries() -> None:
    for entries, ticket, free in ((7, "standard", 1), ([7], "standard", 1), ([], "", 1), ([], "standard", -1)):
        with pytest.raises(InvalidValueError):
            next_in_line(entries, ticket, free)  # type: ignore[arg-type]
