"""How people write amounts, and reading what they typed."""

from decimal import localcontext

import pytest
from babel import localedata

from paidevents import Money, Rate
from paidevents.errors import AmountError, InvalidValueError, UnknownCurrencyError
from paidevents.money import EUR, JPY, Currency, currency_name, format_money, format_rate, parse_money


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.56", "EUR", "fr", "1\u202f234,56\xa0€"),
        ("1234.56", "EUR", "de", "1.234,56\xa0€"),
        ("1234.56", "USD", "en", "$1,234.56"),
        ("-1234.56", "USD", "en-US", "-$1,234.56"),
        ("123456", "JPY", "ja_JP", "￥123,456"),
        ("1234567.89", "INR", "hi", "₹12,34,567.89"),
        ("1234.50", "CHF", "de_CH", "CHF\xa01’234.50"),
        # Locale data shows these with other decimals than ISO counts them in; we show what is charged.
        ("12.50", "RSD", "en", "RSD12.50"),
        ("1.234", "KWD", "en", "KWD1.234"),
        ("1.234", "IQD", "en", "IQD1.234"),
        ("12", "XOF", "en", "F\u202fCFA12"),
        ("175.50", "HUF", "hu", "175,50\xa0Ft"),
    ],
)
def test_an_amount_is_written_with_the_decimals_it_is_counted_in(
    amount: str, currency: str, locale: str, text: str
) -> None:
    assert format_money(Money.of(amount, currency), locale) == text


def test_formatting_ignores_the_hosts_decimal_context_and_leaves_shared_patterns_alone() -> None:
    with localcontext(prec=3):
        assert format_money(Money.of("1234567.89", "EUR"), "en") == "€1,234,567.89"
    assert format_money(Money.of("5", JPY), "en") == "¥5"
    assert format_money(Money.of("5", "EUR"), "en") == "€5.00"


