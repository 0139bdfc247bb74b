"""Amounts: what can be written, what is refused, what is never lost."""

import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Money, Rate, Rounding
from paidevents.errors import AmountError, CurrencyMismatchError, InvalidValueError, UnknownCurrencyError, WeightsError
from paidevents.money import CHF, EUR, JPY, USD, Currency

KWD = Currency("KWD")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", EUR, 1250),
        ("12.5", EUR, 1250),
        ("12.5000", EUR, 1250),
        ("12", EUR, 1200),
        ("-0.01", EUR, -1),
        ("-0", EUR, 0),
        ("007", JPY, 7),
        ("0" * 31 + "7", JPY, 7),
        ("5.0", JPY, 5),
        ("1.234", KWD, 1234),
        (Decimal("12.50"), EUR, 1250),
        (Decimal("1E+3"), EUR, 100000),
        (Decimal("1E-2"), EUR, 1),
        (Decimal("-0.00"), EUR, 0),
        ("92233720368547758.07", EUR, 2**63 - 1),
        ("-92233720368547758.08", EUR, -(2**63)),
    ],
)
def test_a_major_amount_is_read_exactly(text: str | Decimal, currency: Currency, minor: int) -> None:
    assert Money.of(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("12.505", "too_many_digits"),
        (Decimal("0.001"), "too_many_digits"),
        ("", "bad_format"),
        ("12.", "bad_format"),
        (".5", "bad_format"),
        ("+5", "bad_format"),
        ("1e5", "bad_format"),
        ("NaN", "bad_format"),
        ("١٢", "bad_format"),
        ("1 000", "bad_format"),
        ("--5", "bad_format"),
        ("1" * 33, "too_long"),
        (Decimal("1E+1000000"), "too_long"),
        (Decimal("1E-1000000"), "too_long"),
        (Decimal("Infinity"), "not_finite"),
        (Decimal("sNaN"), "not_finite"),
        (12, "wrong_type"),
        (12.5, "wrong_type"),
        (True, "wrong_type"),
        (None, "wrong_type"),
        (b"12", "wrong_type"),
        (Fraction(1, 2), "wrong_type"),
        ("92233720368547758.08", "out_of_range"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_with_the_reason(amount: object, code: str) -> None:
    with pytest.raises(AmountError) as refused:
        Money.of(amount, EUR)  # type: ignore[arg-type]
    assert refused.value.reason.code == code


@pytest.mark.parametrize(
    ("minor", "code"),
    [
        (12.5, "wrong_type"),
        (True, "bool_not_allowed"),
        ("12", "wrong_type"),
        (2**63, "out_of_range"),
        (-(2**63) - 1, "out_of_range"),
        (None, "wrong_type"),
    ],
)
def test_minor_units_are_whole_and_fit_64_bits(minor: object, code: str) -> None:
    with pytest.raises(AmountError) as refused:
        Money(minor, EUR)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason.code) == ("minor", code)


def test_an_int_that_computes_its_own_way_is_no_amount() -> None:
    class Sly(int):
        pass

    with pytest.raises(AmountError):
        Money(Sly(1), EUR)


def test_a_currency_is_a_currency_or_its_code() -> None:
    assert Money.of("1", "EUR") == Money.of("1", EUR)
    assert Money.zero("JPY") == Money(0, JPY)
    with pytest.raises(UnknownCurrencyError):
        Money.of("1", "EURO")
    with pytest.raises(InvalidValueError, match=r"currency: Expected Currency, str, got int\."):
        Money.of("1", 978)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"currency: Expected Currency, got str\."):
        Money(1, "EUR")  # type: ignore[arg-type]


def test_arithmetic() -> None:
    five, two = Money.of("5.00", EUR), Money.of("2.50", EUR)
    assert five + two == Money.of("7.50", EUR)
    assert five - two == two
    assert two * 3 == 3 * two == Money.of("7.50", EUR)
    assert -two == Money.of("-2.50", EUR)
    assert abs(-two) == two
    assert sum([five, two], Money.zero(EUR)) == Money.of("7.50", EUR)
    assert two < five and two <= two and five > two and five >= five
    assert sorted([five, two]) == [two, five]
    assert bool(two) and not Money.zero(EUR)


def test_currencies_do_not_mix() -> None:
    euro, dollar = Money(1, EUR), Money(1, USD)
    assert euro != dollar
    for mix in (
        lambda: euro + dollar,
        lambda: euro - dollar,
        lambda: euro < dollar,
        lambda: euro <= dollar,
        lambda: euro > dollar,
        lambda: euro >= dollar,
    ):
        with pytest.raises(CurrencyMismatchError) as refused:
            mix()
        assert (refused.value.left, refused.value.right) == ("EUR", "USD")


