"""Discounts, reckoned by hand: every rule of a price before fees and taxes."""

from typing import Any

import pytest
from worked.shop import (
    AT,
    card,
    code,
    euros,
    gift,
    lines,
    off,
    percent,
    price_of,
    prices,
    quote,
    refusals,
    shop,
    skips,
    taxes,
    ticket,
)

from paidevents import InvalidValueError, Money, Window
from paidevents.catalog import (
    FREE,
    AmountOff,
    BelowMinimum,
    Match,
    Order,
    PercentMode,
    Pick,
    Policy,
    PromoCode,
    Promotion,
    Scope,
    Selection,
    TaxMode,
    Tier,
)
from paidevents.money import USD
from paidevents.pricing import Item, Plan, sold

CHEAPEST = Order.CHEAPEST
TO_ALL: dict[str, Any] = {"scope": Scope.ORDER}
LADDER = ticket(
    "49.00",
    tiers=(
        Tier(id="early", price=euros("29.00"), quantity=3),
        Tier(id="second", price=euros("39.00"), quantity=2),
        Tier(id="third", price=euros("45.00"), quantity=1, enabled=False),
    ),
)


# Tiers.


def test_seven_seats_fall_through_the_tiers() -> None:
    """3 × 29.00 + 2 × 39.00 + 2 × 49.00 = 87.00 + 78.00 + 98.00 = 263.00; the third tier is switched off."""
    found = quote(shop(LADDER), 7)
    assert [unit.tier for unit in found.units] == ["early"] * 3 + ["second"] * 2 + [""] * 2
    assert found.charged == euros("263.00")


def test_what_others_took_of_a_tier_is_gone() -> None:
    """2 of 3 early birds are sold: 29.00 + 2 × 39.00 + 49.00 = 156.00."""
    event = shop(LADDER)
    assert quote(event, 4, taken=sold(event, {"early": 2})).charged == euros("156.00")


def test_a_seat_that_comes_back_returns_to_its_tier() -> None:
    """All early birds sold: 39.00; one given back: 29.00 again."""
    event = shop(LADDER)
    assert quote(event, taken=sold(event, {"early": 3})).charged == euros("39.00")
    assert quote(event, taken=sold(event, {"early": 2, "second": 1})).charged == euros("29.00")


def test_two_lines_of_one_ticket_share_its_tiers() -> None:
    """2 and 2 are four: 3 × 29.00 + 39.00 = 126.00, not 2 × 29.00 twice."""
    assert quote(shop(LADDER), [Item("standard", 2), Item("standard", 2)]).charged == euros("126.00")


def test_a_discount_on_a_tier_leaves_the_base_price_alone() -> None:
    """10 % of 29.00 is 2.90: 26.10, 26.10, 26.10 and 39.00."""
    early = code("early", percent("10 %"), match=Match(tiers=("early",)))
    assert prices(quote(shop(LADDER, promotions=[early]), 4, "early")) == ["26.10", "26.10", "26.10", "39.00"]


def test_tiers_are_switched_off_as_a_whole() -> None:
    """Then all of them cost 49.00."""
    assert quote(shop(LADDER, policy=Policy(tiers_enabled=False)), 2).charged == euros("98.00")


# Percentages, amounts and prices.


def test_a_tie_is_rounded_for_the_buyer() -> None:
    """10 % of 19.95 is 1.995: 2.00 off, 17.95 to pay."""
    assert prices(quote(shop(ticket("19.95"), promotions=[code("ten", percent("10 %"))]), 1, "ten")) == ["17.95"]


def test_percent_comes_before_amount() -> None:
    """
    100.00 less 20 % is 80.00, less 10.00 is 70.00. The other way round it would be 90.00 less 18.00 = 72.00.
    """
    promotions = [code("ten", off("10.00")), code("twenty", percent("20 %"))]
    found = quote(shop(ticket("100.00"), promotions=promotions), 1, "ten", "twenty")
    assert lines(found) == [("twenty", "-20.00"), ("ten", "-10.00")]
    assert found.charged == euros("70.00")


def test_a_price_comes_before_a_percentage_and_that_before_an_amount() -> None:
    """80.00 set to 50.00 is 30.00 off; 10 % of 50.00 is 5.00; then 5.00: 40.00."""
    promotions = [code("five", off("5.00")), code("ten", percent("10 %")), code("fifty", price_of("50.00"))]
    found = quote(shop(ticket("80.00"), promotions=promotions), 1, "five", "ten", "fifty")
    assert lines(found) == [("fifty", "-30.00"), ("ten", "-5.00"), ("five", "-5.00")]
    assert found.charged == euros("40.00")


