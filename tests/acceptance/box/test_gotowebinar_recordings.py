"""What GoToWebinar's page promises about recordings: who has paid for one, who is sent it, who sees it until when."""

from datetime import timedelta
from typing import Any

import pytest
from acceptance.box.seminars import (
    BEGINS,
    ENDS,
    HELPER,
    POLICY,
    buy,
    choose,
    dollars,
    in_books,
    letter,
    letters,
    link,
    on_sale,
    plain,
    register,
    seminar,
    weekly,
)
from attrs import evolve
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Span
from paidevents.access import Attachment, Purpose, Recording
from paidevents.box_office import flows
from paidevents.catalog import Attendance, Cancellation
from paidevents.errors import InvalidValueError, NotAllowedError, SaleClosedError
from paidevents.lifecycle import EventState
from paidevents.ports import Message, MessageKind

K = MessageKind


def at(office: Office, moment: Any) -> None:
    """The clock shows that moment, and everything that has become due by then is done."""
    office.world.clock.set(moment)
    office.run(flows.reconcile())


def attach(office: Office, **changed: Any) -> Recording:
    """The organizer attaches the recording."""
    return office.run(flows.attach_recording("seminar", **{"id": "film", "by": ORGANIZER, **changed}))


def watch(office: Office, told: Message, recording: str = "film", **changed: Any) -> Recording:
    """Whoever has the letter follows the link in it."""
    return office.run(flows.watch("seminar", recording, *link(told, Purpose.RECORDING), **changed))


def test_the_recording_is_sold_after_the_event_at_the_same_address_and_price(office: Office) -> None:
    """GT-17: "il vous suffit de partager la même adresse URL d'inscription": a month later, 100.00, and a link to it."""
    on_sale(office)
    at(office, ENDS + timedelta(days=30))
    attach(office)
    assert office.run(flows.listing("seminar")).state is EventState.ENDED
    assert buy(office).received == dollars("100.00")
    told = letter(office, K.CONFIRMATION)
    assert "It has taken place already: see the recording here" in told.body
    assert not told.link(Purpose.JOIN)
    assert watch(office, told).id == "film"


def test_who_bought_after_the_event_sees_it_although_it_is_not_included_for_the_others(office: Office) -> None:
    """GT-17: that is what they paid for."""
    on_sale(office)
    buy(office)
    at(office, ENDS)
    attach(office, included=False)
    buy(office, buyer=person("Bo"), attendees=[person("Bo")])
    assert watch(office, letter(office, K.CONFIRMATION, "Bo")).id == "film"
    assert letters(office, K.RECORDING) == [], "Bo has the link already, and it is not for Ana"


def test_where_no_recording_is_sold_the_sale_ends_with_the_event(office: Office) -> None:
    """GT-17: it is data of the policy."""
    on_sale(office, policy=evolve(POLICY, sells_recording=False))
    at(office, ENDS)
    with pytest.raises(SaleClosedError):
        register(office)


def test_each_payer_has_a_link_of_their_own_to_the_recording(office: Office) -> None:
    """GT-18: "un lien unique vers la vidéo"; nobody else's opens with it, nor does the link to join."""
    on_sale(office)
    buy(office, 2)
    at(office, ENDS)
    attach(office)
    ana, bo = (link(letter(office, K.RECORDING, name), Purpose.RECORDING) for name in ("Ana", "Bo"))
    joined = link(letter(office, K.CONFIRMATION, "Ana"), Purpose.JOIN)
    assert ana != bo and ana[0] == joined[0]
    for id, token in ((ana[0], bo[1]), joined, (ana[0], "x")):
        with pytest.raises(NotAllowedError, match="This link is not valid"):
            office.run(flows.watch("seminar", "film", id, token))
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        office.run(flows.watch("seminar", "another", *ana))
    assert "This link was made for you alone: please do not pass it on." in letter(office, K.RECORDING, "Ana").body


