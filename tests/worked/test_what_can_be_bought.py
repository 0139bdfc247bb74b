"""Places, limits, people and moments: what a quote refuses, what it shows provisionally, and what it would take."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from worked.shop import (
    AT,
    BEGINS,
    card,
    code,
    euros,
    gift,
    lines,
    off,
    percent,
    prices,
    quote,
    refusals,
    shop,
    skips,
    taken,
    ticket,
)

from paidevents import InvalidValueError, Money, Rate, Span, Window
from paidevents.catalog import (
    FREE,
    Attendance,
    BelowMinimum,
    Capacity,
    Charging,
    Event,
    EventKind,
    EventSession,
    Fee,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    Selection,
    Ticket,
    Tier,
)
from paidevents.errors import CurrencyMismatchError, NaiveDatetimeError
from paidevents.money import USD
from paidevents.pricing import Basket, Buyer, Item, Plan, sold, timeline

ANA = Buyer(identities=("ana",))
(ANAS_MARK,) = ANA.marks
DAY = timedelta(days=1)
SESSIONS = tuple(
    EventSession(id=f"s{day}", starts_at=datetime(2026, 4, day, 16, tzinfo=UTC), duration=Span.of("1 h"), capacity=10)
    for day in (1, 8, 15)
)


# Sessions and kinds.


def test_chosen_sessions_are_a_place_and_a_price_each() -> None:
    """2 people in 2 of 3 sessions at 20.00: 80.00, and two places of each of the two."""
    event = shop(sessions=SESSIONS, attendance=Attendance.CHOSEN_SESSIONS)
    found = quote(event, [Item("standard", 2, ("s1", "s15"))])
    assert found.charged == euros("80.00")
    assert [unit.session for unit in found.units] == ["s1", "s1", "s15", "s15"]
    assert taken(Plan(event), found) == {"event": 4, "session/s1": 2, "session/s15": 2, "ticket/standard": 4}


def test_all_sessions_are_one_place_and_one_price() -> None:
    """20.00, and a place in each of the three."""
    event = shop(sessions=SESSIONS)
    found = quote(event)
    assert (found.charged, [unit.session for unit in found.units]) == (euros("20.00"), [""])
    assert taken(Plan(event), found) == {
        "event": 1,
        "session/s1": 1,
        "session/s15": 1,
        "session/s8": 1,
        "ticket/standard": 1,
    }


def test_a_session_that_is_full_or_over_is_refused() -> None:
    """10 places in each; the first is over on 1 April at 17:00 UTC, the series on 15 April."""
    event = shop(sessions=SESSIONS, attendance=Attendance.CHOSEN_SESSIONS)
    over = datetime(2026, 4, 1, 17, tzinfo=UTC)
    assert refusals(quote(event, [Item("standard", 2, ("s1",))], taken={"session/s1": 9})) == ["sold_out"]
    assert refusals(quote(event, [Item("standard", 2, ("s8",))], taken={"session/s1": 9})) == []
    assert refusals(quote(event, [Item("standard", 1, ("s1", "s8"))], at=over)) == ["sale_ended"]
    assert refusals(quote(event, [Item("standard", 1, ("s1",))], at=over - timedelta(microseconds=1))) == []
    # Over for good, and said once.
    assert refusals(quote(event, [Item("standard", 1, ("s1", "s8"))], at=BEGINS + 2 * DAY)) == ["sale_ended"]


def test_of_all_sessions_a_place_can_be_had_to_the_end_of_the_last() -> None:
    """A place in the series, on 15 April until 17:00 UTC. The places of the sessions that are over count as well."""
    end = datetime(2026, 4, 15, 17, tzinfo=UTC)
    event = shop(sessions=SESSIONS)
    assert refusals(quote(event, at=end - timedelta(microseconds=1))) == []
    assert refusals(quote(event, at=end)) == ["sale_ended"]
    assert refusals(quote(event, taken={"session/s1": 10})) == ["sold_out"]


@pytest.mark.parametrize(
    ("attendance", "item", "field", "reason"),
    [
        (Attendance.CHOSEN_SESSIONS, Item("standard"), "items[0].sessions", "sessions_missing"),
        (Attendance.CHOSEN_SESSIONS, Item("standard", 1, ("s1", "s2")), "items[0].sessions[1]", "unknown_id"),
        (Attendance.ALL_SESSIONS, Item("standard", 1, ("s1",)), "items[0].sessions", "sessions_not_chosen"),
        (Attendance.ALL_SESSIONS, Item("vip"), "items[0].ticket", "unknown_id"),
        (Attendance.ALL_SESSIONS, Item("standard", amount=euros("5.00")), "items[0].amount", "amount_not_asked"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(attendance: Attendance, item: Item, field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        quote(shop(sessions=SESSIONS, attendance=attendance), [item])
    assert (refused.value.field, refused.value.reason.code) == (field, reason)


def test_a_permanent_event_is_on_sale_until_it_is_withdrawn() -> None:
    """20.00 in 2026 and in 2126; one counter of persons."""
    event = shop(kind=EventKind.PERMANENT, capacity=3)
    for year in (2026, 2126):
        found = quote(event, 3, at=datetime(year, 1, 1, tzinfo=UTC))
        assert (found.charged, refusals(found)) == (euros("60.00"), [])
    assert refusals(quote(event, 3, taken={"event": 1})) == ["sold_out"]


@pytest.mark.parametrize("charging", [Charging.SWITCHED_OFF, Charging.DISCONNECTED])
def test_while_payment_is_off_everything_is_free_and_codes_are_not_spent(charging: Charging) -> None:
    """20.00 less 20.00; a code has no effect then, and is not claimed; no fee, no minimum."""
    event = shop(
        charging=charging,
        fees=[Fee(id="service", per_order=euros("1.00"), buyer_share=percent("100 %").rate)],
        providers=[card("0.50")],
        promotions=[code("ten", percent("10 %"), limits=(Limit(LimitOf.ORDERS, 1),))],
    )
    found = quote(event, 1, "ten")
    assert found.is_free and lines(found) == [(f"payment_{charging.value}", "-20.00")]
    assert skips(found) == {"ten": ["no_effect"]}
    assert "promotion/ten/orders" not in taken(Plan(event), found)
    assert lines(quote(shop(ticket("0.00"), charging=charging))) == []
    # Nor is there anything to choose between codes that do not combine.
    alone = [code(id, percent("10 %"), combines_with=()) for id in ("a", "b")]
    found = quote(evolve(event, promotions=tuple(alone)), 1, "a", "b")
    assert found.is_free and skips(found) == {"a": ["no_effect"], "b": ["no_effect"]}


# How many.


def test_of_several_limits_the_least_wins() -> None:
    """
    50 in all, of which 30 may be sold of the room for two tickets, and 12 of one of them. 11 are sold of that: one is left.
    """
    event = shop(
        ticket(quantity=12),
        ticket("50.00", "vip"),
        ticket("10.00", "stream"),
        capacity=50,
        capacities=[Capacity(id="room", places=30, tickets=("standard", "vip"))],
    )
    plan = Plan(event)
    (reason,) = plan.quote({"standard": 2}, at=AT, taken=sold(event, {"standard": 11})).refusals
    assert dict(reason.values) == {"wanted": 2, "left": 1, "of": "ticket/standard"}
    assert refusals(plan.quote({"standard": 2}, at=AT, taken=sold(event, {"vip": 29}))) == ["sold_out"]
    assert refusals(plan.quote({"vip": 1, "standard": 1}, at=AT, taken=sold(event, {"vip": 29}))) == ["sold_out"]
    assert refusals(plan.quote({"stream": 2}, at=AT, taken=sold(event, {"vip": 29}))) == []
    assert refusals(plan.quote({"stream": 2}, at=AT, taken=sold(event, {"vip": 29, "stream": 20}))) == ["sold_out"]
    # More than everything: each limit says so.
    assert (
        refusals(plan.quote({"standard": 9, "vip": 40}, at=AT, taken=sold(event, {"standard": 9, "vip": 9})))
        == ["sold_out"] * 3
    )


def test_overbooked_by_hand_nothing_is_left_and_not_less() -> None:
    """12 of 10 are sold: 0 are left."""
    (reason,) = quote(shop(capacity=10), taken={"event": 12}).refusals
    assert dict(reason.values)["left"] == 0


def test_so_many_in_one_order() -> None:
    """From 2 to 4 of a ticket, summed over its lines; at most 100 places in all, or what the policy says."""
    event = shop(ticket(least_per_order=2, most_per_order=4), ticket("1.00", "other"), policy=Policy(most_per_order=6))
    assert [refusals(quote(event, count)) for count in (1, 2, 4)] == [["least_per_order"], [], []]
    assert refusals(quote(event, [Item("standard", 3), Item("standard", 2)])) == ["most_per_order"]
    assert refusals(quote(event, {"standard": 4, "other": 3})) == ["most_places"]
    assert refusals(quote(event, {"other": 1})) == []


def test_so_many_for_one_customer() -> None:
    """At most 3 VIP for each. Ana has 2: one more. Under two names each counts by itself, and the larger number decides."""
    event = shop(ticket("50.00", "vip", most_per_customer=3))
    had = {f"ticket/vip/customer/{ANAS_MARK}": 2}
    assert refusals(quote(event, 1, buyer=ANA, taken=had)) == []
    assert refusals(quote(event, 2, buyer=ANA, taken=had)) == ["most_per_customer"]
    assert refusals(quote(event, 2, buyer=Buyer(identities=("new", "ana")), taken=had)) == ["most_per_customer"]
    assert refusals(quote(event, 3)) == [] and refusals(quote(event, 4)) == ["most_per_customer"]
    assert taken(Plan(event), quote(event, 1, buyer=ANA))[f"ticket/vip/customer/{ANAS_MARK}"] == 1
    assert not any("customer" in counter for counter in taken(Plan(event), quote(event, 1)))


def test_a_sale_opens_and_closes() -> None:
    """From the later opening to the earlier end, of event and ticket; and not after the event, 17:30 UTC on 14 April."""
    event = shop(
        ticket(on_sale=Window(AT, AT + 3 * DAY)), ticket("9.00", "other"), on_sale=Window(AT + DAY, AT + 5 * DAY)
    )
    answers = [refusals(quote(event, at=AT + days * DAY)) for days in range(5)]
    assert answers == [["sale_not_started"], [], [], ["sale_ended"], ["sale_ended"]]
    (early,) = quote(event).refusals
    assert early.retryable and dict(early.values)["starts_at"] == AT + DAY
    assert refusals(quote(event, {"standard": 1, "other": 1}, at=AT + 3 * DAY)) == ["sale_ended"]
    end = BEGINS + timedelta(minutes=90)
    assert [refusals(quote(shop(), at=at)) for at in (end - timedelta(microseconds=1), end)] == [[], ["sale_ended"]]
    assert refusals(quote(shop(policy=Policy(sells_recording=True)), at=end)) == []


def test_all_refusals_are_told() -> None:
    """A hidden ticket, too early, too many, and sold out."""
    event = shop(ticket(hidden=True, on_sale=Window(AT + DAY), most_per_order=1, quantity=1))
    assert refusals(quote(event, 2)) == ["sale_not_started", "most_per_order", "sold_out", "ticket_hidden"]


# Hidden tickets.


def test_a_hidden_ticket_is_opened_by_a_code() -> None:
    """With nothing off, or 10 %; and only while the code holds."""
    opens: dict[str, Any] = {"opens": ("secret",)}
    event = shop(
        ticket(),
        ticket("30.00", "secret", hidden=True),
        promotions=[
            Promotion(id="key", codes=(PromoCode("KEY"),), limits=(Limit(LimitOf.ORDERS, 5),), **opens),
            code("ten", percent("10 %"), **opens),
            code("gone", percent("50 %"), window=Window(None, AT), **opens),
        ],
    )
    secret = {"secret": 1}
    assert refusals(quote(event, secret)) == ["ticket_hidden"]
    assert refusals(quote(event, secret, "gone")) == ["ticket_hidden"]
    opened = quote(event, secret, "KEY")
    assert (refusals(opened), opened.charged, skips(opened)) == ([], euros("30.00"), {})
    assert taken(Plan(event), opened)["promotion/key/orders"] == 1
    assert quote(event, secret, "ten").charged == euros("27.00")
    assert skips(quote(event, 1, "KEY")) == {"key": ["no_effect"]}
    assert prices(quote(event, 1, "ten")) == ["18.00"]


def test_one_automatic_promotion_can_open_it_for_members() -> None:
    """Without a code, for whom it knows."""
    members = Promotion(id="members", automatic=True, customers=("ana",), opens=("secret",))
    event = shop(ticket("30.00", "secret", hidden=True), promotions=[members])
    assert refusals(quote(event, buyer=ANA)) == []
    assert refusals(quote(event, buyer=Buyer(identities=("bob",)))) == ["ticket_hidden"]


# Limits of promotions.


@pytest.mark.parametrize(
    ("limit", "counter", "had", "reason"),
    [
        (Limit(LimitOf.ORDERS, 3), "promotion/ten/orders", 3, "exhausted"),
        (Limit(LimitOf.ORDERS, 3, LimitPer.CODE), "promotion/ten/code/ten/orders", 3, "exhausted"),
        (
            Limit(LimitOf.ORDERS, 3, LimitPer.CUSTOMER),
            f"promotion/ten/customer/{ANAS_MARK}/orders",
            3,
            "customer_limit",
        ),
        (Limit(LimitOf.UNITS, 5), "promotion/ten/units", 4, "exhausted"),
        (Limit(LimitOf.UNITS, 5, LimitPer.CODE), "promotion/ten/code/ten/units", 4, "exhausted"),
        (Limit(LimitOf.UNITS, 5, LimitPer.CUSTOMER), f"promotion/ten/customer/{ANAS_MARK}/units", 4, "customer_limit"),
        (Limit(LimitOf.AMOUNT, 1000), "promotion/ten/amount", 601, "budget_exhausted"),
        (Limit(LimitOf.AMOUNT, 1000, LimitPer.CODE), "promotion/ten/code/ten/amount", 601, "budget_exhausted"),
        (
            Limit(LimitOf.AMOUNT, 1000, LimitPer.CUSTOMER),
            f"promotion/ten/customer/{ANAS_MARK}/amount",
            601,
            "customer_limit",
        ),
    ],
)
def test_limits_of_orders_places_and_money(limit: Limit, counter: str, had: int, reason: str) -> None:
    """
    10 % off 2 × 20.00 takes an order, 2 places and 4.00 = 400 cents.

    One below *had* it fits: 3 - 2 ≥ 1, 5 - 3 ≥ 2, 10.00 - 6.00 ≥ 4.00. With *had* there is too little, and nothing is given in part.
    """
    event = shop(promotions=[code("ten", percent("10 %"), limits=(limit,))])
    plan = Plan(event)
    fits = plan.quote({"standard": 2}, ["ten"], at=AT, buyer=ANA, taken={counter: had - 1})
    assert fits.charged == euros("36.00")
    assert taken(plan, fits)[counter] == {LimitOf.ORDERS: 1, LimitOf.UNITS: 2, LimitOf.AMOUNT: 400}[limit.of]
    short = plan.quote({"standard": 2}, ["ten"], at=AT, buyer=ANA, taken={counter: had})
    assert (short.charged, skips(short)) == (euros("40.00"), {"ten": [reason]})
    assert counter not in taken(plan, short)


def test_uses_of_single_codes() -> None:
    """Each code once; the other still holds when the one is used."""
    event = shop(promotions=[code("ten", percent("10 %"), codes=(PromoCode("A", uses=1), PromoCode("B", uses=1)))])
    plan = Plan(event)
    first = plan.quote({"standard": 1}, ["a"], at=AT)
    assert taken(plan, first)["promotion/ten/code/a/orders"] == 1
    used = {"promotion/ten/code/a/orders": 1}
    assert skips(plan.quote({"standard": 1}, ["A"], at=AT, taken=used)) == {"ten": ["exhausted"]}
    assert plan.quote({"standard": 1}, ["B"], at=AT, taken=used).charged == euros("18.00")


def test_a_limit_per_code_does_not_touch_what_needs_no_code() -> None:
    """An automatic promotion has no code to count by, and takes nothing of it."""
    auto = Promotion(
        id="auto", effect=percent("10 %"), automatic=True, limits=(Limit(LimitOf.ORDERS, 1, LimitPer.CODE),)
    )
    event = shop(promotions=[auto])
    assert quote(event).charged == euros("18.00")
    assert not any("promotion" in counter for counter in taken(Plan(event), quote(event)))


def test_where_a_budget_is_short_the_next_best_is_taken() -> None:
    """
    Two that do not combine: 5.00 off with 4.99 left of its budget, and 10 %. The larger is refused, so 2.00 are taken off.
    """
    promotions = [
        code("five", off("5.00"), combines_with=(), limits=(Limit(LimitOf.AMOUNT, 1000),)),
        code("ten", percent("10 %"), combines_with=()),
    ]
    event = shop(promotions=promotions, providers=[card(), card("0.50", name="bank")])
    found = quote(event, 1, "five", "ten", taken={"promotion/five/amount": 501})
    assert (found.charged, skips(found)) == (euros("18.00"), {"five": ["budget_exhausted"]})
    # The other provider has no less of the budget, so nothing differs.
    assert found.differs == ()


def test_units_are_those_that_got_something_off() -> None:
    """Of two at 20.00 and a free one, 5.00 off each takes two."""
    event = shop(
        ticket(), ticket("0.00", "press"), promotions=[code("five", off("5.00"), limits=(Limit(LimitOf.UNITS, 9),))]
    )
    plan = Plan(event)
    assert taken(plan, plan.quote({"standard": 2, "press": 1}, ["five"], at=AT))["promotion/five/units"] == 2


# Who is buying.


def test_whom_nobody_knows_is_shown_the_discount_provisionally() -> None:
    """For Ana only; who has not said who it is sees 18.00 and that it will be checked."""
    event = shop(promotions=[code("ana", percent("10 %"), customers=("ana", "anna"))])
    found = quote(event, 1, "ana")
    assert (found.charged, [[reason.code for reason in each.reasons] for each in found.provisional]) == (
        euros("18.00"),
        [["identity_required"]],
    )
    known = quote(event, 1, "ana", buyer=ANA)
    assert (known.charged, known.provisional) == (euros("18.00"), ())
    other = quote(event, 1, "ana", buyer=Buyer(identities=("bob",)))
    assert (other.charged, skips(other)) == (euros("20.00"), {"ana": ["customer_not_entitled"]})


def test_a_first_purchase() -> None:
    """For who has never bought: by the host's count of orders, or by the counter that two orders at once would race for."""
    event = shop(promotions=[code("first", percent("10 %"), first_purchase=True)])
    plan = Plan(event)
    found = plan.quote({"standard": 1}, ["first"], at=AT, buyer=ANA)
    counter = f"first_purchase/{ANAS_MARK}"
    assert [(take.count, take.limit) for take in plan.claims(found) if take.counter == counter] == [(1, 1)]
    for again in ({"buyer": evolve(ANA, orders_before=1)}, {"buyer": ANA, "taken": {counter: 1}}):
        assert skips(quote(event, 1, "first", **again)) == {"first": ["not_first_purchase"]}
    assert len(quote(event, 1, "first").provisional) == 1


