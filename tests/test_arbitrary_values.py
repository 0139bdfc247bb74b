"""Whatever is thrown at a public callable, it answers as documented or raises a typed error."""

import importlib
import inspect
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import GeneratorType, MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from payments import till

from paidevents import Deadline, Money, Rate, Reason, Recurrence, Rounding, Span, Window
from paidevents.access import Device, HostKey, Pass, Purpose, Recording, Token, Visit, token
from paidevents.catalog import (
    FREE,
    Cancellation,
    Event,
    EventKind,
    Fee,
    KindRules,
    Listing,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    TaxMode,
    TaxRate,
    TaxTable,
    Ticket,
)
from paidevents.errors import PaidEventsError
from paidevents.ledger import Account, Book, Conservation, Entry, LedgerSums, Occasion, Posting, StatementLine, sale
from paidevents.lifecycle import OrderFacts, PaymentState
from paidevents.money import EUR, AmountRule, Currency, amount_rule
from paidevents.payments import Decision, Due, Payment, PaymentRef, Refund, RefundSnapshot, Snapshot
from paidevents.ports import (
    Commit,
    Connection,
    Dossier,
    Expected,
    Kind,
    Message,
    Notification,
    Obligation,
    PaymentRequest,
    RandomIds,
    Stored,
    SystemClock,
    Task,
)
from paidevents.presets import Preset, clickmeeting
from paidevents.pricing import Plan, refund_due
from paidevents.providers import FakeProvider, ManualProvider
from paidevents.reason import Finding, Skipped
from paidevents.registration import Attendee, Hold, Order, Outcome, Person, Registration, WaitingEntry, reserve
from paidevents.reports import (
    Discount,
    FeeRow,
    Fees,
    FeeSums,
    Owed,
    OwedRow,
    OwedSums,
    Participant,
    ProviderBalance,
    Reconciliation,
    ReconciliationRow,
    ReconciliationSums,
    Sales,
    SalesRow,
    SaleSums,
    Taxes,
    TaxRow,
    TaxSums,
)
from paidevents.stores import MemoryStore, Upgraded
from paidevents.testing.strategies import BY_TYPE

FACES = (
    "paidevents",
    "paidevents.access",
    "paidevents.cancellation",
    "paidevents.catalog",
    "paidevents.check",
    "paidevents.explain",
    "paidevents.ledger",
    "paidevents.lifecycle",
    "paidevents.money",
    "paidevents.payments",
    "paidevents.ports",
    "paidevents.presets",
    "paidevents.providers",
    "paidevents.registration",
    "paidevents.reports",
    "paidevents.stores",
    "paidevents.timing",
    "paidevents.wire",
)

# Declared by programmers, once, checked by type checkers and by asserts at import: not a caller's input.
NOT_FOR_CALLERS = {"Guard", "Machine", "Row"}
# Protocols have no instances.
NOT_FOR_CALLERS |= {"Clock", "Ids", "Notifier", "PaymentProvider", "Store"}
# They make files: tests/stores has what is no path, and what is no database.
NOT_FOR_CALLERS |= {"sqlite", "upgrade_schema", "check_schema"}
# Gathered for each transition from values that were checked when they were made.
NOT_FOR_CALLERS |= {"EventFacts", "OrderFacts", "PaymentFacts", "RefundFacts", "RegistrationFacts", "WaitingFacts"}

# What says why stands below the typed errors, so it raises Python's own, as its docstring says.
RAISES_PYTHONS_OWN = {"Reason": (TypeError, ValueError), "Finding": (TypeError,), "Skipped": (TypeError,)}

