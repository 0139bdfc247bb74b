"""The price over time and over seats sold."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from paidevents import EUR, InvalidValueError, Money, Rate, Span, Window
from paidevents.catalog import (
    Attendance,
    Donation,
    Event,
    EventKind,
    EventSession,
    Fee,
    Percent,
    Promotion,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
)
from paidevents.pricing import Plan, Stretch, timeline

START = datetime(2026, 4, 14, 16, tzinfo=UTC)
PARIS = "Europe/Paris"


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def through(day: date) -> Window:
    return Window.of_days(None, day, PARIS)


def talk(*tickets: Ticket, **changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "talk",
        "title": "Talk",
        "zone": PARIS,
        "currency": EUR,
        "starts_at": START,
        "duration": Span.of("90 min"),
        "tickets": tickets or (Ticket(id="standard", name="Standard", price=euros("20.00")),),
    }
    return Event(**{**plain, **changed})


def ladder() -> Ticket:
    return Ticket(
        id="standard",
        name="Standard",
        price=euros("120.00"),
        tiers=(
            Tier(id="early", name="Early bird", price=euros("79.00"), quantity=50, window=through(date(2026, 2, 28))),
            Tier(id="second", name="Second lot", price=euros("99.00"), quantity=100, window=through(date(2026, 3, 31))),
        ),
    )


def shown(stretches: tuple[Stretch, ...]) -> list[tuple[str | None, list[tuple[str, int, int | None, str]]]]:
    return [
        (
            stretch.window.ends_at.isoformat() if stretch.window.ends_at else None,
            [(rung.tier, rung.sold_from, rung.places, str(rung.charged.decimal)) for rung in stretch.rungs],
        )
        for stretch in stretches
    ]


def said(stretch: Stretch) -> list[str]:
    return [str(reason) for reason in stretch.reasons]


def test_a_ladder_is_shown_over_time_and_over_seats_with_the_reasons() -> None:
    """50 at 79.00, the next 100 at 99.00, then 120.00; after 28 February from 99.00 on, after March 120.00."""
    stretches = timeline(talk(ladder()))
    assert shown(stretches) == [
        (
            "2026-02-28T23:00:00+00:00",
            [("early", 0, 50, "79.00"), ("second", 50, 100, "99.00"), ("", 150, None, "120.00")],
        ),
        ("2026-03-31T22:00:00+00:00", [("second", 0, 100, "99.00"), ("", 100, None, "120.00")]),
        ("2026-04-14T17:30:00+00:00", [("", 0, None, "120.00")]),
        (None, []),
    ]
    assert [said(stretch) for stretch in stretches] == [
        [],
        ["Early bird ends."],
        ["Second lot ends."],
        ["The sale closes."],
    ]
    assert [str(rung.reason) for rung in stretches[0].rungs] == [
        "None",
        "Early bird is sold out after so many: 50.",
        "Second lot is sold out after so many: 100.",
    ]


def test_the_price_is_what_is_charged_automatic_discounts_fees_and_taxes_included() -> None:
    """10 % off 20.00 in March: 18.00; 20 % tax on top: 21.60 for 24.00."""
    march = Window.of_days(date(2026, 3, 1), date(2026, 3, 31), PARIS)
    event = talk(
        promotions=(
            Promotion(id="spring", name="Spring", effect=Percent(Rate.of("10 %")), automatic=True, window=march),
        ),
        tax=TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),)),
    )
    stretches = timeline(event)
    assert [[str(rung.charged.decimal) for rung in stretch.rungs] for stretch in stretches] == [
        ["24.00"],
        ["21.60"],
        ["24.00"],
        [],
    ]
    assert [said(stretch) for stretch in stretches] == [
        [],
        ["The discount “Spring” begins."],
        ["The discount “Spring” ends."],
        ["The sale closes."],
    ]


def test_the_opening_of_a_sale_and_of_a_tier_and_a_new_tax_are_told() -> None:
    february = Window.of_days(date(2026, 2, 1), date(2026, 2, 28), PARIS)
    ticket = Ticket(
        id="standard",
        name="Standard",
        price=euros("20.00"),
        on_sale=Window.of_days(date(2026, 1, 1), None, PARIS),
        tiers=(Tier(id="february", price=euros("15.00"), window=february),),
    )
    rates = (
        TaxRate(country="FR", rate=Rate.of("20 %")),
        TaxRate(country="FR", rate=Rate.of("21 %"), starts_on=date(2026, 3, 15)),
    )
    tax = TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=rates)
    stretches = timeline(talk(ticket, tax=tax))
    assert [(said(stretch), [str(rung.charged.decimal) for rung in stretch.rungs]) for stretch in stretches] == [
        ([], []),
        (["The sale opens."], ["24.00"]),
        (["february opens."], ["18.00"]),
        (["february ends."], ["24.00"]),
        (["A rate of tax changes."], ["24.20"]),
        (["The sale closes."], []),
    ]


def test_neighbours_at_one_price_are_one_stretch() -> None:
    """A promotion with a code changes no price that is shown without it."""
    event = talk(promotions=(Promotion(id="x", effect=Percent(Rate.of("10 %")), window=through(date(2026, 3, 1))),))
    assert len(timeline(event)) == 2


def test_what_never_changes_is_one_stretch_without_ends() -> None:
    event = talk(kind=EventKind.ON_DEMAND, starts_at=None, duration=None)
    (stretch,) = timeline(event)
    assert (stretch.window, [str(rung.charged) for rung in stretch.rungs]) == (Window(), ["20.00 EUR"])


def test_a_donation_is_shown_as_suggested_or_at_its_least() -> None:
    gifts = (
        Ticket(id="gift", name="Gift", donation=Donation(minimum=euros("5.00"), suggestion=euros("20.00"))),
        Ticket(id="small", name="Small", donation=Donation(minimum=euros("5.00"))),
    )
    found = timeline(talk(*gifts))
    assert [(stretch.ticket, [str(r.charged.decimal) for r in stretch.rungs]) for stretch in found] == [
        ("gift", ["20.00"]),
        ("gift", []),
        ("small", ["5.00"]),
        ("small", []),
    ]


def test_of_chosen_sessions_it_is_the_price_of_one() -> None:
    dates = tuple(
        EventSession(id=f"s{day}", starts_at=datetime(2026, 4, day, tzinfo=UTC), duration=Span.of("1 h"))
        for day in (1, 2)
    )
    event = talk(starts_at=None, duration=None, sessions=dates, attendance=Attendance.CHOSEN_SESSIONS)
    assert [str(rung.charged) for rung in timeline(event)[0].rungs] == ["20.00 EUR"]


def test_one_ticket_can_be_asked_for_and_a_plan_given() -> None:
    event = talk(ladder(), Ticket(id="vip", name="VIP", price=euros("200.00")), fees=(Fee(id="none"),))
    found = timeline(event, "vip", plan=Plan(event))
    assert {stretch.ticket for stretch in found} == {"vip"}
    with pytest.raises(InvalidValueError, match="Nothing here has the id x"):
        timeline(event, "x")
