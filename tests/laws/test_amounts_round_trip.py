"""What is written is read back: to people and to providers."""

from decimal import Decimal

import pytest
from babel import Locale, localedata
from babel.numbers import get_group_symbol
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Money
from paidevents.errors import AmountError, AmountRefusedError
from paidevents.money import PROVIDERS, AmountRule, Currency, WireForm, format_money, parse_money, provider_rules
from paidevents.testing.strategies import amount_rules, moneys

PAIRS = [rule for provider in PROVIDERS for rule in provider_rules(provider)]
every_pair = pytest.mark.parametrize("rule", PAIRS, ids=lambda rule: f"{rule.provider}-{rule.currency}")


@given(amount=..., locale=st.sampled_from(localedata.locale_identifiers()))
def test_people_of_every_locale_read_what_they_write(amount: Money, locale: str) -> None:
    assert parse_money(format_money(amount, locale), amount.currency, locale) == amount


@given(amount=..., locale=st.sampled_from(("en", "fr", "de", "de-CH", "hi", "ar-EG", "ja", "pt-BR")), data=st.data())
def test_a_space_or_separator_of_thousands_more_or_less_makes_no_other_amount(
    amount: Money, locale: str, data: st.DataObject
) -> None:
    written = format_money(amount, locale)
    place = data.draw(st.integers(0, len(written) - 1))
    group = get_group_symbol(Locale.parse(locale, sep="-"))
    if written[place] in {group, " ", "\xa0", "\u202f"} and data.draw(st.booleans()):
        typed = written[:place] + written[place + 1 :]
    else:
        typed = written[:place] + data.draw(st.sampled_from((" ", "\xa0", "\u202f", "'", "’", group))) + written[place:]
    try:
        read = parse_money(typed, amount.currency, locale)
    except AmountError:
        return
    assert read == amount


@every_pair
def test_amounts_of_every_pair_survive_the_wire(rule: AmountRule) -> None:
    for steps in (0, 1, 7, 99, 123_456, -50):
        amount = Money(steps * rule.step, rule.currency)
        wire = rule.to_wire(amount)
        assert rule.from_wire(wire) == amount
        assert Decimal(wire).scaleb(-rule.decimals if rule.form is WireForm.MINOR_UNITS else 0) == amount.decimal
        assert isinstance(wire, int if rule.form is WireForm.MINOR_UNITS else str)


@given(data=st.data(), rule=amount_rules())
def test_any_amount_on_the_step_survives_the_wire(data: st.DataObject, rule: AmountRule) -> None:
    most = 2**63 // 100
    amount = data.draw(moneys(rule.currency, low=-most, high=most, step=rule.step))
    assert rule.from_wire(rule.to_wire(amount)) == amount


@given(data=st.data(), rule=st.sampled_from([rule for rule in PAIRS if rule.step > 1]))
def test_an_amount_off_the_step_is_refused(data: st.DataObject, rule: AmountRule) -> None:
    amount = data.draw(moneys(rule.currency).filter(lambda amount: amount.minor % rule.step != 0))
    with pytest.raises(AmountRefusedError):
        rule.to_wire(amount)


@given(data=st.data(), rule=st.sampled_from([rule for rule in PAIRS if rule.form is WireForm.MINOR_UNITS]))
def test_what_is_read_is_written_as_it_was(data: st.DataObject, rule: AmountRule) -> None:
    wire = data.draw(st.integers(-(10**9), 10**9))
    try:
        amount = rule.from_wire(wire)
    except AmountRefusedError:
        return
    assert rule.to_wire(amount) == wire


@every_pair
def test_bounds_are_amounts_that_the_provider_takes(rule: AmountRule) -> None:
    """And one step beyond is refused."""
    step = Money(rule.step, rule.currency)
    if rule.minimum is not None:
        assert rule.refusals(rule.minimum) == ()
        assert rule.refusals(rule.minimum - step) != ()
    if rule.maximum is not None:
        assert rule.refusals(rule.maximum) == ()
        assert rule.refusals(rule.maximum + step) != ()


def test_the_pairs_are_all_there() -> None:
    assert len(PAIRS) == 137 + 26
    assert {rule.currency for rule in PAIRS} <= set(Currency.all())
