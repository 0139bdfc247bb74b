"""Ours against the provider's: what is on one side only, and what they do not say alike."""

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve
from ledger.books import on
from registration.desk import Desk
from reports.till import MADE, T, came, heard, made, refund, said
from worked.shop import euros, shop, ticket

from paidevents import InvalidValueError, Money, Rate
from paidevents.catalog import Fee, FeeTaker
from paidevents.errors import CurrencyMismatchError
from paidevents.explain import explain
from paidevents.ledger import Book, capture, dispute_opened, refund_paid
from paidevents.money import USD
from paidevents.payments import DisputeStatus, Payment, PaymentRef, Refund, RefundStatus, Snapshot, Status
from paidevents.reason import Severity
from paidevents.registration import Order, approved
from paidevents.reports import ProviderBalance, Reconciliation, ReconciliationSums, reconciliation

P = RefundStatus


def found(
    payments: Sequence[Payment] = (),
    snapshots: Sequence[Snapshot] = (),
    refunds: Sequence[Refund] = (),
    orders: Sequence[Order] = (),
    book: Book | None = None,
) -> Reconciliation:
    return reconciliation(orders, payments, refunds, snapshots, book)


def told(report: Reconciliation) -> list[tuple[str, str, str, str]]:
    """Severity, reason, and the amounts of both sides."""
    return [
        (
            row.severity.value,
            row.reason.code,
            "" if row.ours is None else str(row.ours.decimal),
            "" if row.theirs is None else str(row.theirs.decimal),
        )
        for row in report.rows
    ]


def sides(report: Reconciliation) -> list[tuple[str, str, str]]:
    return [(total.provider, str(total.ours), str(total.theirs)) for total in report.totals]


MATCH = ("note", "payment_matches", "20.00", "20.00")


def test_both_sides_say_the_same() -> None:
    report = found([heard(said())], [said()])
    assert told(report) == [MATCH] and report.agrees
    (row,) = report.rows
    assert (row.provider, row.account, row.order) == ("stripe:test", "acct_1", "A1")
    assert (row.payment, row.provider_id, row.here, row.there) == ("p1", "cs_1", "paid", "paid")
    assert sides(report) == [("stripe:test", "20.00 EUR", "20.00 EUR")]
    assert report.totals[0].agrees and report.totals[0].booked is None


def test_a_payment_that_the_provider_does_not_know_is_told_by_what_hangs_on_it() -> None:
    """Money that is only here is an error; what is only open may be looked at; what came to nothing may be forgotten."""
    report = found([heard(said())])
    assert told(report) == [("error", "missing_at_provider", "20.00", "")]
    assert sides(report) == [("stripe:test", "20.00 EUR", "0.00 EUR")]
    assert not report.agrees and not report.totals[0].agrees
    assert told(found([heard(said(None))])) == [("warning", "missing_at_provider", "0.00", "")]
    for status in (Status.EXPIRED, Status.FAILED):
        assert told(found([heard(said(None, status=status))])) == []


def test_a_payment_that_is_not_known_here_is_told_by_what_hangs_on_it() -> None:
    report = found([], [said()])
    assert told(report) == [("error", "unknown_here", "", "20.00")]
    (row,) = report.rows
    assert (row.order, row.payment, row.provider_id) == ("A1", "", "cs_1")
    assert sides(report) == [("stripe:test", "0.00 EUR", "20.00 EUR")]
    assert told(found([], [said(None)])) == [("warning", "unknown_here", "", "0.00")]
    assert told(found([], [said(None, status=Status.EXPIRED)])) == []
    given_back = said("20.00", dispute=DisputeStatus.LOST, refunds=(made("5.00"),))
    assert told(found([], [given_back])) == [("error", "unknown_here", "", "0.00")]