EUR_RULE = amount_rule("stripe", EUR)
assert EUR_RULE is not None
TALK = Event(
    id="talk",
    title="A talk",
    zone="Europe/Paris",
    currency=EUR,
    starts_at=datetime(2026, 1, 1, tzinfo=UTC),
    duration=Span(minutes=90),
    tickets=(Ticket(id="standard", name="Standard", price=Money(2000, EUR)),),
)
KEY = HostKey(b"0123456789abcdef0123456789abcdef")
PLACE = Pass.issued(TALK, id="p1", registration_id="r1", at=datetime(2026, 1, 1, tzinfo=UTC))
ACCESS = (
    KEY,
    token(KEY, Purpose.JOIN, "p1", 0),
    PLACE,
    Recording(id="film", event_id="talk", attached_at=PLACE.issued_at),
)
PRICE = Plan(TALK).quote({"standard": 1}, at=PLACE.issued_at)
SOLD = Occasion(id="1", at=PLACE.issued_at, order="o1", payment="p1", refund="r1")
LEDGER = (PRICE, refund_due(PRICE, [0]), SOLD, Book(sale(SOLD, PRICE)), *sale(SOLD, PRICE), Account.BUYER)
PAYMENTS = (
    *(till.REF, till.seen(), till.due(), till.made(10), till.refund(10), till.paid(), till.starting()),
    *(till.standing(PaymentState.REVIEW), till.standing(PaymentState.AUTHORIZED), till.standing(PaymentState.FAILED)),
)
NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
ANA = Person(name="Ana", email="ana@example.com")
PLAN = Plan(TALK)
PRICE = PLAN.quote({"standard": 2}, at=NOON)
HELD = reserve(PLAN, PRICE, id="A1", buyer=ANA, attendees=[Attendee(person=ANA)] * 2, at=NOON)
ORDERS = (
    HELD,
    HELD.order,
    HELD.order.registrations[0],
    HELD.order.hold,
    Listing(event=TALK, organizer="42"),
    WaitingEntry(id="w1", event="talk", ticket="standard", person=ANA, joined_at=NOON),
)
KEPT = (
    Dossier(order=HELD.order),
    Connection(owner="42", provider="stripe:test", account="acct_1", connected_at=NOON),
    Obligation(id="A1/1", task=Task.START, event="talk", order="A1", subject="A1-p1", made_at=NOON, due_at=NOON),
)
PORTS: tuple[type, ...] = (
    *(
        Commit,
        Connection,
        Dossier,
        Expected,
        Kind,
        Message,
        Notification,
        Obligation,
        PaymentRequest,
        RandomIds,
        Stored,
    ),
)
REPORTS: tuple[type, ...] = (
    *(Discount, Participant, Sales, SalesRow, Fees, FeeRow, Taxes, TaxRow, Owed, OwedRow),
    *(ProviderBalance, Reconciliation, ReconciliationRow),
    *(FeeSums, OwedSums, ReconciliationSums, SaleSums, TaxSums),
)
SUMS = (LedgerSums(), FeeSums(), TaxSums(), SaleSums(), OwedSums(at=NOON), ReconciliationSums())
INSTANCES: tuple[object, ...] = (
    *ORDERS,
    *KEPT,
    *SUMS,
    *ACCESS,
    *PAYMENTS,
    *LEDGER,
    Money(1234, EUR),
    EUR,
    Rate(1, 3),
    EUR_RULE,
    Window(datetime(2026, 1, 1, tzinfo=UTC)),
    Span(1, 2, 3),
    Deadline.of("7 days before start"),
    Recurrence(datetime(2026, 1, 1), "Europe/Paris", "FREQ=DAILY;COUNT=3"),
    Rounding.HALF_UP,
    SystemClock(),
    MemoryStore(),
    FakeProvider(clock=SystemClock()),
    ManualProvider(),
    Policy(providers=("stripe",)),
    Provider(name="stripe"),
    TaxTable(mode=TaxMode.INCLUSIVE, seller="FR", rates=(TaxRate(country="FR", rate=Rate(1, 5)),)),
    clickmeeting(),
    TALK,
    Cancellation.full(Deadline.of("24 h before start")),
    *(TALK.tickets[0], PromoCode("SAVE10"), Promotion(id="save", effect=FREE), Fee(id="service")),
)


def targets() -> dict[str, Callable[..., object]]:
    """Functions and constructors that the faces lend, and the public methods of what they make."""
    found: dict[str, Callable[..., object]] = {}
    for face in FACES:
        module = importlib.import_module(face)
        for name in module.__all__:
            thing = getattr(module, name)
            if isinstance(thing, type) and issubclass(thing, Enum | BaseException):
                continue  # Python's own constructors
            if callable(thing) and name not in NOT_FOR_CALLERS:
                found[f"{face}.{name}" if found.get(name, thing) is not thing else name] = thing
    for instance in INSTANCES:
        for name, method in inspect.getmembers(instance, callable):
            if not name.startswith("_"):
                found[f"{type(instance).__name__}.{name}"] = method
    return found


