"""Windows that never open."""

from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.declared import HOUR, START, euros, session, ticket, tier
from check.told import paid, promotion, says, told

from paidevents import Rate, Window
from paidevents.catalog import EventKind, Match, Percent, Policy, PromoCode

TENTH = Percent(Rate.of("10 %"))
AFTER = Window(HOUR.after(START, "UTC"))
BEFORE = Window(None, START)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_sale_that_begins_when_all_is_over_is_a_warning() -> None:
    assert told(paid(on_sale=AFTER)) == ["warning on_sale: never_on_sale"]
    assert told(paid(on_sale=Window(START))) == []
    assert told(paid(on_sale=AFTER, policy=Policy(sells_recording=True))) == []
    assert told(paid(on_sale=AFTER, kind=EventKind.ON_DEMAND)) == []


def test_a_series_is_over_with_its_last_session() -> None:
    sessions = [session("a"), session("b", START + timedelta(days=7))]
    assert told(paid(sessions=sessions, on_sale=AFTER)) == []
    assert told(paid(sessions=sessions[:1], on_sale=AFTER)) == ["warning on_sale: never_on_sale"]


def test_a_ticket_is_on_sale_while_the_event_is() -> None:
    tickets = [ticket(), ticket("late", on_sale=Window(MARCH))]
    event = paid(tickets=tickets, on_sale=Window(None, MARCH))
    assert told(event) == ["warning tickets[1].on_sale: ticket_never_on_sale"]
    assert says(event) == "The ticket late is never on sale while the event is."
    assert told(paid(tickets=tickets)) == []


def test_a_promotion_holds_while_something_it_is_for_is_on_sale() -> None:
    late = promotion(effect=TENTH, window=AFTER)
    assert told(paid(promotions=[late])) == ["warning promotions[0].window: promotion_never_open"]
    assert told(paid(promotions=[late], kind=EventKind.ON_DEMAND)) == []
    assert told(paid(promotions=[promotion(effect=TENTH, window=BEFORE)])) == []


def test_a_promotion_for_a_lot_holds_while_the_lot_is_open() -> None:
    lot = tier(window=Window(None, MARCH))
    for_the_lot: dict[str, Any] = {"effect": TENTH, "match": Match(tiers=("early_bird",))}
    too_late = promotion(window=Window(MARCH), **for_the_lot)
    assert told(paid(tickets=[ticket(tiers=[lot])], promotions=[too_late])) == [
        "warning promotions[0].window: promotion_never_open"
    ]
    assert told(paid(tickets=[ticket(tiers=[lot])], promotions=[promotion(window=BEFORE, **for_the_lot)])) == []


def test_what_opens_a_ticket_holds_while_that_is_on_sale() -> None:
    hidden = ticket("guest", hidden=True, on_sale=Window(None, MARCH))
    opener = promotion(opens=["guest"], window=Window(MARCH))
    assert told(paid(tickets=[ticket(), hidden], promotions=[opener])) == [
        "warning promotions[0].window: promotion_never_open"
    ]
    assert told(paid(tickets=[ticket(), hidden], promotions=[promotion(opens=["guest"], window=BEFORE)])) == []


def test_a_code_holds_within_its_promotion_and_the_sale() -> None:
    codes = [
        PromoCode("ALWAYS"),
        PromoCode("SOON", window=Window(None, MARCH)),
        PromoCode("LATE", window=AFTER),
        PromoCode("OFF", window=AFTER, enabled=False),
    ]
    event = paid(promotions=[promotion(effect=TENTH, codes=codes)])
    assert told(event) == ["warning promotions[0].codes[2].window: code_never_open"]
    assert says(event) == "The code LATE never holds while anything that it is for is on sale."
    event = paid(promotions=[promotion(effect=TENTH, codes=codes[:2], window=Window(MARCH))])
    assert told(event) == ["warning promotions[0].codes[1].window: code_never_open"]


def test_of_what_is_never_on_sale_no_promotion_is_told() -> None:
    never = ticket("late", on_sale=AFTER)
    event = paid(tickets=[ticket(), never], promotions=[promotion(effect=TENTH, match=Match(tickets=("late",)))])
    assert told(event) == ["warning tickets[1].on_sale: ticket_never_on_sale"]


def test_a_promotion_that_is_switched_off_has_no_times() -> None:
    off = promotion(effect=TENTH, window=AFTER, enabled=False)
    assert told(paid(promotions=[off])) == ["note promotions[0].enabled: promotion_switched_off"]
    assert told(paid(tickets=[ticket(price=euros("20.00"))])) == []
