"""Limits, identities, hidden tickets, capacities and windows: why something cannot be had, and what a quote takes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from paidevents import EUR, InvalidValueError, Money, Rate, Span, Window
from paidevents.catalog import (
    AmountOff,
    Attendance,
    Capacity,
    Donation,
    Event,
    EventSession,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Percent,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Scope,
    Selection,
    Ticket,
)
from paidevents.errors import CurrencyMismatchError
from paidevents.pricing import Buyer, Item, Plan, Quote, Take, sold
from paidevents.pricing.counters import (
    customer_counter,
    first_purchase_counter,
)

START = datetime(2026, 4, 14, 16, tzinfo=UTC)
AT = datetime(2026, 3, 1, tzinfo=UTC)
ANA = Buyer(identities=("account:1", "ana@example.org"))


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def ticket(**changed: Any) -> Ticket:
    return Ticket(**{"id": "standard", "name": "Standard", "price": euros("20.00"), **changed})


def ten(**changed: Any) -> Promotion:
    return Promotion(
        **{"id": "ten", "effect": Percent(Rate.of("10 %")), "codes": (PromoCode("TEN"),), **changed},
    )


def talk(*promotions: Promotion, **changed: Any) -> Event:
    plain: dict[str, Any] = {
        "id": "talk",
        "title": "Talk",
        "zone": "UTC",
        "currency": EUR,
        "starts_at": START,
        "duration": Span.of("1 h"),
        "tickets": (ticket(),),
        "promotions": promotions,
    }
    return Event(**{**plain, **changed})


def quote(event: Event, *codes: str, count: int = 1, at: datetime = AT, **asked: Any) -> Quote:
    return Plan(event).quote({"standard": count}, codes, at=at, **asked)


def why(quote: Quote) -> list[str]:
    return [reason.code for skipped in quote.skipped for reason in skipped.reasons]


def refused(quote: Quote) -> list[str]:
    return [reason.code for reason in quote.refusals]


@pytest.mark.parametrize(
    ("limit", "counter", "taken", "left"),
    [
        (Limit(LimitOf.ORDERS, 3), "promotion/ten/orders", 2, True),
        (Limit(LimitOf.ORDERS, 3), "promotion/ten/orders", 3, False),
        (Limit(LimitOf.UNITS, 10), "promotion/ten/units", 8, True),  # two places of the ten
        (Limit(LimitOf.UNITS, 10), "promotion/ten/units", 9, False),  # one is left, two are wanted: nothing in part
        (Limit(LimitOf.ORDERS, 1, LimitPer.CODE), "promotion/ten/code/ten/orders", 0, True),
        (Limit(LimitOf.ORDERS, 1, LimitPer.CODE), "promotion/ten/code/ten/orders", 1, False),
    ],
)
def test_a_limit_counts_orders_or_places_of_a_promotion_or_of_a_code(
    limit: Limit, counter: str, taken: int, left: bool
) -> None:
    """10 % of two places at 20.00 are 4.00."""
    found = quote(talk(ten(limits=(limit,))), "TEN", count=2, taken={counter: taken})
    assert found.charged == euros("36.00" if left else "40.00")
    assert why(found) == ([] if left else ["exhausted"])
    taken_by_it = {take.counter: take for take in Plan(talk(ten(limits=(limit,)))).claims(found)}
    assert (counter in taken_by_it) is left
    if left:
        assert taken_by_it[counter] == Take(counter, 2 if limit.of is LimitOf.UNITS else 1, limit.most)


def test_a_budget_gives_the_whole_discount_or_none() -> None:
    """10 % of 40.00 are 4.00: of a budget of 5.00 with 1.00 gone it is granted, with 1.01 gone it is not."""
    event = talk(ten(limits=(Limit(LimitOf.AMOUNT, 500),)))
    counter = "promotion/ten/amount"
    granted = quote(event, "TEN", count=2, taken={counter: 100})
    assert granted.charged == euros("36.00")
    assert Take(counter, 400, 500) in Plan(event).claims(granted)
    assert why(quote(event, "TEN", count=2, taken={counter: 101})) == ["budget_exhausted"]


def test_a_code_has_uses_of_its_own() -> None:
    event = talk(ten(codes=(PromoCode("VIP", uses=1), PromoCode("TEN"))))
    assert why(quote(event, "VIP", taken={"promotion/ten/code/vip/orders": 1})) == ["exhausted"]
    assert quote(event, "TEN", taken={"promotion/ten/code/vip/orders": 1}).charged == euros("18.00")


def test_what_is_left_of_a_budget_goes_to_another_code_that_was_asked_for() -> None:
    """The larger discount is out of budget, so the other one, which does not combine with it, is taken."""
    half = ten(
        id="half",
        effect=Percent(Rate.of("50 %")),
        codes=(PromoCode("HALF"),),
        combines_with=(),
        limits=(Limit(LimitOf.AMOUNT, 999),),
    )
    found = quote(talk(ten(), half), "TEN", "HALF")
    assert found.charged == euros("18.00")
    assert why(found) == ["budget_exhausted"]


def test_each_customer_may_have_it_so_often_under_each_of_the_identities() -> None:
    event = talk(ten(limits=(Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),)))
    _, mail = ANA.marks
    assert quote(event, "TEN", buyer=ANA).charged == euros("18.00")
    assert why(quote(event, "TEN", buyer=ANA, taken={f"promotion/ten/customer/{mail}/orders": 1})) == ["customer_limit"]
    claimed = [
        take.counter for take in Plan(event).claims(quote(event, "TEN", buyer=ANA)) if "customer" in take.counter
    ]
    assert claimed == sorted(f"promotion/ten/customer/{mark}/orders" for mark in ANA.marks)
    assert not any("ana" in counter for counter in claimed)


@pytest.mark.parametrize(
    "rule",
    [
        {"limits": (Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),)},
        {"customers": ("account:1",)},
        {"first_purchase": True},
    ],
)
def test_while_nobody_knows_who_is_buying_a_discount_is_shown_on_condition(rule: dict[str, Any]) -> None:
    found = quote(talk(ten(**rule)), "TEN")
    assert found.charged == euros("18.00")
    assert found.skipped == ()
    assert [(each.code, each.reasons[0].code) for each in found.provisional] == [("TEN", "identity_required")]
    assert quote(talk(ten(**rule)), "TEN", buyer=ANA).provisional == ()


def test_a_promotion_may_be_for_some_customers_or_for_a_first_purchase() -> None:
    members, first = talk(ten(customers=("account:2",))), talk(ten(first_purchase=True))
    assert why(quote(members, "TEN", buyer=ANA)) == ["customer_not_entitled"]
    assert quote(members, "TEN", buyer=Buyer(identities=("account:2",))).charged == euros("18.00")
    again = Buyer(identities=("account:1",), orders_before=1)
    assert why(quote(first, "TEN", buyer=again)) == ["not_first_purchase"]
    counter = first_purchase_counter(ANA.marks[0])
    assert why(quote(first, "TEN", buyer=ANA, taken={counter: 1})) == ["not_first_purchase"]
    assert Take(counter, 1, 1) in Plan(first).claims(quote(first, "TEN", buyer=ANA))


def test_a_promotion_may_be_for_some_channels_currencies_events_or_worths() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"channels": ("app",)}, "wrong_channel"),
        ({"effect": AmountOff((Money.of("5.00", "USD"),))}, "promotion_currency"),
        ({"currencies": (Money.of("1", "USD").currency,)}, "promotion_currency"),
        ({"least_subtotal": (Money.of("5.00", "USD"),)}, "promotion_currency"),
        ({"match": Match(events=("another",))}, "wrong_event"),
        ({"least_subtotal": (euros("40.00"),)}, "min_subtotal"),
        ({"least_units": 2}, "min_units"),
        ({"enabled": False}, "code_disabled"),
        ({"codes": (PromoCode("TEN", enabled=False),)}, "code_disabled"),
        ({"codes": (PromoCode("TEN", window=Window(None, AT)),)}, "expired"),
        ({"window": Window(AT + timedelta(days=1), None)}, "not_started"),
    ]
    for rule, reason in cases:
        found = quote(talk(ten(**rule)), "TEN")
        assert (found.charged, why(found)) == (euros("20.00"), [reason]), rule
    assert quote(talk(ten(channels=("app",))), "TEN", channel="app").charged == euros("18.00")
    assert quote(talk(ten(least_subtotal=(euros("40.00"),))), "TEN", count=2).charged == euros("36.00")
    assert why(quote(talk(ten(window=Window(AT + timedelta(days=1), None), least_units=2)), "TEN")) == [
        "not_started",
        "min_units",
    ]


def test_two_codes_of_one_promotion_are_one_discount_and_the_one_that_holds_is_used() -> None:
    over = PromoCode("AAA", window=Window(None, AT))
    found = quote(talk(ten(codes=(over, PromoCode("BBB")))), "AAA", "BBB")
    assert [(line.code, str(line.amount)) for line in found.lines] == [("BBB", "-2.00 EUR")]
    assert [(each.code, [reason.code for reason in each.reasons]) for each in found.skipped] == [
        ("AAA", ["duplicate_code"])
    ]


def test_a_code_that_mixes_alphabets_says_so() -> None:
    """The second letter of the typed code is a Cyrillic one."""
    found = quote(talk(ten(codes=(PromoCode("SAVE"),))), "S\u0410VE")
    assert why(found) == ["code_unknown", "mixed_script"]


def test_more_than_twelve_promotions_are_not_searched() -> None:
    many = [ten(id=f"p{number:02}", codes=(PromoCode(f"CODE{number:02}"),)) for number in range(13)]
    found = quote(talk(*many), *(f"CODE{number:02}" for number in range(13)))
    assert why(found) == ["too_many_promotions"]
    assert found.skipped[0].code == "CODE12"


def test_of_codes_that_combine_all_are_taken_but_no_more_than_allowed() -> None:
    """10 % and 5.00 off 20.00 are 13.00 together; of one code, 5.00 off is the better: 15.00."""
    five = ten(id="five", effect=AmountOff((euros("5.00"),)), codes=(PromoCode("FIVE"),))
    assert quote(talk(ten(), five), "TEN", "FIVE").charged == euros("13.00")
    one = quote(talk(ten(), five, policy=Policy(max_codes=1)), "TEN", "FIVE")
    assert (one.charged, why(one), one.skipped[0].code) == (euros("15.00"), ["too_many_codes"], "TEN")
    none = quote(talk(ten(), policy=Policy(max_codes=0)), "TEN")
    assert (none.charged, why(none)) == (euros("20.00"), ["too_many_codes"])


def test_chosen_for_the_buyer_no_code_is_spent_in_vain() -> None:
    """A free ticket needs no further code; alone, a code that takes nothing off is not spent either."""
    free = ten(id="free", effect=Percent(Rate.of("100 %")), codes=(PromoCode("FREE"),))
    best = Policy(selection=Selection.BEST)
    found = quote(talk(ten(), free, policy=best), "TEN", "FREE")
    assert (why(found), [line.code for line in found.lines]) == (["superseded"], ["FREE"])
    order = ten(effect=AmountOff((euros("5.00"),)), scope=Scope.ORDER)
    nothing = quote(talk(order, tickets=(ticket(price=euros("0.00")),), policy=best), "TEN")
    assert why(nothing) == ["no_effect"]


def test_a_hidden_ticket_is_opened_by_a_code() -> None:
    event = talk(
        Promotion(id="press", opens=("press",), codes=(PromoCode("PRESS"),), limits=(Limit(LimitOf.ORDERS, 5),)),
        tickets=(ticket(), ticket(id="press", name="Press", hidden=True)),
    )
    plan = Plan(event)
    closed = plan.quote({"press": 1}, at=AT)
    assert (refused(closed), str(closed.refusals[0])) == (
        ["ticket_hidden"],
        "A code is needed to buy this ticket: Press.",
    )
    opened = plan.quote({"press": 1}, ["press"], at=AT)
    assert (refused(opened), why(opened)) == ([], [])
    assert Take("promotion/press/orders", 1, 5) in plan.claims(opened)
    assert why(plan.quote({"standard": 1}, ["PRESS"], at=AT)) == ["no_effect"]
    assert refused(plan.quote({"press": 1}, ["PRESS"], at=AT, taken={"promotion/press/orders": 5})) == ["ticket_hidden"]


def test_of_several_limits_the_least_wins() -> None:
    """Ten in the room of both tickets, eight of the standard one, twenty in all."""
    event = talk(
        tickets=(ticket(quantity=8), ticket(id="vip", name="VIP")),
        capacity=20,
        capacities=(Capacity(id="room", places=10, tickets=("standard", "vip")),),
    )
    plan = Plan(event)
    assert plan.quote({"standard": 8, "vip": 2}, at=AT).refusals == ()
    taken = sold(event, {"standard": 3, "vip": 4})
    assert taken == {"ticket/standard": 3, "event": 7, "capacity/room": 7, "ticket/vip": 4}
    (reason,) = plan.quote({"standard": 4}, at=AT, taken=taken).refusals
    assert dict(reason.values) == {"wanted": 4, "left": 3, "of": "capacity/room"}
    (reason,) = plan.quote({"standard": 9}, at=AT).refusals
    assert dict(reason.values) == {"wanted": 9, "left": 8, "of": "ticket/standard"}


def test_least_and_most_per_order_and_per_customer() -> None:
    event = talk(tickets=(ticket(least_per_order=2, most_per_order=4, most_per_customer=5),))
    assert refused(quote(event)) == ["least_per_order"]
    assert refused(quote(event, count=5)) == ["most_per_order"]
    assert refused(quote(event, count=6)) == ["most_per_order", "most_per_customer"]
    counter = customer_counter("standard", ANA.marks[0])
    assert refused(quote(event, count=2, buyer=ANA, taken={counter: 3})) == []
    assert refused(quote(event, count=2, buyer=ANA, taken={counter: 4})) == ["most_per_customer"]
    assert Take(counter, 2, 5) in Plan(event).claims(quote(event, count=2, buyer=ANA))
    assert refused(quote(talk(policy=Policy(most_per_order=3)), count=4)) == ["most_places"]


def test_a_sale_has_a_beginning_and_an_end() -> None:
    event = talk(tickets=(ticket(on_sale=Window(AT, None)),))
    assert refused(quote(event, at=AT - timedelta(seconds=1))) == ["sale_not_started"]
    assert refused(quote(event)) == []
    end = START + timedelta(hours=1)
    assert refused(quote(event, at=end - timedelta(seconds=1))) == []
    assert refused(quote(event, at=end)) == ["sale_ended"]
    assert refused(quote(talk(on_sale=Window(None, AT)))) == ["sale_ended"]


def series(attendance: Attendance) -> Event:
    dates = tuple(
        EventSession(id=f"s{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"), capacity=3)
        for week in range(2)
    )
    return talk(starts_at=None, duration=None, sessions=dates, attendance=attendance)


def test_of_chosen_sessions_each_has_its_places_and_its_end() -> None:
    plan = Plan(series(Attendance.CHOSEN_SESSIONS))
    both = [Item("standard", 2, sessions=("s0", "s1"))]
    assert plan.quote(both, at=AT).charged == euros("80.00")
    assert [unit.session for unit in plan.quote(both, at=AT).units] == ["s0", "s0", "s1", "s1"]
    (reason,) = plan.quote(both, at=AT, taken={"session/s1": 2}).refusals
    assert dict(reason.values)["of"] == "session/s1"
    late = plan.quote(both, at=START + timedelta(hours=1))
    assert [str(reason) for reason in late.refusals] == ["Standard (s0) is no longer on sale."]


def test_all_sessions_take_a_place_in_each() -> None:
    event = series(Attendance.ALL_SESSIONS)
    assert [take.counter for take in Plan(event).claims(quote(event))] == [
        "event",
        "session/s0",
        "session/s1",
        "ticket/standard",
    ]
    assert refused(quote(event, taken={"session/s1": 3})) == ["sold_out"]
    assert sold(event, {"standard": 2})["session/s1"] == 2


def test_input_that_cannot_be_is_an_error_and_not_a_quote() -> None:
    plan = Plan(series(Attendance.CHOSEN_SESSIONS))
    gift = Plan(talk(tickets=(ticket(id="gift", name="Gift", price=None, donation=Donation(minimum=euros("5.00"))),)))
    single = Plan(talk())
    asks: list[tuple[Any, Plan, Any]] = [
        ("items[0].ticket", single, {"other": 1}),
        ("items[0].sessions", plan, {"standard": 1}),
        ("items[0].sessions[0]", plan, [Item("standard", sessions=("s9",))]),
        ("items[0].sessions", single, [Item("standard", sessions=("s0",))]),
        ("items[0].amount", gift, {"gift": 1}),
        ("items[0].amount", single, [Item("standard", amount=euros("1.00"))]),
        ("items", single, {}),
        ("basket", single, 7),
    ]
    for field, asked, basket in asks:
        with pytest.raises(InvalidValueError) as refusal:
            asked.quote(basket, at=AT)
        assert refusal.value.field == field
    with pytest.raises(CurrencyMismatchError):
        gift.quote([Item("gift", amount=Money.of("9.00", "USD"))], at=AT)
    with pytest.raises(InvalidValueError, match="Nothing here has the id cash"):
        single.quote({"standard": 1}, at=AT, provider="cash")
    with pytest.raises(InvalidValueError, match="provider"):
        single.quote({"standard": 1}, at=AT, provider=7)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"taken\.event"):
        single.quote({"standard": 1}, at=AT, taken={"event": -1})
    with pytest.raises(InvalidValueError, match=r"codes\[0\]"):
        single.quote({"standard": 1}, [7], at=AT)  # type: ignore[list-item]
    for outside in (datetime(1899, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)):
        with pytest.raises(InvalidValueError, match="between"):
            single.quote({"standard": 1}, at=outside)


def test_a_donation_keeps_to_the_step_and_may_be_nothing() -> None:
    gift = ticket(id="gift", name="Gift", price=None, donation=Donation(minimum=euros("5.00"), may_be_nothing=True))
    plan = Plan(talk(tickets=(gift,), providers=(Provider(name="card", step=50),)))
    assert plan.quote([Item("gift", amount=euros("0.00"))], at=AT).refusals == ()
    with pytest.raises(InvalidValueError, match="multiples"):
        plan.quote([Item("gift", amount=euros("5.25"))], at=AT)


def test_what_is_above_a_providers_maximum_is_refused() -> None:
    """Stripe takes at most 999 999 999 999 minor units of a euro by card."""
    event = talk(tickets=(ticket(price=Money(999_999_999_999, EUR)),), providers=(Provider(name="stripe"),))
    assert refused(quote(event, count=2)) == ["above_maximum"]


def test_a_provider_that_does_not_take_the_currency_refuses_the_order() -> None:
    dinar = Money.of("20.000", "KWD")
    event = talk(currency=dinar.currency, tickets=(ticket(price=dinar),), providers=(Provider(name="stripe"),))
    assert refused(quote(event)) == ["provider_cannot"]


def test_an_amount_that_cannot_be_charged_is_refused_when_the_plan_is_made() -> None:
    event = talk(tickets=(ticket(price=euros("19.99")),), policy=Policy(step=5))
    with pytest.raises(InvalidValueError, match=r"tickets\[0\]\.price: Only multiples of 0\.05 EUR can be charged"):
        Plan(event)


def test_what_was_sold_of_a_tier_is_sold_of_its_ticket() -> None:
    with pytest.raises(InvalidValueError, match="Nothing here has the id early"):
        sold(talk(), {"early": 1})
    with pytest.raises(InvalidValueError, match="between 0"):
        sold(talk(), {"standard": -1})
