"""Currencies, with the list of ISO 4217 as the oracle."""

import pickle

import iso4217
import pytest

from paidevents.errors import InvalidValueError, UnknownCurrencyError
from paidevents.money import EUR, Currency, currency
from paidevents.money._iso4217 import TABLE


def test_the_table_is_the_list_of_iso_4217() -> None:
    expected = {peer.code: (peer.number, peer.exponent, peer.currency_name) for peer in iso4217.Currency}
    assert expected == TABLE
    assert len(TABLE) == 178


@pytest.mark.parametrize(("code", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), ("MGA", 2)])
def test_minor_units_are_those_of_iso(code: str, digits: int) -> None:
    assert Currency(code).digits == digits


@pytest.mark.parametrize("code", ["XXZ", "eur", "ＥＵＲ", "EU", "", "EURO", "BGN", "HRK", "ANG", "E\nR", "É" * 1000])
def test_a_code_that_is_not_in_use_is_refused(code: str) -> None:
    with pytest.raises(UnknownCurrencyError) as refused:
        Currency(code)
    assert refused.value.reason.code == "unknown_currency"
    assert str(refused.value).isprintable() and len(str(refused.value)) < 150


@pytest.mark.parametrize("code", ["XAU", "XXX", "XDR", "XTS"])
def test_metals_funds_and_tests_have_no_minor_unit(code: str) -> None:
    with pytest.raises(UnknownCurrencyError) as refused:
        Currency(code)
    assert refused.value.reason.code == "no_minor_unit"


@pytest.mark.parametrize("code", [None, 978, b"EUR", EUR])
def test_a_code_is_text(code: object) -> None:
    with pytest.raises(InvalidValueError, match="currency: Expected str"):
        Currency(code)  # type: ignore[arg-type]


def test_all_are_those_with_a_minor_unit() -> None:
    codes = [each.code for each in Currency.all()]
    assert codes == sorted(code for code, (_, digits, _) in TABLE.items() if digits is not None)
    assert len(codes) == 165


def test_equal_by_code_and_printed_by_it() -> None:
    assert Currency("EUR") == EUR and Currency("USD") != EUR
    assert repr(EUR) == "Currency('EUR')" and str(EUR) == "EUR"
    assert pickle.loads(pickle.dumps(EUR)) == EUR
    assert pickle.loads(pickle.dumps(EUR)).digits == 2


def test_each_constant_is_its_currency() -> None:
    constants = {name: value for name, value in vars(currency).items() if isinstance(value, Currency)}
    assert len(constants) == 21
    assert all(name == value.code for name, value in constants.items())