def test_an_answer_that_was_lost_is_known_by_the_order_that_it_is_for() -> None:
    """Started here, with no name of theirs yet: what they have of 20.00 for the same order is this one."""
    started = Payment(id="p1", order="A1", provider="stripe:test", account="acct_1", amount=euros("20.00"))
    assert told(found([started], [said(None)])) == [("note", "payment_matches", "0.00", "0.00")]
    assert told(found([started], [said()])) == [("error", "amount_differs", "0.00", "20.00")]
    assert told(found([started], [])) == []
    for other in (said(requested=euros("21.00")), said(order="A2"), said(ref=PaymentRef("stripe:live", "acct_1", "x"))):
        assert told(found([started], [other])) == [("error", "unknown_here", "", "20.00")]
    both = [started, evolve(started, id="p2")]
    assert told(found(both, [said(None), said(None, id="cs_2")])) == [("note", "payment_matches", "0.00", "0.00")] * 2


def test_a_test_is_no_payment() -> None:
    live = said(ref=PaymentRef("stripe:live", "acct_1", "cs_1"))
    assert [reason for _, reason, *_ in told(found([heard(said())], [live]))] == ["missing_at_provider", "unknown_here"]


def test_amounts_that_differ() -> None:
    """News that were never heard, and money in another currency, look alike: what is here is not what is there."""
    assert told(found([heard(said(None))], [said()])) == [("error", "amount_differs", "0.00", "20.00")]
    assert told(found([heard(said())], [said("15.00")])) == [("error", "amount_differs", "20.00", "15.00")]
    dollars = found([heard(said())], [said(Money(2000, USD))])
    assert told(dollars) == [("error", "amount_differs", "20.00", "20.00")]
    assert sides(dollars) == [
        ("stripe:test", "20.00 EUR", "0.00 EUR"),
        ("stripe:test", "0.00 USD", "20.00 USD"),
    ]


def test_what_a_bank_took_back_does_not_lie_there() -> None:
    """Of 20.00 a dispute of 12.00 leaves 8.00 there, open or lost; won, all of it; without an amount, nothing."""
    here = heard(said())
    for dispute, disputed, left in (
        (DisputeStatus.OPEN, euros("12.00"), "8.00"),
        (DisputeStatus.LOST, euros("12.00"), "8.00"),
        (DisputeStatus.OPEN, None, "0.00"),
    ):
        seen = said(dispute=dispute, disputed=disputed)
        assert told(found([here], [seen])) == [("error", "amount_differs", "20.00", left)]
        assert sides(found([heard(seen)], [seen])) == [("stripe:test", f"{left} EUR", f"{left} EUR")]
    assert told(found([here], [said(dispute=DisputeStatus.WON)])) == [MATCH]


def test_a_refund_of_ours_that_is_not_there() -> None:
    here, there = heard(said()), said()
    for triggers, severity in (((*MADE,), "error"), ((T.REQUEST, T.PEND), "warning"), ((T.REQUEST,), "warning")):
        report = found([here], [there], [refund("5.00", *triggers, provider_id="re_1")])
        assert told(report) == [(severity, "refund_missing_there", "5.00", "")]
        (row,) = report.rows
        assert (row.payment, row.refund, row.provider_id) == ("p1", "r1", "re_1")
    for triggers in ((), (T.DROP,), (T.REQUEST, T.FAIL)):
        assert told(found([here], [there], [refund("5.00", *triggers)])) == [MATCH]


def test_a_refund_that_is_not_ours() -> None:
    """5.00 were given back there by hand: 20.00 lie here, 15.00 there."""
    report = found([heard(said())], [said(refunds=(made("5.00"), made("1.00", P.FAILED, "re_2")))])
    assert told(report) == [("error", "refund_not_ours", "", "5.00")]
    assert (report.rows[0].refund, report.rows[0].provider_id) == ("", "re_1")
    assert sides(report) == [("stripe:test", "20.00 EUR", "15.00 EUR")]