def test_places_come_before_the_order() -> None:
    """Two at 50.00, 10.00 off each: 80.00; then half of the order: 40.00. Not 100.00 - 50.00 - 20.00 = 30.00."""
    promotions = [code("half", percent("50 %"), **TO_ALL), code("ten", off("10.00"))]
    assert quote(shop(ticket("50.00"), promotions=promotions), 2, "half", "ten").charged == euros("40.00")


def test_a_set_price_never_raises() -> None:
    """25.00 for tickets of 49.00 and 20.00: 25.00 and 20.00."""
    event = shop(ticket("49.00"), ticket("20.00", "student"), promotions=[code("set", price_of("25.00"))])
    assert prices(quote(event, {"standard": 1, "student": 1}, "set")) == ["25.00", "20.00"]
    high = shop(ticket("20.00"), promotions=[code("high", price_of("25.00"))])
    assert (prices(quote(high, 1, "high")), skips(quote(high, 1, "high"))) == (["20.00"], {"high": ["no_effect"]})


def test_of_two_set_prices_the_lower_holds() -> None:
    """40.00 and 30.00 for 50.00: 30.00. By strength the lower is credited with all 20.00, the other with nothing."""
    promotions = [code("forty", price_of("40.00")), code("thirty", price_of("30.00"))]
    found = quote(shop(ticket("50.00"), promotions=promotions), 1, "forty", "thirty")
    assert lines(found) == [("thirty", "-20.00")]
    assert skips(found) == {"forty": ["no_effect"]}


def test_priority_says_who_is_credited_and_nothing_else() -> None:
    """With the higher priority the 40.00 are reached first: 10.00 for it, and 10.00 for the one that goes on to 30.00."""
    promotions = [code("forty", price_of("40.00"), priority=1), code("thirty", price_of("30.00"))]
    assert lines(quote(shop(ticket("50.00"), promotions=promotions), 1, "forty", "thirty")) == [
        ("forty", "-10.00"),
        ("thirty", "-10.00"),
    ]


@pytest.mark.parametrize(
    ("mode", "charged", "credits"),
    [
        (PercentMode.COMPOUND, "7.20", [("twenty", "-2.00"), ("ten", "-0.80")]),
        (PercentMode.ADD, "7.00", [("twenty", "-2.00"), ("ten", "-1.00")]),
    ],
)
def test_two_percentages(mode: PercentMode, charged: str, credits: list[tuple[str, str]]) -> None:
    """
    COMPOUND: 10.00 × 0.8 × 0.9 = 7.20: 2.00 for the stronger, 0.80 for the other.
    ADD: 20 % + 10 % = 30 %: 7.00, 2.00 and 1.00.
    """
    event = shop(
        ticket("10.00"),
        promotions=[code("ten", percent("10 %")), code("twenty", percent("20 %"))],
        policy=Policy(percent_mode=mode),
    )
    found = quote(event, 1, "ten", "twenty")
    assert (found.charged, lines(found)) == (euros(charged), credits)


def test_percentages_that_are_added_stop_at_the_whole() -> None:
    """60 % + 50 % are 100 %, not 110 %: free, 6.00 for the one and 4.00 for the other."""
    event = shop(
        ticket("10.00"),
        promotions=[code("fifty", percent("50 %")), code("sixty", percent("60 %"))],
        policy=Policy(percent_mode=PercentMode.ADD),
    )
    found = quote(event, 1, "fifty", "sixty")
    assert found.is_free and lines(found) == [("sixty", "-6.00"), ("fifty", "-4.00")]


def test_less_than_the_whole_leaves_at_least_a_cent() -> None:
    """99.99 % of 49.00 is 48.9951, rounded 49.00; but only 100 % is everything, so 48.99 are taken off."""
    assert prices(quote(shop(ticket("49.00"), promotions=[code("most", percent("99.99 %"))]), 1, "most")) == ["0.01"]


def test_an_amount_is_at_most_the_price() -> None:
    """45.00 off 30.00 is 30.00 off: nothing to pay, and nothing left for the other amount."""
    event = shop(ticket("30.00"), promotions=[code("much", off("45.00")), code("five", off("5.00"))])
    found = quote(event, 1, "much", "five")
    assert found.is_free and found.totals.discount == euros("30.00")
    assert (lines(found), skips(found)) == ([("much", "-30.00")], {"five": ["no_effect"]})


def test_a_discount_in_another_currency_is_not_converted() -> None:
    """5.00 USD off 20.00 EUR: nothing, and it says which it knows."""
    (skipped,) = quote(shop(promotions=[code("five", AmountOff((Money.of("5.00", USD),)))]), 1, "five").skipped
    assert [dict(reason.values) for reason in skipped.reasons] == [{"have": "EUR", "need": "USD"}]


