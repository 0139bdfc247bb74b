"""Whole events: what fits together and what does not."""

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from catalog.declared import HOUR, START, euros, session, talk, ticket, tier

from paidevents import EUR, USD, InvalidValueError, Money, Span, Window
from paidevents.catalog import (
    FREE,
    KINDS,
    Attendance,
    Capacity,
    Donation,
    Event,
    EventKind,
    Fee,
    KindRules,
    Match,
    Policy,
    PromoCode,
    Promotion,
    Provider,
)
from paidevents.errors import CurrencyMismatchError, NaiveDatetimeError

TOMORROW = START + timedelta(days=1)


def refused(make: Any = talk, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(**changed)
    return error.value.field, error.value.reason.code


def test_an_event_is_a_value() -> None:
    one, other = talk(), talk(tickets=(ticket(),))
    assert one == other
    assert len({one, other}) == 1
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    with pytest.raises(FrozenInstanceError):
        one.title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": "A talk"}, "id", "bad_format"),
        ({"title": ""}, "title", "empty"),
        ({"zone": "Paris"}, "zone", "unknown_zone"),
        ({"currency": "EUR"}, "currency", "wrong_type"),
        ({"tickets": []}, "tickets", "no_tickets"),
        ({"tickets": [ticket(f"t{n}") for n in range(101)]}, "tickets", "out_of_range"),
        ({"tickets": [ticket(), ticket()]}, "tickets[1].id", "duplicate_id"),
        ({"kind": "live"}, "kind", "wrong_type"),
        ({"capacity": 2**63}, "capacity", "out_of_range"),
        ({"capacity": True}, "capacity", "bool_not_allowed"),
        ({"promotions": [FREE]}, "promotions[0]", "wrong_type"),
        ({"fees": [Fee(id="a"), Fee(id="a")]}, "fees[1].id", "duplicate_id"),
        ({"fees": [Fee(id=f"f{n}") for n in range(21)]}, "fees", "out_of_range"),
        ({"providers": [Provider(name=f"p{n}") for n in range(21)]}, "providers", "out_of_range"),
        (
            {"capacities": [Capacity(id=f"c{n}", places=1, tickets=("standard",)) for n in range(101)]},
            "capacities",
            "out_of_range",
        ),
        ({"providers": [Provider(name="stripe")] * 2}, "providers[1].id", "duplicate_id"),
        ({"tax": "20 %"}, "tax", "wrong_type"),
        ({"policy": None}, "policy", "wrong_type"),
        ({"on_sale": None}, "on_sale", "wrong_type"),
        ({"charging": True}, "charging", "wrong_type"),
    ],
)
def test_an_event_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(**changed) == (field, reason)


# When it takes place.


@pytest.mark.parametrize("kind", [kind for kind in EventKind if KINDS[kind].has_dates])
def test_a_dated_event_needs_a_start_or_sessions(kind: EventKind) -> None:
    assert refused(kind=kind) == ("starts_at", "dates_missing")
    assert talk(kind=kind, starts_at=START, duration=HOUR).window == Window(START, START + timedelta(hours=1))
    assert talk(kind=kind, sessions=[session("first")]).window == Window(START, START + timedelta(hours=1))


def test_a_start_needs_a_duration_and_a_duration_a_start() -> None:
    assert refused(duration=None) == ("duration", "duration_missing")
    assert refused(starts_at=None) == ("starts_at", "dates_missing")


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_what_has_no_date_has_neither_start_nor_duration(kind: EventKind) -> None:
    assert refused(kind=kind, starts_at=START, duration=HOUR) == ("starts_at", "dates_not_allowed")
    assert refused(kind=kind, duration=HOUR) == ("duration", "dates_not_allowed")
    assert talk(kind=kind).window == Window()


def test_a_permanent_event_may_have_sessions_and_a_video_has_none() -> None:
    sessions = [session("first"), session("second", TOMORROW)]
    assert talk(kind=EventKind.PERMANENT, sessions=sessions).window.starts_at == START
    assert refused(kind=EventKind.ON_DEMAND, sessions=sessions) == ("sessions", "dates_not_allowed")


