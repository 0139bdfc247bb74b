"""A series of which buyers choose the sessions: what a pass is for."""

from datetime import timedelta

from box_office.both_sides import balances
from box_office.offices import ORGANIZER, Office, person, talk

from paidevents import Span
from paidevents.box_office import flows
from paidevents.catalog import Attendance, EventSession, Role
from paidevents.lifecycle import RegistrationState
from paidevents.pricing import Item
from paidevents.testing.world import START


def of_chosen_sessions() -> Office:
    """A series of three weeks; whoever buys chooses the sessions, each at 20.00."""
    office = Office()
    weeks = [
        EventSession(id=f"s{n}", starts_at=START + timedelta(weeks=n), duration=Span(minutes=60)) for n in (1, 2, 3)
    ]
    office.publish(talk(sessions=weeks, attendance=Attendance.CHOSEN_SESSIONS))
    return office


def test_a_pass_is_for_the_sessions_that_were_chosen_and_moves_with_them() -> None:
    office = of_chosen_sessions()
    order = office.run(flows.reserve("talk", [Item("standard", 1, ("s1", "s2"))], buyer=person(), places=[[0, 1]])).id
    after = office.pay(order)
    assert [pass_.sessions for pass_ in after.passes] == [("s1", "s2")]
    office.run(flows.change_ticket(order, f"{order}-1", [Item("standard", 1, ("s2", "s3"))], by=ORGANIZER))
    assert [sorted(pass_.sessions) for pass_ in office.dossier(order).passes] == [["s2", "s3"]]
    assert balances(office, order) == {"provider": "40.00", "organizer": "-40.00"}


def test_a_speaker_who_is_invited_comes_to_every_session() -> None:
    office = of_chosen_sessions()
    order = office.run(flows.invite("talk", person("Dai"), Role.SPEAKER, by=ORGANIZER)).id
    after = office.dossier(order)
    assert [pass_.sessions for pass_ in after.passes] == [("s1", "s2", "s3")]
    assert [one.state for one in after.order.registrations] == [RegistrationState.CONFIRMED]