@pytest.mark.parametrize("other", [1, 0, 1.5, True, "1", None, Decimal(1)])
def test_an_amount_is_neither_added_to_nor_ordered_with_a_bare_number(other: object) -> None:
    euro = Money(1, EUR)
    assert euro != other
    for mix in (
        lambda: euro + other,  # type: ignore[operator]
        lambda: other + euro,  # type: ignore[operator]
        lambda: euro - other,  # type: ignore[operator]
        lambda: euro < other,  # type: ignore[operator]
        lambda: euro <= other,  # type: ignore[operator]
        lambda: euro > other,  # type: ignore[operator]
        lambda: euro >= other,  # type: ignore[operator]
    ):
        with pytest.raises(TypeError):
            mix()


@pytest.mark.parametrize("count", [1.5, True, "2", Decimal(2), Money(1, EUR)])
def test_an_amount_is_multiplied_by_a_whole_number_only(count: object) -> None:
    with pytest.raises(TypeError):
        Money(1, EUR) * count  # type: ignore[operator]


def test_what_outgrows_64_bits_is_refused_not_wrapped() -> None:
    most = Money(2**63 - 1, EUR)
    with pytest.raises(AmountError):
        most + Money(1, EUR)
    with pytest.raises(AmountError):
        most * 2
    with pytest.raises(AmountError):
        -Money(-(2**63), EUR)


def test_as_a_decimal_it_has_the_digits_of_its_currency_and_nothing_is_not_negative() -> None:
    assert [str(Money(minor, EUR).decimal) for minor in (-5, 0, 1250)] == ["-0.05", "0.00", "12.50"]


def test_a_share_names_its_rounding() -> None:
    """10 % of 19.95 is 1.995."""
    price, tenth = Money.of("19.95", EUR), Rate.of("10 %")
    assert price.times(tenth, Rounding.HALF_UP) == Money.of("2.00", EUR)
    assert price.times(tenth, Rounding.DOWN) == Money.of("1.99", EUR)
    with pytest.raises(InvalidValueError, match="rate: Expected Rate"):
        price.times(Fraction(1, 10), Rounding.HALF_UP)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="rounding: Expected Rounding"):
        price.times(tenth, "half_up")  # type: ignore[arg-type]


def test_cash_is_rounded_to_its_step() -> None:
    assert Money.of("12.42", CHF).rounded(5, Rounding.HALF_UP) == Money.of("12.40", CHF)
    assert Money.of("12.43", CHF).rounded(5, Rounding.HALF_UP) == Money.of("12.45", CHF)
    assert Money.of("-12.43", CHF).rounded(5, Rounding.CEILING) == Money.of("-12.40", CHF)
    assert Money.of("12.43", CHF).rounded(1, Rounding.UP) == Money.of("12.43", CHF)
    with pytest.raises(InvalidValueError, match="step"):
        Money.of("1", CHF).rounded(0, Rounding.HALF_UP)


@pytest.mark.parametrize("bad", [[], [0, 0], [-1, 2], ()])
def test_weights_that_share_nothing_are_refused(bad: list[int]) -> None:
    with pytest.raises(WeightsError):
        Money(10, EUR).split(bad)


@pytest.mark.parametrize("bad", [[1.5], [True], "11", {1, 2}, None, [None]])
def test_weights_are_whole_numbers_in_order(bad: object) -> None:
    with pytest.raises(InvalidValueError, match="weights"):
        Money(10, EUR).split(bad)  # type: ignore[arg-type]


def test_an_amount_off_the_step_is_not_split_by_it() -> None:
    with pytest.raises(InvalidValueError, match=r"amount: It is not a multiple of 5\."):
        Money(12, EUR).split([1, 1], step=5)


def test_it_prints_plainly_and_its_repr_can_be_pasted_back() -> None:
    assert str(Money(-5, EUR)) == "-0.05 EUR"
    assert str(Money(0, EUR)) == str(-Money(0, EUR)) == "0.00 EUR"
    assert str(Money(5, JPY)) == "5 JPY"
    assert str(Money(1234, KWD)) == "1.234 KWD"
    assert repr(Money(-5, EUR)) == "Money.of('-0.05', 'EUR')"


@given(amount=...)
def test_repr_decimal_pickle_and_hash_lose_nothing(amount: Money) -> None:
    assert eval(repr(amount)) == amount
    assert Money.of(amount.decimal, amount.currency) == amount
    assert pickle.loads(pickle.dumps(amount)) == amount
    assert hash(Money(amount.minor, Currency(amount.currency.code))) == hash(amount)


@given(amount=..., precision=st.integers(1, 5))
def test_a_hosts_decimal_context_changes_nothing(amount: Money, precision: int) -> None:
    with localcontext(prec=precision):
        assert Money.of(amount.decimal, amount.currency) == amount