def test_a_series_has_no_start_of_its_own() -> None:
    assert refused(sessions=[session("first")], starts_at=START, duration=HOUR) == ("starts_at", "start_and_sessions")
    assert refused(sessions=[session("first")], duration=HOUR) == ("duration", "start_and_sessions")


def test_the_sessions_of_a_series_stand_in_order_and_may_overlap() -> None:
    """The first one outlasts the second, so the series ends with the first."""
    long, short = session("long", duration=Span.of("3 days")), session("short", TOMORROW)
    assert talk(sessions=[long, short]).window == Window(START, START + timedelta(days=3))
    assert refused(sessions=[short, long]) == ("sessions", "sessions_out_of_order")
    assert refused(sessions=[long, session("long", TOMORROW)]) == ("sessions[1].id", "duplicate_id")


@pytest.mark.parametrize(
    ("duration", "reason"), [(Span(), "empty_window"), (Span(months=1200, days=36525), "too_far"), (90, "wrong_type")]
)
def test_what_takes_place_lasts_some_time(duration: Any, reason: str) -> None:
    late = datetime(8900, 1, 1, tzinfo=UTC)
    assert refused(starts_at=late, duration=duration) == ("duration", reason)
    assert refused(lambda **dates: session("first", **dates), starts_at=late, duration=duration) == ("duration", reason)


def test_a_day_of_a_duration_is_24_hours() -> None:
    """Clocks go forward in Paris in the night to 29 March 2026."""
    saturday = datetime(2026, 3, 28, 17, tzinfo=UTC)
    assert session("weekend", saturday, duration=Span.of("1 day")).window.ends_at == saturday + timedelta(hours=24)
    assert talk(starts_at=saturday, duration=Span.of("1 day")).window.ends_at == saturday + timedelta(hours=24)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 4, 14, 16)
    for ask in (lambda: talk(starts_at=naive), lambda: session("first", naive)):
        with pytest.raises(NaiveDatetimeError):
            ask()


def test_sessions_are_chosen_of_a_dated_series_only() -> None:
    chosen = {"attendance": Attendance.CHOSEN_SESSIONS}
    series = talk(sessions=[session("first")], **chosen)
    assert series.chooses_sessions and not talk().chooses_sessions
    assert refused(**chosen) == ("attendance", "nothing_to_choose")
    assert refused(kind=EventKind.PERMANENT, sessions=[session("first")], **chosen)[1] == "nothing_to_choose"


# What its kind allows.


def test_every_kind_has_its_rules_and_nobody_changes_them() -> None:
    assert KINDS.keys() == set(EventKind)
    with pytest.raises(TypeError):
        KINDS[EventKind.LIVE] = KINDS[EventKind.PERMANENT]  # type: ignore[index]
    with pytest.raises(InvalidValueError, match="has_dates"):
        evolve(KINDS[EventKind.LIVE], has_dates="yes")  # type: ignore[arg-type]
    assert talk().rules is KINDS[EventKind.LIVE]
    assert isinstance(talk().rules, KindRules)


@pytest.mark.parametrize("kind", [EventKind.PERMANENT, EventKind.ON_DEMAND])
def test_what_has_no_date_has_no_tiers(kind: EventKind) -> None:
    tickets = [ticket(), ticket("vip", tiers=[tier()])]
    assert refused(kind=kind, tickets=tickets) == ("tickets[1].tiers", "tiers_not_allowed")


@pytest.mark.parametrize(
    ("kind", "keeps_selling", "ends"),
    [
        (EventKind.LIVE, False, True),
        (EventKind.LIVE, True, False),
        (EventKind.PERMANENT, False, False),
        (EventKind.ON_DEMAND, False, False),
    ],
)
def test_a_sale_ends_with_a_dated_event_unless_its_recording_is_sold(
    kind: EventKind, keeps_selling: bool, ends: bool
) -> None:
    dates = {"starts_at": START, "duration": HOUR} if kind is EventKind.LIVE else {}
    assert talk(kind=kind, policy=Policy(sells_recording=keeps_selling), **dates).sale_ends_with_it is ends


