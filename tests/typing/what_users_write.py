"""
Never run: mypy reads it, strictly.

What users write must check; what they must not write must not, and the comment
that says so is itself an error as soon as it is no longer needed.
"""

from datetime import date, datetime
from enum import Enum
from typing import Any, assert_type

import paidevents
from paidevents import Deadline, Finding, Money, Rate, Recurrence, Rounding, Window, amount_rule, parse_money
from paidevents.catalog import Event
from paidevents.errors import IllegalTransitionError, InvalidValueError
from paidevents.explain import explain
from paidevents.lifecycle import ORDER, OrderEffect, OrderFacts, OrderState, OrderTrigger
from paidevents.machine import Choice, Machine, Row
from paidevents.money import EUR, AmountRule
from paidevents.reason import Reason
from paidevents.timing import start_of_day
from paidevents.wire import dumps, event_file_schema, loads, read_event


def amounts(price: Money, rate: Rate) -> None:
    assert_type(price + price, Money)
    assert_type(3 * price, Money)
    assert_type(sum([price], Money.zero(EUR)), Money)
    assert_type(price.split([1, 2]), tuple[Money, ...])
    assert_type(price.times(rate, Rounding.HALF_UP), Money)
    assert_type(amount_rule("stripe", EUR), AmountRule | None)
    assert_type(parse_money("12 €", "EUR", "fr"), Money)
    assert_type(loads(dumps(price), Money), Money)
    assert_type(read_event("v = 1"), Event)
    assert_type(event_file_schema(), dict[str, Any])

    price.times(rate)  # type: ignore[call-arg]
    price.times(0.15, Rounding.HALF_UP)  # type: ignore[arg-type]
    price * 1.5  # type: ignore[operator]
    price + 1  # type: ignore[operator]
    price < 1  # type: ignore[operator]
    Money(12.5, EUR)  # type: ignore[arg-type]
    Money.of(12.5, EUR)  # type: ignore[arg-type]
    Money(1, "EUR")  # type: ignore[arg-type]
    price.minor = 5  # type: ignore[misc]


def times() -> None:
    Recurrence(datetime(2026, 3, 24, 18), "Europe/Paris", "FREQ=WEEKLY", extra=(datetime(2026, 4, 1),))
    assert_type(start_of_day(date(2026, 1, 1), "UTC"), datetime)
    assert_type(Deadline.of("at start").instant(Window(), "UTC"), datetime)

    Window("2026-01-01")  # type: ignore[arg-type]
    Recurrence(datetime(2026, 3, 24, 18), 1, "FREQ=WEEKLY")  # type: ignore[arg-type]


class Lamp(Enum):
    OFF = "off"
    ON = "on"


class Switch(Enum):
    PRESS = "press"


class Glow(Enum):
    SHINE = "shine"


class Other(Enum):
    HUM = "hum"


def machines(lamp: Machine[Lamp, Switch, int, Glow]) -> None:
    assert_type(lamp.fire(Lamp.OFF, Switch.PRESS, 1), Row[Lamp, Switch, int, Glow])
    assert_type(lamp.allowed(Lamp.OFF, 1), tuple[Choice[Lamp, Switch, int, Glow], ...])
    Row[Lamp, Switch, int, Glow](Lamp.OFF, Switch.PRESS, Lamp.ON, then=(Glow.SHINE,))

    Row[Lamp, Switch, int, Glow](Lamp.OFF, Switch.PRESS, Lamp.ON, then=(Other.HUM,))  # type: ignore[arg-type]
    lamp.fire(Switch.PRESS, Switch.PRESS, 1)  # type: ignore[arg-type]


def tables(facts: OrderFacts) -> None:
    row = ORDER.fire(OrderState.HELD, OrderTrigger.PAY, facts)
    assert_type(row, Row[OrderState, OrderTrigger, OrderFacts, OrderEffect])
    assert_type(OrderEffect.CAPTURE in row.then, bool)
    assert_type(ORDER.reached(()), OrderState)
    ORDER.fire(OrderState.HELD, OrderTrigger.PAY, None)  # type: ignore[arg-type]


def reasons(error: InvalidValueError, refused: IllegalTransitionError, finding: Finding) -> None:
    assert_type(error.reason, Reason)
    assert_type(refused.refused_by, tuple[Reason, ...])
    assert_type(explain(finding, "fr"), str)
    explain("text", "fr")  # type: ignore[arg-type]
    assert_type(explain(OrderState.PAID, "fr") + explain(OrderTrigger.PAY, "fr"), str)
    explain(OrderEffect.CAPTURE, "fr")  # type: ignore[arg-type]


def names() -> None:
    paidevents.Monny  # type: ignore[attr-defined]
