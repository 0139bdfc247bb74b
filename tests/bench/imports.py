"""What an import costs a program that starts, over a bare interpreter."""

import subprocess
import sys
from collections.abc import Callable

from bench.harness import Row


def starting(code: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


FIRST_QUOTE = """
from datetime import UTC, datetime
from paidevents import EUR, Event, Money, Plan, Span, Ticket
event = Event(id="e", title="E", zone="UTC", currency=EUR, starts_at=datetime(2026, 4, 14, tzinfo=UTC),
              duration=Span(minutes=90), tickets=(Ticket(id="t", name="T", price=Money(1000, EUR)),))
Plan(event).quote({"t": 1}, at=datetime(2026, 3, 1, tzinfo=UTC)).charged
"""

ROWS = (
    Row(
        "import, whole process",
        {
            "import attrs": starting("import attrs"),
            "(bare interpreter)": starting(""),
            "import paidevents": starting("import paidevents"),
            "from paidevents import Money, EUR": starting("from paidevents import Money, EUR"),
            "... and the first quote": starting(FIRST_QUOTE),
            "... and format_money(…, 'fr')": starting(
                "from paidevents import Money, EUR, format_money; format_money(Money.of('1', EUR), 'fr')"
            ),
            "from paidevents.wire import loads": starting("from paidevents.wire import loads"),
            "import babel.numbers": starting("import babel.numbers"),
            "import moneyed": starting("import moneyed"),
            "import stockholm": starting("import stockholm"),
        },
        rounds=21,
        goal="import paidevents ≤ 1.5, aim 1.2; the first quote: aim 4",
    ),
)