def test_it_is_seen_while_it_is_published_the_account_active_and_the_limit_not_reached(office: Office) -> None:
    """GT-18: each alone closes it; 100 can be present. Without a period it is seen ten years later."""
    on_sale(office)
    buy(office)
    at(office, ENDS)
    attach(office)
    told = letter(office, K.RECORDING)
    assert watch(office, told, viewers=99).id == "film"
    with pytest.raises(NotAllowedError, match="As many as can be present are there already: 100"):
        watch(office, told, viewers=100)
    with pytest.raises(NotAllowedError, match="The organizer’s account is not active"):
        watch(office, told, account_active=False)
    office.run(flows.withdraw_recording("film", by=ORGANIZER))
    with pytest.raises(NotAllowedError, match="The recording was withdrawn"):
        watch(office, told)
    office.world.clock.advance(days=1)
    office.run(flows.publish_recording("film", by=ORGANIZER))
    told = letters(office, K.RECORDING)[1]
    at(office, ENDS + timedelta(days=3650))
    assert watch(office, told).id == "film"


@pytest.mark.parametrize("where", ["policy", "recording"])
def test_a_period_after_the_event_ends_it(office: Office, where: str) -> None:
    """GT-18: 30 days from its publication on April 14, 1 PM in New York; the letter says until when."""
    month = Span(days=30)
    on_sale(office, policy=evolve(POLICY, recording_lasts=month) if where == "policy" else POLICY)
    buy(office)
    attach(office, lasts=month if where == "recording" else None)
    at(office, ENDS)
    told = letter(office, K.RECORDING)
    assert "It can be seen until May 14, 2026, 1:00 PM EDT." in plain(told.body)
    office.world.clock.set(ENDS + timedelta(days=30, seconds=-1))
    assert watch(office, told).id == "film"
    office.world.clock.set(ENDS + timedelta(days=30))
    with pytest.raises(NotAllowedError, match="The recording could be seen until"):
        watch(office, told)


def test_who_gave_the_place_up_sees_nothing(office: Office) -> None:
    """GT-18: the link of a place that was cancelled is dead, also where it was sent before."""
    on_sale(office, cancellation=Cancellation(buyer_until=None))
    sold = buy(office, 2)
    at(office, ENDS)
    attach(office)
    told = letter(office, K.RECORDING, "Bo")
    office.run(flows.cancel(sold.id, [f"{sold.id}-2"], by=BUYER))
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        watch(office, told)
    assert watch(office, letter(office, K.RECORDING, "Ana")).id == "film"


def test_present_or_absent_who_paid_sees_the_recording_without_paying_again(office: Office) -> None:
    """GT-19: Ana was there, Bo was not: both are sent it, and nothing more is charged."""
    on_sale(office)
    buy(office, 2)
    office.world.clock.set(BEGINS)
    office.run(flows.join("seminar", *link(letter(office, K.CONFIRMATION, "Ana"), Purpose.JOIN), device="laptop"))
    at(office, ENDS)
    attach(office)
    for name in ("Ana", "Bo"):
        told = letter(office, K.RECORDING, name)
        assert told.subject == "The recording: A seminar"
        assert watch(office, told).id == "film"
    assert in_books(office.world.card) == ["paid 200.00"]


def test_absentees_are_left_out_where_the_organizer_says_so(office: Office) -> None:
    """GT-19: "aux participants ou aux absents": it is data of the policy."""
    on_sale(office, policy=evolve(POLICY, absentees_see_recording=False))
    buy(office, 2)
    office.world.clock.set(BEGINS)
    office.run(flows.join("seminar", *link(letter(office, K.CONFIRMATION, "Ana"), Purpose.JOIN), device="laptop"))
    at(office, ENDS)
    attach(office)
    assert [told.person.name for told in letters(office, K.RECORDING) if told.person] == ["Ana"]