def test_what_is_provisional_and_has_no_effect_is_not_promised() -> None:
    """100 % off leaves nothing for the other."""
    promotions = [code("free", FREE), code("ana", off("5.00"), customers=("ana",))]
    found = quote(shop(promotions=promotions), 1, "free", "ana")
    assert (found.provisional, skips(found)) == ((), {"ana": ["no_effect"]})


def test_two_discounts_for_a_first_purchase_take_it_once() -> None:
    """One counter with the limit 1, and two limits on one counter are the smaller."""
    limits = (Limit(LimitOf.ORDERS, 5), Limit(LimitOf.ORDERS, 3))
    promotions = [code(id, off("1.00"), first_purchase=True, limits=limits) for id in ("a", "b")]
    plan = Plan(shop(promotions=promotions))
    takes = plan.claims(plan.quote({"standard": 1}, ["a", "b"], at=AT, buyer=ANA))
    assert [(take.counter, take.count, take.limit) for take in takes if "/" in take.counter] == [
        (f"first_purchase/{ANAS_MARK}", 1, 1),
        ("promotion/a/orders", 1, 3),
        ("promotion/b/orders", 1, 3),
        ("ticket/standard", 1, None),
    ]


def test_claims_name_every_counter_with_its_limit() -> None:
    """Of a tier, its ticket, a room and the event."""
    tiers = (Tier(id="early", price=euros("15.00"), quantity=1),)
    event = shop(
        ticket(tiers=tiers, quantity=9), capacity=20, capacities=[Capacity(id="room", places=10, tickets=("standard",))]
    )
    plan = Plan(event)
    takes = plan.claims(plan.quote({"standard": 3}, at=AT))
    assert [(take.counter, take.count, take.limit) for take in takes] == [
        ("capacity/room", 3, 10),
        ("event", 3, 20),
        ("ticket/standard", 3, 9),
        ("tier/standard/early", 1, 1),
    ]