def test_steps_of_five_cents() -> None:
    """CHF in 0.05: 10 % of 19.95 is 1.995, to the nearest 0.05 is 2.00: 17.95. 7 % of 19.95 is 1.3965 → 1.40: 18.55."""
    event = shop(
        ticket("19.95"), promotions=[code("ten", percent("10 %")), code("seven", percent("7 %"))], policy=Policy(step=5)
    )
    assert prices(quote(event, 1, "ten")) == ["17.95"]
    assert prices(quote(event, 1, "seven")) == ["18.55"]


def test_an_amount_off_the_step_is_refused_before_anything_is_sold() -> None:
    """19.99 is no multiple of 0.05."""
    with pytest.raises(InvalidValueError) as refused:
        Plan(shop(ticket("19.99"), policy=Policy(step=5)))
    assert (refused.value.field, refused.value.reason.code) == ("tickets[0].price", "unaligned_amount")
    small = gift(minimum=euros("0.99"))
    with pytest.raises(InvalidValueError) as refused:
        Plan(shop(ticket("20.00"), small, policy=Policy(step=5)))
    assert refused.value.field == "tickets[1].donation.minimum"
    tiers = (Tier(id="early", price=euros("14.99"), quantity=1),)
    with pytest.raises(InvalidValueError) as refused:
        Plan(shop(ticket(tiers=tiers), policy=Policy(step=5)))
    assert refused.value.field == "tickets[0].tiers[0].price"
    # Of what is in other currencies nothing can be charged here.
    five = code("five", AmountOff((euros("5.00"), Money.of("5.01", USD))))
    assert quote(shop(promotions=[five], policy=Policy(step=5)), 1, "five").charged == euros("15.00")


# Discounts on an order.


def test_a_discount_on_an_order_is_shared_by_price() -> None:
    """10.00 off 30.00 + 20.00 + 10.00: 5.00, 3.33… and 1.66…, so 5.00, 3.33 and 1.67."""
    event = shop(
        ticket("30.00"), ticket("20.00", "b"), ticket("10.00", "c"), promotions=[code("ten", off("10.00"), **TO_ALL)]
    )
    assert prices(quote(event, {"standard": 1, "b": 1, "c": 1}, "ten")) == ["25.00", "16.67", "8.33"]


def test_over_two_rates_of_tax_a_discount_is_shared_by_rate_first() -> None:
    """
    0.10 off 10 × 1.01 at 20 % and 10 × 1.00 at 5.5 %, 20.10 in all.

    The rates bear 10.10 / 20.10 × 0.10 = 0.0502 and 0.0497…, so 0.05 each. Place by place alone
    the ten odd cents would all fall on the ten dearer places, and all on the one rate.
    """
    event = shop(
        ticket("1.01", tax_category="full"),
        ticket("1.00", "book", tax_category="reduced"),
        tax=taxes(("20 %", "full"), ("5.5 %", "reduced")),
        promotions=[code("ten", off("0.10"), **TO_ALL)],
    )
    found = quote(event, {"standard": 10, "book": 10}, "ten")
    assert prices(found) == (["1.00"] * 5 + ["1.01"] * 5) + (["0.99"] * 5 + ["1.00"] * 5)


def test_several_of_an_order_are_rounded_once_and_each_has_its_row() -> None:
    """
    15 % and 10 % of 3 × 9.99 = 29.97: kept are 29.97 × 0.85 × 0.9 = 22.92705, so 7.04 are taken off, not 7.05.

    The first is credited with 4.4955 → 4.50, the second with the rest, 2.54. By place: 2.35, 2.35, 2.34.
    """
    promotions = [code("a", percent("15 %"), **TO_ALL), code("b", percent("10 %"), **TO_ALL)]
    found = quote(shop(ticket("9.99"), promotions=promotions), 3, "a", "b")
    assert lines(found) == [("a", "-4.50"), ("b", "-2.54")]
    assert prices(found) == ["7.64", "7.64", "7.65"]
    assert [sum(column) for column in zip(*(line.per_unit for line in found.lines), strict=True)] == [-235, -235, -234]


# Picks.


def test_buy_three_the_cheapest_is_free() -> None:
    """
    30.00, 20.00, 20.00 and 10.00, 10.00, 10.00, 10.00: seven places are two full threes, so the two cheapest are free.

    90.00 in all, less the first two of the four at 10.00.
    """
    event = shop(
        ticket("30.00", "a"),
        ticket("20.00", "b"),
        ticket("10.00", "c"),
        promotions=[code("third", FREE, pick=Pick(count=1, order=CHEAPEST, every=3))],
    )
    found = quote(event, {"a": 1, "b": 2, "c": 4}, "third")
    assert prices(found) == ["30.00", "20.00", "20.00", "0.00", "0.00", "10.00", "10.00"]
    assert prices(quote(event, {"a": 2}, "third")) == ["30.00", "30.00"]
    assert skips(quote(event, {"a": 2}, "third")) == {"third": ["no_matching_tickets"]}