@pytest.mark.parametrize(
    ("triggers", "status", "expected"),
    [
        (MADE, P.SUCCEEDED, None),
        ((T.REQUEST, T.PEND), P.PENDING, None),
        ((T.REQUEST,), P.PENDING, None),
        ((T.REQUEST, T.FAIL), P.FAILED, None),
        ((T.REQUEST, T.PEND), P.SUCCEEDED, "warning"),
        ((T.SETTLE_ELSEWHERE,), P.PENDING, "warning"),
        (MADE, P.FAILED, "error"),
        ((T.REQUEST, T.PEND), P.FAILED, "error"),
        ((), P.SUCCEEDED, "error"),
    ],
)
def test_a_refund_that_stands_elsewhere_there(triggers: Any, status: RefundStatus, expected: str | None) -> None:
    """What is under way may have arrived; what did not arrive here and did there, or the reverse, is money."""
    ours = refund("5.00", *triggers, provider_id="re_1" if triggers else "")
    report = found([heard(said())], [said(refunds=(made("5.00", status),))], [ours])
    if expected is None:
        assert told(report) == [MATCH]
    else:
        assert told(report) == [(expected, "refund_differs", "5.00", "5.00")]
        assert (report.rows[0].here, report.rows[0].there) == (ours.state.value, status.value)
    made_here, made_there = triggers[-1:] in ((T.SUCCEED,), (T.SETTLE_ELSEWHERE,)), status is P.SUCCEEDED
    (total,) = report.totals
    assert (total.ours, total.theirs) == tuple(euros("15.00" if made else "20.00") for made in (made_here, made_there))


def test_a_refund_of_another_amount_there() -> None:
    report = found([heard(said())], [said(refunds=(made("6.00"),))], [refund("5.00", *MADE, provider_id="re_1")])
    assert told(report) == [("error", "refund_amount_differs", "5.00", "6.00")]
    assert str(report.rows[0].reason) == "This refund is of 5.00 EUR here, and of 6.00 EUR at the provider."
    assert sides(report) == [("stripe:test", "15.00 EUR", "14.00 EUR")]


def test_an_attempt_that_failed_long_ago_says_nothing_of_the_next() -> None:
    """The first failed there, and is known to have; the second is under way and there as well."""
    again = refund("5.00", T.REQUEST, T.FAIL, T.REQUEST, T.PEND, attempt=2, earlier=("re_1",), provider_id="re_2")
    first, second = made("5.00", P.FAILED, "re_1"), made("5.00", P.PENDING, "re_2")
    assert told(found([heard(said())], [said(refunds=(first, second))], [again])) == [MATCH]
    assert told(found([heard(said())], [said(refunds=(first,))], [again])) == [
        ("warning", "refund_missing_there", "5.00", "")
    ]


def test_refunds_of_other_payments_do_not_matter() -> None:
    assert told(found([heard(said())], [said()], [refund("5.00", *MADE, payment="p9")])) == [MATCH]
    with pytest.raises(InvalidValueError, match="refunds"):
        found([heard(said())], [said()], [refund("5.00", *MADE, order="A9")])


CARD = Fee(id="card", rate=Rate.of("1.5 %"), per_order=euros("0.25"), taker=FeeTaker.PROVIDER, tax_category=None)


def bought(places: int = 1) -> Desk:
    desk = Desk(shop(ticket(), fees=(CARD,)))
    desk.reserve(places)
    desk.pay()
    return desk


def test_a_fee_that_is_not_as_it_was_reckoned() -> None:
    """1.5 % of 20.00 and 0.25 are 0.55; the card was from elsewhere: 0.90."""
    order = bought().order
    as_reckoned, dearer = said(fee=euros("0.55")), said(fee=euros("0.90"))
    assert told(found([heard(said())], [as_reckoned], orders=[order])) == [MATCH]
    report = found([heard(said())], [dearer], orders=[order])
    assert told(report) == [MATCH, ("note", "fee_differs", "0.55", "0.90")]
    assert report.agrees, "it was an estimate"
    assert explain(report.rows[1].reason, "fr").startswith("Le prestataire a pris 0,90")
    assert (report.rows[1].order, report.rows[1].payment) == ("A1", "")


