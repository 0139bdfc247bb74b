"""Tickets, tiers and donations: what may be declared and what may not."""

from typing import Any

import pytest
from catalog.declared import START, euros, ticket, tier

from paidevents import EUR, USD, InvalidValueError, Money, Window
from paidevents.catalog import Donation, Ticket, Tier
from paidevents.errors import CurrencyMismatchError


def refused(make: Any, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(**changed)
    return error.value.field, error.value.reason.code


def test_a_tier_ends_by_a_quantity_a_date_or_both() -> None:
    ends = Window(None, START)
    assert tier(quantity=50).window == Window()
    assert tier(quantity=None, window=ends).window == ends
    assert tier(quantity=50, window=ends).quantity == 50


@pytest.mark.parametrize("window", [Window(), Window(START)])
def test_a_tier_without_an_end_is_refused(window: Window) -> None:
    assert refused(tier, quantity=None, window=window) == ("quantity", "tier_without_limit")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": "Early Bird"}, "id", "bad_format"),
        ({"id": "a" * 65}, "id", "too_long"),
        ({"price": euros("-0.01")}, "price", "negative_price"),
        ({"price": "15.00"}, "price", "wrong_type"),
        ({"price": 1500}, "price", "wrong_type"),
        ({"name": "Early\nbird"}, "name", "forbidden_characters"),
        ({"quantity": -1}, "quantity", "out_of_range"),
        ({"quantity": 1.0}, "quantity", "wrong_type"),
        ({"window": None}, "window", "wrong_type"),
        ({"enabled": None}, "enabled", "wrong_type"),
    ],
)
def test_a_tier_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(tier, **changed) == (field, reason)


def test_a_tier_may_be_free_and_may_have_no_places() -> None:
    assert tier(price=euros("0.00"), quantity=0).price == euros("0.00")


def test_a_donation_has_a_least_amount_and_perhaps_a_suggestion() -> None:
    assert Donation(minimum=euros("5.00")).suggestion is None
    assert Donation(minimum=euros("5.00"), suggestion=euros("5.00")).suggestion == euros("5.00")


def test_a_suggestion_is_something_that_can_be_given() -> None:
    """Between nothing and the minimum nobody can give; nothing only where that is allowed."""
    low = euros("4.99")
    assert refused(Donation, minimum=euros("5.00"), suggestion=low) == ("suggestion", "suggestion_too_low")
    assert refused(Donation, minimum=euros("5.00"), suggestion=low, may_be_nothing=True)[1] == "suggestion_too_low"
    assert refused(Donation, minimum=euros("5.00"), suggestion=euros("0"))[1] == "suggestion_too_low"
    assert Donation(minimum=euros("5.00"), suggestion=euros("0"), may_be_nothing=True).may_be_nothing


def test_a_donation_is_of_one_currency() -> None:
    with pytest.raises(CurrencyMismatchError, match="EUR and USD"):
        Donation(minimum=euros("5.00"), suggestion=Money.of("10.00", USD))


def test_a_donation_below_zero_is_refused() -> None:
    assert refused(Donation, minimum=euros("-5.00")) == ("minimum", "negative_price")


def test_a_ticket_has_either_a_price_or_a_donation() -> None:
    donation = Donation(minimum=euros("5.00"))
    assert refused(Ticket, id="a", name="A") == ("price", "price_or_donation")
    assert refused(ticket, donation=donation) == ("price", "price_or_donation")
    assert Ticket(id="a", name="A", donation=donation).currency == ticket().currency == EUR


def test_a_donation_has_no_tiers() -> None:
    donation = Donation(minimum=euros("5.00"))
    assert refused(ticket, price=None, donation=donation, tiers=[tier()]) == ("tiers", "donation_has_no_tiers")


def test_the_tiers_of_a_ticket_are_in_its_currency_and_have_ids_of_their_own() -> None:
    with pytest.raises(CurrencyMismatchError, match="EUR and USD"):
        ticket(tiers=[tier(price=Money.of("15.00", USD))])
    assert refused(ticket, tiers=[tier(), tier("second"), tier()]) == ("tiers[2].id", "duplicate_id")
    assert refused(ticket, tiers=[tier(), "second"]) == ("tiers[1]", "wrong_type")
    assert refused(ticket, tiers=[tier(f"tier_{n}") for n in range(101)]) == ("tiers", "out_of_range")
    assert refused(ticket, tiers=tier()) == ("tiers", "wrong_type")


@pytest.mark.parametrize("most", ["most_per_order", "most_per_customer"])
def test_the_most_is_not_below_the_least(most: str) -> None:
    bounds: dict[str, Any] = {"least_per_order": 3, most: 3}
    assert ticket(**bounds).least_per_order == 3
    assert refused(ticket, **{**bounds, most: 2}) == ("least_per_order", "least_above_most")


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": ""}, "id", "bad_format"),
        ({"name": ""}, "name", "empty"),
        ({"quantity": 2**63}, "quantity", "out_of_range"),
        ({"least_per_order": 0}, "least_per_order", "out_of_range"),
        ({"least_per_order": 1001}, "least_per_order", "out_of_range"),
        ({"most_per_order": 0}, "most_per_order", "out_of_range"),
        ({"most_per_customer": 0}, "most_per_customer", "out_of_range"),
        ({"hidden": "yes"}, "hidden", "wrong_type"),
        ({"on_sale": START}, "on_sale", "wrong_type"),
        ({"tax_category": "Réduit"}, "tax_category", "bad_format"),
    ],
)
def test_a_ticket_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(ticket, **changed) == (field, reason)


def test_one_place_is_enough_unless_the_ticket_says_otherwise() -> None:
    plain = ticket()
    assert (plain.least_per_order, plain.most_per_order, plain.most_per_customer, plain.quantity) == (
        1,
        None,
        None,
        None,
    )
    assert (plain.hidden, plain.on_sale, plain.tax_category, plain.tiers) == (False, Window(), "standard", ())
    assert ticket(most_per_order=1, most_per_customer=1).most_per_order == 1


def test_lists_become_tuples_so_that_tickets_are_equal_and_can_be_kept_in_sets() -> None:
    one, other = ticket(tiers=[tier()]), ticket(tiers=(tier(),))
    assert one == other
    assert len({one, other}) == 1
    assert isinstance(one.tiers[0], Tier)