THREE_FOR_TWENTY = code("three", price_of("20.00"), pick=Pick(count=3, every=3), **TO_ALL)


def test_three_for_twenty() -> None:
    """
    Three at 9.00 for 20.00: 7.00 off, 2.34 + 2.33 + 2.33. A fourth stays at 9.00: 29.00; six are 40.00.

    Two have no full three in them.
    """
    event = shop(ticket("9.00"), promotions=[THREE_FOR_TWENTY])
    assert prices(quote(event, 3, "three")) == ["6.66", "6.67", "6.67"]
    assert [quote(event, count, "three").charged for count in (2, 3, 4, 6)] == list(
        map(euros, ("18.00", "20.00", "29.00", "40.00"))
    )


def test_an_amount_on_each_full_group() -> None:
    """5.00 off every two: of five places the four of two full groups, 10.00 in all: 50.00 - 10.00 = 40.00."""
    event = shop(ticket("10.00"), promotions=[code("pair", off("5.00"), pick=Pick(count=2, every=2), **TO_ALL)])
    assert prices(quote(event, 5, "pair")) == ["7.50"] * 4 + ["10.00"]


def test_three_codes_make_three_places_free() -> None:
    """ "One ticket free" three times on four places of 10.00 frees three of them, not one three times: 10.00."""
    promotions = [code(id, FREE, pick=Pick(count=1)) for id in ("a", "b", "c")]
    found = quote(shop(ticket("10.00"), promotions=promotions), 4, "c", "a", "b")
    assert prices(found) == ["0.00", "0.00", "0.00", "10.00"]
    assert [line.per_unit for line in found.lines] == [(-1000, 0, 0, 0), (0, -1000, 0, 0), (0, 0, -1000, 0)]


def test_where_too_few_places_are_left_the_rest_is_picked_as_if_none_were_taken() -> None:
    """
    142 and 171 cents off the dearest two each; 174 off the dearest two of the cheaper; places of 2.87, 0.79 and 0.79.

    The strongest of all is for the cheaper: it takes both. 1.71 takes 2.87, and of those that are taken
    the dearest again, the first 0.79. 1.42 takes the dearest two: 2.87 again, and the first 0.79.
    1.71 + 1.42 is more than 2.87, so all is free; as it is without the code for the cheaper, which makes nothing dearer.
    """
    tickets = ticket("2.87", "a"), ticket("0.79", "b")
    cheaper = code("cheaper", off("1.74"), match=Match(tickets=("b",)), pick=Pick(count=2))
    others = [code("d", off("1.71"), pick=Pick(count=2)), code("e", off("1.42"), pick=Pick(count=2))]
    event = shop(*tickets, promotions=[cheaper, *others])
    assert prices(quote(event, {"a": 1, "b": 2}, "d", "e")) == ["0.00", "0.00", "0.00"]
    assert prices(quote(event, {"a": 1, "b": 2}, "cheaper", "d", "e")) == ["0.00", "0.00", "0.00"]


def test_dearest_and_cheapest_are_by_list_price() -> None:
    """Half of the dearest and 3.00 off the cheapest of 30.00, 20.00, 10.00: 15.00, 20.00, 7.00."""
    promotions = [
        code("half", percent("50 %"), pick=Pick(count=1)),
        code("three", off("3.00"), pick=Pick(count=1, order=CHEAPEST)),
    ]
    event = shop(ticket("30.00", "a"), ticket("20.00", "b"), ticket("10.00", "c"), promotions=promotions)
    assert prices(quote(event, {"c": 1, "a": 1, "b": 1}, "half", "three")) == ["7.00", "15.00", "20.00"]


# Conditions.


def test_a_group_discount_from_five_on() -> None:
    """4 × 20.00 = 80.00, and one more place is needed; 5 × 20.00 less 20 % = 80.00."""
    event = shop(promotions=[Promotion(id="group", effect=percent("20 %"), automatic=True, least_units=5)])
    four, five = quote(event, 4), quote(event, 5)
    assert four.charged == five.charged == euros("80.00")
    (reason,) = four.skipped[0].reasons
    assert (reason.code, dict(reason.values)) == ("min_units", {"missing": 1})
    assert five.skipped == ()