@pytest.mark.parametrize(
    ("rate", "locale", "text"),
    [
        ("8.875 %", "de", "8,875\xa0%"),
        ("15 %", "en", "15%"),
        ("1/3", "fr", "1/3"),
        ("0.0000000001 %", "en", "0.0000000001%"),
    ],
)
def test_a_rate_is_written_with_all_its_decimals(rate: str, locale: str, text: str) -> None:
    assert format_rate(Rate.of(rate), locale) == text


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "amount"),
    [
        ("1 234,56 €", "EUR", "fr", "1234.56"),  # a plain space, as every keyboard has it
        ("1\xa0234,56", "EUR", "fr", "1234.56"),
        ("1\u202f234,56\xa0€", "EUR", "fr", "1234.56"),
        ("1234,56", "EUR", "fr", "1234.56"),
        ("12,5", "EUR", "fr", "12.50"),
        ("12", "EUR", "fr", "12.00"),
        ("  12 € ", "EUR", "fr", "12.00"),
        ("12 EUR", "EUR", "fr", "12.00"),
        ("eur 12", "EUR", "fr", "12.00"),
        ("€12", "EUR", "fr", "12.00"),
        ("−12,50 €", "EUR", "fr", "-12.50"),
        ("12,50- €", "EUR", "fr", "-12.50"),
        ("-$1,234.56", "USD", "en", "-1234.56"),
        ("$-5", "USD", "en", "-5.00"),
        ("1,234", "USD", "en", "1234.00"),
        ("1,234", "KWD", "en", "1234.000"),
        ("1.234", "KWD", "en", "1.234"),
        ("1.234", "EUR", "de", "1234.00"),
        ("1'234.50", "CHF", "de-CH", "1234.50"),
        ("1’234.50 CHF", "CHF", "de-CH", "1234.50"),
        ("12,34,567.89", "INR", "hi", "1234567.89"),
        ("१,२३४.५०", "INR", "mr", "1234.50"),
        ("١٬٢٣٤٫٥٠", "EGP", "ar-EG", "1234.50"),
        ("¥500", "JPY", "ja", "500"),
        (" " * 63 + "5", "JPY", "ja", "5"),
    ],
)
def test_what_the_locale_writes_is_read(typed: str, currency: str, locale: str, amount: str) -> None:
    assert parse_money(typed, currency, locale) == Money.of(amount, currency)


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "code"),
    [
        ("12.50", "EUR", "fr", "not_an_amount"),  # an English point: twelve fifty, or 1250?
        ("1.234", "EUR", "fr", "not_an_amount"),
        ("1,234.56", "EUR", "de", "not_an_amount"),
        ("12,500", "EUR", "fr", "too_many_digits"),  # an English thousand? twelve and a half?
        ("12,505 €", "EUR", "fr", "too_many_digits"),
        ("1,234", "JPY", "de", "too_many_digits"),
        ("1,50", "USD", "en", "not_an_amount"),
        ("12,34,567", "USD", "en", "not_an_amount"),
        ("1234,567", "USD", "en", "not_an_amount"),
        ("1 234.56", "USD", "en", "not_an_amount"),
        ("1 23,00", "EUR", "fr", "not_an_amount"),
        ("12 $", "EUR", "fr", "not_an_amount"),
        ("$12", "USD", "en-CA", "not_an_amount"),  # in Canada that is the Canadian dollar
        ("12 € €", "EUR", "fr", "not_an_amount"),
        ("€ 12 EUR", "EUR", "fr", "not_an_amount"),
        ("--12", "EUR", "fr", "not_an_amount"),
        ("-12-", "EUR", "fr", "not_an_amount"),
        ("€", "EUR", "fr", "not_an_amount"),
        ("", "EUR", "fr", "not_an_amount"),
        (",50", "EUR", "fr", "not_an_amount"),
        ("12,", "EUR", "fr", "not_an_amount"),
        ("NaN", "EUR", "en", "not_an_amount"),
        ("1e5", "EUR", "en", "not_an_amount"),
        ("1_000", "EUR", "en", "not_an_amount"),
        ("12:30", "EUR", "en", "not_an_amount"),
        ("12/30", "EUR", "en", "not_an_amount"),
        ("0x10", "EUR", "en", "not_an_amount"),
        ("１２", "EUR", "en", "not_an_amount"),
        ("١٢", "EUR", "en", "not_an_amount"),
        ("1٢", "EGP", "ar-EG", "not_an_amount"),
        ("12\n", "EUR", "en", "not_an_amount"),
        ("12\x00", "EUR", "en", "not_an_amount"),
        ("\ud800", "EUR", "en", "not_an_amount"),
        ("9" * 20, "EUR", "en", "not_an_amount"),
        ("9" * 19, "EUR", "en", "out_of_range"),
        (" " * 65, "EUR", "en", "too_long"),
        (12, "EUR", "en", "wrong_type"),
        (b"12", "EUR", "en", "wrong_type"),
    ],
)
def test_what_could_be_meant_otherwise_is_refused(typed: object, currency: str, locale: str, code: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_money(typed, currency, locale)  # type: ignore[arg-type]
    assert refused.value.reason.code == code


def test_the_refusal_shows_how_to_write_it() -> None:
    with pytest.raises(AmountError, match="written here: 1\u202f234,56\xa0€"):
        parse_money("12.50", EUR, "fr")


@pytest.mark.parametrize(
    "locale", ["", "x", "english", "fr_FR_FR_FR_FR", "../../etc", "f\x00r", "zz", "fr" * 40, None, 5]
)
def test_a_locale_must_be_known(locale: object) -> None:
    for ask in (
        lambda: format_money(Money(1, EUR), locale),  # type: ignore[arg-type]
        lambda: parse_money("1", EUR, locale),  # type: ignore[arg-type]
        lambda: currency_name(EUR, locale),  # type: ignore[arg-type]
        lambda: format_rate(Rate(1, 2), locale),  # type: ignore[arg-type]
    ):
        with pytest.raises(InvalidValueError, match="locale"):
            ask()


def test_the_currency_must_be_known_before_anything_is_read() -> None:
    with pytest.raises(UnknownCurrencyError):
        parse_money("12", "EURO", "fr")


def test_names_are_the_locales_or_isos() -> None:
    assert currency_name(EUR, "fr") == "euro"
    assert currency_name(Currency("CHE"), "en") == "WIR Euro"
    iso_only = [each for each in Currency.all() if currency_name(each, "kab") == each.name]
    assert iso_only, "the locale data names every currency in Kabyle by now: find another language"


def test_every_locale_reads_what_it_writes() -> None:
    """
    All of Babel's locales, with currencies of no, two and three decimals; there is none that cannot.

    The amounts have one group and two, a sign, and a zero before the decimals.
    """
    locales = localedata.locale_identifiers()
    assert len(locales) > 1000
    unreadable = []
    for locale in locales:
        for code in ("EUR", "JPY", "KWD"):
            for minor in (0, 7, -123456, 98765432109876):
                amount = Money(minor, Currency(code))
                try:
                    read = parse_money(format_money(amount, locale), code, locale)
                except AmountError:
                    read = None
                if read != amount:
                    unreadable.append((locale, amount))
    assert unreadable == []