# What refers to what.


@pytest.mark.parametrize(
    "changed",
    [
        {"tickets": [ticket(), ticket("vip", price=Money.of("20.00", USD))]},
        {"tickets": [ticket(price=None, donation=Donation(minimum=Money.of("5.00", USD)))]},
        {"fees": [Fee(id="service", cap=Money.of("5.00", USD))]},
        {"providers": [Provider(name="stripe", minimum=Money.of("5.00", USD))]},
    ],
)
def test_every_amount_is_in_the_events_currency(changed: dict[str, Any]) -> None:
    with pytest.raises(CurrencyMismatchError, match="EUR and USD"):
        talk(**changed)


def test_a_promotion_may_know_other_currencies() -> None:
    promotion = Promotion(id="save", effect=FREE, least_subtotal=(Money.of("50.00", USD), euros("40.00")))
    assert talk(promotions=[promotion]).promotions == (promotion,)


def test_a_provider_that_could_charge_nothing_is_refused() -> None:
    providers = [Provider(name="paypal"), Provider(name="stripe", minimum=euros("1000000.00"))]
    assert refused(providers=providers) == ("providers[1].minimum", "empty_range")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"capacities": [Capacity(id="room", places=9, tickets=("standard", "vip"))]}, "capacities[0].tickets[1]"),
        ({"promotions": [Promotion(id="save", opens=("vip",))]}, "promotions[0].opens[0]"),
        (
            {"promotions": [Promotion(id="save", effect=FREE, match=Match(tickets=("vip",)))]},
            "promotions[0].match.tickets[0]",
        ),
        (
            {"promotions": [Promotion(id="save", effect=FREE, match=Match(tiers=("standard",)))]},
            "promotions[0].match.tiers[0]",
        ),
        ({"fees": [Fee(id="service"), Fee(id="card", provider="stripe")]}, "fees[1].provider[0]"),
    ],
)
def test_a_name_that_nothing_has_is_refused(changed: dict[str, Any], field: str) -> None:
    assert refused(**changed) == (field, "unknown_id")


def test_names_that_something_has_are_fine() -> None:
    event = talk(
        tickets=[ticket(tiers=[tier()]), ticket("vip", hidden=True)],
        capacities=[Capacity(id="room", places=9, tickets=("standard", "vip"))],
        promotions=[
            Promotion(
                id="save",
                effect=FREE,
                opens=("vip",),
                match=Match(tickets=("vip",), tiers=("early_bird",), events=("another",)),
            )
        ],
        fees=[Fee(id="card", provider="stripe")],
        providers=[Provider(name="stripe")],
    )
    assert event.currency == EUR


def test_shared_places_are_shared_by_some_ticket() -> None:
    assert refused(Capacity, id="room", places=9, tickets=[]) == ("tickets", "shared_by_none")


def test_two_promotions_have_no_code_in_common_however_it_is_written() -> None:
    one = Promotion(id="one", effect=FREE, codes=(PromoCode("SAVE10"),))
    two = Promotion(id="two", effect=FREE, codes=(PromoCode("FRIEND"), PromoCode("save 10")))
    with pytest.raises(InvalidValueError) as error:
        talk(promotions=[one, two])
    assert error.value.field == "promotions[1].codes[1]"
    assert str(error.value.reason) == "The code save 10 reads like one of the promotion one."
    assert talk(promotions=[two, Promotion(id="three", effect=FREE)]).promotions[0] == two


def test_an_event_may_have_a_thousand_promotions() -> None:
    promotions = [Promotion(id=f"p{n}", effect=FREE, codes=(PromoCode(f"CODE{n}"),)) for n in range(1000)]
    assert isinstance(talk(promotions=promotions), Event)
    assert refused(promotions=[*promotions, Promotion(id="last", effect=FREE)]) == ("promotions", "out_of_range")