def test_a_least_worth_is_asked_of_list_prices_of_its_own_tickets() -> None:
    """
    From 50.00 of VIP on. 40.00 of VIP and 80.00 of others: 10.00 are missing. 80.00 of VIP: fulfilled,
    also with half of it taken off by another code.
    """
    rich = code("rich", off("1.00"), match=Match(tickets=("vip",)), least_subtotal=(euros("50.00"),))
    event = shop(ticket(), ticket("40.00", "vip"), promotions=[rich, code("half", percent("50 %"))])
    (skipped,) = quote(event, {"standard": 4, "vip": 1}, "rich").skipped
    assert [(reason.code, dict(reason.values)) for reason in skipped.reasons] == [
        ("min_subtotal", {"missing": euros("10.00")})
    ]
    assert quote(event, {"vip": 2}, "rich", "half").charged == euros("38.00")


def test_a_least_worth_in_another_currency_is_no_condition_that_can_be_met() -> None:
    """From 50.00 USD on; in euros nobody can say."""
    event = shop(promotions=[code("rich", FREE, least_subtotal=(Money.of("50.00", USD),))])
    assert skips(quote(event, 9, "rich")) == {"rich": ["promotion_currency"]}


def test_channels() -> None:
    """For orders from the newsletter only."""
    event = shop(promotions=[code("news", percent("10 %"), channels=("newsletter",))])
    assert quote(event, 1, "news", channel="newsletter").charged == euros("18.00")
    for channel in (None, "web"):
        assert skips(quote(event, 1, "news", channel=channel)) == {"news": ["wrong_channel"]}


def test_a_code_holds_within_its_own_window_and_its_promotions() -> None:
    """Both windows must be open: of the code until now, of the promotion from now on, never together."""
    narrow = Promotion(
        id="narrow",
        effect=percent("10 %"),
        window=Window(AT),
        codes=(PromoCode("EARLY", window=Window(None, AT)), PromoCode("ANY")),
    )
    event = shop(promotions=[narrow])
    assert skips(quote(event, 1, "EARLY")) == {"narrow": ["expired"]}
    assert quote(event, 1, "ANY").charged == euros("18.00")


def test_of_two_codes_of_one_promotion_one_counts() -> None:
    """
    20.00 less 10 %, once; the others are duplicates, also the one that is over.

    Where none of them applies, each says why not. One that is used up is in nobody's way.
    """
    over, spent = PromoCode("A", window=Window(None, AT)), PromoCode("B", uses=0)
    two = Promotion(id="two", effect=percent("10 %"), codes=(over, spent, PromoCode("C"), PromoCode("D")))
    event = shop(promotions=[two])

    def told(*codes: str) -> list[tuple[str, list[str]]]:
        found = quote(event, 1, *codes)
        return [(each.code, [reason.code for reason in each.reasons]) for each in found.skipped]

    found = quote(event, 1, "A", "B", "C", "D")
    assert [(line.code, str(line.amount.decimal)) for line in found.lines] == [("C", "-2.00")]
    assert told("A", "B", "C", "D") == [(id, ["duplicate_code"]) for id in ("A", "B", "D")]
    assert told("A", "B") == [("A", ["expired"]), ("B", ["exhausted"])]


def test_codes_are_switched_off_as_a_whole_or_one_by_one() -> None:
    """By the policy, the promotion or the code; automatic promotions stay with the policy, and vanish with themselves."""
    one = code("one", FREE, codes=(PromoCode("ONE", enabled=False),))
    two = code("two", FREE, enabled=False)
    auto = Promotion(id="auto", effect=percent("10 %"), automatic=True)
    gone = Promotion(id="gone", effect=FREE, automatic=True, enabled=False)
    found = quote(shop(promotions=[one, two, auto, gone]), 1, "one", "two")
    assert skips(found) == {"one": ["code_disabled"], "two": ["code_disabled"]}
    assert found.charged == euros("18.00")
    none = shop(promotions=[code("three", FREE), auto], policy=Policy(codes_enabled=False))
    assert (skips(quote(none, 1, "three")), quote(none, 1, "three").charged) == (
        {"three": ["code_disabled"]},
        euros("18.00"),
    )


def test_a_code_of_another_event_says_so_to_the_organizer() -> None:
    """It is shared among events, and this is none of them."""
    assert skips(quote(shop(promotions=[code("other", FREE, match=Match(events=("gala",)))]), 1, "other")) == {
        "other": ["wrong_event"]
    }
    assert quote(shop(promotions=[code("ours", FREE, match=Match(events=("gala", "shop")))]), 1, "ours").is_free


def test_codes_that_nobody_knows() -> None:
    """A stranger, one with a Cyrillic letter in it, an empty one and one that cannot be."""
    found = quote(shop(promotions=[code("save", FREE)]), 1, "nope", "sаve", "", "no way!")
    assert [(each.code, [reason.code for reason in each.reasons]) for each in found.skipped] == [
        ("", ["code_empty"]),
        ("no way!", ["code_malformed"]),
        ("nope", ["code_unknown"]),
        ("sаve", ["code_unknown", "mixed_script"]),
    ]


