"""Reports as text: columns, numbers, and nothing that a spreadsheet would run."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from ledger.books import on
from registration.desk import BUYER, Desk, person
from reports.till import came, heard, made, refund, said
from worked.shop import AT, code, euros, percent, quote, shop, taxes, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Cancellation, Fee, Question, RefundStep, RegistrationForm, Tier
from paidevents.ledger import Book, sale
from paidevents.money import USD, Currency
from paidevents.registration import Answer, Attendee, Person, cancelled, erased
from paidevents.reports import (
    Owed,
    SalesBy,
    SalesRow,
    as_csv,
    as_rows,
    fees,
    owed,
    participants,
    reconciliation,
    sales,
)
from paidevents.reports import taxes as tax_report
from paidevents.reports.lines import escaped

HALF = Cancellation(steps=(RefundStep(None, Rate(1, 2)),))
FORM = RegistrationForm(questions=(Question(id="why", text="Why?"), Question(id="level", text="Level?")))


def bought(name: str = "Ana", *answers: Answer, **event: Any) -> Desk:
    early = Tier(id="early", name="Early", price=euros("24.00"), quantity=9)
    plain = {"promotions": (code("ten", percent("10 %")),), "tax": taxes(("20 %", "standard")), "form": FORM}
    desk = Desk(shop(ticket("30.00", tiers=(early,)), **{**plain, "cancellation": HALF, **event}))
    who = Attendee(person=Person(name=name, email="ana@example.com"), answers=answers)
    desk.reserve(1, "ten", attendees=[who], buyer=person("Bo"))
    desk.pay()
    return desk


def only(report: Any) -> dict[str, str]:
    """The one row of a report, by column."""
    header, rows = as_rows(report)
    (row,) = rows
    return dict(zip(header, row, strict=True))


def read(text: str, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))


def test_the_columns_of_participants() -> None:
    """21.60 of 24.00 hold 3.60 of tax; half of it goes back."""
    desk = bought("Ana", Answer("level", "high"))
    desk.do(cancelled, by=BUYER)
    assert only(participants([desk.order])) == {
        "event": "shop",
        "order": "A1",
        "registration": "A1-1",
        "name": "Ana",
        "email": "ana@example.com",
        "role": "attendee",
        "state": "cancelled",
        "order_state": "cancelled",
        "payment": "partly_given_back",
        "tickets": "standard",
        "tiers": "early",
        "sessions": "",
        "currency": "EUR",
        "list_price": "24.00",
        "discounts": "ten (ten): 2.40 EUR",
        "charged": "21.60",
        "before_tax": "18.00",
        "tax": "3.60",
        "given_back": "10.80",
        "refund_owed": "0.00",
        "adjusted": "0.00",
        "buyer_name": "Bo",
        "buyer_email": "bo@example.com",
        "answers.level": "high",
        "placed_at": "2026-03-01T12:00:00+00:00",
        "approved_by": "",
        "waived_by": "",
    }


def test_each_question_that_anybody_answered_has_a_column() -> None:
    desks = [bought("Ana", Answer("level", "high")), bought("Bo", Answer("why", "so"), Answer("level", "low"))]
    orders = [evolve(desk.order, id=f"A{number}") for number, desk in enumerate(desks)]
    header, rows = as_rows(participants(orders))
    assert [name for name in header if name.startswith("answers")] == ["answers.level", "answers.why"]
    place = header.index("answers.level")
    assert [row[place : place + 2] for row in rows] == [("high", ""), ("low", "so")]
    nobody = as_rows(participants([]))
    assert nobody == (tuple(name for name in header if not name.startswith("answers")), ())


def test_who_was_erased_leaves_empty_cells() -> None:
    desk = bought("Ana", Answer("level", "high"))
    desk.done(erased(desk.order, desk.plan))
    row = only(participants([desk.order]))
    assert (row["name"], row["email"], row["buyer_name"], row["buyer_email"]) == ("", "", "", "")
    assert not [name for name in row if name.startswith("answers")]


def test_the_columns_of_sales() -> None:
    order = bought().order
    row = only(sales([order], SalesBy.DAY))
    assert list(row)[:11] == [
        *("event", "ticket", "tier", "session", "day", "promotion", "code"),
        *("places", "gone", "currency", "list_price"),
    ]
    assert (row["day"], row["ticket"], row["places"], row["charged"]) == ("2026-03-01", "", "1", "21.60")
    assert only(sales([order]).totals)["charged"] == "21.60"
    assert only(sales([order], SalesBy.CODE))["code"] == "ten"


def test_the_columns_of_the_other_reports() -> None:
    book = Book(sale(on(), quote(shop(ticket("60.00"), tax=taxes(("20 %", "standard")), fees=(FEE,)))))
    assert only(fees(book)) == {
        "taker": "platform",
        "fee": "service",
        "bearer": "organizer",
        "currency": "EUR",
        "charged": "3.00",
        "given_back": "0.00",
        "corrected": "0.00",
        "total": "3.00",
    }
    assert only(tax_report(book)) == {
        "country": "FR",
        "name": "VAT",
        "rate": "20 %",
        "currency": "EUR",
        "charged": "10.00",
        "given_back": "0.00",
        "owed": "10.00",
    }
    desk = bought()
    desk.do(cancelled, by=BUYER)
    debts = owed([desk.order], [came("21.60")], [refund("10.80")], at=AT + timedelta(days=3))
    row = only(debts)
    assert (row["kind"], row["amount"], row["since"], row["days"]) == (
        "refund_owed",
        "10.80",
        "2026-03-01T12:00:00+00:00",
        "3",
    )
    assert only(debts.totals)["order"] == ""


FEE = Fee(id="service", rate=Rate.of("5 %"))


def test_an_amount_in_another_currency_than_its_row_has_its_own_beside_it() -> None:
    row = only(reconciliation([], [heard(said())], [], [said(Money(2200, USD))]))
    assert (row["currency"], row["ours"], row["theirs"]) == ("EUR", "20.00", "22.00 USD")
    assert row["reason"] == "Here 20.00 EUR came of it, less what is disputed; at the provider 22.00 USD."
    row = only(reconciliation([], [heard(said())], [], [said(refunds=(made("5.00"),))]))
    assert (row["currency"], row["ours"], row["theirs"], row["severity"]) == ("EUR", "", "5.00", "error")


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    """Yen have none, Kuwaiti dinars three; below zero they have a sign and stay numbers."""
    for currency, minor, text in (
        ("JPY", 1234, "1234"),
        ("KWD", 1234, "1.234"),
        ("EUR", -5, "-0.05"),
        ("EUR", 0, "0.00"),
    ):
        amount = Money(minor, Currency(currency))
        nothing: dict[str, Any] = dict.fromkeys(
            ("list_price", "discount", "waived", "given_back", "adjusted", "tax", "fees"), Money.zero(amount.currency)
        )
        row = SalesRow(places=1, gone=0, **nothing, charged=amount, organizer_keeps=amount)
        assert only([row])["charged"] == read(as_csv([row]))[0]["charged"] == text


HOSTILE = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "﹦1",
    " =1+1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_begins_like_a_formula_has_an_apostrophe_before_it(name: str) -> None:
    (row,) = read(as_csv(participants([bought(name).order])))
    assert row["name"] == f"'{name}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx"])
def test_a_cell_that_begins_with_a_break_has_an_apostrophe_before_it(text: str) -> None:
    assert escaped(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ana", "O’Neil-Smith", "a=b", "x@y.example", "1+1", "'=1", "ﬁn", "−5"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text


def test_an_answer_of_several_lines_stays_in_its_cell() -> None:
    answers = (Answer("why", '=cmd\nsaid "yes", and;left'), Answer("level", "one\ntwo"))
    text = as_csv(participants([bought("Ana", *answers).order]))
    (row,) = read(text)
    assert (row["answers.why"], row["answers.level"]) == ('\'=cmd\nsaid "yes", and;left', "one\ntwo")
    assert '"\'=cmd\nsaid ""yes"", and;left"' in text
    assert text.count("\r\n") == 2, "a line for the header, one for the row"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_separator_in_a_name_opens_no_cell(separator: str) -> None:
    """Read with the same separator it is one cell, whatever stands in it."""
    name = "x;=1,@2"
    (row,) = read(as_csv(participants([bought(name).order]), separator), separator)
    assert row["name"] == name


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=4))
def test_what_was_written_is_read_again_and_begins_no_formula(names: list[str]) -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("list_price", "discount", "waived", "charged", "given_back", "adjusted", "tax", "fees", "organizer_keeps"),
        euros("0.00"),
    )
    rows = [SalesRow(ticket=name, places=0, gone=0, **nothing) for name in names]
    read_again = [row["ticket"] for row in read(as_csv(rows))]
    assert [text if text == name else text[1:] for text, name in zip(read_again, names, strict=True)] == names
    assert not [text for text in read_again if text[:1] in set("=+-@\t\r\n＝＋－＠")]


def test_what_is_no_report_is_refused() -> None:
    row = only(sales([bought().order]))
    for wrong in (1, None, "sales", [1], [row], [participants([bought().order])[0], 1], Owed):
        for write in (as_rows, as_csv):
            with pytest.raises(InvalidValueError, match="report"):
                write(wrong)  # type: ignore[arg-type]
    for separator in ("", "x", ",,", None, 1):
        with pytest.raises(InvalidValueError, match="separator"):
            as_csv([], separator)  # type: ignore[arg-type]


def test_a_day_is_written_as_it_is() -> None:
    found = sales([bought().order], SalesBy.DAY)
    assert (found.rows[0].day, only(found)["day"]) == (date(2026, 3, 1), "2026-03-01")
