"""Strategies for whole events: everything in them fits together, and what is odd is among them."""

from typing import Any

import pytest
from hypothesis import Phase, find, given, settings

from paidevents import Money
from paidevents.catalog import (
    AmountOff,
    Attendance,
    Cancellation,
    Event,
    EventKind,
    FeeBase,
    LimitPer,
    Percent,
    Promotion,
    Refunding,
    RegistrationForm,
    SetPrice,
    Ticket,
    Tier,
)
from paidevents.catalog.effects import Effect
from paidevents.errors import InvalidValueError
from paidevents.money import CHF, EUR, JPY, PLN, Currency
from paidevents.testing.strategies import Prices, effects, events, promotions, tickets, tiers, usual_currencies

SOON = settings(phases=[Phase.generate], derandomize=True, database=None, max_examples=2_000)


def prices_of(event: Event) -> list[Money]:
    """Everything that a place can be declared to cost."""
    declared = [ticket.price for ticket in event.tickets if ticket.price is not None]
    declared += [ticket.donation.minimum for ticket in event.tickets if ticket.donation is not None]
    declared += [tier.price for ticket in event.tickets for tier in ticket.tiers]
    set_prices = [one.effect.amounts for one in event.promotions if isinstance(one.effect, SetPrice)]
    return declared + [amount for amounts in set_prices for amount in amounts if amount.currency == event.currency]


def amounts_of(event: Event) -> list[Money]:
    """Every amount that a price is made of."""
    off = [one.effect.amounts for one in event.promotions if isinstance(one.effect, AmountOff)]
    taken = [amount for amounts in off for amount in amounts if amount.currency == event.currency]
    return prices_of(event) + taken + [amount for fee in event.fees for amount in fee.amounts]


@given(event=events())
def test_what_an_event_costs_can_be_charged_with_each_of_its_providers(event: Event) -> None:
    assert all(amount.minor % event.policy.step == 0 for amount in amounts_of(event))
    for provider in event.providers:
        rule = provider.rule(event.currency, event.policy)
        assert rule is not None
        assert all(amount.minor % rule.step == 0 for amount in amounts_of(event))
        assert not any(rule.refusals(amount) for amount in prices_of(event) if amount)


@given(event=events())
def test_an_event_keeps_to_its_policy(event: Event) -> None:
    policy = event.policy
    assert not policy.currencies or event.currency in policy.currencies
    assert not policy.kinds or event.kind in policy.kinds
    assert all(policy.offers(provider.name, event.currency) for provider in event.providers)
    for least in policy.list_minimums:
        assert all(amount >= least for amount in prices_of(event) if amount)


@given(event=events())
def test_tiers_cost_less_and_hidden_tickets_can_be_opened(event: Event) -> None:
    opened = {ticket for promotion in event.promotions for ticket in promotion.opens}
    for ticket in event.tickets:
        assert ticket.price is None or all(tier.price < ticket.price for tier in ticket.tiers)
        assert ticket.hidden == (ticket.id in opened)
    assert not event.tickets[0].hidden


@given(event=events(currency=PLN, kinds=[EventKind.PERMANENT, EventKind.ON_DEMAND]))
def test_currency_and_kind_can_be_asked_for(event: Event) -> None:
    assert event.currency == PLN
    assert event.kind in {EventKind.PERMANENT, EventKind.ON_DEMAND}


@given(event=events())
def test_what_is_kept_can_be_charged(event: Event) -> None:
    kept = event.cancellation.kept
    assert kept is None or (kept.currency == event.currency and kept.minor % event.policy.step == 0)


@given(ticket=tickets(Prices(CHF, step=5, least=55, most=100)), promotion=promotions(JPY))
def test_amounts_lie_where_they_are_asked_for(ticket: Ticket, promotion: Promotion) -> None:
    if ticket.price:
        assert ticket.currency == CHF and 55 <= ticket.price.minor <= 100 and ticket.price.minor % 5 == 0
    amounts: tuple[Money, ...] = getattr(promotion.effect, "amounts", (Money(1, JPY),))
    assert amounts[0].currency == JPY