def test_codes_that_show_nothing_are_told_apart() -> None:
    """Nothing at all, and a NUL, in either order."""
    for codes in (("", "\0"), ("\0", "")):
        found = quote(shop(), 1, *codes)
        assert [(each.code, each.reasons[0].code) for each in found.skipped] == [
            ("", "code_empty"),
            ("", "code_malformed"),
        ]


# What combines.


def apart(id: str, effect: Any, **changed: Any) -> Promotion:
    """A code that combines with nothing."""
    return code(id, effect, combines_with=(), **changed)


def test_of_two_that_do_not_combine_the_better_is_taken() -> None:
    """25 % of 100.00 alone is 75.00; 20 % and 10.00 together are 70.00: 80.00 - 10.00."""
    promotions = [apart("alone", percent("25 %")), code("twenty", percent("20 %")), code("ten", off("10.00"))]
    event = shop(ticket("100.00"), promotions=promotions)
    found = quote(event, 1, "alone", "twenty", "ten")
    assert (found.charged, skips(found)) == (euros("70.00"), {"alone": ["not_combinable"]})
    (reason,) = found.skipped[0].reasons
    assert dict(reason.values) == {"others": "ten, twenty"}
    two = quote(event, 1, "alone", "ten")
    assert (two.charged, skips(two)) == (euros("75.00"), {"ten": ["not_combinable"]})


def test_permission_is_mutual() -> None:
    """A allows B's class, B does not allow A's: they do not combine, and 20 % of 100.00 is better than 10.00."""
    promotions = [
        code("a", percent("20 %"), stacking_class="loyal"),
        code("b", off("10.00")),
    ]
    found = quote(shop(ticket("100.00"), promotions=promotions), 1, "a", "b")
    assert (found.charged, skips(found)) == (euros("80.00"), {"b": ["not_combinable"]})


def test_at_most_so_many_codes() -> None:
    """Of 1.00, 2.00 and 3.00 off 20.00 at most two: 15.00. An automatic one needs no code: 14.50."""
    promotions = [code(f"off{number}", off(f"{number}.00")) for number in (1, 2, 3)]
    event = shop(promotions=promotions, policy=Policy(max_codes=2))
    found = quote(event, 1, "off1", "off2", "off3")
    assert (found.charged, skips(found)) == (euros("15.00"), {"off1": ["too_many_codes"]})
    auto = Promotion(id="auto", effect=off("0.50"), automatic=True)
    event = shop(promotions=[*promotions, auto], policy=Policy(max_codes=2))
    assert quote(event, 1, "off1", "off2", "off3").charged == euros("14.50")
    none = shop(promotions=[*promotions, auto], policy=Policy(max_codes=0))
    assert lines(quote(none, 1, "off3")) == [("auto", "-0.50")]
    assert skips(quote(none, 1, "off3")) == {"off3": ["too_many_codes"]}


def test_orders_discounts_that_overlap_are_never_taken_together() -> None:
    """
    50 % off both of 30.00 and 10.00 is 20.00 to pay; 50 % off the first alone is 25.00. Together would need a rule
    for who comes first. Of the same places they combine: 40.00 × 0.5 × 0.5 = 10.00; of different ones as well.
    """
    all_ = code("all", percent("50 %"), **TO_ALL)
    first = code("first", percent("50 %"), match=Match(tickets=("a",)), **TO_ALL)
    second = code("second", percent("50 %"), match=Match(tickets=("b",)), **TO_ALL)
    same = code("same", percent("50 %"), **TO_ALL)
    event = shop(ticket("30.00", "a"), ticket("10.00", "b"), promotions=[all_, first, second, same])
    both = {"a": 1, "b": 1}
    found = quote(event, both, "all", "first")
    assert (found.charged, skips(found)) == (euros("20.00"), {"first": ["scope_overlap"]})
    assert quote(event, both, "all", "same").charged == euros("10.00")
    assert quote(event, both, "first", "second").charged == euros("20.00")


def test_what_is_too_much_and_overlaps_is_told_both() -> None:
    """An order's code of a class of its own."""
    all_ = code("all", percent("50 %"), **TO_ALL)
    first = apart("first", percent("40 %"), match=Match(tickets=("a",)), **TO_ALL)
    event = shop(ticket("30.00", "a"), ticket("10.00", "b"), promotions=[all_, first])
    assert skips(quote(event, {"a": 1, "b": 1}, "all", "first")) == {"first": ["not_combinable", "scope_overlap"]}


