"""
Why a price is what it is: the story of a quote, a sentence for each step.

What is taken off and added is told by the reason of each line; here are the
words between them, and what things are called.
"""

from collections.abc import Iterable
from datetime import UTC, tzinfo
from itertools import groupby

from attrs import frozen

from paidevents import checks
from paidevents.catalog.event import Event
from paidevents.explain import phrases
from paidevents.explain.translated import sentences, translated
from paidevents.money.amount import Money
from paidevents.money.format import format_money
from paidevents.pricing.parts import Line, Unit
from paidevents.pricing.quote import Quote
from paidevents.reason import Skipped


class Names:
    """
    What people call the things of a quote.

    Args:
        event: The quote's event; None if it is not at hand: ids will do, and UTC.

    Raises:
        InvalidValueError: *event* is something else.
    """

    def __init__(self, event: Event | None) -> None:
        self.zone: tzinfo = UTC
        self._tickets: dict[str, str] = {}
        self._tiers: dict[tuple[str, str], str] = {}
        self._promotions: dict[str, str] = {}
        if event is not None:
            checks.instance(event, "event", Event)
            self.zone = event.zone
            self._tickets = {ticket.id: ticket.name for ticket in event.tickets}
            self._tiers = {(ticket.id, tier.id): tier.name for ticket in event.tickets for tier in ticket.tiers}
            self._promotions = {promotion.id: promotion.name for promotion in event.promotions}

    def place(self, unit: Unit) -> str:
        """A ticket, and if there is one its tier and its session."""
        tier = self._tiers.get((unit.ticket, unit.tier)) or unit.tier
        return " · ".join(filter(None, (self._tickets.get(unit.ticket, unit.ticket), tier, unit.session)))

    def promotion(self, id: str, code: str) -> str:
        """A promotion: by the code that was typed, else by its name."""
        return code or self._promotions.get(id) or id

    def line(self, line: Line, locale: str) -> str:
        """What a line is, and which promotion made it."""
        what = translated(line.reason, locale)
        whose = self.promotion(line.promotion, line.code)
        return f"{what} ({whose})" if whose else what

    def skipped(self, one: Skipped) -> str:
        """What did not apply."""
        return self.promotion(one.promotion, one.code)


@frozen
class Group:
    """
    Neighbouring places that are called the same and cost the same before any discount.

    Attributes:
        unit: The first of them.
        count: How many they are.
    """

    unit: Unit
    count: int

    @property
    def amount(self) -> Money:
        """What they cost together, before any discount."""
        return self.unit.list_price * self.count


def grouped(quote: Quote) -> list[Group]:
    """The places of a quote, alike neighbours together."""
    alike = groupby(quote.units, lambda unit: (unit.ticket, unit.tier, unit.session, unit.list_price))
    groups = [list(units) for _, units in alike]
    return [Group(units[0], len(units)) for units in groups]


def signed(amount: Money, locale: str) -> str:
    """*amount* with its sign, also where that is a plus."""
    written = format_money(amount, locale)
    return f"+{written}" if amount.minor > 0 else written


def story(quote: Quote, locale: str, names: Names) -> Iterable[str]:
    """
    The sentences of a price: list price, every step from there, what is to be paid, and what did not apply.

    Raises:
        InvalidValueError: *locale* is unknown.
    """
    groups = grouped(quote)
    for group in groups:
        what, price = names.place(group.unit), group.unit.list_price
        several = phrases.SEVERAL_PLACES.given(count=group.count, what=what, price=price, amount=group.amount)
        yield translated(phrases.ONE_PLACE.given(what=what, price=price) if group.count == 1 else several, locale)
    if len(groups) > 1:
        yield translated(phrases.TOGETHER.given(amount=quote.totals.list), locale)
    for line in quote.lines:
        step = phrases.STEP.given(what=names.line(line, locale), amount=signed(line.amount, locale))
        yield translated(step, locale)
    yield translated(phrases.NOTHING_TO_PAY if quote.is_free else phrases.TO_PAY.given(amount=quote.charged), locale)
    for tax in quote.taxes:
        contained = phrases.TAX_IN_IT.given(name=tax.name, rate=tax.rate, country=tax.country, amount=tax.amount)
        yield translated(contained, locale)
    if quote.is_reverse_charged:
        yield translated(phrases.REVERSE_CHARGE, locale)
    for phrase, skipped in ((phrases.WAS_NOT_APPLIED, quote.skipped), (phrases.HOLDS_IF, quote.provisional)):
        for one in skipped:
            why = sentences(one.reasons, locale)
            yield translated(phrase.given(what=names.skipped(one), why=why), locale)
    if quote.refusals:
        why = sentences(quote.refusals, locale)
        yield translated(phrases.CANNOT_BE_ORDERED.given(why=why), locale)
    if quote.differs:
        yield translated(phrases.OTHER_TOTAL.given(providers=", ".join(quote.differs)), locale)
    yield translated(phrases.GOOD_UNTIL.given(at=quote.good_until.astimezone(names.zone)), locale)