TARGETS = targets()
ARBITRARY: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.fractions(),
    st.text(st.characters(codec=None), max_size=100),
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=-12)))),
    st.timedeltas(),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.sampled_from(
        (Ellipsis, object(), int, time(), Decimal("1e999999"), Fraction(1, 3), datetime.max, date.min, set())
    ),
)
# Drawn anew where that is quick; of the others one of each will do.
QUICK = (AmountRule, Currency, Deadline, Finding, Money, Rate, Reason, Recurrence, Skipped, Span, Window)
WORDS = "EUR,fr,FR,stripe,standard,clickmeeting,SAVE10,Europe/Paris,12.50,FREQ=DAILY,7 days,at start,money,{"
PLAUSIBLE: st.SearchStrategy[Any] = st.one_of(
    *(BY_TYPE[kind]() for kind in QUICK),
    st.sampled_from(INSTANCES),
    st.sampled_from((*WORDS.split(","), Money)),
    st.sampled_from(
        (1, 2, [1, 2], datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1), Rounding.UP)
    ),
    st.sampled_from((ZoneInfo("Europe/Paris"), EventKind.LIVE, TaxMode.EXCLUSIVE, [], [Money(1, EUR)])),
    st.sampled_from(([HELD.order], [till.paid()], [till.refund(10)], [till.seen()])),
)
VALUES = tuple(BY_TYPE)
# What a host writes itself; the rest is made by the library. A rate is not made of its attributes.
HOMES = ("paidevents.catalog.", "paidevents.machine", "paidevents.money.", "paidevents.reason", "paidevents.timing.")
WRITTEN = [kind for kind in VALUES if kind.__module__.startswith(HOMES) and kind is not Rate]
RESULTS = (
    *VALUES,
    *(KindRules, Preset, SystemClock, FakeProvider, ManualProvider, MemoryStore, Upgraded),
    *PORTS,
    *(HostKey, Token, Pass, Device, Visit, Recording),
    *(Decision, Due, Payment, PaymentRef, Refund, RefundSnapshot, Snapshot),
    *(Hold, Listing, Order, Outcome, Registration, WaitingEntry, OrderFacts),
    *(Book, Conservation, Entry, LedgerSums, Occasion, Posting, StatementLine),
    *REPORTS,
    *(str, int, bool, tuple, dict, MappingProxyType, datetime, ZoneInfo, type(None)),
)


def test_the_net_is_cast_wide() -> None:
    caught = {"parse_money", "Money", "Money.split", "Recurrence.occurrences", "loads", "explain", "Rate.of"}
    caught |= {"Event", "Promotion", "refused_changes", "code_key", "preset", "Provider.rule", "Preset.fees"}
    assert caught <= set(TARGETS)
    assert len(TARGETS) > 80


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(data=st.data())
def test_anything_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    parameters = inspect.signature(target).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        arguments, named = [], {"x": data.draw(ARBITRARY | PLAUSIBLE)}
    else:
        values = {parameter.name: data.draw(PLAUSIBLE | ARBITRARY, label=parameter.name) for parameter in parameters}
        by_name = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}
        arguments = [value for key, value in values.items() if key not in by_name]
        named = {key: value for key, value in values.items() if key in by_name}
    try:
        result = target(*arguments, **named)
        result = tuple(result) if isinstance(result, GeneratorType) else result
    except PaidEventsError as error:
        assert str(error)
    except RAISES_PYTHONS_OWN.get(name.partition(".")[0], ()) as error:
        assert str(error)
    else:
        assert isinstance(result, RESULTS)


@pytest.mark.parametrize("kind", WRITTEN)
@given(data=st.data())
def test_a_good_value_with_one_attribute_of_anything_is_made_or_refused(kind: type, data: st.DataObject) -> None:
    """What is wrong with the last attribute shows only where all the others are right."""
    value = data.draw(BY_TYPE[kind]())
    name = data.draw(st.sampled_from(tuple(inspect.signature(kind).parameters)))
    others = {each: getattr(value, each) for each in inspect.signature(kind).parameters if hasattr(value, each)}
    try:
        result = kind(**{**others, name: data.draw(PLAUSIBLE | ARBITRARY, label=name)})
    except (PaidEventsError, *RAISES_PYTHONS_OWN.get(kind.__name__, ())) as error:
        assert str(error)
    else:
        assert isinstance(result, kind)
        hash(result)