def test_claims_and_prices_are_those_of_ones_own_event() -> None:
    other = quote(evolve(shop(), id="other"))
    for ask in (Plan(shop()).claims, lambda found: Plan(shop()).requote(found, [0])):
        with pytest.raises(InvalidValueError) as refused:
            ask(other)
        assert refused.value.field == "quote"


# Donations.


DONATION = gift(minimum=euros("5.00"), may_be_nothing=True)


@pytest.mark.parametrize(
    ("amount", "charged", "refused"),
    [("5.00", "5.00", []), ("123.45", "123.45", []), ("0.00", "0.00", []), ("4.99", "4.99", ["donation_too_small"])],
)
def test_a_donation_is_what_the_buyer_chooses(amount: str, charged: str, refused: list[str]) -> None:
    """At least 5.00, or nothing at all."""
    found = quote(shop(DONATION), [Item("gift", amount=euros(amount))])
    assert (found.charged, refusals(found)) == (euros(charged), refused)


def test_no_promotion_is_taken_off_a_donation() -> None:
    """10 % of the ticket, 2.00, nothing of the 50.00; alone in the basket it matches nothing."""
    event = shop(ticket(), DONATION, promotions=[code("ten", percent("10 %"))])
    two = Item("gift", 2, amount=euros("50.00"))
    assert prices(quote(event, [Item("standard"), two], "ten")) == ["18.00", "50.00", "50.00"]
    assert skips(quote(event, [two], "ten")) == {"ten": ["no_matching_tickets"]}


