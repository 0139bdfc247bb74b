"""What of a scheduled event can no longer be changed, with prices locked and without."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from catalog.declared import HOUR, START, euros, session, talk, ticket, tier

from paidevents import EUR, USD, InvalidValueError, Money, Rate, Span, Window
from paidevents.catalog import (
    FREE,
    Attendance,
    Cancellation,
    Capacity,
    Charging,
    Donation,
    Event,
    Fee,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Question,
    RegistrationForm,
    TaxMode,
    TaxRate,
    TaxTable,
    refused_changes,
)
from paidevents.explain import explain

LOCKED, FREELY = Policy(price_locked=True), Policy()
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
EARLY = tier(quantity=50, window=Window(None, MARCH))
LATER = tier("second_lot", price=euros("18.00"), quantity=100)
DONATION = Donation(minimum=euros("5.00"), suggestion=euros("10.00"))
VAT = TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
SERVICE = Fee(id="service", rate=Rate.of("5 %"))


def scheduled(policy: Policy = LOCKED, **changed: Any) -> Event:
    return talk(
        **{
            "policy": policy,
            "tickets": [ticket(tiers=[EARLY, LATER]), ticket("vip", price=None, donation=DONATION)],
            "fees": [SERVICE],
            "tax": VAT,
            "capacity": 100,
            **changed,
        }
    )


def told(before: Event, **changed: Any) -> list[str]:
    return [str(reason) for reason in refused_changes(before, evolve(before, **changed))]


def with_tickets(event: Event, **changed: Any) -> list[str]:
    """What is told when the first ticket is changed."""
    return told(event, tickets=[evolve(event.tickets[0], **changed), *event.tickets[1:]])


def with_tiers(*tiers: Any) -> list[str]:
    return with_tickets(scheduled(), tiers=tiers)


FREE_CHANGES: dict[str, dict[str, Any]] = {
    "its title": {"title": "Another title"},
    "its date": {"starts_at": START + timedelta(days=7)},
    "its zone": {"zone": "Europe/Berlin"},
    "a series instead": {"starts_at": None, "duration": None, "sessions": [session("first")]},
    "more places": {"capacity": 200},
    "fewer places": {"capacity": 50},
    "shared places": {"capacities": [Capacity(id="room", places=9, tickets=("vip",))]},
    "a code": {"promotions": [Promotion(id="save", effect=FREE, codes=(PromoCode("SAVE10"),))]},
    "a provider": {"providers": [Provider(name="stripe")]},
    "the end of its sale": {"on_sale": Window(None, MARCH)},
    "payment switched off": {"charging": Charging.SWITCHED_OFF},
    "what is given back": {"cancellation": Cancellation.full()},
    "what is asked for": {"form": RegistrationForm(questions=(Question(id="level", text="Level?"),))},
    "how long seats are held": {"policy": evolve(LOCKED, hold=Span.of("1 h"))},
    "codes and tiers switched off": {"policy": evolve(LOCKED, codes_enabled=False, tiers_enabled=False)},
}


@pytest.mark.parametrize("changed", FREE_CHANGES.values(), ids=FREE_CHANGES)
def test_what_makes_no_price_may_be_changed_though_prices_are_locked(changed: dict[str, Any]) -> None:
    assert told(scheduled(), **changed) == []


def test_promotions_may_be_added_ended_switched_off_and_taken_away() -> None:
    save = Promotion(id="save", effect=FREE, codes=(PromoCode("SAVE10"),))
    before = scheduled(promotions=[save])
    for after in (evolve(save, enabled=False), evolve(save, window=Window(None, MARCH)), evolve(save, codes=())):
        assert told(before, promotions=[after, evolve(save, id="another", codes=())]) == []
    assert told(before, promotions=[]) == []


@pytest.mark.parametrize("policy", [LOCKED, FREELY])
def test_the_id_and_the_currency_stay_whatever_the_policy(policy: Policy) -> None:
    before = talk(policy=policy)
    after = talk(policy=policy, id="another", currency=USD, tickets=[ticket(price=Money.of("20.00", USD))])
    told_of = [str(reason) for reason in refused_changes(before, after)]
    assert told_of[:2] == [
        "The event keeps its id talk: orders refer to it.",
        "The currency stays EUR: orders are counted in it.",
    ]
    assert len(told_of) == (3 if policy is LOCKED else 2)


def test_without_the_lock_prices_tiers_fees_and_taxes_may_change() -> None:
    before = scheduled(FREELY)
    assert told(before, tickets=[ticket(price=euros("99.00"))], fees=[], tax=None, policy=LOCKED) == []


def test_locked_prices_stay_locked() -> None:
    assert told(scheduled(), policy=FREELY) == ["Prices that are locked stay locked."]


def test_a_base_price_stays() -> None:
    stays = ["The price of the ticket standard stays 20.00 EUR."]
    assert with_tickets(scheduled(), price=euros("20.01")) == stays
    assert with_tickets(scheduled(), price=euros("19.99")) == stays
    assert with_tickets(scheduled(), price=None, donation=DONATION, tiers=()) == [
        *stays,
        "The tier early_bird of the ticket standard stays; it can be switched off.",
        "The tier second_lot of the ticket standard stays; it can be switched off.",
    ]


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({"name": "Regular"}, True),
        ({"quantity": 10}, True),
        ({"hidden": True}, True),
        ({"most_per_order": 2}, True),
        ({"on_sale": Window(None, MARCH)}, True),
        ({"tax_category": "reduced"}, False),
    ],
)
def test_of_a_ticket_only_what_makes_its_price_stays(changed: dict[str, Any], stays: bool) -> None:
    reasons = [] if stays else ["The ticket standard stays in the tax category standard."]
    assert with_tickets(scheduled(), **changed) == reasons


@pytest.mark.parametrize(
    ("donation", "price", "stays"),
    [
        (evolve(DONATION, suggestion=euros("20.00")), None, True),
        (evolve(DONATION, minimum=euros("4.00")), None, False),
        (evolve(DONATION, may_be_nothing=True), None, False),
        (None, euros("5.00"), False),
    ],
)
def test_the_bounds_of_a_donation_stay_and_its_suggestion_may_change(
    donation: Donation | None, price: Money | None, stays: bool
) -> None:
    before = scheduled()
    vip = evolve(before.tickets[1], donation=donation, price=price)
    reasons = [] if stays else ["The bounds of the donation vip stay as they are."]
    assert told(before, tickets=[before.tickets[0], vip]) == reasons


def test_a_ticket_may_be_added_and_not_taken_away() -> None:
    before = scheduled()
    assert told(before, tickets=[ticket("backstage"), *before.tickets]) == []
    assert told(before, tickets=before.tickets[:1]) == ["The ticket vip stays; its sale can be ended."]


def test_a_tier_may_be_given_more_and_be_switched_off() -> None:
    wider = Window(None, MARCH + timedelta(days=1))
    assert with_tiers(evolve(EARLY, name="Early", quantity=51, window=wider, enabled=False), LATER) == []
    assert with_tiers(evolve(EARLY, quantity=None), LATER) == []


@pytest.mark.parametrize(
    "less",
    [
        {"quantity": 49},
        {"quantity": 60, "window": Window(None, MARCH - timedelta(seconds=1))},
        {"window": Window(MARCH - timedelta(days=9), MARCH)},
        {"window": Window(MARCH, MARCH + timedelta(days=9))},
    ],
)
def test_a_tier_that_was_announced_is_not_cut_short(less: dict[str, Any]) -> None:
    assert with_tiers(evolve(EARLY, **less), LATER) == [
        "The tier early_bird of the ticket standard can have more places and time, not less."
    ]


def test_a_tier_limited_by_time_is_not_limited_by_number_later() -> None:
    timed = evolve(EARLY, quantity=None)
    before = scheduled(tickets=[ticket(tiers=[timed])])
    assert len(with_tickets(before, tiers=[evolve(timed, quantity=1_000_000)])) == 1


def test_the_price_of_a_tier_stays() -> None:
    assert with_tiers(EARLY, evolve(LATER, price=euros("17.00"))) == [
        "The price of the tier second_lot of the ticket standard stays 18.00 EUR."
    ]


def test_tiers_are_neither_added_nor_taken_away_nor_reordered() -> None:
    third = tier("third_lot")
    assert with_tiers(LATER, EARLY) == ["The tiers of the ticket standard stay in their order."]
    assert with_tiers(third, EARLY, LATER) == ["The ticket standard cannot have another tier: third_lot."]
    assert with_tiers(LATER) == ["The tier early_bird of the ticket standard stays; it can be switched off."]
    assert with_tickets(scheduled(tickets=[ticket()]), tiers=[EARLY]) == [
        "The ticket standard cannot have another tier: early_bird."
    ]


@pytest.mark.parametrize(
    ("fees", "stays"),
    [
        ([SERVICE], True),
        ([], False),
        ([evolve(SERVICE, rate=Rate.of("4 %"))], False),
        ([evolve(SERVICE, buyer_share=Rate(1, 1))], False),
    ],
)
def test_fees_stay(fees: list[Fee], stays: bool) -> None:
    assert told(scheduled(), fees=fees) == ([] if stays else ["The fees stay as they are: service."])


def test_no_fee_is_added_and_their_order_does_not_matter() -> None:
    card = Fee(id="card", rate=Rate.of("1.5 %"))
    assert told(scheduled(), fees=[card, SERVICE]) == ["The fees stay as they are: card."]
    assert told(scheduled(fees=[SERVICE, card]), fees=[card, SERVICE]) == []


@pytest.mark.parametrize(
    "tax",
    [
        None,
        evolve(VAT, mode=TaxMode.EXCLUSIVE),
        evolve(VAT, rates=(TaxRate(country="FR", rate=Rate.of("10 %")),)),
        evolve(VAT, rates=(*VAT.rates, TaxRate(country="FR", rate=Rate.of("21 %"), starts_on=date(2027, 1, 1)))),
    ],
)
def test_the_tax_stays(tax: TaxTable | None) -> None:
    assert told(scheduled(), tax=tax) == ["The tax stays as it is."]


def test_a_price_of_a_series_stays_that_of_the_same_sessions() -> None:
    before = scheduled(sessions=[session("first")])
    assert told(before, attendance=Attendance.CHOSEN_SESSIONS) == ["What a ticket gives access to stays as it is."]


def test_every_reason_is_told_at_once_and_in_other_languages() -> None:
    before = scheduled()
    reasons = refused_changes(before, scheduled(tickets=[ticket(price=euros("25.00"))], fees=[], tax=None))
    assert [reason.code for reason in reasons] == [
        "price_stays",
        "tier_stays",
        "tier_stays",
        "ticket_stays",
        "fee_stays",
        "tax_stays",
    ]
    assert explain(reasons[0], "fr") == "Le prix du billet standard reste 20,00\u00a0€."


@pytest.mark.parametrize("given", [(None, talk()), (talk(), "talk")])
def test_events_are_compared_with_events(given: Any) -> None:
    with pytest.raises(InvalidValueError, match="Expected Event"):
        refused_changes(*given)


def test_what_changes_nothing_is_never_refused() -> None:
    before = scheduled()
    assert refused_changes(before, before) == ()
    assert before.currency == EUR and before.duration == HOUR