def test_a_fee_that_is_not_known_or_was_not_reckoned_is_not_compared() -> None:
    order, without = bought().order, Desk()
    without.reserve(1)
    without.pay()
    assert told(found([heard(said())], [said()], orders=[order])) == [MATCH]
    assert told(found([heard(said())], [said(fee=Money(55, USD))], orders=[order])) == [MATCH]
    assert told(found([heard(said())], [said(fee=euros("0.90"))], orders=[without.order])) == [MATCH]
    assert told(found([heard(said())], [said(fee=euros("0.90"))])) == [MATCH]
    assert told(found([heard(said())], [], orders=[order])) == [("error", "missing_at_provider", "20.00", "")]


def test_the_fees_of_several_payments_are_those_of_their_order() -> None:
    """Two places, 40.00: 0.60 and 0.25 are 0.85. Paid with 15.00 and 25.00: 0.475 → 0.48 and 0.625 → 0.63, 1.11 together."""
    order = bought(2).order
    seen = [said("15.00", id="cs_p1", fee=euros("0.48")), said("25.00", id="cs_p2", fee=euros("0.63"))]
    payments = [came("15.00"), came("25.00", id="p2")]
    assert told(found(payments, seen, orders=[order]))[-1] == ("note", "fee_differs", "0.85", "1.11")
    gave_up = said(None, id="cs_p3", status=Status.EXPIRED)
    payments.append(heard(gave_up, id="p3"))
    assert told(found(payments, [*seen, gave_up], orders=[order]))[-1] == ("note", "fee_differs", "0.85", "1.11")


def test_who_was_let_off_costs_no_fee() -> None:
    """1.5 % of 40.00 and 0.25 are 0.85: 0.43 for the first of two, who is let off, and 0.42 for the second."""
    desk = Desk(shop(ticket(), fees=(CARD,)))
    desk.reserve(2)
    desk.do(approved, ["A1-1"], received=desk.received)
    desk.pay()
    rows = told(found([heard(said())], [said(fee=euros("0.90"))], orders=[desk.order]))
    assert rows[-1] == ("note", "fee_differs", "0.42", "0.90")


def booked(*entries: Any) -> Book:
    return Book(tuple(entry for each in entries for entry in each))


def test_the_books_say_what_lies_with_the_provider() -> None:
    """20.00 came, 5.00 went back: 15.00. Without the second entry they say 20.00."""
    here, there = heard(said()), said(refunds=(made("5.00"),))
    back = refund("5.00", *MADE, provider_id="re_1")
    into, out = capture(on(), euros("20.00"), "stripe:test"), refund_paid(on(), euros("5.00"), "stripe:test")
    report = found([here], [there], [back], book=booked(into, out))
    assert told(report) == [MATCH]
    assert report.totals == (
        ProviderBalance(provider="stripe:test", ours=euros("15.00"), theirs=euros("15.00"), booked=euros("15.00")),
    )
    assert report.totals[0].agrees
    report = found([here], [there], [back], book=booked(into))
    assert told(report) == [("error", "book_differs", "20.00", "15.00"), MATCH]
    assert (report.rows[0].account, report.rows[0].order) == ("", "")
    assert not report.totals[0].agrees
    unheard = found([heard(said(None))], [said()], book=booked())
    assert [reason for _, reason, *_ in told(unheard)] == ["amount_differs", "book_differs"]
    disputed = said(dispute=DisputeStatus.OPEN, disputed=euros("12.00"))
    open_ = dispute_opened(on(), euros("12.00"), "stripe:test")
    assert told(found([heard(disputed)], [disputed], book=booked(into, open_))) == [
        ("note", "payment_matches", "8.00", "8.00")
    ]