def test_a_recording_that_is_not_included_is_sent_to_nobody_who_paid_for_the_event(office: Office) -> None:
    """GT-19: "si vous incluez une vidéo"; else they pay for it once more."""
    on_sale(office)
    buy(office)
    at(office, ENDS)
    attach(office, included=False)
    assert letters(office, K.RECORDING) == []
    way_in = letter(office, K.CONFIRMATION)
    id = link(way_in, Purpose.JOIN)[0]
    buy(office)
    bought = letters(office, K.CONFIRMATION)[1]
    assert watch(office, bought).id == "film"
    assert link(bought, Purpose.RECORDING)[0] != id


@pytest.mark.parametrize("attachment", Attachment)
def test_attached_before_the_end_it_is_published_and_sent_when_the_session_ends(
    office: Office, attachment: Attachment
) -> None:
    """GT-20: "à la fin du webinaire, cette vidéo sera envoyée aux inscrits"; once, and not a second before."""
    on_sale(office)
    buy(office, 2)
    assert attach(office, attachment=attachment).published_at is None
    at(office, ENDS - timedelta(seconds=1))
    assert letters(office, K.RECORDING) == []
    for _ in range(2):
        at(office, ENDS)
    assert [told.person.name for told in letters(office, K.RECORDING) if told.person] == ["Ana", "Bo"]
    assert watch(office, letter(office, K.RECORDING, "Bo")).published_at == ENDS


def test_attached_by_hand_after_the_end_it_is_published_at_once(office: Office) -> None:
    """GT-20: by a co-organizer as well, and by nobody else; sent again when it is published again."""
    on_sale(office)
    buy(office)
    at(office, ENDS + timedelta(days=2))
    with pytest.raises(NotAllowedError):
        attach(office, by=HELPER)
    office.run(flows.appoint("seminar", HELPER, by=ORGANIZER))
    assert attach(office, by=HELPER).published_at == ENDS + timedelta(days=2)
    assert len(letters(office, K.RECORDING)) == 1


def test_of_a_series_each_session_has_its_recording_for_who_chose_it(office: Office) -> None:
    """GT-20, GT-16: the first week's is sent at its end, to Ana alone; who wants a session that there is not, is refused."""
    on_sale(office, sessions=weekly(2), attendance=Attendance.CHOSEN_SESSIONS)
    for name, weeks in (("Ana", ("w1", "w2")), ("Bo", ("w2",))):
        office.pay(choose(office, *weeks, name=name).id)
    with pytest.raises(InvalidValueError, match="Nothing here has the id w3"):
        attach(office, session="w3")
    for week in ("w1", "w2"):
        attach(office, id=week, session=week, attachment=Attachment.AUTOMATIC)
    at(office, ENDS)
    first = letter(office, K.RECORDING, "Ana")
    assert letters(office, K.RECORDING) == [first]
    assert watch(office, first, "w1").session == "w1"
    at(office, ENDS + timedelta(weeks=1))
    second = letter(office, K.RECORDING, "Bo")
    assert watch(office, second, "w2").session == "w2"
    with pytest.raises(NotAllowedError, match="The place is not for this session"):
        watch(office, second, "w1")


@pytest.mark.parametrize("days", [7, -7])
def test_an_event_that_is_moved_takes_its_recording_along(office: Office, days: int) -> None:
    """GT-20: attached for April 14, moved to the 21st or the 7th: it is sent when it has taken place, and only then."""
    on_sale(office)
    buy(office)
    attach(office, attachment=Attachment.AUTOMATIC)
    moved = timedelta(days=days)
    office.run(flows.reschedule(seminar(starts_at=BEGINS + moved), by=ORGANIZER))
    at(office, min(ENDS, ENDS + moved) - timedelta(seconds=1))
    assert letters(office, K.RECORDING) == []
    if days > 0:
        at(office, ENDS)
        assert letters(office, K.RECORDING) == []
    at(office, ENDS + moved)
    assert watch(office, letter(office, K.RECORDING)).published_at == ENDS + moved
