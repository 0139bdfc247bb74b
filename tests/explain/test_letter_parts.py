"""The parts of letters: dates, tickets, and the terms of a cancellation."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from explain.post import LINKS, TERMS, K, body, bought, dossier, listing, passes, sold, telling, told
from registration.desk import Desk
from worked.shop import AT, BEGINS, LENGTH, euros, shop, taxes, ticket

from paidevents import Deadline, InvalidValueError, Rate
from paidevents.access import Purpose
from paidevents.catalog import Attendance, Cancellation, EventKind, EventSession, Fee, FeesBack, RefundStep, Tier
from paidevents.explain import letter
from paidevents.pricing import Item
from paidevents.registration import approved

HALF = Rate.of("50 %")
ALWAYS_HALF = RefundStep(None, HALF)
WEEK = RefundStep(Deadline.of("7 days before start"), Rate.of("100 %"))


def weeks(count: int) -> list[EventSession]:
    """One session a week, from April 14 on, at 18:00 in Paris."""
    starts = [BEGINS + timedelta(weeks=number) for number in range(count)]
    return [EventSession(id=f"s{number}", starts_at=at, duration=LENGTH) for number, at in enumerate(starts)]


def course(*sessions: str, **changed: Any) -> Desk:
    """Ana has chosen these sessions of a series, each at 24.00."""
    plain: dict[str, Any] = {"sessions": weeks(4), "attendance": Attendance.CHOSEN_SESSIONS, "title": "A talk"}
    return bought(shop(ticket("24.00"), **{**plain, **changed}), Item("standard", 1, sessions))


def terms(terms: Cancellation, **changed: Any) -> str:
    """What a confirmation says after the link to cancel."""
    return body(sold(cancellation=terms, **changed), K.CONFIRMATION).partition(f"{LINKS[Purpose.CANCEL]}\n\n")[2]


def test_of_a_series_the_sessions_that_were_chosen_are_told() -> None:
    """The second and the fourth week: April 21 and May 5. Two places of 24.00 are 48.00."""
    message = told(course("s1", "s3"), K.CONFIRMATION)
    said = message.body.replace("\u202f", " ")
    assert "When: April 21, 2026, 6:00 PM CEST\nWhen: May 5, 2026, 6:00 PM CEST\nTicket: 2 × Standard\n" in said
    assert "Price: €48.00\n" in said
    values = dict(message.values)
    assert values["starts_at"] == "2026-04-21T16:00:00+00:00"
    assert values["dates"] == "2026-04-21T16:00:00+00:00 2026-05-05T16:00:00+00:00"


def test_of_a_series_that_is_attended_whole_every_date_is_told_up_to_ten() -> None:
    three = body(sold(sessions=weeks(3)), K.CONFIRMATION)
    assert three.count("\nWhen: ") == 3 and "And more" not in three
    twelve = body(sold(sessions=weeks(12)), K.CONFIRMATION)
    assert twelve.count("\nWhen: ") == 10 and "6:00 PM CEST\nAnd more: 2\nTicket: Standard\n" in twelve


def test_a_reminder_can_be_of_one_session() -> None:
    said = body(course("s1", "s3"), K.REMINDER, values={"session": "s3"})
    assert "\nWhen: May 5, 2026, 6:00 PM CEST\n" in said and said.count("When: ") == 1


def test_a_session_that_the_event_no_longer_has_is_not_told() -> None:
    desk = course("s1")
    event = evolve(desk.plan.event, sessions=tuple(weeks(1)))
    said = body(desk, K.CONFIRMATION, listing=listing(desk, event=event))
    assert "When" not in said and "You can cancel until" not in said
    assert LINKS[Purpose.JOIN] in said


def test_what_has_no_date_is_watched_at_any_time() -> None:
    said = body(sold(kind=EventKind.ON_DEMAND), K.CONFIRMATION)
    assert "Watch it here, whenever you like:\nhttps://tickets.example/join/x7\n" in said
    assert "When" not in said and "You can cancel until" not in said
    assert "Join here:" in body(sold(kind=EventKind.PERMANENT, sessions=weeks(2)), K.CONFIRMATION)


def test_a_ticket_is_told_with_its_tier_and_by_its_id_where_it_is_gone() -> None:
    tiers = (Tier(id="early", name="Early bird", price=euros("20.00"), quantity=1),)
    desk = sold(tickets=(ticket("24.00", tiers=tiers),))
    assert "\nTicket: Standard · Early bird\nPrice: €20.00\n" in body(desk, K.CONFIRMATION)
    nameless = sold(tickets=(ticket("24.00", tiers=(evolve(tiers[0], name=""),)),))
    assert "\nTicket: Standard · early\n" in body(nameless, K.CONFIRMATION)
    other = evolve(desk.plan.event, tickets=(ticket("24.00", id="vip"),))
    assert "\nTicket: standard · early\n" in body(desk, K.CONFIRMATION, listing=listing(desk, event=other))


def test_of_many_kinds_of_tickets_ten_are_told() -> None:
    kinds = [ticket("1.00", id=f"t{number}") for number in range(12)]
    said = body(bought(shop(*kinds), *(Item(each.id) for each in kinds)), K.CONFIRMATION)
    assert said.count("\nTicket: ") == 10 and "Ticket: T9\nAnd more: 2\nPrice: €12.00\n" in said


def test_a_debt_that_was_waived_is_no_price() -> None:
    """CM-20: 24.00 are due, and the organizer asks for none of it; so there is no tax either."""
    desk = sold(paid=False, tax=taxes(("20 %", "standard")))
    desk.do(approved, received=desk.received)
    message = told(desk, K.CONFIRMATION)
    assert "Price: free of charge" in message.body
    assert {"price": "0.00 EUR", "tax": "0.00 EUR"}.items() <= dict(message.values).items()


def test_the_first_place_is_on_one_device_or_on_as_many_as_there_are() -> None:
    desk = sold()
    (held,) = passes(desk)
    limited = dossier(desk, passes=(evolve(held, most_devices=2),))
    assert "use the link on: 2." in body(desk, K.REMINDER, dossier=limited)
    assert "use the link on" not in body(desk, K.REMINDER)


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        (
            Cancellation.none(),
            "You can cancel until April 14, 2026, 6:00 PM CEST.\n\n"
            "By the terms of the event nothing is given back of a place that is cancelled.",
        ),
        (
            Cancellation(steps=(ALWAYS_HALF,), buyer_until=None),
            "50% is given back of a place that is cancelled now or later.",
        ),
        (
            Cancellation(steps=(WEEK, ALWAYS_HALF), buyer_until=None),
            "100% is given back of a place that is cancelled before April 7, 2026, 6:00 PM CEST. "
            "After that, it is 50%.",
        ),
        (
            # The later steps never hold: they end before the first, or with it.
            Cancellation(
                steps=(WEEK, *(RefundStep(Deadline.of(f"{days} days before start"), HALF) for days in (8, 7))),
                buyer_until=Deadline.of("1 day before start"),
            ),
            "You can cancel until April 13, 2026, 6:00 PM CEST.\n\n"
            "100% is given back of a place that is cancelled before April 7, 2026, 6:00 PM CEST. "
            "Nothing is given back of a place that is cancelled from April 7, 2026, 6:00 PM CEST on.",
        ),
        (
            Cancellation(steps=(ALWAYS_HALF,), kept=euros("1.00"), buyer_until=None),
            "50% is given back of a place that is cancelled now or later. Of each place €1.00 is kept.",
        ),
        (
            # No tax and no fee was charged, and there is one date and one place: nothing more to say.
            Cancellation(
                steps=(ALWAYS_HALF,), tax=False, fees=FeesBack.NONE, pro_rata=True, clawback=True, buyer_until=None
            ),
            "50% is given back of a place that is cancelled now or later.",
        ),
        (
            # Out of the years in which anything happens.
            Cancellation(
                steps=(RefundStep(Deadline.of("1200 months 36000 days before start"), Rate.of("50 %")),),
                buyer_until=Deadline.of("1200 months 36000 days before start"),
            ),
            "By the terms of the event nothing is given back of a place that is cancelled.",
        ),
    ],
)
def test_the_terms_are_told_in_sentences(promised: Cancellation, said: str) -> None:
    assert terms(promised) == said


def test_terms_of_a_free_place_are_the_organizers_words_alone() -> None:
    said = terms(Cancellation.full(), tickets=(ticket("0.00"),))
    assert said == "You can cancel until April 14, 2026, 6:00 PM CEST."
    words = terms(Cancellation(steps=(ALWAYS_HALF,), text="Tell us."), tickets=(ticket("0.00"),))
    assert words.endswith("CEST.\n\nThe organizer’s cancellation policy:\nTell us.")
    assert "50%" not in words


def test_what_is_taken_off_is_told_where_it_can_be() -> None:
    """A tax, a fee that stays, sessions that have begun, and a discount for several."""
    fee = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate.of("100 %"), tax_category=None)
    all_of_it = Cancellation(
        steps=(ALWAYS_HALF,), tax=False, fees=FeesBack.NONE, pro_rata=True, clawback=True, buyer_until=None
    )
    desk = sold(2, cancellation=all_of_it, tax=taxes(("20 %", "standard")), fees=(fee,), sessions=weeks(2))
    assert body(desk, K.CONFIRMATION).endswith(
        "The tax is not given back. Not all of the fees are given back. "
        "Of sessions that have begun, nothing is given back. "
        "A discount that the places which stay would not have had alone is taken off what is given back."
    )


@pytest.mark.parametrize(
    ("back", "refundable", "told_so"),
    [
        (FeesBack.AS_DECLARED, True, False),
        (FeesBack.AS_DECLARED, False, True),
        (FeesBack.ALL, False, False),
        (FeesBack.NONE, True, True),
    ],
)
def test_a_fee_that_stays_is_told(back: FeesBack, refundable: bool, told_so: bool) -> None:
    fee = Fee(id="service", rate=Rate.of("5 %"), buyer_share=Rate.of("100 %"), tax_category=None, refundable=refundable)
    said = terms(Cancellation(steps=(ALWAYS_HALF,), fees=back), fees=(fee,))
    assert ("Not all of the fees are given back." in said) is told_so
    absorbed = evolve(fee, buyer_share=Rate.of("0 %"))
    assert "fees" not in terms(Cancellation(steps=(ALWAYS_HALF,), fees=back), fees=(absorbed,))


def test_of_several_sessions_the_terms_of_the_first_are_told_and_that_the_others_are_alike() -> None:
    """A week before April 21 is April 14; a day before, April 20. The last one, on May 5, can be cancelled longest."""
    said = body(course("s1", "s3", cancellation=TERMS), K.CONFIRMATION)
    assert said.endswith(
        "You can cancel until May 5, 2026, 6:00 PM CEST.\n\n"
        "100% is given back of a place in the session of April 21, 2026, 6:00 PM CEST "
        "that is cancelled before April 14, 2026, 6:00 PM CEST. "
        "50% is given back of a place in the session of April 21, 2026, 6:00 PM CEST "
        "that is cancelled before April 20, 2026, 6:00 PM CEST. "
        "Nothing is given back of a place in the session of April 21, 2026, 6:00 PM CEST "
        "that is cancelled from April 20, 2026, 6:00 PM CEST on. "
        "The same holds for your other sessions, each counted from its own beginning."
    )
    always = course("s1", "s3", cancellation=Cancellation(steps=(ALWAYS_HALF,), buyer_until=None))
    assert body(always, K.CONFIRMATION).endswith("\n\n50% is given back of a place that is cancelled now or later.")


def test_the_terms_are_those_of_the_day_on_which_it_was_bought() -> None:
    desk = sold(cancellation=Cancellation.full())
    stricter = evolve(desk.plan.event, cancellation=Cancellation(text="Nothing."))
    said = body(desk, K.CONFIRMATION, listing=listing(desk, event=stricter))
    assert "100% is given back" in said and "Nothing." not in said


def test_a_recording_is_not_bought_with_an_endless_event() -> None:
    """What has no end is not over, whenever the pass was issued."""
    desk = sold(kind=EventKind.ON_DEMAND)
    later = dossier(desk, passes=passes(desk, AT + timedelta(days=300)))
    assert LINKS[Purpose.JOIN] in body(desk, K.CONFIRMATION, dossier=later)


def test_a_link_that_is_not_used_is_not_passed_on_and_one_that_is_needed_is_asked_for() -> None:
    only = {Purpose.CANCEL: "https://tickets.example/c"}
    with pytest.raises(InvalidValueError, match=r"links\.join"):
        told(sold(), K.CONFIRMATION, links=only)
    with pytest.raises(InvalidValueError, match=r"links\.recording"):
        told(sold(), K.RECORDING, links=only)
    with pytest.raises(InvalidValueError, match=r"links\.offer"):
        letter(telling(sold(paid=False), K.OFFER, links=only))
    assert told(sold(), K.REFUSED).links == ()