def test_the_best_spends_no_code_in_vain() -> None:
    """100 % off makes it free; 10.00 off besides would be spent for nothing. Asked for explicitly it has no effect."""
    promotions = [code("free", FREE), code("ten", off("10.00"))]
    best = quote(shop(promotions=promotions, policy=Policy(selection=Selection.BEST)), 1, "free", "ten")
    assert (best.is_free, skips(best)) == (True, {"ten": ["superseded"]})
    (reason,) = best.skipped[0].reasons
    assert dict(reason.values) == {"others": "free"}
    assert skips(quote(shop(promotions=promotions), 1, "free", "ten")) == {"ten": ["no_effect"]}


def test_where_no_code_helps_none_is_spent() -> None:
    """A set price of 30.00 and one of 40.00 on a ticket of 20.00."""
    promotions = [code("a", price_of("30.00")), code("b", price_of("40.00"))]
    found = quote(shop(promotions=promotions, policy=Policy(selection=Selection.BEST)), 1, "a", "b")
    assert (lines(found), skips(found)) == ([], {"a": ["no_effect"], "b": ["no_effect"]})


def test_of_equal_totals_with_equally_many_codes_the_first_ids_are_taken() -> None:
    """5.00 off, either way."""
    promotions = [apart("b", off("5.00")), apart("a", off("5.00"))]
    assert lines(quote(shop(promotions=promotions), 1, "b", "a")) == [("a", "-5.00")]


def test_an_automatic_promotion_counts_as_asked_for() -> None:
    """An automatic 10 % that stands alone against a code of 30 %: the code, and the automatic one says why not."""
    auto = Promotion(id="auto", effect=percent("10 %"), automatic=True, combines_with=())
    found = quote(shop(promotions=[auto, code("thirty", percent("30 %"))]), 1, "thirty")
    assert (found.charged, skips(found)) == (euros("14.00"), {"auto": ["not_combinable"]})


def test_twelve_are_considered_together() -> None:
    """Of thirteen, each 1.00 off 20.00, the one that comes last by id is left out: 8.00."""
    promotions = [code(f"p{number:02}", off("1.00")) for number in range(13)]
    found = quote(shop(promotions=promotions), 1, *(f"p{number:02}" for number in range(13)))
    assert (found.charged, skips(found)) == (euros("8.00"), {"p12": ["too_many_promotions"]})


def test_the_best_over_a_tax_on_top_is_that_of_what_is_charged() -> None:
    """
    100.00 untaxed and 100.00 with 20 % on top, together for 100.00: 50.00 each, and 10.00 of tax: 110.00.

    With the untaxed one free as well, the other would cost 100.00 and 20.00 of tax: 120.00. So one code is better than two.
    """
    event = shop(
        ticket("100.00", "free", tax_category="none"),
        ticket("100.00", "taxed", tax_category="full"),
        tax=taxes(("0 %", "none"), ("20 %", "full"), mode=TaxMode.EXCLUSIVE),
        promotions=[code("both", price_of("100.00"), **TO_ALL), code("one", FREE, match=Match(tickets=("free",)))],
        policy=Policy(selection=Selection.BEST),
    )
    found = quote(event, {"free": 1, "taxed": 1}, "both", "one")
    assert (found.charged, skips(found)) == (euros("110.00"), {"one": ["superseded"]})
    explicit = shop(*event.tickets, tax=event.tax, promotions=event.promotions)
    assert quote(explicit, {"free": 1, "taxed": 1}, "both", "one").charged == euros("120.00")


# Nothing, and the least that can be charged.


@pytest.mark.parametrize(
    ("policy", "charged", "line"),
    [
        (BelowMinimum.RAISE, "0.50", ("raised_to_minimum", "0.30")),
        (BelowMinimum.FREE, "0.00", ("waived", "-0.20")),
        (BelowMinimum.REJECT, "0.20", None),
    ],
)
def test_below_the_minimum(policy: BelowMinimum, charged: str, line: tuple[str, str] | None) -> None:
    """99 % of 20.00 leaves 0.20, below 0.50: raised by 0.30, waived, or refused."""
    event = shop(
        promotions=[code("most", percent("99 %"))], providers=[card("0.50")], policy=Policy(below_minimum=policy)
    )
    found = quote(event, 1, "most")
    assert found.charged == euros(charged)
    assert lines(found) == [("most", "-19.80"), *([line] if line else [])]
    assert refusals(found) == (["below_minimum"] if policy is BelowMinimum.REJECT else [])
    assert found.totals.adjustment == euros(line[1] if line else "0.00")


