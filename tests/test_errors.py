"""One root; every error pickles, prints and carries its values."""

import copy
import pickle
from datetime import UTC, datetime

import pytest

from paidevents import EUR, Event, Money, Plan, Ticket, errors
from paidevents.catalog import EventKind
from paidevents.errors import (
    AmountError,
    AmountRefusedError,
    CommitUnknownError,
    ConflictError,
    CorruptRecordError,
    CurrencyMismatchError,
    DuplicateError,
    ExhaustedError,
    ForgedNotificationError,
    IllegalTransitionError,
    InvalidValueError,
    MissingExtraError,
    NaiveDatetimeError,
    NotAllowedError,
    NotFoundError,
    NotifierError,
    OutcomeUnknownError,
    PaidEventsError,
    PaymentDeclinedError,
    PriceChangedError,
    ProviderError,
    ProviderUnavailableError,
    RefundRefusedError,
    RefusedError,
    RequestRejectedError,
    SaleClosedError,
    SchemaMismatchError,
    SoldOutError,
    StoreError,
    StoreUnavailableError,
    UnknownCurrencyError,
    WeightsError,
)
from paidevents.explain import explain
from paidevents.money.amount_rules import NOT_POSITIVE
from paidevents.reason import Reason

LATE = Reason("late", "Sales ended on {day}.").given(day="1 March")

# Each error, its attributes, and the whole of its text.
TALK = Event(
    id="talk",
    title="Talk",
    zone="UTC",
    currency=EUR,
    kind=EventKind.ON_DEMAND,
    tickets=(Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),),
)
CHEAPER = Plan(TALK).quote({"standard": 1}, at=datetime(2026, 3, 1, tzinfo=UTC))
EXAMPLES: list[tuple[PaidEventsError, dict[str, object], str]] = [
    (PaidEventsError((LATE, NOT_POSITIVE)), {}, "Sales ended on 1 March. Only an amount above zero can be charged."),
    (InvalidValueError("x", LATE), {"field": "x", "reason": LATE}, "x: Sales ended on 1 March."),
    (AmountError("amount", LATE), {"field": "amount"}, "amount: Sales ended on 1 March."),
    (
        CurrencyMismatchError("EUR", "USD"),
        {"left": "EUR", "right": "USD", "field": "currency"},
        "currency: Amounts in EUR and USD cannot be mixed.",
    ),
    (
        UnknownCurrencyError("BGN"),
        {"code": "BGN", "field": "currency"},
        "currency: BGN is not a currency code in use (ISO 4217, three capital letters).",
    ),
    (WeightsError("weights", LATE), {"field": "weights"}, "weights: Sales ended on 1 March."),
    (NaiveDatetimeError("at"), {"field": "at"}, "at: The date and time has no time zone."),
    (RefusedError((LATE,)), {"reasons": (LATE,)}, "Sales ended on 1 March."),
    (SoldOutError("early", 3, 1), {"counter": "early", "wanted": 3, "left": 1}, "Places left: 1; asked for: 3."),
    (SaleClosedError((LATE,)), {}, "Sales ended on 1 March."),
    (PriceChangedError(CHEAPER), {"quote": CHEAPER}, "The price is now 20.00 EUR."),
    (AmountRefusedError((LATE,)), {}, "Sales ended on 1 March."),
    (NotAllowedError((LATE,)), {}, "Sales ended on 1 March."),
    (RefundRefusedError((LATE,)), {}, "Sales ended on 1 March."),
    (
        IllegalTransitionError("order", "paid", "pay", (LATE,)),
        {"machine": "order", "state": "paid", "trigger": "pay", "refused_by": (LATE,)},
        "“pay” is not possible for the order while it is “paid”. Sales ended on 1 March.",
    ),
    (
        ProviderError("stripe:test", "api_error"),
        {"provider": "stripe:test", "vendor_code": "api_error"},
        "The payment provider stripe:test answered: api_error.",
    ),
    (RequestRejectedError("p", "v"), {"provider": "p"}, "The payment provider p answered: v."),
    (PaymentDeclinedError("p", "v"), {"provider": "p"}, "The payment provider p answered: v."),
    (OutcomeUnknownError("p", "v"), {"provider": "p"}, "The payment provider p answered: v."),
    (ProviderUnavailableError("p", "v"), {"provider": "p"}, "The payment provider p answered: v."),
    (ForgedNotificationError("p", "v"), {"provider": "p"}, "The payment provider p answered: v."),
    (NotifierError(), {}, "The message may not have been sent."),
    (StoreError((LATE,)), {}, "Sales ended on 1 March."),
    (ConflictError("o1", 1, 2), {"id": "o1", "expected": 1, "found": 2}, "The record changed meanwhile: o1."),
    (DuplicateError("k"), {"key": "k"}, "There is already a record with this key: k."),
    (ExhaustedError("c", 2, 1), {"counter": "c", "wanted": 2, "left": 1}, "c: left 1, asked for 2."),
    (CommitUnknownError("c1"), {"commit_id": "c1"}, "It is not known whether this was stored: c1."),
    (NotFoundError("o1"), {"id": "o1"}, "There is no such record: o1."),
    (CorruptRecordError("o1"), {"id": "o1"}, "The stored record cannot be read: o1."),
    (
        SchemaMismatchError("2", "1"),
        {"expected": "2", "found": "1"},
        "The database has schema 1, this version needs 2.",
    ),
    (
        StoreUnavailableError("SQLITE_BUSY"),
        {"cause": "SQLITE_BUSY"},
        "The store does not answer, nothing was written: SQLITE_BUSY.",
    ),
    (MissingExtraError("stripe"), {"extra": "stripe"}, "This needs an extra: pip install 'paidevents[stripe]'"),
]
every_error = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: type(example[0]).__name__)


def kinds() -> list[type[PaidEventsError]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, PaidEventsError)]


def test_every_error_has_an_example_here() -> None:
    assert {type(error) for error, _, _ in EXAMPLES} == set(kinds())


def test_every_error_stands_in_the_tree_at_the_top_of_its_module() -> None:
    drawn = [line for line in (errors.__doc__ or "").splitlines() if "Error" in line]
    for kind in kinds():
        assert sum(f"{kind.__name__} " in f"{line.lstrip('│ ├└─')} " for line in drawn) >= 1, kind


@every_error
def test_an_error_carries_its_values(example: tuple[PaidEventsError, dict[str, object], str]) -> None:
    error, values, text = example
    assert {name: getattr(error, name) for name in values} == values
    assert str(error) == text
    assert explain(error, "en").replace("€20.00", "20.00 EUR") in text


@every_error
def test_an_error_survives_a_pickle_and_a_copy(example: tuple[PaidEventsError, dict[str, object], str]) -> None:
    error, values, text = example
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is type(error)
        assert {name: getattr(twin, name) for name in values} == values
        assert str(twin) == text


def test_callers_may_catch_what_python_would_have_raised() -> None:
    assert issubclass(InvalidValueError, ValueError)
    assert issubclass(MissingExtraError, ImportError)