def test_bounds_of_prices_leave_something_between_them() -> None:
    assert Prices(EUR) == Prices(EUR, 1, 1, 2000_00)
    assert Prices(JPY).most == 200_000
    assert Prices(CHF, step=5, least=52).up(52) == Prices(CHF, step=5, least=52).up(55) == 55
    assert (Prices(EUR, step=30).coin, Prices(JPY).coin) == (120, 1)
    with pytest.raises(InvalidValueError, match="most"):
        Prices(EUR, step=5, least=52, most=54)


ODD: dict[str, Any] = {
    "a series of chosen sessions": lambda event: event.attendance is Attendance.CHOSEN_SESSIONS,
    "three tiers": lambda event: any(len(ticket.tiers) == 3 for ticket in event.tickets),
    "a free ticket": lambda event: any(ticket.price == Money.zero(event.currency) for ticket in event.tickets),
    "a donation": lambda event: any(ticket.donation is not None for ticket in event.tickets),
    "a hidden ticket": lambda event: any(ticket.hidden for ticket in event.tickets),
    "a promotion that only opens": lambda event: any(one.effect is None for one in event.promotions),
    "a share off": lambda event: any(isinstance(one.effect, Percent) for one in event.promotions),
    "a pick": lambda event: any(one.pick is not None for one in event.promotions),
    "a budget for each customer": lambda event: any(
        limit.per is LimitPer.CUSTOMER for one in event.promotions for limit in one.limits
    ),
    "a fee that raises the total": lambda event: any(fee.is_grossed_up for fee in event.fees),
    "a fee of the price before tax": lambda event: any(fee.base is FeeBase.NET for fee in event.fees),
    "two taxes, one on the other": lambda event: event.tax is not None and any(r.compound for r in event.tax.rates),
    "no provider": lambda event: not event.providers,
    "a step": lambda event: event.policy.step > 1,
    "a refund in three steps": lambda event: len(event.cancellation.steps) == 3,
    "a refund for the rest of time": lambda event: any(step.until is None for step in event.cancellation.steps),
    "an amount that is kept": lambda event: event.cancellation.kept is not None,
    "terms of several lines": lambda event: "\n" in event.cancellation.text,
    "no deadline for the buyer": lambda event: event.cancellation.buyer_until is None,
    "a question with choices": lambda event: any(question.choices for question in event.form.questions),
    "a disclaimer": lambda event: event.form.disclaimer is not None,
    "three devices": lambda event: event.policy.devices == 3,
    "refunds that are owed": lambda event: event.policy.refunds is Refunding.OWED,
    "another currency": lambda event: event.currency.digits == 3,
}


@pytest.mark.parametrize("oddity", ODD)
def test_the_odd_ones_are_among_them(oddity: str) -> None:
    assert ODD[oddity](find(events(), ODD[oddity], settings=SOON))


def test_if_asked_for_some_amounts_are_off_the_step() -> None:
    def off_step(event: Event) -> bool:
        return any(amount.minor % event.policy.step for amount in amounts_of(event))

    assert off_step(find(events(chargeable=False), off_step, settings=SOON))


def test_the_simplest_event_is_simple() -> None:
    """What remains when a failing test is shrunk: one ticket, and nothing else."""
    simplest = find(events(), lambda _: True, settings=SOON)
    assert len(simplest.tickets) == 1
    assert (simplest.promotions, simplest.fees, simplest.tax, simplest.providers) == ((), (), None, ())
    assert (simplest.cancellation, simplest.form) == (Cancellation(), RegistrationForm())


@given(tier=tiers(EUR), effect=effects(EUR), currency=usual_currencies())
def test_parts_can_be_drawn_alone(tier: Tier, effect: Effect, currency: Currency) -> None:
    assert tier.price.currency == EUR
    assert isinstance(effect, Percent) or effect.amounts[0].currency == EUR
    assert currency.digits in {0, 2, 3}