def test_books_of_other_providers_are_left_alone() -> None:
    """Cash that nobody asks a provider about; a currency that is in the books only is not."""
    into = capture(on(), euros("20.00"), "stripe:test")
    cash = capture(on(), euros("99.00"), "cash")
    assert found([heard(said())], [said()], book=booked(into, cash)).agrees
    dollars = capture(on(), Money(300, USD), "stripe:test")
    report = found([heard(said())], [said()], book=booked(into, dollars))
    assert told(report) == [("error", "book_differs", "3.00", "0.00"), MATCH]


def test_errors_come_first_and_then_order_by_order() -> None:
    payments = [came("20.00", id=f"p{number}", order=f"A{number}") for number in (3, 1, 2)]
    seen = [said(id="cs_p3", order="A3"), said("19.00", id="cs_p2", order="A2"), said(None, id="cs_9", order="A9")]
    assert [(row.severity, row.order) for row in found(payments, seen).rows] == [
        (Severity.ERROR, "A1"),
        (Severity.ERROR, "A2"),
        (Severity.WARNING, "A9"),
        (Severity.NOTE, "A3"),
    ]


def test_what_is_asked_wrongly_is_refused() -> None:
    payment, seen = heard(said()), said()
    wrong: list[tuple[Any, ...]] = [
        ([1], [], [], []),
        ([], [payment, payment], [], []),
        ([], [], [payment], []),
        ([], [], [], [seen, seen]),
        ([], [], [], [payment]),
        ([], [], [], None),
        ([], [], [], [], "book"),
    ]
    for given in wrong:
        with pytest.raises(InvalidValueError):
            reconciliation(*given)
    with pytest.raises(CurrencyMismatchError):
        ProviderBalance(provider="card", ours=euros("1.00"), theirs=Money(100, USD))


def test_pages_are_told_order_by_order_whichever_came_first() -> None:
    """20.00 of each of two orders, booked on two pages; of what is elsewhere, A3 comes with the second page."""
    sums = ReconciliationSums()
    for number, elsewhere in ((2, []), (1, [said(id="cs_9", order="A3")])):
        order = f"A{number}"
        seen = said(order=order, id=f"cs_{number}")
        sums.add([], [heard(seen, id=f"p{number}")], [], [seen, *elsewhere])
        sums.add_entries(capture(on(id=f"E{number}", order=order), euros("20.00"), "stripe:test"))
    report = sums.report()
    assert [(row.order, row.reason.code) for row in report.rows] == [
        ("A3", "unknown_here"),
        ("", "book_differs"),
        ("A1", "payment_matches"),
        ("A2", "payment_matches"),
    ]
    (total,) = report.totals
    assert [str(one) for one in (total.ours, total.theirs, total.booked)] == ["40.00 EUR", "60.00 EUR", "40.00 EUR"]


def test_without_notes_only_what_differs_is_kept() -> None:
    sums = ReconciliationSums(notes=False)
    sums.add([], [heard(said()), heard(said(id="cs_2", order="A2"), id="p2")], [], [said()])
    assert told(sums.report()) == [("error", "missing_at_provider", "20.00", "")]
    assert ReconciliationSums(notes=False).report() == Reconciliation(rows=(), totals=())


def test_a_page_that_is_refused_adds_nothing() -> None:
    sums = ReconciliationSums()
    wrong: Any = (([None], [], [], []), ([], [heard(said())] * 2, [], []), ([], [], [], [said(), said()]))
    for page in wrong:
        with pytest.raises(InvalidValueError):
            sums.add(*page)
    with pytest.raises(InvalidValueError):
        sums.add_entries([None])  # type: ignore[list-item]
    with pytest.raises(InvalidValueError, match="notes"):
        ReconciliationSums(notes=None)  # type: ignore[arg-type]
    assert sums.report() == Reconciliation(rows=(), totals=())
