"""Reports written line by line, as their rows come."""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from ledger.books import on
from reports.test_tables import bought, only, read
from worked.shop import euros, quote, shop, ticket

from paidevents import InvalidValueError
from paidevents.ledger import Book, capture, sale
from paidevents.registration import Answer
from paidevents.reports import Participant, Sales, as_csv, csv_lines, participants, sales


def people(*answers: tuple[Answer, ...]) -> list[Participant]:
    orders = [evolve(bought("Ana", *some).order, id=f"A{number}") for number, some in enumerate(answers)]
    return [row for order in orders for row in participants([order])]


def test_the_lines_are_those_of_the_whole() -> None:
    found = sales([bought().order])
    assert "".join(csv_lines(found)) == "".join(csv_lines(found.rows)) == as_csv(found)
    assert "".join(csv_lines(found, ";")) == as_csv(found, ";")


def test_a_row_is_taken_when_its_line_is_asked_for() -> None:
    taken: list[str] = []

    def rows() -> Iterator[Participant]:
        for row in people((), ()):
            taken.append(row.order)
            yield row

    lines = csv_lines(rows())
    assert taken == []
    assert next(lines).startswith("event,order,registration,name")
    assert taken == ["A0"]
    assert next(lines).startswith("shop,A0,A1-1,Ana")
    assert taken == ["A0"]
    assert next(lines).startswith("shop,A1,A1-1,Ana")


def test_answers_stand_in_the_columns_that_are_asked_for_and_others_together() -> None:
    rows = people((Answer("why", "so"), Answer("level", "high")), (Answer("level", "low"),), ())
    written = read("".join(csv_lines(rows, questions=["level", "size", "level"])))
    assert [name for name in written[0] if name.startswith("answers")] == ["answers.level", "answers.size", "answers"]
    assert [(row["answers.level"], row["answers.size"], row["answers"]) for row in written] == [
        ("high", "", "why: so"),
        ("low", "", ""),
        ("", "", ""),
    ]
    plain = read("".join(csv_lines(rows)))
    assert [row["answers"] for row in plain] == ["why: so; level: high", "level: low", ""]


def test_pages_have_one_header() -> None:
    first, second = people((), ())
    pages = [list(csv_lines([first])), list(csv_lines([second], header=False)), list(csv_lines([], header=False))]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert [line for page in pages for line in page] == list(csv_lines([first, second]))


def test_of_nobody_there_is_a_header() -> None:
    assert list(csv_lines([])) == list(csv_lines(people(())))[:1]
    assert list(csv_lines(sales([]))) == [as_csv(sales([]))]
    assert next(csv_lines([], questions=["why"])).split(",").count("answers.why") == 1


def test_where_money_is_and_what_a_statement_says_are_tables_as_well() -> None:
    """20.00 sold and paid: 20.00 came, and the organizer keeps it; the buyer owed 20.00, and then nothing."""
    price = quote(shop(ticket("20.00")), {"standard": 1})
    book = Book((*sale(on(), price), *capture(on(), price.charged, "card")))
    where = only(list(book.conservation().values()))
    assert list(where)[:4] == ["currency", "captured", "unpaid", "organizer_keeps"]
    assert (where["currency"], where["captured"], where["organizer_keeps"], where["owed"]) == (
        *("EUR", "20.00", "20.00", "0.00"),
    )
    lines = read("".join(csv_lines(book.statement("order-1"))))
    assert [(row["kind"], row["account"], row["amount"], row["balance"]) for row in lines] == [
        ("sale", "buyer", "20.00", "20.00"),
        ("sale", "organizer", "-20.00", "-20.00"),
        ("capture", "buyer", "-20.00", "0.00"),
        ("capture", "provider", "20.00", "20.00"),
    ]


def test_what_cannot_be_written_is_refused_at_once_and_a_row_that_is_none_when_it_comes() -> None:
    more: tuple[tuple[str, dict[str, Any]], ...] = (
        ("separator", {"separator": "x"}),
        ("questions", {"questions": 7}),
        ("questions", {"questions": ["=1+1"]}),
        ("header", {"header": "yes"}),
    )
    for field, wrong in more:
        with pytest.raises(InvalidValueError, match=field):
            csv_lines([], **wrong)
    for nothing in (7, None, Sales):
        with pytest.raises(InvalidValueError, match="report"):
            csv_lines(nothing)  # type: ignore[arg-type]
    (row,), (person,) = sales([bought().order]).rows, people(())
    for odd, place in (("sales", 0), ([row, person], 1), ([person, 7], 1), ([euros("1.00")], 0)):
        lines = csv_lines(odd)  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError, match=rf"report\[{place}\]"):
            list(lines)