def test_a_fee_on_a_donation() -> None:
    """5 % of 50.00, passed on: 52.50."""
    event = shop(DONATION, fees=[Fee(id="service", rate=percent("5 %").rate, buyer_share=percent("100 %").rate)])
    assert quote(event, [Item("gift", amount=euros("50.00"))]).charged == euros("52.50")


def test_a_donation_below_what_can_be_charged() -> None:
    """0.30 with a minimum of 0.50: no discount was given that could be taken back. Or it is waived."""
    small = gift(minimum=euros("0.10"))
    basket = [Item("gift", amount=euros("0.30"))]
    assert refusals(quote(shop(small, providers=[card("0.50")]), basket)) == ["below_minimum"]
    assert quote(shop(small, providers=[card("0.50")], policy=Policy(below_minimum=BelowMinimum.FREE)), basket).is_free


def test_donations_that_are_none() -> None:
    """No amount, one off the step of 0.05, one in another currency, one without being allowed nothing."""
    event = shop(DONATION, policy=Policy(step=5))
    for item, field, reason in (
        (Item("gift"), "items[0].amount", "amount_missing"),
        (Item("gift", amount=euros("5.01")), "items[0].amount", "off_step"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            quote(event, [item])
        assert (refused.value.field, refused.value.reason.code) == (field, reason)
    with pytest.raises(CurrencyMismatchError):
        quote(event, [Item("gift", amount=Money.of("5.00", USD))])
    strict = gift(minimum=euros("5.00"))
    assert refusals(quote(shop(strict), [Item("gift", amount=euros("0.00"))])) == ["donation_too_small"]


# Providers and moments.


def test_what_differs_between_providers_is_told() -> None:
    """
    0.20 left of 20.00: raised to 0.50 with the card, to 1.00 with PayPal, 0.20 with the bank. At full price all charge 20.00.
    """
    providers = [card("0.50"), card("1.00", name="paypal"), card(name="bank")]
    event = shop(promotions=[code("most", percent("99 %"))], providers=providers)
    found = quote(event, 1, "most")
    assert (found.provider, found.charged, found.differs) == ("card", euros("0.50"), ("paypal", "bank"))
    bank = quote(event, 1, "most", provider="bank")
    assert (bank.charged, bank.differs) == (euros("0.20"), ("card", "paypal"))
    assert quote(event).differs == ()
    with pytest.raises(InvalidValueError) as refused:
        quote(event, provider="cash")
    assert (refused.value.field, refused.value.reason.code) == ("provider", "unknown_id")


def test_what_one_provider_refuses_may_be_the_cheapest_with_another() -> None:
    """15.00 or 2.00 off 20.00, never both: 5.00 is below 10.00 and refused with the one, so 18.00; with the other 5.00."""
    promotions = [code("much", off("15.00"), combines_with=()), code("less", off("2.00"), combines_with=())]
    event = shop(
        promotions=promotions,
        providers=[card("10.00"), card("1.00", name="bank")],
        policy=Policy(below_minimum=BelowMinimum.REJECT, selection=Selection.BEST),
    )
    found = quote(event, 1, "much", "less")
    assert (found.charged, found.differs) == (euros("18.00"), ("bank",))
    assert quote(event, 1, "much", "less", provider="bank").charged == euros("5.00")


def test_a_provider_that_does_not_take_the_currency() -> None:
    """PayPal has no Turkish lira: a quote for it cannot be reserved, and is no other price."""
    lira = "TRY"
    event = Event(
        id="shop",
        title="Shop",
        zone="UTC",
        currency=Money.of("1.00", lira).currency,
        kind=EventKind.ON_DEMAND,
        tickets=(Ticket(id="standard", name="Standard", price=Money.of("100.00", lira)),),
        providers=(Provider(name="stripe"), Provider(name="paypal")),
    )
    assert refusals(quote(event, provider="paypal")) == ["provider_cannot"]
    assert (refusals(quote(event)), quote(event).differs) == ([], ())
    dearer = evolve(event, fees=(Fee(id="card", provider="stripe", rate=Rate(1, 50), buyer_share=Rate(1, 1)),))
    assert (quote(dearer).charged, quote(dearer).differs) == (Money.of("102.00", lira), ())


def test_a_quote_is_good_for_a_while() -> None:
    """15 minutes from 12:00; or to 12:10, when the early bird ends; or as long as the policy says."""
    assert quote(shop()).good_until == AT + timedelta(minutes=15)
    ends = Window(None, AT + timedelta(minutes=10))
    early = shop(ticket(tiers=(Tier(id="early", price=euros("15.00"), window=ends),)))
    assert quote(early).good_until == AT + timedelta(minutes=10)
    assert quote(early, at=AT + timedelta(minutes=10)).good_until == AT + timedelta(minutes=25)
    assert quote(shop(policy=Policy(quote_lasts=Span.of("1 day")))).good_until == AT + DAY


def test_the_price_over_time_of_what_is_never_over() -> None:
    """20.00, less 10 % for a day, and 20.00 again, without an end."""
    auto = Promotion(id="auto", effect=percent("10 %"), automatic=True, window=Window(AT, AT + DAY))
    stretches = timeline(shop(kind=EventKind.PERMANENT, promotions=[auto]))
    assert [(stretch.rungs[0].charged, stretch.window.ends_at) for stretch in stretches] == [
        (euros("20.00"), AT),
        (euros("18.00"), AT + DAY),
        (euros("20.00"), None),
    ]


def test_a_moment_has_a_zone_and_a_year_of_use() -> None:
    with pytest.raises(NaiveDatetimeError):
        quote(shop(), at=datetime(2026, 3, 1))
    for year in (1, 1899, 9001):
        with pytest.raises(InvalidValueError):
            quote(shop(), at=datetime(year, 3, 1, tzinfo=UTC))


def test_unusable_input_is_named() -> None:
    """Whatever is no answer to the question is refused with the name of the argument."""
    plan = Plan(shop())
    wrong: dict[str, Any] = {
        "codes": "SAVE",
        "taken": [("event", 1)],
        "buyer": "ana",
        "channel": 7,
        "provider": 7,
    }
    for field, value in wrong.items():
        with pytest.raises(InvalidValueError) as refused:
            plan.quote({"standard": 1}, **{"at": AT, field: value})
        assert refused.value.field == field
    wrong_counts: tuple[Any, ...] = ({"event": -1}, {"event": True}, {"event": 1.0})
    for counts in wrong_counts:
        with pytest.raises(InvalidValueError) as refused:
            plan.quote({"standard": 1}, at=AT, taken=counts)
        assert refused.value.field == "taken.event"
    for codes in ([7], ["a"] * 101, None):
        with pytest.raises(InvalidValueError) as refused:
            plan.quote({"standard": 1}, codes, at=AT)  # type: ignore[arg-type]
        assert refused.value.field.startswith("codes")
    for basket in ((), [], {}, 7, "standard", [7], {"standard": 0}, {"": 1}):
        with pytest.raises(InvalidValueError):
            plan.quote(basket, at=AT)  # type: ignore[arg-type]
    assert plan.quote(Basket.of({"standard": 1}), at=AT) == plan.quote([Item("standard")], at=AT)
    with pytest.raises(InvalidValueError):
        Item("standard", 1, ("s1", "s1"))
    with pytest.raises(InvalidValueError):
        Plan("event")  # type: ignore[arg-type]


def test_what_was_sold_is_counted_by_ticket_or_tier() -> None:
    """A tier that two tickets have is named with its ticket; what is sold of it is sold of all that it is part of."""
    tiers = (Tier(id="early", price=euros("15.00"), quantity=9),)
    event = shop(ticket(tiers=tiers), ticket("50.00", "vip", tiers=tiers), sessions=SESSIONS[:1])
    assert sold(event, {"standard/early": 2, "vip": 1}) == {
        "tier/standard/early": 2,
        "ticket/standard": 2,
        "event": 3,
        "session/s1": 3,
        "ticket/vip": 1,
    }
    for places, reason in (
        ({"early": 1}, "tier_of_several"),
        ({"late": 1}, "unknown_id"),
        ({"vip": -1}, "out_of_range"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            sold(event, places)
        assert refused.value.reason.code == reason
    chosen = shop(
        sessions=SESSIONS,
        attendance=Attendance.CHOSEN_SESSIONS,
        capacities=[Capacity(id="room", places=9, tickets=("standard",))],
    )
    assert sold(chosen, {"standard": 2}) == {"ticket/standard": 2, "event": 2, "capacity/room": 2}


def test_a_match_and_a_key_are_all_that_a_ticket_needs() -> None:
    """A promotion for two of three tickets, one of them hidden: 10 % of 30.00 and of 20.00."""
    event = shop(
        ticket(),
        ticket("30.00", "secret", hidden=True),
        ticket("9.00", "other"),
        promotions=[code("ten", percent("10 %"), match=Match(tickets=("standard", "secret")), opens=("secret",))],
    )
    assert prices(quote(event, {"standard": 1, "secret": 1, "other": 1}, "ten")) == ["18.00", "27.00", "9.00"]


def test_a_code_that_opens_a_ticket_has_an_effect_though_it_takes_nothing_off() -> None:
    """10 % of a hidden ticket at 0.00 are nothing, but without the code it could not be had. Of an open one it is in vain."""
    ten = code("ten", percent("10 %"), opens=("secret",))
    event = shop(ticket("0.00", "secret", hidden=True), ticket("0.00", "open"), promotions=[ten])
    found = quote(event, {"secret": 1}, "ten")
    assert (lines(found), skips(found), refusals(found)) == ([], {}, [])
    assert skips(quote(event, {"open": 1}, "ten")) == {"ten": ["no_effect"]}
