"""Declared prices, against what policy and providers allow."""

import pytest
from catalog.declared import euros, ticket, tier
from check.told import STRIPE, only, paid, promotion, says, told

from paidevents import Currency, Money, Rate
from paidevents.catalog import (
    AmountOff,
    Donation,
    Fee,
    Policy,
    Provider,
    SetPrice,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.money import CHF

AT_LEAST_ONE = Policy(list_minimums=(euros("1.00"),), list_maximums=(euros("2000.00"),))


def test_a_price_below_what_a_provider_takes_is_an_error() -> None:
    """Stripe takes 0.50 EUR at least."""
    assert told(paid(tickets=[ticket(price=euros("0.49"))])) == ["error tickets[0].price: price_below_minimum"]
    assert told(paid(tickets=[ticket(price=euros("0.50"))])) == []
    assert says(paid(tickets=[ticket(price=euros("0.49"))])) == "A price is nothing or at least 0.50 EUR: 0.49 EUR."


def test_nothing_is_a_price() -> None:
    assert told(paid(tickets=[ticket(price=euros("0.00"))], policy=AT_LEAST_ONE)) == []


def test_a_price_below_what_the_policy_allows_is_an_error() -> None:
    cheap = [ticket(price=euros("0.99"))]
    assert dict(only(paid(tickets=cheap, policy=AT_LEAST_ONE)).reason.values) == {
        "price": euros("0.99"),
        "minimum": euros("1.00"),
        "provider": "",
    }
    assert told(paid(tickets=cheap, policy=Policy(list_minimums=(Money.of("1.00", "USD"),)))) == []


def test_the_highest_minimum_is_the_one_that_is_told() -> None:
    both = [STRIPE, Provider(name="paypal", minimum=euros("3.00"))]
    reason = only(paid(tickets=[ticket(price=euros("0.10"))], providers=both, policy=AT_LEAST_ONE)).reason
    assert dict(reason.values)["provider"] == "paypal"
    assert dict(reason.values)["minimum"] == euros("3.00")


def test_a_price_above_what_the_policy_allows_is_an_error() -> None:
    dear = ticket(price=euros("2000.01"))
    assert told(paid(tickets=[dear], policy=AT_LEAST_ONE)) == ["error tickets[0].price: price_above_maximum"]
    assert told(paid(tickets=[ticket(price=euros("2000.00"))], policy=AT_LEAST_ONE)) == []


def test_a_price_above_what_a_provider_takes_is_an_error() -> None:
    """Stripe takes 999 999.99 EUR at most."""
    assert told(paid(tickets=[ticket(price=euros("1000000.00"))])) == ["error tickets[0].price: price_above_maximum"]
    assert told(paid(tickets=[ticket(price=euros("999999.99"))])) == []


def test_reduced_prices_are_prices() -> None:
    tiers = [tier(price=euros("0.30")), tier("second", price=euros("12.00"))]
    assert told(paid(tickets=[ticket(), ticket("vip", tiers=tiers)])) == [
        "error tickets[1].tiers[0].price: price_below_minimum"
    ]


def test_the_bounds_of_a_donation_are_prices() -> None:
    donation = Donation(minimum=euros("0.20"), suggestion=euros("3000.00"), may_be_nothing=True)
    assert told(paid(tickets=[ticket(price=None, donation=donation)], policy=AT_LEAST_ONE)) == [
        "error tickets[0].donation.minimum: price_below_minimum",
        "error tickets[0].donation.suggestion: price_above_maximum",
    ]


def test_a_donation_of_anything_may_be_too_small_for_a_provider() -> None:
    anything = [ticket(price=None, donation=Donation(minimum=euros("0.00")))]
    assert told(paid(tickets=anything)) == ["warning tickets[0].donation.minimum: small_donation_refused"]
    assert says(paid(tickets=anything)) == "stripe takes at least 0.50 EUR: a smaller donation is refused."
    assert told(paid(tickets=anything, providers=[Provider(name="cash")])) == []
    enough = [ticket(price=None, donation=Donation(minimum=euros("0.50"), may_be_nothing=True))]
    assert told(paid(tickets=enough)) == []


def test_amounts_off_the_step_are_errors() -> None:
    event = paid(
        tickets=[
            ticket(price=euros("20.02"), tiers=[tier(price=euros("15.03"))]),
            ticket("gift", price=None, donation=Donation(minimum=euros("5.00"), suggestion=euros("7.01"))),
        ],
        promotions=[
            promotion(
                effect=AmountOff(
                    (
                        euros("1.01"),
                        Money.of("1.01", "CHF"),
                    )
                )
            )
        ],
        fees=[Fee(id="service", per_order=euros("0.03"))],
        policy=Policy(step=5),
    )
    assert told(event) == [
        "error tickets[0].price: unaligned_amount",
        "error tickets[0].tiers[0].price: unaligned_amount",
        "error promotions[0].effect: unaligned_amount",
        "error fees[0]: unaligned_amount",
        "error tickets[1].donation.suggestion: unaligned_amount",
    ]


def test_each_step_is_told_once_whoever_asks_for_it() -> None:
    providers = [STRIPE, Provider(name="cash", step=5), Provider(name="bank", step=5), Provider(name="token", step=10)]
    event = paid(tickets=[ticket(price=euros("20.01"))], providers=providers)
    assert told(event) == ["error tickets[0].price: unaligned_amount"] * 2
    event = paid(tickets=[ticket(price=euros("20.05"))], providers=providers)
    assert says(event) == "Only multiples of 0.10 EUR can be charged: 20.05 EUR."
    assert told(paid(providers=providers)) == []


def test_without_a_provider_the_policy_has_a_step() -> None:
    free = [ticket(price=euros("0.00"))]
    off = [promotion(effect=SetPrice((euros("0.03"),)))]
    assert told(paid(tickets=free, promotions=off, providers=[], policy=Policy(step=5))) == [
        "error promotions[0].effect: unaligned_amount"
    ]


@pytest.mark.parametrize(("price", "least"), [("999999.99", 1), ("500000.00", 2)])
def test_an_order_that_comes_to_more_than_a_provider_takes_is_an_error(price: str, least: int) -> None:
    """With 20 % of tax on top, 999 999.99 are 1 199 999.99; two times 500 000.00 are 1 000 000.00."""
    added = TaxTable(mode=TaxMode.EXCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate.of("20 %")),))
    event = paid(tickets=[ticket(price=euros(price), least_per_order=least)], tax=added if least == 1 else None)
    assert "error tickets[0].price: charge_above_maximum" in told(event)


def test_amounts_are_in_the_events_currency() -> None:
    swiss = Ticket(id="standard", name="Standard", price=Money.of("0.40", CHF))
    event = paid(currency=CHF, tickets=[swiss])
    assert says(event) == "A price is nothing or at least 0.50 CHF: 0.40 CHF."
    unsupported = paid(
        currency=Currency("KWD"), tickets=[Ticket(id="x", name="X", price=Money.of("0.010", "KWD"))], providers=[STRIPE]
    )
    assert told(unsupported) == ["error providers[0]: currency_unlisted"]