def test_a_raise_is_taken_back_from_who_was_given_most() -> None:
    """
    1.00 and 0.80, less 90 % and 80 %: 0.10 and 0.16, in all 0.26; raised by 0.24 to 0.50.

    Given were 0.90 and 0.64: 0.24 × 0.90 / 1.54 = 0.1402…, 0.0997…: 0.14 and 0.10, so 0.24 and 0.26.
    """
    promotions = [
        code("a", percent("90 %"), match=Match(tickets=("a",))),
        code("b", percent("80 %"), match=Match(tickets=("b",))),
    ]
    event = shop(ticket("1.00", "a"), ticket("0.80", "b"), promotions=promotions, providers=[card("0.50")])
    assert prices(quote(event, {"a": 1, "b": 1}, "a", "b")) == ["0.24", "0.26"]


def test_a_minimum_is_rounded_up_to_the_step() -> None:
    """0.52 in steps of 0.05 is 0.55."""
    event = shop(promotions=[code("most", percent("99 %"))], providers=[card("0.52")], policy=Policy(step=5))
    assert quote(event, 1, "most").charged == euros("0.55")


def test_a_hundred_per_cent_stays_free() -> None:
    """Whatever minimum there is, and whatever else is typed: with 0.10 off it is still nothing, not 0.50."""
    event = shop(promotions=[code("free", FREE), code("dime", off("0.10"))], providers=[card("0.50")])
    for codes in (("free",), ("free", "dime")):
        found = quote(event, 1, *codes)
        assert found.is_free and refusals(found) == [] and found.totals.adjustment == euros("0.00")


def test_rejection_is_no_reason_not_to_take_a_smaller_discount() -> None:
    """
    40 % of 1.00 leaves 0.60; with 0.30 off besides it would be 0.30, below 0.50. Of the best, the first alone is taken.
    """
    promotions = [code("forty", percent("40 %")), code("dimes", off("0.30"))]
    policy = Policy(below_minimum=BelowMinimum.REJECT, selection=Selection.BEST)
    event = shop(ticket("1.00"), promotions=promotions, providers=[card("0.50")], policy=policy)
    found = quote(event, 1, "forty", "dimes")
    assert (found.charged, refusals(found), skips(found)) == (euros("0.60"), [], {"dimes": ["superseded"]})


def test_a_price_that_is_below_the_minimum_by_itself_is_refused_whatever_is_typed() -> None:
    """0.30 with a minimum of 0.50: no discount to take back. Two codes that do not combine make it no better."""
    event = shop(
        ticket("0.30"), promotions=[apart("a", off("0.10")), apart("b", percent("10 %"))], providers=[card("0.50")]
    )
    assert refusals(quote(event, 1)) == ["below_minimum"]
    assert refusals(quote(event, 1, "a", "b")) == ["below_minimum"]
    rejecting = shop(
        *event.tickets,
        promotions=event.promotions,
        providers=event.providers,
        policy=Policy(below_minimum=BelowMinimum.REJECT),
    )
    assert refusals(quote(rejecting, 1, "a", "b")) == ["below_minimum"]


def test_nor_does_a_tax_on_top_make_it_enough() -> None:
    """0.30 and 20 % are 0.36. With 0.10 off it is 0.24; all of that taken back, 0.36 again."""
    event = shop(
        ticket("0.30"),
        tax=taxes(("20 %", "standard"), mode=TaxMode.EXCLUSIVE),
        promotions=[code("a", off("0.10"))],
        providers=[card("0.50")],
    )
    found = quote(event, 1, "a")
    assert (found.charged, refusals(found)) == (euros("0.24"), ["below_minimum"])


def test_a_charge_above_the_maximum_is_refused() -> None:
    """Stripe takes at most 999 999.99: 2 × 600 000.00 is more."""
    event = shop(ticket("600000.00"), providers=[card(name="stripe")])
    assert refusals(quote(event, 1)) == []
    assert refusals(quote(event, 2)) == ["above_maximum"]
    most = shop(ticket("999999.99"), providers=[card(name="stripe")])
    assert refusals(quote(most, 1)) == []


def test_totals_name_their_parts() -> None:
    """2 × 20.00 = 40.00 list; 99 % off is 39.60; raised by 0.10 to 0.50; 20 % included of 0.50 are 0.08."""
    event = shop(promotions=[code("most", percent("99 %"))], providers=[card("0.50")], tax=taxes(("20 %", "standard")))
    totals = quote(event, 2, "most").totals
    assert [str(amount.decimal) for amount in (totals.list, totals.discount, totals.adjustment, totals.price)] == [
        "40.00",
        "39.60",
        "0.10",
        "0.50",
    ]
    assert (totals.tax, totals.before_tax, totals.charged) == (euros("0.08"), euros("0.42"), euros("0.50"))
