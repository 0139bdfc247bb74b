"""What is kept, and what providers take, by currency: `docs/reference/currencies.md`."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from generators.markdown import plain, table
from paidevents.money import PROVIDERS, AmountRule, Availability, Currency, Money, provider_limits, provider_rules

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "currencies.md"

TITLES = {"paypal": "PayPal", "stripe": "Stripe"}
OPEN_TO = {Availability.LISTED: "", Availability.IN_COUNTRY: "in its country", Availability.UNLISTED: "on request"}

HEAD = """\
# Currencies

Three numbers of decimals belong to a currency, and they differ.
An amount is kept in the minor units of ISO 4217.
A provider wants it in units of its own; a rule knows the form on the wire, and never rounds.
What people are shown is a matter of their language, and of `format_money`.

```python
>>> from paidevents import Money, amount_rule
>>> price = Money.of("990", "ISK")
>>> price.currency.digits, price.minor                       # ISO 4217: no decimals
(0, 990)
>>> amount_rule("stripe", price.currency).to_wire(price)     # Stripe wants two of them
99000

```

Providers change what they take without notice: the tables below are a look before the call, and the provider has the last word.
“On the wire” is what a hundred of the currency are written as.
A currency that is open “on request” is not listed, and taken only from accounts that have been given it;
one “in its country” is taken from accounts of that country.
`paidevents currencies HUF` prints the same for one currency.
"""

NOTES = {
    "stripe": (
        "The minimum holds for accounts that settle in the currency; others meet that of the currency they settle in.",
        "The maximum is the one for all methods but cards, which take more.",
    ),
    "paypal": ("It publishes neither minimums nor maximums.",),
}

HEAD_OF_TABLE = ("Code", "Currency", "Least:", "Most:", "Step:", "On the wire", "Open")

ISO = """\
## ISO 4217

Every currency with a minor unit, of list one as published on 2026-01-01.
Metals, funds and tests have none, and are refused.
"""


def files() -> dict[Path, bytes]:
    lines = [HEAD]
    for provider in reversed(PROVIDERS):
        lines += provider_section(provider)
    rows = [(f"`{one.code}`", f"{one.number:03}", str(one.digits), plain(one.name)) for one in Currency.all()]
    lines += [ISO, *table(("Code", "Number", "Decimals", "Name"), rows)]
    return {PAGE: "\n".join(lines).encode()}


def provider_section(provider: str) -> Iterator[str]:
    """What a provider takes, and the times it sets."""
    rules = provider_rules(provider)
    yield from (f"## {TITLES[provider]}", "", *NOTES[provider])
    yield f"Read at {rules[0].source}, on {rules[0].as_of}."
    yield from ("", *times(provider))
    rows = [cells(rule) for rule in rules]
    shown = [place for place in range(len(HEAD_OF_TABLE)) if any(row[place] for row in rows)]
    yield from table([HEAD_OF_TABLE[place] for place in shown], ([row[place] for place in shown] for row in rows))


def cells(rule: AmountRule) -> tuple[str, ...]:
    hundred = Money(100 * 10**rule.currency.digits, rule.currency)
    return (
        f"`{rule.currency.code}`",
        plain(rule.currency.name),
        amount(rule.minimum),
        amount(rule.maximum),
        amount(Money(rule.step, rule.currency)),
        f"`{rule.to_wire(hundred)!r}`".replace("'", '"'),
        OPEN_TO[rule.availability],
    )


def amount(money: Money | None) -> str:
    return f"{money.decimal:,}" if money else ""


def times(provider: str) -> Iterator[str]:
    """The times that a provider sets."""
    limits = provider_limits(provider)
    said = {
        "A payment that was begun can expire after": limits.shortest_checkout or None,
        "A repeated request is known by its key for": limits.key_retention,
        "What is authorized can be captured within": limits.capture_within,
        "A payment can be refunded within": limits.refund_window,
    }
    yield from table(("Time", "Limit"), [(name, span(time)) for name, time in said.items() if time])
    yield from (f"Read at {limits.source}.", "")


def span(time: timedelta) -> str:
    hours = time // timedelta(hours=1)
    if time % timedelta(days=1) == timedelta(0):
        return "1 day" if time.days == 1 else f"{time.days} days"
    return f"{hours} hours" if hours else f"{time // timedelta(minutes=1)} minutes"
