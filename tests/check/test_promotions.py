"""Promotions and hidden tickets: whom they reach, and whether they do anything."""

from typing import Any

from catalog.declared import euros, ticket, tier
from check.told import paid, promotion, says, told

from paidevents import EUR, USD, Money, Rate
from paidevents.catalog import AmountOff, Donation, Match, Percent, Policy, PromoCode, SetPrice

TENTH = Percent(Rate.of("10 %"))
DOLLARS = (Money.of("5.00", "USD"),)


def test_a_promotion_is_automatic_or_has_codes() -> None:
    assert told(paid(promotions=[promotion(effect=TENTH, codes=[])])) == [
        "warning promotions[0].codes: promotion_without_codes"
    ]
    assert told(paid(promotions=[promotion(effect=TENTH), promotion("all", effect=TENTH, automatic=True)])) == []


def test_what_is_switched_off_is_noted() -> None:
    codes = [PromoCode("A", enabled=False), PromoCode("B", enabled=False)]
    event = paid(
        promotions=[promotion(effect=TENTH, enabled=False, codes=[]), promotion("b", effect=TENTH, codes=codes)],
        policy=Policy(codes_enabled=False),
    )
    assert told(event) == [
        "note policy.codes_enabled: codes_switched_off",
        "note promotions[0].enabled: promotion_switched_off",
        "note promotions[1].codes: all_codes_switched_off",
    ]
    some = promotion(effect=TENTH, codes=[codes[0], PromoCode("C")])
    assert told(paid(promotions=[some])) == []
    assert told(paid(policy=Policy(codes_enabled=False))) == []


def test_a_promotion_for_other_events_is_noted() -> None:
    elsewhere = promotion(effect=TENTH, match=Match(events=("another",)), codes=[])
    assert told(paid(promotions=[elsewhere])) == ["note promotions[0].match.events: promotion_elsewhere"]
    assert (
        told(
            paid(
                promotions=[
                    promotion(
                        effect=TENTH,
                        match=Match(
                            events=(
                                "another",
                                "talk",
                            )
                        ),
                    )
                ]
            )
        )
        == []
    )


def test_a_promotion_is_for_something() -> None:
    tickets = [
        ticket(tiers=[tier()]),
        ticket("vip"),
        ticket("gift", price=None, donation=Donation(minimum=euros("5.00"))),
    ]
    matches = [
        (Match(tickets=("vip",), tiers=("early_bird",)), ["warning promotions[0].match: promotion_matches_nothing"]),
        (Match(tickets=("gift",)), ["warning promotions[0].match: promotion_matches_nothing"]),
        (
            Match(
                tickets=(
                    "vip",
                    "gift",
                )
            ),
            [],
        ),
        (Match(tickets=("standard",), tiers=("early_bird",)), []),
        (Match(), []),
    ]
    for match, findings in matches:
        assert told(paid(tickets=tickets, promotions=[promotion(effect=TENTH, match=match)])) == findings


def test_a_fixed_amount_needs_one_in_the_events_currency() -> None:
    for effect in (AmountOff(DOLLARS), SetPrice(DOLLARS)):
        assert told(paid(promotions=[promotion(effect=effect)])) == [
            "error promotions[0].effect: no_amount_in_currency"
        ]
        both = type(effect)((*DOLLARS, euros("5.00")))
        assert told(paid(promotions=[promotion(effect=both)])) == []
    assert says(paid(promotions=[promotion(effect=AmountOff(DOLLARS))])) == (
        "spring has no amount in EUR: it never applies."
    )


def test_a_least_subtotal_needs_an_amount_in_the_events_currency() -> None:
    event = paid(promotions=[promotion(effect=TENTH, least_subtotal=DOLLARS)])
    assert told(event) == ["error promotions[0].least_subtotal: no_amount_in_currency"]
    assert told(paid(promotions=[promotion(effect=TENTH, least_subtotal=[euros("40.00")])])) == []


def test_a_promotion_may_be_meant_for_other_currencies() -> None:
    event = paid(promotions=[promotion(effect=AmountOff(DOLLARS), currencies=[USD])])
    assert told(event) == ["note promotions[0].currencies: promotion_other_currencies"]
    assert told(paid(promotions=[promotion(effect=TENTH, currencies=[USD, EUR])])) == []


def hidden(*promotions: Any) -> list[str]:
    return told(paid(tickets=[ticket(), ticket("guest", hidden=True)], promotions=promotions))


def test_a_hidden_ticket_is_opened_by_something() -> None:
    assert hidden() == ["warning tickets[1].hidden: hidden_for_good"]
    assert hidden(promotion(opens=["guest"])) == []
    assert hidden(promotion(opens=["guest"], automatic=True)) == []
    assert hidden(promotion(opens=["guest"], codes=[PromoCode("A", enabled=False), PromoCode("B")])) == []


def test_what_nobody_gets_opens_nothing() -> None:
    closed = "warning tickets[1].hidden: hidden_for_good"
    assert closed in hidden(promotion(opens=["guest"], enabled=False))
    assert closed in hidden(promotion(opens=["guest"], codes=[]))
    assert closed in hidden(promotion(opens=["guest"], codes=[PromoCode("A", enabled=False)]))
    assert closed in hidden(promotion(opens=["guest"], match=Match(events=("another",))))


def test_only_a_hidden_ticket_is_opened() -> None:
    assert hidden(promotion(opens=["guest", "standard"])) == ["warning promotions[0].opens[1]: opens_what_is_open"]


def test_more_automatic_promotions_than_are_considered_are_a_warning() -> None:
    many = [promotion(f"p{number}", effect=TENTH, automatic=True) for number in range(13)]
    assert told(paid(promotions=many)) == ["warning promotions: too_many_automatic"]
    assert told(paid(promotions=many[:12])) == []
